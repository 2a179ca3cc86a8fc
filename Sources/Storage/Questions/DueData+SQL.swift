internal import GRDB
internal import Model

extension RetentionRules: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [RetentionRule] {
    activity.isEmpty
      ? try KeptTable.list(in: db)
      : try KeptTable.list(where: "activity = ?", [activity], in: db)
  }
}

extension RetentionByReference: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> RetentionRule? {
    try KeptTable.named(reference, in: db)
  }
}

extension LegalHolds: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [LegalHold] {
    let holds: [LegalHold] = try KeptTable.list(in: db)
    return holds.filter { $0.facts.isInForce(at: context.now) }
      + holds.filter { !$0.facts.isInForce(at: context.now) }
  }
}

extension DeletionRuns: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [DeletionRun] {
    rule.isEmpty
      ? try KeptTable.list(order: "done DESC, id DESC", in: db)
      : try KeptTable.list(where: "rule = ?", [rule], order: "done DESC, id DESC", in: db)
  }
}

extension DueDataList: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [DueData] {
    let reading = try RegisterReading(context.now, in: db)
    return try DueRows.all(until: until, reading, in: db)
  }
}

/// Works out what is due for deletion.
enum DueRows {
  /// Of all rules and of what Tocsin itself keeps: due first, then held, running and not counted; each
  /// longest first.
  static func all(
    until: Instant?,
    _ reading: RegisterReading,
    in db: Database
  ) throws -> [DueData] {
    let rows =
      try list(of: reading.rules.filter { $0.facts.target == .activity }, reading, in: db)
      + OwnData.rows(reading, in: db)
    func rank(_ row: DueData) -> Int {
      switch row.state(at: reading.now) {
      case .due: 0
      case .held: 1
      case .running: 2
      case .unknown: 3
      }
    }
    return rows.filter { row in
      guard row.state(at: reading.now) == .running, let dueAt = row.dueAt else { return true }
      return until.map { dueAt <= $0 } ?? false
    }
    .sorted {
      (rank($0), $0.dueAt ?? .distantly, $0.id) < (rank($1), $1.dueAt ?? .distantly, $1.id)
    }
  }

  /// Of rules for activities.
  static func list(
    of rules: [RetentionRule],
    _ reading: RegisterReading,
    in db: Database
  ) throws -> [DueData] {
    let runs: [DeletionRun] = try KeptTable.list(in: db)
    let holds = try LegalHoldRows.inForce(at: reading.now, in: db)
    return rules.flatMap { $0.due(runs: runs, holds: holds, zone: reading.zone) }
  }
}

/// What Tocsin itself keeps of people, under the same rules as everything else.
enum OwnData {
  /// The rule for a kind of own data; of several the one with the shortest period counts first.
  private static func rules(
    _ target: RetentionTarget,
    in db: Database
  ) throws -> [RetentionRule] {
    try KeptTable.list(where: "target = ?", [target.rawValue], in: db)
  }

  private static func zone(in db: Database) throws -> Zone {
    try OrganisationRecord.current(in: db).organisation.zone ?? .utc
  }

  /// From when on the recipients of a mailing are to be erased: the day it names, else what the rule
  /// for mailings says once its incident is closed; nil while nothing says so.
  static func due(of mailing: Mailing, in db: Database) throws -> Instant? {
    try end(of: mailing, try rules(.mailings, in: db), try zone(in: db), in: db)?.at
  }

  /// From when on it is to be erased who made a request; nil while nothing says so.
  static func due(of request: RightsRequest, in db: Database) throws -> Instant? {
    end(of: request, try rules(.requests, in: db), try zone(in: db))?.at
  }

  /// From when on it is to be erased who consented to a purpose; nil while nothing says so.
  static func due(of purpose: ConsentPurpose, in db: Database) throws -> Instant? {
    end(of: purpose, try rules(.consents, in: db), try zone(in: db))?.at
  }

  /// Whether the time for which data are kept has passed: not at its last instant yet, as in the list of
  /// what is due.
  static func isOver(_ due: Instant?, at now: Instant) -> Bool { due.map { $0 < now } ?? false }

  /// By which references a legal hold covers the recipients of a mailing.
  ///
  /// A hold on a rule covers all that is kept under it, whichever of several counts first.
  static func references(of mailing: Mailing, in db: Database) throws -> [String] {
    references([mailing.reference, mailing.incidentReference], try rules(.mailings, in: db))
  }

  /// By which references a legal hold covers who made a request.
  static func references(of request: RightsRequest, in db: Database) throws -> [String] {
    references([request.reference], try rules(.requests, in: db))
  }

  /// By which references a legal hold covers who consented to a purpose.
  static func references(of purpose: ConsentPurpose, in db: Database) throws -> [String] {
    references([purpose.reference, purpose.facts.activity], try rules(.consents, in: db))
  }

  private static func references(_ own: [String], _ rules: [RetentionRule]) -> [String] {
    (own + rules.map(\.reference)).filter { !$0.isEmpty }
  }

