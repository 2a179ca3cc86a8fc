internal import GRDB
internal import Model

/// What the journal says of an edition: what is sent rests on this, not on a word in its row.
extension NoticeEditionRecord {
  /// The edition with a number, refused where it is not in force.
  static func inForce(_ id: RecordID, in db: Database) throws -> NoticeEdition {
    let edition = try existing(id, in: db)
    guard edition.isInForce else {
      throw StoreError.refused(
        "\(edition.name) is not in force: \(edition.end?.reason ?? edition.state.label)"
      )
    }
    try confirm(Standing(edition), in: db)
    return edition
  }

  /// The edition of a mailing that is in force; nil where none is.
  static func inForce(of mailing: RecordID, in db: Database) throws -> NoticeEdition? {
    guard let live = try live(of: mailing, in: db), live.isInForce else { return nil }
    try confirm(Standing(live), in: db)
    let found = try MailingRecord.existing(mailing, in: db)
    let now = try current(live, of: found, in: db)
    // What voided an edition had no entry of its own in earlier times.
    guard now.digest == live.digest else {
      throw StoreError.refused(
        "\(live.name) was altered in the file: what it rests on is not what was approved; see "
          + "tocsin verify"
      )
    }
    return live
  }

  /// What would be put up now in place of an edition: the same facts, as long as nothing was altered.
  static func current(
    _ edition: NoticeEdition,
    of mailing: Mailing,
    in db: Database
  ) throws -> NoticeEditionFacts {
    var now = try draft(of: mailing, date: edition.facts.date, asIn: edition.facts, in: db)
    // Where one person approves, that person may say afterwards who writes.
    if edition.facts.sender == nil,
      try !OrganisationRecord.current(in: db).organisation.needsSecondPerson
    {
      now.sender = nil
    }
    return now
  }

  /// Whether an edition of a mailing is in force, by the journal too.
  ///
  /// Asked before every hand-over: texts are not read.
  static func isInForce(_ id: RecordID, of mailing: RecordID, in db: Database) throws -> Bool {
    let row = try db.row(
      """
      SELECT number, digest, approvals FROM noticeEdition
      WHERE id = ? AND mailing = ? AND state = 'approved'
      """,
      [id, mailing]
    )
    guard let row else { return false }
    let standing = Standing(
      id: id,
      name: "E\(try row.number(0))",
      mailing: mailing,
      digest: try row.text(1),
      approvals: try JSON.value(try row.text(2))
    )
    try confirm(standing, in: db)
    return true
  }

  /// How an edition stands in the file, as one that is in force.
  private struct Standing {
    var id: RecordID
    var name: String
    var mailing: RecordID
    var digest: String
    var approvals: [NoticeEdition.Approval]

    init(
      id: RecordID,
      name: String,
      mailing: RecordID,
      digest: String,
      approvals: [NoticeEdition.Approval]
    ) {
      (self.id, self.name, self.mailing) = (id, name, mailing)
      (self.digest, self.approvals) = (digest, approvals)
    }

    init(_ edition: NoticeEdition) {
      self.init(
        id: edition.id,
        name: edition.name,
        mailing: edition.mailing,
        digest: edition.digest,
        approvals: edition.approvals
      )
    }
  }

  /// Refuses an edition that the journal does not have in force with these approvals.
  private static func confirm(_ edition: Standing, in db: Database) throws {
    var replay = EditionReplay()
    var isSound = true
    try db.rows(
      """
      SELECT \(JournalRecord.columns), hash, change, inverse, headline, reference, incident, salt
      FROM journal JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = 'edition' AND subject = ? ORDER BY journal.id
      """,
      [edition.id]
    ) { row in
      let entry = try JournalRecord.entry(row)
      guard let change = try row.optionalText(16), isSound else { return isSound = false }
      let details = JournalDetails(
        salt: try row.block(21),
        change: change,
        inverse: try row.optionalText(17),
        headline: try row.text(18),
        reference: try row.text(19),
        incident: try row.optionalNumber(20)
      )
      isSound =
        try JournalLayout.hash(of: entry) == row.block(15)
        && details.commitment == entry.commitment
      try replay.take(
        JournalledChange(entry, change, reference: details.reference),
        texts: TextReplay()
      ) { try MailingJournal.neededTwo(at: entry.sequence, in: db) }
    }
    guard isSound, let said = replay.editions.first, said.mailing == edition.mailing,
      said.digest == edition.digest, said.approvals == edition.approvals, said.end == nil,
      said.state ?? .approved == .approved
    else {
      throw StoreError.refused(
        "\(edition.name) was altered in the file: the journal does not say that it was approved so; "
          + "see tocsin verify"
      )
    }
  }
}
