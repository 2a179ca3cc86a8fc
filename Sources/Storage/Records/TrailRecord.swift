internal import GRDB
internal import Model

/// Reads and writes where the entries of mailings stand among each other.
enum TrailRecord {
  /// Adds an entry to its mailing's; nil for one that belongs to no mailing.
  static func next(
    _ entry: JournalSequence,
    of subject: Subject,
    in db: Database
  ) throws -> MailingTrail? {
    guard let mailing = try mailing(of: subject, in: db) else { return nil }
    let before = try end(of: mailing, in: db)
    let trail = MailingTrail(count: before.count + 1, previous: before.last)
    try db.run(
      """
      INSERT INTO mailingTrail (id, entries, last) VALUES (?1, ?2, ?3)
      ON CONFLICT (id) DO UPDATE SET entries = ?2, last = ?3
      """,
      [mailing, trail.count, entry]
    )
    return trail
  }

  /// How many entries a mailing has, and the newest; 0 where it has none.
  static func end(of mailing: RecordID, in db: Database) throws -> (
    count: Int64, last: JournalSequence
  ) {
    guard let row = try db.row("SELECT entries, last FROM mailingTrail WHERE id = ?", [mailing])
    else { return (0, 0) }
    return (try row.number(0), try row.number(1))
  }

  /// The mailing that a record belongs to as it stands now.
  private static func mailing(of subject: Subject, in db: Database) throws -> RecordID? {
    switch subject.kind {
    case .mailing: subject.id
    case .notice: try db.row("SELECT mailing FROM notice WHERE id = ?", [subject.id])?.number(0)
    case .edition:
      try db.row("SELECT mailing FROM noticeEdition WHERE id = ?", [subject.id])?.number(0)
    case .publication:
      try db.row("SELECT mailing FROM publication WHERE id = ?", [subject.id])?.number(0)
    default: nil
    }
  }
}
