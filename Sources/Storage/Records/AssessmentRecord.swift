internal import GRDB
internal import Model

/// Reads and writes assessments.
enum AssessmentRecord {
  private static let columns =
    "id, incident, edition, method, answers, risk, result, reason, recordedAt, recordedBy"

  private static func read(_ row: Row) throws -> Assessment {
    let answers: [AssessmentFacts.Answer] = try JSON.value(try row.text(4))
    return Assessment(
      id: try row.number(0),
      incident: try row.number(1),
      edition: Int(try row.number(2)),
      facts: AssessmentFacts(
        frozen: try row.word(3),
        answers: answers,
        risk: try row.word(5),
        result: try row.text(6),
        reason: try row.text(7)
      ),
      recordedAt: try row.instant(8),
      recordedBy: try row.text(9)
    )
  }

  static func fetch(_ id: RecordID, in db: Database) throws -> Assessment? {
    try db.row("SELECT \(columns) FROM assessment WHERE id = ?", [id]).map(read)
  }

  /// An incident's assessments, newest first.
  static func list(of incident: RecordID, in db: Database) throws -> [Assessment] {
    var assessments: [Assessment] = []
    try db.rows(
      "SELECT \(columns) FROM assessment WHERE incident = ? ORDER BY id DESC",
      [incident]
    ) { assessments.append(try read($0)) }
    return assessments
  }

  static func insert(
    _ facts: AssessmentFacts,
    edition: Int,
    incident: RecordID,
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID {
    try db.run(
      """
      INSERT INTO assessment (incident, edition, method, answers, risk, result, reason, recordedAt,
        recordedBy)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        incident, edition, facts.method.rawValue, try JSON.text(facts.answers),
        facts.risk.rawValue, facts.result, facts.reason, context.now.milliseconds,
        context.actor.name,
      ]
    )
    return db.lastInsertedRowID
  }
}
