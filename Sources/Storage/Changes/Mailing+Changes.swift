internal import GRDB
internal import Model

extension OpenMailing: ListedFacts {
  typealias Listed = MailingRecord

  var named: [(String, String)] { facts.named }

  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard let found = try IncidentRecord.fetch(incident, in: db), !found.isRemoved else {
      throw StoreError.notFound(Subject(.incident, incident))
    }
    try MailingChange.check(facts.keepUntil, context)
    let (id, reference, key) = try MailingRecord.insert(facts, for: incident, context, in: db)
    var said = self
    said.key = key
    return Performed(
      subject: Subject(.mailing, id),
      version: 1,
      reference: reference,
      incident: incident,
      inverse: RemoveMailing(id: id, basedOn: 1),
      journalled: said
    )
  }
}

extension EditMailing: ListedFacts {
  typealias Listed = MailingRecord

  var named: [(String, String)] { facts.named }

  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var mailing = try MailingChange.begin(self, id, context, in: db) {
      Conflict.differences(theirs: $0.facts.named, ours: facts.named)
    }
    let old = mailing.facts
    if old.keepUntil != facts.keepUntil { try MailingChange.check(facts.keepUntil, context) }
    mailing.facts = facts
    return try MailingChange.write(
      &mailing,
      in: db,
      inverse: EditMailing(id: id, basedOn: mailing.version + 1, facts: old),
      isIdle: old == facts
    )
  }
}

extension RemoveMailing: ListedMove {
  typealias Listed = MailingRecord

  static let takesOff = true

  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var mailing = try MailingChange.begin(self, id, context, in: db) { _ in [] }
    guard mailing.recipients == 0 else {
      throw StoreError.refused(
        "\(mailing.reference) has recipients and stays on the lists; they can be erased"
      )
    }
    mailing.isRemoved = true
    return try MailingChange.write(
      &mailing,
      in: db,
      inverse: RestoreMailing(id: id, basedOn: mailing.version + 1)
    )
  }
}

extension RestoreMailing: ListedMove {
  typealias Listed = MailingRecord

  static let takesOff = false

  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var mailing = try MailingRecord.existing(id, in: db)
    guard mailing.isRemoved else {
      throw StoreError.refused("\(mailing.reference) is on the lists")
    }
    try checkVersion(mailing.version, of: subject, context, in: db) { [] }
    mailing.isRemoved = false
    return try MailingChange.write(
      &mailing,
      in: db,
      inverse: RemoveMailing(id: id, basedOn: mailing.version + 1)
    )
  }
}

extension EraseMailing: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var mailing = try MailingChange.begin(self, id, context, in: db) { _ in [] }
    guard again == nil else {
      throw StoreError.refused("only a restore erases again what the replaced store had erased")
    }
    try ErasureRules.check(mailing, whileTelling: whileTelling ?? false, context, in: db)
    let isOver = try ErasureRules.isOver(mailing, context, in: db)
    guard isOver || isOrdered else { throw try ErasureRules.tooEarly(mailing, context, in: db) }
    if !isOver { try ErasureRules.requireTwo(mailing, context, in: db) }
    try Self.destroyKey(of: id, context, in: db)
    return try MailingChange.write(&mailing, in: db, inverse: nil)
  }

  /// Destroys the wrapped key, whatever the reason.
  static func destroyKey(of id: RecordID, _ context: ChangeContext, in db: Database) throws {
    try db.run(
      "UPDATE mailing SET wrappedKey = NULL, erasedAt = ? WHERE id = ?",
      [context.now.milliseconds, id]
    )
    try db.run("DELETE FROM ledgerImport WHERE id = ?", [id])
    // What a mail program last said may name people in ways that nobody masked.
    if try db.tableExists("sending") {
      try db.run("UPDATE sending SET problem = '' WHERE id = ?", [id])
    }
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }
}

extension EndImport: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let found = try MailingRecord.existing(mailing, in: db)
    guard found.hasUnfinishedImport else {
      throw StoreError.refused("no import into \(found.reference) has broken off")
    }
    try db.run("DELETE FROM ledgerImport WHERE id = ?", [mailing])
    return MailingChange.performed(found)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }
}

/// What changes of mailings have in common.
enum MailingChange {
  /// Refuses a date of keeping that has passed: anybody could erase the recipients at once.
  ///
  /// What an undo brings back was taken once.
  static func check(_ until: StatedTime?, _ context: ChangeContext) throws {
    guard let until, until.latest <= context.now, !context.isUndo else { return }
    throw StoreError.refused(
      "\(until.plainWithZone) has passed: recipients are kept until a date that is yet to come"
    )
  }

  static func begin(
    _ change: some SQLChange,
    _ id: RecordID,
    _ context: ChangeContext,
    in db: Database,
    fields: (Mailing) -> [Conflict.Difference]
  ) throws -> Mailing {
    let mailing = try MailingRecord.present(id, in: db)
    try change.checkVersion(mailing.version, of: change.subject, context, in: db) {
      fields(mailing)
    }
    return mailing
  }

  static func write(
    _ mailing: inout Mailing,
    in db: Database,
    inverse: (any SQLChange)?,
    isIdle: Bool = false
  ) throws -> Performed {
    if !isIdle {
      mailing.version += 1
      try MailingRecord.update(mailing, in: db)
    }
    return performed(mailing, inverse: inverse, isIdle: isIdle)
  }

  /// What a change did that leaves the mailing's own facts alone.
  static func performed(
    _ mailing: Mailing,
    inverse: (any SQLChange)? = nil,
    isIdle: Bool = false
  ) -> Performed {
    Performed(
      subject: Subject(.mailing, mailing.id),
      version: mailing.version,
      reference: mailing.reference,
      incident: mailing.incident,
      inverse: inverse,
      isIdle: isIdle
    )
  }
}

extension MailingRecord: ListedRecord {
  static func standing(_ id: RecordID, in db: Database) throws -> Standing {
    let found = try existing(id, in: db)
    return Standing(named: found.facts.named, isRemoved: found.isRemoved)
  }
}
