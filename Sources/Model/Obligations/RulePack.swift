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
  /// What laws say of requests by people, sorted by id.
  public let rights: [RightsLaw]
  /// Every rule with its law, by law and in the order of its file.
  let entries: [PackedRule]
  /// Where each rule stands in `entries`.
  private let places: [String: Int]

  /// Makes a pack; of rules with the same id the last one is found.
  public init(
    laws: [Law],
    calendars: [HolidayCalendar] = [],
    contents: [NoticeContent] = [],
    authorities: [Authority] = [],
    rights: [RightsLaw] = []
  ) {
    self.rights = rights.sorted { $0.id < $1.id }
    self.authorities = authorities.sorted {
      ($0.jurisdiction, $0.key) < ($1.jurisdiction, $1.key)
    }
    self.laws = laws.sorted { $0.id < $1.id }
    self.calendars = Dictionary(calendars.map { ($0.id, $0) }) { _, last in last }
    self.contents = Dictionary(contents.map { ($0.id, $0) }) { _, last in last }
    var entries: [PackedRule] = []
    var places: [String: Int] = [:]
    for (number, law) in self.laws.enumerated() {
      for rule in law.rules {
        places[rule.id] = entries.count
        entries.append(PackedRule(law: law, lawNumber: number, rule: rule, number: entries.count))
      }
    }
    (self.entries, self.places) = (entries, places)
  }

  /// Whether two packs have the same rules, calendars and contents.
  public static func == (left: RulePack, right: RulePack) -> Bool {
    left.laws == right.laws && left.calendars == right.calendars && left.contents == right.contents
      && left.authorities == right.authorities && left.rights == right.rights
  }

  /// A rule with its law, without a copy of either.
  func entry(_ id: String) -> PackedRule? { places[id].map { entries[$0] } }

  /// A rule with its law; nil where the pack has none of that id.
  public func rule(_ id: String) -> (law: Law, rule: Rule)? {
    entry(id).map { ($0.law, $0.rule) }
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

/// A rule and its law where one pass over hundreds of rules finds them.
///
/// An object: passing on a struct of so many fields costs more than most rules take to be read.
final class PackedRule: Sendable {
  let law: Law
  let lawNumber: Int
  let rule: Rule
  let number: Int

  init(law: Law, lawNumber: Int, rule: Rule, number: Int) {
    (self.law, self.lawNumber, self.rule, self.number) = (law, lawNumber, rule, number)
  }
}
