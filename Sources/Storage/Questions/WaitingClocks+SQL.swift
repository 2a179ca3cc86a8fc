internal import GRDB
internal import Model

extension WaitingClocks: SQLQuestion {
  /// What holds of the duties that wait; in the words of the index `obligationWaiting`.
  static let condition = """
    state IN ('clockNotStarted', 'undetermined')
      AND EXISTS (SELECT 1 FROM obligationCheck
        WHERE obligationCheck.incident = obligation.incident AND isOpen = 1)
      AND NOT EXISTS (SELECT 1 FROM filing WHERE filing.incident = obligation.incident
        AND filing.rule = obligation.rule AND filing.isRemoved = 0)
    """

  func fetch(in db: Database, _ context: AskContext) throws -> Page<Row> {
    var condition = Self.condition
    var arguments: StatementArguments = []
    if !text.isEmpty {
      condition += " AND \(ClockList.textCondition)"
      arguments = [text.folded]
    }
    let total = Int(
      try db.number("SELECT count(*) FROM obligation WHERE \(condition)", arguments)
    )
    var ids: [RecordID] = []
    if window.count > 0, window.start < total {
      try db.rows(
        """
        SELECT id FROM obligation WHERE \(condition) ORDER BY state, incident, rule
        LIMIT \(window.count) OFFSET \(window.start)
        """,
        arguments
      ) { ids.append(try $0.number(0)) }
    }
    var rows = try ids.map { id in
      let clock = try ClockRecord.row(id, in: db)
      return Row(clock: clock, stopped: try ClockRecord.stopped(clock.record, in: db))
    }
    rows = rows.filter { $0.stopped != nil } + rows.filter { $0.stopped == nil }
    return Page(window: window, rows: rows, total: total)
  }
}

extension NearClocks: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    let running = "obligation.isRunning = 1 AND obligation.state = 'due'"
    var clocks: [Clock] = []
    try db.rows(
      """
      SELECT incident, reference, rule, dueOrder, isExercise
      FROM obligation JOIN incident ON incident.id = obligation.incident
      WHERE \(running) AND dueOrder >= ? ORDER BY dueOrder, incident, rule LIMIT \(limit + 1)
      """,
      [now.milliseconds]
    ) { row in
      clocks.append(
        Clock(
          incident: try row.number(0),
          reference: try row.text(1),
          rule: try row.text(2),
          due: try row.instant(3),
          isExercise: try row.flag(4)
        )
      )
    }
    let requests = "isRemoved = 0 AND state = 'open'"
    var isMerged = false
    try db.rows(
      """
      SELECT reference, wanted, due FROM request
      WHERE \(requests) AND due >= ? ORDER BY due, id LIMIT \(limit + 1)
      """,
      [now.milliseconds]
    ) { row in
      clocks.append(
        Clock(
          incident: 0,
          reference: try row.text(0),
          rule: try row.text(1),
          due: try row.instant(2)
        )
      )
      isMerged = true
    }
    if isMerged { clocks.sort { $0.due < $1.due } }
    // Exercises are few: they are counted apart rather than looked for in every row.
    let exercises = "(SELECT id FROM incident WHERE isExercise = 1)"
    func count(_ condition: String) throws -> Int {
      Int(
        try db.number(
          """
          SELECT count(*) FROM (SELECT 1 FROM obligation WHERE \(condition)
            LIMIT \(NearClocks.mostCounted + 1))
          """
        )
      )
    }
    let late = "\(running) AND dueOrder < \(now.milliseconds)"
    let lateRequests = try db.number(
      """
      SELECT count(*) FROM (SELECT 1 FROM request WHERE \(requests) AND due < ?
        LIMIT \(NearClocks.mostCounted + 1))
      """,
      [now.milliseconds]
    )
    return Answer(
      clocks: Array(clocks.prefix(limit)),
      hasMore: clocks.count > limit,
      late: try count("\(late) AND incident NOT IN \(exercises)") + Int(lateRequests),
      lateExercises: try count("\(late) AND incident IN \(exercises)"),
      waiting: try count("\(WaitingClocks.condition) AND incident NOT IN \(exercises)"),
      waitingExercises: try count("\(WaitingClocks.condition) AND incident IN \(exercises)")
    )
  }
}
