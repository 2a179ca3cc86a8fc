internal import Exchange
internal import Model

/// How long is left to tell the people of a place, as the commands say it.
enum TimeLeft {
  /// The words: how long, or why there is no time that could be told; behind them the duty.
  static func words(_ place: TellingPlace, _ mailing: Mailing, _ now: Instant) -> Words {
    guard let clock = place.clock else {
      guard place.id.isEmpty else { return "no duty to tell people is known" }
      return mailing.facts.obligations.isEmpty
        ? "no duty is named that it fulfils" : "none of its duties arises"
    }
    return "\(left(clock, now)) (\(clock.obligation.id))"
  }

  private static func left(_ clock: ObligationRecord, _ now: Instant) -> Words {
    if let sentAt = clock.sentAt { return "met \(CivilTime(sentAt).isoDate)" }
    if let facts = clock.waitsFor { return "\(facts)" }
    switch clock.obligation.state {
    case .due(let deadline): return "\(ClockWords.left(until: deadline.due, from: now))"
    case .noFixedDeadline: return "without undue delay"
    case .held: return "held back"
    case .none, .clockNotStarted, .undetermined: return "not owed"
    }
  }

  /// The clock for a program; null where no duty is known.
  static func json(_ clock: ObligationRecord?, _ now: Instant) -> JSON {
    guard let clock else { return .null }
    let due = clock.sentAt == nil ? clock.obligation.state.due : nil
    return .members([
      "duty": .string(clock.obligation.id), "state": .string(clock.obligation.state.word),
      "due": due.map { .instant($0) } ?? .null,
      "secondsLeft": due.map { .integer(($0 - now).wholeMilliseconds / 1000) } ?? .null,
      "missing": .array(clock.obligation.state.missing.map { .string($0.description) }),
      "met": clock.sentAt.map { .instant($0) } ?? .null,
    ])
  }
}
