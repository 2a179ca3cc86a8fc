internal import GRDB
internal import Model

/// Reads from the journal which mailings are held since the store was put back from a backup.
///
/// There is no table of them: a row could be deleted, an entry of the journal cannot without being seen.
enum MailingHoldRecord {
  /// A restore, as the journal has it.
  private struct Restore {
    var entry: JournalSequence
    var at: Instant
    var by: String
    /// The mailings that it holds; nil where what it said is gone, so that all are held.
    var held: [RestoredMailing]?
  }

  /// The hold of a mailing; nil where it is not held.
  ///
  /// Costs next to nothing in a store that was never put back.
  static func find(_ mailing: RecordID, in db: Database) throws -> MailingHold? {
    for restore in try restores(in: db) {
      let listed = restore.held?.first { $0.id == mailing }
      guard restore.held == nil || listed != nil else { continue }
      let isReleased =
        try db.row(
          """
          SELECT 1 FROM journal
          WHERE subjectKind = 'mailing' AND subject = ? AND id > ? AND action = ? LIMIT 1
          """,
          [mailing, restore.entry, ReleaseMailing.name]
        ) != nil
      // What a later restore holds names what an earlier one knew.
      guard !isReleased else { return nil }
      let reference = try db.row("SELECT reference FROM mailing WHERE id = ?", [mailing])?.text(0)
      return MailingHold(
        mailing: mailing,
        reference: reference ?? listed?.reference ?? "",
        entry: restore.entry,
        at: restore.at,
        by: restore.by,
        known: listed ?? RestoredMailing(id: mailing, reference: reference ?? "", told: nil)
      )
    }
    return nil
  }

  /// Whether a mailing is held.
  static func isHeld(_ mailing: RecordID, in db: Database) throws -> Bool {
    try find(mailing, in: db) != nil
  }

  /// All holds, by mailing.
  static func all(in db: Database) throws -> [MailingHold] {
    guard try !restores(in: db).isEmpty else { return [] }
    var mailings: [RecordID] = []
    try db.rows(
      "SELECT id FROM mailing WHERE erasedAt IS NULL AND isRemoved = 0 ORDER BY id"
    ) { mailings.append(try $0.number(0)) }
    return try mailings.compactMap { try find($0, in: db) }
  }

  /// Refuses to tell anybody of a mailing that is held; says why and what to do.
  static func refuse(_ mailing: RecordID, in db: Database) throws {
    guard let hold = try find(mailing, in: db) else { return }
    throw StoreError.refused(refusal(hold))
  }

  /// Why nothing goes out.
  static func refusal(_ hold: MailingHold) -> String {
    "\(hold.reference) is held: the store was put back from a backup (entry \(hold.entry), "
      + "\(hold.at)), and who was told since may be shown as not told; \(hold.known.words); say what "
      + "was sent: tocsin mailing release \(hold.reference)"
  }

  /// The highest number that batches of a mailing may have had in stores that backups have replaced, and
  /// the entry of the newest such restore; nil where none was.
  static func lastBatch(
    of mailing: RecordID,
    in db: Database
  ) throws -> (number: RecordID, entry: JournalSequence)? {
    var found: (number: RecordID, entry: JournalSequence)?
    for restore in try restores(in: db) {
      guard let number = restore.held?.first(where: { $0.id == mailing })?.lastBatch else {
        continue
      }
      found = (max(number, found?.number ?? 0), found?.entry ?? restore.entry)
    }
    return found
  }

  /// The entry of a backup up to which a hold's restore and the store that it replaced are the same.
  static func backupHead(of hold: MailingHold, in db: Database) throws -> JournalSequence? {
    try db.row("SELECT change FROM journalDetail WHERE id = ?", [hold.entry])?.optionalText(0)
      .map { try JSON.value($0, as: RecordRestore.self).backupHead }
  }

  /// The restores that hold mailings, newest first.
  private static func restores(in db: Database) throws -> [Restore] {
    var found: [Restore] = []
    try db.rows(
      """
      SELECT journal.id, at, actor, change FROM journal
      LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = 'store' AND subject = 1 AND action = ? ORDER BY journal.id DESC
      """,
      [RecordRestore.name]
    ) { row in
      let said = try row.optionalText(3).map { try JSON.value($0, as: RecordRestore.self) }
      if let said, said.held == nil { return }
      found.append(
        Restore(
          entry: try row.number(0),
          at: try row.instant(1),
          by: try row.text(2),
          held: said?.held
        )
      )
    }
    return found
  }
}

extension MailingHolds: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [MailingHold] {
    guard let mailing else { return try MailingHoldRecord.all(in: db) }
    return try MailingHoldRecord.find(mailing, in: db).map { [$0] } ?? []
  }
}
