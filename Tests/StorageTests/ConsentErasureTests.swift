import Foundation
import Model
import Storage
import TestSupport
import Testing

/// What several tests do with consent records.
extension ConsentFixture {
  func withdraw(_ person: Int, channel: String = "phone", at: Int64 = 1_778_000_000) async throws {
    _ = try await store.perform(
      ConsentStatement(
        of: MadeUpConsents.reference(person),
        purpose: purpose,
        at: StatedTime(Instant(seconds: at)),
        channel: channel
      ),
      origin: "test"
    )
  }

  @discardableResult
  func erase(_ person: Int, in store: SQLiteStore? = nil) async throws -> Int {
    try await (store ?? self.store).perform(
      ConsentErasure(of: MadeUpConsents.reference(person), reason: "REQ-2026-0001"),
      origin: "test"
    ).records.values.reduce(0, +)
  }

  func eraseAll(
    ordered: Bool = true,
    in store: SQLiteStore? = nil
  ) async throws -> PurposeErasure.Outcome {
    try await (store ?? self.store).perform(
      PurposeErasure(ErasePurpose(id: purpose, basedOn: nil, isOrdered: ordered)),
      origin: "test"
    )
  }

  func wantTwo() async throws {
    var organisation = Organisation()
    organisation.needsSecondPerson = true
    try await store.apply(
      SetOrganisation(basedOn: nil, organisation: organisation),
      origin: "test"
    )
  }

  /// Adds a rule for consents and a hold on it.
  func holdRule() async throws {
    var rule = RetentionFacts(
      title: "Consents",
      trigger: .purposeEnd,
      period: .months(36),
      ground: "art. 7(1) GDPR"
    )
    rule.target = .consents
    let hold = HoldFacts(
      title: "Suit",
      reason: "court",
      scope: ["RET-0001"],
      from: StatedTime(Instant(seconds: 1_000))
    )
    try await store.apply([AddRetention(rule)], origin: "test")
    try await store.apply([AddHold(hold)], origin: "test")
  }
}

struct `A person with more than a thousand records` {
  private func ledger() async throws -> ConsentFixture {
    let rows = (0..<1_050).map {
      MadeUpConsents.Row(1, $0 % 2 == 0 ? .withdrawn : .given, at: 1_700_000_000 + Int64($0))
    }
    return try await ConsentFixture([.init(2)] + rows, batch: 400)
  }

  @Test func `may withdraw, and is erased from each of them`() async throws {
    let ledger = try await ledger()
    try await ledger.withdraw(1)
    #expect(try await ledger.row().count(ConsentFilter(parsing: "state:withdrawn")) == 1)
    #expect(try await ledger.erase(1) == 1_051)
    #expect(try await ledger.find(1).isEmpty)
    #expect(try await ledger.find(2).map(\.number) == [1])
    #expect(try ledger.problems() == [])
  }
}

struct `Erasing all who consented before their time` {
  @Test func `needs a second account where the organisation wants one`() async throws {
    let ledger = try await ConsentFixture([.init(1), .init(2)])
    try await ledger.wantTwo()
    let alone = await #expect(throws: StoreError.self) {
      try await ledger.store.apply(
        ErasePurpose(id: ledger.purpose, basedOn: nil, isOrdered: true),
        origin: "test"
      )
    }
    #expect(alone?.description.contains("wants a second person") == true)
    #expect(try await !ledger.eraseAll().isErased)
    let same = await #expect(throws: StoreError.self) { try await ledger.eraseAll() }
    #expect(same?.description.contains("another account must erase them") == true)
    #expect(try await ledger.find(1).map(\.number) == [1])
    let other = try ledger.fixture.another(actor: "okafor", uid: 4712)
    #expect(try await ledger.eraseAll(in: other).isErased)
    try other.close()
    #expect(try await ledger.row().purpose.facts.erasedAt != nil)
    #expect(try ledger.problems() == [])
  }

  @Test(arguments: ["undone", "grown"])
  func `asks for a new order where the first does not stand any more`(lapse: String) async throws {
    let ledger = try await ConsentFixture([.init(1), .init(2)])
    try await ledger.wantTwo()
    let order = try await ledger.eraseAll().receipt
    #expect(order.isReversible)
    if lapse == "undone" {
      try await ledger.store.undo([order.entry], origin: "test")
    } else {
      try await ledger.add([.init(3)])
    }
    let other = try ledger.fixture.another(actor: "okafor", uid: 4712)
    #expect(try await !ledger.eraseAll(in: other).isErased)
    try other.close()
    #expect(try ledger.problems() == [])
  }
}

struct `A legal hold on a rule for consents` {
  @Test func `keeps one person, all of them and the list of what is due`() async throws {
    let ledger = try await ConsentFixture([.init(1), .init(2)])
    try await ledger.holdRule()
    for _ in 1...2 {
      let one = await #expect(throws: StoreError.self) { try await ledger.erase(1) }
      #expect(one?.description.contains("under legal hold") == true)
      let all = await #expect(throws: StoreError.self) { try await ledger.eraseAll() }
      #expect(all?.description.contains("under legal hold") == true)
      // No order for it is taken either.
      try await ledger.wantTwo()
    }
    var ended = try await ledger.row().purpose.facts
    ended.ended = StatedTime(Instant(seconds: 1_779_000_000))
    try await ledger.store.apply(
      [EditPurpose(id: ledger.purpose, basedOn: nil, facts: ended)],
      origin: "test"
    )
    ledger.fixture.clock.advance(by: .seconds(37 * 31 * 86_400))
    let due = try await ledger.store.answer(DueDataList())
    #expect(due.map { $0.state(at: ledger.fixture.clock.now) } == [.held])
  }

