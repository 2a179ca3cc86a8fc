internal import Foundation
internal import GRDB
internal import Model

/// Reads recipients of one mailing, and opens what is sealed of them.
struct LedgerReader {
  let mailing: Mailing
  /// nil where it was destroyed.
  let key: MailingKey?
  /// Whether contacts are given as they are.
  var isRevealed = false
  /// The newest entry of the journal whose corrections and codes are looked at; nil for all.
  var mark: JournalSequence?
  private let words: [Int64: String]
  private let db: Database

  init(_ mailing: RecordID, _ keys: KeyFolder?, in db: Database) throws {
    guard let keys else { throw StoreError.failed("the folder of keys is not known") }
    self.db = db
    self.mailing = try MailingRecord.existing(mailing, in: db)
    key = try MailingRecord.key(mailing, keys, in: db)
    words = try LedgerTallies.words(in: db)
  }

  private static let columns = """
    recipient.id, recipient.slot, recipient.language, recipient.protection, ledgerStep.at,
    recipient.sealed, contactVersion.id, contactVersion.sealed, offerCode.id, offerCode.sealed
    """
  /// A recipient with the last contact that was recorded, and the code of support; `?1` is the mark.
  private static let tables = """
    recipient JOIN ledgerStep ON ledgerStep.id = recipient.step
    LEFT JOIN contactVersion ON contactVersion.id = (SELECT max(later.id)
      FROM contactVersion AS later WHERE later.person = recipient.id AND later.entry <= ?1)
    LEFT JOIN offerCode ON offerCode.person = recipient.id AND offerCode.entry <= ?1
    """

  private func read(_ row: Row) throws -> Recipient {
    let (id, slot) = (try row.number(0), try row.number(1))
    let number = LedgerID.number(id)
    guard let jurisdiction = words[LedgerID.jurisdiction(slot)],
      let language = words[try row.number(2)],
      let protection = RecipientProtection(rawValue: Int(try row.number(3)))
    else { throw UnknownWord(type: "Recipient") }
    var contact: RecipientContact?
    if let key {
      guard let open = try open(row, number, key) else {
        throw StoreError.refused(
          "recipient \(number) of \(mailing.reference) was altered: what is sealed does not open; "
            + "see tocsin verify"
        )
      }
      contact = isRevealed ? open : open.masked
    }
    return Recipient(
      mailing: mailing.id,
      number: number,
      state: try LedgerID.state(slot),
      jurisdiction: jurisdiction,
      language: language,
      protection: protection,
      changedAt: try row.instant(4),
      contact: contact,
      isRevealed: isRevealed && contact != nil
    )
  }

  /// The last contact of a row as it is sealed, without a code out of a pool; nil where there is none.
  ///
  /// What is sealed anew must be made of this one: a code belongs to the pool.
  func stored(_ id: Int64) throws -> RecipientContact? {
    guard let key,
      let row = try db.row(
        "SELECT \(Self.columns) FROM \(Self.tables) WHERE recipient.id = ?2",
        [mark ?? .max, id]
      )
    else { return nil }
    guard let contact = try openContact(row, LedgerID.number(id), key) else {
      throw StoreError.refused(
        "recipient \(LedgerID.number(id)) of \(mailing.reference) was altered: what is sealed does "
          + "not open; see tocsin verify"
      )
    }
    return contact
  }

  /// Opens the last contact, with the code of support where the person came in without one; nil where
  /// something does not open.
  private func open(_ row: Row, _ number: Int64, _ key: MailingKey) throws -> RecipientContact? {
    guard var contact = try openContact(row, number, key) else { return nil }
    if contact.offer.isEmpty, let code = try row.optionalNumber(8) {
      guard let bytes = key.open(try row.decode(Data.self, atIndex: 9), as: .offer, code) else {
        return nil
      }
      contact.offer = String(decoding: bytes, as: UTF8.self)
    }
    return contact
  }

  private func openContact(_ row: Row, _ number: Int64, _ key: MailingKey) throws
    -> RecipientContact?
  {
    if let version = try row.optionalNumber(6) {
      guard
        let bytes = key.open(try row.decode(Data.self, atIndex: 7), as: .contact, version, number)
      else { return nil }
      return RecipientContact(packed: bytes)
    }
    return key.open(try row.decode(Data.self, atIndex: 5), of: number)
  }

  /// The recipients of these rows, in the order given; those that are not there are left out.
  func recipients(_ ids: [Int64]) throws -> [Recipient] {
    try ids.compactMap { id in
      try db.row(
        "SELECT \(Self.columns) FROM \(Self.tables) WHERE recipient.id = ?2",
        [mark ?? .max, id]
      ).map(read)
    }
  }

