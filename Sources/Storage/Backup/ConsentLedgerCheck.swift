internal import Crypto
internal import Foundation
internal import GRDB
internal import Model

/// Compares consent records with the journal: rows, index, standings, tallies and keys.
///
/// The journal keeps, for each stretch that came in, a digest of the sealed rows; who is erased it names
/// by number. What counts of a person is worked out again from the rows. Streams: what is in memory does
/// not grow with the records. Needs no key, so it works after erasing too.
struct ConsentLedgerCheck {
  /// The tables that are compared, each with its columns.
  static let tables = [
    "consent": ["id", "slot", "at", "tag", "sealed"],
    "consentTally": ["slot", "count"],
    "consentSegment": ["id", "purpose", "count"],
    "consentKey": ["part", "tag", "consent"],
  ]

  static func run(_ db: Database, _ report: inout RecordVerifier.Report) throws {
    guard try db.tableExists("consent") else { return }
    var purposes: [(id: RecordID, reference: String)] = []
    try db.rows("SELECT id, reference FROM purpose ORDER BY id") {
      purposes.append((try $0.number(0), try $0.text(1)))
    }
    for purpose in purposes {
      var check = ConsentLedgerCheck(purpose.id)
      do {
        try check.run(in: db)
      } catch is RowDecodingError {
        check.add("a field of a record does not have the type it was written with")
      } catch is DecodingError {
        check.add("an entry of the journal says what was never written")
      }
      report.consents += check.done
      for problem in check.problems {
        report.add(Subject(.purpose, purpose.id), purpose.reference, problem)
      }
    }
    let known = Set(purposes.map(\.id))
    var strangers: Set<String> = []
    try db.rows("SELECT DISTINCT id >> 32 FROM consent") {
      if try !known.contains($0.number(0)) { strangers.insert("consent") }
    }
    try db.rows("SELECT DISTINCT slot >> 36 FROM consentTally") {
      if try !known.contains($0.number(0)) { strangers.insert("consentTally") }
    }
    try db.rows(
      """
      SELECT purpose FROM consentSegment WHERE purpose NOT IN (SELECT id FROM purpose) UNION ALL
      SELECT 0 FROM (SELECT DISTINCT part FROM consentKey)
      WHERE part NOT IN (SELECT id FROM consentSegment)
      """
    ) { _ in strangers.insert("consentSegment") }
    for table in strangers.sorted() {
      report.add(Subject(.purpose, 0), "", "there are rows in \(table) of a purpose that never was")
    }
  }

  private let purpose: RecordID
  private(set) var done = 0
  private(set) var problems: [String] = []
  private var stretches: [AddConsents] = []
  private var erased: Set<Int64> = []
  private var key: OpenMailing.Key?
  private var tallies: [Int64: Int] = [:]
  /// How many rows count of their person now, and how many can be found.
  private var (current, findable) = (0, 0)

  private init(_ purpose: RecordID) { self.purpose = purpose }

  private mutating func add(_ problem: String) {
    if problems.count < 20, !problems.contains(problem) { problems.append(problem) }
  }

  private mutating func run(in db: Database) throws {
    try readJournal(in: db)
    try rows(in: db)
    try keys(in: db)
    try compareTallies(in: db)
    try compareKey(in: db)
  }

  private mutating func readJournal(in db: Database) throws {
    let names = [AddConsents.name, EraseConsents.name, OpenConsents.name]
    try db.rows(
      """
      SELECT action, change FROM journal JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = 'purpose' AND subject = ? AND change IS NOT NULL
        AND action IN (SELECT value FROM json_each(?)) ORDER BY journal.id
      """,
      [purpose, try JSON.text(names)]
    ) { row in
      let text = try row.text(1)
      switch try row.text(0) {
      case AddConsents.name: stretches.append(try JSON.value(text, as: AddConsents.self))
      case EraseConsents.name:
        erased.formUnion(try JSON.value(text, as: EraseConsents.self).numbers)
      default: key = try JSON.value(text, as: OpenConsents.self).key
      }
    }
  }

  /// The rows of each stretch give its digest again.
  private mutating func rows(in db: Database) throws {
    let words = try LedgerTallies.words(in: db).mapValues { Array($0.utf8) }
    let range = ConsentID.range(purpose)
    let rows = try RawStatement(
      "SELECT id, slot, at, tag, sealed FROM consent WHERE id BETWEEN ? AND ? ORDER BY id",
      in: db
    )
    rows.bind(1, range.lowerBound)
    rows.bind(2, range.upperBound)
    var scratch: [UInt8] = []
    var next: Int64 = 1
    for stretch in stretches {
      let limit = Int64(UInt32.max)
      guard stretch.first == next, (1...limit).contains(Int64(stretch.count)) else {
        return add("an entry of the journal says what was never written")
      }
      next += Int64(stretch.count)
      var digest = RunningDigest()
      for number in stretch.first..<next {
        let id = ConsentID.consent(purpose, number)
        guard try rows.next(), rows.number(0) == id else {
          return add("record \(number) is missing")
        }
        let slot = ConsentSlot(raw: rows.number(1))
        let isErased = erased.contains(number)
        guard slot.purpose == purpose, let standing = slot.standing, let state = slot.state else {
          add("record \(number) says what was never written")
          continue
        }
        if (standing == .erased) != isErased {
          add(
            isErased
              ? "who record \(number) is of was erased, and it says otherwise"
              : "record \(number) says that it was erased, and the journal does not"
          )
        }
        let tag = rows.number(3)
        if isErased {
          if tag != 0 { add("record \(number) was erased and can be found") }
        } else {
          findable += 1
          if standing == .current { current += 1 }
        }
        func take(_ commitment: UnsafeRawBufferPointer) {
          ConsentDigest.row(
            id,
            state,
            at: rows.number(2),
            version: slot.version,
            channel: words[slot.channel] ?? [],
            commitment: commitment,
            scratch: &scratch,
            into: &digest
          )
        }
        if isErased {
          take(rows.bytes(4))
        } else {
          ConsentDigest.commitment(rows.bytes(4), tag).withUnsafeBytes(take)
        }
        tallies[slot.raw, default: 0] += 1
        done += 1
      }
      if digest.text != stretch.rows {
        add("records \(stretch.first) to \(next - 1) are not those that came in")
      }
    }
    if try rows.next() { add("record \(ConsentID.number(rows.number(0))) never came in") }
    let stated = try PurposeRecord.records(purpose, in: db)
    if stated != next - 1 { add("it says \(stated) records, the journal \(next - 1)") }
  }

