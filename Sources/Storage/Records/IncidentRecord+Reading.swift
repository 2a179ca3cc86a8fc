internal import GRDB
internal import Model

extension IncidentRecord {
  /// Which incidents a statement reads: one, or a list in one go.
  private enum Scope {
    case one(RecordID)
    case many([RecordID])

    /// What stands behind the column's name.
    var condition: String {
      switch self {
      case .one: "= ?"
      case .many: "IN (SELECT value FROM json_each(?))"
      }
    }

    var arguments: StatementArguments {
      switch self {
      case .one(let id): [id]
      case .many(let ids): ["[\(ids.map(String.init).joined(separator: ","))]"]
      }
    }
  }

  private static let columns = """
    reference, version, title, summary, severity, state, outcome, lead, scribe, liaison, counsel,
    disclosure, isEncrypted, isKeyTaken, isRestored, isRecovered, tags, assets, openedAt,
    updatedAt, isRemoved, id, isExercise
    """

  /// Reads an incident whole; nil where there is none.
  static func fetch(_ id: RecordID, in db: Database) throws -> Incident? {
    try fetch(.one(id), in: db).first
  }

  /// Reads incidents whole, by id; those that do not exist are left out.
  ///
  /// Eight statements, whatever their number: keep the list to a few hundred.
  static func fetch(_ ids: [RecordID], in db: Database) throws -> [Incident] {
    try ids.isEmpty ? [] : fetch(.many(ids), in: db)
  }

  private static func fetch(_ scope: Scope, in db: Database) throws -> [Incident] {
    var incidents: [Incident] = []
    try db.rows(
      "SELECT \(columns) FROM incident WHERE id \(scope.condition) ORDER BY id",
      scope.arguments
    ) { incidents.append(try read($0)) }
    guard !incidents.isEmpty else { return [] }
    try readSideTables(&incidents, scope, in: db)
    return incidents
  }

  private static func read(_ row: Row) throws -> Incident {
    var facts = IncidentFacts(
      title: try row.text(2),
      summary: try row.text(3),
      severity: try row.optionalWord(4),
      outcome: try row.word(6)
    )
    for (index, role) in IncidentRole.allCases.enumerated() {
      facts.roles[role] = try row.optionalText(7 + index)
    }
    facts.data = DataExposure(
      disclosure: try row.optionalWord(11),
      isEncrypted: try row.optionalFlag(12),
      isKeyTaken: try row.optionalFlag(13),
      isRestored: try row.optionalFlag(14),
      isRecovered: try row.optionalFlag(15)
    )
    facts.tags = try JSON.words(try row.text(16))
    facts.assets = try JSON.words(try row.text(17))
    return Incident(
      id: try row.number(21),
      reference: try row.text(0),
      version: try row.number(1),
      facts: facts,
      state: try row.word(5),
      openedAt: try row.instant(18),
      updatedAt: try row.instant(19),
      isRemoved: try row.flag(20),
      exercise: try row.flag(22) ? Exercise() : nil
    )
  }

  private static func readSideTables(
    _ incidents: inout [Incident],
    _ scope: Scope,
    in db: Database
  ) throws {
    /// Goes through the rows of a side table, which come in the incidents' order.
    func each(_ sql: String, _ body: (Row, inout Incident) throws -> Void) throws {
      var index = 0
      try db.rows(sql, scope.arguments) { row in
        let id = try row.number(0)
        while index < incidents.count, incidents[index].id < id { index += 1 }
        guard index < incidents.count, incidents[index].id == id else { return }
        try body(row, &incidents[index])
      }
    }
    try each(
      """
      SELECT incident, instant, \(StatedTime.columns) FROM incidentInstant
      WHERE incident \(scope.condition) ORDER BY incident
      """
    ) { row, incident in incident.facts.instants[try row.word(1)] = try row.statedTime(2) }
    try each(
      """
      SELECT incident, jurisdiction, count, quality FROM incidentAffected
      WHERE incident \(scope.condition) ORDER BY incident, jurisdiction
      """
    ) { row, incident in
      incident.facts.affected.append(
        AffectedPeople(
          jurisdiction: try row.text(1),
          count: try row.optionalNumber(2),
          quality: try row.word(3)
        )
      )
    }
    try each(
      """
      SELECT incident, kind, word FROM incidentWord
      WHERE incident \(scope.condition) AND kind IN ('action', 'category')
      ORDER BY incident, kind, word
      """
    ) { row, incident in
      if try row.text(1) == "action" {
        incident.facts.actions.insert(try row.word(2))
      } else {
        incident.facts.data.categories.append(try row.text(2))
      }
    }
    try each(
      """
      SELECT incident, key, value FROM incidentAnswer WHERE incident \(scope.condition)
      ORDER BY incident
      """
    ) { row, incident in
      var values = incident.facts.answers.values
      values[try row.text(1)] = try row.text(2)
      incident.facts.answers = LegalAnswers(values)
    }
    try each(
      """
      SELECT id, \(StatedTime.columns), decidedBy, grounds FROM awareness
      WHERE id \(scope.condition) ORDER BY id
      """
    ) { row, incident in
      guard let awareAt = try row.statedTime(1) else { return }
      incident.awareness = AwarenessDecision(
        awareAt: awareAt,
        decidedBy: try row.text(7),
        grounds: try row.text(8)
      )
    }
    try each(
      """
      SELECT id, format, externalID, digest, document FROM importSource
      WHERE id \(scope.condition) ORDER BY id
      """
    ) { row, incident in
      incident.source = ImportSource(
        format: try row.text(1),
        externalID: try row.text(2),
        digest: try row.text(3),
        document: try row.text(4)
      )
    }
    guard incidents.contains(where: \.isExercise) else { return }
    try each("SELECT id, endedAt, endedBy FROM exerciseEnd WHERE id \(scope.condition) ORDER BY id")
    {
      row,
      incident in
      incident.exercise?.end = Exercise.End(at: try row.instant(1), by: try row.text(2))
    }
  }
}
