internal import GRDB
internal import Model

/// What came back of batches.
enum ReturnCheck: MailingPartCheck {
  static let tables = [
    CheckedTable(
      "batchReturn",
      .row("batch", of: "mailingBatch"),
      ["batch", "person", "outcome", "entry"]
    ),
    CheckedTable(
      "returnInput",
      .mailing("mailing"),
      [],
      free: [
        "mailing": "which mailing a file was imported into",
        "input": "knows a file again, so that it is said when it is given twice",
        "at": "when that file was given first",
      ]
    ),
  ]

  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var problems: [String] = []
    var count = 0
    try MailingJournal.each(of: mailing, [RecordReturns.name], in: db) { said in
      let (entry, change) = (said.entry, try said.read(RecordReturns.self))
      var rows: [(batch: Int64, person: Int64, outcome: String)] = []
      try db.rows(
        """
        SELECT batch, person, outcome FROM batchReturn WHERE entry = ?
        ORDER BY batch, person, outcome
        """,
        [entry.sequence]
      ) { rows.append((try $0.number(0), try $0.number(1), try $0.text(2))) }
      if rows.count != change.count || ReturnTaking.digest(rows) != change.returns {
        problems.append("the returns of entry \(entry.sequence) are not those that came in")
      }
      count += rows.count
    }
    let all = try db.number(
      """
      SELECT count(*) FROM mailingBatch CROSS JOIN batchReturn ON batch = mailingBatch.id
      WHERE mailing = ?
      """,
      [mailing]
    )
    if all != Int64(count) { problems.append("there are returns that never came in") }
    return problems
  }
}
