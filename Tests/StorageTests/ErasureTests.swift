import Foundation
import Glibc
import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `The key to a ledger` {
  @Test func `lies beside the store for its owner alone, and is made once`() async throws {
    let ledger = try await LedgerFixture(3)
    var status = stat()
    #expect(stat(ledger.keyFile, &status) == 0 && status.st_mode & 0o7777 == 0o600)
    #expect(
      stat(ledger.fixture.directory.file("keys"), &status) == 0
        && status.st_mode & 0o7777 == 0o700
    )
    let before = try Data(contentsOf: URL(fileURLWithPath: ledger.keyFile))
    try await ledger.store.apply(
      OpenMailing(incident: 1, facts: MailingFacts(name: "b")),
      origin: "test"
    )
    #expect(try Data(contentsOf: URL(fileURLWithPath: ledger.keyFile)) == before)
  }

  @Test func `missing, wrong, open to others or damaged is said clearly`() async throws {
    let ledger = try await LedgerFixture(3)
    func problem() async -> String {
      do {
        _ = try await ledger.page(.first)
        return ""
      } catch {
        return "\(error)"
      }
    }
    chmod(ledger.keyFile, 0o640)
    #expect(await problem().contains("is open to others; run: chmod 600"))
    chmod(ledger.keyFile, 0o600)
    let url = URL(fileURLWithPath: ledger.keyFile)
    let right = try Data(contentsOf: url)
    try Data(String(repeating: "ab", count: 32).utf8).write(to: url)
    chmod(ledger.keyFile, 0o600)
    #expect(await problem().contains("but the mailing was sealed under key"))
    try Data("nonsense".utf8).write(to: url)
    chmod(ledger.keyFile, 0o600)
    #expect(await problem().contains("is no key of Tocsin"))
    unlink(ledger.keyFile)
    #expect(await problem().contains("is missing; without it no contact can be read"))
    // No second key is made where sealed people wait for the first.
    await #expect(throws: StoreError.self) {
      try await ledger.store.apply(
        OpenMailing(incident: 1, facts: MailingFacts(name: "b")),
        origin: "test"
      )
    }
    #expect(try await ledger.status().total == 3)
    try right.write(to: url)
    chmod(ledger.keyFile, 0o600)
    #expect(await problem() == "")
  }

  @Test func `destroyed leaves counts and proof, and nobody can be read or found`() async throws {
    let ledger = try await LedgerFixture(40)
    try await ledger.move(.approved, "jurisdiction:EU-DE")
    await #expect(throws: StoreError.self) {
      try await ledger.store.apply(
        EraseMailing(id: ledger.mailing, basedOn: 1, isOrdered: false),
        origin: "test"
      )
    }
    let wrapped = try await ledger.wrappedKey()
    let erased = try await ledger.store.perform(
      MailingErasure(EraseMailing(id: ledger.mailing, basedOn: 1, isOrdered: true)),
      origin: "test"
    )
    #expect(erased.isLogEmpty)
    #expect(!erased.receipt.isReversible)
    let page = try await ledger.page(.first)
    #expect(page.rows.map(\.number) == [1, 2, 3])
    #expect(page.rows.allSatisfy { $0.contact == nil && !$0.isRevealed })
    await #expect(throws: StoreError.self) { try await ledger.find("C-7") }
    await #expect(throws: StoreError.self) {
      try await ledger.store.perform(
        RecipientReveal(of: ledger.mailing, [1], reason: "why"),
        origin: "test"
      )
    }
    await #expect(throws: StoreError.self) { try await ledger.add(MadeUpRecipients(count: 1)) }
    let status = try await ledger.status()
    #expect(status.mailing.state == .erased)
    #expect(status.count([.approved], in: "EU-DE") == 14)
    #expect(try ledger.problems() == [])
    _ = try Backup.write(from: ledger.fixture.path, to: ledger.fixture.directory.file("backup"))
    // Not one piece of the wrapped key is left, in the file, its log or the backup.
    for name in ["tocsin.sqlite", "tocsin.sqlite-wal", "backup"] {
      let url = URL(fileURLWithPath: ledger.fixture.directory.file(name))
      guard let bytes = try? Data(contentsOf: url) else { continue }
      #expect(bytes.range(of: wrapped) == nil, "\(name)")
      #expect(bytes.range(of: wrapped.prefix(16)) == nil, "\(name)")
    }
    #expect(try ledger.found(["Canary", "person7@", "10000007"]) == [])
  }

  @Test func `is destroyed without another word once the date has passed`() async throws {
    let until = StatedTime(Instant(seconds: 1_779_200_000))
    let ledger = try await LedgerFixture(2, keepUntil: until)
    let change = EraseMailing(id: ledger.mailing, basedOn: 1, isOrdered: false)
    let error = await #expect(throws: StoreError.self) {
      try await ledger.store.apply(change, origin: "test")
    }
    #expect(error?.description.contains("are kept until") == true)
    ledger.fixture.clock.advance(by: .seconds(200_000))
    // While somebody is not told it is no matter of time.
    let untold = await #expect(throws: StoreError.self) {
      try await ledger.store.apply(change, origin: "test")
    }
    #expect(untold?.description.contains("are not told yet, though their time is over") == true)
    try await ledger.move(.exempt, cause: "no risk")
    try await ledger.store.apply(change, origin: "test")
    #expect(try await ledger.status().mailing.state == .erased)
  }
}

