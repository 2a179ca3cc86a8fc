import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import Storage

/// Numbers to be compared with others.
private func counts(_ numbers: Int...) -> [Int] { numbers }

struct `Consent records` {
  typealias Row = MadeUpConsents.Row

  @Test func `count by what each person said last, whatever the order they came in`() async throws {
    let ledger = try await ConsentFixture([
      Row(1), Row(2, at: 1_700_000_500), Row(2, .withdrawn, at: 1_700_000_900), Row(3),
      Row(3, .withdrawn, at: 1_600_000_900), Row(4, version: 2, channel: "phone"),
      Row(5, version: 0, channel: ""),
    ])
    #expect(
      try await ledger.said() == [
        "1 canary1 given current", "2 canary2 given superseded", "3 canary2 withdrawn current",
        "4 canary3 given current", "5 canary3 withdrawn superseded", "6 canary4 given current",
        "7 canary5 given current",
      ]
    )
    let row = try await ledger.row()
    #expect(counts(row.total, row.count(.given), row.count(.withdrawn)) == [7, 4, 1])
    #expect(row.count(try ConsentFilter(parsing: "version:2023-1 state:given")) == 2)
    #expect(row.count(try ConsentFilter(parsing: "channel:none version:none")) == 1)
    #expect(try await ledger.said("channel:phone") == ["6 canary4 given current"])
    #expect(try ledger.problems() == [])
    // A later file may say something that lies before, between or behind.
    let more = try await ledger.add([
      Row(1, .withdrawn, at: 1_700_000_001), Row(2, at: 1_700_000_700), Row(4, at: 1_500_000_000),
    ])
    #expect(counts(more.created, more.repeated, more.superseded) == [3, 0, 3])
    #expect(
      try await ledger.said("standing:current") == [
        "3 canary2 withdrawn current", "4 canary3 given current", "6 canary4 given current",
        "7 canary5 given current", "8 canary1 withdrawn current",
      ]
    )
    #expect(try ledger.problems() == [])
  }

  @Test func `that say what is there already are left out, by line`() async throws {
    let rows = (1...20).map { Row($0, at: 1_700_000_000 + Int64($0)) }
    let ledger = try await ConsentFixture(rows)
    let again = try await ledger.add(
      rows + [Row(21), Row(21), Row(7, .withdrawn, at: 1_800_000_000 - 90_000_000)]
    )
    #expect(counts(again.created, again.repeated) == [2, 21])
    #expect(again.duplicates[0] == .init(line: 2, earlier: nil))
    #expect(again.duplicates.last == .init(line: 23, earlier: 22))
    #expect(try await ledger.row().total == 22)
    #expect(try ledger.problems() == [])
  }

  @Test func `that broke off are gone on with by the same input again`() async throws {
    let ledger = try await ConsentFixture()
    let rows = (1...40).map { Row($0 % 15 + 1, at: 1_700_000_000 + Int64($0)) }
    let catalogue = ConsentCatalogue(try await ledger.store.answer(ConsentBoard()))
    await #expect(throws: CancellationError.self) {
      try await ledger.store.perform(
        ConsentIntake(from: MadeUpConsents(rows, catalogue), batch: 6),
        origin: "test"
      ) { $0.stage == .checking || $0.done < 18 }
    }
    let before = try await ledger.row().total
    #expect((1..<40).contains(before))
    #expect(try ledger.problems() == [])
    let rest = try await ledger.add(rows, batch: 6)
    #expect(counts(rest.created, rest.repeated) == [40 - before, before])
    #expect(try await ledger.row().count(ConsentFilter()) == 15)
    #expect(try ledger.problems() == [])
  }

  @Test func `of a file with bad rows come in none, or the good ones where that is asked for`()
    async throws
  {
    let ledger = try await ConsentFixture()
    let problem = ImportProblem(at: "line 3", reason: "not a time")
    let none = try await ledger.add([Row(1)], refused: [problem])
    #expect(counts(none.created, none.refusedCount) == [0, 1])
    #expect(try await ledger.row().total == 0)
    let some = try await ledger.add([Row(1)], refused: [problem], skipsBad: true)
    #expect(counts(some.created, some.refusedCount) == [1, 1])
  }

  @Test func `of several purposes come in side by side`() async throws {
    let ledger = try await ConsentFixture(
      (1...9).map { Row($0, version: $0 % 2 == 0 ? 0 : 1, purpose: $0 % 2 == 0 ? 1 : 0) },
      batch: 4
    )
    #expect(try await ledger.row(0).total == 5)
    #expect(try await ledger.row(1).total == 4)
    let all = try await ledger.store.answer(FindConsents(reference: MadeUpConsents.reference(4)))
    #expect(all.map(\.purpose) == [ledger.other])
    #expect(try ledger.problems() == [])
  }

  @Test func `are masked until somebody says why, and found by whole reference alone`() async throws
  {
    let ledger = try await ConsentFixture((1...9).map { Row($0) })
    let found = try await ledger.find(7)
    #expect(found.map(\.number) == [7])
    #expect(found[0].subject?.reference.contains("canary7") == false)
    #expect(found[0].subject?.source == "•••")
    #expect(
      try await ledger.store.answer(FindConsents(reference: "canary")).isEmpty
    )
    await #expect(throws: StoreError.self) {
      try await ledger.store.perform(ConsentReveal(found, reason: " "), origin: "test")
    }
    let shown = try await ledger.store.perform(
      ConsentReveal(found, reason: "she asks"),
      origin: "test"
    )
    #expect(shown[0].subject?.reference == "canary7@example.org")
    #expect(shown[0].subject?.source == "Canary form 7")
    let line = try await ledger.store.answer(
      JournalWindow(JournalFilter(), RowWindow(start: 0, count: 1))
    ).rows[0]
    #expect(line.headline == "revealed 1 consent records: she asks")
    #expect(try ledger.found([Data("canary7".utf8), Data("Canary form".utf8)]) == [])
  }

  @Test func `under a version that is no longer right are counted at once`() async throws {
    let ledger = try await ConsentFixture([
      Row(1), Row(2, version: 2), Row(3), Row(3, .withdrawn, at: 1_700_000_900), Row(4, version: 0),
    ])
    var facts = try await ledger.row().versions[0].facts
    (facts.flaw, facts.flawNote) = (.wrong, "it does not say that opens are counted")
    let receipt = try await ledger.store.apply(
      EditConsentVersion(id: 1, basedOn: 1, facts: facts),
      origin: "test"
    )
    #expect(try await ledger.row().stale == 1)
    #expect(try await ledger.said("is:stale") == ["1 canary1 given current"])
    _ = try await ledger.store.undo([receipt.entry], origin: "test")
    #expect(try await ledger.row().stale == 0)
    // What people read is not altered behind their backs.
    let other = ConsentFixture.version("2023-1", "We do as we like.")
    await #expect(throws: StoreError.self) {
      try await ledger.store.apply(
        EditConsentVersion(id: 1, basedOn: nil, facts: other),
        origin: "test"
      )
    }
    await #expect(throws: StoreError.self) {
      try await ledger.store.apply(RemoveConsentVersion(id: 1, basedOn: nil), origin: "test")
    }
    await #expect(throws: StoreError.self) {
      try await ledger.store.apply(RemovePurpose(id: 1, basedOn: nil), origin: "test")
    }
    #expect(try ledger.problems() == [])
  }

  @Test func `are withdrawn one by one, and what was said before stays`() async throws {
    let ledger = try await ConsentFixture([Row(1), Row(2, version: 2)])
    func withdraw(_ person: Int, at: Int64 = 1_750_000_000) async throws {
      _ = try await ledger.store.perform(
        ConsentStatement(
          of: " \(MadeUpConsents.reference(person)) ",
          purpose: ledger.purpose,
          at: StatedTime(Instant(seconds: at)),
          channel: "Phone"
        ),
        origin: "test"
      )
    }
    try await withdraw(2)
    #expect(
      try await ledger.said() == [
        "1 canary1 given current", "2 canary2 given superseded", "3 canary2 withdrawn current",
      ]
    )
    let found = try await ledger.find(2)
    #expect(found.map(\.version) == [2, 2])
    #expect(found[1].channel == "phone")
    // Twice, before what was said last, of nobody, and yet to come.
    await #expect(throws: StoreError.self) { try await withdraw(2, at: 1_750_000_001) }
    await #expect(throws: StoreError.self) { try await withdraw(1, at: 1_600_000_000) }
    await #expect(throws: StoreError.self) { try await withdraw(99) }
    await #expect(throws: StoreError.self) { try await withdraw(1, at: 2_000_000_000) }
    #expect(try ledger.problems() == [])
  }

  @Test func `page anywhere, forward and backward, through a filter or not`() async throws {
    let rows = (1...40).map {
      Row($0, $0 % 4 == 0 ? .withdrawn : .given, version: $0 % 2 == 0 ? 1 : 2)
    }
    let ledger = try await ConsentFixture(rows, batch: 7)
    func page(_ place: LedgerPage.Place, _ filter: String = "standing:all") async throws -> [Int64]
    {
      try await ledger.store.answer(
        ConsentPage(
          purpose: ledger.purpose,
          filter: try ConsentFilter(parsing: filter),
          place: place,
          count: 3
        )
      ).rows.map(\.number)
    }
    #expect(try await page(.first) == [1, 2, 3])
    #expect(try await page(.last) == [38, 39, 40])
    #expect(try await page(.at(20)) == [21, 22, 23])
    #expect(try await page(.after(9), "state:withdrawn") == [12, 16, 20])
    #expect(try await page(.before(9), "state:given version:2023-1") == [2, 6])
    #expect(try await page(.last, "state:withdrawn") == [32, 36, 40])
  }
}

