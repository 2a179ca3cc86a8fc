import Drawing
import Model
import TestSupport
import Testing

@testable import Panes

struct `Recurring audits on the screen` {
  private static let audits = [
    DueAudit(
      id: 7,
      reference: "AUD-2025-0002",
      title: "Yearly \u{1B}[31m audit",
      framework: "GDPR duties of a controller",
      day: "2026-05-01"
    ),
    DueAudit(
      id: 8,
      reference: "AUD-2026-0001",
      title: "Suppliers",
      framework: "Customer data baseline",
      day: "2026-06-10"
    ),
    DueAudit(id: 9, reference: "AUD-2026-0003", title: "Far", framework: "X", day: "2027-12-31"),
  ]

  private func clocks(_ columns: Int, _ rows: Int) -> ClocksPane.State {
    let context = DutyFixture.context(columns, rows)
    var state = ClocksPane.State()
    let clocks = Array(DutyFixture.clocks.prefix(2))
    let page = Page(window: RowWindow(start: 0, count: 80), rows: clocks, total: clocks.count)
    _ = ClocksPane.reduce(&state, .answered(.success(page)), context)
    let waiting = Page<WaitingClocks.Row>(
      window: RowWindow(start: 0, count: 0),
      rows: [],
      total: 4
    )
    _ = ClocksPane.reduce(&state, .waitingAnswered(.success(waiting)), context)
    _ = ClocksPane.reduce(&state, .auditsAnswered(.success(Self.audits)), context)
    return state
  }

  @Test(arguments: [(80, 22), (120, 38), (40, 8)])
  func `stand behind the clocks, with what is left in days`(columns: Int, rows: Int) {
    var state = clocks(columns, rows)
    let context = DutyFixture.context(columns, rows)
    #expect(state.table.total == 6)
    _ = ClocksPane.reduce(&state, .moved(.to(3)), context)
    GoldenScreen.expect("clocks/audits-\(columns)x\(rows)", size: context.area) {
      ClocksPane.draw(state, on: &$0, in: Rect(context.area), context)
    }
  }

  @Test func `are read, found and filtered, and lead to no incident`() {
    var state = clocks(80, 22)
    let context = DutyFixture.context(80, 22)
    _ = ClocksPane.reduce(&state, .findTyped("suppliers"), context)
    #expect(state.table.selectedRow?.audit?.id == 8)
    let effects = ClocksPane.reduce(&state, .openPressed, context)
    guard case .present(.reader(let title, let lines))? = effects.first else {
      Issue.record("nothing to read")
      return
    }
    #expect(title == "AUD-2026-0001")
    #expect(lines.contains { $0.spans.first?.text == "tocsin audit start --after AUD-2026-0001" })
    _ = ClocksPane.reduce(&state, .filterTyped("baseline"), context)
    _ = ClocksPane.reduce(&state, .auditsAnswered(.success(Self.audits)), context)
    #expect(state.table.rows.compactMap(\.audit).map(\.id) == [8])
  }

  @Test func `read otherwise when a day begins`() {
    let state = clocks(80, 22)
    var context = DutyFixture.context(80, 22)
    let next = ClocksPane.nextTick(state, context)
    #expect(next.map { $0 > context.now } == true)
    context.now = Look.nextDay(context.now, in: context.dutyZone)
    #expect(
      Self.audits[1].daysLeft(at: context.now, in: context.dutyZone)
        == Self.audits[1].daysLeft(at: context.now - .milliseconds(1), in: context.dutyZone) - 1
    )
  }

  @Test(arguments: [(80, 22, 0), (80, 22, 1)])
  func `have a line in the overview, loud once one is late`(
    columns: Int,
    rows: Int,
    overdue: Int
  ) {
    let context = DutyFixture.context(columns, rows)
    var state = OverviewPane.State(lastSeen: 0)
    let numbers = OverviewNumbers.Answer(
      open: [],
      total: 0,
      openedByMonth: [],
      worst: [],
      overdueTasks: 0,
      openTasks: 0,
      head: 0,
      care: OverviewNumbers.Care(
        overdueAudits: overdue,
        nextAudit: Self.audits[overdue == 0 ? 2 : 0]
      )
    )
    _ = OverviewPane.reduce(&state, .numbersAnswered(.success(numbers)), context)
    let name = overdue == 0 ? "due" : "late"
    GoldenScreen.expect("overview/audit-\(name)-\(columns)x\(rows)", size: context.area) {
      OverviewPane.draw(state, on: &$0, in: Rect(context.area), context)
    }
  }
}
