internal import GRDB
internal import Model

extension DataToDelete: SQLMeasure {
  static func facts(in db: Database, _ context: MeasureContext) throws -> DataToDelete {
    let reading = try RegisterReading(context.now, in: db)
    let rows = try DueRows.all(until: nil, reading, in: db)
    func those(_ state: DueData.State) -> [DueData] {
      rows.filter { $0.state(at: context.now) == state }
    }
    let runs: [DeletionRun] = try KeptTable.list(in: db)
    // What was deleted since was there then; of our own data the same is not known.
    let earlier = runs.filter { $0.facts.done.latest < context.then }
    let holds = try LegalHoldRows.inForce(at: context.then, in: db)
    let before = reading.rules.filter { $0.facts.target == .activity }
      .flatMap { $0.due(runs: earlier, holds: holds, zone: reading.zone) }
      .count { $0.state(at: context.then) == .due }
    let own = those(.due)
      .filter { $0.target != .activity && ($0.dueAt ?? context.now) < context.then }
    return DataToDelete(
      holdings: try db.count("SELECT count(*) FROM activity WHERE isRemoved = 0") + rows.count,
      rules: reading.rules.count,
      due: those(.due).map { row in
        Due(
          row: row.id,
          reference: [row.rule, row.reference].filter { !$0.isEmpty }.joined(separator: " of "),
          since: row.dueAt ?? context.now,
          count: row.count
        )
      },
      held: those(.held).count,
      uncounted: those(.unknown).count,
      dueBefore: before + own.count
    )
  }
}
