internal import GRDB
internal import Model

/// The comparison of one ledger with the journal.
struct LedgerCheck {
  static let tables = [
    CheckedTable(
      "recipient",
      .person("id"),
      ["id", "slot", "language", "protection", "step", "sealed"]
    ),
    CheckedTable("recipientEvent", .person("recipient"), ["recipient", "step", "before", "after"]),
    CheckedTable(
      "recipientTally",
      .mailing("mailing"),
      ["mailing", "jurisdiction", "state", "language", "count"]
    ),
    CheckedTable(
      "recipientProtected",
      .mailing("mailing"),
      ["mailing", "jurisdiction", "language", "protection", "count"]
    ),
    CheckedTable(
      "mailingDay",
      .mailing("mailing"),
      ["mailing", "day", "state", "channel", "jurisdiction", "count"]
    ),
    CheckedTable("ledgerSegment", .mailing("mailing"), ["id", "mailing", "count"]),
    CheckedTable(
      "blind",
      .row("segment", of: "ledgerSegment"),
      ["segment", "kind", "hash", "recipient"]
    ),
    CheckedTable("ledgerWord", .none, ["id", "word"]),
    CheckedTable(
      "ledgerImport",
      .mailing("id"),
      [],
      free: [
        "id": "that an import broke off; who came in is in the journal",
        "input": "knows the input of that import again",
        "first": "where that import began", "taken": "how far it read",
        "added": "how many of them came in, whom the journal counts",
      ]
    ),
  ]

  private let mailing: RecordID
  private var stretches: [AddRecipients] = []
  private var moves: [Int64: Move] = [:]
  private let words: [Int64: [UInt8]]
  private(set) var done = 0
  private(set) var problems: [String] = []
  private var tallies: [Place: Int] = [:]
  private var protected: [Protected: Int64] = [:]
  private var days: [Day: Int64] = [:]

  /// Events of one step, as far as they were met.
  private struct Move {
    var change: MoveRecipients
    /// Days since 1970-01-01, UTC.
    var day: Int64
    var count = 0
    var digest = RunningDigest()
    /// The first and the last person who took it.
    var first: Int64 = 0
    var last: Int64 = 0

    /// Whether those who took it are those in the journal.
    var isSound: Bool {
      count == change.count && digest.text == change.events
        && LedgerID.number(first) == change.first && LedgerID.number(last) == change.last
    }
  }

  /// Protected people who are counted together.
  private struct Protected: Hashable {
    var jurisdiction: Int64
    var language: Int64
    var protection: Int64
  }

  private struct Place: Hashable {
    var jurisdiction: Int64
    var state: Int64
    var language: Int64
  }

  /// Those who came to a state on a day.
  private struct Day: Hashable {
    var day: Int64
    var state: Int64
    var channel: String
    var jurisdiction: Int64
  }

  init(_ mailing: RecordID, in db: Database) throws {
    self.mailing = mailing
    words = try LedgerTallies.words(in: db).mapValues { Array($0.utf8) }
    try db.rows(
      """
      SELECT action, change, at FROM journal JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = 'mailing' AND subject = ? AND change IS NOT NULL
        AND action IN ('recipients.add', 'recipients.move') ORDER BY journal.id
      """,
      [mailing]
    ) { row in
      if try row.text(0) == AddRecipients.name {
        stretches.append(try JSON.value(try row.text(1), as: AddRecipients.self))
      } else {
        let change = try JSON.value(try row.text(1), as: MoveRecipients.self)
        moves[change.step] = Move(
          change: change,
          day: try row.number(2).flooredDivision(by: 86_400_000).quotient
        )
      }
    }
  }

  mutating func run(in db: Database, _ progress: (Int) throws -> Void) throws {
    try rows(in: db, progress)
    for (step, move) in moves.sorted(by: { $0.key < $1.key }) {
      if !move.isSound {
        add("the events of step \(step) are not those in the journal")
      }
    }
    try keys(in: db)
    try compareTallies(in: db)
    try compareProtected(in: db)
    try compareDays(in: db)
    let stated = Int(try db.number("SELECT recipients FROM mailing WHERE id = ?", [mailing]))
    let added = stretches.reduce(0) { $0 + $1.count }
    if stated != added { add("it says \(stated) recipients, the journal \(added)") }
  }

