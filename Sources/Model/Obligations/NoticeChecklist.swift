/// What the record knows that a notice can say.
public struct NoticeSources: Sendable, Equatable {
  /// The incident.
  public var incident: Incident
  /// Who reports.
  public var organisation: Organisation
  /// The duty that the notice answers, by the rule's id.
  public var rule: String
  /// The jurisdiction of its law: of the people affected only those it covers are named.
  public var jurisdiction: String
  /// The incident's decisions, newest first.
  public var decisions: [Decision]
  /// The incident's tasks.
  public var tasks: [IncidentTask]
  /// The incident's timeline.
  public var timeline: [TimelineEntry]

  /// Makes sources.
  public init(
    incident: Incident,
    organisation: Organisation,
    rule: String,
    jurisdiction: String,
    decisions: [Decision] = [],
    tasks: [IncidentTask] = [],
    timeline: [TimelineEntry] = []
  ) {
    (self.incident, self.organisation) = (incident, organisation)
    (self.rule, self.jurisdiction) = (rule, jurisdiction)
    (self.decisions, self.tasks, self.timeline) = (decisions, tasks, timeline)
  }
}

/// What one kind of notice must say, and what of it the record fills.
///
/// Nothing is invented: an item is filled by stated facts alone, and what they lack is named.
public struct NoticeChecklist: Sendable, Equatable {
  /// The list of required contents.
  public var content: NoticeContent
  /// Its items, in order.
  public var items: [Item]

  /// How far the record fills an item.
  public enum State: String, Vocabulary {
    case filled, partly, open
  }

  /// One required item.
  public struct Item: Sendable, Equatable {
    /// What is required.
    public var required: NoticeContent.Item
    /// What the record says of it; empty where nothing.
    public var entries: [Entry]
    /// What is missing, in own words; empty where the item is filled.
    public var missing: [String]
    /// What of the record would fill it and says nothing yet.
    public var lacking: [NoticeContent.Fill]
    /// The provision: the item's own, or else that of the whole list.
    public var citation: String

    /// How far it is filled.
    public var state: State {
      if entries.isEmpty { return .open }
      return missing.isEmpty ? .filled : .partly
    }

    /// The marks of what is missing, such as `[missing: likely consequences, art. 33(3)(c)]`.
    public var gaps: [String] { missing.map { "[missing: \($0), \(citation)]" } }
  }

  /// What the record says to one item.
  public struct Entry: Sendable, Equatable {
    /// What it is, such as `Occurred`; empty for running text.
    public var label: String
    /// The lines.
    ///
    /// Foreign text.
    public var lines: [String]

    /// Makes an entry.
    public init(label: String = "", lines: [String]) { (self.label, self.lines) = (label, lines) }
  }

  /// Fills a list of contents from the record.
  public init(_ content: NoticeContent, _ sources: NoticeSources) {
    self.content = content
    items = content.items.map { item in
      let found = item.fills.map { ($0, sources.entry(for: $0)) }
      let present = Set(found.filter { $0.1.entry != nil }.map(\.0))
      var missing: [String] = []
      var lacking: [NoticeContent.Fill] = []
      for (fill, (_, words)) in found where present.isDisjoint(with: fill.equivalents) {
        missing += words
        if !words.isEmpty { lacking.append(fill) }
      }
      // Where the record has nothing at all to say, the whole item is missing.
      if present.isEmpty { missing = [lowered(item.text)] }
      return Item(
        required: item,
        entries: found.compactMap(\.1.entry),
        missing: missing,
        lacking: lacking,
        citation: item.citation.isEmpty ? content.citation : item.citation
      )
    }
  }

  /// Whether nothing is missing.
  public var isReady: Bool { count(.filled) == items.count }

  /// How many items are filled, in part or whole.
  public func count(_ state: State) -> Int { items.count { $0.state == state } }
}

/// The text with a small first letter, unless a name or an abbreviation begins it.
private func lowered(_ text: String) -> String {
  guard text.dropFirst().first?.isUppercase != true else { return text }
  return text.prefix(1).lowercased() + text.dropFirst()
}

extension NoticeContent.Fill {
  /// Others that serve as well: one contact is enough, and measures are taken or planned.
  fileprivate var equivalents: Set<NoticeContent.Fill> {
    switch self {
    case .contact: [.officerContact]
    case .officerContact: [.contact]
    case .measures: [.tasks]
    case .tasks: [.measures]
    default: []
    }
  }
}

