import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `The posture of a store` {
  private static func verdict(
    _ name: String,
    _ fixture: StoreFixture,
    at now: Instant? = nil
  ) async throws -> MeasureVerdict {
    let readings = try await fixture.store.answer(
      PostureReadings(now: now ?? fixture.clock.now)
    )
    return try #require(readings.first { $0.name == name }).verdict
  }

  @Test func `is unknown of an empty one, theme by theme`() async throws {
    let fixture = try StoreFixture()
    let readings = try await fixture.store.answer(PostureReadings(now: fixture.clock.now))
    #expect(Set(readings.map(\.name)).count == readings.count)
    #expect(Set(readings.map(\.theme)) == Set(PostureTheme.allCases))
    #expect(Posture(readings).themes.map(\.state) == PostureTheme.allCases.map { _ in .unknown })
    let law = try await fixture.store.answer(PostureReadings([.law], now: fixture.clock.now))
    #expect(law == readings.filter { $0.theme == .law })
  }

  @Test func `can be read of a store with one record of each kind`() async throws {
    let fixture = try await `Undo`.filled()
    let readings = try await fixture.store.answer(PostureReadings(now: fixture.clock.now))
    #expect(readings.allSatisfy { !$0.verdict.words.isEmpty })
    #expect(readings.first { $0.name == "record-verified" }?.verdict.state == .good)
  }

  @Test func `follows clocks as they run out, are met and are late`() async throws {
    let fixture = try StoreFixture()
    let store = fixture.store
    _ = try await fixture.open("one", severity: .high)
    let due = fixture.clock.now + .seconds(3600)
    func record(_ version: Version) -> RecordObligations {
      RecordObligations(
        incident: 1,
        incidentVersion: version,
        sent: [:],
        basis: "b",
        cause: "facts changed",
        obligations: [
          `Undo`.duty(
            "EU-GDPR-33-SA",
            .due(
              Obligation.Deadline(
                due: due,
                latest: due,
                provisional: false,
                clockStart: "events.aware_at"
              )
            )
          )
        ]
      )
    }
    let open = try await Self.verdict("running-clocks", fixture)
    #expect(open.state == .unknown, "the clocks were not worked out yet")
    try await store.apply(record(1), origin: "test")
    let soon = try await Self.verdict("running-clocks", fixture)
    #expect(soon.state == .attention)
    #expect(soon.steps.first?.place == .clock(1, incident: 1))
    fixture.clock.advance(by: .seconds(7200))
    let late = try await Self.verdict("running-clocks", fixture)
    #expect(late.state == .bad)
    #expect(late.trend == .worse)
    #expect(late.words == "1 of 1 clock late")
    // What was not filed at all was not in time either, and closing the incident files nothing.
    let missed = try await Self.verdict("filed-in-time", fixture)
    #expect(missed.state == .bad)
    #expect(missed.words == "0 of 1 filed in time in 90 days, 1 not filed at all")
    let board = BoardContent(BoardPeriod(year: 2026), now: fixture.clock.now)
    let told = try await store.answer(board).now
    #expect((told.filings.missed, told.filings.told, told.lateDuties) == (1, 1, 1))
    try await store.apply(
      AddFiling(
        incident: 1,
        facts: `Undo`.filing(
          "EU-GDPR-33-SA",
          to: "authority",
          at: fixture.clock.now.milliseconds / 1000,
          because: "nobody was there"
        )
      ),
      origin: "test"
    )
    let filed = try await Self.verdict("filed-in-time", fixture)
    #expect(filed.state == .bad)
    #expect(filed.words == "0 of 1 filed in time in 90 days")
    let filings = try await store.answer(
      BoardContent(BoardPeriod(year: 2026), now: fixture.clock.now)
    ).now
    #expect((filings.filings.missed, filings.filings.late, filings.lateDuties) == (0, 1, 0))
    // Thirty days later it was late then, and is not now.
    let then = fixture.clock.now + .seconds(30 * 86_400 - 1800)
    let met = try await Self.verdict("running-clocks", fixture, at: then)
    #expect(met.before == "30 days before: 1 late")
  }

  @Test func `counts findings as late then that were accepted since, or no longer were`()
    async throws
  {
    let fixture = try StoreFixture()
    let store = fixture.store
    let start = fixture.clock.now
    func at(_ days: Int64) -> StatedTime { StatedTime(start + .seconds(days * 86_400)) }
    func accept(_ id: RecordID, until days: Int64) async throws {
      let step = FindingStep.accept(by: "CEO", reason: "cost", expires: at(days))
      try await store.apply(MoveFinding(id: id, basedOn: nil, step: step), origin: "test")
    }
    for severity in [Severity.low, .high, .critical, .medium] {
      var facts = FindingFacts(title: "gap", severity: severity)
      facts.due = at(1)
      try await store.apply(OpenFinding(facts: facts), origin: "test")
    }
    // The first ran out before, the second was accepted then, the third only since.
    try await accept(1, until: 2)
    try await accept(2, until: 100)
    fixture.clock.advance(by: .seconds(12 * 86_400))
    try await accept(3, until: 100)
    // An edit of what was accepted before is no acceptance since.
    var facts = try #require(try await store.answer(FindingDetails(id: 2))).finding.facts
    facts.owner = "Ana"
    try await store.apply(EditFinding(id: 2, basedOn: nil, facts: facts), origin: "test")
    let verdict = try await Self.verdict(
      "late-findings",
      fixture,
      at: start + .seconds(40 * 86_400)
    )
    #expect(verdict.before == "30 days before: 3 late")
    #expect(verdict.words == "2 of 2 open findings late, 1 acceptance has run out")
  }

  @Test func `leaves exercises out`() async throws {
    let fixture = try StoreFixture()
    try await fixture.store.apply(
      StartExercise(facts: IncidentFacts(title: "drill", severity: .critical)),
      origin: "test"
    )
    let incidents = try await Self.verdict("open-incidents", fixture)
    #expect(incidents.words == "no incident was ever recorded")
    #expect(try await Self.verdict("running-clocks", fixture).state == nil)
  }

  @Test func `counts severe incidents by when they were opened`() async throws {
    let fixture = try StoreFixture()
    let now = fixture.clock.now
    for (days, severity) in [(1, Severity.critical), (2, .low), (40, .high), (41, .high)] {
      try await fixture.store.apply(
        OpenIncident(
          facts: IncidentFacts(title: "x", severity: severity),
          openedAt: now - .seconds(Int64(days) * 86_400)
        ),
        origin: "test"
      )
    }
    let verdict = try await Self.verdict("open-incidents", fixture)
    #expect(verdict.state == .bad)
    #expect(verdict.trend == .better)
    #expect(verdict.before == "1 critical or high opened in 30 days, 2 before")
    #expect(verdict.steps.first?.place == .incident(1))
  }

  @Test func `keeps a verification in the journal, and it cannot be taken back`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("one")
    #expect(try await fixture.store.answer(LastVerification()) == nil)
    let head = try await fixture.store.answer(JournalHead())
    let change = RecordVerification(
      isSound: true,
      head: head.sequence,
      headHash: "ab",
      faults: 0
    )
    let receipt = try await fixture.store.apply(change, origin: "verify")
    #expect(!receipt.isReversible)
    let mark = try #require(try await fixture.store.answer(LastVerification()))
    #expect(mark == VerificationMark(at: fixture.clock.now, by: "meyer", change))
    await #expect(throws: StoreError.notReversible(receipt.entry)) {
      try await fixture.store.undo([receipt.entry], origin: "test")
    }
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
    try await fixture.store.apply(
      RecordVerification(isSound: false, head: 1, headHash: "ab", faults: 3),
      origin: "verify"
    )
    #expect(try await Self.verdict("record-verified", fixture).state == .bad)
  }

  /// What the measures ask of tables that grow; none may go through all rows of one.
  @Test(arguments: [
    """
    SELECT count(*) FROM incident WHERE isRemoved = 0 AND isExercise = 0
      AND severityOrder >= 3 AND openedAt > 1 AND openedAt <= 2
    """,
    "SELECT count(*) FROM filing WHERE filing.isRemoved = 0 AND filing.latest > 1",
    """
    SELECT count(*) FROM finding WHERE isRemoved = 0 AND state IN ('closed', 'accepted')
      AND updatedAt >= 1 AND dueOrder < 1 AND openedAt <= 1
    """,
    """
    SELECT count(*) FROM obligation WHERE isRunning = 1
      AND incident NOT IN (SELECT id FROM incident WHERE isExercise = 1) AND dueOrder < 5
    """,
    "SELECT count(*) FROM obligationCheck WHERE isOpen = 1 AND isCurrent = 0",
    "SELECT count(*) FROM request WHERE isRemoved = 0 AND state = 'open' AND due < 5",
    """
    SELECT journal.at FROM journal JOIN journalDetail ON journalDetail.id = journal.id
    WHERE subjectKind = 'store' AND subject = 1 AND action = 'store.verify' AND journal.at <= 5
    ORDER BY journal.id DESC LIMIT 1
    """,
  ])
  func `is found by indexes`(sql: String) async throws {
    let fixture = try StoreFixture()
    let queue = try DatabaseQueue(path: fixture.path)
    let plan = try await queue.read { db in
      try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
    }
    let scans = plan.filter { $0.hasPrefix("SCAN") && !$0.contains("USING") }
    #expect(scans == [], "\(plan)")
  }
}

