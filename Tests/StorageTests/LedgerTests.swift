import Foundation
import Glibc
import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `A ledger of recipients` {
  /// What stands in plain text of nobody's business.
  private static let canaries = [
    "Canary", "person7@", "10000007", "C-7", "OFFER-7", "contact, health",
  ]

  @Test func `has everyone once, with running tallies and what the incident says beside them`()
    async throws
  {
    let ledger = try await LedgerFixture(2500)
    let status = try await ledger.status()
    #expect(status.total == 2500)
    #expect(status.mailing.recipients == 2500)
    #expect(!status.mailing.hasUnfinishedImport)
    #expect(status.count([.pending]) == 2500)
    #expect(status.count([.pending], in: "EU-DE") == 834)
    #expect(
      status.coverage == [
        .init(jurisdiction: "EU-DE", affected: 5, listed: 834),
        .init(jurisdiction: "EU-FR", affected: 0, listed: 833),
        .init(jurisdiction: "GB", affected: 7, listed: 0),
        .init(jurisdiction: "US-CA", affected: nil, listed: 833),
      ]
    )
    #expect(status.coverage.map(\.gap) == [-829, -833, 7, nil])
    #expect(try ledger.problems() == [])
    let report = try JournalVerifier.verify(path: ledger.fixture.path)
    #expect(report.isSound)
    #expect(report.entries == 5)
  }

  @Test func `is read from either end, from any number, and filtered with the exact count`()
    async throws
  {
    let ledger = try await LedgerFixture(100)
    #expect(try await ledger.page(.first).rows.map(\.number) == [1, 2, 3])
    #expect(try await ledger.page(.last).rows.map(\.number) == [98, 99, 100])
    #expect(try await ledger.page(.after(99)).rows.map(\.number) == [100])
    #expect(try await ledger.page(.before(3)).rows.map(\.number) == [1, 2])
    #expect(try await ledger.page(.at(49)).rows.map(\.number) == [50, 51, 52])
    #expect(try await ledger.page(.after(100)).rows == [])
    try await ledger.move(.approved, "jurisdiction:EU-DE")
    let german = try await ledger.page(.first, "jurisdiction:EU-DE state:approved")
    #expect(german.rows.map(\.number) == [1, 4, 7])
    #expect(german.total == 34)
    let rest = try await ledger.page(.last, "state:pending", count: 4)
    #expect(rest.rows.map(\.number) == [95, 96, 98, 99])
    #expect(rest.total == 66)
    #expect(try await ledger.page(.before(4), "state:pending").rows.map(\.number) == [2, 3])
    #expect(try await ledger.page(.first, "state:exempt").total == 0)
    #expect(try await ledger.page(.first, "jurisdiction:JP").rows == [])
  }

  @Test func `finds a person by reference, address and number, masked`() async throws {
    let ledger = try await LedgerFixture(300, batch: 100)
    #expect(try await ledger.find("C-123") == [123])
    #expect(try await ledger.find(" PERSON200@example.ORG") == [200])
    #expect(try await ledger.find("0049 (30) 10000300") == [300])
    #expect(try await ledger.find("C-301") == [])
    #expect(try await ledger.find("c-123", .email) == [])
    let page = try await ledger.page(.after(122), count: 1)
    #expect(page.rows.first?.contact?.email == "p•••@•••.org")
    #expect(page.rows.first?.isRevealed == false)
    #expect(page.rows.first?.jurisdiction == "US-CA")
    #expect(page.rows.first?.language == "en")
    #expect(try await ledger.page(.after(9), count: 1).rows.first?.protection == .child)
  }

  @Test func `shows contacts only with a reason, and the journal says who looked at whom`()
    async throws
  {
    let ledger = try await LedgerFixture(20)
    await #expect(throws: StoreError.self) {
      try await ledger.store.perform(
        RecipientReveal(of: ledger.mailing, [7], reason: " "),
        origin: "test"
      )
    }
    let people = try await ledger.store.perform(
      RecipientReveal(of: ledger.mailing, [7, 99], reason: "the person called"),
      origin: "test"
    )
    #expect(people.map(\.number) == [7])
    #expect(people.first?.contact == RecipientContact(MadeUpRecipients.fields(7)))
    let journal = try await ledger.store.answer(
      JournalWindow(JournalFilter(), RowWindow(start: 0, count: 1))
    )
    #expect(journal.rows.first?.entry.action == "recipients.reveal")
    #expect(journal.rows.first?.details == ["reason: the person called", "recipients: 7"])
  }

  @Test func `stands in plain text nowhere: not in the file, its log, a backup or the journal`()
    async throws
  {
    let ledger = try await LedgerFixture(50)
    _ = try await ledger.find("person7@example.org")
    try await ledger.move(.exempt, numbers: [7], cause: "not affected after all")
    _ = try Backup.write(from: ledger.fixture.path, to: ledger.fixture.directory.file("backup"))
    #expect(try ledger.found(Self.canaries) == [])
    try ledger.store.close()
    #expect(try ledger.found(Self.canaries) == [])
  }

  @Test func `leaves out who is there already, and tells what people share`() async throws {
    let ledger = try await LedgerFixture()
    let first = try await ledger.add(MadeUpRecipients(numbers: [1, 2, 1, 3, 2]))
    #expect(first.created == 3)
    #expect(first.repeated == 2)
    #expect(
      first.duplicates == [
        .init(line: 4, earlier: 2, kind: .reference), .init(line: 6, earlier: 3, kind: .reference),
      ]
    )
    let again = try await ledger.add(MadeUpRecipients(numbers: [3, 4, 5, 4]))
    #expect(again.created == 2)
    #expect(
      again.duplicates == [
        .init(line: 2, earlier: nil, kind: .reference),
        .init(line: 5, earlier: 3, kind: .reference),
      ]
    )
    #expect(try await ledger.status().total == 5)
    #expect(try await ledger.find("C-4") == [4])
    #expect(try ledger.problems() == [])
  }

  @Test func `takes nobody of a source with bad rows, unless these are skipped`() async throws {
    let ledger = try await LedgerFixture()
    let source = MadeUpRecipients(count: 5)
    source.refused = [ImportProblem(at: "line 9", reason: "bad")]
    #expect(try await ledger.add(source).created == 0)
    #expect(try await ledger.status().total == 0)
    let summary = try await ledger.add(source, skipsBad: true)
    #expect(summary.created == 5)
    #expect(summary.refusedCount == 1)
  }

  @Test func `takes people from state to state, with what happened to each`() async throws {
    let ledger = try await LedgerFixture(10)
    #expect(try await ledger.move(.approved) == 10)
    #expect(try await ledger.move(.queued, numbers: [3]) == 1)
    await #expect(throws: StoreError.self) { try await ledger.move(.exempt, numbers: [3]) }
    let error = await #expect(throws: StoreError.self) { try await ledger.move(.handedOver) }
    #expect(
      error?.description == """
        9 recipients are approved and cannot become handed-over, only pending, queued, \
        acknowledged, delivered-by-post, spoke-by-phone, unreachable, exempt; narrow it with a filter
        """
    )
    #expect(try await ledger.move(.handedOver, "state:queued") == 1)
    #expect(try await ledger.move(.bouncedHard, numbers: [3], cause: "5.1.1") == 1)
    let history = try await ledger.store.answer(
      RecipientHistory(mailing: ledger.mailing, number: 3)
    )
    #expect(history.map(\.after) == [.pending, .approved, .queued, .handedOver, .bouncedHard])
    #expect(history.map(\.before) == [nil, .pending, .approved, .queued, .handedOver])
    #expect(history.last?.cause == "5.1.1")
    #expect(history.last?.by == "meyer")
    let status = try await ledger.status()
    #expect(status.count([.approved]) == 9)
    #expect(status.count([.bouncedHard], in: "US-CA") == 1)
    #expect(try await ledger.page(.first, "state:bounced").rows.map(\.number) == [3])
    let days = try await ledger.store.answer(MailingDays(id: ledger.mailing))
    #expect(days.filter { $0.state == .approved }.reduce(0) { $0 + $1.count } == 10)
    #expect(days.allSatisfy { $0.channel == nil })
    #expect(try ledger.problems() == [])
    #expect(try await ledger.move(.approved, "state:approved") == 0)
  }

  @Test func `is moved by a job that ends between two transactions and can go on`() async throws {
    let ledger = try await LedgerFixture(9000)
    let moved = try await ledger.store.perform(
      RecipientMove(of: ledger.mailing, to: RecipientStep(to: .exempt, cause: "test")),
      origin: "test"
    ) { _ in false }
    #expect(moved == 2000)
    #expect(try await ledger.status().count([.exempt]) == 2000)
    #expect(try ledger.problems() == [])
    #expect(try await ledger.move(.exempt, cause: "test") == 7000)
    // Few of many go through the index.
    #expect(try await ledger.move(.pending, numbers: [10, 20, 8999]) == 3)
    #expect(try await ledger.move(.approved, "state:pending") == 3)
    #expect(try await ledger.page(.first, "state:approved").rows.map(\.number) == [10, 20, 8999])
    #expect(try ledger.problems() == [])
  }

  @Test func `whose import broke off for good can take another input`() async throws {
    let ledger = try await LedgerFixture()
    let store = ledger.store
    await #expect(throws: CancellationError.self) {
      try await store.perform(
        RecipientIntake(
          into: ledger.mailing,
          from: MadeUpRecipients(count: 3000),
          batch: 1000
        ),
        origin: "test"
      ) { $0.stage == .checking }
    }
    try await store.apply(EndImport(mailing: ledger.mailing), origin: "test")
    let summary = try await ledger.add(MadeUpRecipients(count: 1500, from: 501))
    #expect(summary.created == 1000)
    #expect(summary.repeated == 500)
    #expect(try await ledger.status().total == 2000)
    #expect(try await ledger.find("C-2000") == [2000])
    #expect(try ledger.problems() == [])
  }

  @Test func `cancelled in the middle is gone on with by the same input, and by no other`()
    async throws
  {
    let ledger = try await LedgerFixture()
    let store = ledger.store
    await #expect(throws: CancellationError.self) {
      try await store.perform(
        RecipientIntake(
          into: ledger.mailing,
          from: MadeUpRecipients(count: 5000),
          batch: 1000
        ),
        origin: "test"
      ) { $0.stage == .checking || $0.done < 2000 }
    }
    let broken = try await ledger.status()
    #expect(broken.total == 2000)
    #expect(broken.mailing.hasUnfinishedImport)
    await #expect(throws: StoreError.self) { try await ledger.add(MadeUpRecipients(count: 4000)) }
    let summary = try await ledger.add(MadeUpRecipients(count: 5000))
    #expect(summary.created == 5000)
    #expect(summary.resumedAt == 2000)
    await #expect(throws: StoreError.self) {
      try await store.apply(EndImport(mailing: ledger.mailing), origin: "test")
    }
    #expect(try await ledger.status().total == 5000)
    #expect(try await ledger.find("C-2001") == [2001])
    #expect(try ledger.problems() == [])
  }
}
