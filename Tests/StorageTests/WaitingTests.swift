import Model
import Storage
import TestSupport
import Testing

private typealias Clocks = `The clocks of an incident`

struct `Duties that wait for a fact` {
  private static let aware = Obligation.State.clockNotStarted(
    missing: [.known("events.aware_at")]
  )
  private static let risk = Obligation.State.undetermined(missing: [.known("risk")])

  private func waiting(_ store: SQLiteStore, _ text: String = "") async throws -> [String] {
    try await page(store, text).rows.map {
      "\($0.clock.reference.suffix(1)) \($0.clock.record.obligation.id)"
    }
  }

  private func page(
    _ store: SQLiteStore,
    _ text: String = "",
    _ window: RowWindow = RowWindow(start: 0, count: 99)
  ) async throws -> Page<WaitingClocks.Row> {
    try await store.answer(WaitingClocks(window: window, text: text))
  }

  @Test func `stand with what is missing: first those that are owed`() async throws {
    let fixture = try StoreFixture()
    for title in ["a", "b"] { _ = try await fixture.open(title) }
    let duties = [
      Clocks.duty("W", Self.aware), Clocks.duty("R", Clocks.due(5)), Clocks.duty("Q7", Self.risk),
    ]
    _ = try await Clocks.record(fixture.store, duties, incident: 2)
    _ = try await Clocks.record(fixture.store, [duties[0]])
    #expect(try await waiting(fixture.store) == ["1 W", "2 W", "2 Q7"])
    let row = try #require(try await page(fixture.store).rows.first)
    #expect(row.missingWords == "when aware")
    #expect(row.stopped == nil)
    let part = try await page(fixture.store, "", RowWindow(start: 1, count: 1))
    #expect(part.total == 3 && part.rows.map(\.clock.record.obligation.id) == ["W"])
    #expect(try await page(fixture.store, "", RowWindow(start: 0, count: 0)).total == 3)
    #expect(try await waiting(fixture.store, "q7") == ["2 Q7"])
    #expect(try await waiting(fixture.store, "0001") == ["1 W"])
  }

  @Test func `wait no more when they were met, and when the incident is closed`() async throws {
    let fixture = try StoreFixture()
    for title in ["a", "b"] { _ = try await fixture.open(title) }
    for id: RecordID in [1, 2] {
      _ = try await Clocks.record(fixture.store, [Clocks.duty("W", Self.aware)], incident: id)
    }
    let sent = FilingFacts(rule: "W", sentAt: StatedTime(fixture.clock.now), recipient: "a")
    let receipt = try await fixture.store.apply(AddFiling(incident: 1, facts: sent), origin: "test")
    #expect(try await waiting(fixture.store) == ["2 W"])
    try await fixture.store.undo([receipt.entry], origin: "test")
    _ = try await fixture.store.apply(
      MoveIncident(id: 2, basedOn: nil, state: .closed, reason: "done"),
      origin: "test"
    )
    #expect(try await waiting(fixture.store) == ["1 W"])
  }

  @Test func `keep what their clocks said before a fact was taken away`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    _ = try await Clocks.record(fixture.store, [Clocks.duty("A", Clocks.due(50))])
    fixture.clock.advance(by: .seconds(60))
    let at = fixture.clock.now
    let without = Clocks.duty("A", .undetermined(missing: [.affected]))
    _ = try await Clocks.record(fixture.store, [without], cause: "people taken off")
    let row = try #require(try await page(fixture.store).rows.first)
    #expect(
      row.stopped
        == WaitingClocks.Stopped(due: Instant(seconds: 50), at: at, cause: "people taken off")
    )
    // A duty that the record never had is not kept for the same want.
    await #expect(throws: StoreError.self) {
      _ = try await Clocks.record(
        fixture.store,
        [without, Clocks.duty("B", .undetermined(missing: [.affected]))]
      )
    }
  }

  @Test func `are counted with the clocks that run out next and those that are late`() async throws
  {
    let fixture = try StoreFixture()
    for title in ["a", "b"] { _ = try await fixture.open(title) }
    let now = fixture.clock.now
    func due(_ hours: Int) -> Obligation.State {
      Clocks.due(now.milliseconds / 1000 + Int64(hours * 3600))
    }
    _ = try await Clocks.record(
      fixture.store,
      [
        Clocks.duty("L", due(-1)), Clocks.duty("N", due(0)), Clocks.duty("B", due(9)),
        Clocks.duty("W", Self.aware),
        Clocks.duty("O", .noFixedDeadline(clockStart: nil, provisional: false)),
        Clocks.duty("H", .held(without: `Undo`.deadline(now.milliseconds / 1000))),
      ]
    )
    _ = try await Clocks.record(fixture.store, [Clocks.duty("A", due(4))], incident: 2)
    func near(_ limit: Int) async throws -> NearClocks.Answer {
      try await fixture.store.answer(NearClocks(now: now, limit: limit))
    }
    let all = try await near(9)
    #expect(all.clocks.map(\.rule) == ["N", "A", "B"])
    #expect(all.clocks.map(\.reference.last) == ["1", "2", "1"])
    #expect(all.clocks[1].due == now + .seconds(4 * 3600))
    #expect((all.late, all.waiting, all.hasMore) == (1, 1, false))
    #expect((all.lateExercises, all.waitingExercises) == (0, 0))
    let two = try await near(2)
    #expect(two.clocks.map(\.rule) == ["N", "A"] && two.hasMore)
  }
}

