internal import GRDB
internal import Model

extension AuditScans: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [AuditScan] {
    try AuditScanRecord.list(of: audit, in: db)
  }
}

extension AuditScanOutcomes: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [ItemScanOutcome] {
    var outcomes: [ItemScanOutcome] = []
    try db.rows(
      """
      SELECT place, outcome, count(*) FROM auditScanMatch
      JOIN auditScanResult ON auditScanResult.id = auditScanMatch.result
      WHERE auditScanMatch.audit = ? GROUP BY place, outcomeOrder ORDER BY place, outcomeOrder
      """,
      [audit]
    ) { row in
      let (place, outcome) = (Int(try row.number(0)), try row.word(1, ScanOutcome.self))
      let count = Int(try row.number(2))
      // The worst comes first.
      if outcomes.last?.place == place {
        outcomes[outcomes.count - 1].counts[outcome.rawValue] = count
      } else {
        let counts = [outcome.rawValue: count]
        outcomes.append(ItemScanOutcome(place: place, outcome: outcome, counts: counts))
      }
    }
    return outcomes
  }
}

extension AuditScanResults: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<Row> {
    var (conditions, arguments): ([String], StatementArguments) = ([], [audit])
    let matches = "SELECT 1 FROM auditScanMatch WHERE auditScanMatch.result = auditScanResult.id"
    if let place = filter.place {
      conditions.append("EXISTS (\(matches) AND auditScanMatch.place = ?)")
      arguments += [place]
    }
    if let isMatched = filter.isMatched {
      conditions.append("\(isMatched ? "" : "NOT ")EXISTS (\(matches))")
    }
    if let outcome = filter.outcome {
      conditions.append("auditScanResult.outcome = ?")
      arguments += [outcome.rawValue]
    }
    let condition = (["auditScanResult.audit = ?"] + conditions).joined(separator: " AND ")
    let total = Int(
      try db.number("SELECT count(*) FROM auditScanResult WHERE \(condition)", arguments)
    )
    var rows: [Row] = []
    try db.rows(
      """
      SELECT \(AuditScanRecord.resultColumns), scanFinding.finding FROM auditScanResult
      LEFT JOIN scanFinding ON scanFinding.tool = auditScanResult.tool
        AND scanFinding.target = auditScanResult.target AND scanFinding.rule = auditScanResult.rule
      WHERE \(condition)
      ORDER BY auditScanResult.outcomeOrder, auditScanResult.tool, auditScanResult.target,
        auditScanResult.rule LIMIT ? OFFSET ?
      """,
      arguments + [window.count, window.start]
    ) { row in
      let known = try AuditScanRecord.result(row)
      rows.append(
        Row(
          id: known.id,
          scan: known.scan,
          result: known.result,
          finding: try row.optionalNumber(13).flatMap { try FindingRecord.fetch($0, in: db) }
        )
      )
    }
    return Page(window: window, rows: rows, total: total)
  }
}

extension ScanPreview: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> AuditScanEffect {
    let audit = try AuditRecord.answerable(change.id, in: db)
    return try change.plan(audit, at: context.now, in: db).effect
  }
}
