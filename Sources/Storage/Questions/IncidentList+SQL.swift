internal import GRDB
internal import Model

extension IncidentList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<IncidentRow> {
    let filter = try FilterSQL(filter, now: context.now)
    let total = try filter.total(in: db)
    let ids = try filter.ids(order: OrderSQL(order), window: window, total: total, in: db)
    return Page(
      window: window,
      rows: try IncidentRowRecord.list(of: ids, in: db),
      total: total
    )
  }
}

extension FilterSQL {
  /// How many incidents pass, exactly; from the running totals where these can tell.
  func total(in db: Database) throws -> Int {
    guard let countable else {
      return Int(try db.number("SELECT count(*) FROM incident WHERE \(condition)", arguments))
    }
    var total = 0
    try db.rows("SELECT state, severity, count FROM incidentTally WHERE count > 0") { row in
      let severity = try row.text(1).isEmpty ? nil : row.word(1, Severity.self)
      if countable.passes(state: try row.word(0), severity: severity) {
        total += Int(try row.number(2))
      }
    }
    // The totals leave exercises out, which are few.
    total += Int(
      try db.number(
        "SELECT count(*) FROM incident WHERE isExercise = 1 AND \(condition)",
        arguments
      )
    )
    return total
  }

  /// The numbers of the incidents in a window.
  ///
  /// Skipping rows costs time for each, so a window in the second half is counted from the end.
  func ids(order: OrderSQL, window: RowWindow, total: Int, in db: Database) throws -> [RecordID] {
    let start = min(window.start, total)
    let count = min(window.count, total - start)
    guard count > 0 else { return [] }
    let fromEnd = start > total / 2
    let skipped = fromEnd ? total - start - count : start
    var ids: [RecordID] = []
    ids.reserveCapacity(count)
    try db.rows(
      """
      SELECT incident.id FROM incident WHERE \(condition)
      ORDER BY \(order.terms(reversed: fromEnd)) LIMIT ? OFFSET ?
      """,
      arguments + [count, skipped]
    ) { ids.append(try $0.number(0)) }
    return fromEnd ? ids.reversed() : ids
  }
}

/// Reads incidents as lists show them.
enum IncidentRowRecord {
  /// The incidents of a list of numbers, in its order; those that are not there are left out.
  ///
  /// By one statement: one for each incident would cost three times as much.
  static func list(of ids: [RecordID], in db: Database) throws -> [IncidentRow] {
    var rows: [IncidentRow] = []
    rows.reserveCapacity(ids.count)
    try db.rows(
      """
      SELECT reference, version, title, severity, state, outcome, lead, affectedOrder, openedAt,
        updatedAt, tags, (SELECT count(*) FROM task WHERE task.incident = incident.id
          AND isRemoved = 0 AND task.state IN ('to-do', 'doing')),
        occurredOrder IS NOT NULL, awareOrder IS NOT NULL, isExercise, incident.id
      FROM json_each(?) AS wanted CROSS JOIN incident ON incident.id = wanted.value
      ORDER BY wanted.key
      """,
      ["[\(ids.map(String.init).joined(separator: ","))]"]
    ) { row in rows.append(try incident(row, in: db)) }
    return rows
  }

  private static func incident(_ row: Row, in db: Database) throws -> IncidentRow {
    let id = try row.number(15)
    return IncidentRow(
      id: id,
      reference: try row.text(0),
      version: try row.number(1),
      title: try row.text(2),
      severity: try row.optionalWord(3),
      state: try row.word(4),
      outcome: try row.word(5),
      lead: try row.optionalText(6),
      affected: try row.optionalNumber(7),
      occurred: try row.flag(12) ? instant(.occurred, of: id, in: db) : nil,
      aware: try row.flag(13) ? aware(of: id, in: db) : nil,
      openedAt: try row.instant(8),
      updatedAt: try row.instant(9),
      openTasks: Int(try row.number(11)),
      tags: try JSON.words(try row.text(10)),
      isExercise: try row.flag(14)
    )
  }

  private static func instant(
    _ instant: IncidentInstant,
    of id: RecordID,
    in db: Database
  ) throws -> StatedTime? {
    try db.row(
      "SELECT \(StatedTime.columns) FROM incidentInstant WHERE incident = ? AND instant = ?",
      [id, instant.rawValue]
    )?.statedTime(0)
  }

  /// The instant that counts as awareness: as it was decided, else as it was stated.
  private static func aware(of id: RecordID, in db: Database) throws -> StatedTime? {
    try db.row("SELECT \(StatedTime.columns) FROM awareness WHERE id = ?", [id])?.statedTime(0)
      ?? instant(.aware, of: id, in: db)
  }
}
