import App
import Foundation
import Model
import Rulebook
import Storage

extension Bench {
  /// How long the clocks of ten thousand open incidents take that were never worked out, what they
  /// weigh, and what others wait for meanwhile.
  func obligations() async throws {
    let book = try shippedRules()
    let count = 10_000
    let path = "\(folder)/obligations.sqlite"
    for suffix in ["", "-wal", "-shm", ".lock"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
    let now = Instant(seconds: 1_800_000_000)
    let store = try SQLiteStore(path: path)
    for start in stride(from: 0, to: count, by: 1000) {
      let changes = (start..<start + 1000).map { number in
        OpenIncident(facts: BenchFacts.facts(number), state: .confirmed)
      }
      try await store.apply(changes, origin: "bench")
    }
    func bytes() throws -> Int64 {
      let facts = try StoreFacts.read(path: path)
      return facts.size + facts.logSize
    }
    let before = try bytes()
    let keeper = ClockKeeper(store: store, rulebook: book, origin: "bench") { now }
    var waits: [Duration] = []
    let work = Task { try await measure { _ = try await keeper.updateAll() } }
    let clock = ContinuousClock()
    while try await store.answer(StaleClocks(basis: "", limit: 1)).total > 0 {
      let start = clock.now
      try await store.apply(SaveFilter(filterName: "bench", text: "is:open"), origin: "bench")
      waits.append(clock.now - start)
      try await Task.sleep(for: .milliseconds(100))
    }
    let time = try await work.value
    row("clocks of \(count) incidents, all \(book.pack.rules.count) rules", "\(seconds(time)) s")
    row("a change saved meanwhile: p95 / p99 / worst", waits.tail)
    let grown = try bytes() - before
    row("what they weigh, an incident", "\(grown / Int64(count)) bytes")
    let edited = ClockKeeper(store: store, rulebook: book, origin: "bench") { now }
    try await store.apply(
      SetOrganisation(basedOn: nil, organisation: Organisation()),
      origin: "bench"
    )
    let again = try await measure { _ = try await edited.updateAll() }
    row("all of them again, nothing changed", "\(seconds(again)) s")
    try store.close()
  }
}
