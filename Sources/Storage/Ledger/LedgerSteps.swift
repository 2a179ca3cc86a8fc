internal import GRDB
internal import Model

/// A recipient that goes to another state, as it stands before.
struct LedgerPlace: Sendable {
  /// The row.
  var id: Int64
  /// The mailing, state and jurisdiction.
  var slot: Int64
  /// The language, as a word of the ledger.
  var language: Int64
}

/// Takes single recipients from state to state: event, state, tallies and an entry of the journal, in
/// the caller's transaction.
enum LedgerSteps {
  /// Takes recipients, ascending and each once, through a step.
  ///
  /// That each may go there is the caller's promise.
  ///
  /// - Returns: The number of the step; nil where there is nobody.
  @discardableResult
  static func move(
    _ rows: [LedgerPlace],
    to step: RecipientStep,
    of found: Mailing,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws -> Int64? {
    guard let first = rows.first, let last = rows.last else { return nil }
    let number = try LedgerWriter.addStep(step, of: found.id, context, in: db)
    try write(rows, to: step, number, of: found.id, in: db)
    let events = try count(rows, to: step, context.now, of: found.id, in: db)
    _ = try journal.append(
      MoveRecipients(
        mailing: found.id,
        step: number,
        what: step,
        count: rows.count,
        first: LedgerID.number(first.id),
        last: LedgerID.number(last.id),
        events: events
      ),
      MailingChange.performed(found)
    )
    return number
  }

  /// Writes events and states.
  static func write(
    _ rows: [LedgerPlace],
    to step: RecipientStep,
    _ number: Int64,
    of mailing: RecordID,
    in db: Database
  ) throws {
    let update = try RawStatement("UPDATE recipient SET slot = ?, step = ? WHERE id = ?", in: db)
    let insert = try RawStatement(
      "INSERT INTO recipientEvent (recipient, step, before, after) VALUES (?, ?, ?, ?)",
      in: db
    )
    update.bind(2, number)
    insert.bind(2, number)
    insert.bind(4, Int64(step.state.code))
    for row in rows {
      update.bind(1, LedgerID.slot(mailing, step.state, LedgerID.jurisdiction(row.slot)))
      update.bind(3, row.id)
      try update.run()
      insert.bind(1, row.id)
      insert.bind(3, row.slot >> 16 & 0xFFFF)
      try insert.run()
    }
  }

  /// Brings the tallies up to date; gives the digest of the events.
  static func count(
    _ rows: [LedgerPlace],
    to step: RecipientStep,
    _ now: Instant,
    of mailing: RecordID,
    in db: Database
  ) throws -> String {
    var digest = RunningDigest()
    var tallies: [Place: Int] = [:]
    let after = Int64(step.state.code)
    for row in rows {
      LedgerDigest.event(row.id, row.slot >> 16 & 0xFFFF, after, into: &digest)
      tallies[Place(slot: row.slot, language: row.language), default: 0] += 1
    }
    var days: [Int64: Int] = [:]
    for (place, count) in tallies {
      let jurisdiction = LedgerID.jurisdiction(place.slot)
      let before = try LedgerID.state(place.slot)
      days[jurisdiction, default: 0] += count
      try LedgerTallies.add(-count, to: before, jurisdiction, place.language, of: mailing, in: db)
      try LedgerTallies.add(
        count,
        to: step.state,
        jurisdiction,
        place.language,
        of: mailing,
        in: db
      )
    }
    for (jurisdiction, count) in days {
      try LedgerTallies.add(count, to: step, on: now, jurisdiction, of: mailing, in: db)
    }
    return digest.text
  }

  private struct Place: Hashable {
    var slot: Int64
    var language: Int64
  }
}
