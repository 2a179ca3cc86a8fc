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
    var pieces: [Evidence] = []
    try db.rows(
      """
      SELECT \(EvidenceRecord.columns) FROM evidence WHERE incident = ? AND isRemoved = 0
      ORDER BY id
      """,
      [incident]
    ) { pieces.append(try EvidenceRecord.read($0)) }
    for index in pieces.indices {
      pieces[index].custody = try EvidenceRecord.custody(of: pieces[index].id, in: db)
    }
    return pieces
  }
}

extension IncidentLinks: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Row] {
    var links: [RecordLink] = []
    try db.rows(
      """
      SELECT fromKind, fromRecord, toKind, toRecord, relation FROM link
      WHERE fromIncident = ?1 OR toIncident = ?1 ORDER BY id
      """,
      [incident]
    ) { row in
      links.append(
        RecordLink(
          from: Subject(try row.word(0), try row.number(1)),
          to: Subject(try row.word(2), try row.number(3)),
          relation: try row.text(4)
        )
      )
    }
    return try links.map { link in
      let from = try LinkRecord.end(link.from, in: db)
      let to = try LinkRecord.end(link.to, in: db)
      return Row(
        link: link,
        fromTitle: from.title,
        toTitle: to.title,
        fromIncident: from.incident,
        toIncident: to.incident
      )
    }
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
