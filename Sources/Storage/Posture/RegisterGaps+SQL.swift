internal import GRDB
internal import Model

extension RegisterGaps: SQLMeasure {
  static func facts(in db: Database, _ context: MeasureContext) throws -> RegisterGaps {
    let reading = try RegisterReading(context.now, in: db)
    let activities: [Activity] = try KeptTable.list(in: db)
    return RegisterGaps(
      activities: activities.count,
      gaps: activities.compactMap { activity in
        let row = reading.row(activity)
        guard !row.gaps.isEmpty || row.unjustified > 0 else { return nil }
        return Gap(
          reference: activity.reference,
          missing: row.gaps.count,
          unjustified: row.unjustified
        )
      }
    )
  }
}
