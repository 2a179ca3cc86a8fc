import Foundation
import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `The journal` {
  /// A closed store with a small journal of many kinds of entry.
  private static func small() async throws -> StoreFixture {
    let fixture = try await `Undo`.filled(schema: 1)
    let receipt = try await fixture.store.apply(
      EditIncident(id: 1, basedOn: 1, edits: [.title("b")]),
      origin: "test"
    )
    try await fixture.store.undo([receipt.entry], origin: "test")
    try fixture.store.close()
    return fixture
  }

  /// Alters a file behind the program's back, past triggers and foreign keys.
  private static func tamper(_ path: String, _ sql: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { db in
      for trigger in try String.fetchAll(
        db,
        sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
      ) {
        try db.execute(sql: "DROP TRIGGER \(trigger)")
      }
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
      try db.execute(sql: sql)
    }
    try queue.close()
  }

  @Test func `is sound when nobody touched it, and says its head`() async throws {
    let fixture = try await Self.small()
    let report = try JournalVerifier.verify(path: fixture.path)
    #expect(report.isSound)
    #expect(report.entries == 10)
    #expect(report.details == 10)
    #expect(report.erased == 0)
    #expect(report.head == 10)
    let head = try await fixture.another().answer(JournalHead())
    #expect(head.sequence == 10)
    #expect(
      JournalVerifier.Witness(sequence: 10, hash: report.headHash)
        == JournalVerifier.Witness(
          sequence: head.sequence,
          hash: head.hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        )
    )
  }

  @Test(arguments: [
    ("DELETE FROM journal WHERE id = 4", 4, "it is missing (the next one is 5)"),
    ("DELETE FROM journal WHERE id = 1", 1, "it is missing (the next one is 2)"),
    (
      """
      UPDATE journal SET id = 100 WHERE id = 4; UPDATE journal SET id = 4 WHERE id = 5;
      UPDATE journal SET id = 5 WHERE id = 100
      """, 4, "it does not follow from the entry before"
    ),
    (
      """
      UPDATE journal SET id = -id WHERE id > 6; UPDATE journal SET id = 1 - id WHERE id < 0;
      INSERT INTO journal SELECT 7, at, bootClock, boot, uid, actor, claims, origin, action,
        subjectKind, subject, version, NULL, commitment, previous, hash FROM journal WHERE id = 6
      """, 7, "it does not follow from the entry before"
    ),
    (
      "UPDATE journal SET actor = 'somebody' WHERE id = 3", 3,
      "it was altered: its hash does not match"
    ),
    (
      "UPDATE journal SET undoes = NULL WHERE id = 10", 10,
      "it was altered: its hash does not match"
    ),
    (
      "UPDATE journalDetail SET headline = 'x' WHERE id = 2", 2,
      "its details were altered: they do not match its commitment"
    ),
    (
      "UPDATE journalDetail SET incident = 3 WHERE id = 2", 2,
      "its details were altered: they do not match its commitment"
    ),
    (
      "UPDATE journalDetail SET inverse = NULL WHERE id = 9", 9,
      "its details were altered: they do not match its commitment"
    ),
    ("DELETE FROM journalDetail WHERE id = 7", 7, "its details were deleted, not erased"),
    ("UPDATE journalDetail SET salt = NULL WHERE id = 8", 8, "its details were erased in part"),
    ("DELETE FROM journal WHERE id = 10", 10, "details stand there without an entry"),
  ])
  func `names the first entry that is not as it was written`(
    sql: String,
    sequence: Int64,
    problem: String
  ) async throws {
    let fixture = try await Self.small()
    try Self.tamper(fixture.path, sql)
    let report = try JournalVerifier.verify(path: fixture.path)
    #expect(report.firstBad == .init(sequence: sequence, problem: problem))
    #expect(!report.isSound)
  }

  @Test func `shows every flipped byte of every field, at its entry`() async throws {
    let fixture = try await Self.small()
    try Self.tamper(fixture.path, "PRAGMA user_version")
    let queue = try DatabaseQueue(path: fixture.path)
    let texts = ["boot", "actor", "claims", "origin", "action", "subjectKind"]
    let numbers = ["at", "bootClock", "uid", "subject", "version"]
    let blocks = ["commitment", "previous", "hash"]
    var flips = 0
    func check(_ table: String, _ column: String, _ id: Int64, _ value: DatabaseValue) throws {
      let saved = try queue.read { db in
        try DatabaseValue.fetchOne(db, sql: "SELECT \(column) FROM \(table) WHERE id = \(id)")
      }
      func set(_ value: DatabaseValue?) throws {
        try queue.writeWithoutTransaction { db in
          try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
          try db.execute(
            sql: "UPDATE \(table) SET \(column) = ? WHERE id = \(id)",
            arguments: [value]
          )
        }
      }
      try set(value)
      #expect(try JournalVerifier.verify(path: fixture.path).firstBad?.sequence == id)
      try set(saved)
      flips += 1
    }
    func value(_ table: String, _ column: String, _ id: Int64) throws -> DatabaseValue {
      try queue.read { db in
        try DatabaseValue.fetchOne(db, sql: "SELECT \(column) FROM \(table) WHERE id = \(id)")
          ?? .null
      }
    }
    for id in [Int64(1), 9, 10] {
      for column in numbers {
        let number = try #require(Int64.fromDatabaseValue(try value("journal", column, id)))
        for byte in 0..<4 {
          try check("journal", column, id, (number ^ (1 << (8 * Int64(byte)))).databaseValue)
        }
      }
      let fields =
        (texts + blocks).map { ("journal", $0) }
        + ["reference", "headline", "change", "inverse", "salt"].map { ("journalDetail", $0) }
      for (table, column) in fields {
        switch try value(table, column, id).storage {
        case .string(let text):
          for index in text.utf8.indices {
            var bytes = Array(text.utf8)
            bytes[text.utf8.distance(from: text.startIndex, to: index)] ^= 1
            let flipped = String(decoding: bytes, as: UTF8.self)
            try check(table, column, id, flipped.databaseValue)
          }
        case .blob(let data):
          for index in data.indices {
            var bytes = data
            bytes[index] ^= 1
            try check(table, column, id, bytes.databaseValue)
          }
        default: break
        }
      }
    }
    #expect(flips > 1_000)
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
  }

  @Test func `names details that were erased with no entry that says so`() async throws {
    let fixture = try await Self.small()
    try Self.tamper(
      fixture.path,
      """
      UPDATE journalDetail SET change = NULL, inverse = NULL, headline = NULL, salt = NULL
      WHERE id IN (1, 9)
      """
    )
    let report = try JournalVerifier.verify(path: fixture.path)
    #expect(report.firstBad?.sequence == 1)
    #expect(report.firstBad?.problem == "its details were erased, and no later entry says so")
    let store = try fixture.another()
    let page = try await store.answer(
      JournalWindow(JournalFilter(), RowWindow(start: 0, count: 20))
    )
    #expect(page.rows.first { $0.entry.sequence == 9 }?.headline == "")
    await #expect(throws: StoreError.notReversible(9)) {
      try await store.undo([9], origin: "test")
    }
  }

  @Test func `that was cut off or put back is shown by a head that was written down`() async throws
  {
    let fixture = try await Self.small()
    let sound = try JournalVerifier.verify(path: fixture.path)
    let witness = JournalVerifier.Witness(sequence: sound.head, hash: sound.headHash)
    #expect(try JournalVerifier.verify(path: fixture.path, witness: witness).isSound)
    let other = JournalVerifier.Witness(sequence: 10, hash: String(repeating: "0", count: 64))
    #expect(
      try JournalVerifier.verify(path: fixture.path, witness: other).firstBad?.problem
        == "its hash is not the one that was written down elsewhere"
    )
    try Self.tamper(
      fixture.path,
      "DELETE FROM journalDetail WHERE id > 8; DELETE FROM journal WHERE id > 8"
    )
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
    #expect(
      try JournalVerifier.verify(path: fixture.path, witness: witness).firstBad
        == .init(sequence: 9, problem: "the journal ends at 8 but 10 was seen before")
    )
  }

  @Test(arguments: [
    "UPDATE journal SET actor = 'x' WHERE id = 1", "DELETE FROM journal WHERE id = 1",
    "DELETE FROM journalDetail WHERE id = 1",
    "UPDATE journalDetail SET headline = 'x' WHERE id = 1",
    "INSERT INTO journal SELECT id + 50, at, bootClock, boot, uid, actor, claims, origin, action, "
      + "subjectKind, subject, version, NULL, commitment, previous, hash FROM journal LIMIT 1",
    "UPDATE custody SET note = 'x'", "DELETE FROM custody",
    "UPDATE evidence SET sha256 = upper(sha256)",
  ])
  func `refuses to be altered through SQL`(sql: String) async throws {
    let fixture = try await Self.small()
    let queue = try DatabaseQueue(path: fixture.path)
    #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
  }

  @Test func `can be cancelled while it is verified`() async throws {
    let fixture = try await Self.small()
    #expect(throws: CancellationError.self) {
      try JournalVerifier.verify(path: fixture.path) { _, _ in false }
    }
  }

  @Test func `is listed newest first, by record with what belongs to it, by person and time`()
    async throws
  {
    let fixture = try await `Undo`.filled(schema: 1)
    let store = fixture.store
    fixture.clock.advance(by: .seconds(3600))
    try await fixture.another().apply(
      EditTask(id: 1, basedOn: 1, facts: TaskFacts(title: "call the bank")),
      origin: "incident task"
    )
    func list(_ filter: JournalFilter, start: Int = 0, count: Int = 50) async throws -> (
      [Int64], Int
    ) {
      let page = try await store.answer(
        JournalWindow(filter, RowWindow(start: start, count: count))
      )
      return (page.rows.map(\.entry.sequence), page.total)
    }
    #expect(try await list(JournalFilter()) == ([9, 8, 7, 6, 5, 4, 3, 2, 1], 9))
    #expect(try await list(JournalFilter(), start: 7, count: 1) == ([2], 9))
    #expect(try await list(JournalFilter(), start: 99) == ([], 9))
    #expect(
      try await list(JournalFilter(subject: Subject(.incident, 1))) == ([9, 7, 6, 5, 1], 5)
    )
    #expect(try await list(JournalFilter(subject: Subject(.task, 1))) == ([9, 5], 2))
    #expect(try await list(JournalFilter(actor: "okafor")) == ([9], 1))
    #expect(try await list(JournalFilter(action: "task")) == ([9, 5], 2))
    #expect(try await list(JournalFilter(since: fixture.clock.now)) == ([9], 1))
    #expect(try await list(JournalFilter(until: fixture.clock.now), count: 2) == ([8, 7], 8))
    #expect(try await list(JournalFilter(after: 7)) == ([9, 8], 2))

    let page = try await store.answer(
      JournalWindow(JournalFilter(actor: "okafor"), RowWindow(start: 0, count: 1))
    )
    let line = try #require(page.rows.first)
    #expect(line.reference == "INC-2026-0001")
    #expect(line.headline == "task to do: call the bank")
    #expect(line.details == ["title: call the bank", "state: to do"])
    #expect(line.entry.origin == "incident task")
    #expect(line.isReversible)
  }

  @Test func `tells which records were altered since an entry`() async throws {
    let fixture = try await `Undo`.filled(schema: 1)
    let answer = try await fixture.store.answer(ChangesSince(after: 4))
    #expect(answer.head == 8)
    #expect(
      answer.subjects == [
        Subject(.filter, 1), Subject(.incident, 1), Subject(.evidence, 1), Subject(.task, 1),
      ]
    )
    #expect(try await fixture.store.answer(ChangesSince(after: 8)).subjects.isEmpty)
  }
}
