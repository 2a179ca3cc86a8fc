import Foundation
import Model
import Storage
import TestSupport
import Testing

/// What the dashboard asks of an audit beyond what commands do.
struct `An audit on the screen` {
  let fixture: StoreFixture
  var store: SQLiteStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  /// Two chapters of sixteen lines: chapter, three sections, four items in each.
  private func start(_ framework: Framework? = nil) async throws -> RecordID {
    let whole = framework ?? `A framework in the record`.framework(chapters: 2)
    let id = try await store.apply(AddFramework(framework: whole, format: "test"), origin: "test")
      .subject.id
    let change = StartAudit(framework: id, facts: AuditFacts(title: "Yearly"))
    return try await store.apply(change, origin: "test").subject.id
  }

  private func items(_ audit: RecordID, _ places: Set<Int>) async throws -> [AuditTreeRow] {
    try await store.answer(AuditItemsBelow(audit: audit, places: places))
  }

  @discardableResult
  private func answer(_ place: Int, of audit: RecordID, _ edits: [AuditItemEdit]) async throws
    -> RecordID
  {
    let item = try #require(try await items(audit, [place]).first?.item)
    try await store.apply(
      AnswerItem(id: item.id, basedOn: item.version, edits: edits),
      origin: "test"
    )
    return item.id
  }

  private func tree(
    _ audit: RecordID,
    folded: Set<Int> = [],
    _ filter: AuditItemFilter = AuditItemFilter()
  ) -> AuditTree {
    AuditTree(
      audit: audit,
      folded: folded,
      filter: filter,
      window: RowWindow(start: 0, count: 100)
    )
  }

  @Test(arguments: [[], [0], [1], [1, 16], [0, 1, 11], [6, 17, 27]] as [Set<Int>])
  func `finds each line where its tree shows it`(folded: Set<Int>) async throws {
    let audit = try await start()
    try await answer(3, of: audit, [.result(.partly)])
    try await answer(20, of: audit, [.result(.partly)])
    for filter in [AuditItemFilter(), AuditItemFilter(result: .partly)] {
      let tree = tree(audit, folded: folded, filter)
      let shown = try await store.answer(tree).rows.map(\.place)
      for place in 0..<32 {
        let position = try await store.answer(AuditTreePosition(tree, place: place))
        #expect(position == shown.firstIndex(of: place), "\(place)")
      }
    }
  }

  @Test(
    arguments: [
      ([2], [2]), ([1], [2, 3, 4, 5]), ([1, 3, 12], [2, 3, 4, 5, 12]), ([], []), ([99], []),
    ] as [(Set<Int>, [Int])]
  )
  func `gives the items below marked lines once each`(places: Set<Int>, items: [Int]) async throws {
    let audit = try await start()
    #expect(try await self.items(audit, places).map(\.place) == items)
  }

  @Test(
    arguments: [
      ("1.2", [6, 7, 8, 9, 10]), ("2.3.4", [31]), ("chapter 2", [16]),
      ("vérifier", [5, 10, 15, 21, 26, 31]), ("seen in Lyon", [4]),
      ("nothing of it", []), ("", []), ("%", []),
    ] as [(String, [Int])]
  )
  func `is searched by references, texts and answers`(text: String, places: [Int]) async throws {
    let audit = try await start()
    try await answer(4, of: audit, [.observation("It was seen in Lyon.")])
    #expect(try await store.answer(AuditSearch(audit: audit, text: text)) == places)
  }

  @Test func `is filtered by words and by findings`() async throws {
    let audit = try await start()
    let item = try await answer(4, of: audit, [.observation("It was seen in Lyon.")])
    try await store.apply(
      OpenFinding(
        facts: FindingFacts(title: "Gap", severity: .high),
        item: Subject(.auditItem, item)
      ),
      origin: "test"
    )
    for filter in [
      AuditItemFilter(text: "lyon"), AuditItemFilter(hasFinding: true),
      AuditItemFilter(hasFinding: true, text: "1.1"),
    ] {
      let rows = try await store.answer(tree(audit, filter)).rows
      #expect(rows.map(\.place) == [0, 1, 4])
    }
    #expect(try await store.answer(tree(audit, AuditItemFilter(hasFinding: false))).total == 31)
  }

  @Test func `has a chapter for each outermost heading, with its results as they count`()
    async throws
  {
    let audit = try await start()
    try await answer(2, of: audit, [.result(.conforms)])
    try await answer(3, of: audit, [.result(.partly)])
    try await answer(
      4,
      of: audit,
      [
        .result(.conforms),
        .attestation(AuditAttestation(by: "Kim", at: fixture.clock.now, months: 1)),
      ]
    )
    fixture.clock.advance(by: .seconds(40 * 86_400))
    let chapters = try await store.answer(AuditChapters(audit: audit))
    #expect(chapters.map(\.place) == [0, 16])
    #expect(chapters.map(\.end) == [16, 32])
    #expect(chapters[0].counts == [.conforms: 1, .partly: 1, .notAssessed: 10])
    #expect(chapters[0].score.hundredths == 7500)
    #expect(chapters[0].score.assessed == 2)
    #expect(chapters[1].counts == [.notAssessed: 12])
  }

  @Test func `with one heading over everything has the lines below it as chapters`() async throws {
    var framework = `A framework in the record`.framework(chapters: 1)
    framework.requirements.append(
      Requirement(
        identifier: "f:loose",
        reference: "loose",
        depth: 2,
        isAssessable: true,
        texts: FrameworkTexts(name: "Loose")
      )
    )
    let audit = try await start(framework)
    try await answer(16, of: audit, [.result(.partly)])
    let chapters = try await store.answer(AuditChapters(audit: audit))
    #expect(chapters.map(\.reference) == ["1.1", "1.2", "1.3", "loose"])
    #expect(
      chapters.last?.score == AuditScore(items: 1, assessed: 1, points: 5000, possible: 10_000)
    )
    #expect(chapters.last?.counts == [.partly: 1])
  }

  @Test func `counts open findings and those of them that are overdue`() async throws {
    let audit = try await start()
    let item = try #require(try await items(audit, [2]).first?.item?.id)
    let subject = Subject(.auditItem, item)
    for severity in [Severity.critical, .low] {
      try await store.apply(
        OpenFinding(facts: FindingFacts(title: "Gap", severity: severity), item: subject),
        origin: "test"
      )
    }
    try await store.apply(
      OpenFinding(facts: FindingFacts(title: "Alone", severity: .low)),
      origin: "test"
    )
    let soon = try await store.answer(AuditFindingCounts())
    #expect(soon == [AuditFindingCounts.Row(audit: audit, open: 2, overdue: 0)])
    // A critical one is due within seven days.
    fixture.clock.advance(by: .seconds(10 * 86_400))
    let later = try await store.answer(AuditFindingCounts())
    #expect(later == [AuditFindingCounts.Row(audit: audit, open: 2, overdue: 1)])
  }

  @Test func `of 5 900 lines gives a window, a position and its chapters`() async throws {
    let audit = try await start(`A framework in the record`.framework(chapters: 369))
    let tree = AuditTree(
      audit: audit,
      folded: Set(stride(from: 0, to: 2000, by: 16)),
      window: RowWindow(start: 900, count: 60)
    )
    let page = try await store.answer(tree)
    #expect(page.rows.count == 60)
    let row = try #require(page.rows.last)
    #expect(try await store.answer(AuditTreePosition(tree, place: row.place)) == 959)
    #expect(try await store.answer(AuditChapters(audit: audit)).count == 369)
  }
}
