import Drawing
import Model
import Panes
import Storage
import TestSupport
import Testing

@testable import App

/// Exercises on the dashboard, driven by keys.
@MainActor
struct `Exercises on the dashboard` {
  private nonisolated static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 40, rows: 10),
  ]

  /// An exercise after the sample's breach, nine hours old, with a filing, a note and an assessment.
  private func start(_ dashboard: TestDashboard) async throws -> RecordID {
    let store = dashboard.store
    let breach = try #require(try await store.answer(IncidentByReference("INC-2026-0030")))
    let aware = StatedTime(TestDashboard.now - .seconds(9 * 3600))
    let id = try await store.apply(
      StartExercise(
        facts: breach.exerciseFacts(title: "Spring exercise", aware: aware),
        from: breach.reference
      ),
      origin: "test"
    ).subject.id
    try await store.apply(
      [
        EditIncident(id: id, basedOn: nil, edits: [.severity(.high)]),
        AddTask(incident: id, facts: TaskFacts(title: "Call the lead")),
        AddTimelineEntry(incident: id, facts: TimelineFacts(happened: nil, text: "called")),
        AddFiling(
          incident: id,
          facts: FilingFacts(
            rule: "UK-GDPR-33-ICO",
            sentAt: StatedTime(TestDashboard.now - .seconds(3600)),
            recipient: "ICO"
          )
        ),
      ],
      origin: "test"
    )
    try await ClockKeeper(store: store, rulebook: Sample.rules.get(), origin: "test") {
      TestDashboard.now
    }.update(id, cause: "facts changed")
    await dashboard.type("3R")
    return id
  }

  @Test func `begin with a form in the list's menu, and open there`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("2xx")
    #expect(dashboard.shows("New exercise"))
    await dashboard.type("Table top")
    await dashboard.press(.control("x"))
    let incident = try #require(dashboard.program.state.incidents.detail?.incident)
    #expect(incident.isExercise)
    #expect(incident.facts.title == "Table top")
    #expect(incident.facts.instants[.aware]?.earliest == TestDashboard.now)
    #expect(dashboard.shows("[DRILL] Table top"))
  }

  @Test func `may begin with the facts of the incident under the cursor`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("2fstaging\nxx")
    await dashboard.type("Copy")
    await dashboard.press(.tab, .right)
    await dashboard.press(.control("x"))
    let copy = try #require(dashboard.program.state.incidents.detail?.incident)
    let breach = try #require(
      try await dashboard.store.answer(IncidentByReference("INC-2026-0030"))
    )
    #expect(copy.facts.title == "Copy")
    #expect(copy.facts.affected == breach.facts.affected)
    #expect(copy.facts.severity == nil)
    #expect(copy.facts.roles.isEmpty)
  }

  @Test func `end after a question, show their score, and go on when that is undone`()
    async throws
  {
    let dashboard = try await TestDashboard()
    let id = try await start(dashboard)
    await dashboard.type("2fis:drill\n\nz:drill.end\n")
    #expect(dashboard.shows("End the exercise"))
    await dashboard.press(.tab, .enter)
    let ended = try #require(try await dashboard.store.answer(IncidentDetail(id: id)))
    #expect(ended.exercise?.end?.at == TestDashboard.now)
    #expect(dashboard.shows("· Score"))
    await dashboard.press(.escape)
    #expect(dashboard.shows("exercise, ended"))
    await dashboard.type("u")
    let running = try #require(try await dashboard.store.answer(IncidentDetail(id: id)))
    #expect(running.exercise == Exercise())
    #expect(running.state == .reported)
  }

  @Test(arguments: ["drill.end", "drill.score"])
  func `have nothing to do with real incidents, and say so`(action: String) async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("2fstaging\n:\(action)\n")
    #expect(dashboard.shows("is a real incident, no exercise"))
    #expect(dashboard.program.state.overlays.isEmpty)
  }

  @Test func `say that they stay what they are`() async throws {
    let dashboard = try await TestDashboard(columns: 120, rows: 40)
    _ = try await start(dashboard)
    await dashboard.type("2fis:drill\n\nje")
    #expect(dashboard.shows("an exercise never becomes a real incident"))
  }

  @Test func `stand apart from the numbers of the overview`() async throws {
    let dashboard = try await TestDashboard()
    let before = try #require(dashboard.screen.first { $0.contains(" open of ") })
    _ = try await start(dashboard)
    await dashboard.type("1R")
    let after = try #require(dashboard.screen.first { $0.contains(" open of ") })
    // How the journal stands is beside the numbers, and moves on with it.
    let words = { (line: String) in
      line.split(separator: " ").prefix { $0 != "verified" }.joined(separator: " ")
    }
    #expect(words(after).replacing(" and 1 drill", with: "") == words(before))
    #expect(words(after) != words(before))
  }

  @Test(arguments: sizes)
  func `look as they were when somebody looked at them`(size: Size) async throws {
    let screens: [(name: String, keys: String)] = [
      ("overview", "1R"), ("list", "2R"), ("facts", "2fis:drill\n\n"),
      ("duties", "2fis:drill\n\n]"), ("score", "2fis:drill\n:drill.score\n"),
      ("end", "2fis:drill\n:drill.end\n"), ("menu", "2fis:drill\n\nx"), ("new", "2xx"),
      ("ended", "2fis:drill\n:drill.end\ny"), ("clocks", "3fspring\n"), ("journal", "9R"),
    ]
    for screen in screens {
      let dashboard = try await TestDashboard(columns: size.columns, rows: size.rows)
      _ = try await start(dashboard)
      await dashboard.type(screen.keys)
      GoldenScreen.expect(
        "drills/\(screen.name)-\(size.columns)x\(size.rows)",
        dashboard.program.draw()
      )
      if !["new", "end"].contains(screen.name) {
        #expect(dashboard.shows("[DRILL]") || dashboard.shows("and 1 drill"), "\(screen.name)")
      }
    }
  }
}
