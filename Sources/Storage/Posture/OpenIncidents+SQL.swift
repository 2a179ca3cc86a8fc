internal import GRDB
internal import Model

extension OpenIncidents: SQLMeasure {
  static func facts(in db: Database, _ context: MeasureContext) throws -> OpenIncidents {
    var (total, critical, high) = (0, 0, 0)
    var open = [0, 0, 0, 0, 0]
    try db.rows("SELECT state, severity, count FROM incidentTally WHERE count > 0") { row in
      let state = try row.word(0, IncidentState.self)
      let severity = try row.text(1).isEmpty ? nil : row.word(1, Severity.self)
      let count = Int(try row.number(2))
      total += count
      guard state.isOpen else { return }
      open[severity.map { 4 - $0.rank } ?? 4] += count
      guard state.rank < IncidentState.contained.rank else { return }
      if severity == .critical { critical += count }
      if severity == .high { high += count }
    }
    func severe(_ from: Instant, _ until: Instant) throws -> Int {
      try db.count(
        """
        SELECT count(*) FROM incident WHERE isRemoved = 0 AND isExercise = 0
          AND severityOrder >= 3 AND openedAt > ? AND openedAt <= ?
        """,
        [from.milliseconds, until.milliseconds]
      )
    }
    var worst: [Pressing] = []
    try db.rows(
      """
      SELECT id, reference, severity, state FROM incident WHERE isOpen = 1 AND isExercise = 0
      ORDER BY severityOrder DESC, updatedAt, id LIMIT 20
      """
    ) { row in
      worst.append(
        Pressing(
          id: try row.number(0),
          reference: try row.text(1),
          severity: try row.optionalWord(2),
          state: try row.word(3)
        )
      )
    }
    return OpenIncidents(
      total: total,
      open: open,
      critical: critical,
      high: high,
      severe: try severe(context.then, context.now),
      severeBefore: try severe(context.before(days: 2 * Posture.days), context.then),
      worst: worst
    )
  }
}
