internal import GRDB
internal import Model

extension RequestList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<RightsRequest> {
    var (conditions, arguments) = (["1"], StatementArguments())
    if let states = filter.states {
      conditions.append("state IN (SELECT value FROM json_each(?))")
      arguments += [try JSON.text(states.map(\.rawValue).sorted())]
    }
    if let kinds = filter.kinds {
      conditions.append("wanted IN (SELECT value FROM json_each(?))")
      arguments += [try JSON.text(kinds.map(\.rawValue).sorted())]
    }
    if filter.isOverdue {
      conditions.append("state = 'open' AND (due < ? OR \(RequestReceipt.isOverdue))")
      arguments += [context.now.milliseconds, context.now.milliseconds]
    }
    if !filter.text.isEmpty {
      conditions.append(
        """
        (instr(lower(reference), ?) OR instr(wanted, ?)
          OR instr(lower(json_extract(facts, '$.jurisdiction')), ?)
          OR instr(lower(coalesce(json_extract(facts, '$.handler'), '')), ?))
        """
      )
      let text = filter.text.lowercased()
      arguments += [text, text, text, text]
    }
    let condition = conditions.joined(separator: " AND ")
    let rows: [RightsRequest] = try KeptTable.list(
      where: condition,
      arguments + [window.count, window.start],
      order: """
        state <> 'open', CASE state WHEN 'open' THEN coalesce(due, 9223372036854775807)
          ELSE -endedAt END, id LIMIT ? OFFSET ?
        """,
      in: db
    )
    let total = try db.number(
      "SELECT count(*) FROM request WHERE isRemoved = 0 AND \(condition)",
      arguments
    )
    return Page(window: window, rows: rows, total: Int(total))
  }
}

/// By when receipt of a request is to be confirmed.
enum RequestReceipt {
  /// That it was not confirmed though its time has passed, for an open request; the present is its argument.
  static let isOverdue = """
    (json_extract(facts, '$.acknowledged') IS NULL
      AND strftime('%s', json_extract(facts, '$.clock.acknowledge.due')) * 1000 < ?)
    """
}

extension RequestByReference: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> RightsRequest? {
    try KeptTable.named(reference, in: db)
  }
}

extension RequestDetails: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Details? {
    guard let request = try KeptTable<RequestFacts>.fetch(id, in: db) else { return nil }
    return Details(
      request: request,
      history: try JournalWindow(
        JournalFilter(subject: Subject(.request, id)),
        RowWindow(start: 0, count: 200)
      ).fetch(in: db, context).rows
    )
  }
}

extension RequestClocks: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [RightsRequest] {
    try KeptTable.list(
      where: "state = 'open' AND due IS NOT NULL",
      order: "due, id",
      in: db
    )
  }
}

extension PrivacyNumbers: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    let reading = try RegisterReading(context.now, in: db)
    let activities: [Activity] = try KeptTable.list(in: db)
    let due = try DueRows.all(until: nil, reading, in: db)
    func count(_ state: DueData.State) -> Int { due.count { $0.state(at: context.now) == state } }
    let impacts = try ImpactRows.answer(activities, at: context.now, in: db)
    var answer = Answer(
      activities: activities.count,
      incomplete: activities.count { !reading.row($0).gaps.isEmpty },
      due: count(.due),
      held: count(.held),
      uncounted: count(.unknown),
      unjustified: activities.reduce(0) { $0 + reading.unjustified($1).count },
      openRequests: Int(
        try db.number("SELECT count(*) FROM request WHERE isRemoved = 0 AND state = 'open'")
      ),
      overdueRequests: Int(
        try db.number(
          "SELECT count(*) FROM request WHERE isRemoved = 0 AND state = 'open' AND due < ?",
          [context.now.milliseconds]
        )
      )
    )
    answer.dueAssessments = impacts.rows.count { $0.state.isDue }
    answer.unassessed = impacts.gaps.count
    return answer
  }
}
