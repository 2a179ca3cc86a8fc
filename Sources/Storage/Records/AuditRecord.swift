internal import GRDB
internal import Model

/// Reads and writes audits without their items.
enum AuditRecord {
  static let columns = """
    audit.id, audit.reference, audit.version, audit.isRemoved, audit.framework, audit.previous,
    audit.state, audit.title, audit.scope, audit.groups, audit.periodFrom, audit.periodUntil,
    audit.auditor, audit.reviewers, audit.months, audit.startedAt, audit.updatedAt
    """

  static func read(_ row: Row) throws -> Audit {
    Audit(
      id: try row.number(0),
      reference: try row.text(1),
      version: try row.number(2),
      isRemoved: try row.flag(3),
      framework: try row.number(4),
      previous: try row.optionalNumber(5),
      state: try row.word(6),
      facts: AuditFacts(
        title: try row.text(7),
        scope: try row.text(8),
        groups: try JSON.words(try row.text(9)),
        from: try row.text(10),
        until: try row.text(11),
        auditor: try row.text(12),
        reviewers: try JSON.words(try row.text(13)),
        months: try row.optionalNumber(14).map { Int($0) }
      ),
      startedAt: try row.instant(15),
      updatedAt: try row.instant(16)
    )
  }

  static func existing(_ id: RecordID, in db: Database) throws -> Audit {
    guard let row = try db.row("SELECT \(columns) FROM audit WHERE id = ?", [id]) else {
      throw StoreError.notFound(Subject(.audit, id))
    }
    return try read(row)
  }

  /// An audit that takes changes: it was not removed, and is not locked.
  static func alterable(_ id: RecordID, in db: Database) throws -> Audit {
    let audit = try existing(id, in: db)
    guard !audit.isRemoved else {
      throw StoreError.refused("\(audit.reference) was removed; restore it first")
    }
    guard audit.state != .signed else {
      throw StoreError.refused("\(audit.reference) is signed and locked; open it again first")
    }
    return audit
  }

  /// An audit whose items take changes.
  static func answerable(_ id: RecordID, in db: Database) throws -> Audit {
    let audit = try alterable(id, in: db)
    guard audit.state != .planned else {
      throw StoreError.refused("\(audit.reference) is only planned; open it first")
    }
    return audit
  }

