internal import GRDB
internal import Model

/// Editions: what was put up, who approved it, and how it ended.
enum EditionCheck: MailingPartCheck {
  static let tables = [
    CheckedTable(
      "noticeEdition",
      .mailing("mailing"),
      [
        "id", "mailing", "number", "version", "state", "facts", "digest", "checks", "approvals",
        "endedBy", "endedAt", "reason",
      ]
    )
  ]

  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var (texts, replay) = (TextReplay(), EditionReplay())
    var problems: [String] = []
    try MailingJournal.eachText(of: mailing, in: db) { change in
      try texts.take(change)
      if let problem = try misjudged(change, in: db) { problems.append(problem) }
      try replay.take(change, texts: texts) {
        try MailingJournal.neededTwo(at: change.entry.sequence, in: db)
      }
    }
    let stored = try NoticeEditionRecord.unchecked(of: mailing, in: db)
    for edition in replay.editions {
      guard let found = stored.first(where: { $0.id == edition.id }) else {
        problems.append("E\(edition.number) was deleted")
        continue
      }
      if let problem = edition.problem(with: found) {
        problems.append(problem)
      } else if edition.isLeft(to: found) {
        if try !wasOvertaken(found, after: edition.last, in: db) {
          problems.append("nothing in the journal has voided \(found.name)")
        }
      } else if found.end == nil, try isOvertaken(found, in: db) {
        problems.append("what \(found.name) rests on is not what was put up")
      }
    }
    try db.rows(
      """
      SELECT number FROM noticeEdition WHERE mailing = ? AND ((endedBy IS NULL) <> (endedAt IS NULL)
        OR (endedBy IS NULL) <> (reason IS NULL)) ORDER BY number
      """,
      [mailing]
    ) { problems.append("E\(try $0.number(0)) says by half that it ended") }
    if stored.count > replay.editions.count {
      problems.append("there are editions that nobody put up")
    }
    return problems
  }

  /// An edition that was put up for one person although the organisation wanted two, or the reverse.
  private static func misjudged(_ change: JournalledChange, in db: Database) throws -> String? {
    guard change.entry.action == ProposeEdition.name,
      let said = try change.read(ProposeEdition.self).needsTwo,
      let wanted = try MailingJournal.neededTwo(at: change.entry.sequence, in: db), said != wanted
    else { return nil }
    return "entry \(change.entry.sequence) put an edition up for the approval of "
      + "\(said ? "two people" : "one person"), and \(wanted ? "two" : "one") had to approve"
  }

  /// Whether some entry was made by whom and when an edition is said to have become void.
  private static func wasOvertaken(
    _ edition: NoticeEdition,
    after last: JournalSequence,
    in db: Database
  ) throws -> Bool {
    guard let end = edition.end else { return false }
    return try db.row(
      """
      SELECT 1 FROM journal LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE journal.id > ?1 AND at = ?2 AND actor = ?3 AND (subjectKind = 'organisation'
        OR incident = (SELECT incident FROM mailing WHERE id = ?4)) LIMIT 1
      """,
      [last, end.at.milliseconds, end.by, edition.mailing]
    ) != nil
  }

  /// Whether what would be put up now is something else, so that it cannot wait or be in force.
  private static func isOvertaken(_ edition: NoticeEdition, in db: Database) throws -> Bool {
    let mailing = try MailingRecord.existing(edition.mailing, in: db)
    guard mailing.erasedAt == nil else { return true }
    let now = try NoticeEditionRecord.current(edition, of: mailing, in: db)
    return now.digest != edition.digest
  }
}
