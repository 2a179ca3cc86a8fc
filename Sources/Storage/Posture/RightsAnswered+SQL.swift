internal import GRDB
internal import Model

extension RightsAnswered: SQLMeasure {
  static func facts(in db: Database, _ context: MeasureContext) throws -> RightsAnswered {
    let (now, then) = (context.now.milliseconds, context.then.milliseconds)
    let soon = now + soonDays * 86_400_000
    func open(_ condition: String, _ arguments: StatementArguments = []) throws -> Int {
      try db.count(
        """
        SELECT count(*) FROM request WHERE isRemoved = 0 AND state = 'open' AND \(condition)
        """,
        arguments
      )
    }
    let ended = try db.count(
      "SELECT count(*) FROM request WHERE isRemoved = 0 AND state <> 'open'"
    )
    let endedSince = try db.count(
      """
      SELECT count(*) FROM request
      WHERE isRemoved = 0 AND state <> 'open' AND endedAt >= ?1 AND due < ?1 AND openedAt <= ?1
      """,
      [then]
    )
    var first: [Pressing] = []
    try db.rows(
      """
      SELECT reference, wanted, due FROM request
      WHERE isRemoved = 0 AND state = 'open' AND (due < ? OR due IS NULL)
      ORDER BY due IS NULL, due, id LIMIT \(Posture.steps)
      """,
      [soon]
    ) { row in
      first.append(
        Pressing(
          reference: try row.text(0),
          wanted: try row.word(1, RightsKind.self).label,
          due: try row.optionalNumber(2).map { Instant(milliseconds: $0) }
        )
      )
    }
    let count = try open("1")
    return RightsAnswered(
      total: count + ended,
      open: count,
      late: try open("due < ?", [now]),
      soon: try open("due >= ? AND due < ?", [now, soon]),
      undated: try open("due IS NULL"),
      lateBefore: try open("due < ?1 AND openedAt <= ?1", [then]) + endedSince,
      first: first,
      unconfirmed: try open(RequestReceipt.isOverdue, [now])
    )
  }
}
