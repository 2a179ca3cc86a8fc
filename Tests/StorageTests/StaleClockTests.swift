import Model
import Storage
import TestSupport
import Testing

struct `Clocks that do not know of everything` {
  private typealias Clocks = `The clocks of an incident`

  /// Changes after which the clocks of incident 1 must be worked out again.
  private static let changes: [any Change] = [
    EditIncident(id: 1, basedOn: nil, edits: [.severity(.high)]),
    EditIncident(id: 1, basedOn: nil, edits: [.answer(.known("risk"), "high")]),
    DecideAwareness(
      id: 1,
      basedOn: nil,
      decision: AwarenessDecision(
        awareAt: StatedTime(Instant(seconds: 5)),
        decidedBy: "Bo",
        grounds: "logs"
      )
    ),
    AddFiling(incident: 1, facts: `Undo`.filing("A", to: "a", because: "late")),
    EditFiling(id: 1, basedOn: nil, facts: `Undo`.filing("Z", to: "a", at: 9, because: "late")),
    RemoveFiling(id: 1, basedOn: nil),
    SetOrganisation(basedOn: nil, organisation: `Undo`.organisation("Line")),
  ]

  /// Three incidents, the second of them closed, all worked out on the basis `b`.
  private static func filled() async throws -> StoreFixture {
    let fixture = try StoreFixture()
    for title in ["a", "b", "c"] { _ = try await fixture.open(title) }
    try await fixture.store.apply(
      [
        AddFiling(incident: 1, facts: `Undo`.filing("Z", to: "a", because: "late")),
        SetOrganisation(basedOn: 0, organisation: Organisation()),
        MoveIncident(id: 2, basedOn: nil, state: .closed, reason: "r"),
      ],
      origin: "test"
    )
    for id in RecordID(1)...3 {
      _ = try await Clocks.record(
        fixture.store,
        [Clocks.duty("A", Clocks.due(id))],
        incident: id
      )
    }
    return fixture
  }

  private static func stale(_ store: SQLiteStore, _ basis: String) async throws -> [RecordID] {
    let answer = try await store.answer(StaleClocks(basis: basis, limit: 9))
    #expect(answer.total == answer.incidents.count)
    return answer.incidents
  }

