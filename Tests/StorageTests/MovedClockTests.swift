import Model
import Storage
import TestSupport
import Testing

/// What an entry's time says in law is the host's clock, not one that somebody typed.
struct `A clock that was given` {
  private func mark(_ ledger: LedgerFixture, from origin: String) async throws -> Int {
    try await ledger.store.perform(
      RecipientMove(of: ledger.mailing, numbers: [1], to: RecipientStep(to: .approved)),
      origin: origin
    )
  }

  @Test func `does not mark anybody in a store that was begun by the host's`() async throws {
    let ledger = try await LedgerFixture(2)
    let error = await #expect(throws: StoreError.self) {
      try await mark(ledger, from: "mailing mark --now")
    }
    #expect(error?.description.contains("--now is for tours and tests") == true)
    #expect(try await ledger.counts() == ["pending": 2])
    #expect(try await mark(ledger, from: "mailing mark") == 1)
  }

  @Test func `does not bring the end of keeping nearer`() async throws {
    let until = StatedTime(Instant(seconds: 1_779_200_000))
    let ledger = try await LedgerFixture(2, keepUntil: until)
    ledger.fixture.clock.advance(by: .seconds(200_000))
    await #expect(throws: StoreError.self) {
      try await ledger.store.perform(
        MailingErasure(EraseMailing(id: ledger.mailing, basedOn: nil, isOrdered: false)),
        origin: "mailing erase --now"
      )
    }
    #expect(try await ledger.status().mailing.state != .erased)
  }

  @Test(arguments: ["sample", "incident add --now"])
  func `does all of it in the sample, and where the store was begun under one`(origin: String)
    async throws
  {
    let fixture = try StoreFixture()
    let mailing = try await ApprovedMailing.make(in: fixture.store, people: 2, origin: origin)
    let moved = try await fixture.store.perform(
      RecipientMove(
        of: mailing.id,
        numbers: [1],
        to: RecipientStep(to: .queued, channel: .email)
      ),
      origin: "mailing mark --now"
    )
    #expect(moved == 1)
  }

  @Test func `writes what has no time in law, and says that it was given`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("first")
    try await fixture.store.apply(
      OpenIncident(facts: IncidentFacts(title: "second")),
      origin: "incident add --now"
    )
  }
}
