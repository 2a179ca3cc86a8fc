import Model
import Storage
import TestSupport
import Testing

struct `A search` {
  private static func filled() async throws -> StoreFixture {
    let fixture = try StoreFixture()
    try await fixture.store.apply(
      [
        OpenIncident(
          facts: IncidentFacts(
            title: "Überweisung to a false account",
            summary: String(repeating: "word ", count: 200) + "needle in the hay",
            tags: ["fraud"]
          ),
          timeline: [TimelineFacts(happened: nil, text: "The bank \"NEAR\" us called back")]
        ),
        OpenIncident(facts: IncidentFacts(title: "Bank robbery", summary: "col:umn AND -minus*")),
        AddTask(incident: 1, facts: TaskFacts(title: "Call the bank", owner: "Ana")),
        AddEvidence(
          incident: 2,
          facts: EvidenceFacts(
            title: "Bank statement",
            path: "/srv/statement.pdf",
            sha256: String(repeating: "0", count: 64),
            size: 1,
            isCopied: false
          )
        ),
      ],
      origin: "test"
    )
    return fixture
  }

  private static func subjects(_ text: String, _ store: SQLiteStore) async throws -> Set<Subject> {
    let page = try await store.answer(Search(text, window: RowWindow(start: 0, count: 50)))
    #expect(page.total == page.rows.count)
    return Set(page.rows.map(\.subject))
  }

  @Test(arguments: [
    (
      "bank",
      [Subject(.incident, 2), Subject(.timelineEntry, 1), Subject(.task, 1), Subject(.evidence, 1)]
    ),
    (
      "ban",
      [Subject(.incident, 2), Subject(.timelineEntry, 1), Subject(.task, 1), Subject(.evidence, 1)]
    ),
    ("uberw", [Subject(.incident, 1)]),
    ("ÜBERWEISUNG false", [Subject(.incident, 1)]),
    ("false uberw", [Subject(.incident, 1)]),
    ("uber false", []),
    ("fraud", [Subject(.incident, 1)]),
    ("bank \"near", [Subject(.timelineEntry, 1)]),
    ("col:umn", [Subject(.incident, 2)]),
    ("and", [Subject(.incident, 2)]),
    ("bank OR needle", []),
    ("bank NOT robbery", []),
    ("-minus", [Subject(.incident, 2)]),
    ("*", []),
    ("\"", []),
    ("", []),
    ("(", []),
    ("ana", [Subject(.task, 1)]),
    ("statement.pdf", [Subject(.evidence, 1)]),
    ("INC-2026-0002", [Subject(.incident, 2)]),
  ])
  func `takes words as words, the last one as a beginning, nothing as an operator`(
    text: String,
    expected: [Subject]
  ) async throws {
    let fixture = try await Self.filled()
    #expect(try await Self.subjects(text, fixture.store) == Set(expected))
  }

  @Test func `shows a stretch of the text around the words`() async throws {
    let fixture = try await Self.filled()
    let page = try await fixture.store.answer(
      Search("NEEDLE", window: RowWindow(start: 0, count: 5))
    )
    let hit = try #require(page.rows.first)
    #expect(hit.excerpt.hasPrefix("…"))
    #expect(hit.excerpt.contains("needle in the hay"))
    #expect(hit.reference == "INC-2026-0001")
    #expect(hit.incident == 1)
  }

  @Test func `follows what is edited, removed and restored`() async throws {
    let fixture = try await Self.filled()
    let store = fixture.store
    try await store.apply(
      EditIncident(id: 2, basedOn: nil, edits: [.title("Burglary")]),
      origin: "test"
    )
    #expect(try await Self.subjects("robbery", store).isEmpty)
    #expect(try await Self.subjects("burglary", store) == [Subject(.incident, 2)])
    try await store.apply(RemoveIncident(id: 1, basedOn: nil, reason: ""), origin: "test")
    #expect(try await Self.subjects("bank", store) == [Subject(.evidence, 1)])
    try await store.apply(RestoreIncident(id: 1, basedOn: nil), origin: "test")
    #expect(try await Self.subjects("bank", store).count == 3)
    try await store.apply(RemoveTask(id: 1, basedOn: nil), origin: "test")
    #expect(try await Self.subjects("call", store) == [Subject(.timelineEntry, 1)])
  }
}
