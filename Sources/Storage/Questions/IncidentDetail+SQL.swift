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

extension IncidentDetails: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Incident] {
    switch named {
    case .ids(let ids): return try IncidentRecord.fetch(ids, in: db)
    case .references(let references):
      var ids: Set<RecordID> = []
      for reference in references {
        if let row = try db.row("SELECT id FROM incident WHERE reference = ?", [reference]) {
          ids.insert(try row.number(0))
        }
      }
      return try IncidentRecord.fetch(ids.sorted(), in: db)
    }
  }
}
