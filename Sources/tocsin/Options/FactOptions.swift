public import ArgumentParser
public import Model

/// The facts of an incident that `incident add` and `incident edit` set.
struct FactOptions: ParsableArguments {
  @Option(help: "What happened, as many lines as it takes.")
  var summary: String?

  @Option(help: "How bad it is.")
  var severity: OrNone<Severity>?

  @Option(help: "What it turned out to be.")
  var outcome: Outcome?

  @Option(help: "What happened, by VERIS action; again for each. Replaces what was there.")
  var kind: [VerisAction] = []

  @Option(
    help: ArgumentHelp(
      "Who does what: lead=Ada Vale. Roles: lead, scribe, liaison, counsel. Empty: nobody.",
      valueName: "role=person"
    )
  )
  var role: [String] = []

  @Option(
    help: ArgumentHelp(
      "An instant as it is known: occurred=March 2025, discovered=-3h. Empty: not known.",
      valueName: "instant=time"
    )
  )
  var time: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      People of a jurisdiction: EU-DE=900, US-CA=1200:confirmed, GB=unknown. An empty jurisdiction \
      is the total; an empty number takes the jurisdiction off.
      """,
      valueName: "jurisdiction=number"
    )
  )
  var affected: [String] = []

  @Option(help: "A data category; again for each. Replaces what was there.")
  var data: [String] = []

  @Option(help: "Whether data was disclosed; none: nobody stated it.")
  var disclosure: OrNone<Disclosure>?

  @Option(help: "Whether the data was encrypted.")
  var encrypted: Answer?

  @Option(help: "Whether the key was taken too.")
  var keyTaken: Answer?

  @Option(help: "Whether lost data was restored from a backup.")
  var restored: Answer?

  @Option(help: "Whether the data came back before anybody could use it.")
  var recovered: Answer?

  @Option(
    help: ArgumentHelp(
      """
      The answer to a question that laws ask: risk=high, significant=yes, \
      law_enforcement_hold.active=no. Empty: not known.
      """,
      valueName: "question=answer"
    )
  )
  var answer: [String] = []

  @Option(help: "A system or thing affected; again for each. Replaces what was there.")
  var asset: [String] = []

  @Option(help: "A free word; again for each. Replaces what was there.")
  var tag: [String] = []

  /// The edits that set these facts on an incident that has other facts already.
  ///
  /// - Throws: `Refusal` with wrong usage, naming the option and what would be understood.
  func edits(of facts: IncidentFacts, in session: Session) throws -> [IncidentEdit] {
    var edits: [IncidentEdit] = []
    if let summary { edits.append(.summary(summary)) }
    if let severity { edits.append(.severity(severity.word)) }
    if let outcome { edits.append(.outcome(outcome)) }
    if !kind.isEmpty { edits.append(.actions(kind)) }
    for text in role {
      let (name, person) = try pair(text, option: "role")
      guard let role = IncidentRole(rawValue: name) else {
        throw usage("role", name, IncidentRole.allCases.map(\.rawValue))
      }
      edits.append(.role(role, person.isEmpty ? nil : person))
    }
    for text in time {
      let (name, words) = try pair(text, option: "time")
      let known = IncidentInstant.allCases
      guard let instant = known.first(where: { $0.label == name || $0.rawValue == name }) else {
        throw usage("time", name, known.map(\.label))
      }
      edits.append(.instant(instant, words.isEmpty ? nil : try session.time(words)))
    }
    for text in affected { edits.append(try people(text)) }
    var exposure = facts.data
    if !data.isEmpty { exposure.categories = Set(data).sorted() }
    if let disclosure { exposure.disclosure = disclosure.word }
    if let encrypted { exposure.isEncrypted = encrypted.value }
    if let keyTaken { exposure.isKeyTaken = keyTaken.value }
    if let restored { exposure.isRestored = restored.value }
    if let recovered { exposure.isRecovered = recovered.value }
    if exposure != facts.data { edits.append(.data(exposure)) }
    for text in answer { edits.append(try answered(text)) }
    if !asset.isEmpty { edits.append(.assets(Set(asset).sorted())) }
    if !tag.isEmpty { edits.append(.tags(Set(tag).sorted())) }
    return edits
  }

  private func answered(_ text: String) throws -> IncidentEdit {
    let (name, value) = try pair(text, option: "answer")
    guard let key = LegalAnswers.questions.first(where: { $0.description == name }) else {
      throw usage("answer", name, LegalAnswers.questions.map(\.description))
    }
    guard !value.isEmpty else { return .answer(key, nil) }
    do {
      let stored =
        switch try LegalAnswers.input(value, for: key) {
        case .flag(let flag): flag ? "true" : "false"
        default: value
        }
      return .answer(key, stored)
    } catch {
      throw Refusal("--answer \(text): \(String(describing: error))", status: .usage)
    }
  }

  private func people(_ text: String) throws -> IncidentEdit {
    let (jurisdiction, value) = try pair(text, option: "affected")
    if value.isEmpty { return .affected(jurisdiction: jurisdiction, people: nil) }
    if let problem = AffectedPeople.problem(withJurisdiction: jurisdiction) {
      throw Refusal(
        "--affected \(text): \(problem)",
        advice: Words(Jurisdiction.advice),
        status: .usage
      )
    }
    let parts = value.split(separator: ":", omittingEmptySubsequences: false)
    let count = parts[0] == "unknown" ? nil : Int64(parts[0])
    let quality = parts.count == 2 ? AffectedPeople.Quality(rawValue: String(parts[1])) : .estimate
    guard parts.count <= 2, let quality, parts[0] == "unknown" || (count ?? -1) >= 0 else {
      throw Refusal(
        "--affected \(text): give a number or unknown, and :estimate or :confirmed after it",
        status: .usage
      )
    }
    return .affected(
      jurisdiction: jurisdiction,
      people: AffectedPeople(jurisdiction: jurisdiction, count: count, quality: quality)
    )
  }

  private func pair(_ text: String, option: Words) throws -> (String, String) {
    guard let sign = text.firstIndex(of: "=") else {
      throw Refusal("--\(option) \(text): there is no = in it", status: .usage)
    }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }

  private func usage(_ option: Words, _ text: String, _ known: [String]) -> Refusal {
    Refusal(
      "--\(option) \(text): known are \(known.joined(separator: ", "))",
      status: .usage
    )
  }
}

/// A word of a closed list, or `none` to take the fact away.
struct OrNone<Word: Vocabulary>: ExpressibleByArgument {
  /// The word; nil for `none`.
  let word: Word?

  init?(argument: String) {
    guard argument != "none" else {
      word = nil
      return
    }
    guard let word = Word(rawValue: argument) else { return nil }
    self.word = word
  }

  static var allValueStrings: [String] { Word.allCases.map(\.rawValue) + ["none"] }
}

/// Yes, no, or nobody knows.
enum Answer: String, ExpressibleByArgument, CaseIterable {
  case yes, no, unknown

  /// The answer as the record keeps it.
  var value: Bool? {
    switch self {
    case .yes: true
    case .no: false
    case .unknown: nil
    }
  }
}

extension Outcome: ExpressibleByArgument {}
extension VerisAction: ExpressibleByArgument {}
extension IncidentState: ExpressibleByArgument {}
extension TaskState: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
extension AuditGrade: ExpressibleByArgument {}
extension FindingState: ExpressibleByArgument {}
extension DutyState: ExpressibleByArgument {}
extension MailingChannel: ExpressibleByArgument {}
extension PublicationMeans: ExpressibleByArgument {}
extension NoticeAudience: ExpressibleByArgument {}
extension RecipientState: ExpressibleByArgument {}
extension MatterKind: ExpressibleByArgument {}
extension MatterState: ExpressibleByArgument {}
extension IncidentOrder.Column: ExpressibleByArgument {}
extension FilingPhase: ExpressibleByArgument {}
extension NoticeDecision: ExpressibleByArgument {}
extension DecisionGround: ExpressibleByArgument {}
extension AuditWork: ExpressibleByArgument {}
extension AuditResult: ExpressibleByArgument {}
