public import Model

/// Running clocks as a calendar of RFC 5545, for any calendar program.
///
/// Holds rule ids and references alone: no titles, no names, no personal data. A clock keeps its
/// UID, so a file that is written again replaces the events of the one before.
public struct ClockCalendar: Sendable {
  /// One clock.
  public struct Event: Sendable, Hashable {
    /// The incident's reference.
    public var reference: String
    /// The rule's id.
    public var rule: String
    /// By when it is due.
    public var due: Instant
    /// Whether the deadline rests on an earlier notice that was not sent yet.
    public var isProvisional: Bool
    /// Whether the incident is an exercise.
    public var isDrill: Bool

    /// Makes an event.
    public init(
      reference: String,
      rule: String,
      due: Instant,
      isProvisional: Bool = false,
      isDrill: Bool = false
    ) {
      (self.reference, self.rule, self.due) = (reference, rule, due)
      (self.isProvisional, self.isDrill) = (isProvisional, isDrill)
    }
  }

  /// The clocks, soonest first.
  public var events: [Event]
  /// How many hours before a deadline alarms sound; what is not positive is left out, and an alarm
  /// whose time is over when the file is made has none.
  public var reminderHours: [Int]
  /// The recurring audits that are due, soonest first: each fills its day.
  public var audits: [DueAudit]

  /// How many days before an audit is due its alarm sounds.
  public static let auditDays = 30

  /// Makes a calendar of clocks.
  public init(events: [Event], reminderHours: [Int], audits: [DueAudit] = []) {
    self.audits = audits
    self.events = events.sorted {
      ($0.due, $0.reference, $0.rule) < ($1.due, $1.reference, $1.rule)
    }
    self.reminderHours = Set(reminderHours.filter { $0 > 0 }).sorted(by: >)
  }

  /// Makes a calendar of those rows of a list that have a deadline and are not held.
  ///
  /// Requests by people stand among them by reference and what is wanted alone.
  public init(
    _ rows: [ClockList.Row],
    reminderHours: [Int],
    audits: [DueAudit] = [],
    requests: [RightsRequest] = []
  ) {
    let asked = requests.compactMap { request in
      request.facts.clock.map {
        Event(reference: request.reference, rule: request.facts.wanted.rawValue, due: $0.due)
      }
    }
    let events = rows.compactMap { row -> Event? in
      guard case .due(let deadline) = row.record.obligation.state else { return nil }
      return Event(
        reference: row.reference,
        rule: row.record.obligation.id,
        due: deadline.due,
        isProvisional: deadline.provisional,
        isDrill: row.isExercise
      )
    }
    self.init(events: events + asked, reminderHours: reminderHours, audits: audits)
  }

  /// The file's text, its lines ended by CRLF and folded at 75 octets.
  ///
  /// Every event is stamped with `now`, when the file is made.
  public func written(now: Instant) -> String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tocsin//Tocsin//EN", "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH",
    ]
    lines += events.flatMap { event($0, stamp: now) }
    lines += audits.flatMap { event($0, stamp: now) }
    // A calendar has at least one component (RFC 5545, 3.6); without clocks it tells of UTC.
    if events.isEmpty, audits.isEmpty {
      lines += [
        "BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
      ]
    }
    lines.append("END:VCALENDAR")
    return lines.map(ContentLine.folded).joined()
  }

  private func event(_ event: Event, stamp: Instant) -> [String] {
    let summary = ContentLine.escaped(
      Exercise.marked("\(event.rule) \(event.reference)", event.isDrill)
        + (event.isProvisional ? " (provisional)" : "")
    )
    var lines = [
      "BEGIN:VEVENT",
      "UID:\(ContentLine.escaped("\(event.reference).\(event.rule)@tocsin"))",
      "DTSTAMP:\(ContentLine.time(stamp))", "DTSTART:\(ContentLine.time(event.due))",
      "SUMMARY:\(summary)", "CLASS:CONFIDENTIAL", "TRANSP:TRANSPARENT",
      "STATUS:\(event.isProvisional ? "TENTATIVE" : "CONFIRMED")",
    ]
    // An alarm of a time that is over would sound as soon as a calendar program reads the file.
    for hours in reminderHours where event.due - .seconds(hours * 3600) > stamp {
      lines += [
        "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT\(hours)H", "DESCRIPTION:\(summary)",
        "END:VALARM",
      ]
    }
    return lines + ["END:VEVENT"]
  }

  private func event(_ audit: DueAudit, stamp: Instant) -> [String] {
    let summary = ContentLine.escaped("Audit due after \(audit.reference)")
    let first = AuditDay.midnight(audit.day) ?? stamp
    var lines = [
      "BEGIN:VEVENT", "UID:\(ContentLine.escaped("\(audit.reference).next@tocsin"))",
      "DTSTAMP:\(ContentLine.time(stamp))", "DTSTART;VALUE=DATE:\(ContentLine.day(first))",
      "DTEND;VALUE=DATE:\(ContentLine.day(first + .seconds(86_400)))", "SUMMARY:\(summary)",
      "CLASS:CONFIDENTIAL", "TRANSP:TRANSPARENT", "STATUS:CONFIRMED",
    ]
    if first - .seconds(Self.auditDays * 86_400) > stamp {
      lines += [
        "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P\(Self.auditDays)D",
        "DESCRIPTION:\(summary)", "END:VALARM",
      ]
    }
    return lines + ["END:VEVENT"]
  }
}

/// The lines of which RFC 5545 builds its files (3.1 and 3.3).
enum ContentLine {
  /// A text value: backslash, semicolon, comma and line break escaped; other controls have no place.
  static func escaped(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      defer { isAfterReturn = scalar == "\r" }
      switch scalar {
      case "\\", ";", ",": out.append(contentsOf: ["\\", scalar])
      case "\n" where isAfterReturn: break
      case "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}": out.append(contentsOf: ["\\", "n"])
      case "\t": out.append(scalar)
      default:
        if scalar.properties.generalCategory != .control { out.append(scalar) }
      }
    }
    return String(out)
  }

  /// A line with its end, in pieces of at most 75 octets, none of which breaks a character's bytes.
  static func folded(_ line: String) -> String {
    var out = String.UnicodeScalarView()
    var octets = 0
    for scalar in line.unicodeScalars {
      let width = UTF8.width(scalar)
      if octets + width > 75 {
        out.append(contentsOf: "\r\n ".unicodeScalars)
        octets = 1
      }
      out.append(scalar)
      octets += width
    }
    out.append(contentsOf: "\r\n".unicodeScalars)
    return String(out)
  }

  /// A day: `20260518`.
  static func day(_ instant: Instant) -> String { CivilTime(instant).isoDate.filter { $0 != "-" } }

  /// A time in UTC: `20260518T144000Z`.
  static func time(_ instant: Instant) -> String {
    let civil = CivilTime(instant)
    return (civil.isoDate + "T" + civil.isoTime + "Z").filter { $0 != "-" && $0 != ":" }
  }
}
