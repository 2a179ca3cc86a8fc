internal import GRDB
internal import Model

extension AuditStanding: SQLMeasure {
  static func facts(in db: Database, _ context: MeasureContext) throws -> AuditStanding {
    var signed: [String: [Audit]] = [:]
    var running: [String] = []
    try db.rows(
      """
      SELECT \(AuditRecord.columns), framework.identifier
      FROM audit JOIN framework ON framework.id = audit.framework
      WHERE audit.isRemoved = 0 AND audit.state <> 'planned' ORDER BY audit.referenceOrder DESC
      """
    ) { row in
      let audit = try AuditRecord.read(row)
      if audit.state == .signed {
        signed[try row.text(17), default: []].append(audit)
      } else {
        running.append(audit.reference)
      }
    }
    func score(_ audit: Audit?) throws -> Int? {
      try audit.flatMap {
        try AuditRecord.tally(of: $0, now: context.now, in: db).score.hundredths
      }
    }
    return AuditStanding(
      signed: try signed.sorted { $0.key < $1.key }.compactMap { _, audits in
        guard let last = audits.first else { return nil }
        return Signed(
          reference: last.reference,
          score: try score(last),
          before: try score(audits.dropFirst().first)
        )
      },
      running: running.count,
      runningReference: running.last ?? "",
      late: try DueAuditRows.list(in: db)
        .filter { $0.isOverdue(at: context.now, in: context.zone) }
        .map { Late(reference: $0.reference, end: $0.end(in: context.zone)) }
    )
  }
}
