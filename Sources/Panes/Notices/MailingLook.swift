import Drawing
import Model

extension Look {
  /// Where the telling of a person stands, with a sign that needs no colour; 14 columns at most.
  static func recipient(_ state: RecipientState) -> Span {
    switch state {
    case .pending: Span("· pending", .stateOpen)
    case .approved: Span("o approved", .stateOpen)
    case .queued: Span("> queued", .stateProgress)
    case .handedOver: Span("▓ handed over", .information)
    case .uncertain: Span("? uncertain", .warning, .bold)
    case .bouncedSoft: Span("! soft bounce", .warning)
    case .bouncedHard: Span("! hard bounce", .danger)
    case .complaint: Span("! complaint", .danger)
    case .acknowledged: Span("█ acknowledged", .success)
    case .deliveredByPost: Span("█ by post", .success)
    case .spokeByPhone: Span("█ by phone", .success)
    case .unreachable: Span("x unreachable", .danger)
    case .exempt: Span("- exempt", .stateClosed)
    }
  }

  /// How far a mailing is as a whole, in a word; 9 columns at most.
  static func mailing(_ row: MailingBoard.Row) -> Span {
    if row.mailing.state == .erased { return Span("erased", .stateClosed) }
    if row.mailing.isHeld { return Span("! held", .danger, .bold) }
    if row.mailing.hasUnfinishedImport { return Span("! import", .warning, .bold) }
    if row.mailing.recipients == 0 { return Span("empty", .stateOpen) }
    return row.isOpen ? Span("telling", .stateProgress) : Span("told", .stateDone)
  }

  /// By when people must be told: how long is left, or why there is no date; 15 columns at most.
  static func left(_ clock: ObligationRecord?, _ coverage: MailingCoverage, now: Instant) -> Span {
    if coverage.isWhole || clock?.sentAt != nil && coverage.notTold == 0 && coverage.listed > 0 {
      return Span("+ told", .deadlineMet)
    }
    guard let clock else { return Span("  no clock", .textMuted) }
    if let sentAt = clock.sentAt {
      return coverage.notTold > 0
        ? Span("! filed, not all", .warning)
        : Span("+ \(CivilTime(sentAt).isoDate)", .deadlineMet)
    }
    switch clock.obligation.state {
    case .due(let deadline): return Countdown.span(until: deadline.due, now: now)
    case .noFixedDeadline: return Span("> without delay", .deadlineSoon)
    case .held: return Span("= held back", .information)
    case .clockNotStarted: return Span("? not started", .warning)
    case .undetermined: return Span("? undetermined", .warning)
    case .none: return Span("  not owed", .textMuted)
    }
  }

  /// When that will next read differently; nil where it does not by itself.
  static func nextLeft(_ clock: ObligationRecord?, now: Instant) -> Instant? {
    guard let clock, clock.sentAt == nil, let due = clock.obligation.state.due else { return nil }
    return Countdown.nextTick(until: due, now: now)
  }
}
