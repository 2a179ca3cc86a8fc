internal import GRDB
internal import Model

extension BatchBoard: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Row] {
    try BatchRecord.all(of: mailing, in: db).map { found in
      // A screen looks at so many and says that there are more: nothing there counts a whole table.
      let limit = most.map { Int64($0) + 1 } ?? -1
      var returns: [ReturnOutcome: Int] = [:]
      try db.rows(
        """
        SELECT outcome, count(*)
        FROM (SELECT outcome FROM batchReturn WHERE batch = ? LIMIT ?) GROUP BY outcome
        """,
        [found.id, limit]
      ) { returns[try $0.word(0)] = Int(try $0.number(1)) }
      let isCut = most.map { returns.values.reduce(0, +) > $0 } ?? false
      return Row(batch: found.batch, returns: returns, areReturnsCut: isCut)
    }
  }
}