  @Test func `are those of new incidents`() async throws {
    let fixture = try StoreFixture()
    for title in ["a", "b", "c"] { _ = try await fixture.open(title) }
    #expect(try await Self.stale(fixture.store, "") == [1, 2, 3])
    let answer = try await fixture.store.answer(StaleClocks(basis: "b", limit: 2))
    #expect(answer == .init(incidents: [1, 2], total: 3))
    let inputs = try await fixture.store.answer(ObligationInputs(incident: 1, basis: ""))
    #expect(!inputs.isCurrent && inputs.sent.isEmpty)
    #expect(inputs.incident?.facts.title == "a")
    #expect(
      try await fixture.store.answer(ObligationInputs(incident: 9, basis: ""))
        == .init(incident: nil, sent: [:], isCurrent: false)
    )
  }

  @Test func `are none when all was worked out, and those on another basis when asked`()
    async throws
  {
    let fixture = try await Self.filled()
    let store = fixture.store
    #expect(try await Self.stale(store, "").isEmpty)
    #expect(try await Self.stale(store, "b").isEmpty)
    for basis in ["a", "c"] { #expect(try await Self.stale(store, basis) == [1, 3]) }
    for (basis, isCurrent) in [("", true), ("b", true), ("c", false)] {
      let inputs = try await store.answer(ObligationInputs(incident: 1, basis: basis))
      #expect(inputs.isCurrent == isCurrent)
    }
  }

  @Test(arguments: changes.indices)
  func `are those whose facts, filings or organisation were altered`(index: Int) async throws {
    let fixture = try await Self.filled()
    let store = fixture.store
    let change = Self.changes[index]
    let expected: [RecordID] = change is SetOrganisation ? [1, 3] : [1]
    let made = try await store.apply([change], origin: "test")
    #expect(try await Self.stale(store, "") == expected)
    #expect(try await Self.stale(store, "b") == expected)
    #expect(try await !store.answer(ObligationInputs(incident: 1, basis: "")).isCurrent)
    for id in expected {
      _ = try await Clocks.record(store, [Clocks.duty("A", Clocks.due(1))], incident: id)
    }
    #expect(try await Self.stale(store, "b").isEmpty)
    try await store.undo(made.map(\.entry), origin: "test")
    #expect(try await Self.stale(store, "b") == expected)
  }

  @Test func `are not those to which only a task or a note was added`() async throws {
    let fixture = try await Self.filled()
    let store = fixture.store
    try await store.apply(
      [
        AddTask(incident: 1, facts: TaskFacts(title: "t")),
        AddTimelineEntry(incident: 1, facts: TimelineFacts(happened: nil, text: "n")),
      ],
      origin: "test"
    )
    #expect(try await Self.stale(store, "b").isEmpty)
  }

  @Test func `are brought up to date by two keepers at once without a wrong answer`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    let other = try fixture.another()
    for round in Int64(1)...25 {
      try await fixture.store.apply(
        EditIncident(id: 1, basedOn: nil, edits: [.summary("\(round)")]),
        origin: "test"
      )
      await withTaskGroup(of: Void.self) { group in
        for store in [fixture.store, other] {
          group.addTask {
            _ = try? await Clocks.record(store, [Clocks.duty("A", Clocks.due(round))])
          }
        }
        group.addTask {
          _ = try? await other.apply(
            EditIncident(id: 1, basedOn: nil, edits: [.summary("again \(round)")]),
            origin: "test"
          )
        }
      }
      // Current means: worked out on the version that the incident has.
      let inputs = try await other.answer(ObligationInputs(incident: 1, basis: "b"))
      let stale = try await other.answer(StaleClocks(basis: "b", limit: 9)).total
      #expect(inputs.isCurrent == (stale == 0))
    }
    _ = try await Clocks.record(other, [Clocks.duty("A", Clocks.due(99))])
    let records = try await fixture.store.answer(IncidentObligations(incident: 1))
    #expect(records.map(\.obligation.state) == [Clocks.due(99)])
    let history = try await fixture.store.answer(ObligationHistory(incident: 1, rule: "A"))
    #expect(history.first?.obligation.state == Clocks.due(99))
    // Two keepers with the same answer leave one line.
    for (newer, older) in zip(history, history.dropFirst()) {
      #expect(newer.obligation != older.obligation)
    }
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
  }
}

struct `A reminder` {
  private static let reminder = RecordReminder(
    incident: 1,
    rule: "EU-GDPR-34",
    due: Instant(seconds: 8),
    hours: 6,
    meantAt: Instant(seconds: 2)
  )

  @Test func `goes out once, even where two programs remind at the same moment`() async throws {
    let fixture = try await `Undo`.filled()
    let other = try fixture.another()
    let sent = await withTaskGroup(of: Bool.self) { group in
      for store in [fixture.store, other, fixture.store, other] {
        group.addTask { (try? await store.apply(Self.reminder, origin: "test")) != nil }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(sent == 1)
    let list = try await other.answer(SentReminders())
    #expect(list.map(\.hours) == [6, 1])
    #expect(list.allSatisfy { $0.rule == "EU-GDPR-34" && $0.due == Instant(seconds: 8) })
  }

  @Test func `is not listed once its clock has stopped`() async throws {
    let fixture = try await `Undo`.filled()
    let store = fixture.store
    #expect(try await store.answer(SentReminders()).count == 1)
    try await store.apply(
      AddFiling(incident: 1, facts: `Undo`.filing("EU-GDPR-34", to: "people", because: "late")),
      origin: "test"
    )
    #expect(try await store.answer(SentReminders()).isEmpty)
  }
}
