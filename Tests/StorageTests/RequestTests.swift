import Foundation
import Model
import Storage
import TestSupport
import Testing

struct `A request by a person` {
  private static func facts(_ fixture: StoreFixture) -> RequestFacts {
    RequestFacts(
      .erasure,
      jurisdiction: "EU-DE",
      receivedAt: StatedTime(fixture.clock.now),
      channel: .email
    )
  }

  @discardableResult
  private static func log(_ fixture: StoreFixture) async throws -> RequestIntake.Outcome {
    try await fixture.store.perform(
      RequestIntake(
        facts(fixture),
        from: RequestPerson(
          name: "Canary Bird",
          contact: "canary@example.org",
          words: "Canary wants out"
        )
      ),
      origin: "test"
    )
  }

  private static func request(_ fixture: StoreFixture) async throws -> RightsRequest {
    try #require(try await fixture.store.answer(RequestByReference("req-2026-0001")))
  }

  private static func move(_ fixture: StoreFixture, _ step: RequestStep) async throws -> Receipt {
    try await fixture.store.apply(MoveRequest(id: 1, basedOn: nil, step: step), origin: "test")
  }

  private static func end(_ fixture: StoreFixture, _ ground: RefusalGround? = nil) -> RequestEnd {
    RequestEnd(
      at: StatedTime(fixture.clock.now),
      channel: .email,
      ground: ground,
      note: "done",
      recordedAt: Instant(seconds: 0),
      by: ""
    )
  }

