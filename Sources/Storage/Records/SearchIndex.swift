internal import GRDB
internal import Model

/// Keeps the full-text index in step with the tables, for one transaction.
///
/// The index has no copy of the texts, so a text must be taken out exactly as it was put in: by the
/// same expression, before the row is altered. A release that changes `sources` needs a migration
/// that builds the index anew.
///
/// Texts are put in at the end, one after the other: FTS5 writes what it has gathered to the disk
/// whenever another statement sets a savepoint, which made an import half as fast.
final class SearchIndex {
  /// What can be found, in the order of its number in the index (M0009).
  static let sources: [(kind: Subject.Kind, table: String, text: String)] = [
    (
      .incident, "incident",
      "reference || char(10) || title || char(10) || summary || char(10) || tags || char(10) "
        + "|| assets"
    ),
    (.timelineEntry, "timelineEntry", "text || char(10) || source"),
    (.task, "task", "title || char(10) || coalesce(owner, '')"),
    (.evidence, "evidence", "title || char(10) || path || char(10) || note"),
  ]

  /// Records whose text goes in at the end; until then it is not in the index.
  private var pending: Set<Subject> = []

  /// Puts a record into the index, unless it is removed by the end of the transaction.
  func add(_ kind: Subject.Kind, _ id: RecordID) { pending.insert(Subject(kind, id)) }

  /// Alters a record's row and its place in the index together.
  func update(
    _ kind: Subject.Kind,
    _ id: RecordID,
    in db: Database,
    _ body: () throws -> Void
  ) throws {
    let subject = Subject(kind, id)
    if !pending.contains(subject), let (row, text) = try Self.text(subject, in: db) {
      try db.run(
        "INSERT INTO search (search, rowid, text) VALUES ('delete', ?, ?)",
        [row, text]
      )
    }
    try body()
    pending.insert(subject)
  }

  /// Puts in what was gathered, one statement for each kind; to be called once, before the commit.
  func finish(in db: Database) throws {
    for (number, source) in Self.sources.enumerated() {
      let ids = pending.filter { $0.kind == source.kind }.map(\.id).sorted()
      guard !ids.isEmpty else { continue }
      try db.run(
        """
        INSERT INTO search (rowid, text)
        SELECT id * 4 + \(number), \(source.text) FROM \(source.table)
        WHERE id IN (SELECT value FROM json_each(?)) AND isRemoved = 0 ORDER BY id
        """,
        ["[\(ids.map(String.init).joined(separator: ","))]"]
      )
    }
    pending.removeAll()
  }

  /// The row number and text of a record that is not removed.
  private static func text(_ subject: Subject, in db: Database) throws -> (Int64, String)? {
    guard let number = sources.firstIndex(where: { $0.kind == subject.kind }) else { return nil }
    let (_, table, text) = sources[number]
    let row = try db.row(
      "SELECT \(text) FROM \(table) WHERE id = ? AND isRemoved = 0",
      [subject.id]
    )
    return try row.map { (subject.id * 4 + Int64(number), try $0.text(0)) }
  }
}
