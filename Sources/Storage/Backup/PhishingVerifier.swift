internal import GRDB
internal import Model

/// Compares the results of phishing exercises with the digests that their entries have.
enum PhishingVerifier {
  /// Compares them; nothing in a store from before there were exercises.
  static func check(_ db: Database, _ report: inout RecordVerifier.Report) throws {
    guard try db.tableExists("phishingResult") else { return }
    var exercises: [PhishingExercise] = []
    try db.rows("SELECT \(KeptTable<PhishingFacts>.head) FROM phishing ORDER BY id") {
      if let exercise = try? KeptTable<PhishingFacts>.read($0) { exercises.append(exercise) }
    }
    for exercise in exercises {
      let rows = try PhishingRecord.digest(of: exercise.id, in: db)
      if rows.count != exercise.facts.count || rows.digest != exercise.facts.results {
        report.add(Subject(.phishing, exercise.id), "", "its results are not those that came in")
      }
    }
    try db.rows(
      """
      SELECT DISTINCT phishing FROM phishingResult
      WHERE phishing NOT IN (SELECT id FROM phishing) ORDER BY phishing
      """
    ) {
      let subject = Subject(.phishing, try $0.number(0))
      report.add(subject, "", "there are results of it, but it never was")
    }
  }
}
