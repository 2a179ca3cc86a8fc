internal import GRDB
internal import Model

/// Reads and writes the items of audits.
enum AuditItemRecord {
  static let columns = """
    auditItem.id, auditItem.audit, auditItem.place, auditItem.position, requirement.identifier,
    auditItem.version, auditItem.weight, auditItem.work, auditItem.result, auditItem.reason,
    auditItem.score, auditItem.target, auditItem.grade, auditItem.observation, auditItem.answers,
    auditItem.attestedBy, auditItem.attestedAt, auditItem.attestedMonths, auditItem.sampling,
    auditItem.assignee, auditItem.proposal, auditItem.review, auditItem.previous,
    auditItem.answeredBy, auditItem.answeredAt
    """

  static let joined = "auditItem JOIN requirement ON requirement.id = auditItem.requirement"

  static func read(_ row: Row) throws -> AuditItem {
    var item = AuditItem(
      id: try row.number(0),
      audit: try row.number(1),
      place: Int(try row.number(2)),
      position: Int(try row.number(3)),
      identifier: try row.text(4),
      version: try row.number(5),
      weight: Int(try row.number(6))
    )
    (item.work, item.result) = (try row.word(7), try row.word(8))
    item.reason = try row.text(9)
    item.score = try row.optionalNumber(10).map { Int($0) }
    item.target = try row.optionalNumber(11).map { Int($0) }
    item.grade = try row.optionalWord(12)
    item.observation = try row.text(13)
    let answers = try row.text(14)
    item.answers = answers == "{}" ? [:] : try JSON.value(answers)
    item.attestation = try row.optionalText(15).map {
      AuditAttestation(
        by: $0,
        at: try row.instant(16),
        months: try row.optionalNumber(17).map { Int($0) }
      )
    }
    item.sampling = try row.optionalText(18).map { try JSON.value($0) }
    item.assignee = try row.text(19)
    item.proposal = try row.optionalText(20).map { try JSON.value($0) }
    item.review = try row.optionalText(21).map { try JSON.value($0) }
    item.previous = try row.optionalText(22).map { try JSON.value($0) }
    item.answeredBy = try row.text(23)
    item.answeredAt = try row.optionalNumber(24).map { Instant(milliseconds: $0) }
    return item
  }

  static func list(of audit: RecordID, in db: Database) throws -> [AuditItem] {
    var items: [AuditItem] = []
    try db.rows(
      """
      SELECT \(columns) FROM \(joined)
      WHERE auditItem.audit = ? AND auditItem.isHeading = 0 ORDER BY auditItem.place
      """,
      [audit]
    ) { items.append(try read($0)) }
    return items
  }

  static func existing(_ id: RecordID, in db: Database) throws -> AuditItem {
    guard
      let row = try db.row(
        "SELECT \(columns) FROM \(joined) WHERE auditItem.id = ? AND auditItem.isHeading = 0",
        [id]
      )
    else { throw StoreError.notFound(Subject(.auditItem, id)) }
    return try read(row)
  }

  static func find(_ audit: RecordID, place: Int, in db: Database) throws -> AuditItem? {
    try db.row(
      """
      SELECT \(columns) FROM \(joined)
      WHERE auditItem.audit = ? AND auditItem.place = ? AND auditItem.isHeading = 0
      """,
      [audit, place]
    ).map(read)
  }

  /// The requirement that an item answers.
  static func requirement(of item: AuditItem, in db: Database) throws -> Requirement {
    guard
      let row = try db.row(
        """
        SELECT \(RequirementRecord.columns) FROM requirement
        WHERE id = (SELECT requirement FROM auditItem WHERE id = ?)
        """,
        [item.id]
      )
    else { throw StoreError.notFound(Subject(.auditItem, item.id)) }
    return try RequirementRecord.read(row)
  }

  /// Writes what can change; the version is counted on.
  static func update(
    _ item: inout AuditItem,
    _ scale: ScoreScale?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    item.version += 1
    var score = AuditScore()
    score.add(item.result, item.score, weight: item.weight, scale)
    try db.run(
      """
      UPDATE auditItem SET version = ?, work = ?, result = ?, reason = ?, score = ?, target = ?,
        grade = ?, observation = ?, answers = ?, attestedBy = ?, attestedAt = ?,
        attestedMonths = ?, attestedUntil = ?, sampling = ?, assignee = ?, proposal = ?, review = ?,
        answeredBy = ?, answeredAt = ?, points = ?, possible = ?
      WHERE id = ?
      """,
      [
        item.version, item.work.rawValue, item.result.rawValue, item.reason, item.score,
        item.target, item.grade?.rawValue, item.observation,
        try item.answers.isEmpty ? "{}" : JSON.text(item.answers),
        item.attestation?.by, item.attestation?.at.milliseconds, item.attestation?.months,
        item.attestation?.until?.milliseconds, try item.sampling.map { try JSON.text($0) },
        item.assignee, try item.proposal.map { try JSON.text($0) },
        try item.review.map { try JSON.text($0) }, item.answeredBy, item.answeredAt?.milliseconds,
        score.points, score.possible, item.id,
      ]
    )
  }

  /// Writes the lines of a new audit.
  static func insert(
    _ lines: [AuditLines.Line],
    audit: RecordID,
    framework: RecordID,
    in db: Database
  ) throws {
    for (place, line) in lines.enumerated() {
      let previous = line.previous
      try db.run(
        """
        INSERT INTO auditItem (audit, place, placeEnd, depth, position, requirement, isHeading,
          version, weight, target, previous, previousResult, items)
        SELECT ?, ?, ?, ?, position, id, ?, 1, ?, ?, ?, ?, ? FROM requirement
        WHERE framework = ? AND position = ?
        """,
        [
          audit, place, line.end, line.depth, line.isHeading, line.weight, line.target,
          try previous.map { try JSON.text($0) }, previous?.result.rawValue, line.items, framework,
          line.position,
        ]
      )
    }
  }
}
