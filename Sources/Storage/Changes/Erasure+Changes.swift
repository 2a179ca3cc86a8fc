internal import GRDB
internal import Model

/// What must hold before the recipients of a mailing are erased.
enum ErasureRules {
  /// Refuses what a legal hold keeps, and to erase people who are being told unless that is wanted.
  static func check(
    _ mailing: Mailing,
    whileTelling: Bool,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    try LegalHoldRows.refuse(
      try OwnData.references(of: mailing, in: db),
      at: context.now,
      in: db
    )
    let (untold, inHand, isSending) = try people(of: mailing.id, in: db)
    guard inHand == 0 && !isSending || whileTelling else {
      throw StoreError.refused(
        "\(inHand) people of \(mailing.reference) are queued or uncertain"
          + (isSending ? ", and a program is sending to them just now" : "")
          + ": \(untold) in all are not told yet and never would be; finish the telling first, or say "
          + "that they are to be erased all the same"
      )
    }
  }

  /// How many are not told yet; how many of them are queued or uncertain; whether somebody sends.
  static func people(of mailing: RecordID, in db: Database) throws -> (
    untold: Int, inHand: Int, isSending: Bool
  ) {
    let counts = try LedgerTallies.states(of: mailing, in: db)
    let parts = MailingCoverage.Part.allCases.filter(\.isToBeTold)
    let untold = Set(parts.flatMap(\.states)).reduce(0) { $0 + counts[$1, default: 0] }
    let inHand = counts[.queued, default: 0] + counts[.uncertain, default: 0]
    return (untold, inHand, try SendingRecord.lease(of: mailing, in: db)?.isActive ?? false)
  }

  /// Whether the time for which they are kept is over, so that nobody must order it.
  ///
  /// While people are not told it never is; nor, where the organisation wants two, by a date that one
  /// person brought nearer.
  static func isOver(_ mailing: Mailing, _ context: ChangeContext, in db: Database) throws -> Bool {
    try isOver(mailing, at: context.now, in: db)
  }

  static func isOver(_ mailing: Mailing, at now: Instant, in db: Database) throws -> Bool {
    guard try isPast(mailing, at: now, in: db), try people(of: mailing.id, in: db).untold == 0
    else {
      return false
    }
    return try !(needsTwo(in: db) && isShortened(mailing, at: now, in: db))
  }

  /// Whether the date until which they are kept has passed.
  private static func isPast(_ mailing: Mailing, at now: Instant, in db: Database) throws -> Bool {
    try OwnData.isOver(OwnData.due(of: mailing, in: db), at: now)
  }

  /// Whether the people were to be kept longer than until now by what was said since there are some: until
  /// a later date, or without one.
  private static func isShortened(
    _ mailing: Mailing,
    at now: Instant,
    in db: Database
  ) throws -> Bool {
    let first = try db.row(
      """
      SELECT min(id) FROM journal WHERE subjectKind = 'mailing' AND subject = ? AND action = ?
      """,
      [mailing.id, AddRecipients.name]
    )?.optionalNumber(0)
    guard let first else { return false }
    var (before, since): (StatedTime?, [StatedTime?]) = (nil, [])
    try db.rows(
      """
      SELECT journal.id, action, change FROM journal
      JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = 'mailing' AND subject = ? AND action IN (?, ?) ORDER BY journal.id
      """,
      [mailing.id, OpenMailing.name, EditMailing.name]
    ) { row in
      guard let text = try row.optionalText(2) else { return }
      let until =
        try row.text(1) == OpenMailing.name
        ? try JSON.value(text, as: OpenMailing.self).facts.keepUntil
        : try JSON.value(text, as: EditMailing.self).facts.keepUntil
      if try row.number(0) < first { before = until } else { since.append(until) }
    }
    return ([before] + since).contains { until in
      until.map { $0.latest > now } ?? (mailing.facts.keepUntil != nil)
    }
  }

