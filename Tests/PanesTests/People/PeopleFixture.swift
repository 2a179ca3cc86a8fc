import Drawing
import Model

@testable import Panes

/// An invented company's training and exercises, as the store would answer.
enum PeopleFixture {
  static let now = Instant(seconds: 1_779_108_000)

  static func context(_ columns: Int, _ rows: Int) -> PaneContext {
    PaneContext(
      now: now,
      zone: .utc,
      area: Size(columns: columns, rows: rows),
      actor: Actor(uid: 4711, name: "meyer")
    )
  }

  static let today = DayNumber(now, in: .utc)

  static func tally(_ done: Int, _ due: Int, _ overdue: Int, _ expired: Int) -> DutyTally {
    var tally = DutyTally()
    (tally.done, tally.due, tally.overdue, tally.expired) = (done, due, overdue, expired)
    return tally
  }

  static func group(_ id: RecordID, _ name: String, _ people: Int, _ late: Int, _ tally: DutyTally)
    -> TrainingStatus.Group
  {
    var group = TrainingStatus.Group(id: id, name: name)
    (group.people, group.latePeople, group.duties) = (people, late, tally)
    return group
  }

  static let courses: [Course] = [
    Course(
      id: 1,
      version: 1,
      facts: CourseFacts(
        code: "PHISH-1",
        name: "Mails that \u{1B}[31mwant something",
        validMonths: 12,
        versions: [
          CourseVersion(label: "2025", from: today - 500),
          CourseVersion(label: "2026", from: today - 90, summary: "with calls"),
        ],
        address: "intranet/phish"
      ),
      openedAt: now
    ),
    Course(
      id: 2,
      version: 1,
      facts: CourseFacts(
        code: "PROT-LOSS",
        name: "Wenn Daten verloren gehen – 資料遺失時",
        form: .handlingProtocol,
        versions: [CourseVersion(label: "2", from: today - 40, mustRenew: true)]
      ),
      openedAt: now
    ),
  ]

  static let plans = [
    TrainingPlan(
      id: 1,
      version: 1,
      facts: TrainingPlanFacts(name: "All", course: 1, days: 30, from: today - 400),
      openedAt: now
    ),
    TrainingPlan(
      id: 2,
      version: 1,
      facts: TrainingPlanFacts(
        name: "Tills",
        course: 2,
        groups: [2],
        roles: ["till"],
        days: 14,
        from: today - 400
      ),
      openedAt: now
    ),
  ]

  static let groups = [
    StaffGroup(
      id: 1,
      version: 1,
      facts: StaffGroupFacts(name: "Customer service"),
      openedAt: now
    ),
    StaffGroup(id: 2, version: 1, facts: StaffGroupFacts(name: "Lager – 倉庫"), openedAt: now),
  ]

  static let status: TrainingStatus.Answer = {
    var first = TrainingStatus.CourseStanding(course: courses[0])
    (first.duties, first.incidents) = (tally(41, 6, 3, 9), 1)
    var second = TrainingStatus.CourseStanding(course: courses[1])
    second.duties = tally(12, 0, 0, 0)
    return TrainingStatus.Answer(
      today: today,
      groups: [
        group(1, "Customer service", 32, 5, tally(48, 9, 2, 4)),
        group(2, "Lager – 倉庫", 36, 11, tally(30, 3, 6, 9)),
        group(3, "Board", 4, 0, tally(8, 0, 0, 0)),
        group(4, "Nobody yet", 0, 0, tally(0, 0, 0, 0)),
      ],
      courses: [first, second],
      duties: tally(86, 12, 8, 13)
    )
  }()

  static func duty(
    _ staff: RecordID,
    _ pseudonym: String,
    _ course: RecordID,
    _ state: DutyState,
    _ until: Int?,
    done: Int?
  ) -> TrainingDuties.Row {
    TrainingDuties.Row(
      staff: staff,
      pseudonym: pseudonym,
      group: "Customer service",
      course: course,
      code: course == 1 ? "PHISH-1" : "PROT-LOSS",
      form: course == 1 ? .course : .handlingProtocol,
      standing: TrainingRule.Standing(
        state: state,
        until: until.map { today + $0 },
        last: done.map { CompletionMark(version: "2025", on: today - $0) }
      )
    )
  }

  static let duties = [
    duty(7, "P-7K3F9QX2MN", 1, .overdue, -40, done: nil),
    duty(9, "P-0V5TQ1Z8RH", 1, .expired, -12, done: 377),
    duty(7, "P-7K3F9QX2MN", 2, .due, 4, done: nil),
    duty(11, "P-XB2D6M4W0C", 1, .done, 120, done: 245),
    duty(12, "P-4S8GJY3N5E", 2, .done, nil, done: 30),
  ]

  static func page<Row>(_ rows: [Row]) -> Page<Row> {
    Page(window: RowWindow(start: 0, count: 2000), rows: rows, total: rows.count)
  }

  static func counts(_ sent: Int, _ opened: Int, _ clicked: Int, _ submitted: Int, _ reported: Int)
    -> PhishingCounts
  {
    var counts = PhishingCounts()
    (counts.sent, counts.opened, counts.clicked) = (sent, opened, clicked)
    (counts.submitted, counts.reported) = (submitted, reported)
    return counts
  }

  static func exercise(
    _ id: RecordID,
    _ name: String,
    _ daysAgo: Int,
    _ counts: PhishingCounts?,
    again: Int? = nil,
    repeated: Int? = nil,
    first: Int64? = nil,
    median: Int64? = nil
  ) -> PhishingTrend.Row {
    var line = PhishingTrend.Row(
      exercise: PhishingExercise(
        id: id,
        version: 1,
        facts: PhishingFacts(
          name: name,
          sentOn: today - daysAgo,
          lure: "a \(name.lowercased())",
          count: 180,
          results: ""
        ),
        openedAt: now
      )
    )
    (line.counts, line.again, line.repeated) = (counts, again, repeated)
    (line.firstReport, line.medianReport) = (first, median)
    return line
  }

  static let trend: [PhishingTrend.Row] = [
    exercise(1, "Parcel", 500, counts(170, 96, 46, 18, 10), first: 5640, median: 9200),
    exercise(
      2,
      "Pay slip",
      320,
      counts(171, 92, 37, 12, 29),
      again: 168,
      repeated: 14,
      first: 2400,
      median: 7000
    ),
    exercise(3, "Board only", 200, nil),
    exercise(
      4,
      "Bank details",
      40,
      counts(180, 90, 16, 5, 74),
      again: 172,
      repeated: 6,
      first: 360,
      median: 4100
    ),
  ]

  static let board = PhishingByGroup.Board(
    total: trend[3],
    groups: [
      .init(group: "Board", counts: nil),
      .init(group: "Customer service", counts: counts(32, 18, 3, 1, 14)),
      .init(group: "Lager – 倉庫", counts: counts(36, 20, 7, 3, 9)),
      .init(group: "Marketing", counts: nil),
      .init(group: "", counts: counts(12, 3, 0, 0, 1)),
    ],
    hidden: counts(15, 8, 2, 1, 5),
    least: 10
  )
}
