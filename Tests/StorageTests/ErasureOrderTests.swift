import Foundation
import Model
import Storage
import TestSupport
import Testing

struct `Erasing recipients before their time` {
  private func erase(
    _ ledger: LedgerFixture,
    in store: SQLiteStore? = nil,
    ordered: Bool = true,
    whileTelling: Bool = false
  ) async throws -> MailingErasure.Outcome {
    try await (store ?? ledger.store).perform(
      MailingErasure(
        EraseMailing(
          id: ledger.mailing,
          basedOn: nil,
          isOrdered: ordered,
          whileTelling: whileTelling
        )
      ),
      origin: "test"
    )
  }

  @Test func `needs a second account where the organisation wants one`() async throws {
    let ledger = try await LedgerFixture(4)
    try await ledger.want(second: true)
    let first = try await erase(ledger)
    #expect(!first.isErased)
    #expect(first.untold == 4)
    let outlook = try await ledger.store.answer(ErasureOutlook(of: ledger.mailing))
    #expect(outlook.order?.by == "meyer")
    #expect(outlook.needsTwo && !outlook.isOver)
    // The same account is no second person.
    let error = await #expect(throws: StoreError.self) { try await erase(ledger) }
    #expect(error?.description.contains("another account must erase them") == true)
    let other = try ledger.fixture.another(actor: "okafor", uid: 4712)
    let second = try await erase(ledger, in: other)
    #expect(second.isErased)
    #expect(try await ledger.status().mailing.state == .erased)
    try other.close()
    #expect(try ledger.problems() == [])
  }

  @Test func `is not done by one change that leaves the order out`() async throws {
    let ledger = try await LedgerFixture(2)
    try await ledger.want(second: true)
    let error = await #expect(throws: StoreError.self) {
      try await ledger.store.apply(
        EraseMailing(id: ledger.mailing, basedOn: nil, isOrdered: true),
        origin: "test"
      )
    }
    #expect(error?.description.contains("wants a second person") == true)
  }

  enum Lapse: CaseIterable { case undone, edited, grown }

  @Test(arguments: Lapse.allCases)
  func `asks for a new order where the first was taken back or the mailing altered`(lapse: Lapse)
    async throws
  {
    let ledger = try await LedgerFixture(2)
    try await ledger.want(second: true)
    let order = try await erase(ledger).receipt
    switch lapse {
    case .undone: try await ledger.store.undo([order.entry], origin: "test")
    case .edited:
      try await ledger.store.apply(
        EditMailing(id: ledger.mailing, basedOn: nil, facts: MailingFacts(name: "Others")),
        origin: "test"
      )
    case .grown: try await ledger.add(MadeUpRecipients(count: 5))
    }
    let other = try ledger.fixture.another(actor: "okafor", uid: 4712)
    #expect(try await !erase(ledger, in: other).isErased)
    try other.close()
  }

  @Test func `needs nobody else once their time is over`() async throws {
    let until = StatedTime(Instant(seconds: 1_779_200_000))
    let ledger = try await LedgerFixture(2, keepUntil: until)
    try await ledger.want(second: true)
    ledger.fixture.clock.advance(by: .seconds(200_000))
    // Who is not told yet is erased by two all the same.
    await #expect(throws: StoreError.self) { try await erase(ledger, ordered: false) }
    #expect(try await !ledger.store.answer(ErasureOutlook(of: ledger.mailing)).isOver)
    try await ledger.move(.exempt, cause: "no risk")
    #expect(try await erase(ledger, ordered: false).isErased)
  }

  @Test func `is not done by the one who ordered it once nobody else is wanted`() async throws {
    let ledger = try await LedgerFixture(2)
    try await ledger.want(second: true)
    _ = try await erase(ledger)
    try await ledger.want(second: false)
    #expect(try await ledger.store.answer(ErasureOutlook(of: ledger.mailing)).needsTwo)
    let error = await #expect(throws: StoreError.self) { try await erase(ledger) }
    #expect(error?.description.contains("another account must erase them") == true)
    let other = try ledger.fixture.another(actor: "okafor", uid: 4712)
    #expect(try await erase(ledger, in: other).isErased)
    try other.close()
    #expect(try ledger.problems() == [])
  }

  enum Shortening: CaseIterable { case nearer, takenBackFirst, fromNone }

  @Test(arguments: Shortening.allCases)
  func `needs a second account where the date was brought nearer`(how: Shortening) async throws {
    let near = StatedTime(Instant(seconds: 1_779_200_000))
    let far = StatedTime(Instant(seconds: 1_900_000_000))
    let ledger = try await LedgerFixture(2, keepUntil: how == .fromNone ? nil : far)
    try await ledger.want(second: true)
    try await ledger.move(.exempt, cause: "no risk")
    for until in how == .takenBackFirst ? [nil, near] : [near] {
      try await ledger.store.apply(
        EditMailing(
          id: ledger.mailing,
          basedOn: nil,
          facts: MailingFacts(name: "Customers", keepUntil: until)
        ),
        origin: "test"
      )
    }
    ledger.fixture.clock.advance(by: .seconds(200_000))
    let error = await #expect(throws: StoreError.self) { try await erase(ledger, ordered: false) }
    #expect(error?.description.contains("were to be kept longer") == true)
    #expect(try await !erase(ledger).isErased)
    let other = try ledger.fixture.another(actor: "okafor", uid: 4712)
    #expect(try await erase(ledger, in: other).isErased)
    try other.close()
  }

  @Test(arguments: [RecipientState.queued, .uncertain])
  func `is refused while people are in hand, and says how many are not told`(state: RecipientState)
    async throws
  {
    let ledger = try await LedgerFixture(5)
    try await ledger.move(.approved)
    try await ledger.move(.queued, numbers: [1, 2])
    if state == .uncertain { try await ledger.move(.uncertain, numbers: [1, 2]) }
    let error = await #expect(throws: StoreError.self) { try await erase(ledger) }
    #expect(
      error?.description == """
        2 people of MLG-2026-0001 are queued or uncertain: 5 in all are not told yet and never would \
        be; finish the telling first, or say that they are to be erased all the same
        """
    )
    let erased = try await erase(ledger, whileTelling: true)
    #expect(erased.isErased)
    #expect(erased.untold == 5)
    #expect(try ledger.problems() == [])
  }
}
