internal import GRDB
internal import Model

extension LogMatter: JournalledByJob {
  static let maker = "a matter is written down by a job"

  var lines: [String] {
    let whom = recipient.map { "recipient \($0)" } ?? "somebody who is not on the list"
    return [
      "\(kind.label) of \(whom) by \(channel.label), \(receivedAt.plainWithZone)",
      "sealed: \(sealed)",
    ]
  }
}

extension AnswerMatter: JournalledByJob {
  static let maker = "a matter is answered by a job"

  var lines: [String] { ["sealed: \(sealed)"] }
}

extension RevealMatter: JournalledByJob {
  static let maker = "a reveal is recorded where the matter is read"

  var lines: [String] { ["reason: \(reason)"] }
}

extension HandOverMatter: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard handedTo.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("say to whom the matter is handed")
    }
    let found = try MailingRecord.existing(mailing, in: db)
    _ = try MatterRecord.settle(
      number,
      of: found,
      as: .handedOver,
      handedTo: handedTo,
      context,
      in: db
    )
    return MailingChange.performed(
      found,
      inverse: ReopenMatter(mailing: mailing, number: number)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try MatterRecord.differences(mailing, number, wanted: .handedOver, in: db)
  }

  var lines: [String] { ["to: \(handedTo)"] }
}

extension ReopenMatter: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let found = try MailingRecord.existing(mailing, in: db)
    let stored = try MatterRecord.existing(number, of: found, in: db)
    guard stored.matter.state == .handedOver else {
      throw StoreError.refused("matter \(number) was not handed over")
    }
    try db.run(
      """
      UPDATE mailingMatter SET state = 'open', version = version + 1, settledAt = NULL,
        settledBy = '', handedTo = '' WHERE id = ?
      """,
      [stored.id]
    )
    return MailingChange.performed(
      found,
      inverse: HandOverMatter(mailing: mailing, number: number, handedTo: stored.matter.handedTo)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try MatterRecord.differences(mailing, number, wanted: .open, in: db)
  }
}

extension MatterRecord {
  /// What a matter says otherwise than that it stands so.
  static func differences(
    _ mailing: RecordID,
    _ number: RecordID,
    wanted: MatterState,
    in db: Database
  ) throws -> [Conflict.Difference] {
    let found = try MailingRecord.existing(mailing, in: db)
    let state = try existing(number, of: found, in: db).matter.state
    return state == wanted
      ? [] : [.init(field: "matter \(number)", theirs: state.label, ours: wanted.label)]
  }
}
