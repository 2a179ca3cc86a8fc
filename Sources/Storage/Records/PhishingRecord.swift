internal import Foundation
internal import GRDB
internal import Model

/// Reads and writes what people did with the mails of phishing exercises.
enum PhishingRecord {
  /// What one person did, as it is kept.
  struct Row {
    var staff: RecordID?
    var group: RecordID?
    var reached: PhishingResult.Step
    var isReported: Bool
    var sentAt: Instant?
    var reportedAt: Instant?
  }

  static func insert(
    _ result: PhishingResult,
    _ staff: Staff?,
    _ place: Int,
    of exercise: RecordID,
    in db: Database
  ) throws {
    try db.run(
      """
      INSERT INTO phishingResult (phishing, place, staff, staffGroup, reached, isReported, sentAt,
        openedAt, clickedAt, submittedAt, reportedAt)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        exercise, place, staff?.id, staff?.facts.group, result.reached.rawValue, result.isReported,
        result.sentAt?.milliseconds, result.openedAt?.milliseconds, result.clickedAt?.milliseconds,
        result.submittedAt?.milliseconds, result.reportedAt?.milliseconds,
      ]
    )
  }

  /// How many results an exercise has, and the digest over all that is kept of them.
  static func digest(of exercise: RecordID, in db: Database) throws -> (count: Int, digest: String)
  {
    var (digest, count) = (RunningDigest(), 0)
    try db.rows(
      """
      SELECT place, staff, staffGroup, reached, isReported, sentAt, openedAt, clickedAt,
        submittedAt, reportedAt
      FROM phishingResult WHERE phishing = ? ORDER BY place
      """,
      [exercise]
    ) { row in
      for index in 0..<10 {
        let value = try row.optionalNumber(index)
        digest.update(value == nil ? 0 : 1, value ?? 0)
      }
      count += 1
    }
    return (count, digest.text)
  }

  /// What people did, in the order in which it came in.
  static func rows(of exercise: RecordID, in db: Database) throws -> [Row] {
    var rows: [Row] = []
    try db.rows(
      """
      SELECT staff, staffGroup, reached, isReported, sentAt, reportedAt
      FROM phishingResult WHERE phishing = ? ORDER BY place
      """,
      [exercise]
    ) { row in
      guard let reached = PhishingResult.Step(rawValue: Int(try row.number(2))) else {
        throw UnknownWord(type: "PhishingResult.Step")
      }
      rows.append(
        Row(
          staff: try row.optionalNumber(0),
          group: try row.optionalNumber(1),
          reached: reached,
          isReported: try row.flag(3),
          sentAt: try row.optionalNumber(4).map { Instant(milliseconds: $0) },
          reportedAt: try row.optionalNumber(5).map { Instant(milliseconds: $0) }
        )
      )
    }
    return rows
  }

  /// The numbers of all exercises, oldest first.
  static func trend(least: Int, in db: Database) throws -> [PhishingTrend.Row] {
    var earlier: [RecordID: Bool] = [:]
    return try KeptTable<PhishingFacts>.list(in: db).map { exercise in
      let rows = try rows(of: exercise.id, in: db)
      defer {
        for row in rows where row.reached >= .sent {
          guard let staff = row.staff else { continue }
          earlier[staff] = (earlier[staff] ?? false) || row.reached >= .clicked
        }
      }
      var line = PhishingTrend.Row(exercise: exercise)
      var counts = PhishingCounts()
      for row in rows { counts.add(row.reached, isReported: row.isReported) }
      guard counts.sent >= least else { return line }
      line.counts = counts
      let again = rows.filter { row in
        row.reached >= .sent && row.staff.map { earlier[$0] != nil } == true
      }
      if again.count >= least {
        line.again = again.count
        line.repeated = again.count { row in
          row.reached >= .clicked && row.staff.map { earlier[$0] == true } == true
        }
      }
      if let start = rows.compactMap(\.sentAt).min(),
        let first = rows.compactMap(\.reportedAt).min()
      {
        line.firstReport = max(0, (first - start).wholeMilliseconds / 1000)
      }
      let times = rows.compactMap { row -> Int64? in
        guard let sent = row.sentAt, let reported = row.reportedAt else { return nil }
        return max(0, (reported - sent).wholeMilliseconds / 1000)
      }.sorted()
      if !times.isEmpty { line.medianReport = median(times) }
      return line
    }
  }

  private static func median(_ sorted: [Int64]) -> Int64 {
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
