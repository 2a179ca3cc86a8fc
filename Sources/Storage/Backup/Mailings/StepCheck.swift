internal import GRDB
internal import Model

/// Who took a step, when, over which channel, with which text and why.
enum StepCheck: MailingPartCheck {
  static let tables = [
    CheckedTable(
      "ledgerStep",
      .anywhere("mailing"),
      ["id", "mailing", "at", "actor", "channel", "text", "cause", "batch"]
    )
  ]

  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var problems: [String] = []
    var count: Int64 = 0
    try db.rows(
      """
      SELECT action, change, journal.at, journal.actor, step.mailing, step.at, step.actor, channel,
        text, cause, batch, json_extract(change, '$.step')
      FROM journal JOIN journalDetail ON journalDetail.id = journal.id
      LEFT JOIN ledgerStep AS step ON step.id = json_extract(change, '$.step')
      WHERE subjectKind = 'mailing' AND subject = ? AND change IS NOT NULL
        AND action IN ('recipients.add', 'recipients.move') ORDER BY journal.id
      """,
      [mailing]
    ) { row in
      guard problems.count < 20 else { return }
      let number = try row.number(11)
      guard try row.optionalNumber(4) != nil else {
        return problems.append("step \(number) was deleted")
      }
      count += 1
      let what =
        try row.text(0) == MoveRecipients.name
        ? JSON.value(try row.text(1), as: MoveRecipients.self).what
        : RecipientStep(to: .pending, cause: "listed")
      func note(_ isSame: Bool, _ wrong: String) {
        if !isSame { problems.append("step \(number) \(wrong)") }
      }
      note(try row.number(4) == mailing, "is of another mailing")
      note(try row.number(5) == row.number(2), "was taken at another time")
      note(try row.text(6) == row.text(3), "was taken by somebody else")
      note(try row.optionalText(7) == what.channel?.rawValue, "went over another channel")
      note(try row.text(8) == what.text, "names another text")
      note(try row.text(9) == what.cause, "was taken for another reason")
      note(try row.optionalNumber(10) == what.batch, "names another batch")
    }
    let all = try db.number("SELECT count(*) FROM ledgerStep WHERE mailing = ?", [mailing])
    if problems.isEmpty, all != count { problems.append("there are steps that nobody took") }
    return problems
  }
}
