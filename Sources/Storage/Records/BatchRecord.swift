internal import GRDB
internal import Model

/// Reads and writes batches.
enum BatchRecord {
  /// A batch with what only the export needs of it.
  struct Found: Sendable {
    var id: RecordID
    var batch: MailingBatch
    /// How many of its lines were looked at for handing over.
    var handled: Int
    /// The newest entry of the journal when it was fixed; nil before.
    var mark: JournalSequence?
  }

  private static let columns = """
    mailingBatch.id, mailingBatch.mailing, mailing.reference, number, channel, state, columns,
    reason, count, handled, handedOver, mark, files, mailingBatch.openedAt, openedBy, fixedAt,
    closedAt, hasTexts
    """

  /// The columns that a store has: those of schema 4, which `verify` reads in backups, knew no registered
  /// post and gave nothing up.
  private static func columns(in db: Database) throws -> String {
    let isWide = try db.tableExists("offerRemoval")
    return columns + (isWide ? ", isRegistered, isGivenUp" : ", 0, 0")
  }
  private static let tables = "mailingBatch JOIN mailing ON mailing.id = mailingBatch.mailing"

  private static func read(_ row: Row) throws -> Found {
    Found(
      id: try row.number(0),
      batch: MailingBatch(
        mailing: try row.number(1),
        mailingReference: try row.text(2),
        number: try row.number(3),
        channel: try row.word(4),
        state: try row.word(5),
        columns: try JSON.value(try row.text(6)),
        hasTexts: try row.flag(17),
        reason: try row.text(7),
        count: Int(try row.number(8)),
        handedOver: Int(try row.number(10)),
        openedAt: try row.instant(13),
        openedBy: try row.text(14),
        fixedAt: try row.optionalNumber(15).map { Instant(milliseconds: $0) },
        closedAt: try row.optionalNumber(16).map { Instant(milliseconds: $0) },
        files: try JSON.value(try row.text(12)),
        isRegistered: try row.flag(18),
        isGivenUp: try row.flag(19)
      ),
      handled: Int(try row.number(9)),
      mark: try row.optionalNumber(11)
    )
  }

  static func list(of mailing: RecordID, in db: Database) throws -> [MailingBatch] {
    try all(of: mailing, in: db).map(\.batch)
  }

  /// The batches of a mailing with what only Storage needs of them, oldest first.
  static func all(of mailing: RecordID, in db: Database) throws -> [Found] {
    var found: [Found] = []
    try db.rows(
      "SELECT \(columns(in: db)) FROM \(tables) WHERE mailingBatch.mailing = ? ORDER BY number",
      [mailing]
    ) { found.append(try read($0)) }
    return found
  }

  /// The batch of a mailing that has a number; nil where there is none.
  static func find(_ number: RecordID, of mailing: RecordID, in db: Database) throws -> Found? {
    try db.row(
      "SELECT \(columns(in: db)) FROM \(tables) WHERE mailingBatch.mailing = ? AND number = ?",
      [mailing, number]
    ).map(read)
  }

  /// The batch for a channel that was broken off; nil where there is none.
  static func unfinished(
    of mailing: RecordID,
    over channel: MailingChannel,
    in db: Database
  ) throws -> Found? {
    try db.row(
      """
      SELECT \(columns(in: db)) FROM \(tables)
      WHERE mailingBatch.mailing = ? AND channel = ? AND mailingBatch.state <> 'closed'
      """,
      [mailing, channel.rawValue]
    ).map(read)
  }

  static func existing(_ id: RecordID, in db: Database) throws -> Found {
    guard
      let row = try db.row(
        "SELECT \(columns(in: db)) FROM \(tables) WHERE mailingBatch.id = ?",
        [id]
      )
    else { throw StoreError.failed("a batch is not there any more") }
    return try read(row)
  }

  /// How many numbers are left out where nobody knows how many a replaced store gave out.
  static let unknownNumbers: RecordID = 1000

  /// The highest number that a batch of a mailing has, or had in a store that a backup has replaced.
  static func lastNumber(of mailing: RecordID, in db: Database) throws -> RecordID {
    let here = try db.number(
      "SELECT coalesce(max(number), 0) FROM mailingBatch WHERE mailing = ?",
      [mailing]
    )
    return max(here, try MailingHoldRecord.lastBatch(of: mailing, in: db)?.number ?? 0)
  }

  /// The highest number that a store which is replaced gave out; where it does not say, one that lies
  /// behind all that it may have given out.
  static func lastNumber(
    of mailing: RecordID,
    _ replaced: ReplacedStore?,
    _ db: Database
  ) throws -> RecordID {
    let here = try lastNumber(of: mailing, in: db)
    let there = replaced?.read { old -> RecordID? in
      guard try ReplacedStore.isSame(Subject(.mailing, mailing), old, db) else { return nil }
      guard try old.tableExists("mailingBatch") else { return 0 }
      return try lastNumber(of: mailing, in: old)
    }
    return max(here, (there ?? nil) ?? here + unknownNumbers)
  }

