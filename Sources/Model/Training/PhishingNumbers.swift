/// What a number of people did with the mail of an exercise.
public struct PhishingCounts: Codable, Sendable, Hashable {
  /// To how many it was sent.
  public var sent = 0
  /// How many opened it, or went further.
  public var opened = 0
  /// How many followed the link, or went further.
  public var clicked = 0
  /// How many submitted data.
  public var submitted = 0
  /// How many reported it.
  public var reported = 0

  /// Makes counts of nobody.
  public init() {}

  /// Counts people who did the same: one, where nothing else is said.
  public mutating func add(_ reached: PhishingResult.Step, isReported: Bool, people: Int = 1) {
    guard reached >= .sent else { return }
    sent += people
    if reached >= .opened { opened += people }
    if reached >= .clicked { clicked += people }
    if reached >= .submitted { submitted += people }
    if isReported { reported += people }
  }

  /// Both together.
  public static func + (left: PhishingCounts, right: PhishingCounts) -> PhishingCounts {
    var sum = left
    sum.sent += right.sent
    sum.opened += right.opened
    sum.clicked += right.clicked
    sum.submitted += right.submitted
    sum.reported += right.reported
    return sum
  }

  /// A share of those it was sent to, in tenths of a percent, rounded; nil where there are none.
  public func share(_ count: Int) -> Int? {
    sent > 0 ? (count * 1000 + sent / 2) / sent : nil
  }
}

/// Which numbers of small groups are not shown.
///
/// Rules of statistical offices: a group of fewer people than the least is hidden; where the hidden
/// ones together could be worked out from the total as one number about too few people, the smallest of
/// the others are hidden too, until they are at least two and enough people together.
public enum GroupSuppression {
  /// Whether each group is hidden.
  ///
  /// - Parameters:
  ///   - sizes: How many people each group has; groups of nobody hide nothing and are never hidden.
  ///   - least: The fewest people of whom numbers are shown.
  ///   - isTotalShown: Whether the total of all groups is known to whoever reads this.
  /// - Returns: For each group whether it is hidden, in the same order.
  public static func hidden(_ sizes: [Int], least: Int, isTotalShown: Bool = true) -> [Bool] {
    var hidden = sizes.map { $0 > 0 && $0 < least }
    guard isTotalShown else { return hidden }
    // Equal sizes are taken in the order in which they stand, so that the same question has the same
    // answer each time: two answers would undo each other's work.
    let order = sizes.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }
    func isSafe() -> Bool {
      let inside = sizes.indices.filter { hidden[$0] }
      return inside.isEmpty || inside.count > 1 && inside.reduce(0) { $0 + sizes[$1] } >= least
    }
    for index in order where !isSafe() {
      if sizes[index] > 0 { hidden[index] = true }
    }
    return hidden
  }
}

/// Asks how phishing exercises went, oldest first; numbers about too few people are left out.
public struct PhishingTrend: Question {
  /// One exercise in numbers.
  public struct Row: Codable, Sendable, Hashable, Identifiable {
    /// The exercise.
    public var exercise: PhishingExercise
    /// What all did; nil where they are too few.
    public var counts: PhishingCounts?
    /// How many had an earlier exercise too; nil where they are too few.
    public var again: Int?
    /// How many of those followed the link now and in an earlier one; nil where they are too few.
    public var repeated: Int?
    /// How long after the first mail the first report came; nil where nobody knows or they are too few.
    public var firstReport: Int64?
    /// The middle of how long people took to report it, each from their own mail; nil likewise.
    public var medianReport: Int64?

    /// Its number in the store.
    public var id: RecordID { exercise.id }

    /// Makes a row without numbers.
    public init(exercise: PhishingExercise) { self.exercise = exercise }

    /// The share of those who had an earlier exercise that followed the link again, in tenths of a
    /// percent.
    public var repeatShare: Int? {
      guard let again, let repeated, again > 0 else { return nil }
      return (repeated * 1000 + again / 2) / again
    }
  }

  /// What comes back.
  public typealias Answer = [Row]

  /// Makes the question.
  public init() {}
}

/// Asks how an exercise went by group; what too small groups did is left out, and with it what it
/// could be worked out from.
public struct PhishingByGroup: Question {
  /// A group in numbers.
  public struct Row: Codable, Sendable, Hashable {
    /// What it is called; empty for those who are on no list of staff.
    ///
    /// Foreign text.
    public var group: String
    /// What its people did; nil where it is hidden.
    public var counts: PhishingCounts?

    /// Makes a row.
    public init(group: String, counts: PhishingCounts?) {
      (self.group, self.counts) = (group, counts)
    }
  }

  /// An exercise by group.
  public struct Board: Codable, Sendable, Equatable {
    /// The exercise in numbers.
    public var total: PhishingTrend.Row
    /// The groups by name, those who are on no list last.
    public var groups: [Row]
    /// What all hidden groups did together; nil where nothing is hidden, or they are too few.
    public var hidden: PhishingCounts?
    /// The fewest people of whom numbers are shown.
    public var least: Int

    /// Makes a board.
    public init(total: PhishingTrend.Row, groups: [Row], hidden: PhishingCounts?, least: Int) {
      (self.total, self.groups, self.hidden, self.least) = (total, groups, hidden, least)
    }
  }
  /// What comes back; nil where there is no such exercise.
  public typealias Answer = Board?
  /// Which exercise.
  public var id: RecordID

  /// Makes the question.
  public init(of id: RecordID) { self.id = id }
}
