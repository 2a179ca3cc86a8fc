import Drawing
import Model
import TestSupport
import Testing

@testable import Panes

/// A statement that is published and not true any more, for the view of statements.
enum StatementsFixture {
  static let day = DayNumber(count: 20_591)
  private static let start = Instant(seconds: 1_778_000_000)

  static func context(_ columns: Int, _ rows: Int) -> PaneContext {
    var organisation = Organisation()
    organisation.needsSecondPerson = true
    return PaneContext(
      now: Instant(seconds: 1_779_108_000),
      zone: .utc,
      area: Size(columns: columns, rows: rows),
      actor: Actor(uid: 4711, name: "meyer"),
      organisation: organisation
    )
  }

  static let statement: Statement = {
    var facts = StatementFacts(title: "How we handle your data\u{202E}")
    facts.corrections = [
      StatementCorrection(version: 1, was: "40 000", now: "4 000", on: day, by: "Privacy office")
    ]
    return entry(1, "STM-0001", facts)
  }()

  private static func entry<Facts: RegisterFacts>(
    _ id: RecordID,
    _ reference: String,
    _ facts: Facts
  ) -> RegisterEntry<Facts> {
    RegisterEntry(
      id: id,
      reference: reference,
      version: 2,
      facts: facts,
      openedAt: start,
      updatedAt: start,
      isRemoved: false
    )
  }

  static let draft: StatementWriter.Outcome = {
    var organisation = Organisation()
    organisation.name = "Lindgren & Vale"
    organisation.contact = "privacy@lindgren-vale.example"
    var sources = StatementSources(organisation: organisation, date: day)
    var orders = ActivityFacts(name: "Orders")
    orders.purpose = "Sell and deliver"
    orders.basis = .contract
    orders.data = [HeldData("postal_address", why: "to deliver")]
    var secret = ActivityFacts(name: "Fraud watch")
    secret.internalReason = "would tell how fraud is found"
    sources.activities = [entry(1, "ACT-0001", orders), entry(2, "ACT-0002", secret)]
    sources.incidents = [
      PublicIncident(
        reference: "INC-2026-0001",
        disclosure: DisclosureFacts(
          incident: 1,
          reference: "INC-2026-0001",
          title: "A laptop was lost",
          reason: "asked"
        ),
        affected: 4
      )
    ]
    sources.hidden = [("INC-2026-0002", "Card reader fails")]
    return StatementWriter.write(statement.facts, from: sources)
  }()

  static func edition(_ number: Int, _ state: StatementEditionFacts.State) -> StatementEdition {
    var facts = StatementEditionFacts(
      statement: 1,
      reference: "STM-0001",
      number: number,
      content: draft.content,
      needsTwo: true,
      approval: .init(uid: 7001, by: "mira", at: start)
    )
    facts.state = state
    if state == .published {
      facts.published = .init(by: "sanne", at: start, note: "3f2a9c41d07b")
    }
    return entry(RecordID(number), "STM-0001/\(number)", facts)
  }

  static func details(live: StatementEditionFacts.State? = nil) -> StatementDetails.Details {
    let published = edition(1, .published)
    let next = live.map { edition(2, $0) }
    let differences = [
      StatementDifference(
        key: "activity/ACT-0001/purpose",
        label: "Purpose",
        published: "Sell",
        now: "Sell and deliver"
      ),
      StatementDifference(key: "measure/locks", label: "Measure", published: "Locks", now: nil),
    ]
    return StatementDetails.Details(
      row: StatementRow(
        statement: statement,
        live: next.map { StatementRow.Mark($0) },
        published: StatementRow.Mark(published),
        last: nil,
        unsupported: differences.count,
        problems: [],
        securityExpires: Instant(seconds: 1_780_000_000)
      ),
      editions: (next.map { [$0] } ?? []) + [published],
      draft: draft,
      differences: differences,
      history: []
    )
  }

  static func row(_ details: StatementDetails.Details) -> StatementRow { details.row }
}

struct `The view of statements` {
  private typealias Fixture = StatementsFixture

  private static let sizes = [(80, 22), (120, 38), (40, 8)]

  private func state(
    _ tab: StatementsPane.Tab,
    _ context: PaneContext,
    live: StatementEditionFacts.State? = nil
  ) -> StatementsPane.State {
    var state = StatementsPane.State()
    let details = Fixture.details(live: live)
    let other = StatementRow(
      statement: RegisterEntry(
        id: 2,
        reference: "STM-0002",
        version: 1,
        facts: StatementFacts(title: "Security of our shop"),
        openedAt: Instant(seconds: 0),
        updatedAt: Instant(seconds: 0),
        isRemoved: false
      ),
      live: nil,
      published: nil,
      last: nil,
      unsupported: 0,
      problems: [StatementProblem(line: 3, "organisation.officer has no value")],
      securityExpires: nil
    )
    func feed(_ action: StatementsPane.Action) {
      _ = StatementsPane.reduce(&state, action, context)
    }
    feed(.list(.answered(.success([details.row, other]))))
    state.tab = tab
    feed(.detailsAnswered(.success(details)))
    return state
  }

