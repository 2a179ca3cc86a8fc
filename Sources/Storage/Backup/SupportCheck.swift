internal import Foundation
internal import GRDB
internal import Model

/// Codes of support: those that came in, who has which, the plan and the tallies.
enum OfferCheck {
  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var problems: [String] = []
    if let last = try MailingPartCheck.entries(SetOfferPlan.self, of: mailing, in: db).last,
      try OfferRecord.plan(of: mailing, in: db) != last.change.plan
    {
      problems.append("the support offers are not those that were set")
    }
    var count = 0
    // What was taken out again came in as well; a store of schema 4 has nothing of the kind.
    let hasRemovals = try db.tableExists("offerRemoval")
    let removals = """
      UNION ALL SELECT id, hash, sealed FROM offerRemoval
      WHERE id BETWEEN ?1 AND ?2 AND mailing = ?3
      """
    let rows = try RawStatement(
      """
      SELECT id, hash, sealed FROM offerCode
      WHERE id BETWEEN ?1 AND ?2 AND mailing = ?3 AND pool <> ''
      \(hasRemovals ? removals : "") ORDER BY id
      """,
      in: db
    )
    for entry in try MailingPartCheck.entries(AddOffers.self, of: mailing, in: db) {
      var (digest, found) = (RunningDigest(), 0)
      rows.bind(1, entry.change.first)
      rows.bind(2, entry.change.first &+ Int64(entry.change.count) &- 1)
      rows.bind(3, mailing)
      while try rows.next() {
        digest.update(rows.number(0), rows.number(1))
        digest.update(counted: Array(rows.bytes(2)))
        found += 1
      }
      if found != entry.change.count || digest.text != entry.change.codes {
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
    for entry in try MailingPartCheck.entries(AssignOffers.self, of: mailing, in: db) {
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
      if pairs.count != entry.change.count || OfferGiving.digest(pairs) != entry.change.pairs {
        problems.append("the codes given in entry \(entry.sequence) are not with whom they were")
      }
      assigned += pairs.count
    }
    let all = try db.number(
      "SELECT count(*) FROM offerCode WHERE mailing = ? AND person IS NOT NULL",
      [mailing]
    )
    if all != Int64(assigned) { problems.append("people have codes that nobody gave them") }
    return problems
  }

  /// Which codes were taken out of their pools.
  private static func removed(_ mailing: RecordID, in db: Database) throws -> [String] {
    var problems: [String] = []
    var count = 0
    for entry in try MailingPartCheck.entries(RemoveOffers.self, of: mailing, in: db) {
      var (digest, found) = (RunningDigest(), 0)
      try db.rows(
        "SELECT id, hash, sealed FROM offerRemoval WHERE entry = ? AND mailing = ? ORDER BY id",
        [entry.sequence, mailing]
      ) { row in
        digest.update(try row.number(0), try row.number(1))
        digest.update(counted: try row.block(2))
        found += 1
      }
      if found != entry.change.count || digest.text != entry.change.codes {
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

/// What came back from people, and what became of it.
enum MatterCheck {
  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    var problems: [String] = []
    guard let found = try MailingRecord.fetch(mailing, in: db) else { return [] }
    let logged = try MailingPartCheck.entries(LogMatter.self, of: mailing, in: db)
    let answered = try MailingPartCheck.entries(AnswerMatter.self, of: mailing, in: db)
    let handed = try MailingPartCheck.entries(HandOverMatter.self, of: mailing, in: db)
    let reopened = try MailingPartCheck.entries(ReopenMatter.self, of: mailing, in: db)
    let answers = Dictionary(answered.map { ($0.change.number, $0) }) { _, last in last }
    let hands = Dictionary(handed.map { ($0.change.number, $0) }) { _, last in last }
    let openings = Dictionary(reopened.map { ($0.change.number, $0) }) { _, last in last }
    for entry in logged {
      let number = entry.change.number
      let stored: MatterRecord.Found
      do {
        stored = try MatterRecord.existing(number, of: found, in: db)
      } catch is StoreError {
        problems.append("matter \(number) was deleted")
        continue
      }
      let matter = stored.matter
      if Digest.sha256([UInt8](stored.sealed)) != entry.change.sealed
        || matter.kind != entry.change.kind || matter.recipient != entry.change.recipient
        || matter.channel != entry.change.channel
        || matter.receivedAt.earliest != entry.change.receivedAt.earliest
      {
        problems.append("matter \(number) is not what was written down")
      }
      let isHanded =
        hands[number].map { $0.sequence > openings[number]?.sequence ?? 0 } ?? false
      let state: MatterState =
        answers[number] != nil ? .answered : isHanded ? .handedOver : .open
      if matter.state != state { problems.append("matter \(number) does not stand as it should") }
      if let answer = answers[number],
        stored.answer.map({ Digest.sha256([UInt8]($0)) }) != answer.change.sealed
      {
        problems.append("the answer to matter \(number) is not the one that was given")
      }
    }
    let all = try db.number("SELECT count(*) FROM mailingMatter WHERE mailing = ?", [mailing])
    if all != Int64(logged.count) { problems.append("there are matters that nobody wrote down") }
    return problems
  }
}
