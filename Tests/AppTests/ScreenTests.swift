import Drawing
import Model
import Panes
import Storage
import TestSupport
import Testing

@testable import App

/// Every screen of the dashboard on the sample company, text and roles, at three sizes.
@MainActor
struct `Screens` {
  /// A screen by name, and the keys that lead to it from the start.
  nonisolated static let screens: [(name: String, keys: [Key])] = [
    ("overview", []),
    ("overview-tasks", [.tab, .tab]),
    ("overview-posture", [.backTab, .backTab, .down]),
    ("overview-posture-steps", [.backTab, .backTab, .down, .tab, .down]),
    ("overview-posture-goes", [.backTab, .backTab, .down, .down, .down, .enter]),
    ("incidents", keys("2")),
    ("incidents-marked", keys("2jj  v") + [.down]),
    ("incidents-filter", keys("2fis:open sev") + [.tab]),
    ("incidents-filtered", keys("2fseverity:critical\n")),
    ("incidents-search", keys("2/supplier\n")),
    ("incidents-menu", keys("2x")),
    ("incidents-saved", keys("2F")),
    ("incidents-columns", keys("2|")),
    ("incidents-bulk", keys("2a") + keys("xvc")),
    ("incident-new", keys("2c")),
    ("incident-facts", keys("2fnine\n\n")),
    ("incident-facts-zoomed", keys("2j\nz")),
    ("incident-timeline", keys("2j\n]]z")),
    ("incident-timeline-entry", keys("2j\n]]\n")),
    ("incident-tasks", keys("2j\n]]]z")),
    ("incident-task-menu", keys("2j\n]]]zx")),
    ("incident-task-link", keys("2j\n]]]zxl")),
    ("incident-task-form", keys("2j\n]]]c")),
    ("incident-people", keys("2j\n]]]]z")),
    ("incident-evidence", keys("2j\n]]]]]z")),
    ("incident-history", keys("2j\n]]]]]]z")),
    ("incident-explained", keys("2j\njjK")),
    ("incident-duties", keys("2fstaging\n\n]")),
    ("incident-duties-zoomed", keys("2fstaging\n\n]z")),
    ("incident-duty-explained", keys("2fstaging\n\n]\n")),
    ("incident-duty-filing", keys("2fstaging\n\n]c")),
    ("incident-duty-contents", keys("2fstaging\n\n]C")),
    ("incident-duty-contents-zoomed", keys("2fstaging\n\n]zC")),
    ("incident-duty-contents-fill", keys("2fstaging\n\n]C\n")),
    ("incident-duty-draft", keys("2fstaging\n\n]Cw")),
    ("incident-duty-contact", keys("2fstaging\n\n]xo")),
    ("incident-duty-decision", keys("2fstaging\n\n]d")),
    ("incident-risk-menu", keys("2fstaging\n\n]t")),
    ("incident-risk-enisa", keys("2fstaging\n\n]te") + [.tab]),
    (
      "incident-risk-enisa-done",
      keys("2fstaging\n\n]te\n\n\n") + [.down, .down, .enter] + keys("\n\n\n")
    ),
    ("incident-risk-edpb", keys("2fstaging\n\n]tf")),
    ("organisation", keys("3O")),
    ("incident-duty-what-if", keys("2fstaging\n\n]W")),
    ("clocks", keys("3")),
    ("clocks-by-law", keys("3bb")),
    ("clocks-filter", keys("3fBR\n")),
    ("audits", keys("4")),
    ("audit-start", keys("4c")),
    ("audit-items", keys("4\n")),
    ("audit-item", keys("4\njjjjj")),
    ("audit-item-text", keys("4\njjjjj") + [.tab]),
    ("audit-item-read", keys("4\njjjjjK")),
    ("audit-answering", keys("4\nin13")),
    ("audit-reason", keys("4\njin4no such")),
    ("audit-item-form", keys("4\njjjjje")),
    ("audit-items-marked", keys("4\nj  vjj")),
    ("audit-items-menu", keys("4\njx")),
    ("audit-items-folded", keys("4\nxf")),
    ("audit-items-filtered", keys("4\nfresult:partly work:in-review\nj")),
    ("audit-items-filtering", keys("4\nfresult:part")),
    ("audit-items-search", keys("4\n/restore\n")),
    ("audit-heatmap", keys("4\n]")),
    ("audit-findings", keys("4\n]]")),
    ("audit-differences", keys("4\n]]]")),
    ("audit-sign-off", keys("4\n]]]]")),
    ("audit-signed", keys("4j\n[")),
    ("findings", keys("4]")),
    ("finding-read", keys("4]\n")),
    ("finding-menu", keys("4]x")),
    ("finding-accept", keys("4]xp")),
    ("frameworks", keys("4]]")),
    ("frameworks-search", keys("4]]/customer\n")),
    ("framework", keys("4]]G\njj")),
    ("incident-mailings", keys("2fstaging\n\nx5")),
    ("privacy", keys("6")),
    ("privacy-filter", keys("6fnews\n")),
    ("privacy-activity", keys("6jj\n")),
    ("privacy-activity-form", keys("6jje")),
    ("privacy-justify", keys("6jjxj")),
    ("privacy-rule", keys("6jjxr")),
    ("privacy-due", keys("6]")),
    ("privacy-due-deleted", keys("6]xd")),
    ("privacy-due-menu", keys("6]jjx")),
    ("privacy-unjustified", keys("6]]")),
    ("privacy-unjustified-form", keys("6]]\n")),
    ("privacy-requests", keys("6]]]")),
    ("privacy-request", keys("6]]]j\n")),
    ("privacy-request-menu", keys("6]]]jx")),
    ("privacy-request-new", keys("6]]]c")),
    ("privacy-request-answer", keys("6]]]jxw")),
    ("privacy-requests-all", keys("6]]]f*")),
    ("notices", keys("5")),
    ("notices-numbers", keys("5") + [.tab] + keys("jj")),
    ("notices-filter", keys("5ftold")),
    ("notices-create", keys("5c\n")),
    ("notices-menu", keys("5jx")),
    ("notices-erase", keys("5jD")),
    ("mailing", keys("5j\n")),
    ("mailing-import", keys("5\nxi")),
    ("mailing-people", keys("5j\n]")),
    ("mailing-people-marked", keys("5j\n]  vjj")),
    ("mailing-people-filtering", keys("5j\n]fstate:handed")),
    ("mailing-people-states", keys("5j\n]F")),
    ("mailing-people-not-told", keys("5j\n]Ft")),
    ("mailing-person", keys("5j\n]jjj\n")),
    ("mailing-move", keys("5j\n]Ftaxm")),
    ("mailing-move-sure", keys("5j\n]Fbaxmmno such\u{18}")),
    ("mailing-text", keys("5j\n]]")),
    ("mailing-text-items", keys("5j\n]]") + [.tab] + keys("j")),
    ("mailing-text-body", keys("5j\n]]") + [.tab, .tab]),
    ("mailing-text-read", keys("5j\n]]\n")),
    ("mailing-text-stopped", keys("5\n]]xh")),
    ("mailing-drafts", keys("5\n]]cjjjj")),
    ("mailing-draft-read", keys("5\n]]cjjjj") + [.tab] + keys("jjj")),
    ("mailing-text-new", keys("5\n]]cjjjj\n")),
    ("mailing-support", keys("5\n]]]")),
    ("mailing-support-new", keys("5\n]]]c")),
    ("mailing-codes", keys("5\n]]]xt")),
    ("mailing-channels", keys("5j\n]]]]")),
    ("mailing-plan", keys("5j\n]]]]e")),
    ("mailing-batches", keys("5jj\n]]]]]")),
    ("mailing-batch-read", keys("5jj\n]]]]]\n")),
    ("mailing-batches-menu", keys("5jj\n]]]]]x")),
    ("mailing-export", keys("5j\n]]]]]c")),
    ("mailing-returns", keys("5jj\n]]]]]xt")),
    ("mailing-public", keys("5jj\n]]]]]]")),
    ("mailing-public-none", keys("5\n]]]]]]")),
    ("mailing-public-new", keys("5jj\n]]]]]]c")),
    ("mailing-bounces", keys("5j\n[[")),
    ("mailing-matters", keys("5j\n[")),
    ("mailing-matter-new", keys("5j\n[c")),
    ("mailing-erased", keys("5G\n]")),
    ("statements", keys("8")),
    ("statement-text", keys("8\n")),
    ("statement-left-out", keys("8\n]")),
    ("statement-difference", keys("8\n]]")),
    ("statement-versions", keys("8[[")),
    ("statement-corrections", keys("8[")),
    ("statement-menu", keys("8x")),
    ("statement-propose", keys("8j\nxp")),
    ("journal", keys("9")),
    ("help", keys("?")),
    ("palette", [.control("p")] + keys("undo")),
    ("quit", keys("q")),
  ]