  /// The refusal to erase before that without an order.
  static func tooEarly(
    _ mailing: Mailing,
    _ context: ChangeContext,
    in db: Database
  ) throws -> StoreError {
    let due = try OwnData.due(of: mailing, in: db)
    let until = mailing.facts.keepUntil?.plainWithZone ?? due?.description
    let (untold, _, _) = try people(of: mailing.id, in: db)
    if try isPast(mailing, at: context.now, in: db) {
      return .refused(
        (untold > 0
          ? "\(untold) of the recipients of \(mailing.reference) are not told yet, though their time is "
            + "over"
          : "the recipients of \(mailing.reference) were to be kept longer, and the organisation wants a "
            + "second person")
          + "; to erase them now, somebody must order it by the mailing's name"
      )
    }
    return .refused(
      "the recipients of \(mailing.reference) are kept "
        + (until.map { "until \($0)" } ?? "without a date")
        + (untold > 0 ? ", and \(untold) of them are not told yet" : "")
        + "; to erase them now, somebody must order it by the mailing's name"
    )
  }

  /// Refuses one person alone where the organisation wants two, or wanted two when it was ordered.
  static func requireTwo(_ mailing: Mailing, _ context: ChangeContext, in db: Database) throws {
    try requireTwo("the recipients of \(mailing.reference)", context, in: db) {
      try order(for: mailing, in: db)
    }
  }

  /// The same of any people, and of the order that stands for them.
  static func requireTwo(
    _ people: String,
    _ context: ChangeContext,
    in db: Database,
    order: () throws -> ErasureOrder?
  ) throws {
    let standing = try order()
    guard try standing != nil || needsTwo(in: db) else { return }
    guard let order = standing else {
      throw StoreError.refused(
        "the organisation wants a second person: one orders that \(people) are erased before their "
          + "time, another account erases them"
      )
    }
    guard order.uid != context.actor.uid else {
      throw StoreError.refused(
        "\(order.by) ordered that \(people) are erased; another account must erase them"
      )
    }
  }

  static func needsTwo(in db: Database) throws -> Bool {
    try OrganisationRecord.current(in: db).organisation.needsSecondPerson
  }

  /// The order that stands: for the mailing as it is, with the people it has.
  static func order(for mailing: Mailing, in db: Database) throws -> ErasureOrder? {
    let found = try order(
      OrderErasure.self,
      withdrawnBy: WithdrawErasure.name,
      of: Subject(.mailing, mailing.id),
      mailing.version,
      in: db
    )
    return found?.change.recipients == mailing.recipients ? found?.order : nil
  }

  /// The last order for a record as it is, unless it was taken back.
  ///
  /// Read from the journal, so that no row beside it can be made up.
  static func order<C: Change>(
    _ type: C.Type,
    withdrawnBy withdrawal: String,
    of subject: Subject,
    _ version: Version,
    in db: Database
  ) throws -> (change: C, order: ErasureOrder)? {
    let row = try db.row(
      """
      SELECT action, uid, actor, at, version, change FROM journal
      JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = ? AND subject = ? AND action IN (?, ?)
      ORDER BY journal.id DESC LIMIT 1
      """,
      [subject.kind.rawValue, subject.id, C.name, withdrawal]
    )
    guard let row, try row.text(0) == C.name, try row.number(4) == version,
      let text = try row.optionalText(5)
    else { return nil }
    return (
      try JSON.value(text, as: C.self),
      ErasureOrder(
        uid: UInt32(clamping: try row.number(1)),
        by: try row.text(2),
        at: try row.instant(3)
      )
    )
  }
}

extension OrderErasure: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let mailing = try MailingChange.begin(self, id, context, in: db) { _ in [] }
    guard recipients == mailing.recipients else {
      throw StoreError.refused(
        "\(mailing.reference) has \(mailing.recipients) recipients by now, not \(recipients)"
      )
    }
    return MailingChange.performed(
      mailing,
      inverse: WithdrawErasure(id: id, basedOn: mailing.version)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] { ["recipients: \(recipients)"] }
}

extension WithdrawErasure: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    MailingChange.performed(try MailingChange.begin(self, id, context, in: db) { _ in [] })
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }
}

extension ErasureOutlook: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    let found = try MailingRecord.existing(mailing, in: db)
    let (untold, inHand, isSending) = try ErasureRules.people(of: mailing, in: db)
    let order = try ErasureRules.order(for: found, in: db)
    return Answer(
      untold: untold,
      inHand: inHand,
      isSending: isSending,
      isOver: try ErasureRules.isOver(found, at: context.now, in: db),
      needsTwo: try order != nil || ErasureRules.needsTwo(in: db),
      order: order
    )
  }
}