extension NoticeSources {
  /// What the record says to a fill, and what it lacks.
  fileprivate func entry(
    for fill: NoticeContent.Fill
  ) -> (entry: NoticeChecklist.Entry?, missing: [String]) {
    let facts = incident.facts
    func some(_ label: String, _ lines: [String], else missing: String) -> (
      NoticeChecklist.Entry?, [String]
    ) {
      let stated = lines.filter { !$0.isEmpty }
      return stated.isEmpty
        ? (nil, [missing]) : (NoticeChecklist.Entry(label: label, lines: stated), [])
    }
    func time(_ label: String, _ time: StatedTime?, else missing: String) -> (
      NoticeChecklist.Entry?, [String]
    ) { some(label, time.map { [$0.plainWithZone] } ?? [], else: missing) }
    switch fill {
    case .title: return some("", [facts.title], else: "title")
    case .summary: return some("", [facts.summary], else: "what happened")
    case .kind:
      let kinds = facts.actions.filter { $0 != .unknown }.map(\.label).sorted()
      return some("Kind", [kinds.joined(separator: ", ")], else: "kind of incident")
    case .severity: return some("Severity", [facts.severity?.label ?? ""], else: "severity")
    case .occurred:
      return time("Occurred", facts.instants[.occurred], else: "when it occurred")
    case .discovered:
      return time("Discovered", facts.instants[.discovered], else: "when it was discovered")
    case .aware:
      let aware = incident.awareness?.awareAt ?? facts.instants[.aware]
      return time("Aware since", aware, else: "since when it is known")
    case .determined:
      return time("Determined", facts.instants[.determined], else: "when it was determined")
    case .contained:
      return time("Contained", facts.instants[.contained], else: "when it was contained")
    case .affected: return affected()
    case .categories:
      let words = facts.data.categories.map { $0.replacing("_", with: " ") }
      return some("Data", [words.joined(separator: ", ")], else: "kinds of data")
    case .encrypted: return some("Encryption", [encryption], else: "whether it was encrypted")
    case .assets: return some("Systems", facts.assets, else: "systems affected")
    case .measures:
      let done = tasks.filter { $0.facts.state == .done }.map(\.facts.title)
      return some("Taken", done, else: "measures taken")
    case .tasks:
      let open = tasks.filter(\.facts.state.isOpen).map { task in
        task.facts.title + (task.facts.due.map { ", by \($0.plainWithZone)" } ?? "")
      }
      return some("Planned", open, else: "measures planned")
    // The record has no field for them: they are a judgement, and judgements are not made up.
    case .consequences: return (nil, ["likely consequences"])
    case .contact: return some("", [organisation.contact], else: "contact")
    case .officerContact:
      return some(
        "Data protection officer",
        [organisation.officer],
        else: "contact of the data protection officer"
      )
    case .organisation: return some("", [organisation.name], else: "name of the organisation")
    case .hold:
      return some("Law enforcement", [hold], else: "whether law enforcement asked to wait")
    case .reasons:
      let latest = [rule, ""].compactMap { id in decisions.first { $0.facts.rule == id } }
      return some("", latest.map(\.facts.reasoning), else: "reasons for the decision")
    case .timeline:
      let told = timeline.filter(\.facts.isInSummary).map { entry in
        (entry.facts.happened.map { "\($0.plainWithZone): " } ?? "") + entry.facts.text
      }
      return some("Timeline", told, else: "course of events")
    }
  }

  /// The people affected whom the law protects, and in which jurisdictions their number is not known.
  private func affected() -> (NoticeChecklist.Entry?, [String]) {
    let named = incident.facts.affected
    let covered = named.filter { people in
      people.jurisdiction == jurisdiction || people.jurisdiction.hasPrefix("\(jurisdiction)-")
    }
    let people = covered.isEmpty && jurisdictionIsOpen ? named : covered
    guard !people.isEmpty else { return (nil, ["number of people affected"]) }
    let lines = people.map { one in
      let place = one.jurisdiction.isEmpty ? "in all" : one.jurisdiction
      guard let count = one.count else { return "\(place): number not known" }
      return "\(place): \(count) (\(one.quality.label))"
    }
    let missing = people.filter { $0.count == nil }.map { one in
      "number of people affected\(one.jurisdiction.isEmpty ? "" : " in \(one.jurisdiction)")"
    }
    return (NoticeChecklist.Entry(label: "People affected", lines: lines), missing)
  }

  /// Whether the law is no country's or state's own, so that everybody affected counts.
  private var jurisdictionIsOpen: Bool {
    Jurisdiction.problem(with: jurisdiction) != nil
      || incident.facts.affected.allSatisfy(\.jurisdiction.isEmpty)
  }

  private var encryption: String {
    let data = incident.facts.data
    guard let isEncrypted = data.isEncrypted else { return "" }
    guard isEncrypted else { return "not encrypted" }
    return switch data.isKeyTaken {
    case true?: "encrypted, but the key was taken too"
    case false?: "encrypted, and the key is safe"
    case nil: "encrypted; whether the key was taken is not known"
    }
  }

  private var hold: String {
    let answers = incident.facts.answers
    switch answers[.holdActive] {
    case "true", "yes":
      var text = "has asked to delay the notice"
      if let since = answers[.holdSince] { text += " since \(since)" }
      if let until = answers[.holdUntil] { text += " until \(until)" }
      if ["true", "yes"].contains(answers[.holdWritten]) { text += ", in writing" }
      return text
    case "false", "no": return "has not asked to delay the notice"
    default: return ""
    }
  }
}
