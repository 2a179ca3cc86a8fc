internal import GRDB
internal import Model

/// Writes batches of consent records: rows, keys and tallies, in the caller's transaction.
enum ConsentWriter {
  /// The most records in one segment of the index.
  static let segmentSize = 131_072

  /// Brings the rows of a purpose in.
  ///
  /// - Returns: How many records are overtaken by what the same person said later.
  static func write(
    _ part: ConsentBatch.Part,
    channels words: [String],
    of id: RecordID,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws -> Int {
    guard !part.rows.isEmpty else { return 0 }
    let purpose = try PurposeRecord.open(id, in: db)
    guard try PurposeRecord.records(id, in: db) + 1 == part.first else {
      throw StoreError.refused("another import into \(purpose.reference) is under way; try again")
    }
    let limit = Int64(UInt32.max)
    guard part.first + Int64(part.rows.count) - 1 <= limit else {
      throw StoreError.refused("\(purpose.reference) has as many records as a purpose can have")
    }
    let numbers = try words.map { try LedgerTallies.number(of: $0, in: db) }
    try check(Set(part.rows.map(\.version)), of: purpose, in: db)
    var changes = TallyChanges()
    let (isOvertaken, overtaken) = try settle(part, id, &changes, in: db)
    try insertRows(part, numbers, id, isOvertaken, &changes, in: db)
    let segment = try segment(for: part.rows.count, of: id, in: db)
    try insertKeys(part, id, segment, in: db)
    try changes.write(in: db)
    try db.run("UPDATE purpose SET records = records + ? WHERE id = ?", [part.rows.count, id])
    var states: [String: Int] = [:]
    for row in part.rows { states[row.state.rawValue, default: 0] += 1 }
    _ = try journal.append(
      AddConsents(
        purpose: id,
        segment: segment,
        first: part.first,
        count: part.rows.count,
        states: states,
        rows: part.digest.text
      ),
      PurposeRecord.performed(purpose)
    )
    return overtaken
  }

  /// Tallies that are altered, gathered for one transaction.
  struct TallyChanges {
    private var counts: [ConsentSlot: Int] = [:]

    mutating func add(_ count: Int, _ slot: ConsentSlot) { counts[slot, default: 0] += count }

    func write(in db: Database) throws {
      for (slot, count) in counts where count != 0 {
        try ConsentTallies.add(count, to: slot, in: db)
      }
    }
  }

  private static func check(
    _ versions: Set<RecordID>,
    of purpose: ConsentPurpose,
    in db: Database
  ) throws {
    let known = Set(try ConsentVersions.all(of: purpose, in: db).map(\.id)).union([0])
    guard versions.isSubset(of: known) else {
      throw StoreError.refused("a version of \(purpose.reference) was removed meanwhile; try again")
    }
  }

  /// Says which rows are overtaken by what the same person said later, and takes those records that
  /// are overtaken by a row off their standing.
  private static func settle(
    _ part: ConsentBatch.Part,
    _ purpose: RecordID,
    _ changes: inout TallyChanges,
    in db: Database
  ) throws -> (rows: [Bool], overtaken: Int) {
    var isOvertaken = [Bool](repeating: false, count: part.rows.count)
    var overtaken = 0
    let current = try CurrentRecord(purpose, in: db)
    let update = try RawStatement("UPDATE consent SET slot = ? WHERE id = ?", in: db)
    var start = 0
    while start < part.keys.count {
      var end = start + 1
      while end < part.keys.count, part.keys[end].tag == part.keys[start].tag { end += 1 }
      defer { start = end }
      // Of the same instant what comes later in the input counts.
      let group = part.keys[start..<end].map { Int($0.index) }
      var latest = group[0]
      for index in group.dropFirst() where part.rows[index].at >= part.rows[latest].at {
        latest = index
      }
      for index in group where index != latest { isOvertaken[index] = true }
      overtaken += group.count - 1
      guard group.contains(where: { part.rows[$0].isKnown }),
        let before = try current.find(part.keys[start].tag)
      else { continue }
      overtaken += 1
      if before.at > part.rows[latest].at {
        isOvertaken[latest] = true
      } else {
        let slot = ConsentSlot(raw: before.slot)
        update.bind(1, slot.standing(.superseded).raw)
        update.bind(2, before.id)
        try update.run()
        changes.add(-1, slot)
        changes.add(1, slot.standing(.superseded))
      }
    }
    return (isOvertaken, overtaken)
  }

  private static func insertRows(
    _ part: ConsentBatch.Part,
    _ channels: [Int64],
    _ purpose: RecordID,
    _ isOvertaken: [Bool],
    _ changes: inout TallyChanges,
    in db: Database
  ) throws {
    let statement = try RawStatement(
      "INSERT INTO consent (id, slot, at, tag, sealed) VALUES (?, ?, ?, ?, ?)",
      in: db
    )
    let id = ConsentID.consent(purpose, part.first)
    try part.sealed.withUnsafeBytes { sealed in
      var start = 0
      for (index, row) in part.rows.enumerated() {
        let slot = ConsentSlot(
          purpose,
          isOvertaken[index] ? .superseded : .current,
          row.state,
          channel: channels[Int(row.channel)],
          version: row.version
        )
        statement.bind(1, id + Int64(index))
        statement.bind(2, slot.raw)
        statement.bind(3, row.at)
        statement.bind(4, row.tag)
        statement.bind(5, UnsafeRawBufferPointer(rebasing: sealed[start..<row.end]))
        try statement.run()
        start = row.end
        changes.add(1, slot)
      }
    }
  }

  /// The segment that so many more go into: the purpose's last one where there is room in it.
  private static func segment(
    for count: Int,
    of purpose: RecordID,
    in db: Database
  ) throws -> Int64 {
    if let row = try db.row(
      "SELECT id, count FROM consentSegment WHERE purpose = ? ORDER BY id DESC LIMIT 1",
      [purpose]
    ), Int(try row.number(1)) + count <= segmentSize {
      let id = try row.number(0)
      try db.run("UPDATE consentSegment SET count = count + ? WHERE id = ?", [count, id])
      return id
    }
    try db.run("INSERT INTO consentSegment (purpose, count) VALUES (?, ?)", [purpose, count])
    return db.lastInsertedRowID
  }

  private static func insertKeys(
    _ part: ConsentBatch.Part,
    _ purpose: RecordID,
    _ segment: Int64,
    in db: Database
  ) throws {
    let statement = try RawStatement(
      "INSERT INTO consentKey (part, tag, consent) VALUES (?, ?, ?)",
      in: db
    )
    statement.bind(1, segment)
    let id = ConsentID.consent(purpose, part.first)
    for key in part.keys {
      statement.bind(2, key.tag)
      statement.bind(3, id + Int64(key.index))
      try statement.run()
    }
  }
}

/// Finds what counts of a person now: one look into each segment.
struct CurrentRecord {
  struct Found {
    var id: Int64
    var slot: Int64
    var at: Int64
  }

  private let segments: [Int64]
  private let keys: RawStatement
  private let row: RawStatement

  init(_ purpose: RecordID, in db: Database) throws {
    var segments: [Int64] = []
    try db.rows("SELECT id FROM consentSegment WHERE purpose = ? ORDER BY id", [purpose]) {
      segments.append(try $0.number(0))
    }
    self.segments = segments
    keys = try RawStatement("SELECT consent FROM consentKey WHERE part = ? AND tag = ?", in: db)
    row = try RawStatement("SELECT slot, at FROM consent WHERE id = ?", in: db)
  }

  /// The record that is current; nil where the person has none.
  func find(_ tag: Int64) throws -> Found? {
    var found: Found?
    try each(tag) { record in
      if ConsentSlot(raw: record.slot).standing == .current { found = record }
    }
    return found
  }

  /// Visits all records of a person.
  func each(_ tag: Int64, _ body: (Found) throws -> Void) throws {
    for segment in segments {
      keys.bind(1, segment)
      keys.bind(2, tag)
      while try keys.next() {
        let id = keys.number(0)
        row.bind(1, id)
        guard try row.next() else { continue }
        let found = Found(id: id, slot: row.number(0), at: row.number(1))
        row.reset()
        try body(found)
      }
    }
  }
}
