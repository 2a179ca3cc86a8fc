import Foundation
import GRDB
import Model
import Storage
import TestSupport
import Testing

@testable import Storage

struct `What verify says of a mailing that has everything` {
  @Test func `is that it is sound`() async throws {
    let (problems, _) = try await WholeMailing.problems(after: "SELECT 1")
    #expect(problems == [])
  }

  @Test(arguments: AlteredColumn.all)
  func `names each column that another program altered`(alteration: AlteredColumn) async throws {
    let sql = "UPDATE \(alteration.table) SET \(alteration.setting)"
    let (problems, rows) = try await WholeMailing.problems(after: sql)
    #expect(rows > 0, "nothing stands in \(alteration.table) that this alters")
    #expect(problems.contains { $0.contains(alteration.problem) }, "\(sql): \(problems)")
  }

  @Test(arguments: [
    (
      "INSERT INTO mailing SELECT 2, 'MLG-2026-0009', 5, 1, incident, facts, name, keepUntil, 0, "
        + "wrappedKey, wrappedBy, NULL, openedAt, 0 FROM mailing",
      "MLG-2026-0009: no entry of the journal has opened it"
    ),
    (
      "INSERT INTO ledgerStep SELECT 900, mailing, at, actor, channel, text, cause, batch "
        + "FROM ledgerStep LIMIT 1", "there are steps that nobody took"
    ),
    (
      "INSERT INTO notice (mailing, number, version) VALUES (1, 9, 1)",
      "there are texts that nobody wrote"
    ),
    (
      "INSERT INTO noticeVersion SELECT notice, 9, facts, digest, writtenAt, writtenBy "
        + "FROM noticeVersion LIMIT 1", "there are versions of texts that nobody wrote"
    ),
    (
      "INSERT INTO noticeConfirmation SELECT notice, version, content, 'more', verdict, reason, "
        + "confirmedBy, confirmedAt FROM noticeConfirmation",
      "there are confirmations that nobody gave"
    ),
    (
      "INSERT INTO noticeEdition SELECT 99, mailing, 9, version, 'refused', facts, digest, checks, "
        + "approvals, 'x', 1, 'x' FROM noticeEdition LIMIT 1",
      "there are editions that nobody put up"
    ),
    (
      "INSERT INTO publication SELECT 99, incident, mailing, version, facts, place, earliest, "
        + "evidence, recordedAt, isRemoved FROM publication",
      "there are public notices that nobody recorded"
    ),
    (
      "INSERT INTO mailingMatter SELECT 99, mailing, 99, version, kind, state, person, channel, "
        + "givenText, givenZone, givenPrecision, earliest, latest, givenSource, settledAt, "
        + "settledBy, handedTo, sealed, answer FROM mailingMatter LIMIT 1",
      "there are matters that nobody wrote down"
    ),
    (
      "INSERT INTO bounceMail VALUES (1, zeroblob(32), 1)",
      "there are mails that came back in no entry"
    ),
    ("DELETE FROM bounceMail", "the mails that came back in entry"),
    ("DELETE FROM bounce", "the mails that came back in entry"),
    (
      "INSERT INTO batchReturn SELECT batch, person, 'returned', entry FROM batchReturn",
      "the returns of entry"
    ),
    (
      "INSERT INTO delivery SELECT recipient + 20, step, 'x', digest FROM delivery LIMIT 1",
      "the messages of step"
    ),
    (
      "INSERT INTO mailingBatch SELECT 99, mailing, 99, channel, state, columns, hasTexts, reason, "
        + "0, 0, 0, mark, files, openedAt, openedBy, fixedAt, closedAt, 0, 0 FROM mailingBatch "
        + "WHERE state = 'closed'", "there are batches that nobody began"
    ),
    (
      "PRAGMA ignore_check_constraints = ON; UPDATE noticeEdition SET endedAt = 1 "
        + "WHERE state = 'approved'",
      "E2 says by half that it ended"
    ),
    (
      "UPDATE noticeEdition SET reason = 'x' WHERE state = 'approved'",
      "E2 says by half that it ended"
    ),
    (
      "PRAGMA ignore_check_constraints = ON; UPDATE offerCode SET entry = 1 "
        + "WHERE person IS NULL",
      "a code names an entry that gave it to nobody"
    ),
    ("DELETE FROM sendingPlan", "how its e-mails are sent"),
    ("DELETE FROM offerPlan", "the support offers"),
    ("DELETE FROM noticeConfirmation", "what was confirmed of T1.1"),
    ("DELETE FROM publication", "public notice 1 was deleted"),
    ("DELETE FROM mailingTrail", "it says 0 entries"),
    ("DELETE FROM recipientProtected", "the counts of protected people"),
    (
      "INSERT INTO offerPool VALUES (9, 'x', 1, 0)",
      "that never was: there are rows of it in offerP"
    ),
    (
      "INSERT INTO recipientEvent VALUES (5, 1, 0, 1)",
      "that never was: there are rows of it in recipientEvent"
    ),
    ("UPDATE noticeVersion SET facts = '{}'", "holds what was never written"),
    ("UPDATE sendingPlan SET plan = 'nonsense'", "holds what was never written"),
    (
      "UPDATE noticeEdition SET facts = replace(facts, 'stands below', 'stands above')",
      "T1.1 in E1 is not the text that was written"
    ),
    (
      "UPDATE noticeEdition SET state = 'withdrawn', endedBy = 'meyer', endedAt = 1, reason = 'x' "
        + "WHERE state = 'approved'", "E2 ended otherwise"
    ),
    (
      "DELETE FROM noticeEdition WHERE state = 'approved'; UPDATE noticeEdition SET "
        + "state = 'approved', endedBy = NULL, endedAt = NULL, reason = NULL", "E1 ended otherwise"
    ),
  ])
  func `names what was added, deleted or made up`(sql: String, problem: String) async throws {
    let (problems, rows) = try await WholeMailing.problems(after: sql)
    #expect(rows > 0)
    #expect(problems.contains { $0.contains(problem) }, "\(problems)")
  }
}

