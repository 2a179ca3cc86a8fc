import Model
import Storage
import Synchronization
import TestSupport
import Testing

/// Returns that are given row by row.
final class KeptReturns: ReturnSource {
  private let rows: [ReturnRow]
  private let position = Mutex(0)

  let refused: [ImportProblem]
  var refusedCount: Int { refused.count }

  init(_ rows: [ReturnRow], refused: [ImportProblem] = []) {
    (self.rows, self.refused) = (rows, refused)
  }

  func rewind() { position.withLock { $0 = 0 } }

  func next(_ count: Int) -> [ReturnRow] {
    position.withLock { position in
      let rows = Array(self.rows[position...].prefix(count))
      position += rows.count
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

struct `Returns of a batch` {
  /// A mailing of so many, all of whom are in batch 1.
  private func ledger(_ count: Int, over channel: MailingChannel = .post) async throws
    -> LedgerFixture
  {
    let ledger = try await LedgerFixture(count)
    try await ledger.queue(for: channel)
    try await ledger.export(channel)
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
