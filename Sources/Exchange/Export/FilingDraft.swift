public import Model

/// A draft of a notice to an authority or to people: what the record fills, and what is missing.
///
/// A person finishes it: gaps are marked and never filled with made-up words, and it bears
/// `Draft, needs counsel` until somebody takes that away.
public struct FilingDraft: Sendable, Equatable {
  /// The title that the notice bears; the law's own where it fixes one.
  public var title: String
  /// Whether the incident is an exercise.
  public var isDrill: Bool
  /// What the draft is for: names and values, not part of the notice.
  public var header: [Fact]
  /// The notice itself, under its headings.
  public var sections: [Section]
  /// The required contents with what the record fills, for the one who checks.
  public var checklists: [NoticeChecklist]

  /// A name and its value.
  public struct Fact: Sendable, Equatable {
    /// The name, such as `Due`.
    public var name: String
    /// The value.
    ///
    /// Foreign text.
    public var value: String

    /// Makes a fact.
    public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
  }

  /// What stands under one heading.
  public struct Section: Sendable, Equatable {
    /// The heading; the law's own where it fixes one.
    public var heading: String
    /// What the record says.
    public var entries: [NoticeChecklist.Entry]
    /// The marks of what is missing.
    public var gaps: [String]
  }

  /// What every draft bears.
  public static let mark = "Draft, needs counsel"
  /// What a draft of an exercise bears.
  public static let drillMark =
    Exercise.marked("EXERCISE: no real incident, not to be sent", true)

  /// Writes a draft.
  ///
  /// - Parameters:
  ///   - rule: The rule that asks for the notice, with its law.
  ///   - obligation: What the rulebook answered for the incident.
  ///   - contents: What the notice must say; empty where the rulebook lists nothing.
  ///   - sources: What the record knows.
  ///   - contacts: Those who are told, with what the organisation knows of them.
  ///   - sent: When a notice of this duty was first sent; nil while none was.
  ///   - isDrill: Whether the incident is an exercise.
  ///   - now: The present.
  public init(
    rule: (law: Law, rule: Rule),
    obligation: Obligation,
    contents: [NoticeContent],
    sources: NoticeSources,
    contacts: [(authority: Authority, facts: ContactFacts)] = [],
    sent: Instant? = nil,
    isDrill: Bool = false,
    now: Instant
  ) {
    self.isDrill = isDrill
    checklists = contents.map { NoticeChecklist($0, sources) }
    title =
      contents.compactMap(\.documentTitle).first ?? contents.first?.title
      ?? "Notice to \(rule.rule.recipient)"
    header = FilingDraft.header(rule, obligation, contents, sources, contacts, sent, now)
    sections = checklists.flatMap(FilingDraft.sections)
  }

  /// The sections of one list: by the headings that the law fixes, else one for each item.
  ///
  /// Where the law fixes headings, an item without one is about the notice's form: it is checked, not
  /// written.
  private static func sections(_ checklist: NoticeChecklist) -> [Section] {
    let isFixed = checklist.items.contains { $0.required.heading != nil }
    var sections: [Section] = []
    for item in checklist.items {
      guard let heading = isFixed ? item.required.heading : item.required.text else { continue }
      let index =
        sections.firstIndex { isFixed && $0.heading == heading }
        ?? {
          sections.append(Section(heading: heading, entries: [], gaps: []))
          return sections.count - 1
        }()
      sections[index].entries += item.entries
      sections[index].gaps += item.gaps
    }
    return sections
  }

  private static func header(
    _ place: (law: Law, rule: Rule),
    _ obligation: Obligation,
    _ contents: [NoticeContent],
    _ sources: NoticeSources,
    _ contacts: [(authority: Authority, facts: ContactFacts)],
    _ sent: Instant?,
    _ now: Instant
  ) -> [Fact] {
    let (law, rule) = place
    let zone = rule.zone ?? sources.organisation.zone ?? .utc
    var facts = [
      Fact("Law", law.title), Fact("Provision", rule.citation), Fact("To", rule.recipient),
      Fact("By", rule.means),
    ]
    facts += contacts.map { Fact("Contact", contact($0.authority, $0.facts)) }
    facts += [
      Fact("Incident", sources.incident.reference),
      Fact("Duty", obligation.id), Fact("Due", due(obligation, zone, sent ?? now)),
      Fact("First sent", sent.map { "\($0.text(in: zone)) (\($0))" } ?? ""),
      Fact("Must contain", contents.map(\.citation).joined(separator: "; ")),
      Fact("Rule", "version \(law.version), \(law.verified), read \(law.retrieved), \(law.source)"),
      Fact("Own rule", law.isOwn ? "a rule of your organisation" : ""),
      Fact("Written", "\(now.text(in: zone)) (\(now))"),
    ]
    if contents.isEmpty {
      facts.append(Fact("Contents", "the rulebook lists no required contents for this notice"))
    } else if contents.allSatisfy(\.allowsPhases) {
      facts.append(
        Fact("In phases", "a first notice with what is known is accepted; the rest follows")
      )
    }
    return facts.filter { !$0.value.isEmpty }
  }

  /// Whom to send it to, and how, in a line.
  private static func contact(_ authority: Authority, _ facts: ContactFacts) -> String {
    let name = facts.body.isEmpty ? authority.name : "\(authority.name): \(facts.body)"
    let rest = facts.named.dropFirst().filter { !$0.value.isEmpty }
      .map { "\($0.name) \($0.value)" }
    return ([name] + rest).joined(separator: "; ")
  }

  /// The deadline, and whether it has passed by the time of sending, or by now.
  private static func due(_ obligation: Obligation, _ zone: Zone, _ at: Instant) -> String {
    func keys(_ keys: [FactKey]) -> String { keys.map(\.description).joined(separator: ", ") }
    switch obligation.state {
    case .due(let deadline):
      let late = deadline.due < at ? ", passed: give the reasons for the delay" : ""
      let provisional = deadline.provisional ? ", provisional" : ""
      return "\(deadline.due.text(in: zone)) (\(deadline.due))\(provisional)\(late)"
    case .noFixedDeadline: return "without undue delay (no fixed deadline)"
    case .none:
      return "does not arise on the recorded facts: \(obligation.because.joined(separator: "; "))"
    case .clockNotStarted(let missing): return "clock not started, missing \(keys(missing))"
    case .undetermined(let missing): return "undetermined, missing \(keys(missing))"
    case .held(let deadline?):
      return "held for law enforcement; without it \(deadline.due.text(in: zone))"
    case .held(nil): return "held for law enforcement"
    }
  }
}
