import Foundation
import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `The privacy register` {
  private static func filled() async throws -> StoreFixture {
    let fixture = try StoreFixture()
    try await fixture.store.apply(
      [
        AddActivity(RegisterFixture.orders), AddActivity(ActivityFacts(name: "Newsletter")),
        AddRetention(RegisterFixture.invoices), AddHold(RegisterFixture.hold),
        AddDeletion(RegisterFixture.run),
      ],
      origin: "test"
    )
    return fixture
  }

  private static func activity(_ fixture: StoreFixture, _ reference: String = "ACT-0001")
    async throws -> Activity
  {
    try #require(try await fixture.store.answer(ActivityByReference(reference)))
  }

  @Test func `gives references and finds by them, by filter and by search`() async throws {
    let fixture = try await Self.filled()
    let all = try await fixture.store.answer(ActivityList())
    #expect(all.map(\.activity.reference) == ["ACT-0001", "ACT-0002"])
    #expect(try await Self.activity(fixture, "act-0002").facts.name == "Newsletter")
    let found = try await fixture.store.answer(ActivityList(ActivityFilter(category: "DOB")))
    #expect(found.map(\.activity.id) == [1])
    let hits = try await fixture.store.answer(
      Search("deliver", window: RowWindow(start: 0, count: 9))
    )
    #expect(hits.rows.map(\.reference) == ["ACT-0001"])
    try await fixture.store.apply(RemoveActivity(id: 1, basedOn: 1), origin: "test")
    #expect(try await fixture.store.answer(ActivityList()).map(\.activity.id) == [2])
    let gone = try await fixture.store.answer(
      Search("deliver", window: RowWindow(start: 0, count: 9))
    )
    #expect(gone.rows.isEmpty)
  }

  @Test func `shows a conflict with both sides where another was first`() async throws {
    let fixture = try await Self.filled()
    var facts = RegisterFixture.orders
    facts.owner = "Ana"
    try await fixture.store.apply(EditActivity(id: 1, basedOn: 1, facts: facts), origin: "test")
    facts.owner = "Bo"
    let error = await #expect(throws: StoreError.self) {
      try await fixture.store.apply(EditActivity(id: 1, basedOn: 1, facts: facts), origin: "test")
    }
    guard case .conflict(let conflict) = error else {
      Issue.record("no conflict: \(String(describing: error))")
      return
    }
    #expect(conflict.fields == [.init(field: "owner", theirs: "Ana", ours: "Bo")])
  }

  @Test func `lists what nobody justified within the organisation's period`() async throws {
    let fixture = try await Self.filled()
    func missing() async throws -> [String] {
      try await fixture.store.answer(UnjustifiedList()).map(\.category)
    }
    #expect(try await missing() == ["dob", "email"])
    let now = StatedTime(fixture.clock.now)
    let receipt = try await fixture.store.apply(
      JustifyData(id: 1, basedOn: 1, category: "EMAIL", why: "to confirm", on: now),
      origin: "test"
    )
    #expect(try await missing() == ["dob"])
    #expect(try await Self.activity(fixture).facts.data[0].justifiedBy == "meyer")
    fixture.clock.advance(by: .seconds(200 * 86_400))
    #expect(try await missing() == ["dob"])
    var organisation = Organisation()
    organisation.justifyMonths = 6
    try await fixture.store.apply(
      SetOrganisation(basedOn: nil, organisation: organisation),
      origin: "test"
    )
    #expect(try await missing() == ["dob", "email"])
    try await fixture.store.undo([receipt.entry], origin: "test")
    #expect(try await Self.activity(fixture).facts.data[0].justified == nil)
  }

  @Test(arguments: [
    "dob", "email",
  ])
  func `refuses a reason without words, and one for what is not held`(category: String)
    async throws
  {
    let fixture = try await Self.filled()
    let now = StatedTime(fixture.clock.now)
    for (word, why) in [(category, " "), ("ssn", "because")] {
      await #expect(throws: StoreError.self) {
        try await fixture.store.apply(
          JustifyData(id: 1, basedOn: 1, category: word, why: why, on: now),
          origin: "test"
        )
      }
    }
  }

  @Test func `says what is due, since when and how much, until a run has deleted it`() async throws
  {
    let fixture = try await Self.filled()
    func due() async throws -> [DueData] { try await fixture.store.answer(DueDataList()) }
    let year = try #require(StatedTime(year: 2015))
    try await fixture.store.apply(
      RecordStock(
        id: 1,
        basedOn: nil,
        stock: RetentionStock(
          triggered: year,
          count: 1200,
          asOf: Instant(seconds: 0),
          by: "forged"
        )
      ),
      origin: "test"
    )
    let row = try #require(try await due().first)
    #expect(row.state(at: fixture.clock.now) == .due)
    #expect(row.dueAt?.description == "2025-12-31T23:59:59Z")
    #expect((row.count, row.asOf) == (1200, fixture.clock.now))
    #expect(row.words == "10 years from the end of the year of invoice")
    let rule = try #require(
      try await fixture.store.answer(RetentionByReference("RET-0001"))
    )
    #expect(rule.facts.stocks.map(\.by) == ["meyer"])
    fixture.clock.advance(by: .seconds(60))
    var run = RegisterFixture.run
    run.done = StatedTime(fixture.clock.now)
    let receipt = try await fixture.store.apply(AddDeletion(run), origin: "test")
    #expect(receipt.reference == "DEL-0002")
    #expect(try await due() == [])
    try await fixture.store.undo([receipt.entry], origin: "test")
    #expect(try await due().count == 1)
  }

  @Test func `refuses a run under a legal hold, names it, and marks what is held`() async throws {
    let fixture = try await Self.filled()
    let year = try #require(StatedTime(year: 2015))
    var hold = RegisterFixture.hold
    (hold.until, hold.from) = (nil, StatedTime(fixture.clock.now))
    try await fixture.store.apply(
      [
        RecordStock(
          id: 1,
          basedOn: nil,
          stock: RetentionStock(
            triggered: year,
            count: 3,
            asOf: Instant(seconds: 0),
            by: ""
          )
        ),
        AddHold(hold),
      ],
      origin: "test"
    )
    let rows = try await fixture.store.answer(DueDataList())
    #expect(rows.map { $0.state(at: fixture.clock.now) } == [.held])
    #expect(rows.first?.holds == ["HLD-0002 (Suit)"])
    var run = RegisterFixture.run
    run.done = StatedTime(fixture.clock.now)
    let error = await #expect(throws: StoreError.self) {
      try await fixture.store.apply(AddDeletion(run), origin: "test")
    }
    #expect(error?.description.contains("under legal hold HLD-0002 (Suit)") == true)
    // What was deleted before the hold was ordered may still be written down.
    try await fixture.store.apply(AddDeletion(RegisterFixture.run), origin: "test")
  }

  @Test func `keeps a command's last count in place of the one before`() async throws {
    let fixture = try await Self.filled()
    func counted(_ count: Int64) -> RecordStock {
      RecordStock(
        id: 1,
        basedOn: nil,
        stock: RetentionStock(
          triggered: nil,
          count: count,
          asOf: Instant(seconds: 0),
          by: "",
          run: CommandRun(
            arguments: ["count"],
            status: 0,
            host: "h",
            startedAt: Instant(seconds: 0),
            milliseconds: 1,
            isCut: false
          ),
          upTo: "2015-12-31"
        )
      )
    }
    try await fixture.store.apply([counted(9), counted(7)], origin: "test")
    let rows = try await fixture.store.answer(DueDataList())
    #expect(rows.map(\.count) == [7])
    #expect(rows.map { $0.state(at: fixture.clock.now + .seconds(1)) } == [.due])
    try await fixture.store.apply(counted(0), origin: "test")
    #expect(try await fixture.store.answer(DueDataList()) == [])
  }

  /// What an alteration with sqlite3 shows in `tocsin verify`.
  @Test(arguments: [
    (
      "UPDATE activity SET facts = replace(facts, 'Orders', 'Odders'), name = 'Odders', "
        + "words = replace(words, 'Orders', 'Odders') WHERE id = 1",
      Subject(.activity, 1), "it does not say what the journal says: name"
    ),
    (
      "UPDATE activity SET words = '' WHERE id = 1", Subject(.activity, 1),
      "what it is found by is not what it says"
    ),
    (
      "UPDATE activity SET isRemoved = 1 WHERE id = 2", Subject(.activity, 2),
      "whether it was removed is not as in the journal"
    ),
    (
      "UPDATE activity SET version = 9 WHERE id = 2", Subject(.activity, 2),
      "its version is not the one in the journal"
    ),
    (
      "UPDATE activity SET openedAt = 5 WHERE id = 2", Subject(.activity, 2),
      "it was not opened when it says"
    ),
    ("DELETE FROM activity WHERE id = 2", Subject(.activity, 2), "it was deleted"),
    (
      "INSERT INTO activity SELECT 3, 'ACT-0003', 1, 0, facts, openedAt, updatedAt, name, source, "
        + "words FROM activity WHERE id = 2", Subject(.activity, 3),
      "no entry of the journal has added it"
    ),
    (
      "UPDATE activity SET facts = '{}' WHERE id = 2", Subject(.activity, 2),
      "a field holds what was never written"
    ),
    (
      "UPDATE retentionRule SET facts = replace(facts, '120', '12')", Subject(.retentionRule, 1),
      "it does not say what the journal says: rule"
    ),
    (
      "UPDATE legalHold SET facts = replace(facts, 'court', 'fun')", Subject(.legalHold, 1),
      "it does not say what the journal says: reason"
    ),
    (
      "UPDATE deletion SET reference = 'DEL-0007'", Subject(.deletion, 1),
      "its reference is not the one in the journal"
    ),
  ])
  func `is found altered by sqlite3`(sql: String, subject: Subject, problem: String) async throws {
    let fixture = try await Self.filled()
    #expect(try RecordVerifier.verify(path: fixture.path).bad.isEmpty)
    #expect(try RecordVerifier.verify(path: fixture.path).register == 5)
    try fixture.store.close()
    try RegisterTampering.run(fixture.path, sql)
    let bad = try RecordVerifier.verify(path: fixture.path).bad
    #expect(bad.map(\.subject) == [subject])
    #expect(bad.map(\.problem) == [problem])
  }
}

