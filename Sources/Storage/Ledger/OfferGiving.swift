internal import Foundation
internal import GRDB
internal import Model

/// Gives people codes of support, a transaction at a time.
///
/// Walks through them twice: first those keep theirs who came in with a code, so that no pool gives the
/// same to somebody else; then the others get one.
struct OfferGiving: Sendable {
  private let mailing: RecordID
  /// The pool by jurisdiction, as a word of the ledger.
  private var pools: [Int64: String] = [:]
  private var slots: [Int64] = []
  /// The last row that was looked at.
  private var position: Int64
  /// How many rows one transaction looks at.
  private var size = 500
  /// How many people are to be looked at.
  private(set) var total = 0
  /// How many were looked at.
  private(set) var looked = 0
  /// What was done.
  private(set) var outcome = OfferAssignment.Outcome()
  /// Whether those are looked at who came in with a code; the others follow.
  private var isOwnTurn = true
  /// Whether all were looked at who are looked at in this turn.
  private var isTurnOver = false
  /// Whether nobody is left.
  private(set) var isDone = false

  /// What one transaction takes.
  private static let aim = Duration.milliseconds(32)

  init(of mailing: RecordID, in db: Database) throws {
    self.mailing = mailing
    position = LedgerID.range(mailing).lowerBound
    let found = try MailingRecord.present(mailing, in: db)
    guard !found.hasUnfinishedImport else {
      throw StoreError.refused("an import into \(found.reference) was broken off; end it first")
    }
    let plan = try OfferRecord.plan(of: mailing, in: db)
    guard !plan.lines.isEmpty else {
      throw StoreError.refused("\(found.reference) offers no support; set its offers first")
    }
    for (number, word) in try LedgerTallies.words(in: db) {
      if let line = plan.line(for: word) { pools[number] = line.pool }
    }
    let filter = LedgerFilter(states: OfferRecord.offered)
    let offered = try LedgerTallies.slots(of: mailing, filter, in: db)
      .filter { pools[LedgerID.jurisdiction($0.key)] != nil }
    slots = offered.keys.sorted()
    total = offered.values.reduce(0, +) * 2
    isDone = slots.isEmpty
  }

  /// Makes the next transaction as long as it may be.
  mutating func adapt(to time: Duration) {
    let ratio = Self.aim / max(time, .microseconds(100))
    size = max(100, min(10_000, Int(Double(size) * min(2, max(0.2, ratio)))))
  }

  /// Gives codes to the next stretch of people.
  mutating func perform(
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    let found = try MailingRecord.present(mailing, in: db)
    let reader = try LedgerReader(mailing, context.keys, in: db)
    guard let key = reader.key else {
      throw StoreError.refused("the recipients of \(found.reference) were erased")
    }
    let entry = journal.head + 1
    if isTurnOver { (isOwnTurn, isTurnOver) = (false, false) }
    var pairs: [Pair] = []
    var places: [Int64: Int] = [:]
    var counts: [String: Int] = [:]
    for (person, slot) in try next(in: db) {
      let jurisdiction = LedgerID.jurisdiction(slot)
      guard let pool = pools[jurisdiction],
        try db.row("SELECT 1 FROM offerCode WHERE person = ?", [person]) == nil,
        let contact = try reader.stored(person)
      else { continue }
      guard contact.offer.isEmpty != isOwnTurn else { continue }
      if isOwnTurn {
        let pair = try keepOwn(contact.offer, of: person, key, entry, &counts, in: db)
        pairs.append(pair)
        outcome.own += 1
      } else {
        let code = try db.row(
          """
          SELECT id FROM offerCode WHERE mailing = ? AND pool = ? AND person IS NULL
          ORDER BY id LIMIT 1
          """,
          [mailing, pool]
        )?.number(0)
        guard let code else {
          outcome.without += 1
          continue
        }
        try db.run(
          "UPDATE offerCode SET person = ?, entry = ? WHERE id = ?",
          [person, entry, code]
        )
        counts[pool, default: 0] += 1
        outcome.assigned += 1
        pairs.append(Pair(code: code, person: person))
      }
      places[jurisdiction, default: 0] += 1
    }
    guard !pairs.isEmpty else { return }
    for (pool, count) in counts {
      try OfferRecord.add(assigned: count, to: pool, of: mailing, in: db)
    }
    for (jurisdiction, count) in places {
      try OfferRecord.add(assigned: count, in: jurisdiction, of: mailing, db)
    }
    let persons = pairs.map(\.person)
    _ = try journal.append(
      AssignOffers(
        mailing: mailing,
        count: pairs.count,
        first: LedgerID.number(persons.min() ?? 0),
        last: LedgerID.number(persons.max() ?? 0),
        pairs: Self.digest(pairs)
      ),
      MailingChange.performed(found)
    )
  }

