/// Watches running clocks for whoever has them on the screen: says each step before a deadline once,
/// when it passes.
///
/// A step that had passed when its clock was first seen is not said: what passed before is for the
/// summary at the beginning, and what somebody brings in now is on the screen already.
public struct ReminderWatch: Sendable {
  /// A clock of which a step has just passed.
  public struct News: Sendable, Hashable {
    /// The clock.
    public var clock: NearClocks.Clock
    /// The step, in hours before the deadline; 0 is overdue.
    public var hours: Int
  }

  /// How many clocks are watched at once.
  ///
  /// Of more that are near, the later ones are read when half of these have run out.
  public static let limit = 1000

  /// The time within which a clock counts as soon in the line for the title.
  public static let soon: Duration = .seconds(12 * 3600)

  /// What the record said last; nil until it was asked.
  public private(set) var near: NearClocks.Answer?
  /// Clocks that have run out since.
  private var late: [NearClocks.Clock] = []
  private var steps: [Int] = [0]
  private var said: Set<SentReminders.Sent> = []
  private var readAgainAt: Instant?
  /// When a step passes next, the line reads differently or more clocks are to be read; nil for never.
  public private(set) var nextChange: Instant?

  /// Makes a watch that knows of nothing yet.
  public init() {}

  /// Takes in what the record says now.
  ///
  /// - Parameters:
  ///   - answer: The clocks, asked for after the watch went on to the instant of the question.
  ///   - hours: How many hours before a deadline somebody wants to be reminded.
  ///   - now: The present instant.
  /// - Returns: The steps that passed since, of clocks that were known before.
  public mutating func take(_ answer: NearClocks.Answer, hours: [Int], now: Instant) -> [News] {
    let known = Set(near?.clocks ?? [])
    steps = Array(Set(hours.filter { $0 > 0 })).sorted(by: >) + [0]
    for clock in answer.clocks where !known.contains(clock) {
      for hours in steps where hasPassed(hours, clock, now) { said.insert(mark(clock, hours)) }
    }
    (near, late, readAgainAt) = (answer, [], nil)
    if answer.hasMore, let last = answer.clocks.last {
      readAgainAt = max(last.due - lead, answer.clocks[answer.clocks.count / 2].due)
    }
    nextChange = now
    return pass(to: now)
  }

  /// Goes on to an instant.
  ///
  /// - Returns: Of each clock of which steps have passed the last of them, soonest deadline first.
  public mutating func pass(to now: Instant) -> [News] {
    guard var answer = near, let due = nextChange, due <= now else { return [] }
    var news: [News] = []
    for clock in answer.clocks {
      var last: Int?
      for hours in steps where hasPassed(hours, clock, now) {
        if said.insert(mark(clock, hours)).inserted { last = hours }
      }
      if let last { news.append(News(clock: clock, hours: last)) }
    }
    late += answer.clocks.prefix { $0.due < now }
    answer.clocks.removeAll { $0.due < now }
    near = answer
    nextChange = change(after: now)
    return news
  }

  private func change(after now: Instant) -> Instant? {
    guard let near else { return nil }
    var next: Instant?
    func consider(_ instant: Instant) {
      if instant > now { next = min(next ?? instant, instant) }
    }
    if let readAgainAt { consider(readAgainAt) }
    for clock in near.clocks {
      // They stand by deadline: nothing of this one or a later one comes before what was found.
      if let next, clock.due - lead > next { break }
      for hours in steps {
        consider(hours == 0 ? late(clock) : clock.due - .seconds(hours * 3600))
      }
      consider(clock.due - Self.soon)
    }
    return next
  }

  /// Whether clocks beyond those that are watched may have come near.
  public func mustRead(at now: Instant) -> Bool { readAgainAt.map { $0 <= now } ?? false }

  /// Says that the record is being asked for them.
  public mutating func willRead() { readAgainAt = nil }

  /// How long before its deadline the first thing of a clock happens.
  private var lead: Duration { max(longestStep, Self.soon) }

  /// `2 clocks < 12 h, 1 late, 3 waiting`; empty where there is nothing to say.
  public func line(now: Instant, within: Duration = soon) -> String {
    near?.line(now: now, within: within, past: late) ?? ""
  }

  /// The longest time before a deadline at which somebody wants to be reminded.
  public var longestStep: Duration { .seconds((steps.first ?? 0) * 3600) }

  private func hasPassed(_ hours: Int, _ clock: NearClocks.Clock, _ now: Instant) -> Bool {
    hours == 0 ? now >= late(clock) : now >= clock.due - .seconds(hours * 3600)
  }

  /// When a clock is late: when its deadline is over.
  private func late(_ clock: NearClocks.Clock) -> Instant { clock.due + .milliseconds(1) }

  private func mark(_ clock: NearClocks.Clock, _ hours: Int) -> SentReminders.Sent {
    SentReminders.Sent(
      incident: clock.incident,
      rule: clock.incident == 0 ? clock.reference : clock.rule,
      due: clock.due,
      hours: hours
    )
  }
}
