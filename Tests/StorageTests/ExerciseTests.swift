import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `An exercise in the record` {
  private let fixture: StoreFixture
  private var store: SQLiteStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  private func start(_ title: String = "drill", _ severity: Severity? = nil) async throws
    -> RecordID
  {
    try await store.apply(
      StartExercise(facts: IncidentFacts(title: title, severity: severity)),
      origin: "test"
    ).subject.id
  }

  private func apply(_ change: any Change) async throws {
    try await store.apply([change], origin: "test")
  }

  private func numbers() async throws -> OverviewNumbers.Answer {
    try await store.answer(OverviewNumbers(now: fixture.clock.now))
  }

  private func score(_ id: RecordID) async throws -> DrillScore {
    try #require(try await store.answer(ExerciseScore(incident: id)))
  }

  /// Runs clocks: one met by what was sent, one late, one missed at the end, one running, one held.
  private func work(_ id: RecordID, due hours: Int) async throws {
    let due = { (hours: Int) in self.fixture.clock.now + .seconds(hours * 3600) }
    func deadline(_ hours: Int) -> Obligation.Deadline {
      Obligation.Deadline(due: due(hours), latest: due(hours), provisional: false, clockStart: "a")
    }
    let incident = try #require(try await store.answer(IncidentDetail(id: id)))
    try await apply(
      RecordObligations(
        incident: id,
        incidentVersion: incident.version,
        sent: [:],
        basis: "b",
        cause: "facts changed",
        obligations: [
          `Undo`.duty("A-MET", .due(deadline(hours))),
          `Undo`.duty("B-RUNNING", .due(deadline(hours * 100))),
          `Undo`.duty("C-HELD", .held(without: deadline(hours))),
          `Undo`.duty("D-OWED", .noFixedDeadline(clockStart: nil, provisional: false)),
        ]
      )
    )
  }

  @Test func `stands in no number of real incidents, and in a number of its own`() async throws {
    _ = try await fixture.open("real", severity: .high)
    let before = try await numbers()
    let id = try await start("drill", .critical)
    try await apply(AddTask(incident: id, facts: TaskFacts(title: "t")))
    try await apply(
      AddTask(
        incident: id,
        facts: TaskFacts(title: "late", due: StatedTime(fixture.clock.now - .seconds(9)))
      )
    )
    try await apply(EditTask(id: 1, basedOn: nil, facts: TaskFacts(title: "t", state: .done)))
    try await apply(EditIncident(id: id, basedOn: nil, edits: [.severity(.low)]))
    try await apply(MoveIncident(id: id, basedOn: nil, state: .contained, reason: ""))
    var after = try await numbers()
    #expect(after.openDrills == 1)
    (after.openDrills, after.head) = (before.openDrills, before.head)
    #expect(after == before)
    try await apply(RemoveIncident(id: id, basedOn: nil, reason: ""))
    #expect(try await numbers().openDrills == 0)
    #expect(try await numbers().total == 1)
    try await apply(RestoreIncident(id: id, basedOn: nil))
    #expect(try await numbers().openDrills == 1)
  }

  @Test func `is listed and counted in lists, and marked in all of them`() async throws {
    _ = try await fixture.open("real talk")
    let id = try await start("drill talk")
    try await apply(AddTask(incident: id, facts: TaskFacts(title: "t")))
    try await work(id, due: 3)
    let window = RowWindow(start: 0, count: 9)
    for filter in [Filter(), Filter(terms: [.init(.field(.is, "open"))])] {
      let page = try await store.answer(IncidentList(filter: filter, window: window))
      #expect(page.total == 2)
      #expect(Set(page.rows.filter(\.isExercise).map(\.id)) == [id])
    }
    let drills = Filter(terms: [.init(.field(.is, "drill"))])
    #expect(try await store.answer(IncidentIDs(filter: drills)) == [id])
    #expect(try await store.answer(IncidentIDs(filter: Filter().withoutDrills)) == [1])
    #expect(try await store.answer(ClockList(window: window)).rows.allSatisfy(\.isExercise))
    let tasks = try await store.answer(OpenTasks(window: window))
    #expect(tasks.total == 1)
    #expect(tasks.rows.map(\.isExercise) == [true])
    let hits = try await store.answer(Search("talk", window: window)).rows
    #expect(
      Dictionary(hits.map { ($0.incident, $0.isExercise) }) { a, _ in a } == [1: false, 2: true]
    )
    let lines = try await store.answer(JournalWindow(JournalFilter(), window)).rows
    #expect(lines.filter { !$0.isExercise }.map(\.id) == [1])
  }

  @Test func `never becomes a real incident, nor a real one an exercise`() async throws {
    let real = try await fixture.open("real").subject.id
    let drill = try await start()
    let error = try #require(
      await #expect(throws: StoreError.self) { try await apply(EndExercise(id: real, basedOn: 1)) }
    )
    #expect("\(error)".contains("never becomes a real incident"))
    await #expect(throws: StoreError.self) {
      try await apply(ResumeExercise(id: drill, basedOn: 1, state: .triage))
    }
    let file = try DatabaseQueue(path: fixture.path)
    for (id, value) in [(real, 1), (drill, 0)] {
      #expect(throws: DatabaseError.self) {
        try file.write {
          try $0.execute(
            sql: "UPDATE incident SET isExercise = ? WHERE id = ?",
            arguments: [value, id]
          )
        }
      }
    }
    #expect(throws: DatabaseError.self) {
      try file.write {
        try $0.execute(sql: "INSERT INTO exerciseEnd VALUES (\(real), 1, 'a', '{}')")
      }
    }
  }

  @Test func `is closed by its end, and stays closed until the end is taken back`() async throws {
    let id = try await start()
    try await work(id, due: 3)
    try await apply(MoveIncident(id: id, basedOn: nil, state: .confirmed, reason: ""))
    let receipt = try await store.apply(EndExercise(id: id, basedOn: 2), origin: "test")
    let ended = try #require(try await store.answer(IncidentDetail(id: id)))
    #expect(ended.state == .closed)
    #expect(ended.exercise?.end == Exercise.End(at: fixture.clock.now, by: "meyer"))
    #expect(try await store.answer(ClockList(window: RowWindow(start: 0, count: 9))).total == 0)
    for change: any Change in [
      MoveIncident(id: id, basedOn: nil, state: .review, reason: "again"),
      EndExercise(id: id, basedOn: nil),
    ] {
      await #expect(throws: StoreError.self) { try await apply(change) }
    }
    try await store.undo([receipt.entry], origin: "test")
    let running = try #require(try await store.answer(IncidentDetail(id: id)))
    #expect(running.state == .confirmed)
    #expect(running.exercise == Exercise())
    #expect(try await store.answer(ClockList(window: RowWindow(start: 0, count: 9))).total == 4)
  }

  @Test func `leaves the lists when its start is taken back`() async throws {
    let receipt = try await store.apply(
      StartExercise(facts: IncidentFacts(title: "drill"), from: "INC-2026-0009"),
      origin: "test"
    )
    let line = try await store.answer(
      JournalWindow(JournalFilter(), RowWindow(start: 0, count: 1))
    ).rows.first
    #expect(line?.headline == "exercise started: drill")
    #expect(line?.details == ["facts copied from: INC-2026-0009"])
    try await store.undo([receipt.entry], origin: "test")
    #expect(try await store.answer(IncidentDetail(id: receipt.subject.id))?.isRemoved == true)
    #expect(try await numbers().openDrills == 0)
  }

  @Test func `cannot be given an end of somebody's making`() async throws {
    let id = try await start()
    let score = try await score(id)
    let made = EndExercise.FinalScore(
      end: Exercise.End(at: Instant(seconds: 0), by: "me"),
      score: score
    )
    await #expect(throws: StoreError.self) {
      try await apply(EndExercise(id: id, basedOn: nil, earlier: made))
    }
  }

  @Test func `is scored by what is written down, less what was taken back`() async throws {
    let id = try await start("drill", .medium)
    let begin = fixture.clock.now
    #expect(try await score(id).steps.map(\.at) == [nil, nil, nil, nil])
    fixture.clock.advance(by: .seconds(60))
    let wrong = try await store.apply(
      EditIncident(id: id, basedOn: nil, edits: [.severity(.low)]),
      origin: "test"
    )
    try await store.undo([wrong.entry], origin: "test")
    fixture.clock.advance(by: .seconds(60))
    try await apply(EditIncident(id: id, basedOn: nil, edits: [.severity(nil), .title("x")]))
    let note = try await store.apply(
      AddTimelineEntry(incident: id, facts: TimelineFacts(happened: nil, text: "wrong")),
      origin: "test"
    )
    try await store.undo([note.entry], origin: "test")
    fixture.clock.advance(by: .seconds(60))
    let right = try await store.apply(
      EditIncident(id: id, basedOn: nil, edits: [.severity(.high)]),
      origin: "test"
    )
    let undo = try await store.undo([right.entry], origin: "test")
    try await store.undo(undo.map(\.entry), origin: "test")
    fixture.clock.advance(by: .seconds(60))
    try await apply(MoveIncident(id: id, basedOn: nil, state: .triage, reason: ""))
    let steps = try await score(id).steps
    #expect(steps.map(\.at) == [nil, begin + .seconds(180), begin + .seconds(240), nil])
    #expect(steps.map(\.after) == [nil, 180, 240, nil])
  }

  @Test func `keeps its score at the end, whatever is altered after it`() async throws {
    let id = try await start()
    try await work(id, due: 3)
    let sent = StatedTime(fixture.clock.now + .seconds(3600))
    fixture.clock.advance(by: .seconds(7200))
    try await apply(
      AddFiling(incident: id, facts: FilingFacts(rule: "A-MET", sentAt: sent, recipient: "SA"))
    )
    fixture.clock.advance(by: .seconds(86_400))
    let live = try await score(id)
    #expect(!live.isFinal)
    #expect(!live.isCurrent)
    try await apply(EndExercise(id: id, basedOn: nil))
    let kept = try await score(id)
    #expect(kept.isFinal)
    #expect(kept.clocks == live.clocks)
    #expect(kept.summary == "1 of 2 clocks met, 1 still running")
    #expect(kept.undecided == ["C-HELD", "B-RUNNING", "D-OWED"])

    fixture.clock.advance(by: .seconds(864_000))
    try await apply(RemoveFiling(id: 1, basedOn: nil))
    try await apply(EditIncident(id: id, basedOn: nil, edits: [.severity(.high)]))
    #expect(try await score(id) == kept)
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
  }

  @Test func `has no score where it is a real incident, or none at all`() async throws {
    let real = try await fixture.open("real").subject.id
    #expect(try await store.answer(ExerciseScore(incident: real)) == nil)
    #expect(try await store.answer(ExerciseScore(incident: 99)) == nil)
  }
}
