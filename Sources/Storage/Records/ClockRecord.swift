internal import GRDB
internal import Model

/// Reads and writes the clocks of incidents.
enum ClockRecord {
  /// What stands for "no date" in `dueOrder`.
  static let noDate = Int64.max

  /// The columns of an answer, whose rule stands in another column.
  private static func columns(rule: String) -> String {
    func sent(_ end: String) -> String {
      """
      (SELECT \(end)(earliest) FROM filing WHERE filing.incident = obligationHistory.incident
        AND filing.rule = \(rule) AND filing.isRemoved = 0)
      """
    }
    return """
      obligationHistory.incident, obligationHistory.document, obligationHistory.computedAt,
      obligationHistory.cause, \(sent("min")), \(sent("max")), obligationHistory.rule, \(rule)
      """
  }

  /// The columns of a duty: its number, then those of the answer that stands.
  private static let duty = "obligation.id, \(columns(rule: "obligation.rule"))"

  /// Reads a record: its number, then `columns`; nil where a shared line says nothing of its rule.
  private static func read(_ row: Row, in db: Database) throws -> ObligationRecord? {
    var obligation: Obligation
    if try row.text(7) == WaitingAnswers.rule {
      guard let rule = try WaitingAnswers.number(try row.text(8), in: db),
        let item = try WaitingAnswers(document: try row.text(2)).item(of: rule)
      else { return nil }
      obligation = try WaitingAnswers.obligation(item, in: db)
    } else {
      obligation = try JSON.value(try row.text(2))
    }
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

  /// Reads a record that is there.
  private static func existing(_ row: Row, in db: Database) throws -> ObligationRecord {
    guard let record = try read(row, in: db) else { throw UnknownWord(type: "obligationHistory") }
    return record
  }

  /// An incident's clocks: by deadline, those without one last, then by rule.
  static func list(of incident: RecordID, in db: Database) throws -> [ObligationRecord] {
    var records: [ObligationRecord] = []
    try db.rows(
      """
      SELECT \(duty)
      FROM obligation JOIN obligationHistory ON obligationHistory.id = obligation.answer
      WHERE obligation.incident = ? ORDER BY dueOrder, obligation.rule
      """,
      [incident]
    ) { records.append(try existing($0, in: db)) }
    return records
  }

  /// The clock of one duty of an incident; nil where the record keeps none.
  static func standing(
    _ rule: String,
    of incident: RecordID,
    in db: Database
  ) throws -> ObligationRecord? {
    try db.row(
      """
      SELECT \(duty)
      FROM obligation JOIN obligationHistory ON obligationHistory.id = obligation.answer
      WHERE obligation.incident = ? AND obligation.rule = ?
      """,
      [incident, rule]
    ).map { try existing($0, in: db) }
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
      SELECT id, \(columns(rule: "?2")) FROM obligationHistory
      WHERE incident = ?1 AND rule IN (?2, '\(WaitingAnswers.rule)') ORDER BY id DESC
      """,
      [incident, rule]
    ) { row in
      if let record = try read(row, in: db) { records.append(record) }
    }
    return records
  }

  /// A clock as the list of all clocks shows it.
  static func row(_ id: RecordID, in db: Database) throws -> ClockList.Row {
    guard
      let row = try db.row(
        """
        SELECT \(duty), reference, title, severity, isExercise
        FROM obligation JOIN obligationHistory ON obligationHistory.id = obligation.answer
        JOIN incident ON incident.id = obligation.incident
        WHERE obligation.id = ?
        """,
        [id]
      )
    else { throw StoreError.notFound(Subject(.obligation, id)) }
    return ClockList.Row(
      record: try existing(row, in: db),
      reference: try row.text(9),
      title: try row.text(10),
      severity: try row.optionalWord(11),
      isExercise: try row.flag(12)
    )
  }

  /// What a duty's clock said before a fact was taken from it; nil where it never ran.
  static func stopped(_ record: ObligationRecord, in db: Database) throws -> WaitingClocks.Stopped?
  {
    // Nearly all have one answer alone: then there is nothing to look for.
    let answers = try db.number(
      "SELECT count(*) FROM obligationHistory WHERE incident = ? AND rule IN (?, ?)",
      [record.incident, record.obligation.id, WaitingAnswers.rule]
    )
    guard answers > 1 else { return nil }
    return WaitingClocks.Stopped(
      try history(of: record.obligation.id, of: record.incident, in: db)
    )
  }

  /// A present answer, as it is kept.
  struct Present {
    var id: RecordID
    var answer: Answer

    enum Answer: Equatable {
      /// A document of its own.
      case own(String)
      /// By texts that it shares.
      case shared(WaitingAnswers.Item)
    }

    func obligation(in db: Database) throws -> Obligation {
      switch answer {
      case .own(let document): try JSON.value(document)
      case .shared(let item): try WaitingAnswers.obligation(item, in: db)
      }
    }
  }

  /// The answers that stand, by rule.
  static func present(of incident: RecordID, in db: Database) throws -> [String: Present] {
    var present: [String: Present] = [:]
    var lines: [RecordID: [Int64: WaitingAnswers.Item]] = [:]
    try db.rows(
      """
      SELECT obligation.id, obligation.rule, document, obligationHistory.rule, obligationHistory.id
      FROM obligation JOIN obligationHistory ON obligationHistory.id = obligation.answer
      WHERE obligation.incident = ?
      """,
      [incident]
    ) { row in
      let (id, rule, line) = (try row.number(0), try row.text(1), try row.number(4))
      guard try row.text(3) == WaitingAnswers.rule else {
        present[rule] = Present(id: id, answer: .own(try row.text(2)))
        return
      }
      if lines[line] == nil {
        let items = try WaitingAnswers(document: try row.text(2)).items
        lines[line] = Dictionary(items.map { ($0[0], $0) }) { first, _ in first }
      }
      guard let number = try WaitingAnswers.number(rule, in: db), let item = lines[line]?[number]
      else { throw UnknownWord(type: "obligationHistory") }
      present[rule] = Present(id: id, answer: .shared(item))
    }
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
    try stand(obligation, answer, over: present, isRunning: isRunning, change, in: db)
  }

  /// Writes what was answered to duties that wait, and makes these the answers that stand.
  static func write(
    _ waiting: [(obligation: Obligation, item: WaitingAnswers.Item, present: Present?)],
    _ change: RecordObligations,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    guard !waiting.isEmpty else { return }
    let document = WaitingAnswers(waiting.map(\.item)).document
    let line = try append(WaitingAnswers.rule, document, change, context, in: db)
    for (obligation, _, present) in waiting {
      try stand(obligation, line, over: present, isRunning: false, change, in: db)
    }
  }

  /// Makes an answer the one that stands.
  private static func stand(
    _ obligation: Obligation,
    _ answer: RecordID,
    over present: Present?,
    isRunning: Bool,
    _ change: RecordObligations,
    in db: Database
  ) throws {
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

  /// Says whether a clock runs, where its answer stays the same; returns whether that is new.
  static func set(isRunning: Bool, of present: Present, in db: Database) throws -> Bool {
    try db.run(
      "UPDATE obligation SET isRunning = ?1 WHERE id = ?2 AND isRunning <> ?1",
      [isRunning, present.id]
    )
    return db.changesCount > 0
  }

  /// Takes out an answer that does not stand any more, and says so in the history.
  static func close(
    _ present: Present,
    _ change: RecordObligations,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    var obligation = try present.obligation(in: db)
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
