internal import GRDB
internal import Model

extension OverviewNumbers: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    var answer = Answer(
      open: [],
      total: 0,
      openedByMonth: [],
      worst: [],
      overdueTasks: 0,
      openTasks: 0,
      head: try db.number("SELECT coalesce(max(id), 0) FROM journal"),
      openDrills: Int(
        try db.number("SELECT count(*) FROM incident WHERE isExercise = 1 AND isOpen = 1")
      ),
      care: try FindingSQL.care(at: now, in: db)
    )
    try db.rows("SELECT state, severity, count FROM incidentTally WHERE count > 0 ORDER BY id") {
      let state = try $0.word(0, IncidentState.self)
      let count = Int(try $0.number(2))
      answer.total += count
      guard state.isOpen else { return }
      let severity = try $0.text(1).isEmpty ? nil : $0.word(1, Severity.self)
      answer.open.append(Tally(state: state, severity: severity, count: count))
    }
    for month in months {
      let count = try db.row("SELECT count FROM monthTally WHERE month = ?", [month])?.number(0)
      answer.openedByMonth.append(Month(month: month, count: Int(count ?? 0)))
    }
    var ids: [RecordID] = []
    try db.rows(
      """
      SELECT id FROM incident WHERE isOpen = 1 AND isExercise = 0
      ORDER BY severityOrder DESC, updatedAt, id LIMIT 20
      """
    ) { ids.append(try $0.number(0)) }
    answer.worst = try IncidentRowRecord.list(of: ids, in: db)
    answer.openTasks = try TaskTally.open(in: db)
    answer.overdueTasks = try TaskTally.overdue(at: now, in: db)
    return answer
  }

  /// The last twelve months, oldest first, as `2026-05`.
  private var months: [String] {
    let present = CivilTime(now)
    let last = present.year * 12 + present.month - 1
    return (last - 11...last).map { index in
      let (year, month) = (String(index / 12), String(index % 12 + 1))
      return String(repeating: "0", count: max(0, 4 - year.count)) + year + "-"
        + (month.count < 2 ? "0" : "") + month
    }
  }
}

extension OpenTasks: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<Row> {
    // The running total leaves exercises out, which are few.
    let total = Int(
      try db.number(
        """
        SELECT (SELECT coalesce(sum(count), 0) FROM taskTally) + (SELECT count(*) FROM task
          WHERE isListed = 1 AND incident IN (SELECT id FROM incident WHERE isExercise = 1))
        """
      )
    )
    var rows: [Row] = []
    try db.rows(
      """
      SELECT \(TaskRecord.columns), incident.reference, incident.isExercise
      FROM task JOIN incident ON incident.id = task.incident
      WHERE isListed = 1 ORDER BY dueOrder, task.id LIMIT ? OFFSET ?
      """,
      [window.count, window.start]
    ) {
      rows.append(
        Row(
          task: try TaskRecord.read($0),
          reference: try $0.text(14),
          isExercise: try $0.flag(15)
        )
      )
    }
    return Page(window: window, rows: rows, total: total)
  }
}
