import Model
import Storage
import TestSupport
import Testing

/// Real bodies of rules are not needed here: the record keeps whatever was answered.
struct `The clocks of an incident` {
  static func duty(_ rule: String, _ state: Obligation.State) -> Obligation {
    `Undo`.duty(rule, state)
  }

  static func due(_ seconds: Int64) -> Obligation.State { .due(`Undo`.deadline(seconds)) }

  static func record(
    _ store: SQLiteStore,
    _ obligations: [Obligation],
    incident: RecordID = 1,
    basis: String = "b",
    cause: String = "facts changed"
  ) async throws -> Receipt {
    let inputs = try await store.answer(ObligationInputs(incident: incident, basis: basis))
    return try await store.apply(
      RecordObligations(
        incident: incident,
        incidentVersion: try #require(inputs.incident).version,
        sent: inputs.sent,
        basis: basis,
        cause: cause,
        obligations: obligations
      ),
      origin: "test"
    )
  }

  static func rules(_ store: SQLiteStore, _ text: String = "") async throws -> [String] {
    try await store.answer(ClockList(window: RowWindow(start: 0, count: 99), text: text))
      .rows.map { "\($0.reference) \($0.record.obligation.id)" }
  }

  @Test func `stand by deadline, those without one last, then by rule`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    let obligations = [
      Self.duty("G", .undetermined(missing: [.known("risk")])),
      Self.duty("F", .clockNotStarted(missing: [.known("events.aware_at")])),
      Self.duty("E", .noFixedDeadline(clockStart: nil, provisional: false)),
      Self.duty("D", .held(without: nil)),
      Self.duty("C", Self.due(20)), Self.duty("B", .held(without: `Undo`.deadline(15))),
      Self.duty("A", Self.due(30)),
    ]
    let receipt = try await Self.record(fixture.store, obligations)
    #expect(receipt.subject == Subject(.obligation, 1) && !receipt.isReversible)
    let records = try await fixture.store.answer(IncidentObligations(incident: 1))
    #expect(records.map(\.obligation.id) == ["B", "C", "A", "D", "E", "F", "G"])
    #expect(Set(records.map(\.obligation)) == Set(obligations))
    #expect(records.allSatisfy { $0.computedAt == fixture.clock.now && $0.sentAt == nil })
    let ref = receipt.reference
    #expect(
      try await Self.rules(fixture.store) == ["B", "C", "A", "D", "E"].map { "\(ref) \($0)" }
    )
    let dated = try await fixture.store.answer(
      ClockList(window: RowWindow(start: 1, count: 9), withoutDate: false)
    )
    #expect(dated.total == 3)
    #expect(dated.rows.map(\.record.obligation.id) == ["C", "A"])
  }

  @Test func `keep every earlier answer, and leave alone what did not change`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    let same = Self.duty("S", Self.due(5))
    _ = try await Self.record(fixture.store, [same, Self.duty("A", Self.due(10))])
    let first = fixture.clock.now
    fixture.clock.advance(by: .seconds(60))
    _ = try await Self.record(
      fixture.store,
      [same, Self.duty("A", Self.due(11)), Self.duty("N", Self.due(9))],
      cause: "rule edited"
    )
    fixture.clock.advance(by: .seconds(60))
    let receipt = try await Self.record(fixture.store, [same], cause: "facts changed again")
    #expect(receipt.version == 3)

    let records = try await fixture.store.answer(IncidentObligations(incident: 1))
    #expect(records.map(\.obligation) == [same])
    #expect(records.first?.computedAt == first && records.first?.cause == "facts changed")
    func history(_ rule: String) async throws -> [ObligationRecord] {
      try await fixture.store.answer(ObligationHistory(incident: 1, rule: rule))
    }
    #expect(try await history("S").map(\.obligation) == [same])
    let changed = try await history("A")
    #expect(changed.map(\.obligation.state) == [.none, Self.due(11), Self.due(10)])
    #expect(changed.map(\.cause) == ["facts changed again", "rule edited", "facts changed"])
    #expect(Set(changed.map(\.id)).count == 3)
    #expect(try await history("N").map(\.obligation.state) == [.none, Self.due(9)])
    #expect(try await history("X").isEmpty)
  }

  @Test func `that only wait are kept by the texts they share, with their own history`()
    async throws
  {
    let fixture = try StoreFixture()
    for title in ["a", "b"] { _ = try await fixture.open(title) }
    let key = FactKey.known("risk")
    func wait(_ rule: String, _ reason: String = "r") -> Obligation {
      var duty = Self.duty(rule, .undetermined(missing: [key]))
      duty.because = [reason, "shared"]
      return duty
    }
    func history(_ rule: String) async throws -> [ObligationRecord] {
      try await fixture.store.answer(ObligationHistory(incident: 1, rule: rule))
    }
    let first = fixture.clock.now
    _ = try await Self.record(fixture.store, [wait("A"), wait("B")])
    _ = try await Self.record(fixture.store, [wait("A"), wait("B")], incident: 2)
    let before = try await fixture.store.answer(IncidentObligations(incident: 1))
    #expect(before.map(\.obligation) == [wait("A"), wait("B")])
    // A comes to be owed, B stays as it is, C is new.
    fixture.clock.advance(by: .seconds(60))
    _ = try await Self.record(
      fixture.store,
      [Self.duty("A", Self.due(9)), wait("B"), wait("C")],
      cause: "risk stated"
    )
    let after = try await fixture.store.answer(IncidentObligations(incident: 1))
    #expect(after.map(\.obligation.id) == ["A", "B", "C"])
    #expect(after.map(\.computedAt) == [fixture.clock.now, first, fixture.clock.now])
    #expect(after.map(\.id).prefix(2) == before.map(\.id)[...])
    #expect(try await history("A").map(\.obligation) == [Self.duty("A", Self.due(9)), wait("A")])
    #expect(try await history("B").map(\.computedAt) == [first])
    // A waits again for another reason, B ends.
    fixture.clock.advance(by: .seconds(60))
    _ = try await Self.record(fixture.store, [wait("A", "s"), wait("C")])
    #expect(
      try await history("A").map(\.obligation)
        == [wait("A", "s"), Self.duty("A", Self.due(9)), wait("A")]
    )
    #expect(try await history("B").map(\.obligation.state) == [.none, wait("B").state])
    #expect(try await Self.rules(fixture.store).isEmpty)
    // Nothing at all waits any more.
    _ = try await Self.record(fixture.store, [])
    #expect(try await history("C").map(\.obligation.state) == [.none, wait("C").state])
    #expect(try await fixture.store.answer(IncidentObligations(incident: 1)).isEmpty)
    #expect(try await fixture.store.answer(IncidentObligations(incident: 2)).count == 2)
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
  }

  @Test func `that say what they said leave record and journal alone`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    let duties = [
      Self.duty("A", Self.due(1)), Self.duty("B", .clockNotStarted(missing: [.known("risk")])),
    ]
    let first = try await Self.record(fixture.store, duties, basis: "b")
    let rows = try await fixture.store.answer(ObligationHistory(incident: 1, rule: "A")).count
    let again = try await Self.record(fixture.store, duties, basis: "c")
    #expect((again.entry, again.version) == (first.entry, first.version))
    #expect(try await fixture.store.answer(JournalHead()).sequence == first.entry)
    #expect(try await fixture.store.answer(StaleClocks(basis: "c", limit: 9)).total == 0)
    #expect(
      try await fixture.store.answer(ObligationHistory(incident: 1, rule: "A")).count == rows
    )
  }

  @Test func `say in the journal how many there are and of which rules, and no more`() async throws
  {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    _ = try await Self.record(
      fixture.store,
      [
        Self.duty("B", Self.due(1)), Self.duty("A", Self.due(2)),
        Self.duty("C", .held(without: nil)),
      ]
    )
    let line = try #require(
      try await fixture.store.answer(
        JournalWindow(JournalFilter(subject: Subject(.incident, 1)), RowWindow(start: 0, count: 1))
      ).rows.first
    )
    #expect(line.headline == "3 clocks worked out, facts changed: 2 due, 1 held: A B C")
    #expect(line.details == ["cause: facts changed", "basis: b"])
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
  }

  @Test func `are refused where facts or filings have moved on since they were worked out`()
    async throws
  {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    let store = fixture.store
    let inputs = try await store.answer(ObligationInputs(incident: 1, basis: "b"))
    let change = RecordObligations(
      incident: 1,
      incidentVersion: try #require(inputs.incident).version,
      sent: inputs.sent,
      basis: "b",
      cause: "facts changed",
      obligations: [Self.duty("A", Self.due(1))]
    )
    let filed = try await fixture.another().apply(
      AddFiling(incident: 1, facts: `Undo`.filing("A", to: "a", because: "late")),
      origin: "test"
    )
    guard
      case .refused? = await #expect(
        throws: StoreError.self,
        performing: { try await store.apply(change, origin: "test") }
      )
    else {
      Issue.record("not refused")
      return
    }
    try await store.undo([filed.entry], origin: "test")
    try await fixture.another().apply(
      EditIncident(id: 1, basedOn: nil, edits: [.severity(.high)]),
      origin: "test"
    )
    guard
      case .conflict(let conflict)? = await #expect(
        throws: StoreError.self,
        performing: { try await store.apply(change, origin: "test") }
      )
    else {
      Issue.record("no conflict")
      return
    }
    #expect(conflict.subject == Subject(.incident, 1))
    #expect((conflict.basedOn, conflict.current) == (1, 2))
    #expect(try await store.answer(IncidentObligations(incident: 1)).isEmpty)
    #expect(try await store.answer(ObligationHistory(incident: 1, rule: "A")).isEmpty)
  }

  @Test(arguments: [
    [duty("A", .none)],
    [duty("A", due(1)), duty("A", due(2))],
    [duty("A", .undetermined(missing: [.affected]))],
  ])
  func `are refused where one is no clock or stands there twice`(obligations: [Obligation])
    async throws
  {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    await #expect(throws: StoreError.self) {
      try await Self.record(fixture.store, obligations)
    }
  }

  @Test func `stop running when a notice is filed, and run again when that is taken back`()
    async throws
  {
    let fixture = try StoreFixture()
    let ref = try await fixture.open("a").reference
    let store = fixture.store
    _ = try await Self.record(store, [Self.duty("A", Self.due(1)), Self.duty("B", Self.due(2))])
    let added = try await store.apply(
      AddFiling(incident: 1, facts: `Undo`.filing("A", to: "a", at: 4, because: "late")),
      origin: "test"
    )
    #expect(try await Self.rules(store) == ["\(ref) B"])
    let sent = try await store.answer(IncidentObligations(incident: 1)).map(\.sentAt)
    #expect(sent == [Instant(seconds: 4), nil])
    try await store.apply(
      EditFiling(
        id: added.subject.id,
        basedOn: 1,
        facts: `Undo`.filing("B", to: "a", because: "late")
      ),
      origin: "test"
    )
    #expect(try await Self.rules(store) == ["\(ref) A"])
    let removed = try await store.apply(RemoveFiling(id: 1, basedOn: nil), origin: "test")
    #expect(try await Self.rules(store) == ["\(ref) A", "\(ref) B"])
    try await store.undo([removed.entry], origin: "test")
    #expect(try await Self.rules(store) == ["\(ref) A"])
    // Worked out again, a filed duty stays filed.
    _ = try await Self.record(store, [Self.duty("A", Self.due(9)), Self.duty("B", Self.due(8))])
    #expect(try await Self.rules(store) == ["\(ref) A"])
  }

  @Test func `run only while their incident is open and on the list`() async throws {
    let fixture = try StoreFixture()
    let ref = try await fixture.open("a").reference
    let store = fixture.store
    _ = try await Self.record(store, [Self.duty("A", Self.due(1)), Self.duty("B", Self.due(2))])
    try await store.apply(
      AddFiling(incident: 1, facts: `Undo`.filing("B", to: "b", because: "late")),
      origin: "test"
    )
    for (away, back): (any Change, any Change) in [
      (
        MoveIncident(id: 1, basedOn: nil, state: .closed, reason: "r"),
        MoveIncident(id: 1, basedOn: nil, state: .review, reason: "r")
      ),
      (RemoveIncident(id: 1, basedOn: nil, reason: "r"), RestoreIncident(id: 1, basedOn: nil)),
    ] {
      #expect(try await Self.rules(store) == ["\(ref) A"])
      try await store.apply([away], origin: "test")
      #expect(try await Self.rules(store).isEmpty)
      #expect(try await store.answer(StaleClocks(basis: "b", limit: 9)).total == 0)
      try await store.apply([back], origin: "test")
      #expect(try await store.answer(StaleClocks(basis: "b", limit: 9)).incidents == [1])
    }
    #expect(try await Self.rules(store) == ["\(ref) A"])
    // Written while the incident is closed, they wait for its reopening.
    try await store.apply(
      MoveIncident(id: 1, basedOn: nil, state: .closed, reason: "r"),
      origin: "test"
    )
    _ = try await Self.record(store, [Self.duty("C", Self.due(3))])
    #expect(try await Self.rules(store).isEmpty)
    try await store.apply(
      MoveIncident(id: 1, basedOn: nil, state: .review, reason: "r"),
      origin: "test"
    )
    #expect(try await Self.rules(store) == ["\(ref) C"])
  }

  @Test(arguments: [
    ("eu-gdpr", ["1 EU-GDPR", "2 EU-GDPR"]), ("ÄMT", ["1 BDSG"]), ("bdsg § 9", ["1 BDSG"]),
    ("ferry", ["2 EU-GDPR"]), ("0002", ["2 EU-GDPR"]), ("summary", []), ("tagged", []),
    ("100%", []), ("", ["1 BDSG", "1 EU-GDPR", "2 EU-GDPR"]),
  ])
  func `are found by rule, recipient, law, reference and title alone`(
    text: String,
    expected: [String]
  ) async throws {
    let fixture = try StoreFixture()
    for title in ["Lost disk", "FERRY booking leak"] {
      try await fixture.store.apply(
        OpenIncident(
          facts: IncidentFacts(title: title, summary: "the summary", tags: ["tagged"])
        ),
        origin: "test"
      )
    }
    _ = try await Self.record(
      fixture.store,
      [
        Self.duty("EU-GDPR", Self.due(5)),
        `Undo`.duty("BDSG", Self.due(4), to: "das Ämt", law: "BDSG § 9"),
      ]
    )
    _ = try await Self.record(fixture.store, [Self.duty("EU-GDPR", Self.due(6))], incident: 2)
    let page = try await fixture.store.answer(
      ClockList(window: RowWindow(start: 0, count: 9), text: text)
    )
    #expect(page.rows.map { "\($0.record.incident) \($0.record.obligation.id)" } == expected)
    #expect(page.total == expected.count)
  }
}
