import Model
import Storage
import TestSupport
import Testing

struct `A batch for the printer` {
  @Test func `holds all who wait for the channel, hands them over and is closed`() async throws {
    let ledger = try await LedgerFixture(6)
    try await ledger.queue([1, 2, 4], for: .post)
    try await ledger.queue([3], for: .sms)
    let sink = KeptBatch()
    let outcome = try await ledger.export(into: sink)
    #expect(
      sink.lines == [
        "1 1 E1/T1.2 Canary Street 1, Berlin OFFER-1",
        "2 2 E1/T1.2 Canary Street 2, Berlin OFFER-2",
        "3 4 E1/T1.2 Canary Street 4, Berlin OFFER-4",
      ]
    )
    let batch = outcome.batch
    #expect(batch.number == 1)
    #expect(batch.state == .closed)
    #expect(batch.count == 3)
    #expect(batch.handedOver == 3)
    #expect(batch.reason == "to the printer")
    #expect(batch.openedBy == "meyer")
    #expect(
      batch.columns.map(\.rawValue) == [
        "batch", "line", "number", "name", "address", "offer", "text",
      ]
    )
    #expect(try await ledger.counts() == ["handed-over": 3, "queued": 1, "pending": 2])
    let history = try await ledger.store.answer(
      RecipientHistory(mailing: ledger.mailing, number: 4)
    )
    #expect(history.map(\.after) == [.pending, .approved, .queued, .uncertain, .handedOver])
    #expect(history.suffix(2).map(\.text) == ["E1/T1.2", "E1/T1.2"])
    #expect(history.suffix(2).map(\.cause) == ["batch 1", "batch 1"])
    #expect(try await ledger.store.answer(MailingBatches(of: ledger.mailing)) == [batch])
    let journal = try await ledger.store.answer(
      JournalWindow(JournalFilter(), RowWindow(start: 0, count: 50))
    )
    let words = journal.rows.map(\.headline)
    #expect(words.contains("began batch 1 for post: to the printer"))
    #expect(words.contains("disclosed 3 recipients in batch 1: to the printer"))
    #expect(try ledger.problems() == [])
    #expect(try ledger.found(["Canary", "OFFER-1", "person1@", "10000001"]) == [])
  }

  @Test func `takes those who are approved where this is the first way that reaches them`()
    async throws
  {
    let ledger = try await LedgerFixture(3)
    let facts = MailingFacts(name: "Customers", channels: [.email, .post])
    try await ledger.store.apply(
      EditMailing(id: ledger.mailing, basedOn: nil, facts: facts),
      origin: "test"
    )
    try await ledger.correct(2, ContactEdit(email: ""))
    try await ledger.move(.approved)
    let outcome = try await ledger.export(approved: true)
    #expect(outcome.batch.count == 1)
    #expect(try await ledger.counts() == ["handed-over": 1, "approved": 2])
    #expect(try await ledger.page(.first, "state:handed-over").rows.map(\.number) == [2])
    #expect(try ledger.problems() == [])
  }

  @Test func `leaves those without an address or text where they are, and says so`() async throws {
    let ledger = try await LedgerFixture(6)
    try await ledger.queue()
    try await ledger.correct(1, ContactEdit(address: ""))
    let outcome = try await ledger.export(texts: OneText(languages: ["de"]))
    #expect(outcome.withoutAddress == 1)
    #expect(outcome.withoutText == 4)
    #expect(outcome.batch.count == 1)
    #expect(try await ledger.counts() == ["handed-over": 1, "queued": 5])
    let error = await #expect(throws: StoreError.self) {
      try await ledger.export(texts: OneText(languages: ["de"]))
    }
    #expect(
      error?.description == """
        nobody in MLG-2026-0001 waits for post and can be told: 1 have no postal address, 4 have \
        no text
        """
    )
    // Of a batch with nobody in it nothing is written down.
    #expect(try await ledger.store.answer(MailingBatches(of: ledger.mailing)).count == 1)
  }

  @Test func `has only the columns that its own texts merge`() async throws {
    let ledger = try await LedgerFixture(6)
    try await ledger.queue()
    // Two texts: the German one merges what was exposed, the other the code of support.
    var texts = OneText(fields: [.offer, .categories], languages: ["de"])
    texts.merged = ["E1/T1.2": [.categories]]
    let batch = try await ledger.export(texts: texts).batch
    #expect(
      batch.columns == [.batch, .line, .number, .name, .address, .categories, .text]
    )
    #expect(try ledger.problems() == [])
    // And so it comes out again.
    let again = try await ledger.store.perform(
      BatchRewriting(of: ledger.mailing, 1, reason: "lost", into: KeptBatch()),
      origin: "test"
    )
    #expect(again.columns == batch.columns)
  }

  @Test func `takes at most so many, and the next one the others`() async throws {
    let ledger = try await LedgerFixture(5)
    try await ledger.queue()
    #expect(try await ledger.export(limit: 2).batch.count == 2)
    let second = try await ledger.export(limit: 9).batch
    #expect(second.number == 2)
    #expect(second.count == 3)
    #expect(try ledger.problems() == [])
  }

  @Test(arguments: KeptBatch.Failure.allCases)
  func `broken off is gone on with as it was, whatever was altered meanwhile`(
    failure: KeptBatch.Failure
  ) async throws {
    let ledger = try await LedgerFixture(5)
    try await ledger.queue([1, 2, 3])
    await #expect(throws: KeptBatch.Failure.self) {
      try await ledger.export(into: KeptBatch(failing: failure))
    }
    #expect(try await ledger.counts() == ["uncertain": 3, "pending": 2])
    let broken = try await ledger.store.answer(MailingBatches(of: ledger.mailing))
    #expect(broken.map(\.state) == [.fixed])
    // Given: another contact, another who waits, and one whom an officer took back.
    try await ledger.correct(2, ContactEdit(address: "Elsewhere 9"))
    try await ledger.queue([4, 5])
    try await ledger.move(.unreachable, numbers: [3])
    // When
    let sink = KeptBatch()
    let outcome = try await ledger.export(into: sink)
    // Then
    #expect(outcome.isResumed)
    #expect(sink.lines.count == 3)
    #expect(sink.lines[1] == "2 2 E1/T1.2 Canary Street 2, Berlin OFFER-2")
    #expect(outcome.batch.handedOver == 2)
    #expect(
      try await ledger.counts() == ["handed-over": 2, "unreachable": 1, "queued": 2]
    )
    #expect(try await ledger.export().batch.number == 2)
    #expect(try ledger.problems() == [])
  }

  @Test func `can be written again, and is refused where it comes out otherwise`() async throws {
    let ledger = try await LedgerFixture(4)
    try await ledger.queue()
    let first = KeptBatch()
    let batch = try await ledger.export(into: first).batch
    try await ledger.correct(1, ContactEdit(address: "Elsewhere 9"))
    func again(_ number: RecordID = 1, into sink: any BatchSink) async throws -> MailingBatch {
      try await ledger.store.perform(
        BatchRewriting(of: ledger.mailing, number, reason: "it was lost", into: sink),
        origin: "test"
      )
    }
    let second = KeptBatch()
    #expect(try await again(into: second) == batch)
    #expect(second.lines == first.lines)
    await #expect(throws: StoreError.self) { try await again(2, into: second) }
    final class Other: BatchSink {
      func begin(_ batch: MailingBatch) {}
      func write(_ rows: [BatchRow]) {}
      func finish() -> [BatchFile] { [BatchFile(name: "batch.csv", sha256: "0", bytes: 1)] }
    }
    let error = await #expect(throws: StoreError.self) { try await again(into: Other()) }
    #expect(error?.description.contains("came out otherwise") == true)
    #expect(try await ledger.counts() == ["handed-over": 4])
    #expect(try ledger.problems() == [])
  }

  @Test func `is refused without a reason, for e-mail, and when the people were erased`()
    async throws
  {
    let ledger = try await LedgerFixture(2)
    try await ledger.queue()
    for (channel, reason) in [(MailingChannel.post, " "), (.email, "mail")] {
      await #expect(throws: StoreError.self) {
        try await ledger.store.perform(
          BatchExport(
            of: ledger.mailing,
            over: channel,
            reason: reason,
            texts: OneText(),
            into: KeptBatch()
          ),
          origin: "test"
        )
      }
    }
    try await ledger.store.perform(
      MailingErasure(
        EraseMailing(id: ledger.mailing, basedOn: nil, isOrdered: true, whileTelling: true)
      ),
      origin: "test"
    )
    await #expect(throws: StoreError.self) { try await ledger.export() }
  }

  @Test(arguments: [
    ("UPDATE batchLine SET person = person + 1 WHERE line = 3", "the recipients of batch 1"),
    ("DELETE FROM batchLine WHERE line = 2", "the recipients of batch 1"),
    ("UPDATE mailingBatch SET reason = 'other'", "does not say what it was begun with"),
    ("UPDATE mailingBatch SET files = '[]'", "the files of batch 1"),
    ("UPDATE mailingBatch SET mark = mark + 5", "another moment"),
    ("UPDATE mailingBatch SET handedOver = 1", "another number of handed over"),
    ("DELETE FROM batchLine; DELETE FROM mailingBatch", "batch 1 was deleted"),
    ("UPDATE mailingBatch SET number = 7", "batch 1 was deleted"),
    ("UPDATE contactVersion SET sealed = zeroblob(90)", "are not those that were sealed"),
    ("UPDATE contactKey SET hash = hash + 1", "the index of the contacts"),
    ("DELETE FROM contactKey; DELETE FROM contactVersion", "are not those that were sealed"),
    ("UPDATE contactVersion SET entry = 1", "are not those that were sealed"),
  ])
  func `is looked at by verify, as corrected contacts are`(sql: String, problem: String)
    async throws
  {
    let ledger = try await LedgerFixture(3)
    try await ledger.correct(2, ContactEdit(email: "new@example.org"))
    try await ledger.queue()
    try await ledger.export()
    #expect(try ledger.problems() == [])
    let found = try ledger.problems(after: sql)
    #expect(found.contains { $0.contains(problem) }, "\(found)")
  }
}

