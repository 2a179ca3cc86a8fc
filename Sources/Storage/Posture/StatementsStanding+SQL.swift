internal import GRDB
internal import Model

extension StatementsStanding: SQLMeasure {
  static func facts(in db: Database, _ context: MeasureContext) throws -> StatementsStanding {
    let rows = try StatementStates().fetch(in: db, AskContext(now: context.now, keys: nil))
    return StatementsStanding(
      statements: rows.map { row in
        Standing(
          id: row.id,
          reference: row.statement.reference,
          isPublished: row.published != nil,
          unsupported: row.unsupported,
          additions: row.additions,
          securityExpires: row.securityExpires
        )
      }
    )
  }
}
