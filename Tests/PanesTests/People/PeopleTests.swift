import Drawing
import Model
import TestSupport
import Testing

@testable import Panes

struct `The view of people` {
  private typealias Fixture = PeopleFixture

  private static let sizes = [(80, 22), (120, 38), (40, 8)]

  private func state(_ tab: PeoplePane.Tab, _ context: PaneContext) -> PeoplePane.State {
    var state = PeoplePane.State()
    state.tab = tab
    func feed(_ action: PeoplePane.Action) { _ = PeoplePane.reduce(&state, action, context) }
    feed(.staff(.answered(.success(Fixture.status))))
    feed(.staff(.dutiesAnswered(group: 1, .success(Fixture.page(Fixture.duties)))))
    feed(.courses(.answered(.success(Fixture.status), wanted: nil)))
    feed(.courses(.plansAnswered(.success(Fixture.plans))))
    feed(.courses(.groupsAnswered(.success(Fixture.groups))))
    let link = IncidentLinks.Row(
      link: .prevention(by: 1, of: 5),
      fromTitle: "Mails",
      toTitle: "Two passwords entered",
      fromIncident: nil,
      toIncident: 5,
      fromName: "PHISH-1",
      toName: "INC-2026-0031"
    )
    feed(.courses(.linksAnswered(course: 1, .success([link]))))
    feed(.exercises(.answered(.success(Fixture.trend))))
    feed(.exercises(.boardAnswered(.success(Fixture.board))))
    return state
  }

  @Test(arguments: PeoplePane.Tab.allCases, sizes)
  func `looks as it was looked at`(tab: PeoplePane.Tab, size: (columns: Int, rows: Int)) {
    let context = Fixture.context(size.columns, size.rows)
    let state = state(tab, context)
    GoldenScreen.expect("people/\(tab)-\(size.columns)x\(size.rows)", size: context.area) {
      PeoplePane.draw(state, on: &$0, in: Rect(context.area), context)
    }
  }

  @Test(arguments: PeoplePane.Tab.allCases)
  func `says how to begin where there is nothing yet`(tab: PeoplePane.Tab) {
    let context = Fixture.context(80, 22)
    var state = PeoplePane.State()
    state.tab = tab
    let empty = TrainingStatus.Answer(
      today: Fixture.today,
      groups: [],
      courses: [],
      duties: DutyTally()
    )
    _ = PeoplePane.reduce(&state, .staff(.answered(.success(empty))), context)
    _ = PeoplePane.reduce(&state, .courses(.answered(.success(empty), wanted: nil)), context)
    _ = PeoplePane.reduce(&state, .exercises(.answered(.success([]))), context)
    GoldenScreen.expect("people/empty-\(tab)-80x22", size: context.area) {
      PeoplePane.draw(state, on: &$0, in: Rect(context.area), context)
    }
  }

  @Test func `goes from groups to their people, and shows a name for a reason alone`() throws {
    let context = Fixture.context(80, 22)
    var state = state(.staff, context)
    let early = PeoplePane.table(state, for: .menu).first { $0.id == "people.reveal" }
    #expect(early?.availability.isEnabled == false)
    _ = PeoplePane.reduce(&state, .staff(.openPressed), context)
    #expect(state.staff.focus == .detail)
    let asked = PeoplePane.reduce(&state, .staff(.revealPressed), context)
    guard case .present(.prompt)? = asked.first else {
      Issue.record("it asks why")
      return
    }
    let refused = PeoplePane.reduce(&state, .staff(.revealed(" ")), context)
    guard case .toast(let toast)? = refused.first else {
      Issue.record("it refuses without a reason")
      return
    }
    #expect(toast.kind == .failure)
    let work = PeoplePane.reduce(&state, .staff(.revealed("a call")), context)
    guard case .work(let working)? = work.first, let job = working.job as? StaffReveal else {
      Issue.record("it reads the name")
      return
    }
    #expect(job.staff == [7])
    #expect(job.reason == "a call")
    let names = [
      RecordID(7): StaffIdentity(number: "LV-7", name: "Ada Quill", email: "a@b.example")
    ]
    let shown = PeoplePane.reduce(
      &state,
      .staff(.namesAnswered(Fixture.duties[0], .success(names))),
      context
    )
    guard case .present(.reader(_, let lines))? = shown.first else {
      Issue.record("it shows the name")
      return
    }
    // Recordings and pictures show dots in its place.
    let roles = lines.flatMap(\.spans).filter { $0.text.contains("Quill") }.map(\.style.role)
    #expect(roles == [.personal])
    _ = PeoplePane.reduce(&state, .backPressed, context)
    #expect(state.staff.focus == .list)
    guard case .go(.back)? = PeoplePane.reduce(&state, .backPressed, context).first else {
      Issue.record("it goes back")
      return
    }
  }

