internal import GRDB
internal import Model

/// Reads and writes editions, and voids them where what they rest on was altered.
enum NoticeEditionRecord {
  private static let columns = """
    id, mailing, number, version, state, facts, digest, checks, approvals, endedBy, endedAt, reason
    """

  /// Reads an edition as it stands in the file.
  private static func plain(_ row: Row) throws -> NoticeEdition {
    NoticeEdition(
      id: try row.number(0),
      mailing: try row.number(1),
      number: Int(try row.number(2)),
      version: try row.number(3),
      state: try row.word(4),
      facts: try JSON.value(try row.text(5)),
      digest: try row.text(6),
      checks: try JSON.words(try row.text(7)),
      approvals: try JSON.value(try row.text(8)),
      end: try row.optionalText(9).map { by in
        NoticeEdition.End(by: by, at: try row.instant(10), reason: try row.text(11))
      }
    )
  }

  /// Reads an edition; what is not the one that was put up is refused.
  private static func read(_ row: Row) throws -> NoticeEdition {
    let edition = try plain(row)
    guard edition.facts.digest == edition.digest else {
      throw StoreError.refused(
        "\(edition.name) was altered in the file: it is not what was put up for approval"
      )
    }
    return edition
  }

  static func existing(_ id: RecordID, in db: Database) throws -> NoticeEdition {
    guard let row = try db.row("SELECT \(columns) FROM noticeEdition WHERE id = ?", [id]) else {
      throw StoreError.notFound(Subject(.edition, id))
    }
    return try read(row)
  }

  /// A mailing's editions, newest first.
  static func list(of mailing: RecordID, in db: Database) throws -> [NoticeEdition] {
    var found: [NoticeEdition] = []
    try db.rows(
      "SELECT \(columns) FROM noticeEdition WHERE mailing = ? ORDER BY number DESC",
      [mailing]
    ) { found.append(try read($0)) }
    return found
  }

  /// A mailing's editions as they stand in the file, oldest first: for whoever compares them.
  static func unchecked(of mailing: RecordID, in db: Database) throws -> [NoticeEdition] {
    var found: [NoticeEdition] = []
    try db.rows(
      "SELECT \(columns) FROM noticeEdition WHERE mailing = ? ORDER BY number",
      [mailing]
    ) { found.append(try plain($0)) }
    return found
  }

  /// The edition of a mailing that waits or is in force.
  static func live(of mailing: RecordID, in db: Database) throws -> NoticeEdition? {
    try db.row(
      """
      SELECT \(columns) FROM noticeEdition
      WHERE mailing = ? AND state IN ('waiting', 'approved')
      """,
      [mailing]
    ).map(read)
  }

  /// What would be put up now.
  static func draft(
    of mailing: Mailing,
    date: String,
    asIn edition: NoticeEditionFacts? = nil,
    in db: Database
  ) throws -> NoticeEditionFacts {
    guard let incident = try IncidentRecord.fetch(mailing.incident, in: db) else {
      throw StoreError.notFound(Subject(.incident, mailing.incident))
    }
    var organisation = try OrganisationRecord.current(in: db).organisation
    // What two approved stays as it was approved where the organisation later wants one only.
    if edition?.sender?.program != nil { organisation.needsSecondPerson = true }
    return NoticeEditionFacts(
      date: date,
      mailing: mailing.facts,
      texts: try NoticeRecord.list(of: mailing.id, in: db),
      counts: try LedgerTallies.kinds(of: mailing.id, in: db),
      incident: incident,
      organisation: organisation,
      plan: try SendingRecord.plan(of: mailing.id, in: db)
    )
  }

