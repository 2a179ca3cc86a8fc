import Model
import Testing

private func clock(
  _ key: String,
  _ period: Period,
  from: Int? = nil,
  until: Int? = nil
) throws -> RuleClock {
  var clock = RuleClock(start: .event([try #require(FactKey(key))]), period: period)
  clock.from = try from.map { try #require(DayNumber(year: $0, month: 3, day: 1)) }
  clock.until = try until.map { try #require(DayNumber(year: $0, month: 3, day: 1)) }
  return clock
}

/// A law of one rule that protects the people of Washington.
private func report(_ clocks: [RuleClock]) throws -> LatenessReport {
  let rule = Rule(id: "X-1", citation: "s. 1", recipient: "somebody", clocks: clocks)
  let law = Law(
    id: "x",
    title: "X",
    jurisdiction: "US-WA",
    reach: Law.Reach(people: ["US-WA"]),
    rules: [rule]
  )
  return try #require(LatenessReport(rule: "X-1", pack: RulePack(laws: [law])))
}

private let zone = Zone.named("America/Los_Angeles")

private func day(_ text: String) throws -> StatedTime {
  let parts = text.split(separator: "-").compactMap { Int($0) }
  return try #require(
    StatedTime(
      zone: zone,
      year: parts[0],
      month: parts.count > 1 ? parts[1] : nil,
      day: parts.count > 2 ? parts[2] : nil
    )
  )
}

private func incident(
  _ instants: [IncidentInstant: StatedTime],
  people: String = "US-WA"
) -> Incident {
  Incident(
    id: 1,
    reference: "INC-2026-0001",
    version: 1,
    facts: IncidentFacts(
      title: "x",
      instants: instants,
      affected: [AffectedPeople(jurisdiction: people, count: 3)]
    ),
    state: .closed,
    openedAt: Instant(seconds: 0),
    updatedAt: Instant(seconds: 0)
  )
}

struct `A report of lateness` {
  /// 45 days before 2020-03-01, 30 from then on.
  private func washington() throws -> LatenessReport {
    try report([
      clock("events.discovered_at", .days(45), until: 2020),
      clock("events.discovered_at", .days(30), from: 2020),
    ])
  }

  @Test(arguments: [
    // The rule is the one in force on the day on which the clock started.
    ("2020-02-29", "2020-04-14", 45, Lateness.Verdict.onTime),
    ("2020-02-29", "2020-04-15", 46, .late), ("2020-03-01", "2020-03-31", 30, .onTime),
    ("2020-03-01", "2020-04-01", 31, .late),
    // Clocks that change in between alter no number of days.
    ("2021-10-20", "2021-11-19", 30, .onTime), ("2021-03-01", "2021-04-01", 31, .late),
    ("2021-05-05", "2021-05-05", 0, .onTime), ("2021-05-05", "2021-05-04", -1, .onTime),
  ])
  func `counts days and compares with the rule then in force`(
    aware: String,
    notified: String,
    days: Int,
    verdict: Lateness.Verdict
  ) throws {
    var report = try washington()
    report.add(incident([.aware: try day(aware), .notified: try day(notified)]))
    #expect(report.notices.map(\.days) == [days])
    #expect(report.notices.map(\.verdict) == [verdict])
  }

  @Test func `counts no exercise`() throws {
    var report = try washington()
    var drill = incident([.aware: try day("2021-01-01"), .notified: try day("2021-02-10")])
    drill.exercise = Exercise()
    report.add(drill)
    #expect(report.total == nil)
    #expect(report.undated == 0)
  }

  @Test func `counts from a discovery that was stated, and days from awareness`() throws {
    var report = try washington()
    report.add(
      incident([
        .discovered: try day("2021-01-01"), .aware: try day("2021-01-20"),
        .notified: try day("2021-02-10"),
      ])
    )
    #expect(report.notices.map(\.days) == [21])
    #expect(report.notices.map(\.verdict) == [.late])
  }

  @Test func `leaves open what its times do not tell`() throws {
    var hours = try report([clock("events.aware_at", .hours(72))])
    for notified in ["2021-05-03", "2021-05-04", "2021-05-05", "2021-05-06"] {
      hours.add(incident([.aware: try day("2021-05-01"), .notified: try day(notified)]))
    }
    // Some time on the 1st and 72 h is some time on the 4th.
    #expect(hours.notices.map(\.verdict) == [.onTime, .unclear, .late, .late])
    var none = try report([clock("events.discovered_at", .days(30), from: 2020)])
    none.add(incident([.aware: try day("2019-01-01"), .notified: try day("2019-01-02")]))
    #expect(none.notices.map(\.verdict) == [.noLimit])
    #expect(none.total?.open == 1)
  }

  @Test func `leaves out other people's incidents, and counts those without a day`() throws {
    var report = try washington()
    let aware = try day("2021-05-01")
    report.add(incident([.aware: aware, .notified: aware], people: "US-CA"))
    #expect((report.notices.count, report.undated) == (0, 0))
    report.add(incident([.aware: aware]))
    report.add(incident([.notified: aware]))
    report.add(incident([.aware: try day("2021-05"), .notified: aware]))
    #expect((report.notices.count, report.undated) == (0, 3))
    #expect(report.total == nil)
    #expect(report.years.isEmpty)
  }

  @Test func `is a table by the year of the notice`() throws {
    var report = try washington()
    for (aware, notified) in [
      ("2020-12-20", "2021-01-04"), ("2021-01-01", "2021-03-01"), ("2020-05-01", "2020-05-02"),
      ("2020-05-01", "2020-05-05"),
    ] {
      report.add(incident([.aware: try day(aware), .notified: try day(notified)]))
    }
    let years = report.years
    #expect(years.map(\.year) == [2020, 2021])
    #expect(years.map(\.notices) == [2, 2])
    #expect(years.map(\.onTime) == [2, 1])
    #expect(years.map(\.late) == [0, 1])
    #expect(years.map(\.median) == ["2.5", "37"])
    #expect(years.map(\.worst) == [4, 59])
    #expect(report.total?.median == "9.5")
  }
}