  /// Begins a batch; its number is the next one of the mailing, and of no store that a backup replaced.
  static func insert(
    _ mailing: RecordID,
    _ channel: MailingChannel,
    _ columns: [BatchColumn],
    hasTexts: Bool,
    isRegistered: Bool,
    reason: String,
    _ context: ChangeContext,
    in db: Database
  ) throws -> (id: RecordID, number: RecordID) {
    let number = try lastNumber(of: mailing, in: db) + 1
    try db.run(
      """
      INSERT INTO mailingBatch (mailing, number, channel, state, columns, hasTexts, isRegistered, reason,
        openedAt, openedBy)
      VALUES (?, ?, ?, 'gathering', ?, ?, ?, ?, ?, ?)
      """,
      [
        mailing, number, channel.rawValue, try JSON.text(columns), hasTexts, isRegistered, reason,
        context.now.milliseconds, context.actor.name,
      ]
    )
    return (db.lastInsertedRowID, number)
  }

  /// Decides that nobody else comes into a batch, and which contacts are in its files.
  ///
  /// Reading all lines takes long where there are many, so that is done before, without the lock: lines
  /// are only ever added behind the others, and counted, so as many of them are the same ones.
  static func fix(
    _ found: Found,
    _ count: Int,
    _ lines: String,
    of mailing: Mailing,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    guard found.batch.count == count else {
      throw StoreError.refused(
        "somebody was taken into batch \(found.batch.number) meanwhile; try again"
      )
    }
    let receipt = try journal.append(
      FixBatch(
        mailing: mailing.id,
        number: found.batch.number,
        count: count,
        listed: lines,
        columns: found.batch.columns
      ),
      MailingChange.performed(mailing)
    )
    try db.run(
      "UPDATE mailingBatch SET state = 'fixed', fixedAt = ?, mark = ?, columns = ? WHERE id = ?",
      [
        context.now.milliseconds, receipt.entry, try JSON.text(found.batch.columns), found.id,
      ]
    )
  }

  /// Closes a batch: nothing of it changes any more.
  static func close(
    _ found: Found,
    handedOver: Int,
    of mailing: Mailing,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    try db.run(
      "UPDATE mailingBatch SET state = 'closed', closedAt = ? WHERE id = ?",
      [context.now.milliseconds, found.id]
    )
    _ = try journal.append(
      CloseBatch(mailing: mailing.id, number: found.batch.number, handedOver: handedOver),
      MailingChange.performed(mailing)
    )
  }

  /// The names of the texts that people in a batch are to get, each once.
  static func texts(in found: Found, in db: Database) throws -> [String] {
    var texts: [String] = []
    try db.rows(
      "SELECT DISTINCT text FROM ledgerStep WHERE mailing = ? AND batch = ? ORDER BY text",
      [found.batch.mailing, found.batch.number]
    ) { texts.append(try $0.text(0)) }
    return texts
  }

  /// The digest over line, recipient and step of all lines of a batch, in order.
  static func linesDigest(of id: RecordID, in db: Database) throws -> (count: Int, text: String) {
    let statement = try RawStatement(
      "SELECT line, person, step FROM batchLine WHERE batch = ? ORDER BY line",
      in: db
    )
    statement.bind(1, id)
    var (digest, count) = (RunningDigest(), 0)
    while try statement.next() {
      digest.update(statement.number(0), statement.number(1), statement.number(2))
      count += 1
    }
    return (count, digest.text)
  }

  /// The recipient that stands on a line of a batch; nil where there is none.
  static func person(on line: Int64, of id: RecordID, in db: Database) throws -> Int64? {
    try db.row("SELECT person FROM batchLine WHERE batch = ? AND line = ?", [id, line])?.number(0)
  }

  /// The step with which a recipient was claimed for a batch; nil for one who is not in it.
  static func step(of person: Int64, in id: RecordID, _ db: Database) throws -> Int64? {
    try db.row("SELECT step FROM batchLine WHERE batch = ? AND person = ?", [id, person])?
      .number(0)
  }

  /// The last batch of a mailing that a recipient was in; nil for none.
  static func last(of person: Int64, in db: Database) throws -> Found? {
    try db.row(
      """
      SELECT \(columns(in: db)) FROM \(tables)
      WHERE mailingBatch.mailing = ?1 >> 32 AND number = (
        SELECT batch FROM recipientEvent JOIN ledgerStep ON ledgerStep.id = step
        WHERE recipient = ?1 AND batch IS NOT NULL ORDER BY step DESC LIMIT 1)
      """,
      [person]
    ).map(read)
  }
}

extension RunningDigest {
  /// Takes in numbers, eight bytes each.
  mutating func update(_ numbers: Int64...) {
    for number in numbers { withUnsafeBytes(of: number.bigEndian) { update($0) } }
  }

  /// Takes in bytes behind their number.
  mutating func update(counted bytes: [UInt8]) {
    update(Int64(bytes.count))
    bytes.withUnsafeBytes { update($0) }
  }
}
