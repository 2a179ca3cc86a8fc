internal import GRDB
internal import Model

/// Recomputes the digests of messages that were handed over, and compares them with the journal.
struct DeliveryCheck {
  private let mailing: RecordID
  private var steps: [Int64: Step] = [:]
  private(set) var problems: [String] = []

  /// Messages of one step, as far as they were met.
  private struct Step {
    var change: RecordDeliveries
    var count = 0
    var digest = RunningDigest()
  }

  init(_ mailing: RecordID, in db: Database) throws {
    self.mailing = mailing
    try db.rows(
      """
      SELECT change FROM journal JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = 'mailing' AND subject = ? AND change IS NOT NULL AND action = ?
      """,
      [mailing, RecordDeliveries.name]
    ) { row in
      let change = try JSON.value(try row.text(0), as: RecordDeliveries.self)
      steps[change.step] = Step(change: change)
    }
  }

  mutating func run(in db: Database) throws {
    let range = LedgerID.range(mailing)
    try db.rows(
      """
      SELECT recipient, step, messageID, digest FROM delivery WHERE recipient BETWEEN ? AND ?
      ORDER BY recipient, step
      """,
      [range.lowerBound, range.upperBound]
    ) { row in
      let (recipient, number) = (try row.number(0), try row.number(1))
      guard var step = steps.removeValue(forKey: number) else {
        return add("a message to recipient \(LedgerID.number(recipient)) is of no step")
      }
      step.count += 1
      LedgerDigest.message(
        recipient,
        try row.text(2),
        try row.block(3),
        into: &step.digest
      )
      steps[number] = step
    }
    for (number, step) in steps.sorted(by: { $0.key < $1.key })
    where step.count != step.change.count || step.digest.text != step.change.messages {
      add("the messages of step \(number) are not those in the journal")
    }
  }

  private mutating func add(_ problem: String) {
    if problems.count < 20, !problems.contains(problem) { problems.append(problem) }
  }
}
