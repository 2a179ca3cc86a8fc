internal import GRDB
internal import Model

/// Counts hand-overs up to an instant, and those to whom nothing could be sent.
///
/// Whole days stand in running tallies. Only where there were hand-overs on both sides of the instant on its
/// very day, and where somebody had no usable address, events are read one by one.
struct HandOverCount {
  private let mailing: RecordID
  private let words: [Int64: String]

  private static let day: Int64 = 86_400_000

  init(_ mailing: RecordID, in db: Database) throws {
    self.mailing = mailing
    words = try LedgerTallies.words(in: db)
  }

  /// How many were handed over up to an instant and later, by jurisdiction; places without any are left
  /// out.
  func split(at due: Instant, in db: Database) throws -> [HandOverSplit] {
    let last = LedgerTallies.day(of: due)
    var counts: [Int64: (before: Int, on: Int, after: Int)] = [:]
    try db.rows(
      "SELECT day, jurisdiction, count FROM mailingDay WHERE mailing = ? AND state = ?",
      [mailing, RecipientState.handedOver.code]
    ) { row in
      let (day, place, count) = (try row.number(0), try row.number(1), Int(try row.number(2)))
      var entry = counts[place] ?? (0, 0, 0)
      if day < last { entry.before += count }
      if day == last { entry.on += count }
      if day > last { entry.after += count }
      counts[place] = entry
    }
    var inTime: [Int64: Int] = [:]
    if counts.contains(where: { $0.value.on > 0 }) {
      let early = try steps(from: last * Self.day, to: due.milliseconds, in: db)
      let late = try steps(from: due.milliseconds + 1, to: (last + 1) * Self.day - 1, in: db)
      if late.isEmpty {
        inTime = counts.mapValues(\.on)
      } else if !early.isEmpty {
        inTime = try events(of: early, to: .handedOver, in: db).mapValues {
          $0.reduce(0) { $0 + $1.value }
        }
      }
    }
    return counts.map { place, count in
      let onTime = min(count.on, inTime[place] ?? 0)
      return HandOverSplit(
        due: due,
        jurisdiction: words[place] ?? "",
        byThen: count.before + onTime,
        later: count.on - onTime + count.after
      )
    }.sorted { $0.jurisdiction < $1.jurisdiction }
  }

  /// How many stand as bounced although nothing was sent, by jurisdiction.
  func unusable(in db: Database) throws -> [String: Int] {
    var found: [String: Int] = [:]
    let filter = LedgerFilter(states: [.bouncedHard])
    for slot in try LedgerTallies.slots(of: mailing, filter, in: db).keys {
      let count = try db.number(
        """
        SELECT count(*) FROM recipient INDEXED BY recipientSlot
        CROSS JOIN ledgerStep ON ledgerStep.id = recipient.step
        WHERE slot = ? AND cause IN (SELECT value FROM json_each(?))
        """,
        [slot, try Self.causes()]
      )
      guard count > 0 else { continue }
      found[words[LedgerID.jurisdiction(slot)] ?? "", default: 0] += Int(count)
    }
    return found
  }

  /// How many came to stand so, by day.
  func unusableDays(in db: Database) throws -> [String: Int] {
    var steps: [Int64: Int64] = [:]
    try db.rows(
      """
      SELECT id, at FROM ledgerStep
      WHERE mailing = ? AND cause IN (SELECT value FROM json_each(?))
      """,
      [mailing, try Self.causes()]
    ) { steps[try $0.number(0)] = try $0.number(1) }
    guard !steps.isEmpty else { return [:] }
    var days: [String: Int] = [:]
    for (_, counts) in try events(of: Set(steps.keys), to: .bouncedHard, in: db) {
      for (step, count) in counts {
        let day = CivilTime(Instant(milliseconds: steps[step] ?? 0)).isoDate
        days[day, default: 0] += count
      }
    }
    return days
  }

  private static func causes() throws -> String {
    try JSON.text(AddressProblem.allCases.map(\.description))
  }

  private func steps(from start: Int64, to end: Int64, in db: Database) throws -> Set<Int64> {
    var steps: Set<Int64> = []
    try db.rows(
      "SELECT id FROM ledgerStep WHERE mailing = ? AND at BETWEEN ? AND ?",
      [mailing, start, end]
    ) { steps.insert(try $0.number(0)) }
    return steps
  }

  /// How many came to a state with some steps, by jurisdiction and step.
  private func events(
    of steps: Set<Int64>,
    to state: RecipientState,
    in db: Database
  ) throws -> [Int64: [Int64: Int]] {
    guard let first = steps.min(), let last = steps.max() else { return [:] }
    let range = LedgerID.range(mailing)
    let statement = try RawStatement(
      """
      SELECT slot & 65535, recipientEvent.step FROM recipientEvent
      CROSS JOIN recipient ON recipient.id = recipientEvent.recipient
      WHERE recipientEvent.recipient BETWEEN ? AND ? AND recipientEvent.step BETWEEN ? AND ?
      AND after = ?
      """,
      in: db
    )
    statement.bind(1, range.lowerBound)
    statement.bind(2, range.upperBound)
    statement.bind(3, first)
    statement.bind(4, last)
    statement.bind(5, Int64(state.code))
    var found: [Int64: [Int64: Int]] = [:]
    while try statement.next() {
      guard steps.contains(statement.number(1)) else { continue }
      found[statement.number(0), default: [:]][statement.number(1), default: 0] += 1
    }
    return found
  }
}
