internal import GRDB
internal import Model

extension RecordVerified: SQLMeasure {
  static func facts(in db: Database, _ context: MeasureContext) throws -> RecordVerified {
    RecordVerified(
      head: try db.number("SELECT coalesce(max(id), 0) FROM journal"),
      last: try VerificationRecord.standing(in: db),
      before: try VerificationRecord.last(until: context.then, in: db)
    )
  }
}

extension LastVerification: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> VerificationMark? {
    try VerificationRecord.standing(in: db)
  }
}

/// Reads verifications, which stand in the journal; beside the store where that was found broken.
enum VerificationRecord {
  /// What counts at present: that the journal was found broken, until it is found sound, or else the
  /// last verification.
  static func standing(in db: Database) throws -> VerificationMark? {
    let path = try db.row("SELECT file FROM pragma_database_list WHERE name = 'main'")?
      .optionalText(0)
    if let path, !path.isEmpty, let found = UnsoundFile.read(beside: path) { return found }
    return try last(in: db)
  }

  /// The last one, or the last until an instant; nil where there is none, or its details were erased.
  static func last(until: Instant? = nil, in db: Database) throws -> VerificationMark? {
    let row = try db.row(
      """
      SELECT journal.at, journal.actor, journalDetail.change
      FROM journal JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = 'store' AND subject = 1 AND action = '\(RecordVerification.name)'
        AND journal.at <= ? ORDER BY journal.id DESC LIMIT 1
      """,
      [until?.milliseconds ?? Int64.max]
    )
    guard let row, let text = try row.optionalText(2) else { return nil }
    return VerificationMark(
      at: try row.instant(0),
      by: try row.text(1),
      try JSON.value(text, as: RecordVerification.self)
    )
  }
}
