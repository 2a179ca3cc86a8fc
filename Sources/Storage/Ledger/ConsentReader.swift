internal import Foundation
internal import GRDB
internal import Model

/// Reads consent records of one purpose, and opens what is sealed of them.
struct ConsentReader {
  let purpose: ConsentPurpose
  /// nil where there is none yet, or where it was destroyed.
  let key: ConsentKey?
  /// Whether subjects are given as they are.
  var isRevealed = false
  private let words: [Int64: String]
  private let db: Database

  init(_ purpose: ConsentPurpose, _ keys: KeyFolder?, in db: Database) throws {
    guard let keys else { throw StoreError.failed("the folder of keys is not known") }
    (self.db, self.purpose) = (db, purpose)
    key = try PurposeRecord.key(purpose.id, keys, in: db)
    words = try LedgerTallies.words(in: db)
  }

  init(_ id: RecordID, _ keys: KeyFolder?, in db: Database) throws {
    try self.init(try KeptTable<PurposeFacts>.existing(id, in: db), keys, in: db)
  }

  private func read(_ row: Row) throws -> ConsentRecord {
    let (id, slot) = (try row.number(0), ConsentSlot(raw: try row.number(1)))
    let number = ConsentID.number(id)
    let tally = try ConsentTallies.tally(slot, 1, words)
    var subject: ConsentSubject?
    if let key, tally.standing != .erased {
      guard let open = key.open(try row.decode(Data.self, atIndex: 3), of: number) else {
        throw StoreError.refused(
          "record \(number) of \(purpose.reference) was altered: what is sealed does not open; see "
            + "tocsin verify"
        )
      }
      subject = isRevealed ? open : open.masked
    }
    return ConsentRecord(
      purpose: purpose.id,
      number: number,
      state: tally.state,
      standing: tally.standing,
      channel: tally.channel,
      version: tally.version,
      at: try row.instant(2),
      subject: subject,
      isRevealed: isRevealed && subject != nil
    )
  }

  /// The records of these rows, in the order given; those that are not there are left out.
  func records(_ ids: [Int64]) throws -> [ConsentRecord] {
    try ids.compactMap { id in
      try db.row("SELECT id, slot, at, sealed FROM consent WHERE id = ?", [id]).map(read)
    }
  }

  /// A stretch of records, in order of number.
  func stretch(_ ids: ClosedRange<Int64>, isBackward: Bool, _ count: Int) throws -> [ConsentRecord]
  {
    var found: [ConsentRecord] = []
    try db.rows(
      """
      SELECT id, slot, at, sealed FROM consent WHERE id BETWEEN ? AND ?
      ORDER BY id \(isBackward ? "DESC" : "ASC") LIMIT ?
      """,
      [ids.lowerBound, ids.upperBound, count]
    ) { found.append(try read($0)) }
    return isBackward ? found.reversed() : found
  }

  /// What counts of a person now; nil where nothing does.
  ///
  /// What is sealed decides, not the index alone.
  func current(_ reference: String) throws -> ConsentRecord? {
    guard let tag = key?.tag(reference),
      let found = try CurrentRecord(purpose.id, in: db).find(tag)
    else { return nil }
    var revealed = self
    revealed.isRevealed = true
    let record = try revealed.records([found.id]).first
    let wanted = ContactKey.reference.normalised(reference)
    guard let subject = record?.subject,
      ContactKey.reference.normalised(subject.reference) == wanted
    else { return nil }
    return record
  }

  /// The rows of a person, ascending: all of them where no limit is given.
  ///
  /// What is sealed decides, not the index alone.
  func find(_ reference: String, atMost limit: Int = .max) throws -> [Int64] {
    guard let key, let tag = key.tag(reference) else { return [] }
    let wanted = ContactKey.reference.normalised(reference)
    var found: [Int64] = []
    try db.rows(
      """
      SELECT consent.id, sealed FROM consentSegment
      CROSS JOIN consentKey ON part = consentSegment.id
      CROSS JOIN consent ON consent.id = consentKey.consent
      WHERE purpose = ? AND consentKey.tag = ? ORDER BY consent.id LIMIT ?
      """,
      [purpose.id, tag, limit]
    ) { row in
      let id = try row.number(0)
      let subject = key.open(try row.decode(Data.self, atIndex: 1), of: ConsentID.number(id))
      guard let subject else {
        throw StoreError.refused(
          "record \(ConsentID.number(id)) of \(purpose.reference) was altered: what is sealed does "
            + "not open; see tocsin verify"
        )
      }
      if ContactKey.reference.normalised(subject.reference) == wanted { found.append(id) }
    }
    return found
  }
}
