internal import GRDB
internal import Model

/// Reads and writes the clocks of incidents.
enum ClockRecord {
  /// What stands for "no date" in `dueOrder`.
  static let noDate = Int64.max

  private static let columns = """
    obligationHistory.incident, obligationHistory.document, obligationHistory.computedAt,
    obligationHistory.cause, (SELECT min(earliest) FROM filing
      WHERE filing.incident = obligationHistory.incident
        AND filing.rule = obligationHistory.rule AND filing.isRemoved = 0),
    (SELECT max(earliest) FROM filing WHERE filing.incident = obligationHistory.incident
      AND filing.rule = obligationHistory.rule AND filing.isRemoved = 0)
    """

  /// Reads a record: its number, then `columns`.
  private static func read(_ row: Row) throws -> ObligationRecord {
    let obligation: Obligation = try JSON.value(try row.text(2))
    let first = try row.optionalNumber(5).map(Instant.init(milliseconds:))
    let last = try row.optionalNumber(6).map(Instant.init(milliseconds:))
    // What was asked for anew is met by the latest sending, or not at all.
    let sentAt =
      obligation.askedAgainAt == nil
      ? first : last.flatMap { obligation.isMet(by: [$0]) ? $0 : nil }
    return ObligationRecord(
      id: try row.number(0),
      incident: try row.number(1),
      obligation: obligation,
      computedAt: try row.instant(3),
      cause: try row.text(4),
      sentAt: sentAt
    )
  }

  /// An incident's clocks: by deadline, those without one last, then by rule.
  static func list(of incident: RecordID, in db: Database) throws -> [ObligationRecord] {
    var records: [ObligationRecord] = []
    try db.rows(
      """
      SELECT obligation.id, \(columns)
      FROM obligation JOIN obligationHistory ON obligationHistory.id = obligation.answer
      WHERE obligation.incident = ? ORDER BY dueOrder, obligation.rule
      """,
      [incident]
    ) { records.append(try read($0)) }
    return records
  }

  /// Every answer to one duty, newest first.
  static func history(
    of rule: String,
    of incident: RecordID,
    in db: Database
  ) throws -> [ObligationRecord] {
    var records: [ObligationRecord] = []
    try db.rows(
      """
      SELECT id, \(columns) FROM obligationHistory WHERE incident = ? AND rule = ?
      ORDER BY id DESC
      """,
      [incident, rule]
    ) { records.append(try read($0)) }
    return records
  }

  /// A clock as the list of all clocks shows it.
  static func row(_ id: RecordID, in db: Database) throws -> ClockList.Row {
    guard
      let row = try db.row(
        """
        SELECT obligation.id, \(columns), reference, title, severity, isExercise
        FROM obligation JOIN obligationHistory ON obligationHistory.id = obligation.answer
        JOIN incident ON incident.id = obligation.incident
        WHERE obligation.id = ?
        """,
        [id]
      )
    else { throw StoreError.notFound(Subject(.obligation, id)) }
    return ClockList.Row(
      record: try read(row),
      reference: try row.text(7),
      title: try row.text(8),
      severity: try row.optionalWord(9),
      isExercise: try row.flag(10)
    )
  }

  /// What a duty's clock said before a fact was taken from it; nil where it never ran.
  static func stopped(_ record: ObligationRecord, in db: Database) throws -> WaitingClocks.Stopped?
  {
    // Nearly all have one answer alone: then there is nothing to look for.
    let answers = try db.number(
      "SELECT count(*) FROM obligationHistory WHERE incident = ? AND rule = ?",
      [record.incident, record.obligation.id]
    )
    guard answers > 1 else { return nil }
    return WaitingClocks.Stopped(
      try history(of: record.obligation.id, of: record.incident, in: db)
    )
  }

  /// A present answer, as bytes.
  struct Present {
    var id: RecordID
    var document: String
  }

  /// The answers that stand, by rule.
  static func present(of incident: RecordID, in db: Database) throws -> [String: Present] {
    var present: [String: Present] = [:]
    try db.rows(
      """
      SELECT obligation.id, obligation.rule, document
      FROM obligation JOIN obligationHistory ON obligationHistory.id = obligation.answer
      WHERE obligation.incident = ?
      """,
      [incident]
    ) { present[try $0.text(1)] = Present(id: try $0.number(0), document: try $0.text(2)) }
    return present
  }

  /// Writes an answer into the history and makes it the one that stands.
  static func write(
    _ obligation: Obligation,
    _ document: String,
    over present: Present?,
    isRunning: Bool,
    _ change: RecordObligations,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    let answer = try append(obligation.id, document, change, context, in: db)
    let order = obligation.state.deadline?.due.milliseconds ?? noDate
    let text = try text(of: obligation, in: db)
    if let present {
      try db.run(
        """
        UPDATE obligation SET state = ?, dueOrder = ?, text = ?, answer = ?, isRunning = ?
        WHERE id = ?
        """,
        [obligation.state.word, order, text, answer, isRunning, present.id]
      )
    } else {
      try db.run(
        """
        INSERT INTO obligation (incident, rule, state, dueOrder, text, answer, isRunning)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [change.incident, obligation.id, obligation.state.word, order, text, answer, isRunning]
      )
    }
  }

  /// Says whether a clock runs, where its answer stays the same.
  static func set(isRunning: Bool, of present: Present, in db: Database) throws {
    try db.run(
      "UPDATE obligation SET isRunning = ?1 WHERE id = ?2 AND isRunning <> ?1",
      [isRunning, present.id]
    )
  }

  /// Takes out an answer that does not stand any more, and says so in the history.
  static func close(
    _ present: Present,
    _ change: RecordObligations,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    var obligation = try JSON.value(present.document, as: Obligation.self)
    (obligation.state, obligation.because, obligation.reckoning) = (.none, [], nil)
    _ = try append(obligation.id, try JSONBytes.text(obligation), change, context, in: db)
    try db.run("DELETE FROM obligation WHERE id = ?", [present.id])
  }

  private static func append(
    _ rule: String,
    _ document: String,
    _ change: RecordObligations,
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID {
    try db.run(
      """
      INSERT INTO obligationHistory (incident, rule, document, computedAt, cause)
      VALUES (?, ?, ?, ?, ?)
      """,
      [change.incident, rule, document, context.now.milliseconds, change.cause]
    )
    return db.lastInsertedRowID
  }

  /// The number of what a clock is searched by.
  private static func text(of obligation: Obligation, in db: Database) throws -> RecordID {
    let folded = [obligation.id, obligation.recipient, obligation.law].joined(separator: "\n")
      .folded
    if let row = try db.row("SELECT id FROM obligationText WHERE folded = ?", [folded]) {
      return try row.number(0)
    }
    try db.run("INSERT INTO obligationText (folded) VALUES (?)", [folded])
    return db.lastInsertedRowID
  }
}
