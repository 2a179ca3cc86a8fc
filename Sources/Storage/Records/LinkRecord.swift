internal import GRDB
internal import Model

/// Reads and writes links, and finds what stands at their ends.
enum LinkRecord {
  /// A record at the end of a link.
  struct End {
    /// The incident that it is or belongs to.
    var incident: RecordID?
    /// That incident's reference; empty where there is none.
    var reference: String
    /// Its title or first line.
    var title: String
    /// Its version.
    var version: Version
  }

  static func end(_ subject: Subject, in db: Database) throws -> End {
    let sql: String
    switch subject.kind {
    case .incident: sql = "SELECT id, title, version FROM incident WHERE id = ?"
    case .timelineEntry: sql = "SELECT incident, text, version FROM timelineEntry WHERE id = ?"
    case .task: sql = "SELECT incident, title, version FROM task WHERE id = ?"
    case .evidence: sql = "SELECT incident, title, version FROM evidence WHERE id = ?"
    case .filing:
      sql = "SELECT incident, rule || ': ' || recipient, version FROM filing WHERE id = ?"
    case .decision:
      sql = """
        SELECT incident, decision || ': ' || reasoning, 1 + (approvedBy IS NOT NULL OR refusedBy IS NOT NULL)
        FROM decision WHERE id = ?
        """
    case .assessment:
      sql = "SELECT incident, method || ': ' || result, 1 FROM assessment WHERE id = ?"
    case .filter, .store, .person, .organisation, .obligation, .authority, .framework, .mapping:
      throw StoreError.refused("a \(subject.kind.rawValue) cannot be linked")
    }
    guard let row = try db.row(sql, [subject.id]) else { throw StoreError.notFound(subject) }
    let incident = try row.number(0)
    let (title, version) = (firstLine(try row.text(1)), try row.number(2))
    let head = try IncidentRecord.head(incident, in: db)
    return End(
      incident: incident,
      reference: head.reference,
      title: Exercise.marked(title, head.isExercise),
      version: version
    )
  }

  static func key(_ link: RecordLink) -> StatementArguments {
    [
      link.from.kind.rawValue, link.from.id, link.to.kind.rawValue, link.to.id, link.relation,
    ]
  }

  static func exists(_ link: RecordLink, in db: Database) throws -> Bool {
    try db.row(
      """
      SELECT id FROM link WHERE fromKind = ? AND fromRecord = ? AND toKind = ? AND toRecord = ?
        AND relation = ?
      """,
      key(link)
    ) != nil
  }

  static func performed(
    _ link: RecordLink,
    _ from: End,
    _ context: ChangeContext,
    in db: Database,
    inverse: any SQLChange
  ) throws -> Performed {
    if let incident = from.incident {
      try IncidentRecord.touch(incident, at: context.now, in: db)
    }
    return Performed(
      subject: link.from,
      version: from.version,
      reference: from.reference,
      incident: from.incident,
      inverse: inverse
    )
  }

  static func lines(_ link: RecordLink) -> [String] {
    [
      "from: \(link.from.kind.rawValue) \(link.from.id)",
      "to: \(link.to.kind.rawValue) \(link.to.id)",
    ] + (link.relation.isEmpty ? [] : ["relation: \(link.relation)"])
  }
}
