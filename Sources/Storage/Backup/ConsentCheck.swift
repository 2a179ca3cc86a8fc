internal import GRDB
internal import Model

/// Corrected contacts to which a second person consented.
enum ConsentCheck {
  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    guard try db.tableExists("contactConsent") else { return [] }
    var problems: [String] = []
    var count = 0
    for entry in try MailingPartCheck.entries(ConsentToContacts.self, of: mailing, in: db) {
      var versions: [Int64] = []
      try db.rows(
        "SELECT version FROM contactConsent WHERE entry = ? ORDER BY version",
        [entry.sequence]
      ) { versions.append(try $0.number(0)) }
      if versions.count != entry.change.count || digest(versions) != entry.change.versions {
        problems.append(
          "the contacts consented to in entry \(entry.sequence) are not those that were"
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

/// How the e-mails of a mailing are sent, as it was set last.
enum SendingPlanCheck {
  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    let now = try SendingRecord.plan(of: mailing, in: db)
    let wasSet = try db.row(
      """
      SELECT 1 FROM journal WHERE subjectKind = 'mailing' AND subject = ? AND action = ? LIMIT 1
      """,
      [mailing, SetSendingPlan.name]
    )
    let last = try MailingPartCheck.entries(SetSendingPlan.self, of: mailing, in: db).last
    // Where details of the journal were erased nobody knows any more what was set.
    let isSame = wasSet == nil ? now == nil : last.map { $0.change.plan == now } ?? true
    return isSame ? [] : ["how e-mails are sent is not what was set"]
  }
}
