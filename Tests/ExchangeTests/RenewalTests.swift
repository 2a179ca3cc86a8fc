import Model
import Storage
import TestSupport
import Testing

@testable import Exchange

/// A store, and documents that come into it one after the other.
private struct Desk {
  let fixture: StoreFixture
  let folder: TemporaryFolder

  init() throws {
    fixture = try StoreFixture()
    folder = try TemporaryFolder()
  }

  func document(
    _ summary: String,
    more: String = "",
    modified: String = "2026-01-02T00:00:00Z",
    source: String = "vcdb"
  ) -> String {
    """
    {"incident_id":"X","source_id":"\(source)","summary":"\(summary)",\
    "victim":{"victim_id":"Acme"},\(more)"plus":{"modified":"\(modified)"}}
    """
  }

  @discardableResult
  func importing(_ texts: String...) async throws -> ImportSummary {
    let files = try texts.enumerated().map { try folder.write($1, to: "\($0).json") }
    let importer = Importer(fixture.store, format: .veris)
    return try await importer.apply(try await importer.plan(files))
  }

  func incident(_ id: RecordID = 1) async throws -> Incident {
    try #require(try await fixture.store.answer(IncidentDetail(id: id)))
  }

  func edit(_ edits: IncidentEdit...) async throws {
    try await fixture.store.apply(EditIncident(id: 1, basedOn: nil, edits: edits), origin: "test")
  }

  /// Exports everything and imports it again.
  func comingBack() async throws -> ImportSummary {
    let target = "\(folder.path)/out"
    _ = try await VerisExporter(fixture.store).writeFiles(of: Filter(), into: target, force: true)
    let importer = Importer(fixture.store, format: .veris)
    return try await importer.apply(try await importer.plan([target]))
  }

  func total() async throws -> Int {
    try await fixture.store.answer(IncidentList(window: RowWindow(start: 0, count: 0))).total
  }
}

struct `Newer content of an imported incident` {
  @Test func `becomes an update that can be taken back`() async throws {
    let desk = try Desk()
    try await desk.importing(desk.document("Lost.", more: "\"notes\":\"One\","))
    let before = try await desk.incident()
    let newer = desk.document("Found.", more: "\"notes\":\"Two\",\"timeline\":{},")
    #expect(try await desk.importing(newer) == ImportSummary(updated: 1))

    let after = try await desk.incident()
    #expect((after.facts.title, after.facts.summary) == ("Acme: Found", "Found."))
    #expect(after.source?.digest != before.source?.digest)
    let timeline = try await desk.fixture.store.answer(IncidentTimeline(incident: 1))
    #expect(timeline.map(\.facts.text) == ["Two"])
    #expect(try await desk.importing(newer) == ImportSummary(unchanged: 1))

    let head = try await desk.fixture.store.answer(JournalHead()).sequence
    #expect(head == 4)
    try await desk.fixture.store.undo([2, 3, 4], origin: "test")
    let undone = try await desk.incident()
    #expect((undone.facts, undone.source) == (before.facts, before.source))
    #expect(try JournalVerifier.verify(path: desk.fixture.path).isSound)
  }

  @Test func `leaves alone what an officer edited and the source did not`() async throws {
    let desk = try Desk()
    try await desk.importing(desk.document("Lost."))
    try await desk.edit(.severity(.high), .tags(["ours"]))
    let newer = desk.document("Lost.", more: "\"action\":{\"error\":{}},")
    #expect(try await desk.importing(newer) == ImportSummary(updated: 1))
    let facts = try await desk.incident().facts
    #expect((facts.severity, facts.tags, facts.actions) == (.high, ["ours"], [.error]))
  }

