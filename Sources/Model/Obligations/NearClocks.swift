/// Asks for the clocks that run out next and how many are late or wait: what reminders and the one
/// line for a status bar rest on.
public struct NearClocks: Question {
  /// A running clock with a deadline: of an incident's duty, or of an open request by a person.
  public struct Clock: Codable, Sendable, Hashable {
    /// The incident; 0 for a request.
    public var incident: RecordID
    /// The reference of the incident or the request.
    public var reference: String
    /// The rule's id; of a request what is wanted.
    public var rule: String
    /// By when it is due.
    public var due: Instant
    /// Whether the incident is an exercise.
    public var isExercise: Bool

    /// Makes a clock.
    public init(
      incident: RecordID,
      reference: String,
      rule: String,
      due: Instant,
      isExercise: Bool = false
    ) {
      (self.incident, self.reference, self.rule) = (incident, reference, rule)
      (self.due, self.isExercise) = (due, isExercise)
    }
  }

  /// What comes back.
  public struct Answer: Codable, Sendable, Equatable {
    /// The clocks that are not late, soonest first; no more than were asked for.
    public var clocks: [Clock]
    /// Whether there are more clocks than these.
    public var hasMore: Bool
    /// How many clocks of real incidents and of requests are late, each counted to ``mostCounted``.
    public var late: Int
    /// How many clocks of exercises are late, counted to ``mostCounted``.
    public var lateExercises: Int
    /// How many duties of real incidents wait for a fact, counted to ``mostCounted``.
    public var waiting: Int
    /// How many duties of exercises wait for a fact, counted to ``mostCounted``.
    public var waitingExercises: Int

    /// Makes an answer.
    public init(
      clocks: [Clock],
      hasMore: Bool = false,
      late: Int = 0,
      lateExercises: Int = 0,
      waiting: Int = 0,
      waitingExercises: Int = 0
    ) {
      (self.clocks, self.hasMore) = (clocks, hasMore)
      (self.late, self.lateExercises) = (late, lateExercises)
      (self.waiting, self.waitingExercises) = (waiting, waitingExercises)
    }
  }

  /// How far clocks are counted; one more means that there are more, nobody looks how many.
  ///
  /// The question is asked on every change of the record, and a count of everything takes its time.
  public static let mostCounted = 1000

  /// The present instant.
  public var now: Instant
  /// How many clocks are wanted.
  public var limit: Int

  /// Makes the question.
  public init(now: Instant, limit: Int) { (self.now, self.limit) = (now, limit) }
}

/// How many clocks run out soon, are late, or wait for a fact.
///
/// The one line of a prompt, a status bar and a window's title.
public struct ClockTally: Sendable, Equatable {
  /// How many are due within the time that was named, and not late.
  public var soon = 0
  /// How many are late.
  public var late = 0
  /// How many wait for a fact.
  public var waiting = 0

  /// Makes a tally of nothing.
  public init() {}

  /// Counts a clock.
  public mutating func count(_ due: Instant, now: Instant, within: Duration) {
    if due < now { late += 1 } else if due <= now + within { soon += 1 }
  }

  /// `2 clocks < 12 h, 1 late, 3 waiting`; empty where there is nothing to say.
  public func words(within: Duration) -> String {
    var parts: [String] = []
    if soon > 0 { parts.append("\(soon) \(soon == 1 ? "clock" : "clocks") < \(within.span)") }
    if late > 0 { parts.append("\(Self.number(late)) late") }
    if waiting > 0 { parts.append("\(Self.number(waiting)) waiting") }
    return parts.joined(separator: ", ")
  }

  /// A number as far as it is counted.
  private static func number(_ count: Int) -> String {
    count > NearClocks.mostCounted ? "over \(NearClocks.mostCounted)" : "\(count)"
  }

  /// The same of real incidents and of exercises: the latter behind their sign.
  public static func words(_ real: ClockTally, exercises: ClockTally, within: Duration) -> String {
    let drills = exercises.words(within: within)
    return [real.words(within: within), drills.isEmpty ? "" : Exercise.marked(drills, true)]
      .filter { !$0.isEmpty }.joined(separator: ", ")
  }
}

extension NearClocks.Answer {
  /// `2 clocks < 12 h, 1 late, 3 waiting`; empty where there is nothing to say.
  ///
  /// - Parameters:
  ///   - now: The present instant, not before that of the question.
  ///   - within: Within which time a clock counts as soon.
  ///   - past: Clocks that have run out since the question was answered.
  /// - Returns: The line.
  public func line(now: Instant, within: Duration, past: [NearClocks.Clock] = []) -> String {
    var (real, exercises) = (ClockTally(), ClockTally())
    (real.late, real.waiting) = (late, waiting)
    (exercises.late, exercises.waiting) = (lateExercises, waitingExercises)
    for clock in past + clocks {
      if clock.isExercise {
        exercises.count(clock.due, now: now, within: within)
      } else {
        real.count(clock.due, now: now, within: within)
      }
    }
    return ClockTally.words(real, exercises: exercises, within: within)
  }
}

extension Duration {
  /// The length in the largest whole unit: `2 d`, `12 h`, `90 min`.
  public var span: String {
    let seconds = components.seconds
    if seconds % 86_400 == 0, seconds > 0 { return "\(seconds / 86_400) d" }
    return seconds % 3600 == 0 ? "\(seconds / 3600) h" : "\(seconds / 60) min"
  }
}
