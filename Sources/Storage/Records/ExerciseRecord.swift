internal import GRDB
internal import Model

/// Reads and writes the ends of exercises, and what their scores are made of.
enum ExerciseRecord {
  /// The exercise that a change is to end.
  static func running(
    _ id: RecordID,
    _ change: EndExercise,
    _ context: ChangeContext,
    in db: Database
  ) throws -> Incident {
    let incident = try IncidentRecord.existing(id, in: db)
    guard let exercise = incident.exercise else {
      throw StoreError.refused(
        "\(incident.reference) is a real incident, only an exercise is ended; " + Exercise.whyFixed
      )
    }
    try change.checkVersion(incident.version, of: change.subject, context, in: db) { [] }
    guard !incident.isRemoved else {
      throw StoreError.refused("\(incident.reference) was removed; restore it first")
    }
    if let end = exercise.end {
      throw StoreError.refused("\(incident.reference) was ended by \(end.by) at \(end.at) already")
    }
    return incident
  }

  /// Moves an exercise to a state with its end; keeps one that is there already.
  static func move(
    _ incident: inout Incident,
    to state: IncidentState,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    incident.state = state
    incident.version += 1
    incident.updatedAt = context.now
    try IncidentRecord.update(incident, was: incident.facts, context, in: db)
  }

  /// Keeps an end with its score.
  static func write(_ final: EndExercise.FinalScore, of id: RecordID, in db: Database) throws {
    try db.run(
      "INSERT INTO exerciseEnd (id, endedAt, endedBy, score) VALUES (?, ?, ?, ?)",
      [id, final.end.at.milliseconds, final.end.by, try JSON.text(final.score)]
    )
  }

  /// The end and the score of an exercise that has ended.
  static func final(of id: RecordID, in db: Database) throws -> EndExercise.FinalScore? {
    try db.row("SELECT endedAt, endedBy, score FROM exerciseEnd WHERE id = ?", [id]).map {
      EndExercise.FinalScore(
        end: Exercise.End(at: try $0.instant(0), by: try $0.text(1)),
        score: try JSON.value(try $0.text(2))
      )
    }
  }

  /// What an exercise says otherwise of its end now.
  static func overtaken(_ incident: Incident, isEnded: Bool) -> [Conflict.Difference] {
    func word(_ isEnded: Bool) -> String { isEnded ? "ended" : "running" }
    let now = incident.exercise?.end != nil
    return now == isEnded
      ? [] : [Conflict.Difference(field: "exercise", theirs: word(now), ours: word(isEnded))]
  }

  /// The course of an exercise, as far as it has come.
  static func course(of incident: Incident, in db: Database) throws -> DrillCourse {
    var course = DrillCourse(
      incident: incident,
      duties: try ClockRecord.list(of: incident.id, in: db),
      filings: try FilingRecord.list(of: incident.id, in: db),
      decisions: try DecisionRecord.list(of: incident.id, in: db),
      isCurrent: try db.number(
        "SELECT coalesce(max(isCurrent), 0) FROM obligationCheck WHERE incident = ?",
        [incident.id]
      ) != 0
    )
    let undone = try undone(of: incident.id, in: db)
    try db.rows(
      """
      SELECT journal.at, journal.action, journalDetail.change, journal.id
      FROM journalDetail JOIN journal ON journal.id = journalDetail.id
      WHERE journalDetail.incident = ? AND journal.undoes IS NULL
        AND journal.action IN ('incident.edit', 'incident.move', 'timeline.add')
      ORDER BY journal.id
      """,
      [incident.id]
    ) { row in
      let (at, action) = (try row.instant(0), try row.text(1))
      guard !undone.contains(try row.number(3)) else { return }
      guard action == EditIncident.name else {
        if course.actedAt == nil { course.actedAt = at }
        return
      }
      guard course.assessedAt == nil, let text = try row.optionalText(2) else { return }
      let edit = try JSON.value(text, as: EditIncident.self)
      let isAssessment = edit.edits.contains {
        if case .severity(.some) = $0 { true } else { false }
      }
      if isAssessment { course.assessedAt = at }
    }
    return course
  }

  /// The entries of an incident that were taken back, and not brought back by a later undo of that.
  private static func undone(of incident: RecordID, in db: Database) throws
    -> Set<JournalSequence>
  {
    var undone: Set<JournalSequence> = []
    // Newest first: whether an undo still stands is known before what it took back is looked at.
    try db.rows(
      """
      SELECT journal.id, journal.undoes
      FROM journalDetail JOIN journal ON journal.id = journalDetail.id
      WHERE journalDetail.incident = ? AND journal.undoes IS NOT NULL ORDER BY journal.id DESC
      """,
      [incident]
    ) { row in
      if !undone.contains(try row.number(0)) { undone.insert(try row.number(1)) }
    }
    return undone
  }
}

extension ExerciseScore: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> DrillScore? {
    guard let found = try IncidentRecord.fetch(incident, in: db), found.isExercise else {
      return nil
    }
    if let final = try ExerciseRecord.final(of: incident, in: db) { return final.score }
    return DrillScore(
      try ExerciseRecord.course(of: found, in: db),
      until: context.now,
      isFinal: false
    )
  }
}
