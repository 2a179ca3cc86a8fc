internal import GRDB
internal import Model

/// Reads and writes how mailings are sent, and by whom.
enum SendingRecord {
  static func plan(of mailing: RecordID, in db: Database) throws -> SendingPlan? {
    try db.row("SELECT plan FROM sendingPlan WHERE id = ?", [mailing]).map {
      try JSON.value(try $0.text(0))
    }
  }

  static func set(_ plan: SendingPlan?, of mailing: RecordID, in db: Database) throws {
    guard let plan else {
      return try db.run("DELETE FROM sendingPlan WHERE id = ?", [mailing])
    }
    try db.run(
      """
      INSERT INTO sendingPlan (id, plan) VALUES (?1, ?2)
      ON CONFLICT (id) DO UPDATE SET plan = ?2
      """,
      [mailing, try JSON.text(plan)]
    )
  }

  static func lease(of mailing: RecordID, in db: Database) throws -> SendingLease? {
    guard
      let row = try db.row(
        """
        SELECT process, boot, start, actor, startedAt, seenAt, activity, wish, counts, waitsUntil,
          problem
        FROM sending WHERE id = ?
        """,
        [mailing]
      )
    else { return nil }
    let process = try process(row)
    let activity: SendingActivity = try row.word(6)
    return SendingLease(
      process: process,
      actor: try row.text(3),
      startedAt: try row.instant(4),
      seenAt: try row.instant(5),
      activity: activity,
      wish: try row.word(7),
      counts: try JSON.value(try row.text(8)),
      waitsUntil: try row.optionalNumber(9).map { Instant(milliseconds: $0) },
      problem: try row.text(10),
      isAlive: activity != .ended && process.isThere
    )
  }

  private static func process(_ row: Row) throws -> SendingProcess {
    SendingProcess(
      id: Int32(truncatingIfNeeded: try row.number(0)),
      boot: try row.text(1),
      start: try row.number(2)
    )
  }

  /// What is wanted of a sender; nil where the lease is not its own, or was given back.
  static func wish(
    of mailing: RecordID,
    _ process: SendingProcess,
    in db: Database
  ) throws -> SendingWish? {
    guard
      let row = try db.row(
        "SELECT process, boot, start, wish, activity FROM sending WHERE id = ?",
        [mailing]
      ), try self.process(row) == process, try row.text(4) != SendingActivity.ended.rawValue
    else { return nil }
    return try row.word(3)
  }

  /// What is wanted of a sender, and whether the edition that it sends is in force.
  static func signal(
    of mailing: RecordID,
    _ process: SendingProcess,
    _ edition: RecordID?,
    in db: Database
  ) throws -> SendingSignal.Answer {
    SendingSignal.Answer(
      wish: try wish(of: mailing, process, in: db),
      isApproved: try edition.map {
        try NoticeEditionRecord.isInForce($0, of: mailing, in: db)
      } ?? true
    )
  }

  /// Gives the lease to a process.
  static func begin(
    _ mailing: RecordID,
    _ process: SendingProcess,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    let now = context.now.milliseconds
    try db.run(
      """
      INSERT OR REPLACE INTO sending (id, process, boot, start, actor, startedAt, seenAt, activity,
        wish, counts, waitsUntil, problem)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'sending', 'run', ?, NULL, '')
      """,
      [
        mailing, process.id, process.boot, process.start, context.actor.name, now, now,
        try JSON.text(SendingCounts()),
      ]
    )
  }

  /// Writes down what the sender that holds the lease is doing.
  static func note(
    _ activity: SendingActivity,
    _ counts: SendingCounts,
    until: Instant?,
    _ problem: String,
    of mailing: RecordID,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    try db.run(
      """
      UPDATE sending SET seenAt = ?, activity = ?, counts = ?, waitsUntil = ?, problem = ?
      WHERE id = ?
      """,
      [
        context.now.milliseconds, activity.rawValue, try JSON.text(counts), until?.milliseconds,
        problem, mailing,
      ]
    )
  }

  static func set(_ wish: SendingWish, of mailing: RecordID, in db: Database) throws {
    try db.run("UPDATE sending SET wish = ? WHERE id = ?", [wish.rawValue, mailing])
  }
}
