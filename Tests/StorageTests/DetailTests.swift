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

  @Test(arguments: `Undo`.changes.indices)
  func `is JSON from which the same change can be read`(index: Int) async throws {
    let fixture = try await `Undo`.filled()
    func check<C: Change>(_ change: C) async throws {
      try await fixture.store.apply([change], origin: "test")
      let text = try Self.stored(fixture.path)
      #expect(try JSONDecoder().decode(C.self, from: Data(text.utf8)) == change)
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
    #expect(try JSONDecoder().decode(OpenIncident.self, from: Data(stored.utf8)) == change)
    let incident = try #require(try await fixture.store.answer(IncidentDetail(id: 1)))
    #expect(Array(incident.facts.summary.utf8) == Array(text.utf8))
    #expect(Array(incident.source?.document.utf8 ?? "".utf8) == Array(text.utf8))
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
  }

  @Test func `is refused where a text holds what SQLite cannot keep`() async throws {
    let fixture = try StoreFixture()
    await #expect(
      throws: StoreError.refused(
        "a text holds the character U+0000, which the store cannot keep; take it out"
      )
    ) {
      try await fixture.store.apply(
        OpenIncident(facts: IncidentFacts(title: "a", summary: "b\0c")),
        origin: "test"
      )
    }
    #expect(try await fixture.store.answer(JournalHead()).sequence == 0)
  }
}
