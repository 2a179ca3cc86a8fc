internal import Exchange
internal import Model

// Recurring audits among the clocks.
extension ClockWords {
  /// The members that are columns of CSV.
  static let columns = [
    "incident", "title", "exercise", "id", "jurisdiction", "recipient", "state", "due", "latest",
    "provisional", "clockStart", "missing", "law", "confidence", "computed_at", "was_due",
    "stopped_at", "audit", "framework", "due_day", "days_left", "request", "handler",
  ]

  /// The cells of a due audit's row: countdown, day, audit before, framework, title.
  static func cells(_ audit: DueAudit, now: Instant, zone: Zone) -> [String] {
    [audit.left(at: now, in: zone), audit.day, audit.reference, audit.framework, audit.title]
  }

  /// `1 audit late`; empty where none is.
  static func line(_ audits: [DueAudit], now: Instant, zone: Zone) -> String {
    let late = audits.count { $0.isOverdue(at: now, in: zone) }
    return late == 0 ? "" : "\(late) \(late == 1 ? "audit" : "audits") late"
  }
}

extension JSON {
  /// A recurring audit whose next pass is due, as an object among clocks.
  init(due audit: DueAudit, now: Instant, zone: Zone) {
    self = .members([
      "audit": .string(audit.reference), "title": .string(audit.title),
      "framework": .string(audit.framework), "exercise": .bool(false),
      "state": .string(audit.isOverdue(at: now, in: zone) ? "overdue" : "due"),
      "due_day": .string(audit.day), "due": .instant(audit.end(in: zone)),
      "days_left": .count(audit.daysLeft(at: now, in: zone)),
    ])
  }
}
