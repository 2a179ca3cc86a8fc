import Drawing
import Model
import Panes
import Storage
import Testing

@testable import App

/// The whole dashboard, driven by keys, on a real store.
@MainActor
struct `Dashboard` {
  @Test func `opens an incident from the form and shows it`() async throws {
    let dashboard = try await TestDashboard(isEmpty: true)
    await dashboard.type("2c")
    await dashboard.type("Lost laptop")
    await dashboard.press(.control("x"))
    #expect(dashboard.shows("INC-2026-0001"))
    #expect(dashboard.shows("Lost laptop"))
    let page = try await dashboard.store.answer(IncidentList(window: RowWindow(start: 0, count: 9)))
    #expect(page.rows.map(\.title) == ["Lost laptop"])
    #expect(page.rows.first?.state == .reported)
  }

  @Test func `asks for a title before it opens an incident`() async throws {
    let dashboard = try await TestDashboard(isEmpty: true)
    await dashboard.type("2c")
    await dashboard.press(.control("x"))
    let page = try await dashboard.store.answer(IncidentList(window: RowWindow(start: 0, count: 9)))
    #expect(page.total == 0)
  }

  @Test func `takes the last change back with u and does it again with U`() async throws {
    let dashboard = try await TestDashboard()
    let id = try #require(dashboard.program.state.overview.worst.rows.first?.id)
    await dashboard.press(.tab, .enter)
    func severity() async throws -> Severity? {
      try await dashboard.store.answer(IncidentDetail(id: id))?.facts.severity
    }
    #expect(try await severity() == .critical)
    await dashboard.type("je")
    await dashboard.type("l")
    #expect(try await severity() == .low)
    await dashboard.type("u")
    #expect(try await severity() == .critical)
    await dashboard.type("U")
    #expect(try await severity() == .low)
    await dashboard.type("uu")
    #expect(dashboard.shows("nothing of this session is left to undo"))
  }

  @Test func `states the organisation in a form, checks it there, and takes it back with u`()
    async throws
  {
    let dashboard = try await TestDashboard()
    func organisation() async throws -> Organisation {
      try await dashboard.store.answer(CurrentOrganisation()).organisation
    }
    let before = try await organisation()
    await dashboard.type("3O")
    await dashboard.press(.tab)
    await dashboard.type("X")
    await dashboard.press(.control("x"))
    #expect(try await organisation() == before)
    #expect(dashboard.shows("1 field is not right"))
    await dashboard.press(.backspace)
    for _ in 0..<7 { await dashboard.press(.tab) }
    await dashboard.type("y")
    await dashboard.press(.control("x"))
    var after = before
    after.needsSecondPerson = true
    #expect(try await organisation() == after)
    await dashboard.type("u")
    #expect(try await organisation() == before)
  }