  @Test(arguments: StatementsPane.Tab.allCases, sizes)
  func `looks as it was looked at`(tab: StatementsPane.Tab, size: (columns: Int, rows: Int)) {
    let context = Fixture.context(size.columns, size.rows)
    let state = state(tab, context)
    GoldenScreen.expect("statements/\(tab)-\(size.columns)x\(size.rows)", size: context.area) {
      StatementsPane.draw(state, on: &$0, in: Rect(context.area), context)
    }
  }

  @Test func `says how to begin where there is nothing yet`() {
    let context = Fixture.context(80, 22)
    var state = StatementsPane.State()
    _ = StatementsPane.reduce(&state, .list(.answered(.success([]))), context)
    GoldenScreen.expect("statements/empty-80x22", size: context.area) {
      StatementsPane.draw(state, on: &$0, in: Rect(context.area), context)
    }
  }

  @Test func `opens a statement, turns its tabs, and goes back to the list first`() {
    let context = Fixture.context(80, 22)
    var state = state(.list, context)
    _ = StatementsPane.reduce(&state, .list(.openPressed), context)
    #expect(state.tab == .text)
    _ = StatementsPane.reduce(&state, .tabMoved(1), context)
    #expect(state.tab == .omissions)
    let back = StatementsPane.reduce(&state, .backPressed, context)
    #expect(state.tab == .list)
    #expect(!back.contains { if case .go = $0 { true } else { false } })
    let out = StatementsPane.reduce(&state, .backPressed, context)
    #expect(out.contains { if case .go(.back) = $0 { true } else { false } })
  }

  private func availability(
    _ id: String,
    live: StatementEditionFacts.State?
  ) -> Availability? {
    let context = Fixture.context(80, 22)
    return StatementsPane.table(state(.text, context, live: live), for: .all)
      .first { $0.id == "statement.\(id)" }?.availability
  }

  @Test(
    arguments: [
      ("propose", nil, nil), ("propose", .waiting, "version 2 waits for a second person"),
      ("approve", .waiting, nil), ("approve", .approved, "no version waits"),
      ("refuse", nil, "no version waits"), ("publish", .approved, nil), ("publish", nil, nil),
      ("publish", .waiting, "no version is approved"), ("withdraw", nil, nil),
    ] as [(String, StatementEditionFacts.State?, String?)]
  )
  func `offers what can be done, and says why not`(
    id: String,
    live: StatementEditionFacts.State?,
    reason: String?
  ) {
    #expect(availability(id, live: live) == reason.map { .disabled($0) } ?? .enabled)
  }

  @Test func `puts up and approves what was seen, by its digest`() {
    let context = Fixture.context(80, 22)
    var first = state(.text, context)
    guard
      case .present(.confirm(let asked))? = StatementsPane.reduce(
        &first,
        .change(.proposePressed),
        context
      ).first
    else {
      Issue.record("it asks first")
      return
    }
    #expect(asked.title == "Put STM-0001 up as of 2026-05-18?")
    guard case .apply(let changes, _)? = StatementsPane.reduce(&first, asked.action, context).first,
      let put = changes.first as? ProposeStatement
    else {
      Issue.record("it applies a change")
      return
    }
    #expect(put.digest == Fixture.draft.content.digest)
    var second = state(.text, context, live: .waiting)
    guard
      case .present(.confirm(let again))? = StatementsPane.reduce(
        &second,
        .change(.approvePressed),
        context
      ).first,
      case .apply(let approvals, _)? = StatementsPane.reduce(&second, again.action, context).first,
      let approval = approvals.first as? MoveStatement
    else {
      Issue.record("it asks, and applies a change")
      return
    }
    #expect(approval.step == .approve(digest: Fixture.draft.content.digest, uid: nil))
  }

  @Test func `writes the text in the editor, on the version that was seen`() {
    let context = Fixture.context(80, 22)
    var state = state(.text, context)
    guard
      case .perform(.edit(let text, let name, let then))? = StatementsPane.reduce(
        &state,
        .change(.editorPressed),
        context
      ).first,
      case .apply(let changes, _)? = StatementsPane.reduce(
        &state,
        then(.success("new text")),
        context
      ).first,
      let edit = changes.first as? EditStatement
    else {
      Issue.record("it opens the editor, and applies a change")
      return
    }
    #expect(text == Fixture.statement.facts.body)
    #expect(name == "STM-0001.md")
    #expect(edit.basedOn == 2)
    #expect(edit.facts.body == "new text")
    #expect(edit.facts.corrections.count == 1)
  }

  @Test func `publishes into the folder that was typed`() {
    let context = Fixture.context(80, 22)
    var state = state(.text, context, live: .approved)
    guard
      case .present(.form(let form))? = StatementsPane.reduce(
        &state,
        .change(.publishPressed),
        context
      ).first,
      case .perform(.publish(let order, _))? = StatementsPane.reduce(
        &state,
        form.submit(["folder": "/srv/www", "replace": "yes"]),
        context
      ).first
    else {
      Issue.record("it asks for the folder, and publishes")
      return
    }
    #expect(
      order
        == PublishOrder(statement: 1, reference: "STM-0001", path: "/srv/www", replaces: true)
    )
  }
}
