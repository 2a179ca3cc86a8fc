internal import GRDB
internal import Model

/// Whether notices may go to a person's contact: where the organisation wants a second person, one that was
/// corrected after the texts were put up waits until another account consents to it.
struct ContactGuard: Sendable {
  /// Whether the organisation wants a second person.
  let isWanted: Bool
  /// The entry of the journal with which the edition that waits or is in force was put up.
  ///
  /// What was corrected before is approved with it. Where there is none nothing leaves, and the next one
  /// covers all.
  private let since: JournalSequence

  init(of mailing: RecordID, in db: Database) throws {
    isWanted = try OrganisationRecord.current(in: db).organisation.needsSecondPerson
    since = try db.number(
      """
      SELECT coalesce(min(journal.id), ?) FROM noticeEdition
      JOIN journal ON subjectKind = ? AND subject = noticeEdition.id
      WHERE mailing = ? AND noticeEdition.state IN ('waiting', 'approved')
      """,
      [Int64.max, Subject.Kind.edition.rawValue, mailing]
    )
  }

  /// Whether a notice may go to the contact that a person has now.
  func allows(_ person: Int64, in db: Database) throws -> Bool {
    guard isWanted,
      let row = try db.row(
        "SELECT id, entry FROM contactVersion WHERE person = ? ORDER BY id DESC LIMIT 1",
        [person]
      ), try row.number(1) > since
    else { return true }
    return try db.row("SELECT 1 FROM contactConsent WHERE version = ?", [try row.number(0)]) != nil
  }

  /// The contacts that wait: version, recipient, entry of the journal; ascending by version.
  func waiting(of mailing: RecordID, in db: Database) throws -> [(
    version: Int64, person: Int64, entry: JournalSequence
  )] {
    guard isWanted else { return [] }
    let range = LedgerID.range(mailing)
    var found: [(version: Int64, person: Int64, entry: JournalSequence)] = []
    try db.rows(
      """
      SELECT contactVersion.id, person, contactVersion.entry FROM contactVersion
      LEFT JOIN contactConsent ON version = contactVersion.id
      WHERE person BETWEEN ? AND ? AND contactVersion.entry > ? AND version IS NULL
      AND NOT EXISTS (SELECT 1 FROM contactVersion AS later
        WHERE later.person = contactVersion.person AND later.id > contactVersion.id)
      ORDER BY contactVersion.id
      """,
      [range.lowerBound, range.upperBound, since]
    ) { found.append((try $0.number(0), try $0.number(1), try $0.number(2))) }
    return found
  }

  /// Refuses to fix a batch in which somebody's contact waits.
  func check(_ found: BatchRecord.Found, of mailing: Mailing, in db: Database) throws {
    guard isWanted else { return }
    var count = 0
    for waiting in try waiting(of: mailing.id, in: db)
    where try BatchRecord.step(of: waiting.person, in: found.id, db) != nil {
      count += 1
    }
    guard count == 0 else {
      throw StoreError.refused(
        "\(count) contacts in batch \(found.batch.number) were corrected since and wait for a second "
          + "person: tocsin mailing consent \(mailing.reference)"
      )
    }
  }
}
