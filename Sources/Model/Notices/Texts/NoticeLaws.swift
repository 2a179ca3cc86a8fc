/// Which laws want what of a text, by the people who get it.
public struct NoticeLaws: Sendable {
  /// A list of contents, and for whom which duties ask for it.
  public struct Wanted: Sendable, Equatable {
    /// The list.
    public var content: NoticeContent
    /// The duties, sorted.
    public var rules: [String]
    /// The jurisdictions of the people, sorted.
    public var jurisdictions: [String]
  }

  private let pack: RulePack
  private let seat: String?

  /// Makes it of the rules and of where the organisation has its seat.
  public init(_ pack: RulePack, seat: String?) { (self.pack, self.seat) = (pack, seat) }

  /// The contents that some duties want of a text for people of some jurisdictions.
  ///
  /// - Parameters:
  ///   - duties: The ids of rules; those that tell nobody of the people affected are left out.
  ///   - jurisdictions: Of the people who get the text.
  /// - Returns: By the name of the list; none where no duty reaches them.
  public func contents(of duties: [String], for jurisdictions: [String]) -> [Wanted] {
    var found: [String: Wanted] = [:]
    for duty in duties {
      guard let (law, rule) = pack.rule(duty) else { continue }
      let reached = jurisdictions.filter { reaches(law, $0) }
      guard !reached.isEmpty else { continue }
      for name in rule.contents {
        guard let content = pack.contents[name], content.isForPeople else { continue }
        var wanted = found[name] ?? Wanted(content: content, rules: [], jurisdictions: [])
        wanted.rules = Set(wanted.rules + [duty]).sorted()
        wanted.jurisdictions = Set(wanted.jurisdictions + reached).sorted()
        found[name] = wanted
      }
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The duties to tell people whose contents are known, among some duties.
  public func tellingPeople(_ duties: [String]) -> [String] {
    duties.filter { duty in
      pack.rule(duty)?.rule.contents.contains { pack.contents[$0]?.isForPeople ?? false } ?? false
    }
  }

  /// Whether some of these duties reach people of a jurisdiction.
  public func someReach(_ jurisdiction: String, of duties: [String]) -> Bool {
    duties.contains { duty in pack.rule(duty).map { reaches($0.law, jurisdiction) } ?? false }
  }

  private func reaches(_ law: Law, _ jurisdiction: String) -> Bool {
    if law.reach.people.isEmpty, law.reach.seats.isEmpty { return true }
    // A law of the seat protects everybody whose data the organisation has.
    if let seat, law.reach.seats.contains(seat) { return true }
    return law.reach.people.contains { Jurisdiction.pattern($0, covers: jurisdiction) }
  }
}
