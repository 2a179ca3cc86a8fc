internal import GRDB
internal import Model

/// Reads and writes scans of audits, their results, and what they did to items.
enum AuditScanRecord {
  // MARK: Scans

  /// Keeps a scan; what it did is written when it is done.
  static func insert(
    _ facts: AuditScanFacts,
    audit: RecordID,
    _ effect: AuditScanEffect,
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID {
    try db.run(
      """
      INSERT INTO auditScan (audit, facts, effect, importedAt, importedBy) VALUES (?, ?, ?, ?, ?)
      """,
      [
        audit, try JSON.text(facts), try JSON.text(effect), context.now.milliseconds,
        context.actor.name,
      ]
    )
    return db.lastInsertedRowID
  }

  private static let columns = "id, audit, facts, effect, importedAt, importedBy"

  private static func read(_ row: Row) throws -> AuditScan {
    AuditScan(
      id: try row.number(0),
      audit: try row.number(1),
      facts: try JSON.value(try row.text(2)),
      effect: try JSON.value(try row.text(3)),
      importedAt: try row.instant(4),
      importedBy: try row.text(5)
    )
  }

  /// The scans of an audit that were not taken back, newest first.
  static func list(of audit: RecordID, in db: Database) throws -> [AuditScan] {
    var scans: [AuditScan] = []
    try db.rows(
      "SELECT \(columns) FROM auditScan WHERE audit = ? AND isRemoved = 0 ORDER BY id DESC",
      [audit]
    ) { scans.append(try read($0)) }
    return scans
  }

  /// A scan that was not taken back.
  static func fetch(_ id: RecordID, in db: Database) throws -> AuditScan? {
    try db.row("SELECT \(columns) FROM auditScan WHERE id = ? AND isRemoved = 0", [id]).map(read)
  }

  /// Takes a scan off the list.
  static func remove(_ id: RecordID, in db: Database) throws {
    try db.run("UPDATE auditScan SET isRemoved = 1 WHERE id = ?", [id])
  }

  // MARK: Results

  /// The columns that `result` reads from the third on; the first two are id and scan.
  static let resultColumns = """
    auditScanResult.id, auditScanResult.scan, auditScanResult.tool, auditScanResult.target,
    auditScanResult.rule, auditScanResult.title, auditScanResult.outcome, auditScanResult.word,
    auditScanResult.severity, auditScanResult.message, auditScanResult.advice, auditScanResult.at,
    (SELECT group_concat(place) FROM auditScanMatch WHERE result = auditScanResult.id)
    """

  static func result(_ row: Row) throws -> ScanPlan.Known {
    let places = try row.optionalText(12) ?? ""
    return ScanPlan.Known(
      id: try row.number(0),
      scan: try row.number(1),
      result: AuditScanResult(
        tool: try row.text(2),
        target: try row.text(3),
        rule: try row.text(4),
        title: try row.text(5),
        outcome: try row.word(6),
        word: try row.text(7),
        severity: try row.word(8),
        message: try row.text(9),
        advice: try row.text(10),
        at: try row.optionalNumber(11).map { Instant(milliseconds: $0) },
        places: places.split(separator: ",").compactMap { Int($0) }.sorted()
      )
    )
  }

  /// The results that an audit keeps and that meet a condition.
  static func results(
    of audit: RecordID,
    where condition: String = "",
    _ arguments: StatementArguments = [],
    in db: Database
  ) throws -> [ScanPlan.Known] {
    var results: [ScanPlan.Known] = []
    try db.rows(
      "SELECT \(resultColumns) FROM auditScanResult WHERE auditScanResult.audit = ? \(condition)",
      [audit] + arguments
    ) { results.append(try result($0)) }
    return results
  }

  static func insert(
    _ result: AuditScanResult,
    audit: RecordID,
    scan: RecordID,
    in db: Database
  ) throws {
    try db.run(
      """
      INSERT INTO auditScanResult (audit, scan, tool, target, rule, title, outcome, word, severity,
        message, advice, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [audit, scan, result.tool, result.target, result.rule] + values(result)
    )
    try match(db.lastInsertedRowID, audit, result.places, in: db)
  }

  /// Lets a result say something else.
  static func update(
    _ known: ScanPlan.Known,
    to result: AuditScanResult,
    audit: RecordID,
    scan: RecordID,
    in db: Database
  ) throws {
    try db.run(
      """
      UPDATE auditScanResult SET scan = ?, title = ?, outcome = ?, word = ?, severity = ?,
        message = ?, advice = ?, at = ? WHERE id = ?
      """,
      [scan] + values(result) + [known.id]
    )
    guard known.result.places != result.places else { return }
    try db.run("DELETE FROM auditScanMatch WHERE result = ?", [known.id])
    try match(known.id, audit, result.places, in: db)
  }

  static func delete(_ known: ScanPlan.Known, in db: Database) throws {
    try db.run("DELETE FROM auditScanResult WHERE id = ?", [known.id])
  }

  private static func values(_ result: AuditScanResult) -> StatementArguments {
    [
      result.title, result.outcome.rawValue, result.word, result.severity.rawValue,
      result.message, result.advice, result.at?.milliseconds,
    ]
  }

  private static func match(
    _ id: RecordID,
    _ audit: RecordID,
    _ places: [Int],
    in db: Database
  ) throws {
    for place in places {
      try db.run(
        "INSERT INTO auditScanMatch (audit, place, result) VALUES (?, ?, ?)",
        [audit, place, id]
      )
    }
  }

  // MARK: What scans did to items

  /// What is remembered of the items of an audit, by their numbers.
  static func answers(of audit: RecordID, in db: Database) throws -> [RecordID: ScanAnswer] {
    var answers: [RecordID: ScanAnswer] = [:]
    try db.rows(
      """
      SELECT auditScanAnswer.id, answer FROM auditItem
      JOIN auditScanAnswer ON auditScanAnswer.id = auditItem.id WHERE auditItem.audit = ?
      """,
      [audit]
    ) { answers[try $0.number(0)] = try JSON.value(try $0.text(1)) }
    return answers
  }

  static func remember(_ answer: ScanAnswer?, of item: RecordID, in db: Database) throws {
    guard let answer else {
      return try db.run("DELETE FROM auditScanAnswer WHERE id = ?", [item])
    }
    try db.run(
      """
      INSERT INTO auditScanAnswer (id, answer) VALUES (?, ?)
      ON CONFLICT (id) DO UPDATE SET answer = excluded.answer
      """,
      [item, try JSON.text(answer)]
    )
  }
}
