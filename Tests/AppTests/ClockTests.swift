import Drawing
import Formats
import Foundation
import Model
import Panes
import Rulebook
import Storage
import Testing

@testable import App

/// The dashboard's clocks on a real store, driven by keys.
@MainActor
struct `Clocks of the dashboard` {
  private func running(_ dashboard: TestDashboard) async throws -> [ClockList.Row] {
    let window = RowWindow(start: 0, count: 500)
    return try await dashboard.store.answer(ClockList(window: window)).rows
  }

  @Test func `go from the list to the duty in its incident`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("3jjj")
    let record = try #require(dashboard.program.state.clocks.table.selectedRow?.clock?.record)
    await dashboard.press(.enter)
    let detail = try #require(dashboard.program.state.incidents.detail)
    #expect(detail.id == record.incident)
    #expect(detail.tab == .obligations)
    #expect(detail.obligations.table.selectedID == Subject(.obligation, record.id))
  }

  @Test func `stop when what was sent is recorded, and run again when it is taken back`()
    async throws
  {
    let dashboard = try await TestDashboard()
    await dashboard.type("2fstaging\n")
    await dashboard.press(.enter)
    await dashboard.type("]c")
    await dashboard.press(.control("x"))
    let isRunning = try await running(dashboard).contains {
      $0.reference == "INC-2026-0030" && $0.record.obligation.id == "EU-GDPR-33-SA"
    }
    #expect(!isRunning)
    #expect(dashboard.shows("filed initial") || dashboard.shows("1 sent"))
    await dashboard.type("u")
    let runsAgain = try await running(dashboard).contains {
      $0.reference == "INC-2026-0030" && $0.record.obligation.id == "EU-GDPR-33-SA"
    }
    #expect(runsAgain)
  }

  @Test func `follow an answer in the background`() async throws {
    let dashboard = try await TestDashboard()
    let id = try #require(
      try await dashboard.store.answer(IncidentByReference("INC-2026-0030"))?.id
    )
    await dashboard.type("2fstaging\n")
    await dashboard.press(.enter)
    try await dashboard.store.apply(
      EditIncident(id: id, basedOn: nil, edits: [.answer(.known("risk"), "unlikely")]),
      origin: "test"
    )
    dashboard.program.receive([.recordTouched])
    await dashboard.program.idle()
    let owed = try await running(dashboard).filter { $0.record.incident == id }
    #expect(!owed.isEmpty)
    #expect(!owed.contains { $0.record.obligation.id == "EU-GDPR-33-SA" })
  }

  @Test func `are left alone by what is only tried`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("2fstaging\n")
    await dashboard.press(.enter)
    await dashboard.type("]z")
    let before = try await dashboard.store.answer(JournalHead())
    await dashboard.type("Wp")
    await dashboard.type("BR")
    await dashboard.press(.tab)
    await dashboard.type("12")
    await dashboard.press(.control("x"))
    #expect(dashboard.shows("WHAT IF"))
    #expect(dashboard.shows("affected BR: 12"))
    #expect(dashboard.shows("BR-LGPD"))
    #expect(try await dashboard.store.answer(JournalHead()) == before)
    await dashboard.type("Wt")
    #expect(!dashboard.shows("WHAT IF"))
    #expect(try await dashboard.store.answer(JournalHead()) == before)
  }

  @Test func `stay as they are where the rules are faulty, and file and line are told`()
    async throws
  {
    let dashboard = try await TestDashboard {
      throw UnreadableYAML(file: "Laws/eu.yaml", line: 7, reason: "no such key")
    }
    #expect(dashboard.shows("the rules cannot be used: Laws/eu.yaml:7: no such key"))
    #expect(dashboard.shows("RULES FAULTY"))
    await dashboard.type("3")
    #expect(dashboard.shows("CARD-MC-ADC"))
    await dashboard.type(":rules\n")
    #expect(dashboard.shows("Laws/eu.yaml:7: no such key"))
  }

  @Test func `change by edited rules only when somebody adopts them`() async throws {
    let folder = NSTemporaryDirectory() + "tocsin-rules-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let shipped = Sample.rulesFolder
    try FileManager.default.copyItem(atPath: shipped, toPath: folder)
    let file = "\(folder)/Laws/eu-gdpr.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try text.replacingOccurrences(of: "within: 72 h", with: "within: 96 h")
      .write(toFile: file, atomically: true, encoding: .utf8)
    let dashboard = try await TestDashboard { try Rulebook(shipped: folder) }
    #expect(dashboard.shows("the rules were edited"))
    #expect(dashboard.shows("RULES EDITED"))
    func due() async throws -> Instant? {
      try await running(dashboard).first {
        $0.reference == "INC-2026-0030" && $0.record.obligation.id == "EU-GDPR-33-SA"
      }?.record.obligation.state.due
    }
    #expect(try await due() == TestDashboard.now + .seconds(63 * 3600))
    await dashboard.type(":rules.adopt\n")
    await dashboard.press(.tab, .enter)
    #expect(try await due() == TestDashboard.now + .seconds(87 * 3600))
    #expect(!dashboard.shows("RULES EDITED"))
  }

  /// Brings in open incidents that nobody has worked out, as an import would.
  private func bringIn(_ count: Int, _ dashboard: TestDashboard) async throws {
    for start in stride(from: 0, to: count, by: 500) {
      try await dashboard.store.apply(
        (start..<min(start + 500, count)).map { number in
          OpenIncident(
            facts: IncidentFacts(
              title: "Leak \(number)",
              affected: [AffectedPeople(jurisdiction: "EU-DE", count: Int64(number + 1))]
            )
          )
        },
        origin: "test"
      )
    }
  }

  /// Begins to work out what an import brought in, and waits until the screen tells of it: the pass
  /// stands before its first transaction.
  private func beginPass(over count: Int, _ dashboard: TestDashboard) async throws {
    try await bringIn(count, dashboard)
    dashboard.held.hold()
    dashboard.program.recordTouched()
    while !dashboard.shows("working out clocks") { await Task.yield() }
  }

  private func stale(_ dashboard: TestDashboard) async throws -> Int {
    try await dashboard.store.answer(StaleClocks(basis: "", limit: 1)).total
  }

  @Test func `are worked out for an import while keys are answered`() async throws {
    let dashboard = try await TestDashboard(isEmpty: true)
    try await beginPass(over: 300, dashboard)
    // None of the work is done on the thread that draws: it answers while the pass stands still.
    dashboard.program.receive([.input(.key(.character("?")))])
    #expect(dashboard.program.state.overlays.count == 1)
    dashboard.program.receive([.input(.key(.escape))])
    #expect(dashboard.program.state.overlays.isEmpty)
    #expect(dashboard.shows("working out clocks"))
    #expect(try await stale(dashboard) == 300)
    dashboard.held.release()
    await dashboard.program.idle()
    #expect(try await stale(dashboard) == 0)
    #expect(!dashboard.shows("working out clocks"))
    let total = try await dashboard.store.answer(
      ClockList(window: RowWindow(start: 0, count: 1))
    ).total
    #expect(total >= 300)
  }

  @Test func `stop when told to, and go on when told to`() async throws {
    let dashboard = try await TestDashboard(isEmpty: true)
    try await beginPass(over: 300, dashboard)
    dashboard.program.receive([.input(.key(.control("c")))])
    dashboard.held.release()
    await dashboard.program.idle()
    // The transaction that was under way is kept whole.
    let left = try await stale(dashboard)
    #expect(left > 0 && left < 300)
    #expect(dashboard.shows("R works them out"))
    #expect(dashboard.shows("CLOCKS BEHIND"))
    #expect(!dashboard.hasQuit)
    await dashboard.type("R")
    #expect(try await stale(dashboard) == 0)
    #expect(!dashboard.shows("CLOCKS BEHIND"))
  }

  @Test func `are written for those incidents alone whose answers a fact or a rule alters`()
    async throws
  {
    let dashboard = try await TestDashboard(isEmpty: true)
    try await bringIn(20, dashboard)
    let store = dashboard.store
    let rules = try Sample.rules.get()
    func keeper(_ rules: Rulebook) -> ClockKeeper {
      ClockKeeper(store: store, rulebook: rules, origin: "test") { TestDashboard.now }
    }
    #expect(try await keeper(rules).updateAll() == 20)
    func written(_ body: () async throws -> Void) async throws -> [RecordID] {
      let head = try await store.answer(JournalHead()).sequence
      try await body()
      return try await store.answer(ChangesSince(after: head)).subjects
        .filter { $0.kind == .obligation }.map(\.id)
    }
    // What is no fact of any rule leaves the journal alone.
    let edits: [(IncidentEdit, [RecordID])] = [
      (.title("other"), []), (.answer(.known("risk"), "high"), [7]),
    ]
    for (edit, expected) in edits {
      try await store.apply(EditIncident(id: 7, basedOn: nil, edits: [edit]), origin: "test")
      #expect(try await store.answer(StaleClocks(basis: "", limit: 9)).incidents == [7])
      #expect(try await written { try await keeper(rules).updateAll() } == expected)
    }
    // A rule whose period is another changes the one incident whose clock runs by it.
    try await store.apply(
      DecideAwareness(
        id: 7,
        basedOn: nil,
        decision: AwarenessDecision(
          awareAt: StatedTime(TestDashboard.now),
          decidedBy: "Bo",
          grounds: "logs"
        )
      ),
      origin: "test"
    )
    _ = try await keeper(rules).updateAll()
    let folder = NSTemporaryDirectory() + "tocsin-rules-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: Sample.rulesFolder, toPath: folder)
    let file = "\(folder)/Laws/eu-gdpr.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try text.replacingOccurrences(of: "within: 72 h", with: "within: 96 h")
      .write(toFile: file, atomically: true, encoding: .utf8)
    let edited = keeper(try Rulebook(shipped: folder))
    #expect(try await written { try await edited.updateAll() } == [])
    #expect(try await written { try await edited.updateAll(adopting: true) } == [7])
    #expect(try await store.answer(StaleClocks(basis: edited.basis, limit: 9)).total == 0)
  }
}