  nonisolated static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 40, rows: 10),
  ]

  private nonisolated static func keys(_ text: String) -> [Key] {
    text.map { $0 == "\n" ? .enter : $0 == "\u{18}" ? .control("x") : .character($0) }
  }

  @Test(arguments: sizes)
  func `look as they were when somebody looked at them`(size: Size) async throws {
    for screen in Self.screens {
      let dashboard = try await TestDashboard(columns: size.columns, rows: size.rows)
      for key in screen.keys { await dashboard.press(key) }
      GoldenScreen.expect(
        "app/\(screen.name)-\(size.columns)x\(size.rows)",
        dashboard.program.draw()
      )
    }
  }

  @Test(arguments: sizes)
  func `of a conflict show both versions`(size: Size) async throws {
    let dashboard = try await TestDashboard(columns: size.columns, rows: size.rows)
    let id = try #require(dashboard.program.state.overview.worst.rows.first?.id)
    await dashboard.press(.tab, .enter, .character("e"))
    await dashboard.type(", and on its copy")
    try await dashboard.store.apply(
      EditIncident(id: id, basedOn: nil, edits: [.title("Ransom note on two file servers")]),
      origin: "test"
    )
    await dashboard.press(.control("x"))
    GoldenScreen.expect(
      "app/conflict-\(size.columns)x\(size.rows)",
      dashboard.program.draw()
    )
  }

  @Test(arguments: sizes)
  func `of a decision that waits for the officer say so, and lead there`(size: Size) async throws {
    let dashboard = try await TestDashboard(columns: size.columns, rows: size.rows)
    var organisation = try await dashboard.store.answer(CurrentOrganisation())
    organisation.organisation.needsSecondPerson = true
    try await dashboard.store.apply(
      SetOrganisation(basedOn: nil, organisation: organisation.organisation),
      origin: "test"
    )
    let id = try #require(dashboard.program.state.overview.worst.rows.first?.id)
    let other = try dashboard.store(as: "sanne")
    defer { try? other.close() }
    try await other.apply(
      RecordDecision(
        incident: id,
        facts: DecisionFacts(
          decision: .later,
          ground: .investigating,
          reasoning: "The copies are still being counted.",
          decidedBy: "Sanne",
          decidedAt: StatedTime(TestDashboard.now)
        )
      ),
      origin: "test"
    )
    await dashboard.press(.character("2"), .character("1"))
    #expect(dashboard.program.state.overview.approvals.map(\.decision.recordedBy) == ["sanne"])
    let name = "\(size.columns)x\(size.rows)"
    GoldenScreen.expect("app/overview-waiting-\(name)", dashboard.program.draw())
    await dashboard.press(.character("w"))
    GoldenScreen.expect("app/incident-duty-waiting-\(name)", dashboard.program.draw())
    await dashboard.type("xn")
    await dashboard.type("Ask counsel first")
    await dashboard.press(.control("x"))
    GoldenScreen.expect("app/incident-duty-refused-\(name)", dashboard.program.draw())
    let waiting = try await dashboard.store.answer(PendingApprovals())
    #expect(waiting.allSatisfy { $0.decision.recordedBy == "mira" })
  }

  @Test func `of an empty store say what to do`() async throws {
    let dashboard = try await TestDashboard(isEmpty: true)
    GoldenScreen.expect("app/overview-empty-80x24", dashboard.program.draw())
    await dashboard.press(.character("2"))
    GoldenScreen.expect("app/incidents-empty-80x24", dashboard.program.draw())
  }

  @Test func `too small for anything say what size is needed`() async throws {
    let dashboard = try await TestDashboard(columns: 19, rows: 3)
    #expect(dashboard.shows("Tocsin needs 40x10"))
  }

  @Test(arguments: [(1, 1), (20, 5), (400, 120), (0, 0), (500, 2)])
  func `of any size are drawn without a fault`(columns: Int, rows: Int) async throws {
    let dashboard = try await TestDashboard(columns: columns, rows: rows)
    for screen in Self.screens {
      for key in screen.keys { await dashboard.press(key) }
      #expect(dashboard.program.draw().size == Size(columns: columns, rows: rows))
      await dashboard.press(.escape, .escape, .escape, .escape)
    }
  }
}
