internal import GRDB
internal import Model

/// Messages that were handed over: one pass, against the digest that each step's entry has.
enum DeliveryCheck: MailingPartCheck {
  static let tables = [
    CheckedTable("delivery", .person("recipient"), ["recipient", "step", "messageID", "digest"])
  ]

  /// Messages of one step, as far as they were met.
  private struct Step {
    var change: RecordDeliveries
    var count = 0
    var digest = RunningDigest()
  }

  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var steps: [Int64: Step] = [:]
    try MailingJournal.each(of: mailing, [RecordDeliveries.name], in: db) { entry in
      let change = try entry.read(RecordDeliveries.self)
      steps[change.step] = Step(change: change)
    }
    var problems: [String] = []
    let range = LedgerID.range(mailing)
    try db.rows(
      """
      SELECT recipient, step, messageID, digest FROM delivery WHERE recipient BETWEEN ? AND ?
      ORDER BY recipient, step
      """,
      [range.lowerBound, range.upperBound]
    ) { row in
      let (recipient, number) = (try row.number(0), try row.number(1))
      guard let index = steps.index(forKey: number) else {
        if problems.count < 20 {
          problems.append("a message to recipient \(LedgerID.number(recipient)) is of no step")
        }
        return
      }
      steps.values[index].count += 1
      LedgerDigest.message(
        recipient,
        try row.text(2),
        try row.block(3),
        into: &steps.values[index].digest
      )
    }
    for (number, step) in steps.sorted(by: { $0.key < $1.key })
    where step.count != step.change.count || step.digest.text != step.change.messages {
      problems.append("the messages of step \(number) are not those in the journal")
    }
    return problems
  }
}
