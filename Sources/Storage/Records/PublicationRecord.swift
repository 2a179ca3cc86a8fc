internal import GRDB
internal import Model

/// Reads and writes public notices.
enum PublicationRecord: IncidentPart {
  static let kind = Subject.Kind.publication
  static let noun = "the public notice"

  private static let columns = "id, incident, version, facts, recordedAt, isRemoved"

  private static func read(_ row: Row) throws -> Publication {
    Publication(
      id: try row.number(0),
      incident: try row.number(1),
      version: try row.number(2),
      facts: try JSON.value(try row.text(3), as: PublicationFacts.self),
      recordedAt: try row.instant(4)
    )
  }

  static func existing(_ id: RecordID, in db: Database) throws -> StoredPart<PublicationFacts> {
    guard let row = try db.row("SELECT \(columns) FROM publication WHERE id = ?", [id]) else {
      throw StoreError.notFound(Subject(.publication, id))
    }
    let found = try read(row)
    return StoredPart(
      id: id,
      incident: found.incident,
      version: found.version,
      facts: found.facts,
      isRemoved: try row.flag(5)
    )
  }

  /// A mailing's public notices, by when they began.
  static func list(of mailing: RecordID, in db: Database) throws -> [Publication] {
    var found: [Publication] = []
    try db.rows(
      """
      SELECT \(columns) FROM publication WHERE mailing = ? AND isRemoved = 0
      ORDER BY earliest, id
      """,
      [mailing]
    ) { found.append(try read($0)) }
    return found
  }

  static func insert(
    _ facts: PublicationFacts,
    incident: RecordID,
    _ head: IncidentRecord.Head,
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID {
    try check(facts, of: incident, context, in: db)
    try db.run(
      """
      INSERT INTO publication (incident, mailing, version, facts, place, earliest, evidence,
        recordedAt)
      VALUES (?, ?, 1, ?, ?, ?, ?, ?)
      """,
      [
        incident, facts.mailing, try JSON.text(facts), facts.place,
        facts.from.earliest.milliseconds, facts.evidence, context.now.milliseconds,
      ]
    )
    return db.lastInsertedRowID
  }

  static func update(
    _ part: StoredPart<PublicationFacts>,
    _ head: IncidentRecord.Head,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    if !part.isRemoved { try check(part.facts, of: part.incident, context, in: db) }
    try db.run(
      """
      UPDATE publication SET mailing = ?, facts = ?, place = ?, earliest = ?, evidence = ?,
        version = ?, isRemoved = ?
      WHERE id = ?
      """,
      [
        part.facts.mailing, try JSON.text(part.facts), part.facts.place,
        part.facts.from.earliest.milliseconds, part.facts.evidence, part.version, part.isRemoved,
        part.id,
      ]
    )
  }

  static func named(_ facts: PublicationFacts) -> [(String, String)] { facts.named }

  private static func check(
    _ facts: PublicationFacts,
    of incident: RecordID,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    let mailing = try MailingRecord.existing(facts.mailing, in: db)
    guard mailing.incident == incident else {
      throw StoreError.refused("\(mailing.reference) tells people of another incident")
    }
    guard facts.place.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("say where the notice stands: an address, a paper, a station")
    }
    guard facts.from.precision >= .day else {
      throw StoreError.refused("\(facts.from.text) names no day; say since which day it stands")
    }
    try context.refuseFuture(facts.from, of: "from")
    if let until = facts.until, until.latest < facts.from.earliest {
      throw StoreError.refused("it ends (\(until.text)) before it begins (\(facts.from.text))")
    }
    guard let evidence = facts.evidence else { return }
    guard let row = try db.row("SELECT incident FROM evidence WHERE id = ?", [evidence]) else {
      throw StoreError.notFound(Subject(.evidence, evidence))
    }
    guard try row.optionalNumber(0) == incident else {
      throw StoreError.refused("evidence \(evidence) belongs to another incident")
    }
  }
}
