internal import GRDB
internal import Model

/// Batches: who is in them, what was written, how they ended.
enum BatchCheck: MailingPartCheck {
  static let tables = [
    CheckedTable(
      "mailingBatch",
      .mailing("mailing"),
      [
        "id", "mailing", "number", "channel", "state", "columns", "hasTexts", "reason", "count",
        "handled", "handedOver", "mark", "files", "openedAt", "openedBy", "fixedAt", "closedAt",
        "isRegistered", "isGivenUp",
      ]
    ),
    CheckedTable(
      "batchLine",
      .row("batch", of: "mailingBatch"),
      ["batch", "line", "person", "step"]
    ),
  ]

  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var replay = BatchReplay()
    try MailingJournal.each(
      of: mailing,
      BatchReplay.actions,
      where: "action <> 'recipients.move' OR json_extract(change, '$.what.batch') IS NOT NULL",
      in: db
    ) { try replay.take($0) }
    var problems: [String] = []
    for (number, batch) in replay.batches.sorted(by: { $0.key < $1.key }) {
      guard let found = try BatchRecord.find(number, of: mailing, in: db) else {
        problems.append("batch \(number) was deleted")
        continue
      }
      problems += compare(found, batch).map { "batch \(number) \($0)" }
      if found.batch.files != batch.files {
        problems.append("the files of batch \(number) are not those that were written")
      }
      if try !hasItsLines(found, batch, replay.fixed[number]?.change, in: db) {
        problems.append("the recipients of batch \(number) are not those that were in it")
      }
      if found.mark != replay.fixed[number]?.entry {
        problems.append("batch \(number) names another moment than the one it was fixed at")
      }
    }
    let all = try db.number("SELECT count(*) FROM mailingBatch WHERE mailing = ?", [mailing])
    if all > Int64(replay.batches.count) { problems.append("there are batches that nobody began") }
    return problems
  }

  private static func compare(_ found: BatchRecord.Found, _ expected: MailingBatch) -> [String] {
    let batch = found.batch
    var problems: [String] = []
    if batch.channel != expected.channel || batch.columns != expected.columns
      || batch.hasTexts != expected.hasTexts || batch.reason != expected.reason
      || batch.isRegistered != expected.isRegistered
      || batch.openedAt != expected.openedAt || batch.openedBy != expected.openedBy
    {
      problems.append("does not say what it was begun with")
    }
    if batch.state != expected.state || batch.isGivenUp != expected.isGivenUp {
      problems.append("is not as far as it says")
    }
    if batch.fixedAt != expected.fixedAt || batch.closedAt != expected.closedAt {
      problems.append("was complete or closed at another time")
    }
    if batch.handedOver != expected.handedOver {
      problems.append("says another number of handed over than the journal")
    }
    let handled =
      switch expected.state {
      case .gathering, .fixed: 0...0
      case .written: batch.handedOver...max(batch.handedOver, batch.count)
      case .closed where expected.isGivenUp: batch.handedOver...max(batch.handedOver, batch.count)
      case .closed: batch.count...batch.count
      }
    if !handled.contains(found.handled) { problems.append("was handed over to another line") }
    return problems
  }

  /// Whether a batch holds those who were claimed for it.
  private static func hasItsLines(
    _ found: BatchRecord.Found,
    _ expected: MailingBatch,
    _ fix: FixBatch?,
    in db: Database
  ) throws -> Bool {
    guard found.batch.count == expected.count else { return false }
    if let fix {
      let (count, lines) = try BatchRecord.linesDigest(of: found.id, in: db)
      return count == fix.count && lines == fix.listed && count == expected.count
    }
    // Before it is fixed nothing commits to the lines but the claims of the people in them.
    let row = try db.row(
      """
      SELECT count(*), count(after), coalesce(max(line), 0) FROM batchLine
      LEFT JOIN recipientEvent ON recipient = person AND recipientEvent.step = batchLine.step
        AND after = ? WHERE batch = ?
      """,
      [RecipientState.uncertain.code, found.id]
    )
    return try [0, 1, 2].allSatisfy { try row?.number($0) == Int64(expected.count) }
  }
}
