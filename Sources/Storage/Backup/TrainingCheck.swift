internal import GRDB
internal import Model

/// Compares staff, training and phishing exercises with the journal, results with their digests.
enum TrainingCheck {
  static func run(_ db: Database, _ report: inout RecordVerifier.Report) throws {
    guard try db.tableExists("phishingResult") else { return }
    for table in ["staffGroup", "staff", "course", "trainingPlan", "completion", "phishing"] {
      report.training += Int(try db.number("SELECT count(*) FROM \(table)"))
    }
    report.bad += try KeptCheck<StaffGroupFacts>.problems(in: db)
    report.bad += try KeptCheck<StaffFacts>.problems(in: db)
    report.bad += try KeptCheck<CourseFacts>.problems(in: db)
    report.bad += try KeptCheck<TrainingPlanFacts>.problems(in: db)
    report.bad += try KeptCheck<CompletionFacts>.problems(in: db)
    report.bad += try KeptCheck<PhishingFacts>.problems(in: db)
    report.bad += try results(in: db)
  }

  private static func results(in db: Database) throws -> [RecordVerifier.BadRecord] {
    var bad: [RecordVerifier.BadRecord] = []
    func note(_ id: RecordID, _ problem: String) {
      bad.append(.init(subject: Subject(.phishing, id), reference: "", problem: problem))
    }
    var exercises: [PhishingExercise] = []
    try db.rows("SELECT \(KeptTable<PhishingFacts>.columns) FROM phishing ORDER BY id") {
      if let exercise = try? KeptTable<PhishingFacts>.read($0) { exercises.append(exercise) }
    }
    for exercise in exercises {
      let rows = try PhishingRecord.digest(of: exercise.id, in: db)
      if rows.count != exercise.facts.count || rows.digest != exercise.facts.results {
        note(exercise.id, "its results are not those that came in")
      }
    }
    try db.rows(
      """
      SELECT DISTINCT phishing FROM phishingResult
      WHERE phishing NOT IN (SELECT id FROM phishing) ORDER BY phishing
      """
    ) { note(try $0.number(0), "there are results of it, but it never was") }
    return bad
  }
}
