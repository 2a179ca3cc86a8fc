import Model
import Testing

private let reading = TimeReading(
  now: Instant(rfc3339: "2026-05-18T14:30:00+02:00") ?? Instant(milliseconds: 0),
  zone: .named("Europe/Berlin")
)

struct `Civil time` {
  @Test(arguments: [
    (1970, 1, 1, 0), (2000, 2, 29, 11_016), (2026, 5, 18, 20_591), (1900, 3, 1, -25_508),
    (1, 1, 1, -719_162), (9999, 12, 31, 2_932_896),
  ])
  func `counts days from 1970 and back`(year: Int, month: Int, day: Int, days: Int) throws {
    #expect(CivilTime.daysSinceEpoch(year: year, month: month, day: day) == days)
    let civil = CivilTime(Instant(seconds: Int64(days) * 86_400))
    #expect(civil == CivilTime(year: year, month: month, day: day))
  }

  @Test func `runs through four centuries without losing a day`() {
    var (previous, leapDays) = (CivilTime(Instant(milliseconds: 0)), 0)
    for day in 1..<146_097 {
      let civil = CivilTime(Instant(seconds: Int64(day) * 86_400))
      #expect(civil.weekday == previous.weekday % 7 + 1)
      if (civil.month, civil.day) == (2, 29) { leapDays += 1 }
      previous = civil
    }
    #expect(leapDays == 97)
    #expect(previous.isoDate == "2369-12-31")
  }

  @Test(arguments: [
    (2025, 2, 29), (1900, 2, 29), (2025, 4, 31), (2025, 13, 1), (2025, 0, 1), (2025, 1, 0),
    (0, 1, 1), (10_000, 1, 1),
  ])
  func `refuses days that do not exist`(year: Int, month: Int, day: Int) {
    #expect(CivilTime(year: year, month: month, day: day) == nil)
  }

  @Test(arguments: [("1970-01-01", 4), ("2026-05-18", 1), ("2024-02-29", 4), ("1969-12-28", 7)])
  func `knows the day of the week`(date: String, weekday: Int) throws {
    let instant = try #require(Instant(rfc3339: "\(date)T00:00:00Z"))
    #expect(CivilTime(instant).weekday == weekday)
  }
}

struct `An instant` {
  @Test(arguments: [
    ("2026-05-18T14:40:00+02:00", "2026-05-18T12:40:00Z"),
    ("2026-05-18 14:40:00Z", "2026-05-18T14:40:00Z"),
    ("2026-05-18t14:40:00z", "2026-05-18T14:40:00Z"),
    ("2026-05-18T14:40:00.1Z", "2026-05-18T14:40:00.100Z"),
    ("2026-05-18T14:40:00.123999Z", "2026-05-18T14:40:00.123Z"),
    ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999Z"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ("9999-12-31T23:59:60+14:00", "9999-12-31T09:59:59.999Z"),
  ])
  func `is read from RFC 3339 and written in UTC`(text: String, written: String) throws {
    let instant = try #require(Instant(rfc3339: text))
    #expect(instant.description == written)
    #expect(Instant(rfc3339: written) == instant)
  }

  @Test(arguments: [
    "", "2026-05-18", "2026-05-18T14:40:00", "2026-05-18T14:40Z", "2026-02-30T00:00:00Z",
    "2026-05-18T24:00:00Z", "2026-05-18T14:40:61Z", "2026-05-18T14:40:00.Z",
    "2026-05-18T14:40:00+19:00", "2026-05-18T14:40:00Zx", "0000-00-00T00:00:00Z",
    "-0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-01:00",
    "２026-05-18T14:40:00Z", "+026-05-18T14:40:00Z",
  ])
  func `refuses everything else`(text: String) {
    #expect(Instant(rfc3339: text) == nil)
  }

  @Test func `moves by lengths and measures them`() {
    let instant = Instant(seconds: 1000)
    #expect(instant + .milliseconds(1500) == Instant(milliseconds: 1_001_500))
    #expect(instant - .seconds(2000) == Instant(seconds: -1000))
    #expect(Instant(seconds: 5) - Instant(seconds: 8) == .seconds(-3))
  }
}

