/// Where somebody stands with something they must have done; computed, never stored.
public enum DutyState: String, Vocabulary, Comparable {
  /// It ran out, or a version that must be renewed was not done in time.
  case expired
  /// It was never done, and its day has passed.
  case overdue
  /// It is to be done, and there is time left; or it runs out within the days of notice.
  case due
  /// It was done, and holds.
  case done

  /// Whether its day has passed.
  public var isLate: Bool { self == .expired || self == .overdue }

  /// Orders by how urgent it is, the most urgent first.
  public static func < (left: DutyState, right: DutyState) -> Bool {
    let all = DutyState.allCases
    return (all.firstIndex(of: left) ?? 0) < (all.firstIndex(of: right) ?? 0)
  }
}

/// A completion as rules see it.
public struct CompletionMark: Codable, Sendable, Hashable {
  /// The label of the version.
  public var version: String
  /// The day.
  public var on: DayNumber

  /// Makes a mark.
  public init(version: String, on: DayNumber) { (self.version, self.on) = (version, on) }
}

/// How duties of training are worked out: pure, and the only place where it is done.
public enum TrainingRule {
  /// How many days before a completion runs out the course is due again.
  public static let notice = 30

  /// Where somebody stands.
  public struct Standing: Codable, Sendable, Hashable {
    /// The state on the day that was asked for.
    public var state: DutyState
    /// The last day on which it can be done in time, or on which what was done still holds; nil where
    /// it never runs out.
    public var until: DayNumber?
    /// What was done last; nil where nothing was.
    public var last: CompletionMark?

    /// Makes a standing.
    public init(state: DutyState, until: DayNumber?, last: CompletionMark?) {
      (self.state, self.until, self.last) = (state, until, last)
    }
  }

  /// Where somebody stands with a course on a day.
  ///
  /// What was never done is due within a plan's days of the plan's first day, or of joining where that
  /// is later; of several plans the one that ends first counts. What was done holds for the course's
  /// calendar months, the day with the same number included (the month's last where it has none). A
  /// version that must be renewed gives everybody with an older one a plan's days from the day it is in
  /// force.
  ///
  /// - Parameters:
  ///   - course: The course.
  ///   - plans: The plans that ask this person for it.
  ///   - joined: The person's first day; nil where it is not known.
  ///   - marks: What the person has done of it, in any order; days to come do not count.
  ///   - today: The day.
  /// - Returns: The standing; nil where no plan asks for it yet.
  public static func standing(
    of course: CourseFacts,
    under plans: [TrainingPlanFacts],
    joined: DayNumber?,
    marks: [CompletionMark],
    on today: DayNumber
  ) -> Standing? {
    let plans = plans.filter { $0.from <= today }
    let deadline = plans.map { max($0.from, joined ?? $0.from) + $0.days }.min()
    guard let deadline, let days = plans.map(\.days).min() else { return nil }
    let past = marks.filter { $0.on <= today }
    guard
      let last = past.max(by: {
        ($0.on, course.place(of: $0.version, on: $0.on))
          < ($1.on, course.place(of: $1.version, on: $1.on))
      })
    else {
      return Standing(state: deadline < today ? .overdue : .due, until: deadline, last: nil)
    }
    let place = course.place(of: last.version, on: last.on)
    let renewal = course.versions.enumerated().first { index, version in
      index > place && version.mustRenew && version.from <= today
    }
    let ends = [
      course.validMonths.map { last.on.adding(months: $0) },
      renewal.map { $0.element.from + days },
    ].compactMap(\.self)
    guard let until = ends.min() else { return Standing(state: .done, until: nil, last: last) }
    let state: DutyState =
      if until < today {
        .expired
      } else if renewal != nil || until.count - today.count <= notice {
        .due
      } else {
        .done
      }
    return Standing(state: state, until: until, last: last)
  }
}

/// How many duties stand how.
public struct DutyTally: Codable, Sendable, Hashable {
  /// Those that were done and hold.
  public var done = 0
  /// Those that are due.
  public var due = 0
  /// Those that were never done in time.
  public var overdue = 0
  /// Those that ran out.
  public var expired = 0

  /// Makes a tally of nothing.
  public init() {}

  /// How many stand so.
  public subscript(state: DutyState) -> Int {
    get {
      switch state {
      case .done: done
      case .due: due
      case .overdue: overdue
      case .expired: expired
      }
    }
    set {
      switch state {
      case .done: done = newValue
      case .due: due = newValue
      case .overdue: overdue = newValue
      case .expired: expired = newValue
      }
    }
  }

  /// How many there are.
  public var total: Int { done + due + overdue + expired }
  /// How many have their day behind them.
  public var late: Int { overdue + expired }
  /// The share that holds, in whole percent: 100 only where nothing is late; nil where there is nothing.
  public var percentInOrder: Int? {
    guard total > 0 else { return nil }
    let percent = (done + due) * 100 / total
    return late > 0 ? min(99, percent) : percent
  }
}