  private static func end(
    of purpose: ConsentPurpose,
    _ rules: [RetentionRule],
    _ zone: Zone
  ) -> (at: Instant, rule: RetentionRule?)? {
    guard let ended = purpose.facts.ended else { return nil }
    return rules.map { ($0.facts.end(from: ended, in: zone), $0) }.min { $0.0 < $1.0 }
  }

  private static func end(
    of mailing: Mailing,
    _ rules: [RetentionRule],
    _ zone: Zone,
    in db: Database
  ) throws -> (at: Instant, rule: RetentionRule?)? {
    if let until = mailing.facts.keepUntil { return (until.latest, nil) }
    guard !rules.isEmpty, let closed = try closing(of: mailing.incident, in: db) else { return nil }
    return rules.map { ($0.facts.end(from: closed, in: zone), $0) }.min { $0.0 < $1.0 }
  }

  private static func end(
    of request: RightsRequest,
    _ rules: [RetentionRule],
    _ zone: Zone
  ) -> (at: Instant, rule: RetentionRule?)? {
    guard let end = request.facts.end else { return nil }
    return rules.map { ($0.facts.end(from: end.at, in: zone), $0) }.min { $0.0 < $1.0 }
  }

  /// When an incident was closed: as it was stated, else when that was recorded; nil while it is open.
  private static func closing(of incident: RecordID, in db: Database) throws -> StatedTime? {
    guard let found = try IncidentRecord.fetch(incident, in: db), found.state == .closed else {
      return nil
    }
    if let stated = found.facts.instants[.closed] { return stated }
    let row = try db.row(
      """
      SELECT at FROM journal WHERE subjectKind = 'incident' AND subject = ?
        AND action = 'incident.move' ORDER BY id DESC LIMIT 1
      """,
      [incident]
    )
    return StatedTime(try row?.instant(0) ?? found.updatedAt)
  }

  /// All of it that has an end, and all of which no rule says one.
  static func rows(_ reading: RegisterReading, in db: Database) throws -> [DueData] {
    let holds = try LegalHoldRows.inForce(at: reading.now, in: db)
    func covering(_ references: [String]) -> [String] {
      holds.filter { $0.facts.covers(references) }.map(\.name)
    }
    var rows: [DueData] = []
    let forMailings = reading.rules.filter { $0.facts.target == .mailings }
    let mailings = try MailingRecord.list(
      of: nil,
      RowWindow(start: 0, count: .max),
      in: db
    )
    for mailing in mailings where mailing.erasedAt == nil && mailing.recipients > 0 {
      let end = try end(of: mailing, forMailings, reading.zone, in: db)
      // While its incident is open and no day is named, its time has not begun.
      guard end != nil || forMailings.isEmpty else { continue }
      rows.append(
        DueData(
          rule: end?.rule?.reference ?? "",
          reference: mailing.reference,
          subject: Subject(.mailing, mailing.id),
          title: mailing.facts.name,
          target: .mailings,
          words: end?.rule?.facts.text
            ?? mailing.facts.keepUntil.map { "kept until \($0.plainWithZone)" } ?? "no rule",
          ground: end?.rule?.facts.ground ?? "",
          count: Int64(mailing.recipients),
          dueAt: end?.at,
          asOf: reading.now,
          holds: covering(
            references([mailing.reference, mailing.incidentReference], forMailings)
          )
        )
      )
    }
    let forRequests = reading.rules.filter { $0.facts.target == .requests }
    let requests: [RightsRequest] = try KeptTable.list(
      where: "state <> 'open' AND erasedAt IS NULL",
      in: db
    )
    for request in requests {
      let end = end(of: request, forRequests, reading.zone)
      rows.append(
        DueData(
          rule: end?.rule?.reference ?? "",
          reference: request.reference,
          subject: Subject(.request, request.id),
          title: request.facts.title,
          target: .requests,
          words: end?.rule?.facts.text ?? "no rule",
          ground: end?.rule?.facts.ground ?? "",
          count: 1,
          dueAt: end?.at,
          asOf: reading.now,
          holds: covering(references([request.reference], forRequests))
        )
      )
    }
    let forConsents = reading.rules.filter { $0.facts.target == .consents }
    let purposes: [ConsentPurpose] = try KeptTable.list(
      where: "records > 0 AND erasedAt IS NULL",
      in: db
    )
    for purpose in purposes {
      let end = end(of: purpose, forConsents, reading.zone)
      // While the purpose goes on, its time has not begun.
      guard end != nil || forConsents.isEmpty else { continue }
      rows.append(
        DueData(
          rule: end?.rule?.reference ?? "",
          reference: purpose.reference,
          subject: Subject(.purpose, purpose.id),
          title: purpose.facts.title,
          target: .consents,
          words: end?.rule?.facts.text ?? "no rule",
          ground: end?.rule?.facts.ground ?? "",
          count: try PurposeRecord.records(purpose.id, in: db),
          dueAt: end?.at,
          asOf: reading.now,
          holds: covering(
            references([purpose.reference, purpose.facts.activity], forConsents)
          )
        )
      )
    }
    return rows
  }
}
