internal import GRDB
internal import Model

extension LateFindings: SQLMeasure {
  private static let open = "isRemoved = 0 AND state NOT IN ('closed', 'accepted')"
  private static let expired = "isRemoved = 0 AND acceptedUntil IS NOT NULL"

  static func facts(in db: Database, _ context: MeasureContext) throws -> LateFindings {
    let (now, then) = (context.now.milliseconds, context.then.milliseconds)
    var (total, openCount) = (0, 0)
    try db.rows("SELECT state, count FROM findingTally WHERE count > 0") { row in
      let count = Int(try row.number(1))
      total += count
      let state = try row.word(0, FindingState.self)
      if state != .closed, state != .accepted { openCount += count }
    }
    let ended = try db.count(
      "SELECT count(*) FROM finding WHERE \(expired) AND acceptedUntil < ?",
      [now]
    )
    var first: [Late] = []
    try db.rows(
      """
      SELECT id, reference, severity, dueOrder, 0 FROM (
        SELECT id, reference, severity, dueOrder FROM finding
        WHERE \(open) AND dueOrder < ?1
        ORDER BY severityOrder DESC, dueOrder, id LIMIT \(Posture.steps))
      UNION ALL
      SELECT id, reference, severity, acceptedUntil, 1 FROM (
        SELECT id, reference, severity, acceptedUntil FROM finding
        WHERE \(expired) AND acceptedUntil < ?1
        ORDER BY severityOrder DESC, acceptedUntil, id LIMIT \(Posture.steps))
      """,
      [now]
    ) { row in
      first.append(
        Late(
          id: try row.number(0),
          reference: try row.text(1),
          severity: try row.word(2),
          due: try row.instant(3),
          isAcceptance: try row.flag(4)
        )
      )
    }
    first.sort { (-$0.severity.rank, $0.due, $0.id) < (-$1.severity.rank, $1.due, $1.id) }
    return LateFindings(
      total: total,
      open: openCount + ended,
      late: try FindingSQL.overdue(at: context.now, in: db),
      lateSevere: try db.count(
        """
        SELECT (SELECT count(*) FROM finding WHERE \(open) AND dueOrder < ?1
            AND severityOrder >= 3)
          + (SELECT count(*) FROM finding WHERE \(expired) AND acceptedUntil < ?1
            AND dueOrder < ?1 AND severityOrder >= 3)
        """,
        [now]
      ),
      expired: ended,
      // Late then: late still, closed or accepted since, or accepted for a time that was over.
      lateBefore: try db.count(
        """
        SELECT (SELECT count(*) FROM finding WHERE \(open) AND dueOrder < ?1 AND openedAt <= ?1)
          + (SELECT count(*) FROM finding WHERE isRemoved = 0 AND state = 'closed'
            AND updatedAt >= ?1 AND dueOrder < ?1 AND openedAt <= ?1
            AND strftime('%s', json_extract(standing, '$.closedAt')) * 1000 >= ?1)
          + (SELECT count(*) FROM finding WHERE \(expired) AND dueOrder < ?1 AND openedAt <= ?1
            AND (acceptedUntil < ?1
              OR strftime('%s', json_extract(standing, '$.acceptance.at')) * 1000 >= ?1))
        """,
        [then]
      ),
      first: Array(first.prefix(Posture.steps))
    )
  }
}
