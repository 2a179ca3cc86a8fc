internal import GRDB
internal import Model

/// Reads audits as lists show them.
private enum AuditRows {
  static func list(
    _ condition: String,
    _ arguments: StatementArguments = [],
    order: String,
    _ context: AskContext,
    in db: Database
  ) throws -> [AuditRow] {
    var rows: [AuditRow] = []
    try db.rows(
      """
      SELECT \(AuditRecord.columns), framework.identifier, framework.edition, framework.name,
        EXISTS (SELECT 1 FROM audit AS later WHERE later.previous = audit.id
          AND later.isRemoved = 0)
      FROM audit JOIN framework ON framework.id = audit.framework
      WHERE audit.isRemoved = 0\(condition) ORDER BY \(order)
      """,
      arguments
    ) { row in
      rows.append(
        AuditRow(
          audit: try AuditRecord.read(row),
          framework: try row.text(17),
          edition: try row.text(18),
          name: try row.text(19),
          tally: AuditTally(),
          isFollowed: try row.flag(20)
        )
      )
    }
    for index in rows.indices {
      rows[index].tally = try AuditRecord.tally(of: rows[index].audit, now: context.now, in: db)
    }
    return rows
  }
}

extension AuditList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [AuditRow] {
    try AuditRows.list("", order: "audit.referenceOrder DESC", context, in: db)
  }
}

extension AuditTrend: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [AuditRow] {
    try AuditRows.list(
      " AND framework.identifier = ?",
      [framework],
      order: "coalesce(nullif(audit.periodUntil, ''), date(audit.startedAt / 1000, 'unixepoch')), "
        + "audit.referenceOrder",
      context,
      in: db
    )
  }
}

extension AuditDetails: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Details? {
    guard
      let row = try AuditRows.list(
        " AND audit.reference = ?",
        [reference],
        order: "audit.id",
        context,
        in: db
      ).first
    else { return nil }
    return Details(
      row: row,
      scale: try FrameworkRecord.document(row.audit.framework, in: db)?.scale,
      signatures: try AuditRecord.signatures(of: row.id, in: db),
      digest: try AuditRecord.content(of: row.id, in: db).digest
    )
  }
}

extension WholeAudit: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> AuditContent? {
    guard try db.row("SELECT 1 FROM audit WHERE id = ?", [id]) != nil else { return nil }
    return try AuditRecord.content(of: id, in: db)
  }
}

extension AuditItemDetails: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Details? {
    guard let item = try AuditItemRecord.find(audit, place: place, in: db) else { return nil }
    let head = try AuditRecord.existing(audit, in: db)
    let requirement = try RequirementDetails(framework: head.framework, position: item.position)
      .fetch(in: db, context)
    guard let requirement else { return nil }
    return Details(
      item: item,
      result: item.result(at: try AuditRecord.counting(head, now: context.now, in: db)),
      requirement: requirement.requirement,
      path: requirement.path
    )
  }
}

extension NextUnanswered: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Int? {
    guard let row = try db.row("SELECT \(AuditRecord.columns) FROM audit WHERE id = ?", [audit])
    else { return nil }
    let at = try AuditRecord.counting(AuditRecord.read(row), now: context.now, in: db).milliseconds
    for start in [(after ?? -1) + 1, 0] {
      var places: [Int] = []
      for condition in [
        "result = 'not-assessed' AND ?2 = ?2",
        "attestedUntil IS NOT NULL AND result <> 'not-assessed' AND attestedUntil <= ?2",
      ] {
        let row = try db.row(
          """
          SELECT place FROM auditItem WHERE audit = ?1 AND isHeading = 0 AND place >= ?3
            AND \(condition) ORDER BY place LIMIT 1
          """,
          [audit, at, start]
        )
        if let row { places.append(Int(try row.number(0))) }
      }
      if let first = places.min() { return first }
    }
    return nil
  }
}

extension AuditPlace: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Int? {
    for (condition, text) in [
      ("requirement.reference = ? COLLATE NOCASE", reference),
      ("requirement.identifier = ?", reference),
      ("requirement.reference LIKE ? ESCAPE '\\'", SQLPattern.beginning(reference)),
    ] {
      let row = try db.row(
        """
        SELECT auditItem.place FROM \(AuditItemRecord.joined)
        WHERE auditItem.audit = ? AND auditItem.isHeading = 0 AND \(condition)
        ORDER BY auditItem.place LIMIT 1
        """,
        [audit, text]
      )
      if let row { return Int(try row.number(0)) }
    }
    return nil
  }
}

extension AuditComparison: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> AuditDifference? {
    var sides: [AuditDifference.Side] = []
    for id in [old, new] {
      guard let row = try db.row("SELECT \(AuditRecord.columns) FROM audit WHERE id = ?", [id])
      else { return nil }
      sides.append(try AuditSides.side(of: try AuditRecord.read(row), now: context.now, in: db))
    }
    return AuditDifference(
      from: sides[0],
      to: sides[1],
      mappings: try AuditSides.mappings(
        between: sides[0].framework,
        and: sides[1].framework,
        in: db
      )
    )
  }
}

extension ApplicabilityStatement: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Row] {
    guard let head = try db.row("SELECT \(AuditRecord.columns) FROM audit WHERE id = ?", [audit])
    else { return [] }
    let at = try AuditRecord.counting(AuditRecord.read(head), now: context.now, in: db)
    var rows: [Row] = []
    try db.rows(
      """
      SELECT requirement.reference,
        CASE requirement.name WHEN '' THEN substr(requirement.text, 1, 400)
          ELSE requirement.name END,
        auditItem.result, auditItem.reason, auditItem.observation, auditItem.score,
        auditItem.target, auditItem.attestedUntil
      FROM \(AuditItemRecord.joined)
      WHERE auditItem.audit = ? AND auditItem.isHeading = 0 ORDER BY auditItem.place
      """,
      [audit]
    ) { row in
      let stored: AuditResult = try row.word(2)
      let until = try row.optionalNumber(7)
      let result = until.map { $0 <= at.milliseconds } ?? false ? .notAssessed : stored
      rows.append(
        Row(
          reference: try row.text(0),
          headline: FrameworkTexts(name: try row.text(1)).headline,
          isApplicable: result != .notApplicable,
          justification: try row.text(result == .notApplicable ? 3 : 4),
          result: result,
          score: try row.optionalNumber(5).map { Int($0) },
          target: try row.optionalNumber(6).map { Int($0) }
        )
      )
    }
    return rows
  }
}
