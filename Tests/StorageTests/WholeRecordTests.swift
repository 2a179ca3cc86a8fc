import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import Storage

/// A store with a row in every table of the record, closed, to be copied and meddled with.
enum WholeRecord {
  private static let more: [any Change] = [
    OpenIncident(
      facts: IncidentFacts(
        title: "whole",
        summary: "all of it",
        severity: .high,
        actions: [.hacking],
        roles: [.lead: "Ana", .counsel: "Bo"],
        instants: [
          .occurred: StatedTime(Instant(seconds: 3)), .aware: StatedTime(Instant(seconds: 5)),
        ],
        affected: [
          AffectedPeople(jurisdiction: "EU-DE", count: 410, quality: .confirmed),
          AffectedPeople(jurisdiction: "US-CA", count: 20),
        ],
        data: DataExposure(categories: ["name", "iban"], disclosure: .yes, isEncrypted: false),
        answers: LegalAnswers(["risk": "high"]),
        assets: ["mail server"],
        tags: ["ransom"]
      )
    ),
    DecideAwareness(
      id: 7,
      basedOn: nil,
      decision: AwarenessDecision(
        awareAt: StatedTime(Instant(seconds: 6)),
        decidedBy: "Ana",
        grounds: "the log"
      )
    ),
    EditIncident(id: 7, basedOn: nil, edits: [.summary("all of it, again")]),
    AddTimelineEntry(
      incident: 7,
      facts: TimelineFacts(happened: StatedTime(Instant(seconds: 4)), text: "seen", source: "log")
    ),
    AddTask(
      incident: 7,
      facts: TaskFacts(title: "call", owner: "Ana", due: StatedTime(Instant(seconds: 9)))
    ),
    EditTask(
      id: 2,
      basedOn: nil,
      facts: TaskFacts(title: "call them", owner: "Bo", due: StatedTime(Instant(seconds: 9)))
    ),
    RecordCustody(id: 1, basedOn: nil, kind: .accessed, note: "looked at"),
    AddLink(RecordLink(from: Subject(.incident, 7), to: Subject(.task, 2), relation: "x")),
  ]

  /// The file of such a store.
  static func closed() async throws -> StoreFixture {
    let fixture = try await Undo.filled()
    try await fixture.store.apply(more, origin: "test")
    try await audit(fixture)
    try fixture.store.close()
    return fixture
  }

  /// Runs a statement as another program would; gives how many rows it altered.
  @discardableResult static func tamper(_ path: String, _ sql: String) throws -> Int {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    return try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
      for trigger in try String.fetchAll(
        db,
        sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
      ) {
        try db.execute(sql: "DROP TRIGGER \(trigger)")
      }
      try db.execute(sql: sql)
      return db.changesCount
    }
  }

  /// What is said of a copy in which somebody ran a statement; nil where it altered nothing.
  static func problems(_ fixture: StoreFixture, after sql: String) throws -> [String]? {
    let copy = fixture.path + ".copy"
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: copy + suffix)
    }
    try FileManager.default.copyItem(atPath: fixture.path, toPath: copy)
    guard try tamper(copy, sql) > 0 else { return nil }
    return try RecordVerifier.verify(path: copy).bad.map {
      "\($0.subject.kind.rawValue) \($0.subject.id): \($0.problem)"
    }
  }
}

struct `What verify says of the records of a store` {
  @Test func `is that they are sound`() async throws {
    let fixture = try await WholeRecord.closed()
    #expect(try RecordVerifier.verify(path: fixture.path).bad == [])
  }

  @Test func `leaves out no table without saying why`() async throws {
    let fixture = try StoreFixture()
    try fixture.store.close()
    let known =
      Set(RecordChecks.all.flatMap { $0.tables }.map(\.name))
      .union(MailingChecks.tables.map(\.name)).union(KeptVerifier.tables)
      .union(ConsentLedgerCheck.tables.keys).union(RecordChecks.named.keys)
    let tables = try Self.tables(fixture.path)
    // Where words are searched for, and what SQLite keeps of it: made of the rows, found by them.
    let isSearch = { (name: String) in name.lowercased().contains("search") }
    #expect(tables.filter { !known.contains($0) && !isSearch($0) } == [])
    #expect(RecordChecks.named.keys.filter { !tables.contains($0) }.sorted() == [])
  }

