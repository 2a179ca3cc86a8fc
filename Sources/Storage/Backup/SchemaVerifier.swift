internal import GRDB
internal import Model

/// Compares what a store's file is made of with what this program's steps make, and looks at its pages.
///
/// Rows can be as they were written and say something else all the same: a trigger writes beside what is
/// written, a view answers for a table, an index that leaves rows out hides them, a rule that was taken
/// out lets anything in.
public enum SchemaVerifier {
  /// A part of a store that is not as this program makes it.
  public struct BadObject: Codable, Sendable, Equatable {
    /// What it is: `table`, `index`, `trigger`, `view`, `page` or `row`.
    public var kind: String
    /// Its name; empty for pages.
    ///
    /// Foreign text.
    public var name: String
    /// What is wrong, in a sentence.
    public var problem: String

    /// Makes a finding.
    public init(kind: String, name: String, problem: String) {
      (self.kind, self.name, self.problem) = (kind, name, problem)
    }
  }

  /// What was compared, and what is wrong.
  public struct Report: Codable, Sendable, Equatable {
    /// How many tables, indexes, triggers and views there are.
    public var objects = 0
    /// What is not as this program makes it; at most 100.
    public var bad: [BadObject] = []

    /// Makes a report of nothing.
    public init() {}
  }

  /// The most problems that are looked for on pages and in references.
  private static let most = 20

  /// Compares tables, indexes, triggers and views, then every page, index entry and reference.
  ///
  /// The pages take about as long as reading the file twice: each entry of an index is looked up in its
  /// table and the other way round.
  ///
  /// - Parameter path: The store or a backup of one.
  /// - Returns: What was found; of a store of a newer program only its pages are looked at.
  /// - Throws: `StoreError.notAStore` for a file that cannot be read as a store.
  public static func verify(path: String) throws -> Report {
    do {
      let queue = try ReadOnlyFile.open(path)
      defer { try? queue.close() }
      return try queue.read { db in
        var report = Report()
        try schema(db, &report)
        try pages(db, &report)
        return report
      }
    } catch {
      throw StoreError.from(error, path: path)
    }
  }

  // MARK: Schema

  /// An object of a schema.
  private struct Object: Equatable {
    var kind: String
    var table: String
    /// The statement that makes it; nil for what SQLite makes by itself.
    var sql: String?
  }

  private static func schema(_ db: Database, _ report: inout Report) throws {
    let version = try Migrator.schema(in: db)
    let found = try objects(in: db)
    report.objects = found.count
    guard (1...Schema.current).contains(version) else { return }
    let expected = try expected(version)
    func note(_ object: Object, _ name: String, _ problem: String) {
      guard report.bad.count < 100 else { return }
      report.bad.append(BadObject(kind: object.kind, name: name, problem: problem))
    }
    for (name, object) in found.sorted(by: { $0.key < $1.key }) {
      guard let wanted = expected[name] else {
        note(object, name, "tocsin did not make it")
        continue
      }
      if object.kind != wanted.kind || object.table != wanted.table {
        note(object, name, "it is not the \(wanted.kind) of \(wanted.table) that tocsin made")
      } else if object.sql != wanted.sql {
        note(object, name, "it was made anew: its text is not the one that tocsin wrote")
      }
    }
    for (name, object) in expected.sorted(by: { $0.key < $1.key }) where found[name] == nil {
      note(object, name, "it was taken out")
    }
  }

  /// Tables of SQLite's own that say nothing of the record.
  private static func isOwn(_ name: String) -> Bool {
    name.hasPrefix("sqlite_stat") || name == "sqlite_sequence"
  }

  private static func objects(in db: Database) throws -> [String: Object] {
    var objects: [String: Object] = [:]
    try db.rows("SELECT type, name, tbl_name, sql FROM sqlite_schema") { row in
      let (kind, name) = (try row.text(0), try row.text(1))
      guard !isOwn(name) else { return }
      // Two of one name are only there where somebody wrote into the schema itself.
      let key = objects[name] == nil ? name : "\(name) (\(kind))"
      objects[key] = Object(
        kind: kind,
        table: try row.text(2),
        sql: try row.optionalText(3)
      )
    }
    return objects
  }

  /// What the steps up to a schema make, in memory.
  private static func expected(_ version: Int) throws -> [String: Object] {
    let queue = try DatabaseQueue()
    defer { try? queue.close() }
    return try queue.writeWithoutTransaction { db in
      for steps in Schema.steps.prefix(version) {
        try db.inTransaction {
          for step in steps { try db.execute(sql: step.sql) }
          return .commit
        }
      }
      return try objects(in: db)
    }
  }

  // MARK: Pages

  private static func pages(_ db: Database, _ report: inout Report) throws {
    var lines: [String] = []
    for row in try Row.fetchAll(db, sql: "PRAGMA integrity_check(\(most))") {
      lines.append(try row.text(0))
    }
    if lines != ["ok"] {
      for line in lines {
        report.bad.append(BadObject(kind: "page", name: "", problem: firstLine(line)))
      }
    }
    let cursor = try Row.fetchCursor(db, sql: "PRAGMA foreign_key_check")
    var count = 0
    while count < most, let row = try cursor.next() {
      count += 1
      let place = try row.optionalNumber(1).map { " in row \($0)" } ?? ""
      report.bad.append(
        BadObject(
          kind: "row",
          name: try row.text(0),
          problem: "it names a row of \(try row.text(2)) that is not there\(place)"
        )
      )
    }
  }
}
