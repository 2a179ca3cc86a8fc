internal import GRDB
internal import Model

extension StartExercise: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    try OpenIncident(facts: facts).perform(in: db, context, exercise: Exercise())
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try OpenIncident(facts: facts).overtaken(on: subject, in: db)
  }

  var lines: [String] {
    OpenIncident(facts: facts).lines + (from.isEmpty ? [] : ["facts copied from: \(from)"])
  }
}

extension EndExercise: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var incident = try ExerciseRecord.running(id, self, context, in: db)
    guard earlier == nil || context.isUndo else {
      throw StoreError.refused("an earlier end is put back by undo alone")
    }
    let final =
      try earlier
      ?? FinalScore(
        end: Exercise.End(at: context.now, by: context.actor.name),
        score: DrillScore(
          ExerciseRecord.course(of: incident, in: db),
          until: context.now,
          isFinal: true
        )
      )
    let old = incident.state
    try ExerciseRecord.write(final, of: id, in: db)
    try ExerciseRecord.move(&incident, to: .closed, context, in: db)
    return Performed(
      subject: subject,
      version: incident.version,
      reference: incident.reference,
      incident: id,
      inverse: ResumeExercise(id: id, basedOn: incident.version, state: old)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    ExerciseRecord.overtaken(try IncidentRecord.existing(subject.id, in: db), isEnded: true)
  }
}

extension ResumeExercise: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var incident = try IncidentRecord.existing(id, in: db)
    try checkVersion(incident.version, of: subject, context, in: db) { [] }
    guard let final = try ExerciseRecord.final(of: id, in: db) else {
      throw StoreError.refused("\(incident.reference) has not ended")
    }
    try db.run("DELETE FROM exerciseEnd WHERE id = ?", [id])
    try ExerciseRecord.move(&incident, to: state, context, in: db)
    return Performed(
      subject: subject,
      version: incident.version,
      reference: incident.reference,
      incident: id,
      inverse: EndExercise(id: id, basedOn: incident.version, earlier: final)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    ExerciseRecord.overtaken(try IncidentRecord.existing(subject.id, in: db), isEnded: false)
  }

  var lines: [String] { ["state: \(state.label)"] }
}
