internal import GRDB
internal import Model

/// Keeps the full-text index in step with the tables.
///
/// The index has no copy of the texts, so a text must be taken out exactly as it was put in: by the
/// same expression, before the row is altered. A release that changes `sources` needs a migration
/// that builds the index anew.
enum SearchIndex {
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

  /// Puts a record into the index, unless it is removed.
  static func add(_ kind: Subject.Kind, _ id: RecordID, in db: Database) throws {
    guard let (number, source) = source(kind) else { return }
    try db.run(
      """
      INSERT INTO search (rowid, text) SELECT id * 4 + \(number), \(source.text)
      FROM \(source.table) WHERE id = ? AND isRemoved = 0
      """,
      [id]
    )
  }

  /// Alters a record's row and its place in the index together.
  static func update(
    _ kind: Subject.Kind,
    _ id: RecordID,
    in db: Database,
    _ body: () throws -> Void
  ) throws {
    guard let (number, source) = source(kind) else { return try body() }
    try db.run(
      """
      INSERT INTO search (search, rowid, text) SELECT 'delete', id * 4 + \(number), \(source.text)
      FROM \(source.table) WHERE id = ? AND isRemoved = 0
      """,
      [id]
    )
    try body()
    try add(kind, id, in: db)
  }

  private static func source(_ kind: Subject.Kind) -> (
    Int, (kind: Subject.Kind, table: String, text: String)
  )? {
    sources.firstIndex { $0.kind == kind }.map { ($0, sources[$0]) }
  }
}
