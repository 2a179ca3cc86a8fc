internal import Foundation
internal import GRDB
internal import Model

/// Codes of support: those that came in, who has which, the plan and the tallies.
enum OfferCheck: MailingPartCheck {
  static let tables = [
    CheckedTable("offerPlan", .mailing("id"), ["id", "plan"]),
    CheckedTable(
      "offerCode",
      .mailing("mailing"),
      ["id", "mailing", "pool", "hash", "sealed", "person", "entry"]
    ),
    CheckedTable("offerPool", .mailing("mailing"), ["mailing", "pool", "imported", "assigned"]),
    CheckedTable("offerTally", .mailing("mailing"), ["mailing", "jurisdiction", "assigned"]),
    CheckedTable(
      "offerRemoval",
      .mailing("mailing"),
      ["id", "mailing", "pool", "hash", "sealed", "entry"]
    ),
  ]

  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var problems: [String] = []
    var plan = OfferPlan()
    try MailingJournal.each(of: mailing, [SetOfferPlan.name], in: db) {
      plan = try $0.read(SetOfferPlan.self).plan
    }
    if try OfferRecord.plan(of: mailing, in: db) != plan {
      problems.append("the support offers are not those that were set")
    }
    var count = 0
    // What was taken out again came in as well; a store of schema 4 has nothing of the kind.
    let hasRemovals = try db.tableExists("offerRemoval")
    let removals = """
      UNION ALL SELECT id, hash, sealed, pool = ?4 FROM offerRemoval
      WHERE id BETWEEN ?1 AND ?2 AND mailing = ?3
      """
    let rows = try RawStatement(
      """
      SELECT id, hash, sealed, pool = ?4 FROM offerCode
      WHERE id BETWEEN ?1 AND ?2 AND mailing = ?3 AND pool <> ''
      \(hasRemovals ? removals : "") ORDER BY id
      """,
      in: db
    )
    try MailingJournal.each(of: mailing, [AddOffers.name], in: db) { said in
      let (entry, change) = (said.entry, try said.read(AddOffers.self))
      var (digest, found, isOfPool) = (RunningDigest(), 0, true)
      let pool = Array(change.pool.utf8)
      try pool.withUnsafeBytes { pool in
        rows.bind(1, change.first)
        rows.bind(2, change.first &+ Int64(change.count) &- 1)
        rows.bind(3, mailing)
        rows.bind(text: 4, pool)
        while try rows.next() {
          digest.update(rows.number(0), rows.number(1))
          digest.update(counted: Array(rows.bytes(2)))
          found += 1
          isOfPool = isOfPool && rows.number(3) == 1
        }
      }
      if found != change.count || digest.text != change.codes || !isOfPool {
        problems.append("the codes of entry \(entry.sequence) are not those that came in")
      }
      count += found
    }
    problems += try given(mailing, &count, in: db)
    if hasRemovals { problems += try removed(mailing, in: db) }
    var all = try db.number("SELECT count(*) FROM offerCode WHERE mailing = ?", [mailing])
    if hasRemovals {
      all += try db.number("SELECT count(*) FROM offerRemoval WHERE mailing = ?", [mailing])
    }
    if all != Int64(count) { problems.append("there are codes that never came in") }
    return problems + (try tallies(mailing, in: db))
  }

  /// Who was given which code; counts those that people came in with.
  private static func given(
    _ mailing: RecordID,
    _ count: inout Int,
    in db: Database
  ) throws -> [String] {
    var problems: [String] = []
    var assigned = 0
    try MailingJournal.each(of: mailing, [AssignOffers.name], in: db) { said in
      let (entry, change) = (said.entry, try said.read(AssignOffers.self))
      var pairs: [OfferGiving.Pair] = []
      try db.rows(
        """
        SELECT id, person, pool, hash, sealed FROM offerCode WHERE entry = ? AND mailing = ?
        ORDER BY id
        """,
        [entry.sequence, mailing]
      ) { row in
        let isOwn = try row.text(2) == OfferRecord.ownPool
        pairs.append(
          OfferGiving.Pair(
            code: try row.number(0),
            person: try row.number(1),
            own: isOwn ? (try row.number(3), try row.block(4)) : nil
          )
        )
        if isOwn { count += 1 }
      }
      if pairs.count != change.count || OfferGiving.digest(pairs) != change.pairs {
        problems.append("the codes given in entry \(entry.sequence) are not with whom they were")
      }
      assigned += pairs.count
    }
    let all = try db.number(
      "SELECT count(*) FROM offerCode WHERE mailing = ? AND person IS NOT NULL",
      [mailing]
    )
    if all != Int64(assigned) { problems.append("people have codes that nobody gave them") }
    let loose = try db.number(
      "SELECT count(*) FROM offerCode WHERE mailing = ? AND (person IS NULL) <> (entry IS NULL)",
      [mailing]
    )
    if loose > 0 { problems.append("a code names an entry that gave it to nobody") }
    return problems
  }

  /// Which codes were taken out of their pools.
  private static func removed(_ mailing: RecordID, in db: Database) throws -> [String] {
    var problems: [String] = []
    var count = 0
    try MailingJournal.each(of: mailing, [RemoveOffers.name], in: db) { said in
      let (entry, change) = (said.entry, try said.read(RemoveOffers.self))
      var (digest, found, isOfPool) = (RunningDigest(), 0, true)
      try db.rows(
        "SELECT id, hash, sealed, pool FROM offerRemoval WHERE entry = ? AND mailing = ? ORDER BY id",
        [entry.sequence, mailing]
      ) { row in
        digest.update(try row.number(0), try row.number(1))
        digest.update(counted: try row.block(2))
        found += 1
        isOfPool = try isOfPool && row.text(3) == change.pool
      }
      if found != change.count || digest.text != change.codes || !isOfPool {
        problems.append("the codes taken out in entry \(entry.sequence) are not those that were")
      }
      count += found
    }
    let all = try db.number("SELECT count(*) FROM offerRemoval WHERE mailing = ?", [mailing])
    if all != Int64(count) { problems.append("codes were taken out by nobody") }
    return problems
  }

  private static func tallies(_ mailing: RecordID, in db: Database) throws -> [String] {
    var pools: [String: (Int, Int)] = [:]
    try db.rows(
      "SELECT pool, count(*), count(person) FROM offerCode WHERE mailing = ? GROUP BY pool",
      [mailing]
    ) { pools[try $0.text(0)] = (Int(try $0.number(1)), Int(try $0.number(2))) }
    var places: [Int64: Int64] = [:]
    try db.rows(
      """
      SELECT slot & 65535, count(*) FROM offerCode JOIN recipient ON recipient.id = person
      WHERE mailing = ? GROUP BY 1
      """,
      [mailing]
    ) { places[try $0.number(0)] = try $0.number(1) }
    var kept: [Int64: Int64] = [:]
    try db.rows(
      "SELECT jurisdiction, assigned FROM offerTally WHERE mailing = ? AND assigned > 0",
      [mailing]
    ) { kept[try $0.number(0)] = try $0.number(1) }
    let known = try OfferRecord.pools(of: mailing, in: db).filter { $0.value.0 > 0 }
    let isSame = known.count == pools.count && known.allSatisfy { pools[$0] ?? (0, 0) == $1 }
    return isSame && kept == places
      ? [] : ["the running tallies of codes are not what the codes come to"]
  }
}
