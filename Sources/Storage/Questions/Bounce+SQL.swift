internal import GRDB
internal import Model

extension RecipientBounces: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [BounceNote] {
    guard (1...0xFFFF_FFFF).contains(number) else { return [] }
    var notes: [BounceNote] = []
    try db.rows(
      """
      SELECT journal.at, kind, reason, status, matchedBy, outcome FROM bounce
      JOIN journal ON journal.id = entry WHERE person = ? ORDER BY entry, line
      """,
      [LedgerID.recipient(mailing, number)]
    ) { notes.append(try BounceRecord.note($0)) }
    return notes
  }
}

extension MailingBounces: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [Row] {
    var rows: [Row] = []
    try db.rows(
      """
      SELECT reason, outcome, count FROM bounceTally WHERE mailing = ?
      ORDER BY count DESC, reason, outcome
      """,
      [mailing]
    ) { row in
      guard let outcome = BounceOutcome(word: try row.text(1)) else {
        throw UnknownWord(type: "BounceOutcome")
      }
      rows.append(
        Row(reason: try row.word(0), outcome: outcome, count: Int(try row.number(2)))
      )
    }
    return rows
  }
}

extension ProofOpening: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [UInt8]? {
    let reader = try LedgerReader(mailing, context.keys, in: db)
    guard (1...Int64(max(1, reader.mailing.recipients))).contains(number) else { return nil }
    return reader.key?.opening(of: number)
  }
}

/// Reads what is kept of mails that came back.
enum BounceRecord {
  /// Reads instant, kind, reason, status, match and outcome.
  static func note(_ row: Row) throws -> BounceNote {
    guard let outcome = BounceOutcome(word: try row.text(5)) else {
      throw UnknownWord(type: "BounceOutcome")
    }
    return BounceNote(
      at: try row.instant(0),
      kind: try row.word(1),
      reason: try row.word(2),
      status: try row.text(3),
      match: try row.word(4),
      outcome: outcome
    )
  }
}
