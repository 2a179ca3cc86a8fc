internal import GRDB
internal import Model

/// What each entry says of the one before of its mailing, and how many there are: what proofs rest on.
enum TrailCheck {
  static let tables = [
    CheckedTable("mailingTrail", .mailing("id"), ["id", "entries", "last"])
  ]

  /// The entries of one mailing, as far as they were met.
  private struct Trail {
    var count: Int64 = 0
    var last: JournalSequence = 0
    /// Whether an entry has said which one comes before it: later ones all do.
    var isBound = false
  }

  /// What is wrong, by mailing; one pass over the entries of all mailings.
  static func problems(in db: Database) throws -> [RecordID: [String]] {
    guard try db.tableExists("mailingTrail") else { return [:] }
    var owners = MailingOwners()
    var trails: [RecordID: Trail] = [:]
    var problems: [RecordID: [String]] = [:]
    try db.rows(
      """
      SELECT journal.id, subjectKind, subject, json_extract(change, '$.trail.count'),
        json_extract(change, '$.trail.previous'), change IS NULL,
        CASE WHEN subjectKind <> 'mailing' THEN change END
      FROM journal LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind IN ('mailing', 'notice', 'edition', 'publication') ORDER BY journal.id
      """
    ) { row in
      let (entry, subject) = (try row.number(0), Subject(try row.word(1), try row.number(2)))
      guard let mailing = owners.mailing(of: subject, try row.optionalText(6)) else { return }
      var trail = trails[mailing] ?? Trail()
      let (count, previous) = (try row.optionalNumber(3), try row.optionalNumber(4))
      let isRight =
        if let count, let previous {
          count == trail.count + 1 && previous == trail.last
        } else {
          try !trail.isBound || row.flag(5)
        }
      if !isRight {
        problems[mailing, default: []].append(
          "entry \(entry) names another entry of the mailing than the one before it"
        )
      }
      trail.isBound = trail.isBound || count != nil
      (trail.count, trail.last) = (trail.count + 1, entry)
      trails[mailing] = trail
    }
    for (mailing, trail) in trails {
      let end = try TrailRecord.end(of: mailing, in: db)
      guard end.count != trail.count || end.last != trail.last else { continue }
      problems[mailing, default: []].append(
        "it says \(end.count) entries up to \(end.last), the journal \(trail.count) up to \(trail.last)"
      )
    }
    return problems
  }
}