  @Test func `records what somebody did, in the version in force`() throws {
    let context = Fixture.context(80, 22)
    var state = state(.staff, context)
    _ = PeoplePane.reduce(&state, .staff(.openPressed), context)
    let form = PeoplePane.reduce(
      &state,
      .staff(.coursesAnswered(Fixture.duties[0], .success(Fixture.courses))),
      context
    )
    guard case .present(.form(let request))? = form.first else {
      Issue.record("it presents a form")
      return
    }
    #expect(request.title == "P-7K3F9QX2MN · PHISH-1")
    let effects = PeoplePane.reduce(
      &state,
      .staff(
        .doneSubmitted(
          Fixture.duties[0],
          ["on": "2026-05-17", "version": "2026", "source": "a list"]
        )
      ),
      context
    )
    guard case .apply(let changes, _)? = effects.first else {
      Issue.record("it applies a change")
      return
    }
    let change = try #require(changes.first as? AddRecord<CompletionFacts>)
    #expect(
      change.facts
        == CompletionFacts(
          staff: 7,
          course: 1,
          version: "2026",
          on: try #require(DayNumber(iso: "2026-05-17")),
          source: "a list"
        )
    )
  }

  @Test func `moves a person to another group without a name`() throws {
    let context = Fixture.context(80, 22)
    var state = state(.staff, context)
    _ = PeoplePane.reduce(&state, .staff(.openPressed), context)
    guard case .ask(let asking)? = PeoplePane.reduce(&state, .staff(.memberPressed), context).first
    else {
      Issue.record("it asks for the person")
      return
    }
    #expect(asking.question as? FindStaff == FindStaff("staff:7"))
    let facts = StaffFacts(pseudonym: "P-7K3F9QX2MN", sealed: "c2VhbGVk", group: 1, roles: ["till"])
    let staff = Staff(id: 7, version: 3, facts: facts, openedAt: Fixture.now)
    let form = PeoplePane.reduce(&state, .staff(.memberAnswered(.success(staff))), context)
    guard case .present(.form(let request))? = form.first else {
      Issue.record("it presents a form")
      return
    }
    #expect(request.fields.map(\.id) == ["group", "roles", "joined", "left"])
    func submit(_ values: [String: String]) -> Effect<PeoplePane.Action>? {
      PeoplePane.reduce(&state, .staff(.memberSubmitted(staff, values)), context).first
    }
    guard
      case .apply(let changes, _)? = submit([
        "group": "2", "roles": " till , night", "left": "2026-06-30",
      ]),
      let change = changes.first as? EditRecord<StaffFacts>
    else {
      Issue.record("it applies a change")
      return
    }
    #expect(change.basedOn == 3)
    #expect(change.facts.group == 2)
    #expect(change.facts.roles == ["night", "till"])
    #expect(change.facts.left?.iso == "2026-06-30")
    #expect(change.facts.sealed == facts.sealed)
    if submit(["group": "1", "roles": "till"]) != nil { Issue.record("nothing was altered") }
    guard case .toast(let toast)? = submit(["left": "June"]) else {
      Issue.record("it refuses what is no day")
      return
    }
    #expect(toast.kind == .failure)
  }

  @Test func `adds a version that must be renewed, and a plan for groups and roles`() throws {
    let context = Fixture.context(80, 22)
    var state = state(.courses, context)
    let added = PeoplePane.reduce(
      &state,
      .courses(
        .versionSubmitted(
          Fixture.courses[0],
          ["label": "2027", "from": "2026-06-01", "renew": "yes", "summary": "new"]
        )
      ),
      context
    )
    guard case .apply(let changes, _)? = added.first,
      let change = changes.first as? EditRecord<CourseFacts>
    else {
      Issue.record("it applies a change")
      return
    }
    #expect(change.facts.versions.last?.label == "2027")
    #expect(change.facts.versions.last?.mustRenew == true)
    let plan = TrainingPlanFacts(name: "x", course: 1, from: Fixture.today)
    func submit(_ groups: String) -> Effect<PeoplePane.Action>? {
      PeoplePane.reduce(
        &state,
        .courses(
          .planSubmitted(
            nil,
            plan,
            [
              "name": "All", "groups": groups, "roles": "till,  night  shift", "days": "10",
              "from": "2026-06-01",
            ]
          )
        ),
        context
      ).first
    }
    guard case .apply(let plans, _)? = submit("customer service"),
      let made = plans.first as? AddRecord<TrainingPlanFacts>
    else {
      Issue.record("it applies a change")
      return
    }
    #expect(made.facts.groups == [1])
    #expect(made.facts.roles == ["night shift", "till"])
    #expect(made.facts.days == 10)
    guard case .toast(let toast)? = submit("nowhere") else {
      Issue.record("it refuses a group that is not there")
      return
    }
    #expect(toast.text == "there is no group nowhere")
  }

  @Test func `is turned to a course from an incident, and back to it`() {
    let context = Fixture.context(80, 22)
    var state = state(.staff, context)
    _ = PeoplePane.reduce(&state, .courseWanted(2), context)
    _ = PeoplePane.reduce(
      &state,
      .courses(.answered(.success(Fixture.status), wanted: 2)),
      context
    )
    #expect(state.tab == .courses)
    #expect(state.courses.table.selectedRow?.id == 2)
    _ = PeoplePane.reduce(&state, .courses(.moved(.first)), context)
    let link = IncidentLinks.Row(
      link: .prevention(by: 1, of: 5),
      fromTitle: "",
      toTitle: "",
      fromIncident: nil,
      toIncident: 5
    )
    _ = PeoplePane.reduce(
      &state,
      .courses(.linksAnswered(course: 1, .success([link]))),
      context
    )
    guard
      case .go(.incident(5))? = PeoplePane.reduce(&state, .courses(.followPressed), context).first
    else {
      Issue.record("it goes to the incident")
      return
    }
  }

  @Test func `drops answers about a group or course that the cursor has left`() {
    let context = Fixture.context(80, 22)
    var state = state(.staff, context)
    _ = PeoplePane.reduce(&state, .moved(.by(1)), context)
    _ = PeoplePane.reduce(
      &state,
      .staff(.dutiesAnswered(group: 1, .success(Fixture.page(Fixture.duties)))),
      context
    )
    #expect(state.staff.duties.rows.isEmpty)
    state.tab = .exercises
    _ = PeoplePane.reduce(&state, .moved(.by(1)), context)
    _ = PeoplePane.reduce(&state, .exercises(.boardAnswered(.success(Fixture.board))), context)
    #expect(state.exercises.board == nil)
  }
}