struct `What verify says of a ledger` {
  @Test(arguments: [
    (
      "UPDATE recipient SET sealed = zeroblob(60) WHERE id & 0xffff = 5",
      "are not those that came in"
    ),
    ("DELETE FROM recipient WHERE id & 0xffff = 12", "recipient 12 is missing"),
    ("DELETE FROM recipient WHERE id & 0xffff = 30", "recipient 30 is missing"),
    (
      "UPDATE recipient SET sealed = (SELECT r.sealed FROM recipient r WHERE r.id & 0xffff = 3) "
        + "WHERE id & 0xffff = 2", "are not those that came in"
    ),
    ("UPDATE recipient SET protection = 2 WHERE id & 0xffff = 9", "are not those that came in"),
    ("UPDATE recipient SET slot = slot + 1 WHERE id & 0xffff = 9", "are not those that came in"),
    ("UPDATE ledgerWord SET word = 'JP' WHERE word = 'EU-DE'", "are not those that came in"),
    (
      "UPDATE recipient SET slot = slot + 65536 * 7 WHERE id & 0xffff = 2",
      "not the one its last event"
    ),
    (
      "UPDATE recipientEvent SET after = 9 WHERE recipient & 0xffff = 1",
      "is of no step in the journal"
    ),
    ("DELETE FROM recipientEvent WHERE recipient & 0xffff = 4", "the events of step"),
    (
      "DELETE FROM blind WHERE kind = 1 AND recipient & 0xffff = 8",
      "the index of recipients 1 to 10"
    ),
    (
      "UPDATE blind SET recipient = recipient + 1 WHERE kind = 2 AND recipient & 0xffff = 8",
      "index of"
    ),
    ("UPDATE recipientTally SET count = count + 1 WHERE state = 1", "the running tallies"),
    ("UPDATE mailing SET recipients = 29", "it says 29 recipients, the journal 30"),
    (
      "INSERT INTO recipient SELECT id + 1, slot, language, protection, step, sealed FROM recipient "
        + "ORDER BY id DESC LIMIT 1", "recipient 31 never came in"
    ),
    ("DELETE FROM mailing", "it was deleted"),
  ])
  func `names what was altered behind its back`(sql: String, problem: String) async throws {
    let ledger = try await LedgerFixture(30, batch: 10)
    try await ledger.move(.approved, "jurisdiction:EU-DE")
    #expect(try ledger.problems() == [])
    try ledger.store.close()
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: ledger.fixture.path, configuration: configuration)
    try await queue.writeWithoutTransaction { db in try db.execute(sql: sql) }
    try queue.close()
    let problems = try ledger.problems()
    #expect(problems.contains { $0.contains(problem) }, "\(problems)")
  }
}

extension LedgerFixture {
  /// The wrapped data key as it stands in the file.
  func wrappedKey() async throws -> Data {
    let queue = try DatabaseQueue(path: fixture.path)
    defer { try? queue.close() }
    return try await queue.read { db in
      try Data.fetchOne(db, sql: "SELECT wrappedKey FROM mailing") ?? Data()
    }
  }
}
