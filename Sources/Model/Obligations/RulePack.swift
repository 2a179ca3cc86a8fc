/// All rules and calendars that deadlines are worked out by.
public struct RulePack: Sendable, Equatable {
  /// The laws, sorted by id.
  public let laws: [Law]
  /// The holiday calendars by id.
  public let calendars: [String: HolidayCalendar]
  /// The lists of required contents by id.
  public let contents: [String: NoticeContent]
  /// Whom the rules tell, sorted by jurisdiction and key.
  public let authorities: [Authority]
  /// Where each rule stands.
  private let places: [String: Place]

  private struct Place: Equatable {
    var law: Int
    var rule: Int
  }

  /// Makes a pack; of rules with the same id the last one is found.
  public init(
    laws: [Law],
    calendars: [HolidayCalendar] = [],
    contents: [NoticeContent] = [],
    authorities: [Authority] = []
  ) {
    self.authorities = authorities.sorted {
      ($0.jurisdiction, $0.key) < ($1.jurisdiction, $1.key)
    }
    self.laws = laws.sorted { $0.id < $1.id }
    self.calendars = Dictionary(calendars.map { ($0.id, $0) }) { _, last in last }
    self.contents = Dictionary(contents.map { ($0.id, $0) }) { _, last in last }
    var places: [String: Place] = [:]
    for (law, entry) in self.laws.enumerated() {
      for (rule, value) in entry.rules.enumerated() {
        places[value.id] = Place(law: law, rule: rule)
      }
    }
    self.places = places
  }

  /// A rule with its law; nil where the pack has none of that id.
  public func rule(_ id: String) -> (law: Law, rule: Rule)? {
    places[id].map { (laws[$0.law], laws[$0.law].rules[$0.rule]) }
  }

  /// All rules with their laws, by law and in the order of its file.
  public var rules: [(law: Law, rule: Rule)] {
    laws.flatMap { law in law.rules.map { (law, $0) } }
  }

  /// The sectors that some rule asks for.
  public var sectors: Set<String> {
    var found: Set<String> = []
    for (_, rule) in rules {
      for condition in rule.conditions + rule.exemptions.map(\.condition) {
        found.formUnion(condition.words(of: .sectors))
      }
    }
    return found
  }
}
