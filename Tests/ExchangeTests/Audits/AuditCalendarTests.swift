import Exchange
import Model
import Testing

struct `A calendar of recurring audits` {
  private func lines(_ now: String) -> [Substring] {
    let audit = DueAudit(
      id: 1,
      reference: "AUD-2026-0001",
      title: "not told",
      framework: "nor this",
      day: "2027-02-28"
    )
    let calendar = ClockCalendar(events: [], reminderHours: [48], audits: [audit])
    return calendar.written(now: AuditReportFixture.instant(now)).split(separator: "\r\n")
  }

  @Test func `has a whole day for each, with an alarm a month before, and no foreign text`() {
    #expect(
      lines("2026-05-18T14:40:00Z") == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tocsin//Tocsin//EN", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", "BEGIN:VEVENT", "UID:AUD-2026-0001.next@tocsin",
        "DTSTAMP:20260518T144000Z", "DTSTART;VALUE=DATE:20270228", "DTEND;VALUE=DATE:20270301",
        "SUMMARY:Audit due after AUD-2026-0001", "CLASS:CONFIDENTIAL", "TRANSP:TRANSPARENT",
        "STATUS:CONFIRMED", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P30D",
        "DESCRIPTION:Audit due after AUD-2026-0001", "END:VALARM", "END:VEVENT", "END:VCALENDAR",
      ]
    )
  }

  @Test func `has no alarm of a time that is over`() {
    #expect(!lines("2027-02-01T00:00:00Z").contains("BEGIN:VALARM"))
  }
}
