internal import GRDB
internal import Model

/// The counters that references come from: none may give out a number that was given out.
enum CounterCheck: RecordCheck {
  private static let last = [
    "last": "may be ahead of the highest number that was given out; where it is behind is named"
  ]

  static let tables = ["referenceCounter", "findingCounter", "auditReference", "requestCounter"]
    .map { CheckedTable($0, .none, ["*"], free: last) }

  /// The years that a counter counted, and the highest number that was given out in each, as SQL.
  private static let given: [(counter: String, numbers: String)] = [
    ("referenceCounter", ordered("incident")), ("findingCounter", ordered("finding")),
    ("auditReference", ordered("audit")), ("mailingCounter", ordered("mailing")),
    (
      "requestCounter",
      """
      SELECT CAST(substr(reference, 5, 4) AS INTEGER) AS year,
        max(CAST(substr(reference, 10) AS INTEGER)) AS number
      FROM request GROUP BY 1
      """
    ),
  ]

  private static func ordered(_ table: String) -> String {
    """
    SELECT referenceOrder / 10000000000 AS year, max(referenceOrder % 10000000000) AS number
    FROM \(table) GROUP BY 1
    """
  }

  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    for (counter, numbers) in given {
      try db.rows(
        """
        SELECT year FROM (\(numbers)) LEFT JOIN \(counter) ON \(counter).id = year
        WHERE coalesce(last, 0) < number ORDER BY year
        """
      ) { row in
        try note(
          Subject(.store, 1),
          "",
          "\(counter) would give out numbers of \(try row.number(0)) a second time"
        )
      }
    }
  }
}
