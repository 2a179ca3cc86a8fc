import Model
import TestSupport
import Testing

@testable import Storage

struct `Hand-overs against a deadline` {
  @Test func `are counted to the very instant, where they were`() async throws {
    let ledger = try await LedgerFixture(9)
    let start = ledger.fixture.clock.now
    try await ledger.move(.approved)
    try await ledger.move(.queued)
    // Three each, one of each place: at noon, three hours later, and on the next day.
    for numbers in [[1, 2, 3], [4, 5, 6], [7, 8, 9]] as [[Int64]] {
      try await ledger.move(.handedOver, numbers: numbers)
      ledger.fixture.clock.advance(by: .seconds(numbers == [4, 5, 6] ? 86_400 : 3 * 3600))
    }
    func split(_ due: Instant) async throws -> [HandOverSplit] {
      let mailing = ledger.mailing
      return try await ledger.store.read {
        try HandOverCount(mailing, in: $0).split(at: due, in: $0)
      }
    }
    for (due, byThen) in [
      (start - .seconds(1), 0), (start, 1), (start + .seconds(3 * 3600 - 1), 1),
      (start + .seconds(3 * 3600), 2), (start + .seconds(4 * 3600), 2),
      (start + .seconds(20 * 3600), 2), (start + .seconds(40 * 3600), 3),
    ] {
      let found = try await split(due)
      #expect(found.map(\.jurisdiction) == ["EU-DE", "EU-FR", "US-CA"])
      #expect(found.map(\.byThen) == [byThen, byThen, byThen], "\(due)")
      #expect(found.map(\.later) == [3 - byThen, 3 - byThen, 3 - byThen], "\(due)")
    }
  }

  @Test func `leave out those to whom nothing could be sent`() async throws {
    let ledger = try await LedgerFixture(6)
    try await ledger.move(.approved)
    try await ledger.move(.queued)
    try await ledger.move(.uncertain)
    try await ledger.move(
      .bouncedHard,
      numbers: [1, 2],
      cause: AddressProblem.missing.description
    )
    try await ledger.move(.bouncedHard, numbers: [4], cause: "a mail came back: no such mailbox")
    let mailing = ledger.mailing
    let (now, days) = try await ledger.store.read { db in
      let counting = try HandOverCount(mailing, in: db)
      return (try counting.unusable(in: db), try counting.unusableDays(in: db))
    }
    #expect(now == ["EU-DE": 1, "EU-FR": 1])
    #expect(days == ["2026-05-18": 2])
  }
}

struct `How far a mailing is` {
  @Test func `follows from where its people stand`() async throws {
    let ledger = try await LedgerFixture(3)
    func state() async throws -> MailingState? {
      try await ledger.store.answer(MailingByID(ledger.mailing))?.state
    }
    #expect(try await state() == .draft)
    try await ledger.move(.approved)
    #expect(try await state() == .draft)
    try await ledger.move(.queued, numbers: [1])
    #expect(try await state() == .telling)
    try await ledger.move(.handedOver, numbers: [1])
    #expect(try await state() == .telling)
    try await ledger.move(.queued, numbers: [2])
    try await ledger.move(.handedOver, numbers: [2])
    try await ledger.move(.exempt, numbers: [3], cause: "no data")
    #expect(try await state() == .told)
    try await ledger.move(.bouncedSoft, numbers: [2])
    #expect(try await state() == .telling)
    try await ledger.move(.unreachable, numbers: [2])
    #expect(try await state() == .told)
    try await ledger.store.perform(
      MailingErasure(EraseMailing(id: ledger.mailing, basedOn: nil, isOrdered: true)),
      origin: "test"
    )
    #expect(try await state() == .erased)
  }

  @Test func `is kept until a date that is yet to come`() async throws {
    let past = StatedTime(Instant(seconds: 1_779_000_000))
    let error = await #expect(throws: StoreError.self) {
      try await LedgerFixture(1, keepUntil: past)
    }
    #expect(error?.description.contains("has passed") == true)
    let ledger = try await LedgerFixture(1, keepUntil: StatedTime(Instant(seconds: 1_779_200_000)))
    let facts = MailingFacts(name: "Customers", keepUntil: past)
    await #expect(throws: StoreError.self) {
      try await ledger.store.apply(
        EditMailing(id: ledger.mailing, basedOn: nil, facts: facts),
        origin: "test"
      )
    }
    // One that has passed since is no reason to refuse another edit.
    ledger.fixture.clock.advance(by: .seconds(400_000))
    var same = try #require(try await ledger.store.answer(MailingByID(ledger.mailing))).facts
    same.name = "Other customers"
    try await ledger.store.apply(
      EditMailing(id: ledger.mailing, basedOn: nil, facts: same),
      origin: "test"
    )
  }
}
