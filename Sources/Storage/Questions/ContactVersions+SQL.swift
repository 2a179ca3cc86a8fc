internal import Foundation
internal import GRDB
internal import Model

extension ContactVersions: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [ContactVersion] {
    try ContactRecord.versions(of: number, try LedgerReader(mailing, context.keys, in: db), in: db)
  }
}

extension ContactRecord {
  /// All contacts that a person had, oldest first; masked as the reader is told.
  static func versions(
    of number: Int64,
    _ reader: LedgerReader,
    in db: Database
  ) throws -> [ContactVersion] {
    let id = LedgerID.recipient(reader.mailing.id, number)
    guard (1...0xFFFF_FFFF).contains(number),
      let first = try db.row("SELECT sealed FROM recipient WHERE id = ?", [id])
    else { return [] }
    func shown(_ open: (MailingKey) throws -> RecipientContact?) throws -> RecipientContact? {
      guard let key = reader.key else { return nil }
      guard let contact = try open(key) else {
        throw StoreError.refused(
          "a contact of recipient \(number) was altered: what is sealed does not open; see tocsin "
            + "verify"
        )
      }
      return reader.isRevealed ? contact : contact.masked
    }
    let listed = try RecipientHistory(mailing: reader.mailing.id, number: number)
      .fetch(in: db, AskContext(now: Instant(milliseconds: 0), keys: nil)).first
    let sealed = try first.decode(Data.self, atIndex: 0)
    var versions = [
      ContactVersion(
        at: listed?.at ?? reader.mailing.openedAt,
        by: listed?.by ?? "",
        reason: "",
        contact: try shown { $0.open(sealed, of: number) }
      )
    ]
    try db.rows(
      """
      SELECT contactVersion.id, sealed, at, actor, change FROM contactVersion
      JOIN journal ON journal.id = entry LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE person = ? ORDER BY contactVersion.id
      """,
      [id]
    ) { row in
      let version = try row.number(0)
      let sealed = try row.decode(Data.self, atIndex: 1)
      let change = try row.optionalText(4).map { try JSON.value($0, as: CorrectContacts.self) }
      versions.append(
        ContactVersion(
          at: try row.instant(2),
          by: try row.text(3),
          reason: change?.reason ?? "",
          contact: try shown {
            $0.open(sealed, as: .contact, version, number).map { RecipientContact(packed: $0) }
          }
        )
      )
    }
    return versions
  }
}
