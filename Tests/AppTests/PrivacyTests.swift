import Drawing
import Model
import Panes
import Storage
import TestSupport
import Testing

@testable import App

/// The view of privacy by keys, on the sample company.
@MainActor
struct `Keys in the view of privacy` {
  private func missing(_ dashboard: TestDashboard) async throws -> Int {
    try await dashboard.store.answer(UnjustifiedList()).count
  }

  @Test func `justify what nobody has justified, and take that back`() async throws {
    let dashboard = try await TestDashboard()
    let before = try await missing(dashboard)
    #expect(before > 0)
    await dashboard.type("6]]\n")
    await dashboard.press(.control("x"))
    #expect(try await missing(dashboard) == before - 1)
    #expect(dashboard.shows("justified · u undoes"))
    await dashboard.type("u")
    #expect(try await missing(dashboard) == before)
  }

  @Test func `record what was deleted, until nothing of the rule is due`() async throws {
    let dashboard = try await TestDashboard()
    func due() async throws -> [DueData] {
      try await dashboard.store.answer(DueDataList())
        .filter { $0.state(at: TestDashboard.now) == .due }
    }
    let first = try #require(try await due().first)
    await dashboard.type("6]xd")
    await dashboard.press(.tab, .tab, .tab)
    await dashboard.type("nightly job")
    await dashboard.press(.control("x"))
    #expect(try await due().allSatisfy { $0.rule != first.rule })
    let runs = try await dashboard.store.answer(DeletionRuns(rule: first.rule))
    #expect(runs.map(\.facts.count) == [first.count])
  }

  @Test func `write a request down, sealed, and reveal it where no recording sees it`()
    async throws
  {
    let dashboard = try await TestDashboard(columns: 100, rows: 36)
    func total() async throws -> Int {
      try await dashboard.store.answer(RequestList(window: RowWindow(start: 0, count: 0))).total
    }
    let before = try await total()
    await dashboard.type("6]]]c")
    await dashboard.press(.tab)
    await dashboard.type("EU-DE")
    await dashboard.press(.tab, .tab, .tab)
    await dashboard.type("Canary Bird")
    #expect(dashboard.shows("Canary Bird"))
    #expect(!ScreenText.text(of: dashboard.program.draw()).contains("Canary"))
    await dashboard.press(.control("x"))
    #expect(try await total() == before + 1)
    #expect(!dashboard.shows("Canary"))
    let reference = "REQ-2026-000\(before + 1)"
    #expect(dashboard.shows("written down as \(reference)"))
    await dashboard.type("xvto answer\n")
    #expect(dashboard.shows("Canary Bird"))
    #expect(!ScreenText.text(of: dashboard.program.draw()).contains("Canary"))
    let lines = try await dashboard.store.answer(
      JournalWindow(JournalFilter(), RowWindow(start: 0, count: 5))
    )
    #expect(lines.rows.first?.headline == "read who made the request: to answer")
    #expect(lines.rows.first?.reference == reference)
  }

  @Test func `lead from a clock to its request`() async throws {
    let dashboard = try await TestDashboard()
    let clocks = try await dashboard.store.answer(RequestClocks())
    let first = try #require(clocks.first)
    await dashboard.type("3f\(first.reference)\n\n")
    #expect(dashboard.shows("[Requests"))
    #expect(dashboard.program.state.privacy.requests.table.selectedRow?.id == first.id)
  }

  @Test func `ring when the time of a request runs out`() async throws {
    let dashboard = try await TestDashboard()
    let clocks = try #require(dashboard.program.state.reminders.near?.clocks)
    let clock = try #require(
      clocks.first { $0.reference.hasPrefix("REQ-") && $0.due > TestDashboard.now }
    )
    dashboard.pass(milliseconds: (clock.due - TestDashboard.now).wholeMilliseconds + 1)
    let before = dashboard.rings
    dashboard.program.tick()
    await dashboard.program.idle()
    #expect(dashboard.rings == before + 1)
    #expect(dashboard.program.state.reminders.line(now: clock.due).contains("late"))
  }

  @Test func `give an incident the data and people of an activity that was hit`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("2j\n")
    let id = try #require(dashboard.program.state.incidents.detail?.incident?.id)
    await dashboard.type("]]]]xta")
    let activity = try #require(
      try await dashboard.store.answer(ActivityByReference("ACT-0001"))
    )
    let incident = try #require(try await dashboard.store.answer(IncidentDetail(id: id)))
    let taken = Set(activity.facts.data.map(\.category))
    #expect(taken.isSubset(of: incident.facts.data.categories))
    #expect(
      Set(activity.facts.numbers.map(\.jurisdiction))
        .isSubset(of: incident.facts.affected.map(\.jurisdiction))
    )
  }

  @Test func `say that a version is no longer right, and take that back`() async throws {
    let dashboard = try await TestDashboard(columns: 120, rows: 36)
    func stale() async throws -> Int {
      try await dashboard.store.answer(ConsentBoard()).reduce(0) { $0 + $1.stale }
    }
    let before = try await stale()
    #expect(before > 0)
    await dashboard.type("6]]]]]xwa")
    await dashboard.press(.tab)
    await dashboard.type("it was not so")
    await dashboard.press(.control("x"))
    #expect(try await stale() > before)
    await dashboard.type("u")
    #expect(try await stale() == before)
  }

  @Test func `find a person by reference and reveal them for a reason`() async throws {
    let dashboard = try await TestDashboard(columns: 120, rows: 36)
    await dashboard.type("6]]]]]\n/LV-200004\n")
    #expect(dashboard.shows("of one person"))
    #expect(!dashboard.shows("LV-200004"))
    await dashboard.press(.escape)
    await dashboard.type("xvthe person asks\n")
    #expect(dashboard.shows("LV-200004"))
    #expect(!ScreenText.text(of: dashboard.program.draw()).contains("LV-200004"))
    let line = try await dashboard.store.answer(
      JournalWindow(JournalFilter(), RowWindow(start: 0, count: 1))
    ).rows[0]
    #expect(line.headline.contains("the person asks"))
  }
}