  /// Whether a text stands anywhere in the files of the store.
  private static func isFound(_ text: String, _ fixture: StoreFixture) throws -> Bool {
    let folder = URL(fileURLWithPath: fixture.path).deletingLastPathComponent()
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let file = folder.appendingPathComponent(name)
      guard let data = try? Data(contentsOf: file) else { continue }
      if data.range(of: Data(text.utf8)) != nil { return true }
    }
    return false
  }

  @Test func `is sealed, and read only with a reason that is kept`() async throws {
    let fixture = try StoreFixture()
    let outcome = try await Self.log(fixture)
    #expect(outcome == RequestIntake.Outcome(id: 1, reference: "REQ-2026-0001"))
    #expect(try !Self.isFound("anary", fixture))
    await #expect(throws: StoreError.self) {
      try await fixture.store.perform(RequestReveal(id: 1, reason: " "), origin: "test")
    }
    let read = try await fixture.store.perform(
      RequestReveal(id: 1, reason: "to answer"),
      origin: "test"
    )
    #expect(
      read.person
        == RequestPerson(
          name: "Canary Bird",
          contact: "canary@example.org",
          words: "Canary wants out"
        )
    )
    #expect(read.answer == nil)
    let details = try #require(try await fixture.store.answer(RequestDetails(id: 1)))
    #expect(
      details.history.map(\.headline) == [
        "read who made the request: to answer",
        "request came in: erasure EU-DE, received 2026-05-18 12:40:00",
      ]
    )
    #expect(details.request.version == 1)
    #expect(try RecordVerifier.verify(path: fixture.path).bad.isEmpty)
  }

  @Test func `is answered with a sealed text, and opened again by undo`() async throws {
    let fixture = try StoreFixture()
    try await Self.log(fixture)
    _ = try await Self.move(fixture, .verify("order number"))
    let version = try await fixture.store.perform(
      RequestAnswer(id: 1, basedOn: 2, end: Self.end(fixture), text: "Canary is gone"),
      origin: "test"
    )
    #expect(version == 3)
    #expect(try await Self.request(fixture).facts.state == .answered)
    #expect(try !Self.isFound("anary", fixture))
    let read = try await fixture.store.perform(
      RequestReveal(id: 1, reason: "check"),
      origin: "test"
    )
    #expect(read.answer == "Canary is gone")
    #expect(try RecordVerifier.verify(path: fixture.path).bad.isEmpty)
    try await fixture.store.undo([3], origin: "test")
    #expect(try await Self.request(fixture).facts.state == .open)
    #expect(try RecordVerifier.verify(path: fixture.path).bad.isEmpty)
    let redo = try await fixture.store.undo([5], origin: "test")
    #expect(redo.count == 1)
    #expect(try await Self.request(fixture).facts.state == .answered)
    #expect(try RecordVerifier.verify(path: fixture.path).bad.isEmpty)
  }

  @Test(arguments: [false, true])
  func `is named where somebody put an answer there`(isTakenBack: Bool) async throws {
    let fixture = try StoreFixture()
    try await Self.log(fixture)
    _ = try await Self.move(fixture, .verify("order number"))
    if isTakenBack {
      _ = try await fixture.store.perform(
        RequestAnswer(id: 1, basedOn: 2, end: Self.end(fixture), text: "Canary is gone"),
        origin: "test"
      )
      try await fixture.store.undo([3], origin: "test")
    }
    try fixture.store.close()
    #expect(try RecordVerifier.verify(path: fixture.path).bad.isEmpty)
    let problems = try WholeRecord.problems(
      fixture,
      after: "UPDATE request SET answer = randomblob(60)"
    )
    #expect(problems == ["request 1: its sealed answer was never given"])
    let counted = try WholeRecord.problems(fixture, after: "DELETE FROM requestCounter")
    #expect(counted == ["store 1: requestCounter would give out numbers of 2026 a second time"])
  }

  @Test func `takes no digest of a text that nobody sealed`() async throws {
    let fixture = try StoreFixture()
    try await Self.log(fixture)
    _ = try await Self.move(fixture, .verify("order number"))
    var end = Self.end(fixture)
    end.sealed = String(repeating: "a", count: 64)
    await #expect(throws: StoreError.self) {
      _ = try await Self.move(fixture, .answer(end))
    }
    await #expect(throws: StoreError.self) {
      try await fixture.store.apply(LogRequest(Self.facts(fixture)), origin: "test")
    }
    await #expect(throws: StoreError.self) {
      try await fixture.store.apply(
        ReturnRequest(id: 1, basedOn: nil, facts: Self.facts(fixture)),
        origin: "test"
      )
    }
  }

  @Test func `forgets who made it by its rule, or on order, and never under a hold`() async throws {
    let fixture = try StoreFixture()
    try await Self.log(fixture)
    func erase(_ isOrdered: Bool) async throws {
      try await fixture.store.perform(
        RequestErasure(EraseRequest(id: 1, basedOn: nil, isOrdered: isOrdered)),
        origin: "test"
      )
    }
    await #expect(throws: StoreError.self) { try await erase(true) }
    _ = try await Self.move(fixture, .refuse(Self.end(fixture, .excessive)))
    #expect(
      try await fixture.store.answer(DueDataList()).map { $0.state(at: fixture.clock.now) }
        == [.unknown]
    )
    await #expect(throws: StoreError.self) { try await erase(false) }
    var rule = RetentionFacts(
      title: "Requests",
      trigger: .requestSettled,
      period: .months(12),
      ground: "limitation"
    )
    rule.target = .requests
    try await fixture.store.apply(AddRetention(rule), origin: "test")
    #expect(try await fixture.store.answer(DueDataList()) == [])
    fixture.clock.advance(by: .seconds(366 * 86_400))
    #expect(
      try await fixture.store.answer(DueDataList()).map(\.reference) == ["REQ-2026-0001"]
    )
    let hold = try await fixture.store.apply(
      AddHold(
        HoldFacts(
          title: "Suit",
          reason: "court",
          scope: ["REQ-2026-0001"],
          from: StatedTime(fixture.clock.now)
        )
      ),
      origin: "test"
    )
    await #expect(throws: StoreError.self) { try await erase(true) }
    try await fixture.store.undo([hold.entry], origin: "test")
    try await erase(false)
    await #expect(throws: StoreError.self) {
      try await fixture.store.perform(RequestReveal(id: 1, reason: "why"), origin: "test")
    }
    #expect(try await fixture.store.answer(DueDataList()) == [])
    #expect(try RecordVerifier.verify(path: fixture.path).bad.isEmpty)
  }

  @Test(arguments: [
    (
      "UPDATE request SET sealed = zeroblob(40)",
      "what is sealed of who made it is not what was sealed"
    ),
    (
      "UPDATE request SET wrappedKey = NULL, erasedAt = 5",
      "the key to who made it is gone, or there, against what it says"
    ),
    (
      "UPDATE request SET wrappedKey = zeroblob(60)",
      "the key to who made it is not the one it was sealed with"
    ),
    (
      "UPDATE request SET wrappedBy = 'another'",
      "the key to who made it is not the one it was sealed with"
    ),
    ("UPDATE request SET due = 5", "what it is found by is not what it says"),
    (
      "UPDATE request SET facts = replace(facts, 'EU-DE', 'EU-FR')",
      "it does not say what the journal says: jurisdiction"
    ),
  ])
  func `is found altered by sqlite3`(sql: String, problem: String) async throws {
    let fixture = try StoreFixture()
    try await Self.log(fixture)
    try fixture.store.close()
    try RegisterTampering.run(fixture.path, sql)
    #expect(try RecordVerifier.verify(path: fixture.path).bad.map(\.problem) == [problem])
  }

  private static func remind(_ hours: Int) -> RemindRequest {
    let due = Instant(seconds: 1_780_000_000)
    return RemindRequest(id: 1, due: due, hours: hours, meantAt: due - .seconds(hours * 3600))
  }

  @Test func `is reminded of once for each step, and no longer once it ended`() async throws {
    let fixture = try StoreFixture()
    try await Self.log(fixture)
    for hours in [48, 0] {
      let receipt = try await fixture.store.apply(Self.remind(hours), origin: "test")
      #expect(receipt.version == 1)
    }
    await #expect(throws: StoreError.self) {
      try await fixture.store.apply(Self.remind(0), origin: "test")
    }
    await #expect(throws: StoreError.self) {
      try await fixture.store.apply(Self.remind(-1), origin: "test")
    }
    #expect(try await fixture.store.answer(SentRequestReminders()).map(\.hours) == [48, 0])
    let details = try #require(try await fixture.store.answer(RequestDetails(id: 1)))
    #expect(
      details.history.prefix(2).map(\.headline) == ["reminded, overdue", "reminded, 48 h before"]
    )
    #expect(try RecordVerifier.verify(path: fixture.path).bad.isEmpty)
    _ = try await Self.move(fixture, .withdraw(Self.end(fixture)))
    #expect(try await fixture.store.answer(SentRequestReminders()) == [])
  }

  @Test(arguments: [
    "DELETE FROM requestReminder", "UPDATE requestReminder SET hours = 9",
    "INSERT INTO requestReminder (request, due, hours, meantAt, sentAt) VALUES (1, 5, 0, 5, 5)",
  ])
  func `has no reminders but those of the journal`(sql: String) async throws {
    let fixture = try StoreFixture()
    try await Self.log(fixture)
    try await fixture.store.apply(Self.remind(24), origin: "test")
    try fixture.store.close()
    try RegisterTampering.run(fixture.path, sql)
    #expect(
      try RecordVerifier.verify(path: fixture.path).bad.map(\.problem)
        == ["its reminders are not those that the journal says went out"]
    )
  }

  @Test func `lists open ones by due time and those that ended behind them`() async throws {
    let fixture = try StoreFixture()
    for _ in 0..<3 { try await Self.log(fixture) }
    try await fixture.store.apply(
      MoveRequest(
        id: 1,
        basedOn: nil,
        step: .refuse(Self.end(fixture, .excessive))
      ),
      origin: "test"
    )
    func list(_ filter: RequestFilter) async throws -> [RecordID] {
      let page = try await fixture.store.answer(
        RequestList(filter, window: RowWindow(start: 0, count: 9))
      )
      #expect(page.total == page.rows.count)
      return page.rows.map(\.id)
    }
    #expect(try await list(RequestFilter()) == [2, 3, 1])
    #expect(try await list(RequestFilter(states: [.refused])) == [1])
    #expect(try await list(RequestFilter(kinds: [.access])) == [])
    #expect(try await list(RequestFilter(text: "req-2026-0003")) == [3])
    #expect(try await list(RequestFilter(isOverdue: true)) == [])
    let numbers = try await fixture.store.answer(PrivacyNumbers())
    #expect((numbers.openRequests, numbers.overdueRequests, numbers.uncounted) == (2, 0, 1))
  }

  @Test func `takes a matter over from a mailing, and hands it over there`() async throws {
    let ledger = try await LedgerFixture(3)
    let number = try await ledger.store.perform(
      MatterIntake(
        into: ledger.mailing,
        .rightsRequest,
        from: 2,
        over: .email,
        receivedAt: StatedTime(ledger.fixture.clock.now),
        text: "Canary wants a copy"
      ),
      origin: "test"
    )
    var facts = Self.facts(ledger.fixture)
    facts.wanted = .access
    let intake = RequestIntake(
      facts,
      from: RequestPerson(name: ""),
      matter: .init(mailing: ledger.mailing, number: number)
    )
    let outcome = try await ledger.store.perform(intake, origin: "test")
    let request = try #require(
      try await ledger.store.answer(RequestByReference(outcome.reference))
    )
    #expect(request.facts.matter == "MLG-2026-0001/1")
    let read = try await ledger.store.perform(
      RequestReveal(id: outcome.id, reason: "to answer"),
      origin: "test"
    )
    #expect(read.person.words == "Canary wants a copy")
    #expect(!read.person.contact.isEmpty)
    let matters = try await ledger.store.answer(
      MailingMatters(of: ledger.mailing, window: RowWindow(start: 0, count: 9))
    )
    #expect(matters.rows.map(\.handedTo) == [outcome.reference])
    await #expect(throws: StoreError.self) {
      try await ledger.store.perform(intake, origin: "test")
    }
    #expect(try ledger.problems() == [])
    #expect(try RecordVerifier.verify(path: ledger.fixture.path).bad.isEmpty)
  }
}
