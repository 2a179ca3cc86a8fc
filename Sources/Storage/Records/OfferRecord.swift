internal import GRDB
internal import Model

/// Reads and writes the support that a mailing offers: plan, pools and tallies.
enum OfferRecord {
  /// The pool of codes that people came in with.
  static let ownPool = ""

  /// The number of the next code: one that was taken out keeps its own.
  static func nextNumber(in db: Database) throws -> Int64 {
    try db.number(
      """
      SELECT max((SELECT coalesce(max(id), 0) FROM offerCode),
        (SELECT coalesce(max(id), 0) FROM offerRemoval)) + 1
      """
    )
  }

  /// The states of those who are to be told still, so that a notice to come can say a code.
  ///
  /// Who is uncertain may have a notice without one already: an officer decides first.
  static let offered: Set<RecipientState> = [
    .pending, .approved, .queued, .bouncedSoft, .bouncedHard, .unreachable,
  ]

  /// The plan of a mailing; an empty one where none was set.
  static func plan(of mailing: RecordID, in db: Database) throws -> OfferPlan {
    try db.row("SELECT plan FROM offerPlan WHERE id = ?", [mailing])
      .map { try JSON.value(try $0.text(0)) } ?? OfferPlan()
  }

  static func set(_ plan: OfferPlan, of mailing: RecordID, in db: Database) throws {
    try db.run(
      """
      INSERT INTO offerPlan (id, plan) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET plan = ?2
      """,
      [mailing, try JSON.text(plan)]
    )
  }

  /// How many codes of each pool came in, and how many somebody has.
  static func pools(of mailing: RecordID, in db: Database) throws -> [String: (Int, Int)] {
    var pools: [String: (Int, Int)] = [:]
    try db.rows("SELECT pool, imported, assigned FROM offerPool WHERE mailing = ?", [mailing]) {
      pools[try $0.text(0)] = (Int(try $0.number(1)), Int(try $0.number(2)))
    }
    return pools
  }

  /// Adds to the codes of a pool.
  static func add(
    imported: Int = 0,
    assigned: Int = 0,
    to pool: String,
    of mailing: RecordID,
    in db: Database
  ) throws {
    try db.run(
      """
      INSERT INTO offerPool (mailing, pool, imported, assigned) VALUES (?1, ?2, max(?3, ?4), ?4)
      ON CONFLICT DO UPDATE SET imported = imported + ?3, assigned = assigned + ?4
      """,
      [mailing, pool, imported, assigned]
    )
  }

  /// Adds to those of a jurisdiction who have a code.
  static func add(
    assigned: Int,
    in jurisdiction: Int64,
    of mailing: RecordID,
    _ db: Database
  ) throws {
    try db.run(
      """
      INSERT INTO offerTally (mailing, jurisdiction, assigned) VALUES (?1, ?2, ?3)
      ON CONFLICT DO UPDATE SET assigned = assigned + ?3
      """,
      [mailing, jurisdiction, assigned]
    )
  }

  /// The numbers of a mailing's offers.
  static func numbers(of mailing: RecordID, in db: Database) throws -> OfferNumbers.Answer {
    let plan = try plan(of: mailing, in: db)
    let words = try LedgerTallies.words(in: db)
    var people: [Int64: Int] = [:]
    var open: [Int64: Int] = [:]
    for tally in try LedgerTallies.all(of: mailing, in: db) {
      people[tally.jurisdiction, default: 0] += tally.count
      if offered.contains(tally.state) { open[tally.jurisdiction, default: 0] += tally.count }
    }
    var assigned: [Int64: Int] = [:]
    try db.rows("SELECT jurisdiction, assigned FROM offerTally WHERE mailing = ?", [mailing]) {
      assigned[try $0.number(0)] = Int(try $0.number(1))
    }
    let have = try holders(of: mailing, open, people, assigned, in: db)
    var waiting: [String: Int] = [:]
    var places: [OfferNumbers.Place] = []
    for (jurisdiction, _) in people {
      let code = words[jurisdiction] ?? ""
      let pool = plan.line(for: code)?.pool
      let (count, have) = (open[jurisdiction] ?? 0, have[jurisdiction] ?? 0)
      if let pool { waiting[pool, default: 0] += max(0, count - have) }
      guard count > 0 || assigned[jurisdiction] ?? 0 > 0 else { continue }
      places.append(.init(jurisdiction: code, pool: pool, people: count, assigned: have))
    }
    let pools = try pools(of: mailing, in: db)
    let names = Set(pools.keys).union(plan.lines.map(\.pool)).subtracting([ownPool])
    return OfferNumbers.Answer(
      plan: plan,
      pools: names.sorted().map { name in
        let (imported, assigned) = pools[name] ?? (0, 0)
        return OfferNumbers.Pool(
          name: name,
          imported: imported,
          assigned: assigned,
          waiting: waiting[name] ?? 0
        )
      },
      places: places.sorted { $0.jurisdiction < $1.jurisdiction },
      own: pools[ownPool]?.0 ?? 0
    )
  }

  /// How many of those who are to be told still have a code, by jurisdiction.
  ///
  /// Where nobody has one, or everybody, nothing is counted; else the fewer of the two: those who are to be
  /// told and those who are not.
  private static func holders(
    of mailing: RecordID,
    _ open: [Int64: Int],
    _ people: [Int64: Int],
    _ assigned: [Int64: Int],
    in db: Database
  ) throws -> [Int64: Int] {
    var holders: [Int64: Int] = [:]
    for (jurisdiction, open) in open where open > 0 {
      let (have, all) = (assigned[jurisdiction] ?? 0, people[jurisdiction] ?? 0)
      guard have > 0, have < all, open < all else {
        holders[jurisdiction] = min(open, have)
        continue
      }
      let countsOpen = open * 2 < all
      let states =
        countsOpen ? offered : Set(RecipientState.allCases).subtracting(offered)
      var count = 0
      for state in states {
        count += Int(
          try db.number(
            """
            SELECT count(*) FROM recipient INDEXED BY recipientSlot
            CROSS JOIN offerCode ON person = recipient.id WHERE slot = ?
            """,
            [LedgerID.slot(mailing, state, jurisdiction)]
          )
        )
      }
      holders[jurisdiction] = countsOpen ? count : have - count
    }
    return holders
  }

  /// Refuses an approval while somebody who is offered support has no code.
  static func check(of mailing: RecordID, in db: Database) throws {
    guard try !plan(of: mailing, in: db).lines.isEmpty else { return }
    let problems = try numbers(of: mailing, in: db).problems
    guard problems.isEmpty else {
      throw StoreError.refused(
        "the texts cannot be approved: \(problems.map(\.description).joined(separator: "; "))"
      )
    }
  }
}