  /// Writes down the code that a person came in with.
  ///
  /// One that a pool has as well, and nobody was given, is that person's from then on. Where somebody was
  /// given it already, both have it, which is told.
  private mutating func keepOwn(
    _ code: String,
    of person: Int64,
    _ key: MailingKey,
    _ entry: JournalSequence,
    _ counts: inout [String: Int],
    in db: Database
  ) throws -> Pair {
    var hash = key.blind(offer: code)
    if let other = try db.row(
      "SELECT id, pool, person FROM offerCode WHERE mailing = ? AND hash = ?",
      [mailing, hash]
    ) {
      let pool = try other.text(1)
      if pool != OfferRecord.ownPool {
        guard try other.optionalNumber(2) != nil else {
          let number = try other.number(0)
          try db.run(
            "UPDATE offerCode SET person = ?, entry = ? WHERE id = ?",
            [person, entry, number]
          )
          counts[pool, default: 0] += 1
          return Pair(code: number, person: person)
        }
        outcome.sharedCount += 1
        if outcome.shared.count < OfferAssignment.Outcome.listed {
          outcome.shared.append(LedgerID.number(person))
        }
      }
      // One code for many is theirs to give: it stands under each of them.
      hash = key.blind(offer: "\(code)\n\(LedgerID.number(person))")
    }
    let number = try OfferRecord.nextNumber(in: db)
    let sealed = try key.seal(Array(code.utf8), as: .offer, number)
    try db.run(
      """
      INSERT INTO offerCode (id, mailing, pool, hash, sealed, person, entry)
      VALUES (?, ?, '', ?, ?, ?, ?)
      """,
      [number, mailing, hash, Data(sealed), person, entry]
    )
    try OfferRecord.add(imported: 1, assigned: 1, to: OfferRecord.ownPool, of: mailing, in: db)
    return Pair(code: number, person: person, own: (hash, sealed))
  }

  /// A code and who got it; of one that the person came in with what is stored of it.
  struct Pair {
    var code: Int64
    var person: Int64
    var own: (hash: Int64, sealed: [UInt8])?
  }

  /// The digest over numbers of codes and recipients, in order of code.
  static func digest(_ pairs: [Pair]) -> String {
    var digest = RunningDigest()
    for pair in pairs.sorted(by: { $0.code < $1.code }) {
      digest.update(pair.code, pair.person)
      guard let own = pair.own else { continue }
      digest.update(own.hash)
      digest.update(counted: own.sealed)
    }
    return digest.text
  }

  private mutating func next(in db: Database) throws -> [(id: Int64, slot: Int64)] {
    var merge = SlotMerge(slots, from: position, isBackward: false, count: size, in: db)
    var rows: [(id: Int64, slot: Int64)] = []
    while rows.count < size, let next = try merge.next() { rows.append(next) }
    position = rows.last?.id ?? position
    looked += rows.count
    if rows.count < size {
      isDone = !isOwnTurn
      (isTurnOver, position) = (true, LedgerID.range(mailing).lowerBound)
    }
    return rows
  }
}
