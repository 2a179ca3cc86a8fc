internal import GRDB
internal import Model

/// A job that takes recipients of a mailing to another state, a transaction at a time.
struct LedgerMover: StretchedWork {
  /// The mailing.
  let mailing: RecordID
  private let filter: LedgerFilter
  private let numbers: [Int64]?
  private let step: RecipientStep
  /// The last row that was looked at.
  private var position: Int64
  /// How many rows one transaction looks at.
  var stretch = StretchLength(2000, within: 200...20_000)
  /// How many are to be moved, as far as it was known when the job began.
  private(set) var total: Int
  /// How many were moved.
  private(set) var moved = 0
  /// Whether nothing is left to do.
  private(set) var isDone = false
  /// Whether those who are uncertain stay as they are: somebody is handing them over.
  var leavesUncertain = false
  /// Whether people of a mailing that is held are moved too: what was begun before is settled.
  var isHeldToo = false
  /// Whether some of those who are to be moved are uncertain.
  let takesUncertain: Bool
  /// The number of the step of the last stretch that was moved; nil before the first.
  private(set) var lastStep: Int64?

  /// How far it is.
  var progress: JobProgress { JobProgress(stage: .writing, done: moved, total: total) }

  /// Begins a job, or refuses it: all that pass and are not there yet must be allowed to go there.
  init(
    of mailing: RecordID,
    _ filter: LedgerFilter,
    _ numbers: [Int64]?,
    to step: RecipientStep,
    in db: Database
  ) throws {
    (self.mailing, self.filter, self.step) = (mailing, filter, step)
    self.numbers = numbers.map { Set($0).sorted() }
    position = LedgerID.range(mailing).lowerBound
    let found = try MailingRecord.existing(mailing, in: db)
    guard step.state != .exempt || step.cause.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to exempt people, say why they are not to be told")
    }
    var counts: [RecipientState: Int] = [:]
    if let numbers = self.numbers {
      for number in numbers {
        guard let slot = try Self.slot(of: number, mailing, in: db) else {
          throw StoreError.refused("\(found.reference) has no recipient \(number)")
        }
        counts[try LedgerID.state(slot), default: 0] += 1
      }
    } else {
      for (slot, count) in try LedgerTallies.slots(of: mailing, filter, in: db) {
        counts[try LedgerID.state(slot), default: 0] += count
      }
    }
    counts[step.state] = nil
    takesUncertain = counts[.uncertain, default: 0] > 0
    for (state, count) in counts.sorted(by: { $0.key.code < $1.key.code })
    where !state.next.contains(step.state) {
      let next = state.next.sorted { $0.code < $1.code }.map(\.rawValue).joined(separator: ", ")
      throw StoreError.refused(
        "\(count) \(count == 1 ? "recipient is" : "recipients are") \(state.rawValue) and cannot "
          + "become \(step.state.rawValue), only \(next); narrow it with a filter"
      )
    }
    total = counts.values.reduce(0, +)
    isDone = total == 0
  }

  /// Moves the next stretch.
  mutating func perform(
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    let found = try MailingRecord.existing(mailing, in: db)
    let (rows, slots) = try next(in: db)
    guard let first = rows.first, let last = rows.last else { return }
    let number = try LedgerWriter.addStep(
      step,
      of: mailing,
      isHeldToo: isHeldToo,
      context,
      in: db
    )
    lastStep = number
    if let slots {
      try move(from: first.id, to: last.id, slots, count: rows.count, number, in: db)
    } else {
      try LedgerSteps.write(rows, to: step, number, of: mailing, in: db)
    }
    let events = try LedgerSteps.count(rows, to: step, context.now, of: mailing, in: db)
    _ = try journal.append(
      MoveRecipients(
        mailing: mailing,
        step: number,
        what: step,
        count: rows.count,
        first: LedgerID.number(first.id),
        last: LedgerID.number(last.id),
        events: events
      ),
      MailingChange.performed(found)
    )
    moved += rows.count
  }

  /// The next rows that pass and may be moved, in order; ends the job where there are no more.
  ///
  /// Where they are all of a stretch that stand in some slots, the slots are given too.
  private mutating func next(in db: Database) throws -> (rows: [LedgerPlace], slots: Set<Int64>?) {
    if let numbers {
      isDone = true
      let rows = try numbers.compactMap { number -> LedgerPlace? in
        let id = LedgerID.recipient(mailing, number)
        guard
          let row = try db.row("SELECT slot, language FROM recipient WHERE id = ?", [id]),
          try mayMove(try row.number(0))
        else { return nil }
        return LedgerPlace(id: id, slot: try row.number(0), language: try row.number(1))
      }
      return (rows, nil)
    }
    let slots = try LedgerTallies.slots(of: mailing, filter, in: db)
      .filter { try mayMove($0.key) }
    let wanted = slots.values.reduce(0, +)
    let all = try MailingRecord.existing(mailing, in: db).recipients
    // Many of all: through the table. Few: through the index.
    guard wanted * 8 > all else { return (try merge(slots, in: db), nil) }
    return (try scan(Set(slots.keys), in: db), Set(slots.keys))
  }

  private func mayMove(_ slot: Int64) throws -> Bool {
    let state = try LedgerID.state(slot)
    return state.next.contains(step.state) && !(leavesUncertain && state == .uncertain)
  }

  private mutating func scan(_ slots: Set<Int64>, in db: Database) throws -> [LedgerPlace] {
    let statement = try RawStatement(
      "SELECT id, slot, language FROM recipient WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
      in: db
    )
    statement.bind(1, position)
    statement.bind(2, LedgerID.range(mailing).upperBound)
    statement.bind(3, Int64(stretch.rows))
    var (rows, count) = ([LedgerPlace](), 0)
    while try statement.next() {
      count += 1
      position = statement.number(0)
      guard slots.contains(statement.number(1)) else { continue }
      rows.append(
        LedgerPlace(id: position, slot: statement.number(1), language: statement.number(2))
      )
    }
    isDone = count < stretch.rows
    return rows
  }

  private mutating func merge(_ slots: [Int64: Int], in db: Database) throws -> [LedgerPlace] {
    var merge = SlotMerge(
      slots.keys.sorted(),
      from: position,
      isBackward: false,
      count: stretch.rows,
      in: db
    )
    let statement = try RawStatement("SELECT language FROM recipient WHERE id = ?", in: db)
    var rows: [LedgerPlace] = []
    while rows.count < stretch.rows, let next = try merge.next() {
      statement.bind(1, next.id)
      guard try statement.next() else { continue }
      rows.append(LedgerPlace(id: next.id, slot: next.slot, language: statement.number(0)))
      statement.reset()
    }
    position = rows.last?.id ?? position
    isDone = rows.count < stretch.rows
    return rows
  }

  /// Writes events and states of all rows of a stretch that stand in some slots: two statements.
  private func move(
    from first: Int64,
    to last: Int64,
    _ slots: Set<Int64>,
    count: Int,
    _ number: Int64,
    in db: Database
  ) throws {
    let list = try JSON.text(slots.sorted())
    try db.run(
      """
      INSERT INTO recipientEvent (recipient, step, before, after)
      SELECT id, ?, slot >> 16 & 65535, ? FROM recipient NOT INDEXED
      WHERE id BETWEEN ? AND ? AND slot IN (SELECT value FROM json_each(?)) ORDER BY id
      """,
      [number, step.state.code, first, last, list]
    )
    try db.run(
      """
      UPDATE recipient NOT INDEXED SET slot = slot - (slot & 4294901760) + ?, step = ?
      WHERE id BETWEEN ? AND ? AND slot IN (SELECT value FROM json_each(?))
      """,
      [Int64(step.state.code) << 16, number, first, last, list]
    )
    guard db.changesCount == count else {
      throw StoreError.failed("\(db.changesCount) recipients were moved where \(count) stand")
    }
  }

  private static func slot(of number: Int64, _ mailing: RecordID, in db: Database) throws -> Int64?
  {
    guard (1...0xFFFF_FFFF).contains(number) else { return nil }
    return try db.row(
      "SELECT slot FROM recipient WHERE id = ?",
      [LedgerID.recipient(mailing, number)]
    )?.number(0)
  }
}
