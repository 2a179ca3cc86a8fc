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
}
