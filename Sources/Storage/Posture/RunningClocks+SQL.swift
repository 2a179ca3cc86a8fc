internal import GRDB
internal import Model

extension RunningClocks: SQLMeasure {
  /// Clocks of exercises, which nobody is late with.
  private static let real = """
    isRunning = 1 AND incident NOT IN (SELECT id FROM incident WHERE isExercise = 1)
    """

  static func facts(in db: Database, _ context: MeasureContext) throws -> RunningClocks {
    let now = context.now.milliseconds
    let soon = now + soonHours * 3_600_000
    func running(_ condition: String, _ arguments: StatementArguments = []) throws -> Int {
      try db.count("SELECT count(*) FROM obligation WHERE \(real) AND \(condition)", arguments)
    }
    let then = context.then.milliseconds
    // Late then: late still, or met since by a first filing.
    let met = try db.count(
      """
      SELECT count(*) FROM filing
      JOIN obligation ON obligation.incident = filing.incident AND obligation.rule = filing.rule
      JOIN incident ON incident.id = filing.incident
      WHERE filing.isRemoved = 0 AND filing.latest >= ?1 AND dueOrder < ?1 AND isExercise = 0
        AND incident.openedAt <= ?1 AND \(FilingOrder.isFirst)
      """,
      [then]
    )
    var first: [Clock] = []
    try db.rows(
      """
      SELECT obligation.id, incident, reference, rule, dueOrder
      FROM obligation JOIN incident ON incident.id = obligation.incident
      WHERE isRunning = 1 AND isExercise = 0 AND dueOrder < ?
      ORDER BY dueOrder, incident, rule LIMIT \(Posture.steps)
      """,
      [soon]
    ) { row in
      first.append(
        Clock(
          id: try row.number(0),
          incident: try row.number(1),
          reference: try row.text(2),
          rule: try row.text(3),
          due: try row.instant(4)
        )
      )
    }
    return RunningClocks(
      running: try running("dueOrder < ?", [ClockRecord.noDate]),
      late: try running("dueOrder < ?", [now]),
      soon: try running("dueOrder >= ? AND dueOrder < ?", [now, soon]),
      unchecked: try db.count(
        "SELECT count(*) FROM obligationCheck WHERE isOpen = 1 AND isCurrent = 0"
      ),
      open: try db.count(
        "SELECT coalesce(sum(count), 0) FROM incidentTally WHERE state <> 'closed'"
      ),
      lateBefore: try lateStill(since: then, in: db) + met,
      first: first
    )
  }

  /// How many run that were late at an instant already, of incidents known by then.
  ///
  /// From the clocks to their incidents: the other way leads over every incident.
  private static func lateStill(since then: Int64, in db: Database) throws -> Int {
    try db.count(
      """
      SELECT count(*) FROM obligation JOIN incident ON incident.id = obligation.incident
      WHERE isRunning = 1 AND isExercise = 0 AND dueOrder < ?1 AND openedAt <= ?1
      """,
      [then]
    )
  }
}

/// Which filing of a duty came first.
enum FilingOrder {
  /// That no filing of the same duty was sent before it.
  static let isFirst = """
    NOT EXISTS (SELECT 1 FROM filing AS other WHERE other.incident = filing.incident
      AND other.rule = filing.rule AND other.isRemoved = 0
      AND (other.earliest, other.id) < (filing.earliest, filing.id))
    """
}
