internal import GRDB
internal import Model

extension IncidentFilings: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Filing] {
    try FilingRecord.list(of: incident, in: db)
  }
}

extension IncidentDecisions: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Decision] {
    try DecisionRecord.list(of: incident, in: db)
  }
}

extension IncidentObligations: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [ObligationRecord] {
    try ClockRecord.list(of: incident, in: db)
  }
}

extension ObligationHistory: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [ObligationRecord] {
    try ClockRecord.history(of: rule, of: incident, in: db)
  }
}

extension ObligationInputs: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    let check = try db.row(
      "SELECT isCurrent, basis FROM obligationCheck WHERE incident = ?",
      [incident]
    )
    return Answer(
      incident: try IncidentRecord.fetch(incident, in: db),
      sent: try FilingRecord.sent(of: incident, in: db),
      isCurrent: try check.map {
        try $0.flag(0) && (basis.isEmpty || $0.text(1) == basis)
      } ?? false
    )
  }
}

extension StaleClocks: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    // Two stretches of the index on the basis rather than "another one": nothing stale costs nothing.
    let current = "SELECT incident FROM obligationCheck WHERE isOpen = 1 AND isCurrent = 1"
    let other = " UNION ALL \(current) AND basis < ?1 UNION ALL \(current) AND basis > ?1"
    let stale =
      "SELECT incident FROM obligationCheck WHERE isOpen = 1 AND isCurrent = 0"
      + (basis.isEmpty ? "" : other)
    let arguments: StatementArguments = basis.isEmpty ? [] : [basis]
    var answer = Answer(
      incidents: [],
      total: Int(try db.number("SELECT count(*) FROM (\(stale))", arguments))
    )
    try db.rows(
      "SELECT incident FROM (\(stale)) ORDER BY incident LIMIT \(max(0, limit))",
      arguments
    ) { answer.incidents.append(try $0.number(0)) }
    return answer
  }
}

extension StaleInputs: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    let items = try incidents.compactMap { id -> Answer.Item? in
      let row = try db.row(
        "SELECT isCurrent, basis FROM obligationCheck WHERE incident = ?",
        [id]
      )
      if let row, try row.flag(0), try basis.isEmpty || row.text(1) == basis { return nil }
      guard let incident = try IncidentRecord.fetch(id, in: db) else { return nil }
      var kept: Set<String> = []
      try db.rows("SELECT rule FROM obligation WHERE incident = ?", [id]) {
        kept.insert(try $0.text(0))
      }
      return Answer.Item(
        incident: incident,
        sent: try FilingRecord.sent(of: id, in: db),
        kept: kept
      )
    }
    return Answer(
      items: items,
      organisation: try OrganisationRecord.current(in: db).organisation
    )
  }
}

extension SentReminders: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Sent] {
    var sent: [Sent] = []
    try db.rows(
      """
      SELECT reminder.incident, reminder.rule, due, hours FROM reminder
      JOIN obligation ON obligation.incident = reminder.incident
        AND obligation.rule = reminder.rule AND obligation.isRunning = 1
      ORDER BY reminder.incident, reminder.rule, due, hours DESC
      """
    ) { row in
      sent.append(
        Sent(
          incident: try row.number(0),
          rule: try row.text(1),
          due: try row.instant(2),
          hours: Int(try row.number(3))
        )
      )
    }
    return sent
  }
}
