internal import GRDB
internal import Model

/// How e-mails are sent, and who sent them last.
enum SendingCheck: MailingPartCheck {
  private static let passing = "what a process is doing just now, in nobody's history"

  static let tables = [
    CheckedTable("sendingPlan", .mailing("id"), ["id", "plan"]),
    CheckedTable(
      "sending",
      .mailing("id"),
      ["id", "process", "actor", "startedAt", "activity", "counts"],
      free: [
        "boot": passing, "start": passing, "seenAt": passing, "wish": passing,
        "waitsUntil": passing, "problem": passing,
      ]
    ),
  ]

  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var plan: SendingPlan?
    var (start, end): (JournalledChange?, EndSending?)
    try MailingJournal.each(
      of: mailing,
      [SetSendingPlan.name, StartSending.name, EndSending.name],
      in: db
    ) { change in
      switch change.entry.action {
      case SetSendingPlan.name: plan = try change.read(SetSendingPlan.self).plan
      case StartSending.name: (start, end) = (change, nil)
      default: end = try change.read(EndSending.self)
      }
    }
    var problems: [String] = []
    if try SendingRecord.plan(of: mailing, in: db) != plan {
      problems.append("how its e-mails are sent is not what was set")
    }
    let row = try db.row(
      "SELECT process, actor, startedAt, activity, counts FROM sending WHERE id = ?",
      [mailing]
    )
    guard let start else {
      return problems + (row == nil ? [] : ["it was sent by somebody who never began"])
    }
    guard let row else { return problems + ["who sent it was deleted"] }
    let process = try start.read(StartSending.self).process
    if try row.number(0) != Int64(process) || row.text(1) != start.entry.actor.name
      || row.instant(2) != start.entry.at
    {
      problems.append("it was sent by another process or account, or at another time")
    }
    let isEnded = try row.text(3) == SendingActivity.ended.rawValue
    if isEnded != (end != nil) {
      problems.append(
        "its sending has \(isEnded ? "ended" : "not ended"), the journal says otherwise"
      )
    }
    if let end, try JSON.value(try row.text(4), as: SendingCounts.self) != end.counts {
      problems.append("its sending came to other numbers")
    }
    return problems
  }
}