  static func insert(
    _ facts: NoticeEditionFacts,
    of mailing: RecordID,
    isApproved: Bool,
    checks: [String],
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID {
    try db.run(
      """
      INSERT INTO noticeEdition (mailing, number, version, state, facts, digest, checks, approvals)
      SELECT ?1, coalesce(max(number), 0) + 1, 1, ?2, ?3, ?4, ?5, ?6 FROM noticeEdition
      WHERE mailing = ?1
      """,
      [
        mailing, (isApproved ? NoticeEdition.State.approved : .waiting).rawValue,
        try JSON.text(facts), facts.digest, try JSON.words(checks),
        try JSON.text([context.approval]),
      ]
    )
    return db.lastInsertedRowID
  }

  static func approve(
    _ edition: NoticeEdition,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    try db.run(
      "UPDATE noticeEdition SET version = ?, state = ?, approvals = ? WHERE id = ?",
      [
        edition.version + 1, NoticeEdition.State.approved.rawValue,
        try JSON.text(edition.approvals + [context.approval]), edition.id,
      ]
    )
  }

  static func end(
    _ edition: NoticeEdition,
    _ state: NoticeEdition.State,
    _ reason: String,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    try db.run(
      """
      UPDATE noticeEdition SET version = ?, state = ?, endedBy = ?, endedAt = ?, reason = ?
      WHERE id = ?
      """,
      [
        edition.version + 1, state.rawValue, context.actor.name, context.now.milliseconds, reason,
        edition.id,
      ]
    )
  }

  /// Voids the editions that something rests on which a change has just altered.
  ///
  /// Called for every change that the journal takes in, undone ones and imports too, so that nobody can
  /// forget it.
  ///
  /// - Returns: Those that are void now, and why.
  static func voidOvertaken(
    by change: any SQLChange,
    _ performed: Performed,
    _ context: ChangeContext,
    in db: Database
  ) throws -> [(id: RecordID, reason: String)] {
    // The state of a person is no part of what was approved, nor is a look at somebody.
    if change is MoveRecipients || change is RevealRecipients || change is RecordDeliveries
      || change is CloseProof
    {
      return []
    }
    let isForAll = performed.subject.kind == .organisation
    guard isForAll || performed.incident != nil else { return [] }
    var overtaken: [(id: RecordID, reason: String)] = []
    var found: [NoticeEdition] = []
    try db.rows(
      """
      SELECT \(columns) FROM noticeEdition WHERE state IN ('waiting', 'approved')
      AND (?1 IS NULL OR mailing IN (SELECT id FROM mailing WHERE incident = ?1))
      """,
      [isForAll ? nil : performed.incident]
    ) { found.append(try read($0)) }
    for edition in found {
      let mailing = try MailingRecord.existing(edition.mailing, in: db)
      let reason: String
      if mailing.erasedAt != nil {
        reason = "the recipients were erased"
      } else {
        var now = try draft(of: mailing, date: edition.facts.date, asIn: edition.facts, in: db)
        let isCompleted = try isCompleted(now, edition, by: change, performed, in: db)
        if isCompleted != nil { now.sender = edition.facts.sender }
        guard now.digest != edition.digest || isCompleted == false else { continue }
        reason =
          now.digest == edition.digest
          ? "who writes the e-mails was altered"
          : now.differences(from: edition.facts).joined(separator: "; ")
      }
      try end(edition, .void, reason, context, in: db)
      overtaken.append((edition.id, reason))
    }
    return overtaken
  }

  /// Whether an edition of which nobody had said who writes is only completed: nil where that does not apply,
  /// and who writes is compared like anything else.
  ///
  /// It may be completed once where the organisation wants no second person: it would be the same account
  /// that approves it again. What is altered then voids it.
  private static func isCompleted(
    _ now: NoticeEditionFacts,
    _ edition: NoticeEdition,
    by change: any SQLChange,
    _ performed: Performed,
    in db: Database
  ) throws -> Bool? {
    guard edition.facts.sender == nil,
      try !OrganisationRecord.current(in: db).organisation.needsSecondPerson
    else { return nil }
    guard let set = change as? SetSendingPlan, set.id == edition.mailing,
      let before = (performed.inverse as? SetSendingPlan)?.plan?.identity(forTwo: false)
    else { return true }
    return before == now.sender
  }
}

extension ChangeContext {
  /// The consent of whoever acts.
  fileprivate var approval: NoticeEdition.Approval {
    NoticeEdition.Approval(uid: actor.uid, by: actor.name, at: now)
  }
}
