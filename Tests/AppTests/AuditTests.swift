import Drawing
import Model
import Panes
import Storage
import TestSupport
import Testing

@testable import App

/// Audits in the dashboard, from the key to the record.
@MainActor
struct `Audits in the dashboard` {
  private func keys(_ text: String) -> [RootAction] {
    text.map { .input(.key($0 == "\n" ? .enter : .character($0))) }
  }

  private func audit(_ dashboard: TestDashboard) async throws -> AuditRow {
    try #require(try await dashboard.store.answer(AuditList()).first)
  }

  @Test(arguments: [(80, 24), (40, 10), (120, 40)])
  func `are answered by a key an item, however fast the keys come`(columns: Int, rows: Int)
    async throws
  {
    let dashboard = try await TestDashboard(columns: columns, rows: rows)
    let before = try await audit(dashboard).tally
    #expect(before.count(.notAssessed) == 21)
    await dashboard.type("4\ni")
    // All at once, as a terminal may hand them over.
    dashboard.program.receive(keys("123123123123123123123"))
    await dashboard.program.idle()
    let after = try await audit(dashboard).tally
    #expect(after.count(.notAssessed) == 0)
    #expect(after.count(.conforms) == before.count(.conforms) + 7)
    #expect(after.count(.partly) == before.count(.partly) + 7)
    #expect(after.count(.doesNotConform) == before.count(.doesNotConform) + 7)
    await dashboard.type("n")
    #expect(dashboard.shows("everything is assessed"))
    await dashboard.type("uu")
    #expect(try await audit(dashboard).tally.count(.notAssessed) == 2)
  }

  @Test func `keep several answers to one item in the order of the keys`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("4\ni")
    dashboard.program.receive(keys("www"))
    await dashboard.program.idle()
    #expect(try await audit(dashboard).tally.count(AuditWork.done) == 1)
    #expect(dashboard.program.state.overlays.isEmpty)
  }

  @Test func `begin after the last one with what it said, which one key takes over`() async throws {
    let dashboard = try await TestDashboard(columns: 120, rows: 40)
    await dashboard.type("4c")
    await dashboard.press(.control("x"))
    let row = try await audit(dashboard)
    #expect(row.audit.facts.title == "GDPR 2027")
    #expect(row.audit.previous != nil)
    #expect(row.tally.count(.notAssessed) == 45)
    #expect(dashboard.shows("GDPR 2027"))
    await dashboard.type("jjjjji=")
    let items = try await dashboard.store.answer(
      AuditTree(audit: row.id, window: RowWindow(start: 5, count: 1))
    )
    #expect(items.rows.first?.item?.result == .partly)
    #expect(items.rows.first?.item?.grade == .minor)
  }

  @Test func `are signed and locked, and opened again with a reason`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("4\n[xg")
    #expect(dashboard.shows("21 of 45 items are not assessed"))
    await dashboard.press(.left, .enter)
    #expect(try await audit(dashboard).audit.state == .signed)
    await dashboard.type("]i")
    #expect(dashboard.shows("signed"))
    #expect(dashboard.program.state.audits.open?.items.isAnswering == false)
    await dashboard.type("[xrforgot two\n")
    #expect(try await audit(dashboard).audit.state == .open)
    #expect(dashboard.shows("forgot two"))
  }

  @Test func `have findings that are moved on by forms`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("4\njc")
    await dashboard.type("Nobody asks")
    await dashboard.press(.control("x"))
    await dashboard.type("]]")
    await dashboard.type("xb")
    let open = try await dashboard.store.answer(
      FindingList(
        FindingFilter(states: [.open, .inProgress]),
        window: RowWindow(start: 0, count: 9)
      )
    )
    #expect(open.rows.contains { $0.facts.title.contains("Nobody asks") && $0.item != nil })
  }

  @Test func `lead from a chapter and from a difference to the line in the tree`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("4\n]jj\n")
    #expect(dashboard.program.state.audits.open?.tab == .items)
    #expect(
      dashboard.program.state.audits.open?.items.table.selectedRow?.headline == "Rights of people"
    )
    await dashboard.type("]]]j\n")
    #expect(
      dashboard.program.state.audits.open?.items.table.selectedRow?.reference == "2.2"
    )
  }

  @Test func `refuse to be answered where the record may only be read`() async throws {
    let dashboard = try await TestDashboard()
    var state = dashboard.program.state
    state.world.readOnlyReason = "the store was opened to be read"
    state.view = .audits
    _ = Root.reduce(&state, .audits(.opened("AUD-2026-0001")))
    let rows = RootTable.bound(state, for: .key(.character("i")))
    #expect(rows.first?.availability.isEnabled == false)
  }
}