struct `What a board is told of a store` {
  private static func content(
    _ fixture: StoreFixture,
    _ period: String
  ) async throws -> BoardContent.Answer {
    try await fixture.store.answer(
      BoardContent(try #require(BoardPeriod(period)), now: fixture.clock.now)
    )
  }

  @Test func `counts by when things happened, and says of how many they are`() async throws {
    let fixture = try StoreFixture()
    var facts = IncidentFacts(title: "one", severity: .high, outcome: .confirmedBreach)
    facts.instants[.occurred] = StatedTime(year: 2026, month: 4, day: 1)
    facts.instants[.aware] = StatedTime(
      year: 2026,
      month: 4,
      day: 2,
      hour: 12,
      minute: 0,
      second: 0
    )
    facts.instants[.contained] = StatedTime(
      year: 2026,
      month: 4,
      day: 2,
      hour: 18,
      minute: 30,
      second: 0
    )
    facts.instants[.notified] = StatedTime(year: 2026, month: 4)
    let opened = try #require(Instant(rfc3339: "2026-04-02T12:00:00Z"))
    try await fixture.store.apply(OpenIncident(facts: facts, openedAt: opened), origin: "test")
    try await fixture.store.apply(
      OpenIncident(facts: IncidentFacts(title: "two"), openedAt: opened - .seconds(90 * 86_400)),
      origin: "test"
    )
    try await fixture.store.apply(
      StartExercise(facts: IncidentFacts(title: "drill")),
      origin: "test"
    )
    let content = try await Self.content(fixture, "2026-Q2")
    #expect(content.now.opened == [0, 1, 0, 0, 0])
    #expect(content.now.breaches == 1)
    #expect(content.now.aware.median == Int64(24 * 60))
    #expect(content.now.aware.toTheDay == 1)
    #expect(content.now.contain.median == 390)
    // The month alone says nothing of hours.
    #expect(content.now.notify.median == nil)
    #expect(content.now.notify.base == 1)
    #expect(content.soFar == fixture.clock.now)
    // The same part of the period before: 2 January lies in it.
    #expect(content.before.opened == [0, 0, 0, 0, 1])
    #expect(content.before.aware.base == 0)
  }

  @Test func `says nothing of a period that has not begun`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("one")
    let content = try await Self.content(fixture, "2027")
    #expect(content.now == BoardFigures())
  }

  @Test func `can be read of a store with one record of each kind`() async throws {
    let fixture = try await `Undo`.filled()
    let content = try await Self.content(fixture, "2026")
    #expect(content.now.incidents > 0)
    #expect(content.least == 10)
  }
}
