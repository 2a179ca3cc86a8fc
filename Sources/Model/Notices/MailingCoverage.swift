/// How far so many people have been told: what a coverage meter shows.
public struct MailingCoverage: Codable, Sendable, Hashable {
  /// How many the incident says are affected; nil where it does not say.
  public var affected: Int64?
  /// Whether more may be affected than that: of some jurisdictions the number is not known.
  public var isAffectedPartial: Bool
  /// How many are listed, by state; none of zero.
  public var counts: [RecipientState: Int]

  /// Makes a coverage.
  public init(
    affected: Int64? = nil,
    isAffectedPartial: Bool = false,
    counts: [RecipientState: Int] = [:]
  ) {
    (self.affected, self.isAffectedPartial, self.counts) = (affected, isAffectedPartial, counts)
  }

  /// What those who are affected add up to, as the incident states them.
  public init(of people: [AffectedPeople], counts: [RecipientState: Int] = [:]) {
    let whole = people.first { $0.jurisdiction.isEmpty }?.count
    let parts = people.filter { !$0.jurisdiction.isEmpty }
    let known = parts.compactMap(\.count)
    // The parts may have grown since somebody stated the whole.
    let affected = (known.isEmpty ? [] : [known.reduce(0, +)]) + (whole.map { [$0] } ?? [])
    self.init(
      affected: affected.max(),
      isAffectedPartial: whole == nil && !known.isEmpty && known.count < parts.count,
      counts: counts
    )
  }

  /// How many stand so.
  public func count(_ states: Set<RecipientState>) -> Int {
    counts.reduce(0) { states.contains($1.key) ? $0 + $1.value : $0 }
  }

  /// How many are listed.
  public var listed: Int { counts.values.reduce(0, +) }

  /// How many of them belong to a part.
  public func count(_ part: Part) -> Int { count(part.states) }

  /// How many who are listed are to be told still.
  public var notTold: Int {
    Part.allCases.reduce(0) { $1.isToBeTold ? $0 + count($1) : $0 }
  }

  /// How many more are affected than listed; negative where more are listed; nil where unknown.
  public var gap: Int64? { affected.map { $0 - Int64(listed) } }

  /// How many who are affected are not listed, and so not told either; nil where unknown.
  public var notListed: Int64? { gap.map { max(0, $0) } }

  /// Whether everybody affected is listed, and everybody listed was told, cannot be or need not be.
  ///
  /// False while it is not known how many are affected.
  public var isWhole: Bool {
    notTold == 0 && !isAffectedPartial && gap.map { $0 <= 0 } ?? false
  }

  /// Where a person stands, as coarsely as a meter tells it; in the order of the meter.
  public enum Part: String, Codable, Sendable, CaseIterable {
    /// Told, provably.
    case reached
    /// Given to the mail program, the printer or the call centre, and nothing came back.
    case handedOver
    /// Perhaps handed over: somebody must look.
    case uncertain
    /// Came back: bounced, or taken for abuse.
    case cameBack
    /// Listed, approved or queued.
    case waiting
    /// No channel is left.
    case unreachable
    /// Is not to be told.
    case exempt

    /// The states that belong to it; each state to one part.
    public var states: Set<RecipientState> {
      switch self {
      case .reached: [.acknowledged, .deliveredByPost, .spokeByPhone]
      case .handedOver: [.handedOver]
      case .uncertain: [.uncertain]
      case .cameBack: [.bouncedSoft, .bouncedHard, .complaint]
      case .waiting: [.pending, .approved, .queued]
      case .unreachable: [.unreachable]
      case .exempt: [.exempt]
      }
    }

    /// Whether those who stand there are to be told still.
    public var isToBeTold: Bool {
      self == .uncertain || self == .cameBack || self == .waiting
    }

    /// What people call it.
    public var label: String {
      switch self {
      case .handedOver: "handed over"
      case .cameBack: "came back"
      case .waiting: "not yet"
      default: rawValue
      }
    }
  }
}
