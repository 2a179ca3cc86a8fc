internal import GRDB
internal import Model

extension IncidentDetail: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Incident? {
    try IncidentRecord.fetch(id, in: db)
  }
}

extension IncidentByReference: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Incident? {
    guard let row = try db.row("SELECT id FROM incident WHERE reference = ?", [reference]) else {
      return nil
    }
    return try IncidentRecord.fetch(try row.number(0), in: db)
  }
}