struct `The people of consent records` {
  typealias Row = MadeUpConsents.Row

  private static func sealed(_ ledger: ConsentFixture, _ number: Int64) async throws -> Data {
    let queue = try DatabaseQueue(path: ledger.fixture.path)
    defer { try? queue.close() }
    return try await queue.read { db in
      try Data.fetchOne(
        db,
        sql: "SELECT sealed FROM consent WHERE id & 4294967295 = ?",
        arguments: [number]
      ) ?? Data()
    }
  }

  @Test func `are erased one by one: sealed bytes are gone, and what was said stays a number`()
    async throws
  {
    let ledger = try await ConsentFixture([
      Row(1), Row(2), Row(2, .withdrawn, at: 1_700_000_900), Row(3, .withdrawn),
    ])
    let gone = [try await Self.sealed(ledger, 2), try await Self.sealed(ledger, 3)]
    let outcome = try await ledger.store.perform(
      ConsentErasure(of: MadeUpConsents.reference(2), reason: "REQ-2026-0001"),
      origin: "test"
    )
    #expect(outcome == .init(records: [ledger.purpose: 2], isLogEmpty: true))
    #expect(
      try await ledger.said() == [
        "1 canary1 given current", "2 erased given erased", "3 erased withdrawn erased",
        "4 canary3 withdrawn current",
      ]
    )
    #expect(try await ledger.find(2).isEmpty)
    let row = try await ledger.row()
    #expect(counts(row.count(.given), row.count(.withdrawn), row.total) == [1, 1, 4])
    #expect(row.count(try ConsentFilter(parsing: "standing:erased state:withdrawn")) == 1)
    // Not one piece of what was sealed is left, in the file or its log, nor the name anywhere.
    let words = [Data("canary".utf8), Data("Canary".utf8)]
    #expect(try ledger.found(gone + gone.map { $0.prefix(24) } + words) == [])
    #expect(try ledger.problems() == [])
    // Who was erased may consent anew.
    try await ledger.add([Row(2, at: 1_760_000_000)])
    #expect(try await ledger.find(2).map(\.number) == [5])
    #expect(try ledger.problems() == [])
  }

  @Test func `are erased all together by the key, under the rule for consents`() async throws {
    let ledger = try await ConsentFixture([Row(1), Row(2, .withdrawn)])
    func erase(_ isOrdered: Bool) async throws -> PurposeErasure.Outcome {
      try await ledger.store.perform(
        PurposeErasure(
          ErasePurpose(id: ledger.purpose, basedOn: nil, isOrdered: isOrdered)
        ),
        origin: "test"
      )
    }
    let early = await #expect(throws: StoreError.self) { try await erase(false) }
    #expect(early?.description.contains("while the purpose goes on") == true)
    var rule = RetentionFacts(
      title: "Consents",
      trigger: .purposeEnd,
      period: .months(36),
      ground: "art. 7(1) GDPR"
    )
    rule.target = .consents
    var ended = try await ledger.row().purpose.facts
    ended.ended = StatedTime(Instant(seconds: 1_779_000_000))
    try await ledger.store.apply(
      [AddRetention(rule), EditPurpose(id: ledger.purpose, basedOn: nil, facts: ended)],
      origin: "test"
    )
    let due = try await ledger.store.answer(DueDataList(until: Instant(seconds: 2_000_000_000)))
    #expect(due.map(\.reference) == ["PUR-0001"])
    #expect(due.map(\.count) == [2])
    await #expect(throws: StoreError.self) { try await erase(false) }
    ledger.fixture.clock.advance(by: .seconds(37 * 31 * 86_400))
    let hold = HoldFacts(
      title: "Suit",
      reason: "court",
      scope: ["PUR-0001"],
      from: StatedTime(Instant(seconds: 1_000))
    )
    let held = try await ledger.store.apply(AddHold(hold), origin: "test")
    let refused = await #expect(throws: StoreError.self) { try await erase(true) }
    #expect(refused?.description.contains("under legal hold") == true)
    _ = try await ledger.store.undo([held.entry], origin: "test")
    #expect(try await erase(false).isLogEmpty)
    let row = try await ledger.row()
    #expect(counts(row.count(.given), row.count(.withdrawn)) == [1, 1])
    await #expect(throws: StoreError.self) { try await ledger.find(1) }
    await #expect(throws: StoreError.self) { try await ledger.add([Row(3)]) }
    #expect(try ledger.problems() == [])
  }

  @Test func `are exported with the journal's word before the file is to be seen`() async throws {
    final class Sheet: ConsentSink, @unchecked Sendable {
      // @unchecked: used by one task at a time.
      var lines: [String] = []
      func add(_ records: [ConsentRecord], of row: PurposeRow) {
        lines += records.map { $0.subject?.reference ?? "" }
      }
      func finish() -> String { "digest" }
      func publish() { lines.append("published") }
    }
    let ledger = try await ConsentFixture([Row(1), Row(2, .withdrawn), Row(3, version: 2)])
    let sheet = Sheet()
    func export(_ store: SQLiteStore) async throws -> Int {
      try await store.perform(
        ConsentExport(
          try ConsentFilter(parsing: "state:given"),
          reason: "to the printer",
          into: sheet
        ),
        origin: "test"
      )
    }
    #expect(try await export(ledger.store) == 2)
    #expect(sheet.lines == ["canary1@example.org", "canary3@example.org", "published"])
    var organisation = Organisation()
    organisation.needsSecondPerson = true
    try await ledger.store.apply(
      SetOrganisation(basedOn: nil, organisation: organisation),
      origin: "test"
    )
    await #expect(throws: StoreError.self) { try await export(ledger.store) }
    let allow = AllowConsentExport(
      purpose: ledger.purpose,
      filter: "state:given",
      reason: "to the printer"
    )
    // One's own consent is none.
    try await ledger.store.apply(allow, origin: "test")
    await #expect(throws: StoreError.self) { try await export(ledger.store) }
    #expect(sheet.lines.count == 3)
    #expect(try ledger.problems() == [])
  }
}

