internal import GRDB
internal import Model

/// A store that a backup has replaced or is about to, read for what happened in it since.
///
/// What cannot be read is not known, and is said to be so: a replaced store is often a damaged one.
struct ReplacedStore {
  private let queue: DatabaseQueue

  /// Opens the file; nil where there is none or it cannot be read as a store.
  init?(_ path: String) {
    guard let queue = try? ReadOnlyFile.open(path),
      (try? queue.read({ try $0.tableExists("journal") })) == true
    else { return nil }
    self.queue = queue
  }

  /// Reads in it; nil where that cannot be done.
  func read<Answer>(_ body: (Database) throws -> Answer) -> Answer? {
    try? queue.read(body)
  }

  /// Whether a record was begun by the same entry of the journal in two stores.
  static func isSame(_ subject: Subject, _ old: Database, _ new: Database) throws -> Bool {
    func first(_ db: Database) throws -> [UInt8]? {
      try db.row(
        "SELECT hash FROM journal WHERE subjectKind = ? AND subject = ? ORDER BY id LIMIT 1",
        [subject.kind.rawValue, subject.id]
      )?.block(0)
    }
    guard let hash = try first(old) else { return false }
    return try first(new) == hash
  }

  /// Whether its journal goes on from an entry of another store's.
  static func goesOn(from entry: JournalSequence, _ old: Database, _ new: Database) throws -> Bool {
    guard entry > 0 else { return false }
    func hash(_ db: Database) throws -> [UInt8]? {
      try db.row("SELECT hash FROM journal WHERE id = ?", [entry])?.block(0)
    }
    guard let known = try hash(old) else { return false }
    return try hash(new) == known
  }

  /// Somebody who was told, or may have been, by a step after one.
  struct Told {
    /// The number in the mailing.
    var number: Int64
    /// The state now.
    var state: RecipientState
    /// Over which channel it was last; nil where that was not said.
    var channel: MailingChannel?
    /// Whether something went out then; else only the answer to what went out before came in.
    var isTold: Bool
  }

  /// The people of a mailing who were told, or may have been, by a step after one.
  ///
  /// Both stores have the steps up to that one, and the people up to a number.
  static func told(
    of mailing: RecordID,
    after step: Int64,
    upTo most: Int64,
    in old: Database,
    _ body: (Told) throws -> Void
  ) throws {
    guard most > 0, try old.tableExists("recipientEvent") else { return }
    let told: [RecipientState] = [
      .handedOver, .uncertain, .acknowledged, .deliveredByPost, .spokeByPhone,
    ]
    try old.rows(
      """
      SELECT recipient.id, recipient.slot, ledgerStep.channel,
        sum(after IN (SELECT value FROM json_each(?4))),
        max(ledgerStep.id + CASE WHEN after IN (SELECT value FROM json_each(?4)) THEN 1 << 62 ELSE 0 END)
      FROM recipientEvent JOIN ledgerStep ON ledgerStep.id = recipientEvent.step
      JOIN recipient ON recipient.id = recipientEvent.recipient
      WHERE recipientEvent.recipient BETWEEN ?1 AND ?2 AND recipientEvent.step > ?3
        AND after IN (SELECT value FROM json_each(?5))
      GROUP BY recipient.id ORDER BY recipient.id
      """,
      [
        LedgerID.recipient(mailing, 1), LedgerID.recipient(mailing, most), step,
        try JSON.text([RecipientState.handedOver, .uncertain].map(\.code)),
        try JSON.text(told.map(\.code)),
      ]
    ) { row in
      try body(
        Told(
          number: LedgerID.number(try row.number(0)),
          state: try LedgerID.state(try row.number(1)),
          channel: try row.optionalWord(2),
          isTold: try row.flag(3)
        )
      )
    }
  }
}
