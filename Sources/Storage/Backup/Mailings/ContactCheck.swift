internal import GRDB
internal import Model

/// Contacts that were corrected, and what they are found by.
enum ContactCheck: MailingPartCheck {
  static let tables = [
    CheckedTable("contactVersion", .person("person"), ["id", "person", "entry", "sealed"]),
    CheckedTable(
      "contactKey",
      .mailing("mailing"),
      ["mailing", "kind", "hash", "person", "version"]
    ),
  ]

  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var problems: [String] = []
    var (versions, keys) = (0, 0)
    let rows = try RawStatement(
      "SELECT id, person, sealed FROM contactVersion WHERE entry = ? ORDER BY id",
      in: db
    )
    try MailingJournal.each(of: mailing, [CorrectContacts.name], in: db) { said in
      let (entry, change) = (said.entry, try said.read(CorrectContacts.self))
      var (digest, count) = (RunningDigest(), 0)
      rows.bind(1, entry.sequence)
      while try rows.next() {
        digest.update(rows.number(0), rows.number(1))
        digest.update(counted: Array(rows.bytes(2)))
        count += 1
      }
      if count != change.count || digest.text != change.versions {
        problems.append("the contacts of entry \(entry.sequence) are not those that were sealed")
      }
      versions += count
      var found: [(kind: Int, hash: Int64, person: Int64, version: Int64)] = []
      try db.rows(
        """
        SELECT kind, hash, contactKey.person, version FROM contactVersion
        CROSS JOIN contactKey ON version = contactVersion.id WHERE entry = ? AND mailing = ?
        """,
        [entry.sequence, mailing]
      ) {
        found.append(
          (Int(try $0.number(0)), try $0.number(1), try $0.number(2), try $0.number(3))
        )
      }
      keys += found.count
      if ContactRecord.digest(of: found) != change.keys {
        problems.append("the index of the contacts of entry \(entry.sequence) was altered")
      }
    }
    let range = LedgerID.range(mailing)
    let all = try db.number(
      "SELECT count(*) FROM contactVersion WHERE person BETWEEN ? AND ?",
      [range.lowerBound, range.upperBound]
    )
    if all != Int64(versions) { problems.append("there are contacts that nobody corrected") }
    if try db.number("SELECT count(*) FROM contactKey WHERE mailing = ?", [mailing]) != keys {
      problems.append("the index of corrected contacts has entries that nobody wrote")
    }
    return problems
  }
}
