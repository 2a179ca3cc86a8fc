import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `The record of training` {
  private static func day(_ text: String) throws -> DayNumber {
    try #require(DayNumber(iso: text))
  }

  /// Staff, a course that holds a year, a protocol, and plans for both: everybody, and a role.
  private static func make() async throws -> StaffFixture {
    let staff = try await StaffFixture()
    let from = try day("2026-01-01")
    try await staff.store.apply(
      [
        AddRecord(
          CourseFacts(
            code: "PHISH-1",
            name: "Phishing",
            validMonths: 12,
            versions: [CourseVersion(label: "2026", from: from)]
          )
        ),
        AddRecord(
          CourseFacts(
            code: "TILL",
            name: "Handling cards",
            form: .handlingProtocol,
            versions: [CourseVersion(label: "1", from: from)]
          )
        ),
        AddRecord(TrainingPlanFacts(name: "All", course: 1, days: 30, from: from)),
        AddRecord(TrainingPlanFacts(name: "Tills", course: 2, roles: ["till"], from: from)),
      ],
      origin: "test"
    )
    return staff
  }

  private static func duties(_ staff: StaffFixture, _ states: Set<DutyState>? = nil) async throws
    -> [String]
  {
    try await staff.store.answer(
      TrainingDuties(states: states, window: RowWindow(start: 0, count: 100))
    ).rows.map { row in
      "\(row.staff) \(row.code) \(row.standing.state) \(row.standing.until?.iso ?? "-")"
    }
  }

  @Test func `computes who must have what, the most urgent first`() async throws {
    let staff = try await Self.make()
    // The present is 18 May 2026; Cleo joined on the 10th.
    #expect(
      Set(try await Self.duties(staff)) == [
        "1 PHISH-1 overdue 2026-01-31", "2 PHISH-1 overdue 2026-01-31",
        "1 TILL overdue 2026-01-31", "3 PHISH-1 due 2026-06-09",
      ]
    )
    #expect(try await Self.duties(staff).last == "3 PHISH-1 due 2026-06-09")
    try await staff.store.apply(
      AddRecord(
        CompletionFacts(staff: 1, course: 1, version: "2026", on: try Self.day("2026-03-01"))
      ),
      origin: "test"
    )
    #expect(try await Self.duties(staff, [.done]) == ["1 PHISH-1 done 2027-03-01"])
    let status = try await staff.store.answer(TrainingStatus())
    #expect(status.duties.overdue == 2)
    #expect(status.duties.due == 1)
    #expect(status.duties.done == 1)
    let sales = try #require(status.groups.first { $0.name == "Sales" })
    #expect(sales.people == 2)
    #expect(sales.latePeople == 2)
    #expect(sales.duties.percentInOrder == 33)
  }

  @Test func `asks nothing of those who have left`() async throws {
    let staff = try await Self.make()
    try await staff.store.perform(
      StaffIntake([StaffFixture.rows[2]], isComplete: true),
      origin: "test"
    )
    #expect(try await Self.duties(staff) == ["3 PHISH-1 due 2026-06-09"])
    #expect(try await staff.store.answer(TrainingStatus()).groups.first?.people == 0)
  }

  @Test func `brings completions in once, by number or address`() async throws {
    let staff = try await Self.make()
    let rows = [
      CompletionRow(
        line: 2,
        person: "LV-1",
        course: "phish-1",
        on: try Self.day("2026-02-01")
      ),
      CompletionRow(
        line: 3,
        person: "BEN.quartz@example.org",
        course: "",
        on: try Self.day("2026-02-02")
      ),
    ]
    let job = CompletionIntake(rows, of: 1, source: "lms.csv")
    #expect(try await staff.store.perform(job, origin: "test").added == 2)
    let again = try await staff.store.perform(job, origin: "test")
    #expect(again.added == 0)
    #expect(again.repeated == 2)
    let done = try await staff.store.answer(StaffCompletions(of: 2))
    #expect(done.map(\.facts.version) == ["2026"])
    #expect(done.map(\.facts.source) == ["lms.csv"])
    let bytes = try staff.bytes()
    #expect(bytes.firstRange(of: Array("LV-1".utf8)) == nil)
    #expect(bytes.firstRange(of: Array("quartz".utf8)) == nil)
  }

  @Test(arguments: [
    ("LV-99", "PHISH-1", "2026-02-01", "its person is not on the list of staff"),
    ("LV-1", "NOPE", "2026-02-01", "its course is not in the record"),
    ("LV-1", "PHISH-1", "2026-05-19", "2026-05-19 is still to come; say when it was done"),
  ])
  func `takes nothing of a file with a row that cannot be taken, unless asked to`(
    person: String,
    course: String,
    on: String,
    reason: String
  ) async throws {
    let staff = try await Self.make()
    let rows = [
      CompletionRow(line: 2, person: "LV-2", course: "PHISH-1", on: try Self.day("2026-02-01")),
      CompletionRow(line: 3, person: person, course: course, on: try Self.day(on)),
    ]
    var job = CompletionIntake(rows, source: "x")
    let refused = try await staff.store.perform(job, origin: "test")
    #expect(refused.added == 0)
    #expect(refused.refused == [ImportProblem(at: "line 3", reason: reason)])
    job.skipsBad = true
    #expect(try await staff.store.perform(job, origin: "test").added == 1)
  }

  @Test func `takes back completions, plans and versions of courses`() async throws {
    let staff = try await Self.make()
    let course = try #require(try await staff.store.answer(CourseByCode("till")))
    let receipt = try await staff.store.apply(
      EditRecord(
        id: course.id,
        basedOn: course.version,
        facts: course.facts.with(
          course.facts.versions
            + [CourseVersion(label: "2", from: try Self.day("2026-05-01"), mustRenew: true)]
        )
      ),
      origin: "test"
    )
    #expect(try await staff.store.answer(CourseByCode("TILL"))?.facts.versions.count == 2)
    try await staff.store.undo([receipt.entry], origin: "test")
    #expect(try await staff.store.answer(CourseByCode("TILL"))?.facts == course.facts)
    let done = try await staff.store.apply(
      AddRecord(
        CompletionFacts(staff: 1, course: 2, version: "1", on: try Self.day("2026-05-01"))
      ),
      origin: "test"
    )
    try await staff.store.undo([done.entry], origin: "test")
    #expect(try await staff.store.answer(StaffCompletions(of: 1)).isEmpty)
    #expect(try staff.verify() == [])
  }

  @Test func `refuses what would leave others hanging`() async throws {
    let staff = try await Self.make()
    let refused: [any Change] = [
      RemoveRecord<CourseFacts>(id: 1, basedOn: nil),
      AddRecord(TrainingPlanFacts(name: "x", course: 99, from: try Self.day("2026-01-01"))),
      AddRecord(
        TrainingPlanFacts(name: "x", course: 1, groups: [99], from: try Self.day("2026-01-01"))
      ),
      AddRecord(
        CompletionFacts(staff: 1, course: 1, version: "9", on: try Self.day("2026-02-01"))
      ),
      AddRecord(
        CourseFacts(
          code: "phish-1",
          name: "again",
          versions: [CourseVersion(label: "1", from: try Self.day("2026-01-01"))]
        )
      ),
    ]
    for change in refused {
      await #expect(throws: StoreError.self) {
        try await staff.store.apply([change], origin: "test")
      }
    }
    try await staff.store.apply(
      AddRecord(
        CompletionFacts(staff: 1, course: 1, version: "2026", on: try Self.day("2026-02-01"))
      ),
      origin: "test"
    )
    let course = try #require(try await staff.store.answer(CourseByCode("PHISH-1")))
    await #expect(throws: StoreError.self) {
      try await staff.store.apply(
        EditRecord(
          id: course.id,
          basedOn: course.version,
          facts: course.facts.with([CourseVersion(label: "x", from: try Self.day("2026-01-01"))])
        ),
        origin: "test"
      )
    }
  }

  @Test func `shows a conflict where another altered a course first`() async throws {
    let staff = try await Self.make()
    let course = try #require(try await staff.store.answer(CourseByCode("PHISH-1")))
    var facts = course.facts
    facts.name = "Mine"
    try await staff.fixture.another().apply(
      EditRecord(id: course.id, basedOn: 1, facts: facts),
      origin: "test"
    )
    facts.name = "Yours"
    await #expect {
      try await staff.store.apply(EditRecord(id: course.id, basedOn: 1, facts: facts), origin: "t")
    } throws: { error in
      guard case StoreError.conflict(let conflict) = error else { return false }
      return conflict.fields == [.init(field: "name", theirs: "Mine", ours: "Yours")]
    }
  }

  @Test func `ties an incident to the training that should have prevented it, seen from both`()
    async throws
  {
    let staff = try await Self.make()
    let incident = try await staff.fixture.open("Passwords entered").subject.id
    try await staff.store.apply(
      AddLink(.prevention(by: 1, of: incident)),
      origin: "test"
    )
    let fromIncident = try await staff.store.answer(IncidentLinks(incident: incident))
    #expect(fromIncident.map(\.fromName) == ["PHISH-1"])
    #expect(fromIncident.map(\.fromTitle) == ["Phishing"])
    let fromCourse = try await staff.store.answer(SubjectLinks(of: Subject(.course, 1)))
    #expect(fromCourse.map(\.toTitle) == ["Passwords entered"])
    let status = try await staff.store.answer(TrainingStatus())
    #expect(status.courses.map(\.incidents) == [1, 0])
    #expect(
      try await staff.store.answer(NamedRecord(.course(code: "phish-1"))) == Subject(.course, 1)
    )
    // The link is an entry of the course, and no alteration of it.
    #expect(try staff.verify() == [])
  }

  @Test(arguments: [
    (
      "UPDATE completion SET facts = json_set(facts, '$.on', '2026-01-02') WHERE id = 1",
      "completion 1: it does not say what the journal says: on"
    ),
    (
      "UPDATE course SET facts = json_set(facts, '$.validMonths', 120) WHERE id = 1",
      "course 1: it does not say what the journal says: valid"
    ),
    (
      "UPDATE trainingPlan SET isRemoved = 1 WHERE id = 2",
      "trainingPlan 2: whether it was removed is not as in the journal"
    ),
    ("DELETE FROM completion", "completion 1: it was deleted"),
  ])
  func `is seen by verify where somebody altered it with sqlite3`(sql: String, problem: String)
    async throws
  {
    let staff = try await Self.make()
    try await staff.store.apply(
      AddRecord(
        CompletionFacts(staff: 1, course: 1, version: "2026", on: try Self.day("2026-02-01"))
      ),
      origin: "test"
    )
    #expect(try staff.verify() == [])
    try staff.forge(sql)
    #expect(try staff.verify() == [problem])
  }
}
