import Foundation
import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `A change in the journal's details` {
  /// What is stored of the newest entry's change.
  private static func stored(_ path: String) throws -> String {
    let queue = try DatabaseQueue(path: path)
    return try queue.read { db in
      try String.fetchOne(db, sql: "SELECT change FROM journalDetail ORDER BY id DESC") ?? ""
    }
  }

  /// A change without the document that stands whole beside the record.
  private static func kept<C: Change>(_ change: C) -> C {
    if var opened = change as? OpenIncident {
      opened.source?.document = ""
      return opened as? C ?? change
    }
    guard var renewed = change as? RenewSource else { return change }
    renewed.source.document = ""
    return renewed as? C ?? change
  }

  /// A change without what the store alone knew when it was made.
  private static func said<C: Change>(_ change: C) -> C {
    if var opened = change as? OpenMailing {
      opened.key = nil
      return opened as? C ?? change
    }
    guard var proposed = change as? ProposeEdition else { return change }
    proposed.needsTwo = nil
    return proposed as? C ?? change
  }

  @Test(arguments: `Undo`.changes.indices)
  func `is JSON from which the same change can be read`(index: Int) async throws {
    let fixture = try await `Undo`.filled()
    try await fixture.store.apply(
      AddActivity(ActivityFacts(name: "nothing rests on it")),
      origin: "test"
    )
    func check<C: Change>(_ change: C) async throws {
      try await fixture.store.apply([change], origin: "test")
      let text = try Self.stored(fixture.path)
      let read = try JSONDecoder().decode(C.self, from: Data(text.utf8))
      #expect(Self.said(read) == Self.kept(change))
    }
    try await check(`Undo`.changes[index])
  }

  @Test(arguments: [
    "plain", "", "\"quoted\" \\ back", "line\nline\r\ttab", "\u{1}\u{1F}\u{7F}\u{9B}",
    "Zoë 日本 👩‍👩‍👧", "</script>", "\u{2028}\u{FEFF}", "{\"a\": [1, 2.5e9]}",
  ])
  func `keeps every character of a text`(text: String) async throws {
    let fixture = try StoreFixture()
    let change = OpenIncident(
      facts: IncidentFacts(title: "t", summary: text, tags: [text]),
      source: ImportSource(format: "f", externalID: "x" + text, digest: text, document: text),
      timeline: [TimelineFacts(happened: nil, text: "x" + text, source: text)]
    )
    try await fixture.store.apply(change, origin: "test")
    let stored = try Self.stored(fixture.path)
    let decoded = try JSONDecoder().decode(OpenIncident.self, from: Data(stored.utf8))
    #expect(decoded == Self.kept(change))
    let incident = try #require(try await fixture.store.answer(IncidentDetail(id: 1)))
    #expect(Array(incident.facts.summary.utf8) == Array(text.utf8))
    #expect(Array(incident.source?.document.utf8 ?? "".utf8) == Array(text.utf8))
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
  }

  @Test func `is its own where many are brought in at once, all of them or none`() async throws {
    let fixture = try StoreFixture()
    var changes: [any Change] = (1...777).map {
      OpenIncident(facts: IncidentFacts(title: "number \($0)"))
    }
    changes[700] = OpenIncident(facts: IncidentFacts(title: "a", summary: "b\0c"))
    await #expect(throws: StoreError.self) {
      try await fixture.store.apply(changes, origin: "test")
    }
    #expect(try await fixture.store.answer(JournalHead()).sequence == 0)

    changes[700] = OpenIncident(facts: IncidentFacts(title: "number 701"))
    try await fixture.store.apply(changes, origin: "test")
    let queue = try DatabaseQueue(path: fixture.path)
    let stored = try await queue.read { db in
      try String.fetchAll(db, sql: "SELECT change FROM journalDetail ORDER BY id")
    }
    let titles = try stored.map {
      try JSONDecoder().decode(OpenIncident.self, from: Data($0.utf8)).facts.title
    }
    #expect(titles == (1...777).map { "number \($0)" })
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
    let hits = try await fixture.store.answer(Search("777", window: RowWindow(start: 0, count: 9)))
    #expect(hits.rows.map(\.subject) == [Subject(.incident, 777)])
  }

  @Test(arguments: [
    OpenIncident(facts: IncidentFacts(title: "a", summary: "b\0c")),
    OpenIncident(
      facts: IncidentFacts(title: "a"),
      source: ImportSource(format: "f", externalID: "x", digest: "d", document: "b\0c")
    ),
  ])
  func `is refused where a text holds what SQLite cannot keep`(change: OpenIncident) async throws {
    let fixture = try StoreFixture()
    await #expect(
      throws: StoreError.refused(
        "a text holds the character U+0000, which the store cannot keep; take it out"
      )
    ) {
      try await fixture.store.apply(change, origin: "test")
    }
    #expect(try await fixture.store.answer(JournalHead()).sequence == 0)
  }
}
