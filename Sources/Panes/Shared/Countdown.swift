public import Drawing
public import Model

/// How long is left until a deadline, in words that say by themselves whether it is over.
public enum Countdown {
  /// The words: to the second under an hour, to the minute under a day, then days and hours.
  ///
  /// `2 d 15 h`, `9 h 12 min`, `12 min 34 s`, `late 3 h 12 min`.
  public static func words(until due: Instant, now: Instant) -> String {
    let left = (due - now).wholeMilliseconds
    return left < 0 ? "late \(length(-left))" : length(left)
  }

  /// When the words will next read differently.
  public static func nextTick(until due: Instant, now: Instant) -> Instant {
    let left = (due - now).wholeMilliseconds
    if left >= 0 {
      // What is left is rounded down: it reads less as soon as a whole unit is begun.
      let unit = unit(left)
      return due - .milliseconds(left / unit * unit) + .milliseconds(1)
    }
    let unit = unit(-left)
    return due + .milliseconds((-left / unit + 1) * unit)
  }

  /// A deadline as it looks: late and soon are told by a sign as well.
  public static func span(until due: Instant, now: Instant) -> Span {
    let words = words(until: due, now: now)
    let left = due - now
    if left < .zero { return Span("! \(words)", .deadlineOverdue, .bold) }
    if left < .seconds(86_400) { return Span("> \(words)", .deadlineSoon) }
    return Span("  \(words)", .deadlineLater)
  }

  private static func unit(_ milliseconds: Int64) -> Int64 {
    milliseconds < 3_600_000 ? 1000 : milliseconds < 86_400_000 ? 60_000 : 3_600_000
  }

  private static func length(_ milliseconds: Int64) -> String {
    let seconds = milliseconds / 1000
    switch seconds {
    case ..<60: return "\(seconds) s"
    case 60..<3600: return "\(seconds / 60) min \(seconds % 60) s"
    case 3600..<86_400: return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    default: return "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
    }
  }
}

extension Look {
  /// Where a duty stands, in words and with a sign that needs no colour.
  public static func duty(_ record: ObligationRecord, now: Instant) -> Span {
    if let sent = record.sentAt { return sentSpan(sent, record.obligation.state.deadline?.due) }
    return duty(record.obligation.state, now: now)
  }

  /// What the rules say of a duty, in words and with a sign that needs no colour.
  public static func duty(_ state: Obligation.State, now: Instant) -> Span {
    switch state {
    case .due(let deadline): Countdown.span(until: deadline.due, now: now)
    case .noFixedDeadline: Span("- \(state.label)", .stateOpen)
    case .held: Span("= \(state.label)", .stateProgress)
    case .clockNotStarted: Span("? \(state.label)", .warning)
    case .undetermined: Span("? \(state.label)", .warning)
    case .none: Span("x \(state.label)", .stateClosed)
    }
  }

  private static func sentSpan(_ sent: Instant, _ due: Instant?) -> Span {
    guard let due, sent > due else { return Span("+ sent", .deadlineMet) }
    return Span("+ sent late", .warning)
  }

  /// An instant by the clock of a zone, to the minute: 16 columns.
  public static func minute(_ instant: Instant, in zone: Zone) -> String {
    let civil = CivilTime(instant, offset: zone.offset(at: instant))
    return civil.isoMinute
  }
}
