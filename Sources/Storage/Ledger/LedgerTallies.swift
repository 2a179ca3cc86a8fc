internal import GRDB
internal import Model

/// The running tallies of a ledger, and its words.
enum LedgerTallies {
  /// A tally as it is stored.
  struct Tally {
    var state: RecipientState
    var jurisdiction: Int64
    var language: Int64
    var count: Int
  }

  /// The tallies of a mailing that are not zero.
  static func all(of mailing: RecordID, in db: Database) throws -> [Tally] {
    var tallies: [Tally] = []
    try db.rows(
      """
      SELECT jurisdiction, state, language, count FROM recipientTally
      WHERE mailing = ? AND count > 0 ORDER BY jurisdiction, language, state
      """,
      [mailing]
    ) { row in
      guard let state = RecipientState(code: Int(try row.number(1))) else {
        throw UnknownWord(type: "RecipientState")
      }
      tallies.append(
        Tally(
          state: state,
          jurisdiction: try row.number(0),
          language: try row.number(2),
          count: Int(try row.number(3))
        )
      )
    }
    return tallies
  }

  /// How many recipients of a mailing stand how; none of zero.
  static func states(of mailing: RecordID, in db: Database) throws -> [RecipientState: Int] {
    var states: [RecipientState: Int] = [:]
    try db.rows(
      "SELECT state, sum(count) FROM recipientTally WHERE mailing = ? AND count > 0 GROUP BY state",
      [mailing]
    ) { row in
      guard let state = RecipientState(code: Int(try row.number(0))) else {
        throw UnknownWord(type: "RecipientState")
      }
      states[state] = Int(try row.number(1))
    }
    return states
  }

  /// In how many mailings people are to be told still, and how many people; of those erased, removed or
  /// held for practice nobody is.
  static func untold(in db: Database) throws -> (mailings: Int, people: Int) {
    let states = MailingCoverage.Part.allCases.filter(\.isToBeTold).flatMap(\.states).map(\.code)
    let row = try db.row(
      """
      SELECT count(DISTINCT mailing.id), coalesce(sum(count), 0)
      FROM recipientTally JOIN mailing ON mailing.id = recipientTally.mailing
      JOIN incident ON incident.id = mailing.incident
      WHERE count > 0 AND recipientTally.state IN (\(states.sorted().map(String.init).joined(separator: ",")))
        AND mailing.erasedAt IS NULL AND mailing.isRemoved = 0 AND incident.isExercise = 0
      """
    )
    guard let row else { return (0, 0) }
    return (Int(try row.number(0)), Int(try row.number(1)))
  }

  /// The slots of a mailing that hold recipients who pass a filter, with how many each.
  static func slots(
    of mailing: RecordID,
    _ filter: LedgerFilter,
    in db: Database
  ) throws -> [Int64: Int] {
    let words = try filter.jurisdictions.map { try numbers(of: $0, in: db) }
    var slots: [Int64: Int] = [:]
    for tally in try all(of: mailing, in: db)
    where words?.contains(tally.jurisdiction) ?? true
      && filter.states?.contains(tally.state) ?? true
    {
      slots[LedgerID.slot(mailing, tally.state, tally.jurisdiction), default: 0] += tally.count
    }
    return slots
  }

  /// Adds to tallies, or takes away.
  static func add(
    _ count: Int,
    to state: RecipientState,
    _ jurisdiction: Int64,
    _ language: Int64,
    of mailing: RecordID,
    in db: Database
  ) throws {
    try db.run(
      """
      INSERT INTO recipientTally (mailing, jurisdiction, state, language, count)
      VALUES (?1, ?2, ?3, ?4, max(?5, 0))
      ON CONFLICT DO UPDATE SET count = count + ?5
      """,
      [mailing, jurisdiction, state.code, language, count]
    )
  }

  /// Adds to those who came to a state on a day.
  static func add(
    _ count: Int,
    to step: RecipientStep,
    on now: Instant,
    _ jurisdiction: Int64,
    of mailing: RecordID,
    in db: Database
  ) throws {
    try db.run(
      """
      INSERT INTO mailingDay (mailing, day, state, channel, jurisdiction, count)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      ON CONFLICT DO UPDATE SET count = count + ?6
      """,
      [
        mailing, day(of: now), step.state.code, step.channel?.rawValue ?? "", jurisdiction, count,
      ]
    )
  }

  /// Adds protected recipients, as they come in.
  static func addProtected(
    _ count: Int,
    _ jurisdiction: Int64,
    _ language: Int64,
    _ protection: UInt8,
    of mailing: RecordID,
    in db: Database
  ) throws {
    try db.run(
      """
      INSERT INTO recipientProtected (mailing, jurisdiction, language, protection, count)
      VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET count = count + ?5
      """,
      [mailing, jurisdiction, language, Int64(protection), count]
    )
  }

  /// How many are listed of each kind, in whatever state; none of zero.
  static func kinds(of mailing: RecordID, in db: Database) throws -> [RecipientKind: Int] {
    let words = try words(in: db)
    func kind(
      _ jurisdiction: Int64,
      _ language: Int64,
      _ protection: RecipientProtection
    ) throws -> RecipientKind {
      guard let place = words[jurisdiction], let tongue = words[language] else {
        throw UnknownWord(type: "RecipientKind")
      }
      return RecipientKind(jurisdiction: place, language: tongue, protection: protection)
    }
    var kinds: [RecipientKind: Int] = [:]
    for tally in try all(of: mailing, in: db) {
      kinds[try kind(tally.jurisdiction, tally.language, .none), default: 0] += tally.count
    }
    try db.rows(
      """
      SELECT jurisdiction, language, protection, count FROM recipientProtected WHERE mailing = ?
      """,
      [mailing]
    ) { row in
      guard let protection = RecipientProtection(rawValue: Int(try row.number(2))) else {
        throw UnknownWord(type: "RecipientProtection")
      }
      let (place, tongue) = (try row.number(0), try row.number(1))
      let count = Int(try row.number(3))
      kinds[try kind(place, tongue, protection), default: 0] += count
      kinds[try kind(place, tongue, .none), default: 0] -= count
    }
    return kinds.filter { $0.value > 0 }
  }

  /// The day of an instant, in UTC: days since 1970-01-01.
  static func day(of instant: Instant) -> Int64 {
    instant.milliseconds.flooredDivision(by: 86_400_000).quotient
  }

  /// All words of the ledger, by number.
  static func words(in db: Database) throws -> [Int64: String] {
    var words: [Int64: String] = [:]
    try db.rows("SELECT id, word FROM ledgerWord") { words[try $0.number(0)] = try $0.text(1) }
    return words
  }

  /// The numbers of words, of those that the ledger has.
  private static func numbers(of words: Set<String>, in db: Database) throws -> Set<Int64> {
    Set(try self.words(in: db).filter { words.contains($0.value) }.keys)
  }

  /// The number of a word, given to it now where it has none.
  static func number(of word: String, in db: Database) throws -> Int64 {
    if let row = try db.row("SELECT id FROM ledgerWord WHERE word = ?", [word]) {
      return try row.number(0)
    }
    try db.run(
      "INSERT INTO ledgerWord (id, word) SELECT coalesce(max(id), 0) + 1, ? FROM ledgerWord",
      [word]
    )
    return db.lastInsertedRowID
  }
}
