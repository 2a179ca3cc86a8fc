internal import Foundation
internal import GRDB
internal import Model

/// Writes batches of recipients: rows, keys, tallies and the point to resume from, in the caller's
/// transaction.
enum LedgerWriter {
  /// Where an import stands.
  struct Import: Sendable {
    var mailing: RecordID
    /// The name of the input, under the mailing's key.
    var input: [UInt8]
    /// The number of its first row.
    var first: Int64
    /// How many rows of the input were taken.
    var taken = 0
    /// How many of them were added.
    var added = 0
  }

  /// The most recipients in one segment of the index.
  static let segmentSize = 131_072

  /// The import of a mailing that broke off.
  static func unfinished(_ mailing: RecordID, in db: Database) throws -> Import? {
    guard
      let row = try db.row(
        "SELECT input, first, taken, added FROM ledgerImport WHERE id = ?",
        [mailing]
      )
    else { return nil }
    return Import(
      mailing: mailing,
      input: try row.block(0),
      first: try row.number(1),
      taken: Int(try row.number(2)),
      added: Int(try row.number(3))
    )
  }

  /// Brings a batch in, and moves the point to resume from behind it.
  static func write(
    _ batch: LedgerBatch,
    of current: Import,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    let id = current.mailing
    let mailing = try MailingRecord.present(id, in: db)
    guard try unfinished(id, in: db)?.taken ?? 0 == current.taken,
      mailing.recipients == Int(current.first) - 1 + current.added
    else {
      throw StoreError.refused("another import into \(mailing.reference) is under way; try again")
    }
    if batch.count > 0 {
      guard batch.first == Int64(mailing.recipients) + 1 else {
        throw StoreError.failed("the batch does not follow what is there")
      }
      let step = try addStep(
        RecipientStep(to: .pending, cause: "listed"),
        of: id,
        context,
        in: db
      )
      try insertRows(batch, id, step, in: db)
      let segment = try segment(for: batch.count, of: id, in: db)
      try insertKeys(batch, id, segment, in: db)
      try db.run(
        "UPDATE mailing SET recipients = recipients + ? WHERE id = ?",
        [batch.count, id]
      )
      _ = try journal.append(
        AddRecipients(
          mailing: id,
          step: step,
          segment: segment,
          first: batch.first,
          count: batch.count,
          rows: batch.digests.rows,
          keys: batch.digests.keys
        ),
        MailingChange.performed(mailing)
      )
    }
    if batch.isLast {
      try db.run("DELETE FROM ledgerImport WHERE id = ?", [id])
    } else {
      try db.run(
        """
        INSERT INTO ledgerImport (id, input, first, taken, added) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (id) DO UPDATE SET taken = ?4, added = ?5
        """,
        [id, Data(current.input), current.first, batch.taken, batch.added]
      )
    }
  }

  /// Writes down who does what now; its number stands beside every row it concerns.
  ///
  /// Every step of everybody comes through here: those on the way to being told, or to not being told at
  /// all, are refused while the mailing is held, unless `isHeldToo` says that they settle what was begun or what is held.
  static func addStep(
    _ step: RecipientStep,
    of mailing: RecordID,
    isHeldToo: Bool = false,
    _ context: ChangeContext,
    in db: Database
  ) throws -> Int64 {
    if !isHeldToo, [.queued, .uncertain, .handedOver, .exempt].contains(step.state) {
      try MailingHoldRecord.refuse(mailing, in: db)
    }
    try db.run(
      """
      INSERT INTO ledgerStep (mailing, at, actor, channel, text, cause, batch)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        mailing, context.now.milliseconds, context.actor.name, step.channel?.rawValue, step.text,
        step.cause, step.batch,
      ]
    )
    return db.lastInsertedRowID
  }

  private static func insertRows(
    _ batch: LedgerBatch,
    _ mailing: RecordID,
    _ step: Int64,
    in db: Database
  ) throws {
    let words = try batch.words.map { try LedgerTallies.number(of: $0, in: db) }
    let statement = try RawStatement(
      "INSERT INTO recipient (id, slot, language, protection, step, sealed) VALUES (?,?,?,?,?,?)",
      in: db
    )
    statement.bind(5, step)
    let id = LedgerID.recipient(mailing, batch.first)
    var protected: [LedgerBatch.Protected: Int] = [:]
    try batch.sealed.withUnsafeBytes { sealed in
      var start = 0
      for (index, row) in batch.rows.enumerated() {
        statement.bind(1, id + Int64(index))
        statement.bind(
          2,
          LedgerID.slot(mailing, .pending, words[Int(row.jurisdiction)])
        )
        statement.bind(3, words[Int(row.language)])
        statement.bind(4, Int64(row.protection))
        statement.bind(6, UnsafeRawBufferPointer(rebasing: sealed[start..<row.end]))
        try statement.run()
        start = row.end
        if row.protection != 0 { protected[LedgerBatch.Protected(row), default: 0] += 1 }
      }
    }
    for (kind, count) in protected {
      try LedgerTallies.addProtected(
        count,
        words[Int(kind.jurisdiction)],
        words[Int(kind.language)],
        kind.protection,
        of: mailing,
        in: db
      )
    }
    for (place, count) in batch.tallies {
      try LedgerTallies.add(
        count,
        to: .pending,
        words[Int(place >> 16)],
        words[Int(place & 0xFFFF)],
        of: mailing,
        in: db
      )
    }
  }

  /// The segment that so many more go into: the mailing's last one where there is room in it.
  private static func segment(
    for count: Int,
    of mailing: RecordID,
    in db: Database
  ) throws -> Int64 {
    if let row = try db.row(
      "SELECT id, count FROM ledgerSegment WHERE mailing = ? ORDER BY id DESC LIMIT 1",
      [mailing]
    ), Int(try row.number(1)) + count <= segmentSize {
      let id = try row.number(0)
      try db.run("UPDATE ledgerSegment SET count = count + ? WHERE id = ?", [count, id])
      return id
    }
    try db.run("INSERT INTO ledgerSegment (mailing, count) VALUES (?, ?)", [mailing, count])
    return db.lastInsertedRowID
  }

  private static func insertKeys(
    _ batch: LedgerBatch,
    _ mailing: RecordID,
    _ segment: Int64,
    in db: Database
  ) throws {
    let statement = try RawStatement(
      "INSERT INTO blind (segment, kind, hash, recipient) VALUES (?, ?, ?, ?)",
      in: db
    )
    statement.bind(1, segment)
    let id = LedgerID.recipient(mailing, batch.first)
    for (kind, keys) in batch.keys.enumerated() {
      statement.bind(2, Int64(kind))
      for key in keys {
        statement.bind(3, key.hash)
        statement.bind(4, id + Int64(key.index))
        try statement.run()
      }
    }
  }
}
