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
  /// What can be found, in the order of its number in the index (M0021).
  static let sources: [Source] = [
    Source(
      .incident,
      "incident",
      of: "id",
      "reference",
      "title",
      "summary",
      "tags",
      "assets"
    ),
    Source(.timelineEntry, "timelineEntry", "text", "source"),
    Source(.task, "task", "title", "coalesce(owner, '')"),
    Source(.evidence, "evidence", "title", "path", "note"),
    Source(
      .filing,
      "filing",
      "rule",
      "recipient",
      "means",
      "receipt",
      "summary",
      "lateReason"
    ),
    Source(.decision, "decision", isKept: true, "rule", "reasoning", "decidedBy", "difference"),
    Source(
      .authority,
      "authority",
      of: "NULL",
      "key",
      "body",
      "portal",
      "email",
      "phone",
      "person",
      "reference",
      "note"
    ),
    Source(
      .finding,
      "finding",
      of: "NULL",
      "reference",
      "title",
      "text",
      "owner",
      "rootCause",
      "actions"
    ),
    Source(.activity, "activity", of: "NULL", "reference", "words"),
  ]

  /// How far row numbers of the index lie apart for one record (M0021).
  static let stride: Int64 = 16

  /// A kind of record whose texts can be found.
  struct Source {
    let kind: Subject.Kind
    let table: String
    /// The column that names the incident.
    let incident: String
    /// The texts in one, as SQL.
    let text: String
    /// What holds of rows that are not removed.
    let present: String

    init(
      _ kind: Subject.Kind,
      _ table: String,
      of incident: String = "incident",
      isKept: Bool = false,
      _ texts: String...
    ) {
      (self.kind, self.table, self.incident) = (kind, table, incident)
      text = texts.joined(separator: " || char(10) || ")
      present = isKept ? "1" : "isRemoved = 0"
    }
  }

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
        SELECT id * \(Self.stride) + \(number), \(source.text) FROM \(source.table)
        WHERE id IN (SELECT value FROM json_each(?)) AND \(source.present) ORDER BY id
        """,
        ["[\(ids.map(String.init).joined(separator: ","))]"]
      )
    }
    pending.removeAll()
  }

  /// The row number and text of a record that is not removed.
  private static func text(_ subject: Subject, in db: Database) throws -> (Int64, String)? {
    guard let number = sources.firstIndex(where: { $0.kind == subject.kind }) else { return nil }
    let source = sources[number]
    let row = try db.row(
      "SELECT \(source.text) FROM \(source.table) WHERE id = ? AND \(source.present)",
      [subject.id]
    )
    return try row.map { (subject.id * stride + Int64(number), try $0.text(0)) }
  }
}
