internal import GRDB
internal import Model

/// Reads and writes the support that a mailing offers: plan, pools and tallies.
enum OfferRecord {
  /// The pool of codes that people came in with.
  static let ownPool = ""

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
    for tally in try LedgerTallies.all(of: mailing, in: db) where tally.state != .exempt {
      people[tally.jurisdiction, default: 0] += tally.count
    }
    var assigned: [Int64: Int] = [:]
    try db.rows("SELECT jurisdiction, assigned FROM offerTally WHERE mailing = ?", [mailing]) {
      assigned[try $0.number(0)] = Int(try $0.number(1))
    }
    // Who is not to be told any more keeps a code and is not waited for.
    for (slot, _) in try LedgerTallies.slots(of: mailing, LedgerFilter(states: [.exempt]), in: db)
    where assigned[LedgerID.jurisdiction(slot)] ?? 0 > 0 {
      let count = try db.number(
        """
        SELECT count(*) FROM recipient INDEXED BY recipientSlot
        CROSS JOIN offerCode ON person = recipient.id WHERE slot = ?
        """,
        [slot]
      )
      assigned[LedgerID.jurisdiction(slot), default: 0] -= Int(count)
    }
    var waiting: [String: Int] = [:]
    var places: [OfferNumbers.Place] = []
    for jurisdiction in Set(people.keys).union(assigned.filter { $0.value > 0 }.keys) {
      let code = words[jurisdiction] ?? ""
      let pool = plan.line(for: code)?.pool
      let count = people[jurisdiction] ?? 0
      let have = assigned[jurisdiction] ?? 0
      if let pool { waiting[pool, default: 0] += max(0, count - have) }
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
