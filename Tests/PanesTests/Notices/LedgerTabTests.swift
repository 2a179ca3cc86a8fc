import Drawing
import TestSupport
import Testing

@testable import Model
@testable import Panes

/// The people of a mailing: a window on a ledger of any length.
struct `The list of people` {
  private let context = DutyFixture.context(120, 30)

  private func opened(_ count: Int) async -> (FakeLedger, LedgerTab.State) {
    var (ledger, state) = (FakeLedger(count), LedgerTab.State())
    await ledger.send(.shown(ledger.mailing, ledger.status), &state, context)
    return (ledger, state)
  }

  @Test(arguments: [
    "", "state:handed-over", "jurisdiction:EU-FR", "state:pending jurisdiction:EU-DE",
  ])
  func `shows each who passes once, in order, whichever way it is paged`(filter: String)
    async throws
  {
    var (ledger, state) = await opened(3_000)
    await ledger.send(.filterTyped(filter), &state, context)
    let wanted = ledger.passing(try LedgerFilter(parsing: filter)).map(\.number)
    #expect(state.table.total == wanted.count)
    var seen: [Int64] = []
    while seen.count < wanted.count, let row = state.table.selectedRow {
      seen.append(row.number)
      #expect(state.table.cursor == seen.count - 1)
      await ledger.send(.moved(.by(1)), &state, context)
    }
    #expect(seen == wanted)
    await ledger.send(.moved(.last), &state, context)
    #expect(state.table.selectedRow?.number == wanted.last)
    for number in wanted.reversed().prefix(400) {
      #expect(state.table.selectedRow?.number == number)
      await ledger.send(.moved(.by(-1)), &state, context)
    }
    await ledger.send(.moved(.first), &state, context)
    #expect(state.table.selectedRow?.number == wanted.first)
  }

  @Test func `asks for windows, never for all`() async {
    var (ledger, state) = await opened(100_000)
    for motion in [Motion.last, .first, .page(1), .page(1), .last] {
      await ledger.send(.moved(motion), &state, context)
      #expect(state.table.rows.count < 300)
    }
    #expect(ledger.asked < 12)
  }

  @Test func `says that a place is a guess where it is one, and knows it again at the ends`() async
  {
    var (ledger, state) = await opened(60_000)
    await ledger.send(.filterTyped("state:handed-over"), &state, context)
    await ledger.send(.moved(.to(6_000)), &state, context)
    #expect(state.isAbout)
    await ledger.send(.moved(.last), &state, context)
    #expect(!state.isAbout)
    #expect(state.table.selectedRow?.number == 60_000)
  }

  @Test func `finds a person by exact value or number, and clears a filter that hides them`() async
  {
    var (ledger, state) = await opened(2_000)
    await ledger.send(.filterTyped("state:handed-over"), &state, context)
    let effects = await ledger.send(.findTyped("ada1501@example.org"), &state, context)
    #expect(state.table.selectedRow?.number == 1501)
    #expect(state.filterText.isEmpty)
    #expect(state.find?.hits == [1501])
    guard case .toast(let toast)? = effects.first else {
      Issue.record("nobody was told that the filter is gone")
      return
    }
    #expect(toast.text == "the filter was cleared to show #1501")
    await ledger.send(.findTyped("#7"), &state, context)
    #expect(state.table.selectedRow?.number == 7)
    await ledger.send(.findTyped("#2001"), &state, context)
    #expect(state.table.selectedRow?.number == 7)
  }

  @Test func `keeps nothing of what was searched for`() async {
    var (ledger, state) = await opened(200)
    await ledger.send(.findTyped("ada150@example.org"), &state, context)
    #expect(!String(reflecting: state).contains("ada150@"))
  }

  @Test func `asks for a value in a line that no recording has`() async {
    var (ledger, state) = await opened(20)
    let effects = await ledger.send(.findPressed, &state, context)
    guard case .present(.prompt(let prompt))? = effects.first else {
      Issue.record("no line to type into")
      return
    }
    #expect(prompt.isPersonal)
  }

  @Test func `says what is wrong with a filter and goes on with the one before`() async {
    var (ledger, state) = await opened(50)
    await ledger.send(.filterTyped("state:pending"), &state, context)
    await ledger.send(.filterTyped("state:pendin"), &state, context)
    #expect(state.filterProblem?.contains("pendin") == true)
    #expect(state.filter == LedgerFilter(states: [.pending]))
  }

  // MARK: Moves

