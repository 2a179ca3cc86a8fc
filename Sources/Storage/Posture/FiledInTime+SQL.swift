internal import GRDB
internal import Model

extension FiledInTime: SQLMeasure {
  static func facts(in db: Database, _ context: MeasureContext) throws -> FiledInTime {
    FiledInTime(
      now: try tally(context.before(days: days), context.now, in: db),
      before: try tally(context.before(days: 2 * days), context.before(days: days), in: db)
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
}
