internal import GRDB
internal import Model

/// Reads and writes decisions.
enum DecisionRecord {
  private static let columns = """
    id, incident, rule, decision, ground, reasoning, decidedBy, \(StatedTime.columns),
    recommendation, difference, worksheet, inputs, recordedAt, recordedBy, approvedBy, approvedAt,
    recommendations, effects, remedy, refusedBy, refusedAt, refusal
    """

  private static func read(_ row: Row) throws -> Decision {
    guard let decidedAt = try row.statedTime(7) else { throw UnknownWord(type: "StatedTime") }
    var decision = Decision(
      id: try row.number(0),
      incident: try row.number(1),
      version: 1,
      facts: DecisionFacts(
        rule: try row.text(2),
        decision: try row.word(3),
        ground: try row.word(4),
        reasoning: try row.text(5),
        decidedBy: try row.text(6),
        decidedAt: decidedAt,
        recommendation: try row.text(13),
        difference: try row.text(14),
        worksheet: try row.optionalText(15).map { try JSON.value($0) },
        inputs: try JSON.words(try row.text(16)),
        recommendations: try JSON.value(try row.text(21)),
        effects: try row.optionalText(22),
        remedy: try row.optionalText(23)
      ),
      recordedAt: try row.instant(17),
      recordedBy: try row.text(18)
    )
    if let by = try row.optionalText(19) {
      decision.approval = Decision.Approval(by: by, at: try row.instant(20))
      decision.version = 2
    }
    if let by = try row.optionalText(24) {
      decision.refusal = Decision.Refusal(
        by: by,
        at: try row.instant(25),
        reason: try row.text(26)
      )
      decision.version = 2
    }
    return decision
  }

  static func existing(_ id: RecordID, in db: Database) throws -> Decision {
    guard let row = try db.row("SELECT \(columns) FROM decision WHERE id = ?", [id]) else {
      throw StoreError.notFound(Subject(.decision, id))
    }
    return try read(row)
  }

  /// An incident's decisions, newest first.
  static func list(of incident: RecordID, in db: Database) throws -> [Decision] {
    var decisions: [Decision] = []
    try db.rows(
      "SELECT \(columns) FROM decision WHERE incident = ? ORDER BY id DESC",
      [incident]
    ) { decisions.append(try read($0)) }
    return decisions
  }

  static func insert(
    _ facts: DecisionFacts,
    incident: RecordID,
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID {
    try db.run(
      """
      INSERT INTO decision (incident, rule, decision, ground, reasoning, decidedBy,
        \(StatedTime.columns), recommendation, difference, worksheet, inputs, recordedAt, recordedBy,
        recommendations, effects, remedy)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        incident, facts.rule, facts.decision.rawValue, facts.ground.rawValue, facts.reasoning,
        facts.decidedBy,
      ] + StatedTime.values(facts.decidedAt) + [
        facts.recommendation, facts.difference, try facts.worksheet.map { try JSON.text($0) },
        try JSON.words(facts.inputs), context.now.milliseconds, context.actor.name,
        facts.recommendations.isEmpty ? "[]" : try JSON.text(facts.recommendations),
        facts.effects, facts.remedy,
      ]
    )
    let id = db.lastInsertedRowID
    context.search.add(.decision, id)
    return id
  }

  static func approve(_ id: RecordID, _ context: ChangeContext, in db: Database) throws {
    try db.run(
      "UPDATE decision SET approvedBy = ?, approvedAt = ? WHERE id = ?",
      [context.actor.name, context.now.milliseconds, id]
    )
  }
  static func refuse(
    _ id: RecordID,
    reason: String,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    try db.run(
      "UPDATE decision SET refusedBy = ?, refusedAt = ?, refusal = ? WHERE id = ?",
      [context.actor.name, context.now.milliseconds, reason, id]
    )
  }

  /// Those that wait for a second person, the oldest first; a later one on the same duty overtakes.
  static func waiting(limit: Int, in db: Database) throws -> [PendingApprovals.Row] {
    var ids: [(id: RecordID, reference: String, title: String, isExercise: Bool)] = []
    try db.rows(
      """
      SELECT decision.id, reference, title, isExercise FROM decision
      JOIN incident ON incident.id = decision.incident AND isRemoved = 0
      WHERE approvedAt IS NULL AND refusedAt IS NULL
        AND NOT EXISTS (SELECT 1 FROM decision AS later WHERE later.incident = decision.incident
          AND later.rule = decision.rule AND later.id > decision.id)
      ORDER BY decision.id LIMIT \(max(0, limit))
      """
    ) { ids.append((try $0.number(0), try $0.text(1), try $0.text(2), try $0.flag(3))) }
    return try ids.map {
      PendingApprovals.Row(
        decision: try existing($0.id, in: db),
        reference: $0.reference,
        title: $0.title,
        isExercise: $0.isExercise
      )
    }
  }
}