  @Test func `assesses from the decision form and comes back to it with what was typed`()
    async throws
  {
    let dashboard = try await TestDashboard()
    await dashboard.type("2fstaging\n\n]d")
    await dashboard.press(.tab, .tab)
    await dashboard.type("Counsel agrees")
    await dashboard.press(.control("t"))
    await dashboard.type("f")
    #expect(dashboard.shows("EDPB risk factors"))
    // The first choice of what is open; what the incident states stands.
    for _ in 0..<8 { await dashboard.press(.enter) }
    await dashboard.press(.control("x"))
    #expect(dashboard.shows("Decision"))
    #expect(dashboard.shows("Counsel agrees"))
    #expect(dashboard.shows("EDPB risk factors 1: likely no risk, so do not notify"))
    let id = try #require(dashboard.program.state.incidents.detail?.id)
    let made = try await dashboard.store.answer(IncidentAssessments(incident: id))
    #expect(made.map(\.facts.risk) == [.unlikely])
    #expect(made.first?.facts.answers.first?.source == "kind: hacking, disclosed: yes")
    #expect(made.first?.facts.answers.last?.source.hasPrefix("people affected") == true)
    await dashboard.press(.control("x"))
    #expect(try await dashboard.store.answer(IncidentDecisions(incident: id)).isEmpty)
    await dashboard.type("d")
    await dashboard.press(.tab, .tab, .tab, .tab, .tab)
    await dashboard.type("The rules ask for it")
    await dashboard.press(.control("x"))
    let decision = try #require(
      try await dashboard.store.answer(IncidentDecisions(incident: id)).first
    )
    #expect(decision.facts.recommendations.map(\.decision) == [.doNotNotify])
    #expect(decision.facts.difference == "The rules ask for it")
  }

  @Test func `previews a change over marks and does nothing on Cancel`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("2a")
    await dashboard.type("xvc")
    #expect(dashboard.shows("38 will change"))
    #expect(dashboard.shows("2 are so already"))
    await dashboard.press(.enter)
    #expect(dashboard.program.state.overlays.isEmpty)
    let critical = try Filter(
      parsing: "severity:critical",
      TimeReading(now: TestDashboard.now, zone: .utc)
    )
    func count() async throws -> Int {
      try await dashboard.store.answer(
        IncidentList(filter: critical, window: RowWindow(start: 0, count: 1))
      ).total
    }
    #expect(try await count() == 2)
    await dashboard.type("xvcy")
    #expect(try await count() == 40)
    await dashboard.type("u")
    #expect(try await count() == 2)
  }

  @Test func `asks for a typed word that names the number before it removes several`() async throws
  {
    let dashboard = try await TestDashboard()
    await dashboard.type("2  D")
    await dashboard.type("test data\n")
    #expect(dashboard.shows("Type remove 2 and Enter"))
    await dashboard.type("remove 3\n")
    #expect(!dashboard.program.state.overlays.isEmpty)
    await dashboard.press(.backspace)
    await dashboard.type("2\n")
    #expect(dashboard.shows("of 38"))
    await dashboard.type("u")
    #expect(dashboard.shows("of 40"))
  }

  @Test func `shows both versions when somebody else was faster, and loses neither`() async throws {
    let dashboard = try await TestDashboard()
    let id = try #require(dashboard.program.state.overview.worst.rows.first?.id)
    await dashboard.press(.tab, .enter)
    await dashboard.press(.character("e"))
    await dashboard.press(.end)
    await dashboard.type(" (mine)")
    try await dashboard.store.apply(
      EditIncident(id: id, basedOn: nil, edits: [.title("Theirs")]),
      origin: "test"
    )
    await dashboard.press(.control("x"))
    #expect(dashboard.shows("Two versions"))
    #expect(dashboard.shows("Theirs"))
    #expect(dashboard.shows("(mine)"))
    func title() async throws -> String? {
      try await dashboard.store.answer(IncidentDetail(id: id))?.facts.title
    }
    #expect(try await title() == "Theirs")
    // Typed on: the officer cannot have seen yet what came up.
    await dashboard.type("my mate")
    await dashboard.press(.escape)
    dashboard.pass(milliseconds: 299)
    await dashboard.type("m")
    #expect(try await title() == "Theirs")
    #expect(dashboard.shows("Two versions"))
    dashboard.pass(milliseconds: 1)
    await dashboard.type("m")
    #expect(!dashboard.shows("Two versions"))
    #expect(try await title()?.hasSuffix("(mine)") == true)
  }

  @Test func `links a task with a note and goes there and back from their own tabs`() async throws {
    let dashboard = try await TestDashboard()
    let id = try #require(dashboard.program.state.overview.worst.rows.first?.id)
    let notes = try await dashboard.store.answer(IncidentTimeline(incident: id))
    let note = try #require(notes.last)
    await dashboard.press(.tab, .enter)
    await dashboard.type("]]]")
    let task = try #require(dashboard.program.state.incidents.detail?.tasks.table.selectedID)
    await dashboard.type("xf")
    #expect(dashboard.shows("x l makes one"))
    await dashboard.press(.escape)
    await dashboard.type("xl")
    await dashboard.type("note \(note.id)\n")
    await dashboard.type("follows from")
    await dashboard.press(.control("x"))
    let links = try await dashboard.store.answer(IncidentLinks(incident: id))
    #expect(
      links.map(\.link).contains(
        RecordLink(
          from: Subject(.task, task),
          to: Subject(.timelineEntry, note.id),
          relation: "follows from"
        )
      )
    )
    await dashboard.type("xf")
    #expect(dashboard.program.state.incidents.detail?.tab == .timeline)
    #expect(dashboard.program.state.incidents.detail?.timeline.table.selectedID == note.id)
    await dashboard.press(.enter)
    #expect(dashboard.shows("follows from task \(task)"))
    await dashboard.press(.escape)
    await dashboard.type("xf")
    #expect(dashboard.program.state.incidents.detail?.tab == .tasks)
    #expect(dashboard.program.state.incidents.detail?.tasks.table.selectedID == task)
    await dashboard.type("xn1")
    #expect(try await dashboard.store.answer(IncidentLinks(incident: id)).count == links.count - 1)
    await dashboard.type("u")
    #expect(try await dashboard.store.answer(IncidentLinks(incident: id)).count == links.count)
  }

  @Test func `keeps the selected incident selected when another one is opened elsewhere`()
    async throws
  {
    let dashboard = try await TestDashboard()
    await dashboard.type("2jjj")
    let before = dashboard.program.state.incidents.list
    try await dashboard.store.apply(
      OpenIncident(facts: IncidentFacts(title: "From elsewhere")),
      origin: "test"
    )
    dashboard.program.receive([.recordTouched])
    await dashboard.program.idle()
    let after = dashboard.program.state.incidents.list
    #expect(dashboard.shows("From elsewhere"))
    #expect(after.selectedID == before.selectedID)
    #expect(after.cursor == before.cursor + 1)
  }

  @Test func `keeps what the editor made of a summary`() async throws {
    let dashboard = try await TestDashboard()
    let id = try #require(dashboard.program.state.overview.worst.rows.first?.id)
    dashboard.editor = { .success($0 + "\nOne line more.") }
    await dashboard.press(.tab, .enter)
    await dashboard.type("E")
    let summary = try await dashboard.store.answer(IncidentDetail(id: id))?.facts.summary
    #expect(summary?.hasSuffix("\nOne line more.") == true)
  }

  @Test func `says so when the editor fails and alters nothing`() async throws {
    let dashboard = try await TestDashboard()
    dashboard.editor = { _ in .failure(ErrandFailure("the editor ended with status 1")) }
    await dashboard.press(.tab, .enter)
    let before = try await dashboard.store.answer(JournalHead())
    await dashboard.type("E")
    #expect(dashboard.shows("the editor ended with status 1"))
    #expect(try await dashboard.store.answer(JournalHead()) == before)
  }

  @Test func `goes back one thing at a time with Esc and never quits by it`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("2fis:open\n")
    await dashboard.press(.character(" "), .enter)
    #expect(dashboard.program.state.incidents.detail != nil)
    await dashboard.press(.escape)
    #expect(dashboard.program.state.incidents.detail == nil)
    await dashboard.press(.escape)
    #expect(dashboard.program.state.incidents.filter.isEmpty)
    await dashboard.press(.escape)
    #expect(dashboard.program.state.incidents.list.marks.isEmpty)
    await dashboard.press(.escape)
    #expect(dashboard.program.state.view == .overview)
    await dashboard.press(.escape, .escape)
    #expect(dashboard.program.state.overlays.isEmpty)
    await dashboard.type("qy")
    #expect(dashboard.hasQuit)
  }

  @Test func `answers two thousand keys at once with one question`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("2")
    dashboard.program.receive(Array(repeating: .input(.key(.character("j"))), count: 2000))
    #expect(dashboard.program.pending <= 1)
    await dashboard.program.idle()
    #expect(dashboard.shows("40 of 40"))
  }

  @Test func `takes no pasted text as keys`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("2")
    let before = try await dashboard.store.answer(JournalHead())
    await dashboard.send(.paste("D\nremove\nq"))
    #expect(dashboard.shows("the paste was not used"))
    #expect(try await dashboard.store.answer(JournalHead()) == before)
  }

  @Test func `puts the cursor where the mouse presses, and opens on a second press`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("2")
    let press = InputEvent.mouse(MouseEvent(.press, at: Point(column: 20, row: 6)))
    await dashboard.send(press)
    #expect(dashboard.program.state.incidents.list.cursor == 4)
    await dashboard.send(press)
    #expect(dashboard.program.state.incidents.detail != nil)
  }

  @Test func `says why an action cannot be used`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("2n")
    #expect(dashboard.shows("nothing was searched for"))
  }

  @Test func `keeps keys that were typed ahead until there is something they are meant for`()
    async throws
  {
    let dashboard = try await TestDashboard()
    let keys: [Key] = [.character("2"), .character("j"), .enter, .character("]"), .character("]")]
    dashboard.program.receive(keys.map { .input(.key($0)) })
    await dashboard.program.idle()
    #expect(dashboard.program.state.incidents.detail?.tab == .timeline)
    #expect(dashboard.program.state.incidents.list.cursor == 1)
  }

  @Test func `closes the incident with Esc from its history too`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("2")
    await dashboard.press(.enter)
    await dashboard.type("[")
    #expect(dashboard.program.state.incidents.detail?.tab == .history)
    await dashboard.press(.escape)
    #expect(dashboard.program.state.incidents.detail == nil)
  }

  @Test func `gives text that came with the key for a form to the form, in one read`() async throws
  {
    let dashboard = try await TestDashboard()
    await dashboard.type("2")
    let before = try await dashboard.store.answer(JournalHead())
    let typed = "cDqy".map { RootAction.input(.key(.character($0))) }
    dashboard.program.receive(typed)
    await dashboard.program.idle()
    #expect(dashboard.shows("Dqy"))
    #expect(!dashboard.hasQuit)
    #expect(try await dashboard.store.answer(JournalHead()) == before)
  }

  @Test func `goes back and quits when the keys for it come in one read`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("2")
    dashboard.program.receive("qqy".map { .input(.key(.character($0))) })
    await dashboard.program.idle()
    #expect(dashboard.hasQuit)
  }

  @Test func `keeps what was typed when it is refused, and forgets it once it is saved`()
    async throws
  {
    let dashboard = try await TestDashboard()
    await dashboard.type("2")
    await dashboard.press(.enter)
    await dashboard.type("]]]c")
    await dashboard.type("Call the bank")
    await dashboard.press(.tab, .tab)
    await dashboard.type("whenever")
    await dashboard.press(.control("x"))
    #expect(dashboard.shows("not a time"))
    await dashboard.type("c")
    #expect(dashboard.shows("Call the bank"))
    #expect(dashboard.shows("An unsaved draft was brought back"))
    await dashboard.press(.tab, .tab)
    await dashboard.press(.control("u"))
    for _ in 0..<8 { await dashboard.press(.backspace) }
    await dashboard.press(.control("x"))
    #expect(dashboard.program.state.drafts.isEmpty)
    await dashboard.type("c")
    #expect(!dashboard.shows("An unsaved draft was brought back"))
  }
}
