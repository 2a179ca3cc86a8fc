import Model
import Storage
import TestSupport
import Testing

struct `A batch that was begun` {
  /// Five people who wait for post under an edition that is in force, and a batch of them that broke off.
  private func broken(_ failure: KeptBatch.Failure = .write) async throws -> LedgerFixture {
    let ledger = try await LedgerFixture(5)
    try await ledger.queue()
    let edition = try await ledger.approve()
    await #expect(throws: KeptBatch.Failure.self) {
      try await ledger.export(
        texts: OneText(edition: edition),
        into: KeptBatch(failing: failure)
      )
    }
    return ledger
  }

  private func withdraw(_ ledger: LedgerFixture) async throws {
    let edition = try #require(try await ledger.edition())
    try await ledger.store.apply(
      WithdrawEdition(id: edition.id, basedOn: edition.version, reason: "a wrong number"),
      origin: "test"
    )
  }

  private func giveUp(_ ledger: LedgerFixture, _ number: RecordID = 1) async throws
    -> BatchGivingUp.Outcome
  {
    try await ledger.store.perform(
      BatchGivingUp(of: ledger.mailing, number, reason: "the text is wrong"),
      origin: "test"
    )
  }

  @Test(arguments: KeptBatch.Failure.allCases)
  func `does not leave once its approval is withdrawn, and can be given up`(
    failure: KeptBatch.Failure
  ) async throws {
    let ledger = try await broken(failure)
    try await withdraw(ledger)
    let sink = KeptBatch()
    let error = await #expect(throws: StoreError.self) { try await ledger.export(into: sink) }
    #expect(
      error?.description == """
        batch 1 was begun under E1, which is withdrawn: a wrong number; it does not leave; to put those \
        in it back into the queue: tocsin mailing export-post MLG-2026-0001 --give-up 1 --reason WHY
        """
    )
    #expect(sink.lines == [])
    let outcome = try await giveUp(ledger)
    #expect(outcome.returned == 5)
    #expect(outcome.batch.isGivenUp)
    #expect(outcome.batch.state == .closed)
    #expect(try await ledger.counts() == ["queued": 5])
    #expect(
      try await ledger.headlines().contains("gives batch 1 up: the text is wrong")
    )
    #expect(try ledger.problems() == [])
    // What is approved then goes with the next batch, to the same people.
    let edition = try await ledger.approve()
    let next = try await ledger.export(texts: OneText(edition: edition, name: "E2"))
    #expect((next.batch.number, next.batch.count, next.isResumed) == (2, 5, false))
    #expect(try ledger.problems() == [])
  }

  @Test func `does not leave under the approval of another text`() async throws {
    let ledger = try await broken()
    try await withdraw(ledger)
    let edition = try await ledger.approve()
    await #expect(throws: StoreError.self) {
      try await ledger.export(texts: OneText(edition: edition))
    }
    #expect(try await ledger.counts() == ["uncertain": 5])
  }

  @Test func `journals for every export to whom it goes, and why`() async throws {
    let ledger = try await broken()
    try await ledger.export(reason: "to another printer")
    let headlines = try await ledger.headlines()
    #expect(headlines.contains("began batch 1 for post: to the printer"))
    #expect(headlines.contains("goes on with batch 1: to another printer"))
    #expect(headlines.contains("disclosed 5 recipients in batch 1: to another printer"))
    #expect(try ledger.problems() == [])
  }

  @Test func `cannot be given up once it is closed, or twice, or by no reason`() async throws {
    let ledger = try await broken()
    await #expect(throws: StoreError.self) {
      try await ledger.store.perform(
        BatchGivingUp(of: ledger.mailing, 1, reason: " "),
        origin: "test"
      )
    }
    await #expect(throws: StoreError.self) { try await giveUp(ledger, 9) }
    _ = try await giveUp(ledger)
    let twice = await #expect(throws: StoreError.self) { try await giveUp(ledger) }
    #expect(twice?.description == "batch 1 was given up already")
    try await ledger.export()
    let closed = await #expect(throws: StoreError.self) { try await giveUp(ledger, 2) }
    #expect(closed?.description.contains("it cannot be given up") == true)
    let again = await #expect(throws: StoreError.self) {
      try await ledger.store.perform(
        BatchRewriting(of: ledger.mailing, 1, reason: "lost", into: KeptBatch()),
        origin: "test"
      )
    }
    #expect(again?.description == "batch 1 was given up; nobody gets it")
  }

  @Test func `leaves whom an officer took elsewhere where they are`() async throws {
    let ledger = try await broken()
    try await ledger.move(.handedOver, numbers: [2])
    try await ledger.move(.unreachable, numbers: [3])
    #expect(try await giveUp(ledger).returned == 3)
    #expect(
      try await ledger.counts() == ["queued": 3, "handed-over": 1, "unreachable": 1]
    )
    #expect(try ledger.problems() == [])
  }

  @Test(arguments: [
    "UPDATE mailingBatch SET isGivenUp = 0", "UPDATE mailingBatch SET isRegistered = 1",
    "UPDATE mailingBatch SET number = 7",
  ])
  func `is looked at by verify when it was given up`(sql: String) async throws {
    let ledger = try await broken()
    _ = try await giveUp(ledger)
    let found = try ledger.problems(after: sql)
    #expect(found.contains { $0.contains("batch 1") }, "\(found)")
  }
}
