internal import GRDB
internal import Model

/// Reads and writes which findings failed rules led to.
enum ScanFindingRecord {
  /// What is remembered of a rule; nil where it never led to a finding.
  static func fetch(_ key: AuditScanResult.Key, in db: Database) throws -> ScanFinding? {
    try db.row(
      "SELECT finding, outcome, at FROM scanFinding WHERE tool = ? AND target = ? AND rule = ?",
      [key.tool, key.target, key.rule]
    ).map {
      ScanFinding(
        finding: try $0.number(0),
        outcome: try $0.word(1),
        at: try $0.optionalNumber(2).map { Instant(milliseconds: $0) }
      )
    }
  }

  /// Remembers, or forgets where nothing is to be remembered.
  static func remember(
    _ memory: ScanFinding?,
    of key: AuditScanResult.Key,
    in db: Database
  ) throws {
    guard let memory else {
      return try db.run(
        "DELETE FROM scanFinding WHERE tool = ? AND target = ? AND rule = ?",
        [key.tool, key.target, key.rule]
      )
    }
    try db.run(
      """
      INSERT INTO scanFinding (tool, target, rule, finding, outcome, at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (tool, target, rule) DO UPDATE SET finding = excluded.finding,
        outcome = excluded.outcome, at = excluded.at
      """,
      [
        key.tool, key.target, key.rule, memory.finding, memory.outcome.rawValue,
        memory.at?.milliseconds,
      ]
    )
  }
}
