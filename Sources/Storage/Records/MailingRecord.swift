internal import Foundation
internal import GRDB
internal import Model

/// Reads and writes mailings.
enum MailingRecord {
  private static let columns = """
    mailing.id, mailing.reference, mailing.version, mailing.incident, incident.reference,
    mailing.facts, mailing.erasedAt, mailing.recipients, mailing.openedAt, mailing.isRemoved,
    EXISTS (SELECT 1 FROM ledgerImport WHERE ledgerImport.id = mailing.id),
    EXISTS (SELECT 1 FROM recipientTally WHERE recipientTally.mailing = mailing.id AND count > 0
      AND state NOT IN (\(codes([.pending, .approved, .exempt])))),
    EXISTS (SELECT 1 FROM recipientTally WHERE recipientTally.mailing = mailing.id AND count > 0
      AND state IN (\(codes(MailingCoverage.Part.allCases.filter(\.isToBeTold).flatMap(\.states)))))
    """

  private static func codes(_ states: [RecipientState]) -> String {
    states.map(\.code).sorted().map(String.init).joined(separator: ",")
  }
  private static let tables = "mailing JOIN incident ON incident.id = mailing.incident"

  private static func read(_ row: Row) throws -> Mailing {
    let erasedAt = try row.optionalNumber(6).map { Instant(milliseconds: $0) }
    return Mailing(
      id: try row.number(0),
      reference: try row.text(1),
      version: try row.number(2),
      incident: try row.number(3),
      incidentReference: try row.text(4),
      facts: try JSON.value(try row.text(5)),
      state: try state(row, isErased: erasedAt != nil),
      recipients: Int(try row.number(7)),
      openedAt: try row.instant(8),
      erasedAt: erasedAt,
      hasUnfinishedImport: try row.flag(10),
      isRemoved: try row.flag(9)
    )
  }

  /// How far it is; where nobody who is listed is to be told, everybody is told as far as can be.
  private static func state(_ row: Row, isErased: Bool) throws -> MailingState {
    if isErased { return .erased }
    guard try row.flag(12) else { return try row.number(7) > 0 ? .told : .draft }
    return try row.flag(11) ? .telling : .draft
  }

  static func fetch(_ id: RecordID, in db: Database) throws -> Mailing? {
    try db.row("SELECT \(columns) FROM \(tables) WHERE mailing.id = ?", [id])
      .map { try withHold(try read($0), in: db) }
  }

  /// The mailing that has a number, with its recipients neither erased nor removed.
  static func present(_ id: RecordID, in db: Database) throws -> Mailing {
    let mailing = try existing(id, in: db)
    guard mailing.erasedAt == nil else {
      throw StoreError.refused("the recipients of \(mailing.reference) were erased")
    }
    guard !mailing.isRemoved else {
      throw StoreError.refused("\(mailing.reference) was removed; put it back first")
    }
    return mailing
  }

  static func existing(_ id: RecordID, in db: Database) throws -> Mailing {
    guard let mailing = try fetch(id, in: db) else {
      throw StoreError.notFound(Subject(.mailing, id))
    }
    return mailing
  }

  /// Refuses to go on while an import has broken off: nobody knows who else belongs to the mailing.
  static func refuseUnfinished(_ mailing: Mailing) throws {
    guard !mailing.hasUnfinishedImport else {
      throw StoreError.refused(
        "an import into \(mailing.reference) was broken off: import the same input again first, or "
          + "give it up with --end-import"
      )
    }
  }

  /// Refuses to tell anybody while nobody has said what was sent since the backup that was put back.
  static func refuseHeld(_ mailing: Mailing, in db: Database) throws {
    guard mailing.isHeld else { return }
    try MailingHoldRecord.refuse(mailing.id, in: db)
  }

  /// Refuses to let a notice of an exercise out: real people would believe it.
  static func refuseExercise(_ mailing: Mailing, in db: Database) throws {
    guard try !IncidentRecord.head(mailing.incident, in: db).isExercise else {
      throw StoreError.refused(
        "\(mailing.incidentReference) is an exercise: no notice of \(mailing.reference) goes out"
      )
    }
  }

