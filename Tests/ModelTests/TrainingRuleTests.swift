import Model
import Testing

struct `Where somebody stands with a course` {
  private static func day(_ text: String) throws -> DayNumber {
    try #require(DayNumber(iso: text))
  }

  private static func course(_ months: Int?, renewed: String? = nil) throws -> CourseFacts {
    var versions = [CourseVersion(label: "1", from: try day("2025-01-01"))]
    if let renewed {
      versions.append(CourseVersion(label: "2", from: try day(renewed), mustRenew: true))
    }
    return CourseFacts(code: "C", name: "Course", validMonths: months, versions: versions)
  }

  private static func plan(days: Int = 30, from: String = "2025-06-01") throws -> TrainingPlanFacts
  {
    TrainingPlanFacts(name: "p", course: 1, days: days, from: try day(from))
  }

  private static func standing(
    months: Int? = 12,
    renewed: String? = nil,
    joined: String? = nil,
    done: [String] = [],
    on today: String
  ) throws -> TrainingRule.Standing? {
    TrainingRule.standing(
      of: try course(months, renewed: renewed),
      under: [try plan()],
      joined: try joined.map(day),
      marks: try done.map { text in
        let parts = text.split(separator: " ").map(String.init)
        return CompletionMark(version: parts[1], on: try day(parts[0]))
      },
      on: try day(today)
    )
  }

  @Test(arguments: [
    // The plan's first day and 30 days: 1 July is the last day in time.
    (nil, "2025-07-01", DutyState.due, "2025-07-01"),
    (nil, "2025-07-02", .overdue, "2025-07-01"),
    // Who joined later has the days from joining.
    ("2025-06-20", "2025-07-02", .due, "2025-07-20"),
    ("2025-06-20", "2025-07-21", .overdue, "2025-07-20"),
    // Who joined before has them from the plan's first day.
    ("2020-01-01", "2025-07-02", .overdue, "2025-07-01"),
  ])
  func `is due within the plan's days and overdue behind them, where it was never done`(
    joined: String?,
    today: String,
    state: DutyState,
    until: String
  ) throws {
    let found = try #require(try Self.standing(joined: joined, on: today))
    #expect(found.state == state)
    #expect(found.until?.iso == until)
    #expect(found.last == nil)
  }

  @Test(arguments: [
    ("2026-06-10", DutyState.done), ("2026-07-10", .due), ("2026-08-09", .due),
    ("2026-08-10", .expired),
  ])
  func `holds for calendar months, is due again 30 days before, and expires behind them`(
    today: String,
    state: DutyState
  ) throws {
    let found = try #require(try Self.standing(done: ["2025-08-09 1"], on: today))
    #expect(found.state == state)
    #expect(found.until?.iso == "2026-08-09")
    #expect(found.last == CompletionMark(version: "1", on: try Self.day("2025-08-09")))
  }

  @Test(arguments: [
    ("2025-01-31", 1, "2025-02-28"), ("2024-01-31", 1, "2024-02-29"),
    ("2024-02-29", 12, "2025-02-28"), ("2025-08-31", 6, "2026-02-28"),
    ("2025-12-15", 1, "2026-01-15"),
  ])
  func `ends with the month's last day where the month has no such day`(
    from: String,
    months: Int,
    to: String
  ) throws {
    #expect(try Self.day(from).adding(months: months).iso == to)
  }

  @Test func `never runs out where the course holds without end`() throws {
    let found = try #require(
      try Self.standing(months: nil, done: ["2025-06-02 1"], on: "2035-01-01")
    )
    #expect(found.state == .done)
    #expect(found.until == nil)
  }

  @Test(arguments: [
    (["2025-06-10 1"], "2025-10-01", DutyState.due, "2025-10-31"),
    (["2025-06-10 1"], "2025-11-01", .expired, "2025-10-31"),
    (["2025-06-10 1", "2025-10-05 2"], "2025-11-01", .done, "2026-10-05"),
    // Before it is in force nobody need do it.
    (["2025-06-10 1"], "2025-09-30", .done, "2026-06-10"),
    // A completion without a label that is known counts for the version of its day.
    (["2025-06-10 x"], "2025-11-01", .expired, "2025-10-31"),
    (["2025-10-02 x"], "2025-11-01", .done, "2026-10-02"),
  ])
  func `is to be done again within the plan's days of a version that must be renewed`(
    done: [String],
    today: String,
    state: DutyState,
    until: String
  ) throws {
    let found = try #require(
      try Self.standing(renewed: "2025-10-01", done: done, on: today)
    )
    #expect(found.state == state)
    #expect(found.until?.iso == until)
  }

  @Test func `does not count what is dated to come, nor plans that do not hold yet`() throws {
    let found = try Self.standing(done: ["2025-08-09 1"], on: "2025-07-10")
    #expect(found?.state == .overdue)
    #expect(try Self.standing(on: "2025-05-31") == nil)
  }

  @Test func `follows the plan that ends first`() throws {
    let found = TrainingRule.standing(
      of: try Self.course(12),
      under: [try Self.plan(days: 90), try Self.plan(days: 10, from: "2025-06-15")],
      joined: nil,
      marks: [],
      on: try Self.day("2025-06-20")
    )
    #expect(found?.until?.iso == "2025-06-25")
  }

  @Test(arguments: [
    (TrainingPlanFacts(name: "", course: 1, from: DayNumber(count: 0)), true),
    (TrainingPlanFacts(name: "", course: 1, groups: [7], from: DayNumber(count: 0)), true),
    (TrainingPlanFacts(name: "", course: 1, groups: [8], from: DayNumber(count: 0)), false),
    (TrainingPlanFacts(name: "", course: 1, roles: ["admin"], from: DayNumber(count: 0)), true),
    (TrainingPlanFacts(name: "", course: 1, roles: ["till"], from: DayNumber(count: 0)), false),
    (
      TrainingPlanFacts(
        name: "",
        course: 1,
        groups: [8],
        roles: ["admin"],
        from: DayNumber(count: 0)
      ),
      true
    ),
  ])
  func `asks everybody, or a group, or a role`(plan: TrainingPlanFacts, asks: Bool) {
    #expect(plan.asks(group: 7, roles: ["admin"]) == asks)
  }

  @Test(arguments: [
    "2026-5-14", "2026-05-1", "14.05.2026", "2026-02-30", "2026-05-14T10:00:00Z", "",
    "+026-05-14", "２０２６-05-14",
  ])
  func `reads no day that is not one`(text: String) { #expect(DayNumber(iso: text) == nil) }

  @Test(arguments: [
    ("", "x", [CourseVersion(label: "1", from: DayNumber(count: 0))]),
    ("A B", "x", [CourseVersion(label: "1", from: DayNumber(count: 0))]),
    ("Ä", "x", [CourseVersion(label: "1", from: DayNumber(count: 0))]),
    ("A", " ", [CourseVersion(label: "1", from: DayNumber(count: 0))]),
    ("A", "x", []),
    ("A", "x", [CourseVersion(label: " ", from: DayNumber(count: 0))]),
    (
      "A", "x",
      [
        CourseVersion(label: "1", from: DayNumber(count: 0)),
        CourseVersion(label: "1", from: DayNumber(count: 9)),
      ]
    ),
  ])
  func `is refused as a course that nobody could name`(
    code: String,
    name: String,
    versions: [CourseVersion]
  ) {
    #expect(CourseFacts(code: code, name: name, versions: versions).problem != nil)
  }
}
