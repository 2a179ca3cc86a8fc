internal import GRDB
internal import Model

/// Reads and writes the contact book.
enum AuthorityRecord {
  /// An entry as the record keeps it; one that was taken out keeps its number.
  struct Stored {
    var contact: AuthorityContact
    var isRemoved: Bool
  }

  private static let columns = """
    id, key, version, body, portal, email, phone, person, reference, note, updatedAt, isRemoved
    """

  private static func read(_ row: Row) throws -> Stored {
    Stored(
      contact: AuthorityContact(
        id: try row.number(0),
        authority: try row.text(1),
        version: try row.number(2),
        facts: ContactFacts(
          body: try row.text(3),
          portal: try row.text(4),
          email: try row.text(5),
          phone: try row.text(6),
          person: try row.text(7),
          reference: try row.text(8),
          note: try row.text(9)
        ),
        updatedAt: try row.instant(10)
      ),
      isRemoved: try row.flag(11)
    )
  }

  /// The entry of a key, also one that was taken out; nil where there never was one.
  static func stored(_ key: String, in db: Database) throws -> Stored? {
    try db.row("SELECT \(columns) FROM authority WHERE key = ?", [key]).map(read)
  }

  /// The contact book, by key.
  static func list(in db: Database) throws -> [AuthorityContact] {
    var contacts: [AuthorityContact] = []
    try db.rows("SELECT \(columns) FROM authority WHERE isRemoved = 0 ORDER BY key") {
      contacts.append(try read($0).contact)
    }
    return contacts
  }

  /// Writes an entry, and gives its number and version.
  static func write(
    _ key: String,
    _ facts: ContactFacts,
    isRemoved: Bool,
    over old: Stored?,
    _ context: ChangeContext,
    in db: Database
  ) throws -> (id: RecordID, version: Version) {
    let values: StatementArguments = [
      facts.body, facts.portal, facts.email, facts.phone, facts.person, facts.reference,
      facts.note, context.now.milliseconds, isRemoved,
    ]
    guard let old else {
      try db.run(
        """
        INSERT INTO authority (key, version, body, portal, email, phone, person, reference, note,
          updatedAt, isRemoved)
        VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [key] + values
      )
      let id = db.lastInsertedRowID
      context.search.add(.authority, id)
      return (id, 1)
    }
    let (id, version) = (old.contact.id, old.contact.version + 1)
    try context.search.update(.authority, id, in: db) {
      try db.run(
        """
        UPDATE authority SET body = ?, portal = ?, email = ?, phone = ?, person = ?,
          reference = ?, note = ?, updatedAt = ?, isRemoved = ?, version = ?
        WHERE id = ?
        """,
        values + [version, id]
      )
    }
    return (id, version)
  }
}

extension AuthorityContacts: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [AuthorityContact] {
    try AuthorityRecord.list(in: db)
  }
}
