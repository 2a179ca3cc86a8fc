/// How well a set of items does, and how much of it is assessed.
///
/// The rules:
/// - An item counts once it is assessed: its result is anything but *not assessed*, and its
///   attestation, if it has one, has not run out.
/// - *Not applicable* counts as assessed, and is left out of the score.
/// - An item's value is its score on the framework's scale, where it has one: 0 % for the least, 100 %
///   for the greatest, even in between, to a hundredth of a percent. Without a score it is 100 % for
///   *conforms*, 50 % for *partly*, 0 % for *does not conform*.
/// - The score is the mean of the values, each as often as the requirement's weight; a weight of 0 is
///   left out. Where nothing counts there is no score.
/// - A heading's score is that of all items below it, at any depth; not a mean of headings.
/// - Only what is in the audit counts: groups that were not chosen and withdrawn requirements are
///   never in it.
public struct AuditScore: Codable, Sendable, Hashable {
  /// How many items there are.
  public var items: Int
  /// How many of them are assessed, the not applicable ones among them.
  public var assessed: Int
  /// How many of them are not applicable.
  public var excluded: Int
  /// The values in hundredths of a percent, times their weights, added up.
  public var points: Int64
  /// What the points would be if every value were 100 %.
  public var possible: Int64

  /// Makes a score.
  public init(
    items: Int = 0,
    assessed: Int = 0,
    excluded: Int = 0,
    points: Int64 = 0,
    possible: Int64 = 0
  ) {
    (self.items, self.assessed, self.excluded) = (items, assessed, excluded)
    (self.points, self.possible) = (points, possible)
  }

  /// The most that a weight counts, so that no sum overflows.
  public static let maximumWeight = 1_000_000_000
  /// The value of an item that conforms.
  public static let full: Int64 = 10_000

  /// The value of an item in hundredths of a percent; nil where it does not count.
  public static func value(_ result: AuditResult, _ score: Int?, _ scale: ScoreScale?) -> Int64? {
    guard let rank = result.rank else { return nil }
    guard let score, let scale, scale.minimum < scale.maximum else {
      return Int64(rank) * full / 2
    }
    let clamped = min(max(score, scale.minimum), scale.maximum)
    let (height, span) = (
      Double(clamped) - Double(scale.minimum),
      Double(scale.maximum) - Double(scale.minimum)
    )
    return Int64((height * Double(full) / span).rounded())
  }

  /// Counts an item.
  public mutating func add(_ result: AuditResult, _ score: Int?, weight: Int, _ scale: ScoreScale?)
  {
    items += 1
    if result != .notAssessed { assessed += 1 }
    if result == .notApplicable { excluded += 1 }
    guard let value = AuditScore.value(result, score, scale) else { return }
    let weight = Int64(min(max(weight, 0), AuditScore.maximumWeight))
    points += value * weight
    possible += AuditScore.full * weight
  }

  /// The score in hundredths of a percent, 0 to 10 000, rounded; nil where nothing counts.
  public var hundredths: Int? {
    possible > 0 ? Int((Double(points) / Double(possible) * 10_000).rounded()) : nil
  }

  /// The share that is assessed in whole percent, rounded down: 100 only where all is.
  public var assessedPercent: Int { items == 0 ? 100 : assessed * 100 / items }

  /// Both in words: `score 74.5 %, 60 of 80 assessed`.
  public var text: String {
    let share = "\(assessed) of \(items) assessed"
    guard let hundredths else { return "no score yet, \(share)" }
    let tenths = (hundredths + 5) / 10
    return "score \(tenths / 10).\(tenths % 10) %, \(share)"
  }
}

/// How many items of an audit stand where; kept as they change.
public struct AuditTally: Codable, Sendable, Hashable {
  /// Items that have the same result, work and grade.
  public struct Cell: Codable, Sendable, Hashable {
    /// The result.
    public var result: AuditResult
    /// The work status.
    public var work: AuditWork
    /// The grade; nil where there is none.
    public var grade: AuditGrade?
    /// How many.
    public var count: Int
    /// Their points.
    public var points: Int64
    /// Their possible points.
    public var possible: Int64

    /// Makes a cell.
    public init(
      result: AuditResult,
      work: AuditWork,
      grade: AuditGrade?,
      count: Int,
      points: Int64,
      possible: Int64
    ) {
      (self.result, self.work, self.grade) = (result, work, grade)
      (self.count, self.points, self.possible) = (count, points, possible)
    }
  }

  /// The cells that have items.
  public var cells: [Cell]
  /// How many of those not assessed have an answer whose attestation ran out.
  public var expired: Int

  /// Makes a tally.
  public init(cells: [Cell] = [], expired: Int = 0) {
    (self.cells, self.expired) = (cells, expired)
  }

  /// How many items there are.
  public var items: Int { cells.reduce(0) { $0 + $1.count } }
  /// How many have a result.
  public func count(_ result: AuditResult) -> Int { count { $0.result == result } }
  /// How many have a work status.
  public func count(_ work: AuditWork) -> Int { count { $0.work == work } }
  /// How many have a grade.
  public func count(_ grade: AuditGrade) -> Int { count { $0.grade == grade } }

  private func count(_ fits: (Cell) -> Bool) -> Int {
    cells.reduce(0) { fits($1) ? $0 + $1.count : $0 }
  }

  /// The score of the whole audit.
  public var score: AuditScore {
    AuditScore(
      items: items,
      assessed: items - count(.notAssessed),
      excluded: count(.notApplicable),
      points: cells.reduce(0) { $0 + $1.points },
      possible: cells.reduce(0) { $0 + $1.possible }
    )
  }
}