struct `A zone` {
  @Test(arguments: [
    ("UTC", "UTC"), ("Z", "UTC"), ("+00:00", "UTC"), ("+02:00", "+02:00"), ("-0530", "-05:30"),
    ("+18:00", "+18:00"), ("Europe/Berlin", "Europe/Berlin"),
  ])
  func `is read and named`(text: String, name: String) { #expect(Zone(text)?.name == name) }

  @Test(arguments: ["+18:01", "+24:00", "CET", "Europe/Atlantis", "2", "+2"])
  func `refuses what names no zone`(text: String) { #expect(Zone(text) == nil) }

  @Test(arguments: [
    // Plain days in winter and summer.
    ("Europe/Berlin", "2026-01-15T12:00:00Z", "2026-01-15T11:00:00Z"),
    ("Europe/Berlin", "2026-07-15T12:00:00Z", "2026-07-15T10:00:00Z"),
    // The clock shows 02:30 twice: the earlier one.
    ("Europe/Berlin", "2026-10-25T02:30:00Z", "2026-10-25T00:30:00Z"),
    ("America/New_York", "2026-11-01T01:30:00Z", "2026-11-01T05:30:00Z"),
    // The clock never shows 02:30: the instant at which it jumps.
    ("Europe/Berlin", "2026-03-29T02:30:00Z", "2026-03-29T01:00:00Z"),
    ("America/New_York", "2026-03-08T02:30:00Z", "2026-03-08T07:00:00Z"),
    // Around the jump.
    ("Europe/Berlin", "2026-03-29T01:59:59Z", "2026-03-29T00:59:59Z"),
    ("Europe/Berlin", "2026-03-29T03:00:00Z", "2026-03-29T01:00:00Z"),
    // A half-hour jump, a midnight that does not exist, a day that does not exist.
    ("Australia/Lord_Howe", "2026-10-04T02:15:00Z", "2026-10-03T15:30:00Z"),
    ("America/Sao_Paulo", "2018-11-04T00:00:00Z", "2018-11-04T03:00:00Z"),
    ("Pacific/Apia", "2011-12-30T12:00:00Z", "2011-12-30T10:00:00Z"),
    ("Pacific/Kiritimati", "2026-05-18T12:00:00Z", "2026-05-17T22:00:00Z"),
  ])
  func `gives the instant of a clock's face`(zone: String, face: String, instant: String) throws {
    let civil = CivilTime(try #require(Instant(rfc3339: face)))
    #expect(try #require(Zone(zone)).instant(of: civil).description == instant)
  }
}

struct `A stated time` {
  @Test(arguments: [
    ("2025", Precision.year, "2024-12-31T23:00:00Z", "2025-12-31T22:59:59.999Z"),
    ("2025-03", .month, "2025-02-28T23:00:00Z", "2025-03-31T21:59:59.999Z"),
    ("March 2025", .month, "2025-02-28T23:00:00Z", "2025-03-31T21:59:59.999Z"),
    ("sept 2025", .month, "2025-08-31T22:00:00Z", "2025-09-30T21:59:59.999Z"),
    ("2024-02-29", .day, "2024-02-28T23:00:00Z", "2024-02-29T22:59:59.999Z"),
    ("4 March 2025", .day, "2025-03-03T23:00:00Z", "2025-03-04T22:59:59.999Z"),
    ("March 4, 2025", .day, "2025-03-03T23:00:00Z", "2025-03-04T22:59:59.999Z"),
    ("2025-03-04 14:30", .minute, "2025-03-04T13:30:00Z", "2025-03-04T13:30:59.999Z"),
    ("2025-03-04T14:30:05", .second, "2025-03-04T13:30:05Z", "2025-03-04T13:30:05Z"),
    ("2025-03-04 14:30 UTC", .minute, "2025-03-04T14:30:00Z", "2025-03-04T14:30:59.999Z"),
    ("2025-03-04 14:30 -05:00", .minute, "2025-03-04T19:30:00Z", "2025-03-04T19:30:59.999Z"),
    ("2025-03-04 14:30 Asia/Tokyo", .minute, "2025-03-04T05:30:00Z", "2025-03-04T05:30:59.999Z"),
    ("14:05", .minute, "2026-05-18T12:05:00Z", "2026-05-18T12:05:59.999Z"),
    ("today", .day, "2026-05-17T22:00:00Z", "2026-05-18T21:59:59.999Z"),
    ("yesterday", .day, "2026-05-16T22:00:00Z", "2026-05-17T21:59:59.999Z"),
    ("yesterday 14:30", .minute, "2026-05-17T12:30:00Z", "2026-05-17T12:30:59.999Z"),
    ("now", .second, "2026-05-18T12:30:00Z", "2026-05-18T12:30:00Z"),
    ("-3h", .second, "2026-05-18T09:30:00Z", "2026-05-18T09:30:00Z"),
    ("2 days ago", .second, "2026-05-16T12:30:00Z", "2026-05-16T12:30:00Z"),
    ("90 minutes ago", .second, "2026-05-18T11:00:00Z", "2026-05-18T11:00:00Z"),
    ("2026-05-18T14:40:00-04:00", .second, "2026-05-18T18:40:00Z", "2026-05-18T18:40:00Z"),
  ])
  func `covers exactly what its words mean`(
    text: String,
    precision: Precision,
    earliest: String,
    latest: String
  ) throws {
    let time = try StatedTime(reading: text, reading)
    #expect(time.precision == precision)
    #expect(time.earliest.description == earliest)
    #expect(time.latest.description == latest)
    #expect(time.text == text)
  }

  @Test(arguments: [
    "", " ", "03/04/2025", "2025/03/04", "3.4.2025", "2025-02-30", "2025-13", "25-03-04", "soon",
    "14:60", "24:00", "14:+3", "+14:30", "2025-+3", "+025", "1:2", "14:30:00:00", "March",
    "4 March", "March 2025 14:30", "2025 14:30", "-1000000w", "--3h", "3h", "ago", "31 April 2025",
    "0000-00-00T00:00:00Z", "١٢:٣٠", "1 2 3 4 5 6 7", "2026-02-30", "ma 2025",
  ])
  func `refuses words that name no time`(text: String) {
    #expect(throws: UnreadableTime.self) { try StatedTime(reading: text, reading) }
  }

  @Test(arguments: [
    ("2026-05-18T14:40:00+02:00", "+02:00"), ("2026-05-18t14:40:00-05:00", "-05:00"),
    ("2026-05-18 14:40:00Z", "UTC"),
  ])
  func `keeps the zone it was given in`(text: String, zone: String) throws {
    #expect(try StatedTime(reading: text, reading).zone.name == zone)
  }

  @Test(
    arguments: [
      (2012, nil, nil, "2012", Precision.year), (2012, 2, nil, "2012-02", .month),
      (2012, 2, 29, "2012-02-29", .day), (2012, nil, 12, "2012", .year),
    ] as [(Int, Int?, Int?, String, Precision)]
  )
  func `counts a part only when all larger parts are known`(
    year: Int,
    month: Int?,
    day: Int?,
    plain: String,
    precision: Precision
  ) throws {
    let time = try #require(StatedTime(year: year, month: month, day: day))
    #expect(time.plain == plain)
    #expect(time.precision == precision)
  }

  @Test(arguments: [(2012, 2, 30), (2012, 13, 1), (0, 1, 1)])
  func `is none where its parts name no date`(year: Int, month: Int, day: Int) {
    #expect(StatedTime(year: year, month: month, day: day) == nil)
  }

  @Test func `begins on its own day even where midnight does not exist`() throws {
    let zone = try #require(Zone("America/Sao_Paulo"))
    #expect(StatedTime(zone: zone, year: 2018, month: 11, day: 4)?.plain == "2018-11-04")
  }
}