  /// The index leads to each row by its tag, and of each person what was said last counts.
  private mutating func keys(in db: Database) throws {
    var segments: [Int64: Int] = [:]
    for stretch in stretches { segments[stretch.segment, default: 0] += stretch.count }
    var stated: [Int64: Int] = [:]
    try db.rows("SELECT id, count FROM consentSegment WHERE purpose = ?", [purpose]) {
      stated[try $0.number(0)] = Int(try $0.number(1))
    }
    if stated != segments {
      add("the index has segments that are not in the journal, or lacks some")
    }
    var merge = try KeyMerge(segments.keys.sorted(), in: db)
    let row = try RawStatement("SELECT slot, at, tag FROM consent WHERE id = ?", in: db)
    var (count, people) = (0, 0)
    var group: [(id: Int64, at: Int64, isCurrent: Bool)] = []
    var tag: Int64?
    func settle(_ problems: (String) -> Void) {
      // Of the same instant what came later counts.
      guard let last = group.max(by: { ($0.at, $0.id) < ($1.at, $1.id) }) else { return }
      for record in group where record.isCurrent != (record.id == last.id) {
        problems(
          "record \(ConsentID.number(record.id)) "
            + (record.isCurrent
              ? "counts, and the same person has said something later"
              : "does not count, and is the last that its person said")
        )
      }
    }
    while let next = try merge.next() {
      count += 1
      row.bind(1, next.consent)
      guard next.consent >> 32 == purpose, try row.next() else {
        row.reset()
        add("the index holds an entry that leads to nobody")
        continue
      }
      let slot = ConsentSlot(raw: row.number(0))
      let (at, own) = (row.number(1), row.number(2))
      row.reset()
      if own != next.tag { add("the index holds an entry that leads to somebody else") }
      if next.tag != tag {
        var found: [String] = []
        settle { found.append($0) }
        found.forEach { add($0) }
        group.removeAll(keepingCapacity: true)
        (tag, people) = (next.tag, people + 1)
      }
      group.append((next.consent, at, slot.standing == .current))
    }
    var found: [String] = []
    settle { found.append($0) }
    found.forEach { add($0) }
    if count != findable { add("the index has \(count) entries for \(findable) records") }
    if people != current { add("\(current) records count, of \(people) people") }
  }

  private mutating func compareTallies(in db: Database) throws {
    var kept: [Int64: Int] = [:]
    for (slot, count) in try ConsentTallies.all(of: purpose, in: db) { kept[slot.raw] = count }
    if kept != tallies { add("the running tallies are not what the records come to") }
  }

  private mutating func compareKey(in db: Database) throws {
    let row = try db.row(
      "SELECT wrappedKey, wrappedBy, erasedAt, facts FROM purpose WHERE id = ?",
      [purpose]
    )
    guard let row else { return }
    let (wrapped, by) = (try row.decode(Data?.self, atIndex: 0), try row.text(1))
    let facts = try JSON.value(try row.text(3), as: PurposeFacts.self)
    let isErased = facts.erasedAt != nil
    if try row.optionalNumber(2) != facts.erasedAt?.milliseconds
      || (isErased && wrapped != nil) || (!isErased && wrapped == nil && !stretches.isEmpty)
    {
      add("the key to who consented is gone, or there, against what it says")
    } else if let key,
      by != key.by
        || wrapped.map({ Digest.sha256([UInt8]($0)) }) ?? key.digest
          != key.digest
    {
      add("the key to who consented is not the one that was made")
    } else if key == nil, wrapped != nil {
      add("there is a key to who consented that nobody made")
    }
  }
}

/// The entries of several segments of the index in order of tag, then of record.
private struct KeyMerge {
  struct Entry {
    var tag: Int64
    var consent: Int64
  }

  private var heads: [(statement: RawStatement, entry: Entry?)] = []

  init(_ segments: [Int64], in db: Database) throws {
    for segment in segments {
      let statement = try RawStatement(
        "SELECT tag, consent FROM consentKey WHERE part = ? ORDER BY tag, consent",
        in: db
      )
      statement.bind(1, segment)
      heads.append((statement, try Self.step(statement)))
    }
  }

  private static func step(_ statement: RawStatement) throws -> Entry? {
    guard try statement.next() else { return nil }
    return Entry(tag: statement.number(0), consent: statement.number(1))
  }

  mutating func next() throws -> Entry? {
    var best: Int?
    for (index, head) in heads.enumerated() {
      guard let entry = head.entry else { continue }
      if let other = best.flatMap({ heads[$0].entry }),
        (other.tag, other.consent) <= (entry.tag, entry.consent)
      {
        continue
      }
      best = index
    }
    guard let best else { return nil }
    let entry = heads[best].entry
    heads[best].entry = try Self.step(heads[best].statement)
    return entry
  }
}
