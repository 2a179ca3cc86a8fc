internal import GRDB
internal import Model

/// How purpose, number and what is counted stand in one integer each.
enum ConsentID {
  /// The row of a record.
  static func consent(_ purpose: RecordID, _ number: Int64) -> Int64 { purpose << 32 | number }

  /// The number of a record among its purpose's.
  static func number(_ consent: Int64) -> Int64 { consent & 0xFFFF_FFFF }

  /// All records of a purpose.
  static func range(_ purpose: RecordID) -> ClosedRange<Int64> {
    (purpose << 32)...(purpose << 32 | 0xFFFF_FFFF)
  }
}

/// What records are filtered and counted by.
struct ConsentSlot: Hashable {
  var raw: Int64

  init(raw: Int64) { self.raw = raw }

  init(
    _ purpose: RecordID,
    _ standing: ConsentStanding,
    _ state: ConsentState,
    channel: Int64,
    version: RecordID
  ) {
    raw = purpose << 36 | standing.code << 34 | state.code << 32 | channel << 16 | version
  }

  /// All slots of a purpose.
  static func range(_ purpose: RecordID) -> ClosedRange<Int64> {
    (purpose << 36)...(purpose << 36 | 0xF_FFFF_FFFF)
  }

  var purpose: RecordID { raw >> 36 }
  var standing: ConsentStanding? { ConsentStanding(code: raw >> 34 & 3) }
  var state: ConsentState? { ConsentState(code: raw >> 32 & 3) }
  /// The channel, as a word of the ledger.
  var channel: Int64 { raw >> 16 & 0xFFFF }
  /// The version's number; 0 for none.
  var version: RecordID { raw & 0xFFFF }

  /// The same with another standing.
  func standing(_ standing: ConsentStanding) -> ConsentSlot {
    ConsentSlot(raw: raw & ~(3 << 34) | standing.code << 34)
  }
}

/// The running tallies of consents.
enum ConsentTallies {
  /// The tallies that are not zero, of a purpose or of all.
  static func all(of purpose: RecordID?, in db: Database) throws -> [(
    slot: ConsentSlot, count: Int
  )] {
    let range = purpose.map(ConsentSlot.range) ?? 0...Int64.max
    var tallies: [(slot: ConsentSlot, count: Int)] = []
    try db.rows(
      "SELECT slot, count FROM consentTally WHERE slot BETWEEN ? AND ? AND count > 0 ORDER BY slot",
      [range.lowerBound, range.upperBound]
    ) { tallies.append((ConsentSlot(raw: try $0.number(0)), Int(try $0.number(1)))) }
    return tallies
  }

  /// A tally in words.
  static func tally(_ slot: ConsentSlot, _ count: Int, _ words: [Int64: String]) throws
    -> ConsentTally
  {
    guard let standing = slot.standing, let state = slot.state, let channel = words[slot.channel]
    else { throw UnknownWord(type: "ConsentTally") }
    return ConsentTally(
      purpose: slot.purpose,
      standing: standing,
      state: state,
      channel: channel,
      version: slot.version == 0 ? nil : slot.version,
      count: count
    )
  }

  /// The slots of a purpose that hold records which pass a filter, with how many each.
  static func slots(
    of purpose: ConsentPurpose,
    _ filter: ConsentFilter,
    in db: Database
  ) throws -> [Int64: Int] {
    let words = try LedgerTallies.words(in: db)
    let versions = try ConsentVersions.all(of: purpose, in: db)
    var slots: [Int64: Int] = [:]
    for (slot, count) in try all(of: purpose.id, in: db) {
      let tally = try tally(slot, count, words)
      let version = versions.first { $0.id == tally.version }
      if filter.passes(tally, version?.facts) { slots[slot.raw] = count }
    }
    return slots
  }

  /// Adds to a tally, or takes away.
  static func add(_ count: Int, to slot: ConsentSlot, in db: Database) throws {
    try db.run(
      """
      INSERT INTO consentTally (slot, count) VALUES (?1, max(?2, 0))
      ON CONFLICT DO UPDATE SET count = count + ?2
      """,
      [slot.raw, count]
    )
  }

  /// Whether a record of whatever standing names a version.
  static func isNamed(version: RecordID, in db: Database) throws -> Bool {
    try db.row("SELECT 1 FROM consentTally WHERE slot & 65535 = ? AND count > 0", [version]) != nil
  }
}

/// Reads the versions of a purpose that are on their list; one that records name is never off it.
enum ConsentVersions {
  static func all(of purpose: ConsentPurpose, in db: Database) throws -> [ConsentVersion] {
    var ids: [RecordID] = []
    try db.rows(
      "SELECT id FROM consentVersion WHERE purpose = ? AND isRemoved = 0 ORDER BY id",
      [purpose.reference]
    ) { ids.append(try $0.number(0)) }
    return try ids.map { try KeptTable<ConsentVersionFacts>.existing($0, in: db) }
      .sorted { ($0.facts.from.earliest, $0.id) < ($1.facts.from.earliest, $1.id) }
  }
}
