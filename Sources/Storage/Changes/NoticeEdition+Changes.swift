internal import GRDB
internal import Model

extension ProposeEdition: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let found = try MailingRecord.present(mailing, in: db)
    guard !found.hasUnfinishedImport else {
      throw StoreError.refused(
        "an import into \(found.reference) was broken off: go on with it first, or give it up with "
          + "--end-import"
      )
    }
    if let live = try NoticeEditionRecord.live(of: mailing, in: db) {
      throw StoreError.refused(
        live.isInForce
          ? "\(live.name) is in force already; to put up another, withdraw it first"
          : "\(live.name) waits for a second person; to put up another, withdraw it first"
      )
    }
    let facts = try NoticeEditionRecord.draft(of: found, date: date, in: db)
    guard !facts.parts.isEmpty else {
      throw StoreError.refused("\(found.reference) has no text to approve")
    }
    try NoticeEditionChange.check(digest, against: facts)
    try OfferRecord.check(of: mailing, in: db)
    let needsTwo = try OrganisationRecord.current(in: db).organisation.needsSecondPerson
    let id = try NoticeEditionRecord.insert(
      facts,
      of: mailing,
      isApproved: !needsTwo,
      checks: checks,
      context,
      in: db
    )
    var performed = try NoticeEditionChange.performed(id, in: db)
    var said = self
    said.needsTwo = needsTwo
    performed.journalled = said
    return performed
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] { ["digest: \(digest)", "day: \(date)"] + checks }
}

extension ApproveEdition: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let edition = try NoticeEditionChange.begin(self, id, context, in: db)
    guard edition.state == .waiting else {
      throw StoreError.refused("\(edition.name) is \(edition.state.label) already")
    }
    if let first = edition.approvals.first(where: { $0.uid == context.actor.uid }) {
      throw StoreError.refused(
        "\(first.by) put \(edition.name) up; another account must approve it"
      )
    }
    try NoticeEditionChange.check(digest, against: edition.facts)
    try OfferRecord.check(of: edition.mailing, in: db)
    try NoticeEditionRecord.approve(edition, context, in: db)
    return try NoticeEditionChange.performed(id, in: db)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] { ["digest: \(digest)"] }
}

extension RefuseEdition: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let edition = try NoticeEditionChange.begin(self, id, context, in: db)
    guard edition.state == .waiting else {
      throw StoreError.refused("\(edition.name) is in force; it can be withdrawn")
    }
    if let first = edition.approvals.first(where: { $0.uid == context.actor.uid }) {
      throw StoreError.refused("\(first.by) put \(edition.name) up and can withdraw it")
    }
    return try NoticeEditionChange.end(edition, .refused, reason, context, in: db)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] { ["because: \(reason)"] }
}

extension WithdrawEdition: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let edition = try NoticeEditionChange.begin(self, id, context, in: db)
    try MailingHoldRecord.refuse(edition.mailing, in: db)
    return try NoticeEditionChange.end(edition, .withdrawn, reason, context, in: db)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] { ["because: \(reason)"] }
}

extension VoidEdition: JournalledByJob {
  static let maker = "an edition becomes void by what is altered"

  var lines: [String] { ["because: \(reason)", "by entry \(cause)"] }
}

/// What changes of editions have in common.
enum NoticeEditionChange {
  static func begin(
    _ change: some SQLChange,
    _ id: RecordID,
    _ context: ChangeContext,
    in db: Database
  ) throws -> NoticeEdition {
    let edition = try NoticeEditionRecord.existing(id, in: db)
    if let end = edition.end {
      throw StoreError.refused("\(edition.name) is \(edition.state.label): \(end.reason)")
    }
    try change.checkVersion(edition.version, of: change.subject, context, in: db) { [] }
    return edition
  }

  static func check(_ digest: String, against facts: NoticeEditionFacts) throws {
    guard digest == facts.digest else {
      throw StoreError.refused(
        "texts, channels, facts or recipients were altered since they were shown: what stands now has "
          + "the digest \(facts.digest.prefix(12)); look at it, then approve that"
      )
    }
  }

  static func end(
    _ edition: NoticeEdition,
    _ state: NoticeEdition.State,
    _ reason: String,
    _ context: ChangeContext,
    in db: Database
  ) throws -> Performed {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("say why")
    }
    try ReasonCheck.refuse(reason, of: edition.mailing, [], context.keys, in: db)
    try NoticeEditionRecord.end(edition, state, reason, context, in: db)
    return try performed(edition.id, in: db)
  }

  static func performed(_ id: RecordID, in db: Database) throws -> Performed {
    let edition = try NoticeEditionRecord.existing(id, in: db)
    let mailing = try MailingRecord.existing(edition.mailing, in: db)
    return Performed(
      subject: Subject(.edition, id),
      version: edition.version,
      reference: "\(mailing.reference) \(edition.name)",
      incident: mailing.incident,
      inverse: nil
    )
  }
}