  /// A stretch of recipients, in order of number.
  func stretch(_ ids: ClosedRange<Int64>, isBackward: Bool, _ count: Int) throws -> [Recipient] {
    var found: [Recipient] = []
    try db.rows(
      """
      SELECT \(Self.columns) FROM \(Self.tables) WHERE recipient.id BETWEEN ?2 AND ?3
      ORDER BY recipient.id \(isBackward ? "DESC" : "ASC") LIMIT ?4
      """,
      [mark ?? .max, ids.lowerBound, ids.upperBound, count]
    ) { found.append(try read($0)) }
    return isBackward ? found.reversed() : found
  }

  /// The rows that have a key, ascending; at most 1000.
  func find(_ kind: ContactKey, _ value: String) throws -> [Int64] {
    guard let key else {
      throw StoreError.refused(
        "the recipients of \(mailing.reference) were erased; nobody can be found any more"
      )
    }
    let normalised = kind.normalised(value)
    guard !normalised.isEmpty else { return [] }
    return try Self.rows(
      kind,
      normalised.withUnsafeBytes { key.blind(kind, $0) },
      of: mailing.id,
      in: db
    )
  }

  /// The rows that have a blind index: one look into each segment.
  static func rows(
    _ kind: ContactKey,
    _ hash: Int64,
    of mailing: RecordID,
    below limit: Int64 = .max,
    in db: Database
  ) throws -> [Int64] {
    var found: [Int64] = []
    try db.rows(
      """
      SELECT recipient FROM ledgerSegment CROSS JOIN blind ON segment = ledgerSegment.id
      WHERE mailing = ? AND kind = ? AND hash = ? AND recipient < ? LIMIT 1000
      """,
      [mailing, kind.rawValue, hash, limit]
    ) { found.append(try $0.number(0)) }
    // What corrected contacts are found by stands beside the index that they came in with.
    try db.rows(
      "SELECT person FROM contactKey WHERE mailing = ? AND kind = ? AND hash = ? AND person < ? LIMIT 1000",
      [mailing, kind.rawValue, hash, limit]
    ) { found.append(try $0.number(0)) }
    return Set(found).sorted()
  }
}

/// A table whose rows are filtered by one number, and the index on it.
struct SlotTable {
  static let recipients = SlotTable(name: "recipient", index: "recipientSlot")
  static let consents = SlotTable(name: "consent", index: "consentSlot")

  let name: String
  let index: String
}

/// The rows of several slots in order of number, merged from the index.
struct SlotMerge {
  private struct Head {
    var slot: Int64
    var ids: [Int64] = []
    var position = 0
    var isAtEnd = false
  }

  private var heads: [Head]
  private let db: Database
  private let isBackward: Bool
  private let chunk: Int
  private let start: Int64
  private let sql: String

  /// Begins behind a row, in front of it where the merge goes backward; about `count` are wanted.
  init(
    _ slots: [Int64],
    of table: SlotTable = .recipients,
    from start: Int64,
    isBackward: Bool,
    count: Int,
    in db: Database
  ) {
    heads = slots.map { Head(slot: $0) }
    (self.db, self.isBackward, self.start) = (db, isBackward, start)
    chunk = Swift.max(4, count / Swift.max(1, slots.count) + 1)
    sql = """
      SELECT id FROM \(table.name) INDEXED BY \(table.index) WHERE slot = ?
      AND id \(isBackward ? "<" : ">") ? ORDER BY id \(isBackward ? "DESC" : "ASC") LIMIT ?
      """
  }

  /// The next row and its slot; nil at the end.
  mutating func next() throws -> (id: Int64, slot: Int64)? {
    var best: Int?
    for index in heads.indices {
      if heads[index].position == heads[index].ids.count { try fill(index) }
      guard heads[index].position < heads[index].ids.count else { continue }
      let id = heads[index].ids[heads[index].position]
      guard let other = best else {
        best = index
        continue
      }
      let least = heads[other].ids[heads[other].position]
      if isBackward ? id > least : id < least { best = index }
    }
    guard let best else { return nil }
    let id = heads[best].ids[heads[best].position]
    heads[best].position += 1
    return (id, heads[best].slot)
  }

  private mutating func fill(_ index: Int) throws {
    guard !heads[index].isAtEnd else { return }
    let from = heads[index].ids.last ?? start
    var ids: [Int64] = []
    try db.rows(sql, [heads[index].slot, from, chunk]) { ids.append(try $0.number(0)) }
    (heads[index].ids, heads[index].position) = (ids, 0)
    heads[index].isAtEnd = ids.count < chunk
  }
}