struct `A time that is still to come` {
  private static let now = FixedClock().now

  private static func stated(_ seconds: Int) -> StatedTime { StatedTime(now + .seconds(seconds)) }

  /// Each with the field that the refusal names.
  private static func changes(_ seconds: Int) -> [(any Change, String)] {
    let time = stated(seconds)
    let instants: [IncidentInstant] = [.occurred, .alerted, .discovered, .aware]
    return instants.map { instant in
      (EditIncident(id: 1, basedOn: nil, edits: [.instant(instant, time)]), instant.label)
    } + [
      (OpenIncident(facts: IncidentFacts(title: "b", instants: [.occurred: time])), "occurred"),
      (
        DecideAwareness(
          id: 1,
          basedOn: nil,
          decision: AwarenessDecision(awareAt: time, decidedBy: "Ada", grounds: "log")
        ), "aware"
      ),
      (
        AddFiling(incident: 1, facts: FilingFacts(rule: "R", sentAt: time, recipient: "a")), "sent"
      ),
      (
        RecordDecision(
          incident: 1,
          facts: DecisionFacts(
            rule: "R",
            decision: .doNotNotify,
            ground: .noRisk,
            reasoning: "none",
            decidedBy: "Ada",
            decidedAt: time
          )
        ), "decided"
      ),
    ]
  }

  @Test func `is refused by every change that states what has happened, and the field is named`()
    async throws
  {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    let head = try await fixture.store.answer(JournalHead())
    for (change, field) in Self.changes(301) {
      do {
        try await fixture.store.apply([change], origin: "test")
        Issue.record("\(change) was taken")
      } catch StoreError.refused(let reason) {
        #expect(reason.hasPrefix("\(field): 2026-05-18 12:45:01"), "\(reason)")
        #expect(reason.contains("is still to come"))
      }
    }
    #expect(try await fixture.store.answer(JournalHead()) == head)
  }

  @Test func `is taken where a clock may only be a little ahead`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    for (change, _) in Self.changes(300) {
      try await fixture.store.apply([change], origin: "test")
    }
  }

  @Test func `is no day that has begun`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    func edit(_ day: Int) throws -> EditIncident {
      let time = try #require(StatedTime(year: 2026, month: 5, day: day))
      return EditIncident(id: 1, basedOn: nil, edits: [.instant(.discovered, time)])
    }
    _ = try await fixture.store.apply(try edit(18), origin: "test")
    await #expect(throws: StoreError.self) {
      _ = try await fixture.store.apply(try edit(19), origin: "test")
    }
  }

  @Test func `stays what it was in an import, and comes back when its clearing is undone`()
    async throws
  {
    let fixture = try StoreFixture()
    let source = ImportSource(format: "veris", externalID: "x", digest: "d", document: "{}")
    _ = try await fixture.store.apply(
      OpenIncident(
        facts: IncidentFacts(title: "a", instants: [.occurred: Self.stated(9999)]),
        source: source
      ),
      origin: "test"
    )
    let cleared = try await fixture.store.apply(
      EditIncident(id: 1, basedOn: nil, edits: [.instant(.occurred, nil)]),
      origin: "test"
    )
    try await fixture.store.undo([cleared.entry], origin: "test")
    let incident = try await fixture.store.answer(IncidentDetail(id: 1))
    #expect(incident?.facts.instants[.occurred] == Self.stated(9999))
  }
}
