internal import GRDB
internal import Model

extension IncidentTimeline: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [TimelineEntry] {
    try TimelineRecord.list(of: incident, in: db)
  }
}

extension IncidentTasks: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [IncidentTask] {
    try TaskRecord.list(of: incident, in: db)
  }
}

extension IncidentEvidence: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Evidence] {
    try EvidenceRecord.list(where: "incident = ?", [incident], in: db)
  }
}

extension IncidentLinks: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Row] {
    try LinkRecord.rows(where: "fromIncident = ?1 OR toIncident = ?1", [incident], in: db)
  }
}

extension SubjectLinks: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [IncidentLinks.Row] {
    try LinkRecord.rows(of: subject, in: db)
  }
}

extension SavedFilters: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Row] {
    var filters: [Row] = []
    try db.rows(
      """
      SELECT id, version, name, text FROM savedFilter WHERE isRemoved = 0
      ORDER BY name COLLATE NOCASE, name
      """
    ) { row in
      filters.append(
        Row(
          id: try row.number(0),
          version: try row.number(1),
          name: try row.text(2),
          text: try row.text(3)
        )
      )
    }
    return filters
  }
}

extension ImportedSources: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Row] {
    var rows: [Row] = []
    try db.rows(
      """
      SELECT incident.id, incident.version, externalID, digest
      FROM importSource JOIN incident ON incident.id = importSource.id
      WHERE format = ? ORDER BY externalID
      """,
      [format]
    ) { row in
      rows.append(
        Row(
          incident: try row.number(0),
          version: try row.number(1),
          externalID: try row.text(2),
          digest: try row.text(3)
        )
      )
    }
    return rows
  }
}