  static func named(_ reference: String, in db: Database) throws -> Mailing? {
    try db.row("SELECT \(columns) FROM \(tables) WHERE mailing.reference = ?", [reference])
      .map { try withHold(try read($0), in: db) }
  }

  /// A mailing with whether it is held, which stands in the journal.
  private static func withHold(
    _ mailing: Mailing,
    _ restores: MailingHoldRecord.Restores? = nil,
    in db: Database
  ) throws -> Mailing {
    guard mailing.erasedAt == nil else { return mailing }
    var mailing = mailing
    let restores = try restores ?? MailingHoldRecord.Restores(in: db)
    mailing.isHeld = try restores.hold(of: mailing.id, in: db) != nil
    return mailing
  }

  static func list(of incident: RecordID?, _ window: RowWindow, in db: Database) throws -> [Mailing]
  {
    var mailings: [Mailing] = []
    try db.rows(
      """
      SELECT \(columns) FROM \(tables)
      WHERE mailing.isRemoved = 0 AND (?1 IS NULL OR mailing.incident = ?1)
      ORDER BY mailing.referenceOrder DESC LIMIT ?2 OFFSET ?3
      """,
      [incident, window.count, window.start]
    ) { mailings.append(try read($0)) }
    let restores = try MailingHoldRecord.Restores(in: db)
    return try mailings.map { try withHold($0, restores, in: db) }
  }

  static func count(of incident: RecordID?, in db: Database) throws -> Int {
    Int(
      try db.number(
        "SELECT count(*) FROM mailing WHERE isRemoved = 0 AND (?1 IS NULL OR incident = ?1)",
        [incident]
      )
    )
  }

  /// The key of a mailing's recipients; nil where it was destroyed.
  static func key(_ id: RecordID, _ keys: KeyFolder, in db: Database) throws -> MailingKey? {
    guard let row = try db.row("SELECT wrappedKey, wrappedBy FROM mailing WHERE id = ?", [id])
    else { throw StoreError.notFound(Subject(.mailing, id)) }
    guard let wrapped: Data = row[0] else { return nil }
    let data = try keys.key().unwrap([UInt8](wrapped), for: id, wrappedBy: try row.text(1))
    return MailingKey(data: data, mailing: id)
  }

  static func insert(
    _ facts: MailingFacts,
    for incident: RecordID,
    _ context: ChangeContext,
    in db: Database
  ) throws -> (id: RecordID, reference: String, key: OpenMailing.Key) {
    try check(facts)
    let (reference, order) = try Reference.next(
      "MLG",
      counter: "mailingCounter",
      at: context.now,
      in: db
    )
    let key = try context.keys.forSealing(in: db)
    let id = try db.number("SELECT coalesce(max(id), 0) + 1 FROM mailing")
    let wrapped = try key.wrap(MailingKey.newData(context.randomBytes), for: id)
    try db.run(
      """
      INSERT INTO mailing (id, reference, referenceOrder, version, incident, facts, name, keepUntil,
        wrappedKey, wrappedBy, openedAt)
      VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        id, reference, order, incident, try JSON.text(facts), facts.name,
        facts.keepUntil?.latest.milliseconds, Data(wrapped), key.id, context.now.milliseconds,
      ]
    )
    return (id, reference, OpenMailing.Key(by: key.id, digest: Digest.sha256(Array(wrapped))))
  }

  static func update(_ mailing: Mailing, in db: Database) throws {
    try check(mailing.facts)
    try db.run(
      """
      UPDATE mailing SET version = ?, facts = ?, name = ?, keepUntil = ?, isRemoved = ?
      WHERE id = ?
      """,
      [
        mailing.version, try JSON.text(mailing.facts), mailing.facts.name,
        mailing.facts.keepUntil?.latest.milliseconds, mailing.isRemoved, mailing.id,
      ]
    )
  }

  private static func check(_ facts: MailingFacts) throws {
    guard facts.name.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("a mailing needs a name")
    }
    guard !facts.channels.isEmpty else {
      throw StoreError.refused("a mailing needs a channel")
    }
  }
}
