internal import GRDB
internal import Model

extension RecipientReturns: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [ReturnNote] {
    guard (1...0xFFFF_FFFF).contains(number) else { return [] }
    var notes: [ReturnNote] = []
    try db.rows(
      """
      SELECT at, actor, number, channel, outcome FROM mailingBatch
      CROSS JOIN batchReturn ON batchReturn.batch = mailingBatch.id
      JOIN journal ON journal.id = batchReturn.entry
      WHERE mailingBatch.mailing = ? AND person = ? ORDER BY batchReturn.entry, outcome
      """,
      [mailing, LedgerID.recipient(mailing, number)]
    ) { row in
      notes.append(
        ReturnNote(
          at: try row.instant(0),
          by: try row.text(1),
          batch: try row.number(2),
          channel: try row.word(3),
          outcome: try row.word(4)
        )
      )
    }
    return notes
  }
}
