internal import GRDB
internal import Model

extension PhishingHeld: SQLMeasure {
  static func facts(in db: Database, _ context: MeasureContext) throws -> PhishingHeld {
    let today = DayNumber(context.now, in: context.zone)
    let held = try KeptTable<PhishingFacts>.list(in: db).filter { $0.facts.sentOn <= today }
      .sorted { ($0.facts.sentOn, $0.id) > ($1.facts.sentOn, $1.id) }
    let least = context.organisation.privacyOfStaff.minimumGroup
    func exercise(_ found: PhishingExercise?) throws -> Exercise? {
      try found.map { found in
        let counts = try PhishingRecord.counts(of: found.id, in: db)
        return Exercise(
          id: found.id,
          sentOn: found.facts.sentOn,
          counts: counts.sent >= least ? counts : nil
        )
      }
    }
    return PhishingHeld(
      last: try exercise(held.first),
      before: try exercise(held.dropFirst().first),
      today: today
    )
  }
}

extension PhishingRecord {
  /// What all people did in an exercise, however few.
  static func counts(of exercise: RecordID, in db: Database) throws -> PhishingCounts {
    var counts = PhishingCounts()
    try db.rows(
      """
      SELECT reached, isReported, count(*) FROM phishingResult WHERE phishing = ? GROUP BY 1, 2
      """,
      [exercise]
    ) { row in
      guard let reached = PhishingResult.Step(rawValue: Int(try row.number(0))) else {
        throw UnknownWord(type: "PhishingResult.Step")
      }
      counts.add(reached, isReported: try row.flag(1), people: Int(try row.number(2)))
    }
    return counts
  }
}
