internal import GRDB
internal import Model

extension JournalWindow: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<JournalLine> {
    var conditions: [String] = []
    var arguments: StatementArguments = []
    if let subject = filter.subject {
      if subject.kind == .incident {
        conditions.append("journal.id IN (SELECT id FROM journalDetail WHERE incident = ?)")
        arguments += [subject.id]
      } else if subject.kind == .finding {
        // A scan moves many findings in one entry, whose inverse names them.
        conditions.append(
          """
          (journal.subjectKind = 'finding' AND journal.subject = ? OR journal.id IN (
            SELECT scan.id FROM journal AS scan JOIN journalDetail ON journalDetail.id = scan.id
            WHERE scan.subjectKind = 'audit' AND scan.action = 'audit.scan' AND EXISTS (
              SELECT 1 FROM json_each(journalDetail.inverse, '$.change.findings') AS moved
              WHERE json_extract(moved.value, '$.version') IS NOT NULL
                AND json_extract(moved.value, '$.after.finding') = ?)))
          """
        )
        arguments += [subject.id, subject.id]
      } else {
        conditions.append("journal.subjectKind = ? AND journal.subject = ?")
        arguments += [subject.kind.rawValue, subject.id]
      }
    }
    if let actor = filter.actor {
      conditions.append("journal.actor = ?")
      arguments += [actor]
    }
    if let action = filter.action {
      conditions.append("substr(journal.action, 1, length(?)) = ?")
      arguments += [action, action]
    }
    if let since = filter.since {
      conditions.append("journal.at >= ?")
      arguments += [since.milliseconds]
    }
    if let until = filter.until {
      conditions.append("journal.at < ?")
      arguments += [until.milliseconds]
    }
    // Without gaps, a stretch of the journal needs no counting and no skipping.
    let isStretch = conditions.isEmpty
    let floor = max(0, filter.after ?? 0)
    if let after = filter.after {
      conditions.append("journal.id > ?")
      arguments += [after]
    }
    let condition = conditions.isEmpty ? "1" : conditions.joined(separator: " AND ")
    let head = try db.number("SELECT coalesce(max(id), 0) FROM journal")
    let total =
      isStretch
      ? Int(max(0, head - floor))
      : Int(try db.number("SELECT count(*) FROM journal WHERE \(condition)", arguments))
    let stretch =
      isStretch
      ? (
        "journal.id <= ? AND journal.id > ?",
        [head - Int64(min(window.start, total)), floor, window.count, 0]
      )
      : (condition, arguments + [window.count, window.start])
    var lines: [JournalLine] = []
    try db.rows(
      """
      SELECT \(JournalRecord.columns), reference, headline, change, inverse IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM journal AS later WHERE later.undoes = journal.id),
        EXISTS (SELECT 1 FROM incident WHERE incident.id = journalDetail.incident AND isExercise = 1)
      FROM journal LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE \(stretch.0) ORDER BY journal.id DESC LIMIT ? OFFSET ?
      """,
      stretch.1
    ) { lines.append(try JournalRecord.line($0)) }
    return Page(window: window, rows: lines, total: total)
  }
}

extension JournalHead: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    let (sequence, hash) = try JournalRecord.head(in: db)
    return Answer(sequence: sequence, hash: hash)
  }
}

extension ChangesSince: SQLQuestion {
  /// Names the incident too when something that belongs to it was altered.
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    var answer = Answer(
      head: try db.number("SELECT coalesce(max(id), 0) FROM journal"),
      subjects: []
    )
    var seen: Set<Subject> = []
    let cursor = try Row.fetchCursor(
      try db.cachedStatement(
        sql: """
          SELECT subjectKind, subject, incident
          FROM journal LEFT JOIN journalDetail ON journalDetail.id = journal.id
          WHERE journal.id > ? ORDER BY journal.id DESC
          """
      ),
      arguments: [after]
    )
    while seen.count < 999, let row = try cursor.next() {
      var subjects = [Subject(try row.word(0), try row.number(1))]
      if let incident = try row.optionalNumber(2) { subjects.append(Subject(.incident, incident)) }
      for subject in subjects where seen.insert(subject).inserted {
        answer.subjects.append(subject)
      }
    }
    return answer
  }
}
