internal import GRDB
internal import Model

/// The sums that are kept of audits and of their headings, counted again from the items.
enum AuditTallyCheck: RecordCheck {
  static let tables = [CheckedTable("auditTally", .none, ["*"])]

  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    let kept = "SELECT audit, result, work, grade, count, points, possible FROM auditTally"
    let counted = """
      SELECT audit, result, work, coalesce(grade, ''), count(*), sum(points), sum(possible)
      FROM auditItem WHERE isHeading = 0 GROUP BY 1, 2, 3, 4
      """
    let said = "SELECT audit.id, reference FROM audit WHERE id IN"
    try db.rows(
      """
      \(said) (SELECT audit FROM (SELECT * FROM (\(kept))
          WHERE count <> 0 OR points <> 0 OR possible <> 0 EXCEPT \(counted))
        UNION SELECT audit FROM (SELECT * FROM (\(counted)) EXCEPT \(kept))) ORDER BY id
      """
    ) {
      try note(
        Subject(.audit, try $0.number(0)),
        try $0.text(1),
        "the numbers kept of it are not those of its items"
      )
    }
  }
}