struct `What verify says of consent records` {
  typealias Row = MadeUpConsents.Row

  @Test(arguments: [
    ("UPDATE consent SET at = at + 1 WHERE id & 4294967295 = 2", "are not those that came in"),
    (
      "UPDATE consent SET sealed = zeroblob(length(sealed)) WHERE id & 4294967295 = 2",
      "are not those that came in"
    ),
    ("UPDATE consent SET tag = 9 WHERE id & 4294967295 = 2", "leads to somebody else"),
    ("UPDATE consent SET slot = slot + 1 WHERE id & 4294967295 = 4", "are not those that came in"),
    (
      "UPDATE consent SET slot = slot | 4294967296 WHERE id & 4294967295 = 1",
      "are not those that came in"
    ),
    (
      "UPDATE consent SET slot = slot | 17179869184 WHERE id & 4294967295 = 1",
      "records count, of"
    ),
    (
      "UPDATE consent SET slot = slot | 34359738368 WHERE id & 4294967295 = 1",
      "says that it was erased, and the journal does not"
    ),
    ("DELETE FROM consent WHERE id & 4294967295 = 5", "record 5 is missing"),
    (
      "INSERT INTO consent SELECT id + 100, slot, at, tag, sealed FROM consent LIMIT 1",
      "never came in"
    ),
    ("UPDATE consentTally SET count = count + 1", "the running tallies"),
    ("DELETE FROM consentTally", "the running tallies"),
    ("DELETE FROM consentKey WHERE consent & 4294967295 = 1", "the index has"),
    ("UPDATE consentKey SET consent = consent + 77 WHERE consent & 4294967295 = 1", "to nobody"),
    ("UPDATE consentSegment SET count = count + 1", "segments that are not in the journal"),
    ("UPDATE purpose SET records = records + 1 WHERE id = 1", "it says"),
    ("UPDATE purpose SET wrappedKey = zeroblob(60)", "is not the one that was made"),
    ("UPDATE purpose SET wrappedBy = 'x'", "is not the one that was made"),
    ("UPDATE purpose SET erasedAt = 5, wrappedKey = NULL", "against what it says"),
    ("UPDATE purpose SET slug = 'x' WHERE id = 1", "what it is found by"),
    (
      "UPDATE ledgerWord SET word = 'fax' WHERE word = 'web'",
      "are not those that came in"
    ),
    (
      "UPDATE consentVersion SET facts = json_set(facts, '$.text', 'other') WHERE id = 1",
      "it does not say what the journal says"
    ),
    (
      "INSERT INTO consentTally VALUES (99 << 36, 1)",
      "of a purpose that never was"
    ),
  ])
  func `names what was altered by another program`(sql: String, problem: String) async throws {
    let ledger = try await ConsentFixture([
      Row(1), Row(2), Row(2, .withdrawn, at: 1_700_000_900), Row(3), Row(4),
    ])
    #expect(try ledger.problems() == [])
    try ledger.alter(sql)
    let problems = try ledger.problems()
    #expect(problems.contains { $0.contains(problem) }, "\(problems)")
  }

  @Test func `names a standing that was turned though the numbers stay`() async throws {
    let ledger = try await ConsentFixture([Row(1), Row(2), Row(2, .withdrawn, at: 1_700_000_900)])
    try ledger.alter(
      """
      UPDATE consent SET slot = slot + 17179869184 WHERE id & 4294967295 = 3;
      UPDATE consent SET slot = slot - 17179869184 WHERE id & 4294967295 = 2;
      DELETE FROM consentTally;
      INSERT INTO consentTally SELECT slot, count(*) FROM consent GROUP BY slot
      """
    )
    let problems = try ledger.problems()
    #expect(problems.contains { $0.contains("has said something later") }, "\(problems)")
  }
}

struct `The tables of consents` {
  @Test func `are known to the check with each of their columns`() async throws {
    let ledger = try await ConsentFixture()
    let queue = try DatabaseQueue(path: ledger.fixture.path)
    let columns = try await queue.read { db in
      try ConsentLedgerCheck.tables.keys.reduce(into: [String: Set<String>]()) { found, table in
        found[table] = Set(try db.columns(in: table).map(\.name))
      }
    }
    #expect(columns == ConsentLedgerCheck.tables.mapValues { Set($0) })
  }
}