struct `The tables of mailings` {
  /// The columns by which a row says that it belongs to a mailing.
  private static let ties: Set = [
    "mailing", "recipient", "person", "notice", "batch", "segment",
  ]

  /// The columns of all tables, each with its type.
  private static func columns() async throws -> [String: [String: String]] {
    let whole = try await WholeMailing.shared.value
    let queue = try DatabaseQueue(path: whole.path)
    return try await queue.read { db in
      var found: [String: [String: String]] = [:]
      let tables = try String.fetchAll(
        db,
        sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      )
      for table in tables {
        let columns = try db.columns(in: table).map { ($0.name, $0.type) }
        found[table] = Dictionary(uniqueKeysWithValues: columns)
      }
      return found
    }
  }

  @Test func `are all known to a check, each of their columns compared or free for a reason`()
    async throws
  {
    let checked = Dictionary(grouping: MailingChecks.tables, by: \.name)
    for (table, columns) in try await Self.columns().sorted(by: { $0.key < $1.key }) {
      guard let check = checked[table] else {
        let tied = columns.filter { Self.ties.contains($0.key) && $0.value == "INTEGER" }
        #expect(tied.isEmpty, "no check of mailings knows \(table)")
        continue
      }
      #expect(check.count == 1, "two checks know \(table)")
      let known = check.flatMap { $0.compared + Array($0.free.keys) }
      #expect(Set(columns.keys) == Set(known), "\(table)")
      #expect(known.count == Set(known).count, "\(table)")
    }
  }

  @Test func `have an attack on each column that is compared`() {
    let attacked = Set(AlteredColumn.all.map { "\($0.table).\($0.column)" })
    let compared = MailingChecks.tables.flatMap { table in
      table.compared.map { "\(table.name).\($0)" }
    }
    #expect(Set(compared).subtracting(attacked) == [])
    #expect(attacked.subtracting(compared) == [])
  }

  @Test func `say of each column that is not compared why that is so`() {
    for table in MailingChecks.tables {
      for (column, reason) in table.free { #expect(!reason.isEmpty, "\(table.name).\(column)") }
    }
  }
}
