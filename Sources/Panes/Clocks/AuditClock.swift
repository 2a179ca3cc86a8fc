internal import Drawing
internal import Model

extension Look {
  /// How long is left until a recurring audit is due; a sign in front tells late and soon.
  static func audit(_ audit: DueAudit, now: Instant, in zone: Zone) -> Span {
    let words = audit.left(at: now, in: zone)
    let days = audit.daysLeft(at: now, in: zone)
    if days < 0 { return Span("! \(words)", .deadlineOverdue, .bold) }
    return days <= 30 ? Span("> \(words)", .deadlineSoon) : Span("  \(words)")
  }

  /// When the next day begins in a zone: what is told in days then reads differently.
  static func nextDay(_ now: Instant, in zone: Zone) -> Instant {
    let today = CivilTime(now, offset: zone.offset(at: now)).isoDate
    let day = DueAudit(id: 1, reference: "", title: "", framework: "", day: today)
    return day.end(in: zone) + .milliseconds(1)
  }
}
