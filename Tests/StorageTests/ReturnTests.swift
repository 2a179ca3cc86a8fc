import Model
import Storage
import Synchronization
import TestSupport
import Testing

/// Returns that are given row by row.
final class KeptReturns: ReturnSource {
  private let rows: [ReturnRow]
  /// What it says the second time; nil for the same.
  private let altered: [ReturnRow]?
  private let state = Mutex((position: 0, reading: 0))

  let refused: [ImportProblem]
  let cutOff: ImportProblem?
  var refusedCount: Int { refused.count }

  init(
    _ rows: [ReturnRow],
    refused: [ImportProblem] = [],
    cutOff: ImportProblem? = nil,
    altered: [ReturnRow]? = nil
  ) {
    (self.rows, self.refused, self.cutOff) = (rows, refused, cutOff)
    self.altered = altered
  }

  func rewind() { state.withLock { $0 = (0, $0.reading + 1) } }

  func next(_ count: Int) -> [ReturnRow] {
    state.withLock { state in
      let all = state.reading > 1 ? altered ?? rows : rows
      let rows = Array(all[state.position...].prefix(count))
      state.position += rows.count
      return rows
    }
  }

  var digest: [UInt8] {
    var digest = RunningDigest()
    Array(rows.map { "\($0)" }.joined().utf8).withUnsafeBytes { digest.update($0) }
    return digest.bytes
  }
}

extension LedgerFixture {
  /// Takes returns in.
  @discardableResult
  func take(
    _ rows: ReturnRow...,
    refused: [ImportProblem] = [],
    batch: RecordID? = nil,
    skipsBad: Bool = false
  ) async throws -> ReturnImport {
    try await store.perform(
      ReturnIntake(
        into: mailing,
        from: KeptReturns(rows, refused: refused),
        batch: batch,
        skipsBad: skipsBad
      ),
      origin: "test"
    )
  }
}

struct `Returns that cannot be` {
  private func ledger() async throws -> LedgerFixture {
    let ledger = try await LedgerFixture(4)
    try await ledger.queue()
    try await ledger.export(registered: true)
    ledger.fixture.clock.advance(by: .seconds(3 * 86_400))
    return ledger
  }

  // The batch was handed over on 18 May at 12:40 UTC; it is 21 May now.
  @Test(
    arguments: [
      ("2026-05-22", "the day is yet to come"), ("2027-01-01", "the day is yet to come"),
      ("2026-05-17", "the day is before batch 1 was handed over, 2026-05-18"),
      ("1999-12-31", "the day is before batch 1 was handed over, 2026-05-18"),
      ("2026-05-21", nil), ("2026-05-18", nil),
    ] as [(String, String?)]
  )
  func `are refused by line and reason`(day: String, reason: String?) async throws {
    let ledger = try await ledger()
    let summary = try await ledger.take(
      ReturnRow(line: 2, number: 1, outcome: .delivered, day: day),
      ReturnRow(line: 3, number: 2, outcome: .delivered)
    )
    #expect(summary.refused == (reason.map { [ImportProblem(at: "line 2", reason: $0)] } ?? []))
    #expect(summary.taken == (reason == nil ? 2 : 0))
  }

  @Test func `are not taken where the input is altered between the look and the taking`()
    async throws
  {
    let ledger = try await ledger()
    let row = ReturnRow(line: 2, number: 1, outcome: .returned)
    for altered in [
      [ReturnRow(line: 2, number: 1, outcome: .delivered)],
      [row, ReturnRow(line: 3, number: 2, outcome: .delivered)], [],
    ] {
      let error = await #expect(throws: StoreError.self) {
        try await ledger.store.perform(
          ReturnIntake(into: ledger.mailing, from: KeptReturns([row], altered: altered)),
          origin: "test"
        )
      }
      #expect(error?.description.hasPrefix("the input was altered while it was read") == true)
    }
    // Of a thousand rows that were the same what is taken stays, and nothing behind them is.
    #expect(try await ledger.counts()["delivered-by-post"] == nil)
  }

  @Test func `are taken in no part where a row swallows the rest of the file`() async throws {
    let ledger = try await ledger()
    let problem = ImportProblem(at: "line 3, column 2", reason: "this quote has no end")
    func source() -> KeptReturns {
      KeptReturns(
        [ReturnRow(line: 2, number: 1, outcome: .delivered)],
        refused: [problem],
        cutOff: problem
      )
    }
    let error = await #expect(throws: StoreError.self) {
      try await ledger.store.perform(
        ReturnIntake(into: ledger.mailing, from: source(), skipsBad: true),
        origin: "test"
      )
    }
    #expect(
      error?.description == """
        line 3, column 2: this quote has no end; what stands behind it cannot be read, so it cannot \
        be skipped; nothing was taken
        """
    )
    let listed = try await ledger.store.perform(
      ReturnIntake(into: ledger.mailing, from: source()),
      origin: "test"
    )
    #expect(listed.refused == [problem])
    #expect(listed.isCutOff)
    #expect(try await ledger.counts() == ["handed-over": 4])
  }
}

