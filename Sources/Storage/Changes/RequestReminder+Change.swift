internal import GRDB
internal import Model

extension RemindRequest: KeptChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let entry = try KeptTable<RequestFacts>.existing(id, in: db)
    guard hours >= 0 else {
      throw StoreError.refused("a reminder is of 0 hours or more before the deadline")
    }
    let known = try db.row(
      "SELECT id FROM requestReminder WHERE request = ? AND due = ? AND hours = ?",
      [id, due.milliseconds, hours]
    )
    guard known == nil else {
      throw StoreError.refused("somebody was reminded of \(entry.reference) already")
    }
    try db.run(
      """
      INSERT INTO requestReminder (request, due, hours, meantAt, sentAt) VALUES (?, ?, ?, ?, ?)
      """,
      [id, due.milliseconds, hours, meantAt.milliseconds, context.now.milliseconds]
    )
    return Performed(
      subject: subject,
      version: entry.version,
      reference: entry.reference,
      incident: nil,
      inverse: nil
    )
  }

  func inverse(of old: RightsRequest) -> (any SQLChange)? { nil }

  var lines: [String] { ["due: \(due)", "meant for: \(meantAt)"] }
}

extension SentRequestReminders: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Sent] {
    var sent: [Sent] = []
    try db.rows(
      """
      SELECT request, requestReminder.due, hours FROM requestReminder
      JOIN request ON request.id = requestReminder.request
        AND request.isRemoved = 0 AND request.state = 'open'
      ORDER BY request, requestReminder.due, hours DESC
      """
    ) { row in
      sent.append(
        Sent(
          request: try row.number(0),
          due: try row.instant(1),
          hours: Int(try row.number(2))
        )
      )
    }
    return sent
  }
}