struct `A contact that is corrected` {
  @Test func `is found by what is new, and by what it was; both are kept`() async throws {
    let ledger = try await LedgerFixture(3)
    let edit = ContactEdit(
      name: "Ada New",
      email: "Ada.New@example.org",
      phone: "+44 20 7946 0000",
      address: "Moved Lane 5"
    )
    #expect(try await ledger.correct(2, edit))
    #expect(try await !ledger.correct(2, edit))
    #expect(try await ledger.find("ada.new@EXAMPLE.org") == [2])
    #expect(try await ledger.find("0044 20 79460000") == [2])
    #expect(try await ledger.find("person2@example.org") == [2])
    let seen = try await ledger.store.perform(
      RecipientReveal(of: ledger.mailing, [2], reason: "test"),
      origin: "test"
    )
    #expect(seen.first?.contact?.address == "Moved Lane 5")
    #expect(seen.first?.contact?.reference == "C-2")
    let masked = try await ledger.store.answer(ContactVersions(of: ledger.mailing, 2))
    #expect(masked.map(\.contact?.name) == ["C••• P••• 2•••", "A••• N•••"])
    #expect(masked.map(\.reason) == ["", "by telephone"])
    let revealed = try await ledger.store.perform(
      ContactVersionReveal(of: ledger.mailing, 2, reason: "asked"),
      origin: "test"
    )
    #expect(
      revealed.map(\.contact?.email) == ["person2@example.org", "Ada.New@example.org"]
    )
    #expect(try ledger.problems() == [])
    #expect(try ledger.found(["Moved Lane", "Ada", "New", "7946"]) == [])
  }

  @Test(arguments: [
    ContactEdit(), ContactEdit(email: "no address"), ContactEdit(phone: "12"),
    ContactEdit(name: String(repeating: "n", count: 401)),
  ])
  func `is refused where it is none`(edit: ContactEdit) async throws {
    let ledger = try await LedgerFixture(1)
    await #expect(throws: StoreError.self) { try await ledger.correct(1, edit) }
    await #expect(throws: StoreError.self) {
      try await ledger.correct(2, ContactEdit(name: "x"))
    }
  }

  @Test func `is told as shared when somebody comes in with it later`() async throws {
    let ledger = try await LedgerFixture(1)
    try await ledger.correct(1, ContactEdit(email: "person2@example.org"))
    let summary = try await ledger.add(MadeUpRecipients(count: 1, from: 2))
    #expect(summary.created == 1)
    #expect(summary.sharedEmails == 1)
  }

  @Test func `is not readable any more once the mailing was erased`() async throws {
    let ledger = try await LedgerFixture(1)
    try await ledger.correct(1, ContactEdit(email: "new@example.org"))
    try await ledger.store.perform(
      MailingErasure(
        EraseMailing(id: ledger.mailing, basedOn: nil, isOrdered: true, whileTelling: true)
      ),
      origin: "test"
    )
    let versions = try await ledger.store.answer(ContactVersions(of: ledger.mailing, 1))
    #expect(versions.map(\.contact) == [nil, nil])
    await #expect(throws: StoreError.self) {
      try await ledger.correct(1, ContactEdit(name: "x"))
    }
    #expect(try ledger.problems() == [])
  }
}
