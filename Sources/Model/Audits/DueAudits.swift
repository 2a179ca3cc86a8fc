/// A recurring audit whose next pass nobody has started yet.
public struct DueAudit: Identifiable, Codable, Sendable, Equatable {
  /// The number of the audit that recurs.
  public var id: RecordID
  /// The reference of the audit that recurs.
  public var reference: String
  /// What that audit is called.
  ///
  /// Foreign text.
  public var title: String
  /// The title of its framework.
  ///
  /// Foreign text.
  public var framework: String
  /// The day on which the next pass is due, as `2027-01-31`.
  public var day: String

  /// Makes a due audit.
  public init(id: RecordID, reference: String, title: String, framework: String, day: String) {
    (self.id, self.reference, self.title) = (id, reference, title)
    (self.framework, self.day) = (framework, day)
  }

  /// The last instant of its day in a zone; it is late from then on.
  public func end(in zone: Zone) -> Instant {
    guard let midnight = AuditDay.midnight(day) else { return Instant.range.upperBound }
    let civil = CivilTime(midnight)
    let whole = StatedTime(
      zone: zone,
      year: civil.year,
      month: civil.month,
      day: civil.day,
      source: ""
    )
    return whole?.latest ?? Instant.range.upperBound
  }

  /// Whether its day has passed.
  public func isOverdue(at now: Instant, in zone: Zone) -> Bool { end(in: zone) < now }

  /// How many days are left, by the calendar of a zone: 0 on the day itself, less behind it.
  public func daysLeft(at now: Instant, in zone: Zone) -> Int {
    let today = CivilTime(now, offset: zone.offset(at: now)).isoDate
    guard let due = AuditDay.midnight(day), let start = AuditDay.midnight(today) else { return 0 }
    return Int((due - start).wholeMilliseconds / 86_400_000)
  }

  /// How long is left, in words: `today`, `1 day`, `31 days`, `late 2 days`.
  public func left(at now: Instant, in zone: Zone) -> String {
    let days = daysLeft(at: now, in: zone)
    let count = "\(abs(days)) \(abs(days) == 1 ? "day" : "days")"
    return days == 0 ? "today" : days < 0 ? "late \(count)" : count
  }

  /// Whether its reference, title or framework has a text, whatever the letter case.
  public func has(_ text: String) -> Bool {
    text.isEmpty
      || [reference, title, framework].contains { $0.lowercased().contains(text.lowercased()) }
  }
}

/// Asks for the recurring audits whose next pass nobody has started yet, soonest first.
public struct DueAudits: Question {
  /// The audits.
  public typealias Answer = [DueAudit]

  /// Makes the question.
  public init() {}
}