  @Test func `is a conflict that names the fields which both changed`() async throws {
    let desk = try Desk()
    try await desk.importing(desk.document("Lost."))
    try await desk.edit(.summary("Lost in a taxi."), .severity(.high))
    let before = try await desk.incident()
    let newer = desk.document("Found.", more: "\"impact\":{\"overall_rating\":\"Insignificant\"},")
    let summary = try await desk.importing(newer)
    #expect((summary.updated, summary.conflicts.count) == (0, 1))
    #expect(
      summary.conflicts.first?.reason
        == "the source has newer content, and what it changes was edited here since: "
        + "summary, severity; the record was kept"
    )
    #expect(try await desk.incident() == before)
  }

  @Test func `is refused where it is older, another's, or the record was removed`() async throws {
    let desk = try Desk()
    try await desk.importing(desk.document("Lost."))
    let before = try await desk.incident()
    for (document, reason) in [
      (desk.document("Old.", modified: "2026-01-01T00:00:00Z"), "the content is older"),
      (desk.document("New.", source: "other"), "another source uses the same id"),
    ] {
      let summary = try await desk.importing(document)
      #expect(summary.conflicts.map { $0.reason.hasPrefix(reason) } == [true])
      #expect(try await desk.incident() == before)
    }
    try await desk.fixture.store.apply(
      RemoveIncident(id: 1, basedOn: nil, reason: ""),
      origin: "test"
    )
    let summary = try await desk.importing(desk.document("New."))
    #expect(summary.conflicts.map { $0.reason.hasPrefix("the record was removed") } == [true])
  }

  @Test func `updates nothing where the input holds two contents of its id`() async throws {
    let desk = try Desk()
    try await desk.importing(desk.document("Lost."))
    let before = try await desk.incident()
    let summary = try await desk.importing(desk.document("New."), desk.document("Newer."))
    #expect((summary.updated, summary.conflicts.map(\.places.count)) == (0, [2]))
    #expect(try await desk.incident() == before)
  }

  @Test func `of a register's row updates the record as well`() async throws {
    let fixture = try StoreFixture()
    let folder = try TemporaryFolder()
    let mapping = try RegisterMapping(
      yaml: """
        id: test
        title: A test
        version: "1"
        source: https://example.org
        retrieved: "2026-01-01"
        zone: UTC
        missing: [""]
        key: [No]
        columns:
          No: {fact: tag, prefix: "no:"}
          Name: {fact: title}
          Words: {fact: summary}
        """,
      file: "test.yaml"
    )
    let importer = Importer(fixture.store, format: .register(mapping))
    for (words, expected) in [
      ("one", ImportSummary(created: 1)), ("two", ImportSummary(updated: 1)),
      ("two", ImportSummary(unchanged: 1)), ("three", ImportSummary(updated: 1)),
    ] {
      let file = try folder.write("No,Name,Words\n7,Acme,\(words)\n", to: "a.csv")
      #expect(try await importer.apply(try await importer.plan([file])) == expected)
      let incident = try await fixture.store.answer(IncidentDetail(id: 1))
      #expect(incident?.facts.summary == words)
    }
  }
}

struct `An export that comes back` {
  @Test func `makes no second incident of one that was opened here`() async throws {
    let desk = try Desk()
    try await desk.fixture.store.apply(
      OpenIncident(facts: IncidentFacts(title: "Ours", severity: .low, tags: ["a"])),
      origin: "test"
    )
    #expect(try await desk.comingBack() == ImportSummary(unchanged: 1))
    #expect(try await desk.total() == 1)

    _ = try await VerisExporter(desk.fixture.store)
      .writeFiles(of: Filter(), into: "\(desk.folder.path)/old", force: true)
    try await desk.edit(.title("Ours, renamed"))
    let importer = Importer(desk.fixture.store, format: .veris)
    let plan = try await importer.plan(["\(desk.folder.path)/old"])
    #expect(plan.changes.isEmpty)
    #expect(
      plan.summary.conflicts.map(\.reason) == [
        "this incident was made here, and its record says otherwise by now: title; "
          + "the record was kept"
      ]
    )
    #expect(try await desk.comingBack() == ImportSummary(unchanged: 1))
  }

  @Test func `is unchanged where an imported record was edited here`() async throws {
    let desk = try Desk()
    try await desk.importing(desk.document("Lost."))
    try await desk.edit(.summary("Lost in a taxi."), .role(.lead, "Ana"))
    #expect(try await desk.comingBack() == ImportSummary(unchanged: 1))
    #expect(try await desk.incident().version == 2)
  }

  @Test func `is a new incident in another store, once`() async throws {
    let (desk, other) = (try Desk(), try Desk())
    try await desk.fixture.store.apply(
      OpenIncident(facts: IncidentFacts(title: "Ours")),
      origin: "test"
    )
    other.fixture.clock.advance(by: .seconds(60))
    _ = try await other.fixture.open("Theirs")
    let target = "\(desk.folder.path)/out"
    _ = try await VerisExporter(desk.fixture.store)
      .writeFiles(of: Filter(), into: target, force: true)
    let importer = Importer(other.fixture.store, format: .veris)
    for expected in [ImportSummary(created: 1), ImportSummary(unchanged: 1)] {
      #expect(try await importer.apply(try await importer.plan([target])) == expected)
    }
    #expect(try await other.total() == 2)
  }
}
