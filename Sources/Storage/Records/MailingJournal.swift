internal import GRDB
internal import Model

/// Reads the entries of the journal that belong to one mailing, with what they did.
///
/// With SQL of its own: what compares rows with the journal shares nothing with what writes them.
/// Entries whose details were erased are left out.
enum MailingJournal {
  /// Walks through entries about the mailing itself, oldest first; only those of some actions.
  ///
  /// `condition` narrows them further.
  static func each(
    of mailing: RecordID,
    _ actions: [String],
    where condition: String = "1",
    in db: Database,
    _ body: (JournalledChange) throws -> Void
  ) throws {
    try walk(
      """
      subjectKind = 'mailing' AND subject = ?1
      AND action IN (SELECT value FROM json_each(?2)) AND (\(condition))
      """,
      [mailing, try JSON.text(actions)],
      in: db,
      body
    )
  }

  /// Walks through entries about texts and editions of a mailing, oldest first.
  static func eachText(
    of mailing: RecordID,
    in db: Database,
    _ body: (JournalledChange) throws -> Void
  ) throws {
    try walk(
      """
      (subjectKind = 'notice' AND subject IN (
        SELECT subject FROM journal JOIN journalDetail ON journalDetail.id = journal.id
        WHERE subjectKind = 'notice' AND action = 'notice.add'
          AND json_extract(change, '$.mailing') = ?1))
      OR (subjectKind = 'edition' AND subject IN (
        SELECT subject FROM journal JOIN journalDetail ON journalDetail.id = journal.id
        WHERE subjectKind = 'edition' AND action = 'edition.propose'
          AND json_extract(change, '$.mailing') = ?1))
      """,
      [mailing],
      in: db,
      body
    )
  }

  /// Walks through entries about one record, oldest first.
  static func each(
    about subject: Subject,
    in db: Database,
    _ body: (JournalledChange) throws -> Void
  ) throws {
    try walk(
      "subjectKind = ?1 AND subject = ?2",
      [subject.kind.rawValue, subject.id],
      in: db,
      body
    )
  }

  /// Walks through entries about records of a kind, oldest first.
  static func each(
    about kind: Subject.Kind,
    in db: Database,
    _ body: (JournalledChange) throws -> Void
  ) throws {
    try walk("subjectKind = ?1", [kind.rawValue], in: db, body)
  }

  private static func walk(
    _ condition: String,
    _ arguments: StatementArguments,
    in db: Database,
    _ body: (JournalledChange) throws -> Void
  ) throws {
    try db.rows(
      """
      SELECT \(JournalRecord.columns), change, reference FROM journal
      JOIN journalDetail ON journalDetail.id = journal.id
      WHERE (\(condition)) AND change IS NOT NULL ORDER BY journal.id
      """,
      arguments
    ) { row in
      try body(
        JournalledChange(
          try JournalRecord.entry(row),
          try row.text(15),
          reference: try row.text(16)
        )
      )
    }
  }

  /// Whether a second person was needed for what was put up in an entry; nil where what the
  /// organisation said then was erased.
  static func neededTwo(at entry: JournalSequence, in db: Database) throws -> Bool? {
    let row = try db.row(
      """
      SELECT change FROM journal JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = 'organisation' AND action = ? AND journal.id < ?
      ORDER BY journal.id DESC LIMIT 1
      """,
      [SetOrganisation.name, entry]
    )
    guard let row else { return Organisation().needsSecondPerson }
    return try row.optionalText(0).map {
      try JSON.value($0, as: SetOrganisation.self).organisation.needsSecondPerson
    }
  }
}
