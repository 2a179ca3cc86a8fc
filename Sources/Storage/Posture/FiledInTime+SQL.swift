internal import GRDB
internal import Model

extension FiledInTime: SQLMeasure {
  static func facts(in db: Database, _ context: MeasureContext) throws -> FiledInTime {
    func tally(_ after: Instant, _ until: Instant) throws -> Tally {
      var tally = try self.tally(after, until, in: db)
      tally.missed = try missed(after, until, in: db)
      return tally
    }
    return FiledInTime(
      now: try tally(context.before(days: days), context.now),
      before: try tally(context.before(days: 2 * days), context.before(days: days))
    )
  }

  /// The first filings that were sent after an instant, up to another.
  static func tally(_ after: Instant, _ until: Instant, in db: Database) throws -> Tally {
    var tally = Tally()
    try db.rows(
      """
      SELECT filing.earliest, filing.latest,
        (SELECT nullif(dueOrder, \(ClockRecord.noDate)) FROM obligation
          WHERE obligation.incident = filing.incident AND obligation.rule = filing.rule)
      FROM filing JOIN incident ON incident.id = filing.incident
      WHERE filing.isRemoved = 0 AND filing.latest > ? AND filing.latest <= ? AND isExercise = 0
        AND incident.isRemoved = 0 AND \(FilingOrder.isFirst)
      """,
      [after.milliseconds, until.milliseconds]
    ) { row in
      tally.add(
        earliest: try row.instant(0),
        latest: try row.instant(1),
        due: try row.optionalNumber(2).map { Instant(milliseconds: $0) }
      )
    }
    return tally
  }

  /// How many duties of open incidents, or met since, had their deadline between two instants and no filing
  /// by the later one.
  ///
  /// What indexes find; `unfiled` knows closed incidents too, and goes through all duties.
  private static func missed(_ after: Instant, _ until: Instant, in db: Database) throws -> Int {
    // A deadline is the last second in time, all of it.
    let (first, last) = (after.milliseconds - 999, until.milliseconds - 999)
    let running = try db.count(
      """
      SELECT count(*) FROM obligation JOIN incident ON incident.id = obligation.incident
      WHERE isRunning = 1 AND dueOrder > ? AND dueOrder <= ? AND isExercise = 0
        AND incident.isRemoved = 0
      """,
      [first, last]
    )
    let since = try db.count(
      """
      SELECT count(*) FROM filing
      JOIN obligation ON obligation.incident = filing.incident AND obligation.rule = filing.rule
      JOIN incident ON incident.id = filing.incident
      WHERE filing.isRemoved = 0 AND filing.latest > ? AND dueOrder > ? AND dueOrder <= ?
        AND isExercise = 0 AND incident.isRemoved = 0 AND isRunning = 0 AND \(FilingOrder.isFirst)
      """,
      [until.milliseconds, first, last]
    )
    return running + since
  }

  /// How many duties were late at an instant: their deadline had passed, and nothing was filed by then.
  ///
  /// Closing an incident files nothing, so those of closed ones count too.
  static func unfiled(dueAfter after: Instant, at end: Instant, in db: Database) throws -> Int {
    try db.count(
      """
      SELECT count(*) FROM obligation JOIN incident ON incident.id = obligation.incident
      WHERE obligation.state IN ('due', 'held') AND dueOrder > ? AND dueOrder <= ?
        AND isExercise = 0 AND incident.isRemoved = 0
        AND NOT EXISTS (SELECT 1 FROM filing WHERE filing.incident = obligation.incident
          AND filing.rule = obligation.rule AND filing.isRemoved = 0 AND filing.latest <= ?)
      """,
      [after.milliseconds - 999, end.milliseconds - 999, end.milliseconds]
    )
  }
}
