import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `A framework in the record` {
  /// Chapters of sections of requirements: 1 + 3 + 3 * 4 lines a chapter.
  static func framework(chapters: Int, version: String = "1", text: String = "") -> Framework {
    var lines: [Requirement] = []
    func add(_ reference: String, _ depth: Int, _ words: String) {
      lines.append(
        Requirement(
          identifier: "f:\(reference)",
          reference: reference,
          depth: depth,
          isAssessable: depth == 3,
          texts: FrameworkTexts(
            name: depth < 3 ? words : "",
            text: depth < 3 ? "" : words,
            guidance: text
          ),
          translations: depth == 3 && reference.hasSuffix(".4")
            ? ["fr": FrameworkTexts(text: "vérifier \"régulièrement\"\nautrement")] : [:]
        )
      )
    }
    for chapter in 1...max(1, chapters) where chapters > 0 {
      add("\(chapter)", 1, "Chapter \(chapter)")
      for section in 1...3 {
        add("\(chapter).\(section)", 2, "Section \(section)")
        for item in 1...4 {
          add("\(chapter).\(section).\(item)", 3, "Requirement \(item) asks for encryption")
        }
      }
    }
    return Framework(
      identifier: "f",
      aliases: ["f-alias"],
      version: version,
      language: "en",
      texts: FrameworkTexts(name: "Frame"),
      requirements: lines
    )
  }

  private func add(_ framework: Framework, _ fixture: StoreFixture) async throws -> RecordID {
    let change = AddFramework(framework: framework, format: "test")
    return try await fixture.store.apply(change, origin: "test").subject.id
  }

  @Test func `comes back whole`() async throws {
    let fixture = try StoreFixture()
    let framework = Self.framework(chapters: 2, text: "how")
    let id = try await add(framework, fixture)
    #expect(try await fixture.store.answer(WholeFramework(id: id)) == framework)
    let row = try #require(try await fixture.store.answer(FrameworkList()).first)
    #expect(row.nodes == 32)
    #expect(row.assessable == 24)
    #expect(row.digest == framework.digest)
    #expect(row.isNamed("f-alias"))
  }

  @Test func `stands in the journal without its requirements, by its digest`() async throws {
    let fixture = try StoreFixture()
    let framework = Self.framework(chapters: 40, text: String(repeating: "long ", count: 50))
    _ = try await add(framework, fixture)
    let window = JournalWindow(JournalFilter(), RowWindow(start: 0, count: 1))
    let line = try #require(try await fixture.store.answer(window).rows.first)
    #expect(line.details.contains("content: \(framework.digest)"))
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
  }

  @Test func `is refused where the edition is there, or is not whole`() async throws {
    let fixture = try StoreFixture()
    _ = try await add(Self.framework(chapters: 1), fixture)
    for framework in [Self.framework(chapters: 1), Self.framework(chapters: 2)] {
      await #expect(throws: StoreError.self) { _ = try await add(framework, fixture) }
    }
    var torn = AddFramework(framework: Self.framework(chapters: 1, version: "2"), format: "test")
    torn.framework.requirements.removeLast()
    let change = torn
    await #expect(throws: StoreError.self) {
      try await fixture.store.apply(change, origin: "test")
    }
    _ = try await add(Self.framework(chapters: 2, version: "2"), fixture)
    #expect(try await fixture.store.answer(FrameworkList()).map(\.edition) == ["1", "2"])
  }

  @Test func `can be removed, and each step taken back`() async throws {
    let fixture = try StoreFixture()
    let store = fixture.store
    let framework = Self.framework(chapters: 1)
    let added = try await store.apply(
      AddFramework(framework: framework, format: "test"),
      origin: "test"
    )
    let id = added.subject.id
    let removed = try await store.apply(RemoveFramework(id: id, basedOn: 1), origin: "test")
    #expect(try await store.answer(FrameworkList()).isEmpty)
    #expect(try await store.answer(FrameworkDetails(id: id)) == nil)
    let search = RequirementSearch("encryption", window: RowWindow(start: 0, count: 9))
    #expect(try await store.answer(search).total == 0)
    try await store.undo([removed.entry], origin: "test")
    #expect(try await store.answer(WholeFramework(id: id)) == framework)
    #expect(try await store.answer(search).total == 12)
    try await store.undo([added.entry], origin: "test")
    #expect(try await store.answer(FrameworkList()).isEmpty)
    // Another with the same edition may stand there meanwhile.
    _ = try await add(Self.framework(chapters: 2), fixture)
    await #expect(throws: StoreError.self) {
      try await store.apply(RestoreFramework(id: id, basedOn: 4), origin: "test")
    }
  }

  /// The tree of one chapter: 0, 1, 2...5, 6, 7...10, 11, 12...15.
  @Test(
    arguments: [
      ([], 0, 99, Array(0..<16), 16), ([], 14, 9, [14, 15], 16), ([0], 0, 9, [0], 1),
      ([1, 6, 11], 0, 9, [0, 1, 6, 11], 4), ([6], 5, 4, [5, 6, 11, 12], 12),
      ([0, 1], 0, 9, [0], 1), ([11, 1], 1, 3, [1, 6, 7], 8),
      ([15, 3, 99], 0, 99, Array(0..<16), 16),
      ([], 20, 5, [], 16), ([], 3, 0, [], 16),
    ] as [([Int], Int, Int, [Int], Int)]
  )
  func `shows any window of its folded tree`(
    folded: [Int],
    start: Int,
    count: Int,
    positions: [Int],
    total: Int
  ) async throws {
    let fixture = try StoreFixture()
    let id = try await add(Self.framework(chapters: 1), fixture)
    let window = RowWindow(start: start, count: count)
    let page = try await fixture.store.answer(
      RequirementTree(framework: id, folded: folded, window: window)
    )
    #expect(page.rows.map(\.position) == positions)
    #expect(page.total == total)
  }

  @Test func `gives each requirement with the lines above it and what is mapped to it`()
    async throws
  {
    let fixture = try StoreFixture()
    let store = fixture.store
    let id = try await add(Self.framework(chapters: 2), fixture)
    let mapping = FrameworkMapping(
      identifier: "m",
      version: "1",
      texts: FrameworkTexts(name: "M"),
      sourceFramework: "f-alias",
      targetFramework: "g",
      links: [
        .init(source: "f:2.1.3", target: "g:1", relationship: .subset, strength: 7, reason: "why")
      ]
    )
    let receipt = try await store.apply(AddMapping(mapping: mapping), origin: "test")
    let position = try #require(
      try await store.answer(RequirementPosition(framework: id, reference: "2.1.3"))
    )
    let details = try #require(
      try await store.answer(RequirementDetails(framework: id, position: position))
    )
    #expect(details.requirement == Self.framework(chapters: 2).requirements[position])
    #expect(details.path.map(\.reference) == ["2", "2.1"])
    #expect(details.row.reference == "2.1.3")
    #expect(details.links == mapping.links)
    #expect(try await store.answer(WholeMapping(id: receipt.subject.id)) == mapping)
    #expect(try await store.answer(FrameworkDetails(id: id))?.mappings.map(\.links) == [1])
    try await store.undo([receipt.entry], origin: "test")
    #expect(try await store.answer(MappingList()).isEmpty)
    let after = try await store.answer(RequirementDetails(framework: id, position: position))
    #expect(after?.links == [])
    #expect(try await store.answer(RequirementPosition(framework: id, reference: "2.")) == 17)
    #expect(try await store.answer(RequirementPosition(framework: id, reference: "%")) == nil)
    #expect(try await store.answer(RequirementDetails(framework: id, position: 99)) == nil)
  }

  @Test(
    arguments: [
      ("encryption", 12), ("encr", 12), ("REQUIREMENT 4", 3), ("verifier", 3), ("regulierement", 3),
      ("nowhere", 0), ("\" OR text", 0), ("fr", 0), ("...", 0),
    ]
  )
  func `is searched in all its texts and languages`(words: String, hits: Int) async throws {
    let fixture = try StoreFixture()
    let id = try await add(Self.framework(chapters: 1), fixture)
    let window = RowWindow(start: 0, count: 2)
    let page = try await fixture.store.answer(
      RequirementSearch(words, framework: id, window: window)
    )
    #expect(page.total == hits)
    #expect(page.rows.count == min(2, hits))
    let elsewhere = RequirementSearch(words, framework: id + 1, window: window)
    #expect(try await fixture.store.answer(elsewhere).total == 0)
  }

  @Test func `of 5 900 lines is asked by its index alone, whatever is folded`() async throws {
    let fixture = try StoreFixture()
    let framework = Self.framework(chapters: 369)
    let id = try await add(framework, fixture)
    #expect(framework.requirements.count == 5904)
    let page = try await fixture.store.answer(
      RequirementTree(
        framework: id,
        folded: Array(stride(from: 0, to: 5904, by: 32)),
        window: RowWindow(start: 3000, count: 60)
      )
    )
    #expect(page.rows.count == 60)
    #expect(page.total == 5904 - 185 * 15)
    // The window's own query: a search in the index of positions, no scan and no sorting.
    let plan = try await DatabaseQueue(path: fixture.path).read { db in
      try String.fetchAll(
        db,
        sql: """
          EXPLAIN QUERY PLAN SELECT position, reference FROM requirement
          WHERE framework = ? AND position >= ? AND position < ? ORDER BY position
          """,
        arguments: [id, 3000, 3060],
        adapter: SuffixRowAdapter(fromIndex: 3)
      )
    }
    #expect(plan.count == 1)
    #expect(plan.first?.contains("USING INDEX requirementPosition") == true)
  }
}
