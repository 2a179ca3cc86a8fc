import Dispatch
import Foundation
import Glibc
import Model
import Storage
import Synchronization
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(30))) struct `Several processes` {
  /// How many kills; more with TOCSIN_KILLS.
  private static let kills =
    ProcessInfo.processInfo.environment["TOCSIN_KILLS"].flatMap(Int.init) ?? 20

  @Test func `lose nothing when they write at once, and show no lock`() async throws {
    let fixture = try StoreFixture()
    let id = try await fixture.open("shared").subject.id
    let children = try (0..<8).map {
      try ChildProcess(
        product: "storage-probe",
        ["note", fixture.path, "\(id)", "60", "writer \($0)"]
      )
    }
    for child in children {
      let (lines, status) = child.finish()
      #expect(status == 0)
      #expect(lines.count == 60)
    }
    let timeline = try await fixture.store.answer(IncidentTimeline(incident: id))
    #expect(timeline.count == 480)
    for number in 0..<8 {
      let own = timeline.map(\.facts.text).filter { $0.hasPrefix("writer \(number) ") }
      #expect(own == (0..<60).map { "writer \(number) \($0)" })
    }
    let report = try JournalVerifier.verify(path: fixture.path)
    #expect(report.isSound)
    #expect(report.entries == 481)
  }

  @Test func `killed at any moment lose no acknowledged change`() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("tocsin.sqlite")
    var acknowledged: Set<String> = []
    for round in 0..<Self.kills {
      let child = try ChildProcess(
        product: "storage-probe",
        ["write", path, "100000", "k\(round)"]
      )
      _ = child.firstOutput()
      usleep(UInt32.random(in: 0..<60_000))
      child.kill()
      acknowledged.formUnion(child.finish().lines)
      let report = try JournalVerifier.verify(path: path)
      #expect(report.isSound)
    }
    let store = try SQLiteStore(path: path)
    let page = try await store.answer(
      JournalWindow(JournalFilter(), RowWindow(start: 0, count: 1_000_000))
    )
    let stored = Set(page.rows.map { "\($0.entry.sequence) \($0.reference)" })
    #expect(acknowledged.isSubset(of: stored))
    #expect(acknowledged.count > Self.kills)
    let list = try await store.answer(IncidentList(window: RowWindow(start: 0, count: 1)))
    #expect(list.total == page.total)
    let found = try await store.answer(Search("probe", window: RowWindow(start: 0, count: 1)))
    #expect(found.total == page.total)
  }

  @Test func `killed while making a store leave none or a whole one`() async throws {
    for round in 0..<8 {
      let directory = try TemporaryDirectory()
      let path = directory.file("tocsin.sqlite")
      let child = try ChildProcess(product: "storage-probe", ["hold", path, "5"])
      usleep(UInt32(round) * 4_000)
      child.kill()
      _ = child.finish()
      let store = try SQLiteStore(path: path)
      try await store.apply(OpenIncident(facts: IncidentFacts(title: "a")), origin: "test")
    }
  }

  @Test func `see each other's changes without asking, and nothing else`()
    async throws
  {
    let fixture = try StoreFixture()
    let queue = DispatchQueue(label: "watch")
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    let calls = Mutex(0)
    let watch = try ChangeWatch(storePath: fixture.path, queue: queue) {
      calls.withLock { $0 += 1 }
      continuation.yield()
    }
    var iterator = stream.makeAsyncIterator()
    let child = try ChildProcess(product: "storage-probe", ["write", fixture.path, "1", "far"])
    // The child opens its connection first, which writes to the log too.
    let clock = ContinuousClock()
    _ = child.finish()
    let acknowledged = clock.now
    while try await fixture.store.answer(JournalHead()).sequence < 1 { await iterator.next() }
    print("another process's change was seen after \(clock.now - acknowledged)")

    // A change of this process is told too, and reading tells nothing.
    let before = calls.withLock { $0 }
    _ = try await fixture.open("near")
    while calls.withLock({ $0 }) == before { await iterator.next() }
    await Self.settled(queue)
    let settled = calls.withLock { $0 }
    for _ in 0..<50 { _ = try await fixture.store.answer(JournalHead()) }
    await Self.settled(queue)
    #expect(calls.withLock { $0 } == settled)
    watch.cancel()
  }

  /// Waits until the queue has done what was due, a second look included.
  private static func settled(_ queue: DispatchQueue) async {
    await withCheckedContinuation { continuation in
      queue.asyncAfter(deadline: .now() + .milliseconds(60)) { continuation.resume() }
    }
  }
}