  private mutating func add(_ problem: String) {
    if problems.count < 20, !problems.contains(problem) { problems.append(problem) }
  }

  /// Recipients and events side by side, both in order of number.
  private mutating func rows(in db: Database, _ progress: (Int) throws -> Void) throws {
    let range = LedgerID.range(mailing)
    func open(_ sql: String) throws -> RawStatement {
      let statement = try RawStatement(sql, in: db)
      statement.bind(1, range.lowerBound)
      statement.bind(2, range.upperBound)
      return statement
    }
    let rows = try open(
      """
      SELECT id, slot, language, protection, step, sealed FROM recipient WHERE id BETWEEN ? AND ?
      ORDER BY id
      """
    )
    let events = try open(
      """
      SELECT recipient, step, before, after FROM recipientEvent WHERE recipient BETWEEN ? AND ?
      ORDER BY recipient, step
      """
    )
    var hasEvent = try events.next()
    var scratch: [UInt8] = []
    for stretch in stretches {
      var digest = RunningDigest()
      var isWhole = true
      let limit = Int64(UInt32.max)
      guard (1...limit).contains(stretch.first), stretch.count >= 0, stretch.count <= limit else {
        add("an entry of the journal says what was never written")
        continue
      }
      for number in stretch.first..<stretch.first + Int64(stretch.count) {
        let id = LedgerID.recipient(mailing, number)
        guard try rows.next(), rows.number(0) == id else {
          add("recipient \(number) is missing")
          isWhole = false
          break
        }
        let slot = rows.number(1)
        let language = rows.number(2)
        LedgerDigest.row(
          id,
          protection: UInt8(truncatingIfNeeded: rows.number(3)),
          jurisdiction: words[LedgerID.jurisdiction(slot)] ?? [],
          language: words[language] ?? [],
          sealed: rows.bytes(5),
          scratch: &scratch,
          into: &digest
        )
        var (state, step): (Int64, Int64) = (0, stretch.step)
        while hasEvent, events.number(0) <= id {
          if events.number(0) < id || events.number(2) != state {
            add("an event of recipient \(LedgerID.number(events.number(0))) does not fit")
          }
          (state, step) = (events.number(3), events.number(1))
          note(events.number(0), step, events.number(2), state, LedgerID.jurisdiction(slot))
          hasEvent = try events.next()
        }
        if slot != mailing << 32 | state << 16 | LedgerID.jurisdiction(slot)
          || rows.number(4) != step
        {
          add("the state of recipient \(number) is not the one its last event led to")
        }
        tallies[
          Place(
            jurisdiction: LedgerID.jurisdiction(slot),
            state: slot >> 16 & 0xFFFF,
            language: language
          ),
          default: 0
        ] += 1
        if rows.number(3) != 0 {
          protected[
            Protected(
              jurisdiction: LedgerID.jurisdiction(slot),
              language: language,
              protection: rows.number(3)
            ),
            default: 0
          ] += 1
        }
        done += 1
        if done % 16_384 == 0 { try progress(done) }
      }
      guard isWhole else { return }
      if digest.text != stretch.rows {
        let last = stretch.first + Int64(stretch.count) - 1
        add("recipients \(stretch.first) to \(last) are not those that came in")
      }
    }
    if try rows.next() {
      add("recipient \(LedgerID.number(rows.number(0))) never came in")
    }
    if hasEvent { add("there are events of recipients who never came in") }
  }

  /// Takes an event into its step's digest.
  private mutating func note(
    _ id: Int64,
    _ step: Int64,
    _ before: Int64,
    _ after: Int64,
    _ jurisdiction: Int64
  ) {
    guard let index = moves.index(forKey: step),
      after == Int64(moves.values[index].change.what.state.code)
    else {
      return add("an event of recipient \(LedgerID.number(id)) is of no step in the journal")
    }
    LedgerDigest.event(id, before, after, into: &moves.values[index].digest)
    if moves.values[index].count == 0 { moves.values[index].first = id }
    moves.values[index].last = id
    moves.values[index].count += 1
    days[
      Day(
        day: moves.values[index].day,
        state: after,
        channel: moves.values[index].change.what.channel?.rawValue ?? "",
        jurisdiction: jurisdiction
      ),
      default: 0
    ] += 1
  }

