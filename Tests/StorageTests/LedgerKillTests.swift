import Foundation
import Model
import Storage
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(30))) struct `An import of recipients that is killed` {
  /// How many kills; more with TOCSIN_KILLS.
  private static let kills =
    ProcessInfo.processInfo.environment["TOCSIN_KILLS"].flatMap(Int.init) ?? 8

  @Test func `at any moment, and gone on with, has everyone once with all that finds them`()
    async throws
  {
    let count = 30_000
    let ledger = try await LedgerFixture()
    try ledger.store.close()
    let arguments = ["people", ledger.fixture.path, "\(count)", "700"]
    for _ in 0..<Self.kills {
      let child = try ChildProcess(product: "storage-probe", arguments)
      // Killed somewhere behind the first of its transactions, or before it.
      if Bool.random() { _ = child.firstOutput() }
      usleep(UInt32.random(in: 0..<40_000))
      child.kill()
      _ = child.finish()
      #expect(try JournalVerifier.verify(path: ledger.fixture.path).isSound)
      #expect(try ledger.problems() == [])
    }
    let (lines, status) = try ChildProcess(product: "storage-probe", arguments).finish()
    #expect(status == 0)
    // Where an earlier run had come to its end, all of them are there already.
    #expect(["created \(count)", "created 0"].contains(lines.last ?? ""))
    let again = try ledger.fixture.another()
    let answer = try await again.answer(MailingStatus(id: ledger.mailing))
    #expect(answer.total == count)
    #expect(answer.mailing.recipients == count)
    #expect(!answer.mailing.hasUnfinishedImport)
    for number in stride(from: 1, through: count, by: 37) {
      let fields = MadeUpRecipients.fields(number)
      for (kind, value) in [
        (ContactKey.reference, fields[0]), (.email, fields[2]), (.phone, fields[3]),
      ] {
        let found = try await again.answer(
          FindRecipients(mailing: ledger.mailing, kind: kind, value: value)
        )
        #expect(found.map(\.number) == [Int64(number)])
      }
    }
    #expect(try ledger.problems() == [])
    try again.close()
  }
}
