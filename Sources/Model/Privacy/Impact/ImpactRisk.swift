/// How high a risk to people is.
public enum RiskHeight: String, Vocabulary, Comparable {
  case low, medium, high

  /// Orders by height.
  public static func < (left: RiskHeight, right: RiskHeight) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .low: 1
    case .medium: 2
    case .high: 3
    }
  }
}

/// How likely something is and how badly it hits people, each from 1 to 4.
///
/// 1 negligible, 2 limited, 3 significant, 4 maximum: the scale of the CNIL's knowledge bases for impact
/// assessments (February 2018).
public struct RiskRating: Codable, Sendable, Hashable {
  /// How likely it is.
  public var likelihood: Int
  /// How badly it hits people.
  public var severity: Int

  /// Makes a rating.
  public init(likelihood: Int, severity: Int) {
    (self.likelihood, self.severity) = (likelihood, severity)
  }

  /// What may be given for either.
  public static let range = 1...4

  /// Whether both lie in the range.
  public var isUsable: Bool {
    Self.range.contains(likelihood) && Self.range.contains(severity)
  }

  /// The level: the product of both, 1 to 3 low, 4 to 6 medium, 8 and more high.
  ///
  /// Our own rule: neither GDPR nor WP248 sets one. Something of the highest severity is never low.
  public var level: RiskHeight {
    switch likelihood * severity {
    case ...3: .low
    case ...7: .medium
    default: .high
    }
  }

  /// Both numbers and the level: `3 x 4 high`.
  public var text: String { "\(likelihood) x \(severity) \(level.label)" }

  /// The word for a number of the scale.
  public static func word(_ number: Int) -> String {
    switch number {
    case 1: "negligible"
    case 2: "limited"
    case 3: "significant"
    default: "maximum"
    }
  }
}

/// A risk to the rights and freedoms of people.
public struct ImpactRisk: Codable, Sendable, Hashable {
  /// Its number in the assessment; none is given twice.
  public var number: Int
  /// What may happen.
  ///
  /// Foreign text; not empty.
  public var what: String
  /// From where it comes; foreign text.
  public var source: String
  /// Whom it hits.
  ///
  /// Foreign text; names nobody.
  public var whom: String
  /// How high it is without measures.
  public var before: RiskRating
  /// How high it is with the measures; nil where nobody has said.
  public var after: RiskRating?
  /// The measures against it, by number.
  public var measures: [Int]

  /// Makes a risk.
  public init(
    number: Int,
    what: String,
    source: String = "",
    whom: String = "",
    before: RiskRating,
    after: RiskRating? = nil,
    measures: [Int] = []
  ) {
    (self.number, self.what, self.source, self.whom) = (number, what, source, whom)
    (self.before, self.after, self.measures) = (before, after, measures)
  }

  /// What is left of it: after the measures where somebody has said so, else as it is without them.
  public var residual: RiskRating { after ?? before }

  /// The risk in a line.
  public var text: String {
    let from = source.isEmpty ? "" : " from \(source)"
    let to = whom.isEmpty ? "" : " to \(whom)"
    let left = after.map { ", then \($0.text)" } ?? ""
    let against =
      measures.isEmpty ? "" : " (measures \(measures.map(String.init).joined(separator: ", ")))"
    return "\(number). \(what)\(from)\(to): \(before.text)\(left)\(against)"
  }
}

/// How far a measure of an impact assessment is.
public enum MeasureState: String, Vocabulary {
  case planned
  case inPlace = "in-place"
  case dropped

  /// The word as it is shown to people.
  public var label: String {
    switch self {
    case .planned: "planned"
    case .inPlace: "in place"
    case .dropped: "dropped"
    }
  }
}

/// Something that is done against risks.
public struct ImpactMeasure: Codable, Sendable, Hashable {
  /// Its number in the assessment; none is given twice.
  public var number: Int
  /// What is done.
  ///
  /// Foreign text; not empty.
  public var what: String
  /// Who does it; nil where nobody does.
  ///
  /// Foreign text.
  public var owner: String?
  /// By when; nil where no day was set.
  public var due: StatedTime?
  /// How far it is.
  public var state: MeasureState
  /// What it is the same as: an item of an audit, `AUD-2026-0001 A.8.24`, or a measure of an activity,
  /// `ACT-0001 encrypted at rest`.
  public var ties: [String]

  /// Makes a measure.
  public init(
    number: Int,
    what: String,
    owner: String? = nil,
    due: StatedTime? = nil,
    state: MeasureState = .planned,
    ties: [String] = []
  ) {
    (self.number, self.what, self.owner, self.due) = (number, what, owner, due)
    (self.state, self.ties) = (state, ties)
  }

  /// Whether it is planned though its day has passed.
  public func isLate(at now: Instant) -> Bool {
    state == .planned && due.map { $0.latest < now } == true
  }

  /// The measure in a line.
  public var text: String {
    let by = owner.map { " by \($0)" } ?? ""
    let until = due.map { " until \($0.plain)" } ?? ""
    let tied = ties.isEmpty ? "" : " (\(ties.joined(separator: ", ")))"
    return "\(number). \(what)\(by)\(until): \(state.label)\(tied)"
  }
}
