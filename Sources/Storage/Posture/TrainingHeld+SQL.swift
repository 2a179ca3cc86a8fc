internal import GRDB
internal import Model

extension TrainingHeld: SQLMeasure {
  static func facts(in db: Database, _ context: MeasureContext) throws -> TrainingHeld {
    let staff = try KeptTable<StaffFacts>.list(in: db)
    guard !staff.isEmpty else {
      return TrainingHeld(people: 0, now: DutyTally(), before: DutyTally(), courses: [])
    }
    let ledger = try TrainingLedger(at: context.now, in: db)
    var (all, people) = (DutyTally(), 0)
    var courses: [RecordID: Late] = [:]
    for person in staff where person.facts.isPresent(on: ledger.today) {
      people += 1
      for duty in ledger.duties(of: person) {
        all[duty.standing.state] += 1
        let id = duty.course.id
        var course = courses[id] ?? Late(id: id, code: duty.course.facts.code, late: 0, total: 0)
        course.total += 1
        if duty.standing.state.isLate { course.late += 1 }
        courses[id] = course
      }
    }
    return TrainingHeld(
      people: people,
      now: all,
      before: try TrainingLedger(at: context.then, in: db).tally(of: staff),
      courses: courses.values.filter { $0.late > 0 }
        .sorted { (-$0.late, $0.code) < (-$1.late, $1.code) }.prefix(Posture.steps).map(\.self)
    )
  }
}

extension TrainingLedger {
  /// How the duties of people stand on the ledger's day.
  func tally(of staff: [Staff]) -> DutyTally {
    var tally = DutyTally()
    for person in staff {
      for duty in duties(of: person) { tally[duty.standing.state] += 1 }
    }
    return tally
  }
}