struct `Returns of a batch` {
  /// A mailing of so many, all of whom are in batch 1.
  private func ledger(
    _ count: Int,
    over channel: MailingChannel = .post,
    isRegistered: Bool = true
  ) async throws -> LedgerFixture {
    let ledger = try await LedgerFixture(count)
    try await ledger.queue(for: channel)
    try await ledger.export(channel, registered: isRegistered && channel == .post)
    // A week later.
    ledger.fixture.clock.advance(by: .seconds(7 * 86_400))
    return ledger
  }

  @Test func `lead each person where they say, with day, text and batch`() async throws {
    let ledger = try await ledger(6)
    let summary = try await ledger.take(
      ReturnRow(line: 2, number: 1, outcome: .delivered, day: "2026-05-20"),
      ReturnRow(line: 3, batch: 1, place: 2, outcome: .returned),
      ReturnRow(line: 4, reference: "c-3", outcome: .refused),
      ReturnRow(line: 4, reference: "C-3", outcome: .refused),
      ReturnRow(
        line: 5,
        batch: 1,
        place: 4,
        number: 4,
        outcome: .moved,
        edit: ContactEdit(address: "Moved Lane 5")
      ),
      ReturnRow(line: 6, number: 5, outcome: .moved),
      skipsBad: true
    )
    #expect(summary.taken == 5)
    #expect(summary.corrected == 1)
    #expect(
      summary.moved == [.deliveredByPost: 1, .bouncedHard: 3, .bouncedSoft: 1]
    )
    #expect(summary.refused == [ImportProblem(at: "line 4", reason: "nobody has this reference")])
    let history = try await ledger.store.answer(
      RecipientHistory(mailing: ledger.mailing, number: 1)
    )
    #expect(history.last?.after == .deliveredByPost)
    #expect(history.last?.cause == "batch 1: delivered on 2026-05-20")
    #expect(history.last?.channel == .post)
    #expect(history.last?.text == "E1/T1.2")
    let seen = try await ledger.store.perform(
      RecipientReveal(of: ledger.mailing, [4], reason: "test"),
      origin: "test"
    )
    #expect(seen.first?.contact?.address == "Moved Lane 5")
    #expect(try ledger.problems() == [])
    #expect(try ledger.found(["Moved Lane"]) == [])
  }

  @Test func `are taken once, however often they are imported`() async throws {
    let ledger = try await ledger(3)
    let row = ReturnRow(
      line: 2,
      number: 1,
      outcome: .moved,
      edit: ContactEdit(address: "Moved Lane 5")
    )
    #expect(try await ledger.take(row).taken == 1)
    let again = try await ledger.take(row)
    #expect(again.taken == 0)
    #expect(again.known == 1)
    #expect(again.importedAt == ledger.fixture.clock.now)
    // Another file that says the same.
    let other = try await ledger.take(row, ReturnRow(line: 3, number: 2, outcome: .spoke))
    #expect(other.importedAt == nil)
    #expect(other.known == 1)
    #expect(other.taken == 1)
    // Sent again: what is said of the first batch does not count for the second.
    try await ledger.store.perform(
      RecipientMove(
        of: ledger.mailing,
        LedgerFilter(states: [.bouncedSoft]),
        to: RecipientStep(to: .queued, channel: .post)
      ),
      origin: "test"
    )
    try await ledger.export()
    let late = try await ledger.take(ReturnRow(line: 2, batch: 1, number: 1, outcome: .refused))
    #expect(late.noted == 1)
    #expect(late.moved == [:])
    let now = try await ledger.take(ReturnRow(line: 2, number: 1, outcome: .returned))
    #expect(now.moved == [.bouncedHard: 1])
    #expect(try ledger.problems() == [])
  }

  @Test func `prove that somebody was reached only where the batch was registered post`()
    async throws
  {
    let ledger = try await ledger(2, isRegistered: false)
    let summary = try await ledger.take(ReturnRow(line: 2, number: 1, outcome: .delivered))
    #expect(summary.moved == [:])
    #expect(summary.noted == 1)
    #expect(try await ledger.counts() == ["handed-over": 2])
    let notes = try await ledger.store.answer(
      RecipientReturns(mailing: ledger.mailing, number: 1)
    )
    #expect(notes.map(\.outcome) == [.delivered])
    #expect(notes.map(\.batch) == [1])
    #expect(try ledger.problems() == [])
  }

  @Test func `bring a new address in although they say what was known`() async throws {
    let ledger = try await ledger(2)
    func moved(_ address: String) -> ReturnRow {
      ReturnRow(
        line: 2,
        number: 1,
        outcome: .returned,
        edit: ContactEdit(address: address)
      )
    }
    func address() async throws -> String? {
      try await ledger.store.perform(
        RecipientReveal(of: ledger.mailing, [1], reason: "test"),
        origin: "test"
      ).first?.contact?.address
    }
    #expect(try await ledger.take(ReturnRow(line: 2, number: 1, outcome: .returned)).taken == 1)
    let again = try await ledger.take(moved("New Lane 5"))
    #expect(again.taken == 0)
    #expect(again.known == 1)
    #expect(again.corrected == 1)
    #expect(try await address() == "New Lane 5")
    // What was corrected since stays, however often the file comes in.
    try await ledger.correct(1, ContactEdit(address: "Newer Lane 6"))
    #expect(try await ledger.take(moved("New Lane 5")).corrected == 0)
    #expect(try await address() == "Newer Lane 6")
    #expect(try ledger.problems() == [])
  }

  @Test func `change nothing where a row is bad, and name it`() async throws {
    let ledger = try await ledger(2)
    try await ledger.add(MadeUpRecipients(count: 1, from: 3))
    let bad: [(ReturnRow, String)] = [
      (ReturnRow(line: 3, number: 9, outcome: .spoke), "there is no recipient 9"),
      (ReturnRow(line: 4, number: 3, outcome: .spoke), "recipient 3 was in no batch"),
      (ReturnRow(line: 5, batch: 2, number: 1, outcome: .spoke), "there is no batch 2"),
      (ReturnRow(line: 6, batch: 1, number: 3, outcome: .spoke), "recipient 3 is not in batch 1"),
      (ReturnRow(line: 7, batch: 1, place: 9, outcome: .spoke), "batch 1 has no line 9"),
      (
        ReturnRow(line: 8, batch: 1, place: 1, number: 2, outcome: .spoke),
        "the line of the batch and the number are of two recipients"
      ),
      (
        ReturnRow(line: 9, place: 1, outcome: .spoke),
        "a line of a batch needs the number of the batch"
      ),
      (
        ReturnRow(line: 10, outcome: .spoke),
        "the row names nobody: a number, a reference, or batch and line"
      ),
    ]
    for (row, reason) in bad {
      let summary = try await ledger.take(
        ReturnRow(line: 2, number: 1, outcome: .spoke),
        row,
        refused: [ImportProblem(at: "line 12, column 3", reason: "unread")]
      )
      #expect(summary.taken == 0)
      #expect(
        summary.refused == [
          ImportProblem(at: "line \(row.line)", reason: reason),
          ImportProblem(at: "line 12, column 3", reason: "unread"),
        ]
      )
    }
    #expect(try await ledger.counts() == ["handed-over": 2, "pending": 1])
    let skipping = try await ledger.take(
      ReturnRow(line: 2, number: 1, outcome: .spoke),
      bad[0].0,
      skipsBad: true
    )
    #expect(skipping.taken == 1)
    #expect(skipping.refusedCount == 1)
  }

  @Test func `of one person may follow upon each other in one file`() async throws {
    let ledger = try await ledger(2, over: .telephone)
    let summary = try await ledger.take(
      ReturnRow(line: 2, number: 1, outcome: .noAnswer),
      ReturnRow(line: 3, number: 1, outcome: .spoke),
      ReturnRow(line: 4, number: 1, outcome: .invalid)
    )
    #expect(summary.taken == 3)
    #expect(summary.moved == [.bouncedSoft: 1, .spokeByPhone: 1])
    #expect(summary.noted == 1)
    #expect(try await ledger.counts() == ["spoke-by-phone": 1, "handed-over": 1])
    #expect(try ledger.problems() == [])
  }

  @Test func `wait until their batch is closed`() async throws {
    let ledger = try await LedgerFixture(1)
    try await ledger.queue()
    await #expect(throws: KeptBatch.Failure.self) {
      try await ledger.export(into: KeptBatch(failing: .finish))
    }
    let summary = try await ledger.take(ReturnRow(line: 2, number: 1, outcome: .delivered))
    #expect(summary.refused.first?.reason.contains("is unfinished") == true)
  }

  @Test(arguments: [
    "UPDATE batchReturn SET outcome = 'spoke'", "DELETE FROM batchReturn",
    "INSERT INTO batchReturn SELECT batch, person, 'moved', entry FROM batchReturn",
  ])
  func `are looked at by verify`(sql: String) async throws {
    let ledger = try await ledger(2)
    try await ledger.take(ReturnRow(line: 2, number: 1, outcome: .delivered))
    let found = try ledger.problems(after: sql)
    #expect(found.contains { $0.contains("returns") }, "\(found)")
  }
}
