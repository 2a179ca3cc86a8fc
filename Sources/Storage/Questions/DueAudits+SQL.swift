internal import GRDB
internal import Model

extension DueAudits: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [DueAudit] {
    try DueAuditRows.list(in: db)
  }
}

/// Reads the recurring audits that nobody has followed up yet.
enum DueAuditRows {
  /// The audits, soonest first, then by reference.
  static func list(in db: Database) throws -> [DueAudit] {
    var rows: [(audit: DueAudit, order: Int64)] = []
    try db.rows(
      """
      SELECT \(AuditRecord.columns), framework.name, audit.referenceOrder
      FROM audit JOIN framework ON framework.id = audit.framework
      WHERE audit.isRemoved = 0 AND audit.months IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM audit AS later WHERE later.previous = audit.id
          AND later.isRemoved = 0)
      """
    ) { row in
      let audit = try AuditRecord.read(row)
      guard let day = audit.nextDue else { return }
      let due = DueAudit(
        id: audit.id,
        reference: audit.reference,
        title: audit.facts.title,
        framework: try row.text(17),
        day: day
      )
      rows.append((due, try row.number(18)))
    }
    return rows.sorted { ($0.audit.day, $0.order) < ($1.audit.day, $1.order) }.map(\.audit)
  }
}
