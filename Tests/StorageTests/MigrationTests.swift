import Foundation
import Glibc
import Model
import Storage
import TestSupport
import Testing

struct `An old store` {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures/databases")

  /// One store for each schema that was ever released; `TOCSIN_RECORD` adds the present one.
  static let databases: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasSuffix(".sqlite") }.sorted()
  }()

  @Test func `is kept for every schema`() async throws {
    let fixture = try await `Undo`.filled()
    let schema = try StoreFacts.read(path: fixture.path).knownSchema
    let path = Self.folder.appendingPathComponent("schema-\(schema).sqlite")
    if ProcessInfo.processInfo.environment["TOCSIN_RECORD"] != nil {
      _ = try Backup.write(from: fixture.path, to: path.path)
    }
    #expect(Self.databases == (1...schema).map { "schema-\($0).sqlite" })
  }

  @Test(arguments: databases)
  func `opens with everything in it, and can be written`(name: String) async throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("tocsin.sqlite")
    try FileManager.default.copyItem(
      at: Self.folder.appendingPathComponent(name),
      to: URL(fileURLWithPath: path)
    )
    chmod(path, 0o600)
    let store = try SQLiteStore(path: path, options: StoreFixture.options(FixedClock()))
    #expect(store.readOnlyReason == nil)
    let schema = try #require(Int(name.filter(\.isNumber)))
    let head = JournalSequence(`Undo`.changeCount(schema: schema))
    #expect(try await store.answer(JournalHead()).sequence == head)
    let picture = try await `Undo`.picture(store)
    let fresh = try await `Undo`.filled(schema: schema)
    #expect(try await `Undo`.picture(fresh.store) == picture)
    let receipt = try await store.apply(
      EditIncident(id: 1, basedOn: 1, edits: [.title("b")]),
      origin: "test"
    )
    try await store.undo([receipt.entry], origin: "test")
    #expect(try await `Undo`.picture(store) == picture)
    // Opened by the program of that schema, before there were answers to what laws ask.
    try await store.undo([4], origin: "test")
    #expect(try await store.answer(IncidentDetail(id: 3))?.isRemoved == true)
    #expect(try await store.answer(StaleClocks(basis: "", limit: 9)).incidents.first == 1)
    // What was there before there were exercises is real, and is counted as before beside one.
    let known = schema < 3 ? 0 : 2
    let drills = Filter(terms: [.init(.field(.is, "drill"))])
    #expect(try await store.answer(IncidentIDs(filter: drills)).count == known)
    let before = try await store.answer(OverviewNumbers(now: Instant(seconds: 0)))
    let started = try await store.apply(
      StartExercise(facts: IncidentFacts(title: "drill", severity: .high)),
      origin: "test"
    )
    try await store.apply(
      [
        AddTask(incident: started.subject.id, facts: TaskFacts(title: "t")),
        EndExercise(id: started.subject.id, basedOn: 1),
      ],
      origin: "test"
    )
    let after = try await store.answer(OverviewNumbers(now: Instant(seconds: 0)))
    #expect(
      (after.total, after.open, after.openTasks) == (before.total, before.open, before.openTasks)
    )
    #expect(try await store.answer(ExerciseScore(incident: started.subject.id))?.isFinal == true)
    let facts = try StoreFacts.read(path: path)
    #expect(facts.schema == facts.knownSchema)
    #expect(try JournalVerifier.verify(path: path).isSound)
  }
}
