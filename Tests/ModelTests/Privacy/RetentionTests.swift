import Testing

@testable import Model

struct `A retention rule` {
  private static let berlin = Zone("Europe/Berlin") ?? .utc

  private static func rule(
    _ period: Period,
    from start: RetentionStart = .event
  ) -> RetentionFacts {
    var facts = RetentionFacts(title: "t", trigger: .invoice, period: period, ground: "g")
    (facts.start, facts.activity) = (start, "ACT-0001")
    return facts
  }

  private static func time(_ text: String) throws -> StatedTime {
    try StatedTime(reading: text, TimeReading(now: Instant(seconds: 0), zone: berlin))
  }

  @Test(arguments: [
    ("90 d", Period.days(90)), ("2 weeks", .days(14)), ("36mo", .months(36)),
    ("10 years", .months(120)), ("1 y", .months(12)),
  ])
  func `keeps for a period as people write it`(text: String, period: Period) {
    #expect(Period(kept: text) == period)
  }

  @Test(arguments: ["", "0 d", "-1 y", "101 y", "3 h", "2026-01-01", "1 2 y", "1.5 y", "y"])
  func `has no period in other words`(text: String) { #expect(Period(kept: text) == nil) }

  // Worked by hand. § 147(3), (4) AO: ten years, begun at the end of the calendar year of the
  // document; an invoice of May 2015 until the end of 2025. Months end on the day with the same number
  // or the month's last; the whole of a month or a year that is named counts.
  @Test(arguments: [
    (Period.months(120), RetentionStart.yearEnd, "2015-05-10", "2025-12-31T22:59:59Z"),
    (.months(120), .yearEnd, "2015", "2025-12-31T22:59:59Z"),
    (.months(36), .event, "2023-07-29", "2026-07-29T21:59:59Z"),
    (.months(1), .event, "2026-01-31", "2026-02-28T22:59:59Z"),
    (.months(12), .event, "March 2025", "2026-03-31T21:59:59Z"),
    (.days(90), .event, "2026-01-01", "2026-04-01T21:59:59Z"),
  ])
  func `ends when its period does`(
    period: Period,
    start: RetentionStart,
    event: String,
    end: String
  ) throws {
    let facts = Self.rule(period, from: start)
    #expect(facts.end(from: try Self.time(event), in: Self.berlin).description == end)
  }

  @Test(arguments: [
    (Period.months(36), RetentionStart.event, "2026-07-30T12:00:00Z", "2023-07-29"),
    (.months(36), .event, "2026-07-30T22:00:00Z", "2023-07-30"),
    (.days(90), .event, "2026-07-30T12:00:00Z", "2026-04-30"),
    (.months(120), .yearEnd, "2026-07-30T12:00:00Z", "2015-12-31"),
    (.months(120), .yearEnd, "2025-12-31T12:00:00Z", "2014-12-31"),
    (.months(1), .event, "2026-03-01T00:00:00Z", "2026-01-31"),
  ])
  func `knows the last day whose period is over`(
    period: Period,
    start: RetentionStart,
    now: String,
    day: String
  ) throws {
    let facts = Self.rule(period, from: start)
    let now = try #require(Instant(rfc3339: now))
    #expect(facts.lastOver(at: now, in: Self.berlin) == day)
  }

  @Test func `counts a day that was stated elsewhere as that day`() throws {
    let year = try #require(StatedTime(zone: .utc, year: 2015))
    #expect(
      Self.rule(.months(120), from: .yearEnd).end(from: year, in: Self.berlin).description
        == "2025-12-31T22:59:59Z"
    )
    let month = try #require(StatedTime(zone: .utc, year: 2024, month: 3))
    #expect(
      Self.rule(.months(12)).end(from: month, in: Self.berlin).description
        == "2025-03-31T21:59:59Z"
    )
  }

  private static func entry(_ facts: RetentionFacts) -> RetentionRule {
    RetentionRule(
      id: 1,
      reference: "RET-0001",
      version: 1,
      facts: facts,
      openedAt: Instant(seconds: 0),
      updatedAt: Instant(seconds: 0),
      isRemoved: false
    )
  }

  private static func run(_ done: String, upTo: String?) throws -> DeletionRun {
    var facts = DeletionFacts(rule: "RET-0001", count: 1, done: try time(done), method: "m")
    facts.upTo = try upTo.map(time)
    return DeletionRun(
      id: 1,
      reference: "DEL-0001",
      version: 1,
      facts: facts,
      openedAt: Instant(seconds: 0),
      updatedAt: Instant(seconds: 0),
      isRemoved: false
    )
  }

  @Test func `says that nobody has counted where nobody has`() {
    let rows = Self.entry(Self.rule(.months(12))).due(runs: [], holds: [], zone: .utc)
    #expect(rows.map { $0.state(at: Instant(seconds: 0)) } == [.unknown])
    #expect(rows.map(\.count) == [nil])
  }

  @Test(arguments: [
    ("2026-02-01", nil as String?, 0), ("2026-02-01", "2024", 1), ("2026-02-01", "2024-12", 1),
    ("2026-02-01", "2024-06-30", 2), ("2025-12-01", nil, 2),
  ])
  func `is settled by a run after the count, up to what it deleted`(
    done: String,
    upTo: String?,
    left: Int
  ) throws {
    var facts = Self.rule(.months(12))
    let asOf = try Self.time("2026-01-01").earliest
    facts.stocks = [
      RetentionStock(triggered: try Self.time("2024"), count: 5, asOf: asOf, by: "a"),
      RetentionStock(triggered: try Self.time("2025"), count: 6, asOf: asOf, by: "a"),
    ]
    let rows = Self.entry(facts)
      .due(runs: [try Self.run(done, upTo: upTo)], holds: [], zone: Self.berlin)
    #expect(rows.count == left)
  }

  @Test func `is held by a hold on its activity, as long as that is in force`() throws {
    var facts = Self.rule(.months(12))
    facts.stocks = [
      RetentionStock(
        triggered: try Self.time("2024"),
        count: 5,
        asOf: Instant(seconds: 0),
        by: "a"
      )
    ]
    var hold = HoldFacts(
      title: "Suit",
      reason: "r",
      scope: ["act-0001"],
      from: try Self.time("2026-01-01")
    )
    let now = try Self.time("2026-02-01").earliest
    #expect(hold.isInForce(at: now))
    let entry = LegalHold(
      id: 1,
      reference: "HLD-0001",
      version: 1,
      facts: hold,
      openedAt: now,
      updatedAt: now,
      isRemoved: false
    )
    let rows = Self.entry(facts).due(runs: [], holds: [entry], zone: Self.berlin)
    #expect(rows.map { $0.state(at: now) } == [.held])
    #expect(rows.first?.holds == ["HLD-0001 (Suit)"])
    hold.until = try Self.time("2026-01-31")
    #expect(!hold.isInForce(at: now))
    #expect(hold.isInForce(at: try Self.time("2026-01-31 23:00").earliest))
  }

  @Test(arguments: [
    ("1204\n", 1204 as Int64?, nil as String?), ("0", 0, nil),
    ("12 2023-02-11\n", 12, "2023-02-11"), ("", nil, nil), ("-1", nil, nil),
    ("12 2023-02-30", nil, nil), ("12 rows", nil, nil), ("1\n2\n", nil, nil),
    ("1e3", nil, nil), ("99999999999999999999", nil, nil),
  ])
  func `takes a number and a day from a command and nothing else`(
    output: String,
    count: Int64?,
    oldest: String?
  ) {
    let answer = RetentionCount.answer(Array(output.utf8))
    #expect(answer?.count == count)
    #expect(answer?.oldest == oldest)
  }

  @Test func `hands the day to the command as part of an argument`() {
    let count = RetentionCount(arguments: ["psql", "-c", "... <= '{upto}'; {upto}"])
    #expect(
      count.filled(upTo: "2024-01-01") == ["psql", "-c", "... <= '2024-01-01'; 2024-01-01"]
    )
  }
}