  @Test func `looks at who may go before anybody is moved: all that pass`() async {
    var (ledger, state) = await opened(1_000)
    await ledger.send(.filterTyped("jurisdiction:EU-DE"), &state, context)
    await ledger.send(.markAllPressed, &state, context)
    let plan = RecipientMovePlan(LedgerTab.meant(state), to: .exempt, state.status)
    let pending = ledger.people.count { $0.jurisdiction == "EU-DE" && $0.state == .pending }
    let handed = ledger.people.count { $0.jurisdiction == "EU-DE" && $0.state == .handedOver }
    #expect(plan.count == pending)
    #expect(plan.kept == [.handedOver: handed])
    #expect(plan.numbers == nil)
    #expect(plan.filter == LedgerFilter(states: [.pending], jurisdictions: ["EU-DE"]))
  }

  @Test
  func `looks at who may go before anybody is moved: the marked, or the one under the cursor`()
    async
  {
    var (ledger, state) = await opened(30)
    #expect(RecipientMovePlan(LedgerTab.meant(state), to: .exempt, state.status).numbers == [1])
    for _ in 0..<6 { await ledger.send(.markPressed, &state, context) }
    let plan = RecipientMovePlan(LedgerTab.meant(state), to: .exempt, state.status)
    #expect(plan.numbers == [1, 2, 3, 4, 6])
    #expect(plan.kept == [.handedOver: 1])
    let stays = RecipientMovePlan(LedgerTab.meant(state), to: .handedOver, state.status)
    #expect(stays.count == 0)
    #expect(stays.there == 1)
  }

  @Test func `asks for the number to be typed where several go, and does it as a job`() async {
    var (ledger, state) = await opened(30)
    for _ in 0..<3 { await ledger.send(.markPressed, &state, context) }
    let plan = RecipientMovePlan(LedgerTab.meant(state), to: .exempt, state.status)
    let asked = await ledger.send(.move(.submitted(plan, ["cause": "no data"])), &state, context)
    guard case .present(.confirm(let question))? = asked.first else {
      Issue.record("nobody was asked")
      return
    }
    #expect(question.typedWord == "3")
    let done = await ledger.send(question.action, &state, context)
    guard case .work(let working)? = done.first, let move = working.job as? RecipientMove else {
      Issue.record("no job")
      return
    }
    #expect(move.numbers == [1, 2, 3])
    #expect(move.step == RecipientStep(to: .exempt, cause: "no data"))
  }

  // MARK: The card

  private func revealed(_ ledger: inout FakeLedger, _ state: inout LedgerTab.State) async {
    await ledger.send(.openPressed, &state, context)
    var person = ledger.people[0]
    person.contact = RecipientContact(["C-1001", "Ada Lovelace", "ada@example.org", "", "", "", ""])
    person.isRevealed = true
    await ledger.send(.card(.revealed(1, .success([person]))), &state, context)
  }

  private func drawn(_ state: LedgerTab.State, _ context: PaneContext) -> Canvas {
    var canvas = Canvas(context.area)
    LedgerTab.draw(state, on: &canvas, in: Rect(context.area), context)
    return canvas
  }

  private func text(_ canvas: Canvas) -> String {
    (0..<canvas.size.rows).map { canvas.text(ofRow: $0) }.joined(separator: "\n")
  }

  @Test func `shows a person unmasked on the screen, and never in what is kept of it`() async {
    var (ledger, state) = await opened(30)
    await revealed(&ledger, &state)
    let canvas = drawn(state, context)
    #expect(text(canvas).contains("Ada Lovelace"))
    let kept = text(canvas.withoutPersonal)
    #expect(!kept.contains("Ada Lovelace"))
    #expect(!kept.contains("ada@example.org"))
    #expect(kept.contains("•••"))
    #expect(!SVGPicture.text(of: canvas, theme: .builtIn).contains("Lovelace"))
  }

  @Test(arguments: ["moved", "left", "closed", "time", "again"])
  func `hides a person again`(how: String) async {
    var (ledger, state) = await opened(30)
    await revealed(&ledger, &state)
    #expect(LedgerTab.nextTick(state, context) == context.now + PersonCard.revealTime)
    var later = context
    switch how {
    case "moved":
      await ledger.send(.focusMoved, &state, context)
      await ledger.send(.moved(.by(1)), &state, context)
      await ledger.send(.moved(.by(-1)), &state, context)
    case "left": await ledger.send(.left, &state, context)
    case "closed":
      await ledger.send(.backPressed, &state, context)
      await ledger.send(.openPressed, &state, context)
    case "time": later.now = context.now + PersonCard.revealTime
    default: await ledger.send(.card(.revealPressed), &state, context)
    }
    #expect(!text(drawn(state, later)).contains("Lovelace"))
  }