  private static func tables(_ path: String) throws -> [String] {
    let queue = try ReadOnlyFile.open(path)
    defer { try? queue.close() }
    return try queue.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
            AND name NOT LIKE 'sqlite%' ORDER BY name
          """
      )
    }
  }

  @Test func `names every row that another program altered, whichever its column`() async throws {
    let fixture = try await WholeRecord.closed()
    var unseen: [String] = []
    var empty: [String] = []
    for table in RecordChecks.all.flatMap({ $0.tables }) where table.name != "staffKey" {
      for column in try Self.columns(of: table.name, fixture.path) {
        guard table.free[column.name] == nil else { continue }
        let setting =
          switch column.type {
          case "INTEGER" where column.name.hasPrefix("is"):
            "\(column.name) = 1 - coalesce(\(column.name), 0)"
          case "INTEGER": "\(column.name) = coalesce(\(column.name), 0) + 1000"
          case "BLOB": "\(column.name) = randomblob(8)"
          default: "\(column.name) = coalesce(\(column.name), '') || '9'"
          }
        let sql =
          "UPDATE \(table.name) SET \(setting) WHERE rowid = (SELECT max(rowid) FROM \(table.name))"
        let plain = "UPDATE \(table.name) SET \(setting)"
        let hasRows = try Self.hasRowID(table.name, fixture.path)
        do {
          let found = try WholeRecord.problems(fixture, after: hasRows ? sql : plain)
          guard let found else {
            empty.append(table.name)
            continue
          }
          if found.isEmpty { unseen.append("\(table.name).\(column.name)") }
        } catch is DatabaseError {
          // Where all rows cannot be altered alike, one can.
          unseen.append("\(table.name).\(column.name) could not be altered")
        }
      }
    }
    #expect(unseen == [])
    // Nobody asked for anything in that store.
    #expect(Set(empty) == ["requestCounter"])
  }

  private static func columns(of table: String, _ path: String) throws -> [(
    name: String, type: String
  )] {
    let queue = try ReadOnlyFile.open(path)
    defer { try? queue.close() }
    return try queue.read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid",
        arguments: [table]
      ).map { ($0["name"], $0["type"]) }
    }
  }

  private static func hasRowID(_ table: String, _ path: String) throws -> Bool {
    let queue = try ReadOnlyFile.open(path)
    defer { try? queue.close() }
    return try queue.read { db in
      try Int.fetchOne(
        db,
        sql: "SELECT wr FROM pragma_table_list WHERE name = ? AND schema = 'main'",
        arguments: [table]
      ) == 0
    }
  }

  @Test(arguments: [
    ("DELETE FROM incidentAffected WHERE jurisdiction = 'US-CA'", "incident 7: its facts are"),
    ("UPDATE incidentAffected SET count = 41", "incident 7: its facts are (affected)"),
    ("DELETE FROM awareness", "incident 7: its decision on awareness is"),
    ("DELETE FROM timelineEntry WHERE id = 1", "incident 1: its course as it was opened is"),
    ("DELETE FROM timelineEntry WHERE id = 2", "timelineEntry 2: it was deleted"),
    ("DELETE FROM task WHERE id = 2", "task 2: it was deleted"),
    ("DELETE FROM organisation", "organisation 1: it was deleted"),
    ("DELETE FROM link WHERE relation = 'x'", "incident 7: its link to task 2 was deleted"),
    ("DELETE FROM custody", "evidence 1: its chain of custody is"),
    ("UPDATE decision SET refusal = 'x'", "decision 1: its approval or refusal is said by half"),
    (
      "DELETE FROM findingTally WHERE count = 0",
      "store 1: findingTally lacks a row that is counted in"
    ),
    (
      "UPDATE referenceCounter SET last = last - 1",
      "store 1: referenceCounter would give out numbers of 2026 a second time"
    ),
    (
      "DELETE FROM findingCounter",
      "store 1: findingCounter would give out numbers of 2026 a second time"
    ),
    (
      "DELETE FROM mailingCounter",
      "store 1: mailingCounter would give out numbers of 2026 a second time"
    ),
    (
      "UPDATE finding SET latest = latest + 1 WHERE id = 2",
      "finding 2: its day is not the one that the rule of then gives"
    ),
    (
      "UPDATE finding SET givenText = NULL, earliest = NULL, latest = NULL WHERE id = 2",
      "finding 2: its day is not the one that the rule of then gives"
    ),
    ("DELETE FROM reminder", "incident 1: its reminder of EU-GDPR-34 was deleted or altered"),
    (
      "INSERT INTO task (incident, version, title, state, recordedAt, isListed) "
        + "VALUES (7, 1, 'more', 'done', 1, 0)", "task 3: no entry of the journal has added it"
    ),
    (
      "INSERT INTO finding (reference, referenceOrder, version, facts, standing, actions, openedAt, "
        + "updatedAt, title, text, rootCause, owner, severity, state) SELECT 'FND-2026-0009', 9, 1, "
        + "facts, standing, actions, openedAt, updatedAt, title, text, rootCause, owner, severity, "
        + "state FROM finding WHERE id = 1", "finding 7: no entry of the journal has added it"
    ),
    (
      "UPDATE incidentTally SET count = count + 1",
      "store 1: the numbers kept in incidentTally are not those of its rows"
    ),
  ])
  func `names what was deleted, put in or counted otherwise`(sql: String, problem: String)
    async throws
  {
    let fixture = try await WholeRecord.closed()
    let problems = try #require(try WholeRecord.problems(fixture, after: sql))
    #expect(problems.contains { $0.hasPrefix(problem) }, "\(problems)")
  }
}

struct `Edits of an incident` {
  @Test(arguments: [
    (#"{"id":1,"edits":[{"tags":{"_0":["a","b"]}}]}"#, ["tags"]),
    (
      #"{"id":1,"basedOn":2,"edits":[{"title":{"_0":"\"x\": {"}},{"summary":{"_0":""}}]}"#,
      ["title", "summary"]
    ),
    (#"{"id":1,"edits":[{"affected":{"jurisdiction":"EU-DE","people":null}}]}"#, ["affected"]),
    ("{}", []), ("", []), (#"{"edits":[{"ti"#, []),
  ])
  func `are told by their fields without being read`(text: String, fields: [String]) {
    #expect(EditedFacts.fields(of: text) == fields)
  }

  @Test func `come to the same whether all of them are read or those that show`() throws {
    let edits: [[IncidentEdit]] = [
      [.title("one"), .tags(["b", "a"])], [.role(.lead, "Ana")], [.tags(["c"])],
      [.affected(jurisdiction: "EU-DE", people: AffectedPeople(jurisdiction: "EU-DE", count: 4))],
      [.title("two")], [.role(.lead, nil), .summary("s")], [.title("three"), .severity(.low)],
    ]
    var all = IncidentFacts(title: "zero")
    for edit in edits.joined() { _ = all.apply(edit) }
    let texts = try edits.map {
      try JSONBytes.text(EditIncident(id: 1, basedOn: nil, edits: $0))
    }
    #expect(EditedFacts.facts(IncidentFacts(title: "zero"), texts) == all.normalized)
  }
}

struct `The schema of a store` {
  @Test func `is the one that the program makes`() async throws {
    let fixture = try await WholeRecord.closed()
    let report = try SchemaVerifier.verify(path: fixture.path)
    #expect(report.bad == [])
    #expect(report.objects > 200)
  }

  @Test(arguments: ["schema-1", "schema-2", "schema-3", "schema-4"])
  func `is the one that it makes of a store of an earlier release`(name: String) throws {
    let fixture = try StoreFixture()
    try fixture.store.close()
    let path = fixture.path + ".old"
    try FileManager.default.copyItem(
      atPath: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("fixtures/databases/\(name).sqlite").path,
      toPath: path
    )
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    #expect(try SchemaVerifier.verify(path: path).bad == [])
    try SQLiteStore(path: path).close()
    #expect(try SchemaVerifier.verify(path: path).bad == [])
  }

  @Test(arguments: [
    (
      "CREATE TRIGGER extra AFTER INSERT ON task BEGIN DELETE FROM task; END",
      "trigger extra: tocsin did not make it"
    ),
    ("CREATE VIEW seen AS SELECT 1", "view seen: tocsin did not make it"),
    ("DROP INDEX incidentByState", "index incidentByState: it was taken out"),
    (
      "CREATE INDEX few ON task (id) WHERE id > 5", "index few: tocsin did not make it"
    ),
    (
      "DROP INDEX taskIncident; CREATE INDEX taskIncident ON task (incident) WHERE id > 5",
      "index taskIncident: it was made anew: its text is not the one that tocsin wrote"
    ),
    (
      "DROP TRIGGER custodyIsNotAltered",
      "trigger custodyIsNotAltered: it was taken out"
    ),
    (
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (title <> '''')', '')
      WHERE name = 'task'; PRAGMA writable_schema = OFF
      """,
      "table task: it was made anew: its text is not the one that tocsin wrote"
    ),
    (
      "PRAGMA foreign_keys = OFF; DELETE FROM incident WHERE id = 7",
      "row task: it names a row of incident that is not there in row 2"
    ),
  ])
  func `is told where another program altered it`(sql: String, problem: String) async throws {
    let fixture = try await WholeRecord.closed()
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: fixture.path, configuration: configuration)
    try await queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
    let problems = try SchemaVerifier.verify(path: fixture.path).bad.map {
      "\($0.kind) \($0.name): \($0.problem)"
    }
    #expect(problems.contains(problem), "\(problems)")
  }

  @Test func `is told where an index leaves out a row that it must have`() async throws {
    let fixture = try await WholeRecord.closed()
    let queue = try DatabaseQueue(path: fixture.path)
    try await queue.writeWithoutTransaction { db in
      // The index is emptied by giving its name to another root for a while.
      try db.execute(
        sql: """
          PRAGMA writable_schema = ON;
          UPDATE sqlite_schema SET sql = 'CREATE INDEX taskIncident ON task (incident) WHERE id > 5'
          WHERE name = 'taskIncident';
          PRAGMA writable_schema = RESET;
          REINDEX taskIncident;
          PRAGMA writable_schema = ON;
          UPDATE sqlite_schema SET sql = 'CREATE INDEX taskIncident ON task (incident)'
          WHERE name = 'taskIncident';
          PRAGMA writable_schema = RESET;
          """
      )
    }
    try queue.close()
    let report = try SchemaVerifier.verify(path: fixture.path)
    #expect(report.bad.contains { $0.kind == "page" && $0.problem.contains("taskIncident") })
  }

  @Test func `is written to by nobody where it has a trigger of somebody else's`() async throws {
    let fixture = try await WholeRecord.closed()
    let queue = try DatabaseQueue(path: fixture.path)
    try await queue.writeWithoutTransaction {
      try $0.execute(sql: "CREATE TRIGGER extra AFTER INSERT ON task BEGIN DELETE FROM task; END")
    }
    try queue.close()
    let store = try SQLiteStore(path: fixture.path)
    #expect(store.readOnlyReason?.contains("the trigger extra in it is not tocsin's") == true)
    await #expect(throws: StoreError.self) {
      try await store.apply(AddTask(incident: 7, facts: TaskFacts(title: "t")), origin: "test")
    }
    try store.close()
  }
}
