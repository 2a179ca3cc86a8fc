internal import GRDB
internal import Model

/// Reads and writes evidence and its chain of custody.
enum EvidenceRecord {
  static let columns = """
    id, incident, version, title, path, sha256, size, isCopied, note, recordedAt, isRemoved, dates,
    run
    """

  static func read(_ row: Row) throws -> Evidence {
    Evidence(
      id: try row.number(0),
      incident: try row.optionalNumber(1),
      version: try row.number(2),
      facts: EvidenceFacts(
        title: try row.text(3),
        path: try row.text(4),
        sha256: try row.text(5),
        size: try row.number(6),
        isCopied: try row.flag(7),
        note: try row.text(8),
        dates: try row.optionalText(11).map { try JSON.value($0) },
        run: try row.optionalText(12).map { try JSON.value($0) }
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

  /// The pieces that meet a condition and are not removed, with custody and what they prove.
  static func list(
    where condition: String,
    _ arguments: StatementArguments,
    order: String = "id",
    in db: Database
  ) throws -> [Evidence] {
    var pieces: [Evidence] = []
    try db.rows(
      "SELECT \(columns) FROM evidence WHERE isRemoved = 0 AND \(condition) ORDER BY \(order)",
      arguments
    ) { pieces.append(try read($0)) }
    for index in pieces.indices {
      pieces[index].custody = try custody(of: pieces[index].id, in: db)
      try db.rows(
        """
        SELECT toKind, toRecord FROM link
        WHERE fromKind = 'evidence' AND fromRecord = ? AND relation = ? ORDER BY id
        """,
        [pieces[index].id, RecordLink.proves]
      ) { pieces[index].proves.append(Subject(try $0.word(0), try $0.number(1))) }
    }
    return pieces
  }

  static func insert(
    _ facts: EvidenceFacts,
    incident: RecordID?,
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID {
    try check(title: facts.title)
    try check(facts.dates)
    let isHash =
      facts.sha256.utf8.count == 64
      && facts.sha256.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    let isLink = facts.kind == .link && !facts.path.isEmpty && facts.size == 0 && !facts.isCopied
    guard isHash || isLink else {
      throw StoreError.refused(
        "evidence needs its SHA-256 as 64 lower-case hexadecimal digits, or an address"
      )
    }
    guard facts.size >= 0 else { throw StoreError.refused("a size cannot be negative") }
    let dates = try facts.dates.map { try JSON.text($0) }
    let run = try facts.run.map { try JSON.text($0) }
    try db.run(
      """
      INSERT INTO evidence (incident, version, title, path, sha256, size, isCopied, note,
        recordedAt, dates, expiresAt, run)
      VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        incident, facts.title, facts.path, facts.sha256, facts.size, facts.isCopied, facts.note,
        context.now.milliseconds, dates, facts.dates?.expires?.latest.milliseconds, run,
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
    try check(evidence.facts.dates)
    let dates = try evidence.facts.dates.map { try JSON.text($0) }
    try context.search.update(.evidence, evidence.id, in: db) {
      try db.run(
        """
        UPDATE evidence SET version = ?, title = ?, note = ?, isRemoved = ?, dates = ?,
          expiresAt = ?
        WHERE id = ?
        """,
        [
          evidence.version, evidence.facts.title, evidence.facts.note, isRemoved,
          dates, evidence.facts.dates?.expires?.latest.milliseconds, evidence.id,
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

  private static func check(_ dates: EvidenceDates?) throws {
    guard let dates, let from = dates.coveredFrom, let until = dates.coveredUntil else { return }
    guard from.earliest <= until.latest else {
      throw StoreError.refused("the period that evidence covers ends after it begins")
    }
  }
}

extension EvidenceList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Evidence] {
    var (condition, arguments): (String, StatementArguments) = ("1", [])
    if let subject {
      condition = """
        id IN (SELECT fromRecord FROM link WHERE toKind = ? AND toRecord = ?
          AND fromKind = 'evidence' AND relation = ?)
        """
      arguments = [subject.kind.rawValue, subject.id, RecordLink.proves]
    } else if expiringBefore == nil {
      condition = """
        (incident IS NULL OR EXISTS (SELECT 1 FROM link WHERE fromKind = 'evidence'
          AND fromRecord = evidence.id AND relation = ?))
        """
      arguments = [RecordLink.proves]
    }
    if let expiringBefore {
      condition += " AND expiresAt < ?"
      arguments += [expiringBefore.milliseconds]
    }
    return try EvidenceRecord.list(
      where: condition,
      arguments,
      order: expiringBefore == nil ? "id" : "expiresAt, id",
      in: db
    )
  }
}

extension EvidenceByID: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Evidence? {
    try EvidenceRecord.list(where: "id = ?", [id], in: db).first
  }
}