  @Test func `shows nobody unmasked who is not under the cursor any more`() async {
    var (ledger, state) = await opened(30)
    await ledger.send(.openPressed, &state, context)
    await ledger.send(.focusMoved, &state, context)
    await ledger.send(.moved(.by(2)), &state, context)
    await ledger.send(.card(.revealed(1, .success([ledger.people[0]]))), &state, context)
    #expect(state.card?.revealed == nil)
  }

  @Test func `corrects a contact by what was typed, and says who must consent`() async {
    var (ledger, state) = await opened(30)
    await ledger.send(.openPressed, &state, context)
    let asked = await ledger.send(.card(.correctPressed), &state, context)
    guard case .present(.form(let form))? = asked.first else {
      Issue.record("no form")
      return
    }
    #expect(form.isPersonal)
    let nothing = await ledger.send(
      .card(.correctSubmitted(1, ["name": " ", "reason": "she called"])),
      &state,
      context
    )
    guard case .toast? = nothing.first else {
      Issue.record("it was not refused")
      return
    }
    let typed = ["email": "ada@example.net", "phone": "-", "reason": "she called"]
    let given = await ledger.send(.card(.correctSubmitted(1, typed)), &state, context)
    guard case .work(let working)? = given.first, let job = working.job as? ContactCorrection else {
      Issue.record("no job")
      return
    }
    #expect(job.number == 1)
    #expect(job.edit == ContactEdit(email: "ada@example.net", phone: ""))
    #expect(job.reason == "she called")
  }

  @Test func `hides what was revealed once it was corrected`() async {
    var (ledger, state) = await opened(30)
    await revealed(&ledger, &state)
    await ledger.send(.card(.corrected(1, .success(true))), &state, context)
    #expect(state.card?.revealed == nil)
  }

  @Test func `consents to the contact of the person under the cursor after a yes`() async {
    var (ledger, state) = await opened(30)
    await ledger.send(.openPressed, &state, context)
    let asked = await ledger.send(.card(.consentPressed), &state, context)
    guard case .present(.confirm)? = asked.first else {
      Issue.record("no question")
      return
    }
    let given = await ledger.send(.card(.consentConfirmed(1)), &state, context)
    guard case .work(let working)? = given.first, let job = working.job as? ContactConsent else {
      Issue.record("no job")
      return
    }
    #expect(job.numbers == [1])
    var outcome = ContactConsent.Outcome()
    outcome.own = 1
    let own = await ledger.send(.card(.consented(.success(outcome))), &state, context)
    guard case .toast(let toast)? = own.first else {
      Issue.record("nothing was said")
      return
    }
    #expect(toast.text.contains("another one must consent"))
  }

  @Test func `wants a reason before it reveals`() async {
    var (ledger, state) = await opened(30)
    await ledger.send(.openPressed, &state, context)
    let empty = await ledger.send(.card(.reasonTyped(1, "  ")), &state, context)
    guard case .toast? = empty.first else {
      Issue.record("it was not refused")
      return
    }
    let given = await ledger.send(.card(.reasonTyped(1, "they called")), &state, context)
    guard case .work(let working)? = given.first, let reveal = working.job as? RecipientReveal
    else {
      Issue.record("no job")
      return
    }
    #expect(reveal.numbers == [1])
    #expect(reveal.reason == "they called")
  }

  // MARK: Screens

  @Test(arguments: [(80, 21), (120, 36), (40, 7)])
  func `looks as it did when somebody looked at it`(columns: Int, rows: Int) async {
    let context = DutyFixture.context(columns, rows)
    var (ledger, state) = (FakeLedger(12_345), LedgerTab.State())
    await ledger.send(.shown(ledger.mailing, ledger.status), &state, context)
    await ledger.send(.filterTyped("state:handed-over"), &state, context)
    for _ in 0..<3 { await ledger.send(.markPressed, &state, context) }
    GoldenScreen.expect("notices/people-\(columns)x\(rows)", drawn(state, context))
    await ledger.send(.filterTyped(""), &state, context)
    await ledger.send(.moved(.last), &state, context)
    await ledger.send(.markAllPressed, &state, context)
    GoldenScreen.expect("notices/people-all-\(columns)x\(rows)", drawn(state, context))
  }
}
