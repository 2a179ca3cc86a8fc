internal import GRDB
internal import Model

/// Corrected contacts to which a second person consented.
enum ConsentCheck: MailingPartCheck {
  static let tables = [
    CheckedTable(
      "contactConsent",
      .row("version", of: "contactVersion"),
      ["version", "entry"]
    )
  ]

  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    guard try db.tableExists("contactConsent") else { return [] }
    var problems: [String] = []
    var count = 0
    try MailingJournal.each(of: mailing, [ConsentToContacts.name], in: db) { said in
      let change = try said.read(ConsentToContacts.self)
      var versions: [Int64] = []
      try db.rows(
        "SELECT version FROM contactConsent WHERE entry = ? ORDER BY version",
        [said.entry.sequence]
      ) { versions.append(try $0.number(0)) }
      if versions.count != change.count || digest(versions) != change.versions {
        problems.append(
          "the contacts consented to in entry \(said.entry.sequence) are not those that were"
        )
      }
      count += versions.count
    }
    let range = LedgerID.range(mailing)
    let all = try db.number(
      """
      SELECT count(*) FROM contactConsent JOIN contactVersion ON contactVersion.id = version
      WHERE person BETWEEN ? AND ?
      """,
      [range.lowerBound, range.upperBound]
    )
    if all != Int64(count) { problems.append("nobody consented to some corrected contacts") }
    return problems
  }

  /// The digest over numbers of contacts, ascending.
  static func digest(_ versions: [Int64]) -> String {
    var digest = RunningDigest()
    for version in versions.sorted() { digest.update(version) }
    return digest.text
  }
}