  @Test func `keeps mailings where it is one for mailings`() async throws {
    let ledger = try await LedgerFixture(2)
    var rule = RetentionFacts(
      title: "Told",
      trigger: .incidentClosed,
      period: .months(12),
      ground: "art. 5(1)(e) GDPR"
    )
    rule.target = .mailings
    try await ledger.store.apply([AddRetention(rule)], origin: "test")
    let hold = HoldFacts(
      title: "Suit",
      reason: "court",
      scope: ["RET-0001"],
      from: StatedTime(Instant(seconds: 1_000))
    )
    try await ledger.store.apply([AddHold(hold)], origin: "test")
    let error = await #expect(throws: StoreError.self) {
      try await ledger.store.perform(
        MailingErasure(EraseMailing(id: ledger.mailing, basedOn: nil, isOrdered: true)),
        origin: "test"
      )
    }
    #expect(error?.description.contains("under legal hold") == true)
  }
}

struct `The channel of a withdrawal` {
  @Test func `holds no address, for it is kept as it is`() async throws {
    let ledger = try await ConsentFixture([.init(1)])
    let error = await #expect(throws: StoreError.self) {
      try await ledger.withdraw(1, channel: "jane@example.org")
    }
    #expect(error?.description.contains("no address") == true)
    #expect(try ledger.found([Data("jane@".utf8)]) == [])
  }
}

struct `Consents that were erased after the backup` {
  private func restored(
    _ ledger: ConsentFixture,
    since: () async throws -> Void
  ) async throws -> RestoreReport {
    let backup = ledger.fixture.directory.file("backup.sqlite")
    _ = try Backup.write(from: ledger.fixture.path, to: backup)
    try await since()
    try ledger.store.close()
    return try await Backup.restore(
      from: backup,
      to: ledger.fixture.path,
      options: StoreFixture.options(ledger.fixture.clock)
    )
  }

  private func find(_ person: Int, _ ledger: ConsentFixture) async throws -> [Int64] {
    let store = try ledger.fixture.another()
    let found = try await store.answer(
      FindConsents(purpose: ledger.purpose, reference: MadeUpConsents.reference(person))
    )
    try store.close()
    return found.map(\.number)
  }

  @Test func `are erased again, each person's that were in it`() async throws {
    let ledger = try await ConsentFixture([
      .init(1), .init(2), .init(2, .withdrawn, at: 1_700_000_900), .init(3),
    ])
    try await ledger.erase(3)
    let report = try await restored(ledger) {
      try await ledger.add([.init(2, at: 1_710_000_000)])
      try await ledger.erase(2)
    }
    #expect(report.erased == ["2 consent records of PUR-0001"])
    #expect(report.notErased == [])
    #expect(try await find(1, ledger) == [1])
    #expect(try await find(2, ledger).isEmpty)
    #expect(try ledger.problems() == [])
  }

  @Test func `are not put back twice either`() async throws {
    let ledger = try await ConsentFixture([.init(1), .init(2)])
    _ = try await restored(ledger) { try await ledger.erase(2) }
    let again = try await Backup.restore(
      from: ledger.fixture.directory.file("backup.sqlite"),
      to: ledger.fixture.path,
      options: StoreFixture.options(ledger.fixture.clock)
    )
    #expect(again.erased == ["1 consent record of PUR-0001"])
    #expect(try await find(2, ledger).isEmpty)
    #expect(try ledger.problems() == [])
  }

  @Test func `are said to be there where the replaced store does not name them any more`()
    async throws
  {
    let ledger = try await ConsentFixture([.init(1), .init(2)])
    let report = try await restored(ledger) {
      try await ledger.erase(2)
      try ledger.alter(
        """
        UPDATE journalDetail SET change = NULL, inverse = NULL, headline = NULL, salt = NULL
        WHERE id = (SELECT id FROM journal WHERE action = 'consents.erase')
        """
      )
    }
    #expect(report.erased == [])
    #expect(report.notErased.count == 1)
    #expect(report.notErased.first?.contains("erase them again by reference") == true)
  }

  @Test func `of a purpose as a whole are erased again by its key`() async throws {
    let ledger = try await ConsentFixture([.init(1), .init(2)])
    try await ledger.wantTwo()
    let other = try ledger.fixture.another(actor: "okafor", uid: 4712)
    let report = try await restored(ledger) {
      _ = try await ledger.eraseAll()
      _ = try await ledger.eraseAll(in: other)
      try other.close()
    }
    #expect(report.erased == ["who consented to PUR-0001"])
    await #expect(throws: StoreError.self) { try await find(1, ledger) }
    #expect(try ledger.problems() == [])
  }
}
