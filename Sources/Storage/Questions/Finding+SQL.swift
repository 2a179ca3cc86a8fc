internal import GRDB
internal import Model

extension FindingList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<Finding> {
    let (condition, arguments) = FindingSQL.condition(filter, now: context.now)
    return Page(
      window: window,
      rows: try FindingRecord.list(where: condition, arguments, window, in: db),
      total: Int(try db.number("SELECT count(*) FROM finding WHERE \(condition)", arguments))
    )
  }
}

extension FindingByReference: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Finding? {
    try FindingRecord.named(reference, in: db)
  }
}

extension FindingDetails: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Details? {
    guard let finding = try FindingRecord.fetch(id, in: db) else { return nil }
    let subject = Subject(.finding, id)
    let item = try finding.item.map { try LinkRecord.end($0, in: db) }
    return Details(
      finding: finding,
      links: try LinkRecord.rows(of: subject, in: db),
      evidence: try EvidenceList(of: subject).fetch(in: db, context),
      history: try JournalWindow(
        JournalFilter(subject: subject),
        RowWindow(start: 0, count: 200)
      ).fetch(in: db, context).rows,
      itemName: item?.name ?? "",
      itemTitle: item?.title ?? ""
    )
  }
}

extension FindingNumbers: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    var counts: [FindingState: [Severity: Int]] = [:]
    try db.rows("SELECT state, severity, count FROM findingTally WHERE count > 0") { row in
      let state = try row.word(0, FindingState.self)
      let severity = try row.word(1, Severity.self)
      counts[state, default: [:]][severity] = Int(try row.number(2))
    }
    var expired = 0
    try db.rows(
      """
      SELECT severity, count(*) FROM finding
      WHERE isRemoved = 0 AND acceptedUntil IS NOT NULL AND acceptedUntil < ? GROUP BY severity
      """,
      [context.now.milliseconds]
    ) { row in
      let severity = try row.word(0, Severity.self)
      let count = Int(try row.number(1))
      expired += count
      counts[.accepted, default: [:]][severity, default: 0] -= count
      counts[.open, default: [:]][severity, default: 0] += count
    }
    return Answer(
      tallies: FindingState.allCases.flatMap { state in
        Severity.allCases.reversed().compactMap { severity in
          let count = counts[state]?[severity] ?? 0
          return count == 0 ? nil : Tally(state: state, severity: severity, count: count)
        }
      },
      overdue: try FindingSQL.overdue(at: context.now, in: db),
      expiredAcceptances: expired
    )
  }
}

/// Filters of findings as conditions on the table `finding`.
enum FindingSQL {
  /// The condition for what is not removed and passes a filter, and the values for it.
  static func condition(
    _ filter: FindingFilter,
    now: Instant
  ) -> (sql: String, arguments: StatementArguments) {
    var conditions = ["finding.isRemoved = 0"]
    var arguments: StatementArguments = []
    let milliseconds = now.milliseconds
    if let states = filter.states {
      let stated = states.sorted { $0.rawValue < $1.rawValue }
      let words = stated.filter { $0 != .accepted }.map { "'\($0.rawValue)'" }
      var either = ["state IN (\(words.joined(separator: ", ")))"]
      if states.contains(.accepted) {
        either.append("acceptedUntil >= ?")
        arguments += [milliseconds]
      }
      if states.contains(.open) {
        either.append("acceptedUntil < ?")
        arguments += [milliseconds]
      }
      conditions.append("(\(either.joined(separator: " OR ")))")
    }
    if let severities = filter.severities {
      let ranks = severities.map(\.rank).sorted().map(String.init).joined(separator: ", ")
      conditions.append("severityOrder IN (\(ranks))")
    }
    if let owner = filter.owner {
      conditions.append("owner = ? COLLATE NOCASE")
      arguments += [owner]
    }
    if filter.isOverdue {
      conditions.append(
        "dueOrder < ? AND (state NOT IN ('closed', 'accepted') OR acceptedUntil < ?)"
      )
      arguments += [milliseconds, milliseconds]
    }
    if filter.isAcceptanceExpired {
      conditions.append("acceptedUntil < ?")
      arguments += [milliseconds]
    }
    if let audit = filter.audit {
      conditions.append("item IN (SELECT id FROM auditItem WHERE audit = ?)")
      arguments += [audit]
    }
    if let item = filter.item {
      conditions.append("item = ?")
      arguments += [item]
    }
    return (conditions.joined(separator: " AND "), arguments)
  }

  /// How many findings are open though their time has passed.
  static func overdue(at now: Instant, in db: Database) throws -> Int {
    Int(
      try db.number(
        """
        SELECT (SELECT count(*) FROM finding WHERE isRemoved = 0
            AND state NOT IN ('closed', 'accepted') AND dueOrder < ?1)
          + (SELECT count(*) FROM finding WHERE isRemoved = 0 AND acceptedUntil IS NOT NULL
            AND acceptedUntil < ?1 AND dueOrder < ?1)
        """,
        [now.milliseconds]
      )
    )
  }

  /// What the overview says of findings and evidence.
  static func care(at now: Instant, in db: Database) throws -> OverviewNumbers.Care {
    let soon = now + .seconds(Int64(OverviewNumbers.Care.evidenceDays) * 86_400)
    func evidence(before instant: Instant) throws -> Int {
      Int(
        try db.number(
          """
          SELECT count(*) FROM evidence
          WHERE isRemoved = 0 AND expiresAt IS NOT NULL AND expiresAt < ?
          """,
          [instant.milliseconds]
        )
      )
    }
    let expired = try evidence(before: now)
    let audits = try DueAuditRows.list(in: db)
    let zone = try OrganisationRecord.current(in: db).organisation.zone ?? .utc
    let untold = try LedgerTallies.untold(in: db)
    return OverviewNumbers.Care(
      overdueFindings: try overdue(at: now, in: db),
      expiredAcceptances: Int(
        try db.number(
          """
          SELECT count(*) FROM finding
          WHERE isRemoved = 0 AND acceptedUntil IS NOT NULL AND acceptedUntil < ?
          """,
          [now.milliseconds]
        )
      ),
      expiredEvidence: expired,
      expiringEvidence: try evidence(before: soon) - expired,
      overdueAudits: audits.count { $0.isOverdue(at: now, in: zone) },
      nextAudit: audits.first,
      openMailings: untold.mailings,
      untold: untold.people
    )
  }
}
