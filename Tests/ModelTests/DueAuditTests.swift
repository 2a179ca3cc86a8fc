import Model
import Testing

struct `A recurring audit` {
  private static func due(_ day: String) -> DueAudit {
    DueAudit(id: 3, reference: "AUD-2026-0003", title: "Yearly", framework: "GDPR", day: day)
  }

  private static func instant(_ text: String) throws -> Instant {
    try #require(Instant(rfc3339: text))
  }

  @Test(arguments: [
    ("2026-05-31", 13, "13 days"), ("2026-05-19", 1, "1 day"), ("2026-05-18", 0, "today"),
    ("2026-05-17", -1, "late 1 day"), ("2025-05-18", -365, "late 365 days"),
  ])
  func `tells what is left in days of the calendar`(day: String, days: Int, words: String) throws {
    let now = try Self.instant("2026-05-18T14:40:00Z")
    #expect(Self.due(day).daysLeft(at: now, in: .utc) == days)
    #expect(Self.due(day).left(at: now, in: .utc) == words)
    #expect(Self.due(day).isOverdue(at: now, in: .utc) == (days < 0))
  }

  @Test(arguments: [
    ("2026-05-18T21:59:59Z", false), ("2026-05-18T22:00:00Z", true),
    ("2026-05-18T23:59:59Z", true),
  ])
  func `is late once its day is over where the organisation is`(now: String, late: Bool) throws {
    let berlin = try #require(Zone("Europe/Berlin"))
    let now = try Self.instant(now)
    #expect(Self.due("2026-05-18").isOverdue(at: now, in: berlin) == late)
    #expect(Self.due("2026-05-18").daysLeft(at: now, in: berlin) == (late ? -1 : 0))
    #expect(!Self.due("2026-05-18").isOverdue(at: now, in: .utc))
  }

  @Test(arguments: [("aud-2026", true), ("YEAR", true), ("gdpr", true), ("", true), ("iso", false)])
  func `is found by reference, title and framework`(text: String, found: Bool) {
    #expect(Self.due("2026-05-18").has(text) == found)
  }

  @Test func `stands in the overview, quietly until it is late`() {
    var care = OverviewNumbers.Care(nextAudit: Self.due("2026-12-31"))
    #expect(care.lines == [])
    #expect(care.schedule == "next audit due 2026-12-31, after AUD-2026-0003")
    care.overdueAudits = 2
    #expect(care.schedule == nil)
    #expect(
      care.lines == ["2 recurring audits are late: after AUD-2026-0003, due 2026-12-31"]
    )
  }
}

struct `The end of a link` {
  @Test(arguments: [
    ("inc-2026-0042", LinkEnd.incident(reference: "INC-2026-0042")),
    ("FND-2026-0001", .finding(reference: "FND-2026-0001")),
    ("task:3", .record(Subject(.task, 3))), ("item 7", .record(Subject(.auditItem, 7))),
    ("aud-2026-0001/A.1", .auditItem(audit: "AUD-2026-0001", reference: "A.1")),
    ("AUD-2026-0001/Art. 30(1)/b", .auditItem(audit: "AUD-2026-0001", reference: "Art. 30(1)/b")),
    ("gdpr@2/Art. 30", .requirement(framework: "gdpr@2", reference: "Art. 30")),
    ("urn:x:gdpr/1:2", .requirement(framework: "urn:x:gdpr", reference: "1:2")),
  ])
  func `is read as people name it`(text: String, end: LinkEnd) {
    #expect(LinkEnd(reading: text) == end)
  }

  @Test(arguments: ["", "/", "AUD-2026-0001/", "/A.1", "AUD-2026-0001", "task", "task:0", "x:1"])
  func `is nothing where nothing is named`(text: String) { #expect(LinkEnd(reading: text) == nil) }
}

struct `A UUID of a name` {
  // The DNS space of RFC 9562 (6.6), and a name whose UUID is published with Python's uuid module.
  @Test func `is that of RFC 9562`() {
    let dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
    #expect(NameUUID.of("python.org", in: dns) == "886313e1-3b8a-5372-9b90-0c9aee199e5d")
  }

  @Test func `is always the same, and another for another name`() {
    #expect(NameUUID.of("a") == NameUUID.of("a"))
    #expect(NameUUID.of("a") != NameUUID.of("b"))
    let shape = /[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
    #expect(NameUUID.of("").wholeMatch(of: shape) != nil)
  }
}
