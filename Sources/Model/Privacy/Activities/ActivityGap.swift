/// What the record of an activity does not say, or what in it has run out.
public enum ActivityGap: Sendable, Hashable, Comparable {
  case purpose, basis, people, data, recipients, measures, owner, retention, controllers
  /// Special categories are held, and nobody says what lifts the ban.
  case condition
  /// A transfer to this country rests on nothing.
  case transfer(String)
  /// The contract with this processor is not known.
  case contract(String)
  /// The contract with this processor has run out.
  case contractEnded(String)
  /// It was to be looked at again by now.
  case review

  /// What is missing, in a few words; may quote foreign text.
  public var text: String {
    switch self {
    case .purpose: "no purpose"
    case .basis: "no legal basis"
    case .people: "no categories of people"
    case .data: "no categories of data"
    case .recipients: "no recipients"
    case .measures: "no security measures"
    case .owner: "no owner"
    case .retention: "no retention rule"
    case .controllers: "no controller named"
    case .condition: "special categories without a condition"
    case .transfer(let country): "transfer to \(country) without a mechanism"
    case .contract(let name): "no contract date of \(name)"
    case .contractEnded(let name): "contract of \(name) has ended"
    case .review: "review overdue"
    }
  }

  /// The provision that wants it.
  public var citation: String {
    switch self {
    case .purpose: "GDPR art. 30(1)(b)"
    case .basis: "GDPR art. 6(1)"
    case .people, .data: "GDPR art. 30(1)(c)"
    case .recipients: "GDPR art. 30(1)(d)"
    case .measures: "GDPR art. 30(1)(g)"
    case .retention: "GDPR art. 30(1)(f)"
    case .controllers: "GDPR art. 30(2)(a)"
    case .condition: "GDPR art. 9(2)"
    case .transfer: "GDPR art. 30(1)(e)"
    case .contract, .contractEnded: "GDPR art. 28(3)"
    case .owner, .review: "own rule"
    }
  }
}

extension ActivityFacts {
  /// What is missing at an instant, in the order of the provisions' weight.
  ///
  /// - Parameters:
  ///   - now: The present.
  ///   - hasRetention: Whether some retention rule covers the activity.
  /// - Returns: The gaps; none for a record that is complete.
  public func gaps(at now: Instant, hasRetention: Bool) -> [ActivityGap] {
    let isProcessor = role == .processor
    var gaps: [ActivityGap] = []
    if isProcessor, controllers.isEmpty { gaps.append(.controllers) }
    if purpose.isEmpty { gaps.append(.purpose) }
    // A processor's record names the kinds of processing, not what makes them lawful.
    if !isProcessor, basis == nil { gaps.append(.basis) }
    if !isProcessor, people.isEmpty { gaps.append(.people) }
    if !isProcessor, data.isEmpty { gaps.append(.data) }
    let isSpecial = data.contains { DataCategory.special.contains($0.category.lowercased()) }
    if !isProcessor, isSpecial, condition == nil { gaps.append(.condition) }
    gaps += transfers.filter { $0.mechanism == nil }.map { .transfer($0.country) }
    for processor in processors {
      if let until = processor.until, until.latest < now {
        gaps.append(.contractEnded(processor.name))
      } else if processor.from == nil {
        gaps.append(.contract(processor.name))
      }
    }
    if !isProcessor, !hasRetention { gaps.append(.retention) }
    if !isProcessor, recipients.isEmpty, processors.isEmpty { gaps.append(.recipients) }
    if measures.isEmpty { gaps.append(.measures) }
    if owner == nil { gaps.append(.owner) }
    if let review, review.latest < now { gaps.append(.review) }
    return gaps
  }
}
