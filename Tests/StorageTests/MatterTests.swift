import Model
import Storage
import TestSupport
import Testing

struct `A matter that came back from a person` {
  @discardableResult
  private func log(
    _ ledger: LedgerFixture,
    _ kind: MatterKind = .question,
    from recipient: Int64? = 2,
    _ text: String = "Canary asks why"
  ) async throws -> RecordID {
    try await ledger.store.perform(
      MatterIntake(
        into: ledger.mailing,
        kind,
        from: recipient,
        over: .telephone,
        receivedAt: StatedTime(ledger.fixture.clock.now),
        text: text
      ),
      origin: "test"
    )
  }

  private func read(_ ledger: LedgerFixture, _ number: RecordID) async throws -> MailingMatter {
    try await ledger.store.perform(
      MatterReveal(of: ledger.mailing, number, reason: "to answer"),
      origin: "test"
    )
  }

  private func list(_ ledger: LedgerFixture) async throws -> [MailingMatter] {
    try await ledger.store.answer(
      MailingMatters(of: ledger.mailing, window: RowWindow(start: 0, count: 10))
    ).rows
  }

  @Test func `is sealed, answered, counted, and read only with a reason that is kept`()
    async throws
  {
    let ledger = try await LedgerFixture(3)
    #expect(try await log(ledger) == 1)
    #expect(try await log(ledger, .complaint, from: nil) == 2)
    let version = try await ledger.store.perform(
      MatterAnswer(of: ledger.mailing, 1, text: "Canary was told"),
      origin: "test"
    )
    #expect(version == 2)
    #expect(try await list(ledger).map(\.number) == [2, 1])
    #expect(try await list(ledger).allSatisfy { $0.text == nil && $0.answer == nil })
    let matter = try await read(ledger, 1)
    #expect(matter.text == "Canary asks why")
    #expect(matter.answer == "Canary was told")
    #expect(matter.state == .answered)
    #expect(matter.settledBy == "meyer")
    #expect(matter.recipient == 2)
    let counts = try await ledger.store.answer(MatterNumbers(of: ledger.mailing))
    #expect(
      counts == [
        .init(kind: .complaint, state: .open, count: 1),
        .init(kind: .question, state: .answered, count: 1),
      ]
    )
    let journal = try await ledger.store.answer(
      JournalWindow(JournalFilter(), RowWindow(start: 0, count: 9))
    )
    #expect(journal.rows.map(\.headline).contains("read matter 1: to answer"))
    #expect(try ledger.problems() == [])
    #expect(try ledger.found(["Canary"]) == [])
  }

  @Test func `is handed to Privacy, and that can be taken back`() async throws {
    let ledger = try await LedgerFixture(3)
    try await log(ledger, .rightsRequest)
    let receipt = try await ledger.store.apply(
      HandOverMatter(mailing: ledger.mailing, number: 1, handedTo: "DSR-7"),
      origin: "test"
    )
    #expect(try await list(ledger).map(\.handedTo) == ["DSR-7"])
    await #expect(throws: StoreError.self) {
      try await ledger.store.perform(
        MatterAnswer(of: ledger.mailing, 1, text: "late"),
        origin: "test"
      )
    }
    #expect(try ledger.problems() == [])
    try await ledger.store.undo([receipt.entry], origin: "test")
    #expect(try await list(ledger).map(\.state) == [.open])
    #expect(try ledger.problems() == [])
  }

  @Test func `is refused without a text, of nobody, or out of the future`() async throws {
    let ledger = try await LedgerFixture(3)
    await #expect(throws: StoreError.self) { try await log(ledger, from: 4) }
    await #expect(throws: StoreError.self) { try await log(ledger, from: 2, " \n") }
    await #expect(throws: StoreError.self) {
      try await ledger.store.perform(
        MatterIntake(
          into: ledger.mailing,
          .question,
          from: nil,
          over: .post,
          receivedAt: StatedTime(ledger.fixture.clock.now + .seconds(60)),
          text: "x"
        ),
        origin: "test"
      )
    }
    #expect(try await list(ledger).isEmpty)
  }

  @Test func `cannot be read once the mailing was erased, and stays counted`() async throws {
    let ledger = try await LedgerFixture(3)
    try await log(ledger)
    try await ledger.store.perform(
      MailingErasure(EraseMailing(id: ledger.mailing, basedOn: nil, isOrdered: true)),
      origin: "test"
    )
    await #expect(throws: StoreError.self) { try await read(ledger, 1) }
    #expect(try await list(ledger).count == 1)
    #expect(try ledger.problems() == [])
  }

  @Test(arguments: [
    ("UPDATE mailingMatter SET sealed = zeroblob(60)", "is not what was written down"),
    ("UPDATE mailingMatter SET kind = 'complaint'", "is not what was written down"),
    ("UPDATE mailingMatter SET answer = zeroblob(60)", "is not the one that was given"),
    ("DELETE FROM mailingMatter", "was deleted"),
    (
      "UPDATE mailingMatter SET state = 'open', answer = NULL, settledAt = NULL",
      "does not stand as it should"
    ),
  ])
  func `is looked at by verify`(sql: String, problem: String) async throws {
    let ledger = try await LedgerFixture(3)
    try await log(ledger)
    try await ledger.store.perform(
      MatterAnswer(of: ledger.mailing, 1, text: "told"),
      origin: "test"
    )
    let found = try ledger.problems(after: sql)
    #expect(found.contains { $0.contains(problem) }, "\(found)")
  }
}
