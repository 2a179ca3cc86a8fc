internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension AuditCommand {
  /// The command `tocsin audit answer`.
  struct Answer: HeadlessCommand {
    static let origin = "audit answer"
    static let configuration = CommandConfiguration(
      abstract: "Answer an item, or a part of it: only what is given is set.",
      discussion: """
        An attestation with --recheck runs out after so many months: the item counts as not \
        assessed again from then on.
        """
    )

    @Argument(help: "The audit, such as AUD-2026-0001.")
    var reference: String

    @Argument(help: "The item, by its requirement's reference or identifier.")
    var item: String

    @Option(help: "How far the work is.")
    var work: AuditWork?

    @Option(help: "What was found out.")
    var result: AuditResult?

    @Option(help: "Why it does not apply.")
    var reason: String?

    @Option(help: "The score on the framework's scale, or none.")
    var score: NumberOrNone?

    @Option(help: "The score that is aimed at, or none.")
    var target: NumberOrNone?

    @Option(help: "The grade of a nonconformity, or none.")
    var grade: OrNone<AuditGrade>?

    @Option(help: "What was observed.")
    var observation: String?

    @Option(
      help: ArgumentHelp(
        "The answer to a question; can be given several times.",
        valueName: "question=choice|choice"
      )
    )
    var answer: [String] = []

    @Option(help: "Who attests it, or none.")
    var attest: String?

    @Option(
      help: ArgumentHelp("The attestation runs out after so many months.", valueName: "months")
    )
    var recheck: Int?

    @Option(
      help: ArgumentHelp(
        "How many there are, how many were looked at, how many did not fit; or none.",
        valueName: "population/sample/exceptions"
      )
    )
    var sampling: String?

    @Option(help: "How the sample was drawn.")
    var samplingNote = ""

    @Option(help: "Who is to answer it; empty is the auditor.")
    var assignee: String?

    @OptionGroup var base: BaseOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func validate() throws {
      if recheck != nil, attest == nil { throw ValidationError("--recheck goes with --attest.") }
    }

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let audit = try await session.audit(reference, in: store)
      let found = try await session.item(item, of: audit, in: store).item
      let edits = try edits(of: found, session)
      guard !edits.isEmpty else {
        throw Refusal(
          "nothing was named that is to be set",
          advice: "see: tocsin audit answer --help",
          status: .usage
        )
      }
      let receipt = try await store.apply(
        AnswerItem(id: found.id, basedOn: base.version ?? found.version, edits: edits),
        origin: session.origin
      )
      let row = try await session.audit(reference, in: store).row
      return try session.report(receipt, format, "\(item): \(row.tally.score.text)")
    }

    private func edits(of found: AuditItem, _ session: Session) throws -> [AuditItemEdit] {
      var edits: [AuditItemEdit] = []
      if let work { edits.append(.work(work)) }
      if let result { edits.append(.result(result)) }
      if let reason { edits.append(.reason(reason)) }
      if let score { edits.append(.score(score.number)) }
      if let target { edits.append(.target(target.number)) }
      if let grade { edits.append(.grade(grade.word)) }
      if let observation { edits.append(.observation(observation)) }
      if !answer.isEmpty {
        var answers = found.answers
        for text in answer {
          do {
            for (question, values) in try AnswerSheet.answers(text) {
              answers[question] = values.isEmpty ? nil : values
            }
          } catch let error as UnreadableAnswers {
            throw Refusal("\(text): \(error)", status: .usage)
          }
        }
        edits.append(.answers(answers))
      }
      if let attest {
        edits.append(
          .attestation(
            attest == "none"
              ? nil : AuditAttestation(by: attest, at: session.now, months: recheck)
          )
        )
      }
      if let sampling { edits.append(.sampling(try read(sampling))) }
      if let assignee { edits.append(.assignee(assignee)) }
      return edits
    }

    private func read(_ text: String) throws -> AuditSampling? {
      guard text != "none" else { return nil }
      let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 3, let population = numbers[0], let sample = numbers[1],
        let exceptions = numbers[2]
      else {
        throw Refusal("\(text): write population/sample/exceptions, or none", status: .usage)
      }
      return AuditSampling(
        population: population,
        sample: sample,
        exceptions: exceptions,
        note: samplingNote
      )
    }
  }

  /// The command `tocsin audit next`.
  struct Next: HeadlessCommand {
    static let origin = "audit next"
    static let configuration = CommandConfiguration(
      abstract: "Show the next item that is not assessed.",
      discussion: "Exit status 2 where there is one, 0 where everything is assessed."
    )

    @Argument(help: "The audit, such as AUD-2026-0001.")
    var reference: String

    @Option(help: ArgumentHelp("Search behind this item.", valueName: "item"))
    var after: String?

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let audit = try await session.audit(reference, in: store)
      let from: Int? =
        if let after { try await session.item(after, of: audit, in: store).item.place } else { nil }
      guard
        let place = try await store.answer(NextUnanswered(audit: audit.row.id, after: from)),
        let details = try await store.answer(AuditItemDetails(audit: audit.row.id, place: place))
      else {
        if format.json {
          try session.out.json(.null)
        } else {
          session.out.note("Everything in \(audit.row.audit.reference) is assessed.")
        }
        return .done
      }
      if format.json {
        try session.out.json(AuditWords.json(details))
      } else {
        for line in AuditWords.lines(details) { try session.out.line(line) }
      }
      return .found
    }
  }
}

/// A whole number, or `none`.
struct NumberOrNone: ExpressibleByArgument {
  /// The number; nil for none.
  let number: Int?

  init?(argument: String) {
    number = Int(argument)
    if number == nil, argument != "none" { return nil }
  }
}