/// Alters a store as sqlite3 would.
enum RegisterTampering {
  static func run(_ path: String, _ sql: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }
}

struct `What Tocsin itself keeps of people` {
  private static func rule(_ target: RetentionTarget) -> AddRetention {
    var facts = RetentionFacts(
      title: "Own",
      trigger: target == .mailings ? .incidentClosed : .requestSettled,
      period: .months(6),
      ground: "our own rule"
    )
    facts.target = target
    return AddRetention(facts)
  }

  private static func due(_ ledger: LedgerFixture) async throws -> [DueData] {
    try await ledger.store.answer(DueDataList(until: ledger.fixture.clock.now + .seconds(1 << 30)))
  }

  @Test func `stands in the list of what is due by the rule for mailings`() async throws {
    let ledger = try await LedgerFixture(3)
    // Without a rule and without a day nobody knows until when.
    #expect(try await Self.due(ledger).map(\.state) == [.unknown])
    try await ledger.store.apply(Self.rule(.mailings), origin: "test")
    #expect(try await Self.due(ledger) == [])
    try await ledger.store.apply(
      MoveIncident(id: 1, basedOn: nil, state: .closed, reason: "done"),
      origin: "test"
    )
    let row = try #require(try await Self.due(ledger).first)
    #expect((row.rule, row.reference, row.count) == ("RET-0001", "MLG-2026-0001", 3))
    #expect(row.dueAt?.description == "2026-11-18T23:59:59Z")
    // Before its day it is erased on order alone; from then on by its rule.
    await #expect(throws: StoreError.self) {
      try await ledger.store.apply(
        EraseMailing(id: ledger.mailing, basedOn: nil, isOrdered: false),
        origin: "test"
      )
    }
    ledger.fixture.clock.advance(by: .seconds(185 * 86_400))
    #expect(
      try await ledger.store.answer(DueDataList()).map { $0.state(at: ledger.fixture.clock.now) }
        == [.due]
    )
    try await ledger.move(.exempt, cause: "no risk")
    try await ledger.store.apply(
      EraseMailing(id: ledger.mailing, basedOn: nil, isOrdered: false),
      origin: "test"
    )
    #expect(try await Self.due(ledger) == [])
  }

  @Test func `is kept by a legal hold on its incident, even against an order`() async throws {
    let ledger = try await LedgerFixture(
      3,
      keepUntil: StatedTime(Instant(seconds: 1_779_110_000))
    )
    ledger.fixture.clock.advance(by: .seconds(3_600))
    try await ledger.store.apply(
      AddHold(
        HoldFacts(
          title: "Suit",
          reason: "court",
          scope: ["INC-2026-0001"],
          from: StatedTime(ledger.fixture.clock.now)
        )
      ),
      origin: "test"
    )
    #expect(
      try await Self.due(ledger).map { $0.state(at: ledger.fixture.clock.now) } == [.held]
    )
    let error = await #expect(throws: StoreError.self) {
      try await ledger.store.apply(
        EraseMailing(id: ledger.mailing, basedOn: nil, isOrdered: true),
        origin: "test"
      )
    }
    #expect(error?.description.contains("HLD-0001 (Suit)") == true)
    #expect(try ledger.problems() == [])
  }
}

extension DueData {
  fileprivate var state: State { state(at: Instant(seconds: 1_779_108_000)) }
}