  static func insert(
    _ audit: Audit,
    order: Int64,
    digest: String,
    lines: Int,
    in db: Database
  ) throws -> RecordID {
    let facts = audit.facts
    try db.run(
      """
      INSERT INTO audit (reference, referenceOrder, version, framework, frameworkDigest, previous,
        state, title, scope, groups, periodFrom, periodUntil, auditor, reviewers, months, startedAt,
        updatedAt, lines)
      VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        audit.reference, order, audit.framework, digest, audit.previous, audit.state.rawValue,
        facts.title, facts.scope, try JSON.words(facts.groups), facts.from, facts.until,
        facts.auditor, try JSON.words(facts.reviewers), facts.months,
        audit.startedAt.milliseconds, audit.updatedAt.milliseconds, lines,
      ]
    )
    return db.lastInsertedRowID
  }

  /// Writes what can change; the version is counted on.
  static func update(_ audit: inout Audit, at now: Instant, in db: Database) throws {
    (audit.version, audit.updatedAt) = (audit.version + 1, now)
    let facts = audit.facts
    try db.run(
      """
      UPDATE audit SET version = ?, isRemoved = ?, state = ?, title = ?, scope = ?, periodFrom = ?,
        periodUntil = ?, auditor = ?, reviewers = ?, months = ?, updatedAt = ?
      WHERE id = ?
      """,
      [
        audit.version, audit.isRemoved, audit.state.rawValue, facts.title, facts.scope, facts.from,
        facts.until, facts.auditor, try JSON.words(facts.reviewers), facts.months,
        now.milliseconds, audit.id,
      ]
    )
  }

  /// Notes that an item was altered; the audit's own version stays.
  static func touch(_ id: RecordID, at now: Instant, in db: Database) throws {
    try db.run("UPDATE audit SET updatedAt = ? WHERE id = ?", [now.milliseconds, id])
  }

  /// Everything that a signature locks.
  static func content(of id: RecordID, in db: Database) throws -> AuditContent {
    let audit = try existing(id, in: db)
    guard
      let row = try db.row(
        """
        SELECT framework.identifier, framework.edition, audit.frameworkDigest
        FROM audit JOIN framework ON framework.id = audit.framework WHERE audit.id = ?
        """,
        [id]
      )
    else { throw StoreError.notFound(Subject(.audit, id)) }
    return AuditContent(
      audit: audit,
      framework: try row.text(0),
      edition: try row.text(1),
      frameworkDigest: try row.text(2),
      items: try AuditItemRecord.list(of: id, in: db)
    )
  }

  /// The signatures under an audit, oldest first.
  static func signatures(of id: RecordID, in db: Database) throws -> [AuditSignature] {
    var list: [AuditSignature] = []
    try db.rows(
      """
      SELECT digest, signedBy, signedAt, secondBy, secondAt, isComplete, reopenedBy, reopenedAt,
        reason FROM auditSignature WHERE audit = ? ORDER BY id
      """,
      [id]
    ) { row in
      list.append(
        AuditSignature(
          digest: try row.text(0),
          by: try row.text(1),
          at: try row.instant(2),
          second: try row.optionalText(3).map { .init(by: $0, at: try row.instant(4)) },
          isComplete: try row.flag(5),
          reopening: try row.optionalText(6).map {
            .init(by: $0, at: try row.instant(7), reason: try row.optionalText(8) ?? "")
          }
        )
      )
    }
    return list
  }

  /// The instant at which results of an audit count: now, or that of the signature that locks it.
  static func counting(_ audit: Audit, now: Instant, in db: Database) throws -> Instant {
    guard audit.state == .signed else { return now }
    let row = try db.row(
      """
      SELECT coalesce(secondAt, signedAt) FROM auditSignature
      WHERE audit = ? AND isComplete = 1 AND reopenedBy IS NULL ORDER BY id DESC LIMIT 1
      """,
      [audit.id]
    )
    return try row?.instant(0) ?? now
  }

  /// How many items stand where, with attestations that ran out subtracted.
  static func tally(of audit: Audit, now: Instant, in db: Database) throws -> AuditTally {
    var cells: [[String]: AuditTally.Cell] = [:]
    func add(_ row: Row, _ result: AuditResult, count: Int, points: Int64, possible: Int64) throws {
      let (work, grade) = (try row.word(1, AuditWork.self), try row.optionalText(2) ?? "")
      let key = [result.rawValue, work.rawValue, grade]
      var cell =
        cells[key]
        ?? AuditTally.Cell(
          result: result,
          work: work,
          grade: AuditGrade(rawValue: grade),
          count: 0,
          points: 0,
          possible: 0
        )
      cell.count += count
      cell.points += points
      cell.possible += possible
      cells[key] = cell
    }
    try db.rows(
      "SELECT result, work, grade, count, points, possible FROM auditTally WHERE audit = ?",
      [audit.id]
    ) { row in
      try add(
        row,
        try row.word(0),
        count: Int(try row.number(3)),
        points: try row.number(4),
        possible: try row.number(5)
      )
    }
    var expired = 0
    try db.rows(
      """
      SELECT result, work, grade, points, possible FROM auditItem
      WHERE audit = ? AND attestedUntil IS NOT NULL AND result <> 'not-assessed'
        AND attestedUntil <= ?
      """,
      [audit.id, try counting(audit, now: now, in: db).milliseconds]
    ) { row in
      expired += 1
      let (points, possible) = (try row.number(3), try row.number(4))
      try add(row, try row.word(0), count: -1, points: -points, possible: -possible)
      try add(row, .notAssessed, count: 1, points: 0, possible: 0)
    }
    let order = cells.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    return AuditTally(cells: order.map(\.value).filter { $0.count > 0 }, expired: expired)
  }
}

/// References such as `AUD-2026-0001`: counted by year, never given twice.
enum AuditReference {
  static func next(at startedAt: Instant, in db: Database) throws -> (text: String, order: Int64) {
    let year = Int64(CivilTime(startedAt).year)
    guard (1...9999).contains(year) else {
      throw StoreError.refused("an audit is started between the years 1 and 9999")
    }
    let number = try db.number(
      """
      INSERT INTO auditReference (id, last) VALUES (?, 1)
      ON CONFLICT (id) DO UPDATE SET last = last + 1 RETURNING last
      """,
      [year]
    )
    func padded(_ number: Int64) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, 4 - text.count)) + text
    }
    return ("AUD-\(padded(year))-\(padded(number))", year * 10_000_000_000 + number)
  }
}
