internal import GRDB
internal import Model

/// Reads and writes links, and finds what stands at their ends.
enum LinkRecord {
  /// A record at the end of a link.
  struct End {
    /// The incident that it is or belongs to.
    var incident: RecordID?
    /// That incident's reference, or the record's own; empty where there is none.
    var reference: String
    /// Its title or first line.
    var title: String
    /// Its version.
    var version: Version
    /// The name by which people call it: `FND-2026-0001`, `task 3`.
    var name: String
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
    case .publication: sql = "SELECT incident, place, version FROM publication WHERE id = ?"
    case .decision:
      sql = """
        SELECT incident, decision || ': ' || reasoning, 1 + (approvedBy IS NOT NULL OR refusedBy IS NOT NULL)
        FROM decision WHERE id = ?
        """
    case .assessment:
      sql = "SELECT incident, method || ': ' || result, 1 FROM assessment WHERE id = ?"
    case .finding: sql = "SELECT NULL, title, version, reference FROM finding WHERE id = ?"
    case .requirement:
      // Frameworks are never altered, so their lines have one version.
      sql = """
        SELECT NULL, CASE requirement.name WHEN '' THEN text ELSE requirement.name END, 1,
          requirement.reference, framework.identifier, requirement.reference
        FROM requirement JOIN framework ON framework.id = requirement.framework
        WHERE requirement.id = ?
        """
    case .auditItem:
      sql = """
        SELECT NULL, CASE requirement.name WHEN '' THEN requirement.text ELSE requirement.name END,
          auditItem.version, audit.reference || ' ' || requirement.reference, audit.reference,
          requirement.reference
        FROM auditItem JOIN audit ON audit.id = auditItem.audit
        JOIN requirement ON requirement.id = auditItem.requirement WHERE auditItem.id = ?
        """
    case .course:
      sql = """
        SELECT NULL, json_extract(facts, '$.name'), version, code FROM course WHERE id = ?
        """
    case .filter, .store, .person, .organisation, .obligation, .authority, .framework, .mapping,
      .audit, .mailing, .notice, .edition, .activity, .retentionRule, .legalHold, .deletion,
      .request, .staff, .staffGroup, .trainingPlan, .completion, .phishing,
      .statement, .statementEdition, .disclosure:
      throw StoreError.refused("a \(subject.kind.rawValue) cannot be linked")
    }
    guard let row = try db.row(sql, [subject.id]) else { throw StoreError.notFound(subject) }
    let (title, version) = (firstLine(try row.text(1)), try row.number(2))
    guard let incident = try row.optionalNumber(0) else {
      let reference = row.count > 3 ? try row.text(3) : ""
      return End(
        incident: nil,
        reference: reference,
        title: title,
        version: version,
        name: try name(of: subject, reference, row)
      )
    }
    let head = try IncidentRecord.head(incident, in: db)
    return End(
      incident: incident,
      reference: head.reference,
      title: Exercise.marked(title, head.isExercise),
      version: version,
      name: subject.kind == .incident ? head.reference : subject.name
    )
  }

  /// How people name a record that belongs to no incident; by its number where its source gave it no
  /// reference.
  private static func name(of subject: Subject, _ reference: String, _ row: Row) throws -> String {
    guard row.count > 5 else { return reference.isEmpty ? subject.name : reference }
    let (whole, part) = (try row.text(4), try row.text(5))
    // The last part of a URN is what people call a framework.
    let short = whole.split { $0 == ":" }.last.map(String.init) ?? whole
    return part.isEmpty ? subject.name : "\(short)/\(part)"
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

  static func insert(
    _ link: RecordLink,
    fromIncident: RecordID?,
    toIncident: RecordID?,
    in db: Database
  ) throws {
    try db.run(
      """
      INSERT INTO link (fromKind, fromRecord, fromIncident, toKind, toRecord, toIncident, relation)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        link.from.kind.rawValue, link.from.id, fromIncident, link.to.kind.rawValue, link.to.id,
        toIncident, link.relation,
      ]
    )
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

  /// The links whose ends meet a condition, oldest first, with the names of their ends.
  ///
  /// Evidence that was taken off the list proves nothing.
  static func rows(
    where condition: String,
    _ arguments: StatementArguments,
    in db: Database
  ) throws -> [IncidentLinks.Row] {
    var links: [RecordLink] = []
    try db.rows(
      """
      SELECT fromKind, fromRecord, toKind, toRecord, relation FROM link
      WHERE (\(condition)) AND NOT (relation = '\(RecordLink.proves)' AND fromKind = 'evidence'
        AND EXISTS (SELECT 1 FROM evidence WHERE evidence.id = fromRecord AND isRemoved = 1))
      ORDER BY fromKind, fromRecord, toKind, toRecord, relation
      """,
      arguments
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
      let from = try end(link.from, in: db)
      let to = try end(link.to, in: db)
      return IncidentLinks.Row(
        link: link,
        fromTitle: from.title,
        toTitle: to.title,
        fromIncident: from.incident,
        toIncident: to.incident,
        fromName: from.name,
        toName: to.name
      )
    }
  }

  /// The links of a record, both ways, oldest first.
  static func rows(of subject: Subject, in db: Database) throws -> [IncidentLinks.Row] {
    try rows(
      where: "(fromKind = ?1 AND fromRecord = ?2) OR (toKind = ?1 AND toRecord = ?2)",
      [subject.kind.rawValue, subject.id],
      in: db
    )
  }

  static func lines(_ link: RecordLink) -> [String] {
    [
      "from: \(link.from.kind.rawValue) \(link.from.id)",
      "to: \(link.to.kind.rawValue) \(link.to.id)",
    ] + (link.relation.isEmpty ? [] : ["relation: \(link.relation)"])
  }
}
