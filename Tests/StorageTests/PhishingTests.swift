import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `The record of phishing exercises` {
  private static let sent = Instant(seconds: 1_778_500_000)

  /// So many people in each of some groups.
  private static func make(_ sizes: [(String, Int)]) async throws -> StaffFixture {
    let staff = try await StaffFixture()
    var number = 100
    var rows: [StaffRow] = []
    for (group, size) in sizes {
      for _ in 0..<size {
        rows.append(StaffFixture.row(number, "Person \(number)", group))
        number += 1
      }
    }
    try await staff.store.perform(StaffIntake(rows, isComplete: true), origin: "test")
    return staff
  }

  /// What people with numbers did; those of `clicked` went as far as the link.
  private static func results(
    _ numbers: Range<Int>,
    clicked: Set<Int> = [],
    reported: [Int: Int64] = [:],
    strangers: Int = 0
  ) -> [PhishingResult] {
    numbers.map { number in
      var result = PhishingResult(email: "person.\(number)@example.org")
      result.note(.sent, at: sent)
      if clicked.contains(number) { result.note(.clicked, at: sent + .seconds(60)) }
      if let after = reported[number] { result.noteReport(at: sent + .seconds(after)) }
      return result
    }
      + (0..<strangers).map { number in
        PhishingResult(email: "stranger\(number)@example.net", reached: .sent)
      }
  }

  @Test func `gives numbers by group and hides small groups with what would tell of them`()
    async throws
  {
    let staff = try await Self.make([("Office", 12), ("Sales", 20), ("Board", 4)])
    let outcome = try await staff.store.perform(
      PhishingIntake(
        "Parcel",
        results: Self.results(100..<136, clicked: [100, 112, 113, 132], strangers: 11)
      ),
      origin: "test"
    )
    #expect(outcome == .init(id: 1, results: 47, unknown: 11))
    let board = try #require(try await staff.store.answer(PhishingByGroup(of: 1)))
    #expect(board.total.counts?.sent == 47)
    #expect(board.total.counts?.clicked == 4)
    // The board of four goes with the smallest other: those who are on no list.
    #expect(
      board.groups.map { "\($0.group) \($0.counts.map { "\($0.sent)/\($0.clicked)" } ?? "hidden")" }
        == ["Board hidden", "Office 12/1", "Sales 20/2", " hidden"]
    )
    #expect(board.hidden?.sent == 15)
  }

  @Test func `hides all numbers of an exercise that went to too few`() async throws {
    let staff = try await Self.make([("Board", 4)])
    try await staff.store.perform(
      PhishingIntake("Parcel", results: Self.results(100..<104, clicked: [100])),
      origin: "test"
    )
    let row = try #require(try await staff.store.answer(PhishingTrend()).first)
    #expect(row.counts == nil)
    #expect(row.repeated == nil)
    let board = try #require(try await staff.store.answer(PhishingByGroup(of: 1)))
    #expect(board.groups.map(\.counts) == [nil])
    #expect(board.hidden == nil)
  }

  @Test func `tells the trend, who clicked again in numbers, and how soon it was reported`()
    async throws
  {
    let staff = try await Self.make([("Sales", 20)])
    try await staff.store.perform(
      PhishingIntake("One", results: Self.results(100..<115, clicked: [100, 101, 102])),
      origin: "test"
    )
    try await staff.store.perform(
      PhishingIntake(
        "Two",
        results: Self.results(
          100..<120,
          clicked: [100, 101, 118],
          reported: [103: 600, 104: 120, 105: 1800]
        )
      ),
      origin: "test"
    )
    let rows = try await staff.store.answer(PhishingTrend())
    #expect(rows.map { $0.exercise.facts.name } == ["One", "Two"])
    #expect(rows.map { $0.again } == [nil, 15])
    #expect(rows.map { $0.repeated } == [nil, 2])
    #expect(rows[1].repeatShare == 133)
    #expect(rows[1].firstReport == 120)
    #expect(rows[1].medianReport == 600)
    #expect(rows[1].counts?.reported == 3)
  }

  @Test func `counts people in the group they were in then`() async throws {
    let staff = try await Self.make([("Sales", 12), ("Office", 12)])
    try await staff.store.perform(
      PhishingIntake("One", results: Self.results(100..<124, clicked: [100])),
      origin: "test"
    )
    try await staff.store.perform(
      StaffIntake([StaffFixture.row(100, "Person 100", "Office")]),
      origin: "test"
    )
    let board = try #require(try await staff.store.answer(PhishingByGroup(of: 1)))
    #expect(board.groups.map { $0.counts?.sent } == [12, 12])
    #expect(board.groups.first { $0.group == "Sales" }?.counts?.clicked == 1)
  }

  @Test func `keeps no address, and shows people only where the organisation says why`()
    async throws
  {
    let staff = try await Self.make([("Sales", 12)])
    try await staff.store.perform(
      PhishingIntake("One", results: Self.results(100..<112, clicked: [100])),
      origin: "test"
    )
    let bytes = try staff.bytes()
    #expect(bytes.firstRange(of: Array("example.org".utf8)) == nil)
    await #expect(throws: StoreError.self) {
      try await staff.store.perform(PhishingReveal(of: 1, reason: "curious"), origin: "test")
    }
    var organisation = Organisation()
    organisation.staffPrivacy = StaffPrivacy(namedResults: "works council, 2026-04-02")
    try await staff.store.apply(
      SetOrganisation(basedOn: 0, organisation: organisation),
      origin: "t"
    )
    let set = try await staff.store.answer(JournalWindow(.init(), RowWindow(start: 0, count: 1)))
    #expect(
      set.rows.first?.details.contains("phishing results by person: works council, 2026-04-02")
        == true
    )
    await #expect(throws: StoreError.self) {
      try await staff.store.perform(PhishingReveal(of: 1, reason: ""), origin: "test")
    }
    let people = try await staff.store.perform(
      PhishingReveal(of: 1, reason: "a talk with each"),
      origin: "test"
    )
    #expect(people.count == 12)
    #expect(people.first?.identity?.name == "Person 100")
    #expect(people.first?.reached == .clicked)
    let page = try await staff.store.answer(JournalWindow(.init(), RowWindow(start: 0, count: 1)))
    #expect(page.rows.first?.headline == "looked at results by person: a talk with each")
  }

  @Test func `refuses two exercises of one name, and takes the old one off where asked to`()
    async throws
  {
    let staff = try await Self.make([("Sales", 12)])
    let job = PhishingIntake("One", results: Self.results(100..<112))
    try await staff.store.perform(job, origin: "test")
    await #expect(throws: StoreError.self) {
      try await staff.store.perform(job, origin: "test")
    }
    var again = job
    again.results = Self.results(100..<112, clicked: [100])
    again.replaces = true
    try await staff.store.perform(again, origin: "test")
    let rows = try await staff.store.answer(PhishingTrend())
    #expect(rows.map { $0.counts?.clicked } == [1])
    // Both steps are taken back: the old one stands again.
    let head = try await staff.store.answer(JournalHead()).sequence
    try await staff.store.undo([head, head - 1], origin: "test")
    #expect(try await staff.store.answer(PhishingTrend()).map { $0.counts?.clicked } == [0])
    #expect(try staff.verify() == [])
  }

  @Test func `refuses results that were brought in by hand`() async throws {
    let staff = try await Self.make([("Sales", 12)])
    await #expect(throws: StoreError.self) {
      try await staff.store.apply(
        AddRecord(PhishingFacts(name: "x", sentOn: DayNumber(count: 0), count: 1, results: "")),
        origin: "test"
      )
    }
    await #expect(throws: StoreError.self) {
      try await staff.store.perform(
        PhishingIntake("x", results: [PhishingResult(email: "person.100@example.org")]),
        origin: "test"
      )
    }
  }

  @Test(arguments: [
    (
      "UPDATE phishingResult SET reached = 1 WHERE reached = 3",
      "phishing 1: its results are not those that came in"
    ),
    (
      "DELETE FROM phishingResult WHERE place = 3",
      "phishing 1: its results are not those that came in"
    ),
    (
      """
      INSERT INTO phishingResult (phishing, place, reached, isReported) VALUES (7, 1, 4, 0)
      """, "phishing 7: there are results of it, but it never was"
    ),
    (
      "UPDATE phishing SET facts = json_set(facts, '$.name', 'Two') WHERE id = 1",
      "phishing 1: it does not say what the journal says: name"
    ),
  ])
  func `is seen by verify where somebody altered it with sqlite3`(sql: String, problem: String)
    async throws
  {
    let staff = try await Self.make([("Sales", 12)])
    try await staff.store.perform(
      PhishingIntake("One", results: Self.results(100..<112, clicked: [100])),
      origin: "test"
    )
    #expect(try staff.verify() == [])
    try staff.forge(sql)
    #expect(try staff.verify() == [problem])
  }
}
