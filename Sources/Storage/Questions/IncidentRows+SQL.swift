internal import GRDB
internal import Model

extension IncidentIDs: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [RecordID] {
    let filter = try FilterSQL(filter, now: context.now)
    var ids: [RecordID] = []
    try db.rows(
      """
      SELECT incident.id FROM incident WHERE \(filter.condition)
      ORDER BY incident.id LIMIT 1000000
      """,
      filter.arguments
    ) { ids.append(try $0.number(0)) }
    return ids
  }
}

extension IncidentRows: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [IncidentRow] {
    try IncidentRowRecord.list(of: Set(ids).sorted(), in: db)
  }
}