  /// The index, a segment at a time: each stretch's entries in order give its digest again.
  private mutating func keys(in db: Database) throws {
    var digests = stretches.map { _ in RunningDigest() }
    let statement = try RawStatement(
      "SELECT kind, hash, recipient FROM blind WHERE segment = ? ORDER BY kind, hash, recipient",
      in: db
    )
    for segment in Set(stretches.map(\.segment)).sorted() {
      statement.bind(1, segment)
      while try statement.next() {
        let number = LedgerID.number(statement.number(2))
        guard statement.number(2) >> 32 == mailing, let index = stretch(of: number),
          stretches[index].segment == segment
        else {
          add("the index holds an entry that leads to nobody")
          continue
        }
        LedgerDigest.key(
          kind: Int(truncatingIfNeeded: statement.number(0)),
          hash: statement.number(1),
          recipient: statement.number(2),
          into: &digests[index]
        )
      }
    }
    for (stretch, digest) in zip(stretches, digests) where digest.text != stretch.keys {
      let last = stretch.first + Int64(stretch.count) - 1
      add("the index of recipients \(stretch.first) to \(last) is not what was written")
    }
    var segments: [Int64: Int64] = [:]
    for stretch in stretches { segments[stretch.segment, default: 0] += Int64(stretch.count) }
    var stated: [Int64: Int64] = [:]
    try db.rows("SELECT id, count FROM ledgerSegment WHERE mailing = ?", [mailing]) {
      stated[try $0.number(0)] = try $0.number(1)
    }
    if stated != segments {
      add("the index has segments that are not in the journal, or lacks some")
    }
  }

  /// The stretch that a number came in with.
  private func stretch(of number: Int64) -> Int? {
    var (low, high) = (0, stretches.count - 1)
    while low <= high {
      let middle = (low + high) / 2
      let stretch = stretches[middle]
      if number < stretch.first {
        high = middle - 1
      } else if number >= stretch.first + Int64(stretch.count) {
        low = middle + 1
      } else {
        return middle
      }
    }
    return nil
  }

  private mutating func compareTallies(in db: Database) throws {
    var kept: [Place: Int] = [:]
    try db.rows(
      """
      SELECT jurisdiction, state, language, count FROM recipientTally
      WHERE mailing = ? AND count <> 0
      """,
      [mailing]
    ) { row in
      kept[
        Place(
          jurisdiction: try row.number(0),
          state: try row.number(1),
          language: try row.number(2)
        )
      ] = Int(try row.number(3))
    }
    if kept != tallies { add("the running tallies are not what the recipients come to") }
  }

  private mutating func compareProtected(in db: Database) throws {
    guard try db.tableExists("recipientProtected") else { return }
    var kept: [Protected: Int64] = [:]
    try db.rows(
      """
      SELECT jurisdiction, language, protection, count FROM recipientProtected WHERE mailing = ?
      """,
      [mailing]
    ) { row in
      kept[
        Protected(
          jurisdiction: try row.number(0),
          language: try row.number(1),
          protection: try row.number(2)
        )
      ] = try row.number(3)
    }
    if kept != protected { add("the counts of protected people are not what they come to") }
  }

  private mutating func compareDays(in db: Database) throws {
    guard try db.tableExists("mailingDay") else { return }
    var kept: [Day: Int64] = [:]
    try db.rows(
      "SELECT day, state, channel, jurisdiction, count FROM mailingDay WHERE mailing = ?",
      [mailing]
    ) { row in
      kept[
        Day(
          day: try row.number(0),
          state: try row.number(1),
          channel: try row.text(2),
          jurisdiction: try row.number(3)
        )
      ] = try row.number(4)
    }
    if kept != days { add("the counts of days are not what the events come to") }
  }
}
