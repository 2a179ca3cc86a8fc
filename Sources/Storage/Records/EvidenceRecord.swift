internal import GRDB
internal import Model

/// Reads and writes evidence and its chain of custody.
enum EvidenceRecord {
  static let columns = """
    id, incident, version, title, path, sha256, size, isCopied, note, recordedAt, isRemoved
    """

  static func read(_ row: Row) throws -> Evidence {
    Evidence(
      id: try row.number(0),
      incident: try row.number(1),
      version: try row.number(2),
      facts: EvidenceFacts(
        title: try row.text(3),
        path: try row.text(4),
        sha256: try row.text(5),
        size: try row.number(6),
        isCopied: try row.flag(7),
        note: try row.text(8)
      ),
      recordedAt: try row.instant(9),
      custody: []
    )
  }

  /// Reads a piece without its chain of custody.
  static func existing(_ id: RecordID, in db: Database) throws -> (Evidence, isRemoved: Bool) {
    guard let row = try db.row("SELECT \(columns) FROM evidence WHERE id = ?", [id]) else {
      throw StoreError.notFound(Subject(.evidence, id))
    }
    return (try read(row), try row.flag(10))
  }

  static func insert(
    _ facts: EvidenceFacts,
    incident: RecordID,
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID {
    try check(title: facts.title)
    let isHash =
      facts.sha256.utf8.count == 64
      && facts.sha256.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    guard isHash else {
      throw StoreError.refused("evidence needs its SHA-256 as 64 lower-case hexadecimal digits")
    }
    guard facts.size >= 0 else { throw StoreError.refused("a size cannot be negative") }
    try db.run(
      """
      INSERT INTO evidence (incident, version, title, path, sha256, size, isCopied, note,
        recordedAt)
      VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        incident, facts.title, facts.path, facts.sha256, facts.size, facts.isCopied, facts.note,
        context.now.milliseconds,
      ]
    )
    let id = db.lastInsertedRowID
    context.search.add(.evidence, id)
    try addCustody(.collected, note: "", to: id, context, in: db)
    return id
  }

  static func update(
    _ evidence: Evidence,
    isRemoved: Bool,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    try check(title: evidence.facts.title)
    try context.search.update(.evidence, evidence.id, in: db) {
      try db.run(
        "UPDATE evidence SET version = ?, title = ?, note = ?, isRemoved = ? WHERE id = ?",
        [
          evidence.version, evidence.facts.title, evidence.facts.note, isRemoved, evidence.id,
        ]
      )
    }
  }

  static func addCustody(
    _ kind: CustodyKind,
    note: String,
    to id: RecordID,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    try db.run(
      "INSERT INTO custody (evidence, kind, at, by, note) VALUES (?, ?, ?, ?, ?)",
      [id, kind.rawValue, context.now.milliseconds, context.actor.name, note]
    )
  }

  static func custody(of id: RecordID, in db: Database) throws -> [CustodyEntry] {
    var entries: [CustodyEntry] = []
    try db.rows("SELECT kind, at, by, note FROM custody WHERE evidence = ? ORDER BY id", [id]) {
      entries.append(
        CustodyEntry(
          kind: try $0.word(0),
          at: try $0.instant(1),
          by: try $0.text(2),
          note: try $0.text(3)
        )
      )
    }
    return entries
  }

  private static func check(title: String) throws {
    guard title.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("a piece of evidence needs a title")
    }
  }
}
