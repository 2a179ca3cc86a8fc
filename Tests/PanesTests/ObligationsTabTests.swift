import Drawing
import TestSupport
import Testing

@testable import Model
@testable import Panes

/// The tab of an incident's duties.
struct `The tab of obligations` {
  private static let now = DutyFixture.now
  private static let incident = Incident(
    id: 30,
    reference: "INC-2026-0030",
    version: 4,
    facts: IncidentFacts(title: "Customer accounts copied"),
    state: .contained,
    openedAt: now - .seconds(36_000),
    updatedAt: now - .seconds(600)
  )

  private static let waiting = DutyFixture.record(
    8,
    "EU-NIS2-EARLY",
    to: "CSIRT",
    state: .undetermined(missing: [.known("significant"), .sectors])
  )

  private static let filing = Filing(
    id: 1,
    incident: 30,
    version: 1,
    facts: FilingFacts(
      rule: "GB-GDPR-33",
      sentAt: StatedTime(now - .seconds(60)),
      recipient: "ICO",
      receipt: "R-77"
    ),
    recordedAt: now
  )

  private func loaded(_ columns: Int = 80, _ rows: Int = 20) -> ObligationsTab.State {
    let context = DutyFixture.context(columns, rows)
    var state = ObligationsTab.State()
    var duties = DutyFixture.clocks.map(\.record).filter { $0.incident == 30 }
    duties[1].sentAt = Self.now - .seconds(60)
    let steps: [ObligationsTab.Action] = [
      .shown(Self.incident), .dutiesAnswered(.success(duties + [Self.waiting])),
      .filingsAnswered(.success([Self.filing])), .decisionsAnswered(.success([])),
      .assessmentsAnswered(.success([])),
    ]
    for step in steps { _ = ObligationsTab.reduce(&state, step, context) }
    return state
  }

  private func go(_ state: inout ObligationsTab.State, to row: Subject) {
    _ = ObligationsTab.reduce(&state, .itemWanted(row), DutyFixture.context(80, 20))
  }

  @Test(arguments: [(80, 20), (120, 35), (40, 6)])
  func `looks as it did when somebody looked at it`(columns: Int, rows: Int) {
    let state = loaded(columns, rows)
    let context = DutyFixture.context(columns, rows)
    GoldenScreen.expect("obligations/tab-\(columns)x\(rows)", size: context.area) {
      ObligationsTab.draw(state, on: &$0, in: Rect(context.area), context)
    }
  }

  @Test func `lists what runs first, then what has no number, what waits, and what was sent`() {
    #expect(
      loaded().table.rows.map(\.rule) == [
        "US-CO-AG", "EU-GDPR-33-SA", "US-CA-IND", "US-NY-IND", "EU-GDPR-34", "EU-NIS2-EARLY",
        "GB-GDPR-33", "GB-GDPR-33",
      ]
    )
  }

  @Test func `asks by a menu for one of several missing facts, in plain words`() throws {
    var state = loaded()
    go(&state, to: Subject(.obligation, 8))
    let effects = ObligationsTab.reduce(&state, .editPressed, DutyFixture.context(80, 20))
    guard case .present(.menu(let menu))? = effects.first else {
      Issue.record("no menu")
      return
    }
    #expect(menu.entries.map(\.label) == ["significant incident", "trades"])
  }

  @Test(arguments: [("yes", "yes"), ("no", "no"), ("", nil)] as [(String, String?)])
  func `puts an answer into the incident, on the version that was seen`(
    value: String,
    stored: String?
  ) throws {
    var state = loaded()
    let key = FactKey.known("significant")
    let effects = ObligationsTab.reduce(
      &state,
      .answerSubmitted(key, ["value": value]),
      DutyFixture.context(80, 20)
    )
    guard case .apply(let changes, _)? = effects.first else {
      Issue.record("no change")
      return
    }
    let edit = try #require(changes.first as? EditIncident)
    #expect(edit == EditIncident(id: 30, basedOn: 4, edits: [.answer(key, stored)]))
  }

  @Test func `records what was sent in time without asking for reasons`() throws {
    var state = loaded()
    let values = ["phase": "initial", "sent": "now", "recipient": "AG", "late": ""]
    let effects = ObligationsTab.reduce(
      &state,
      .filingSubmitted(nil, rule: "US-CO-AG", values),
      DutyFixture.context(80, 20)
    )
    guard case .apply(let changes, _)? = effects.first else {
      Issue.record("no change")
      return
    }
    let add = try #require(changes.first as? AddFiling)
    #expect(add.incident == 30)
    #expect(add.facts.recipient == "AG")
    #expect(add.facts.sentAt.earliest == Self.now)
  }

  @Test func `asks why where it was sent late, and keeps what was typed`() throws {
    var state = loaded()
    let context = DutyFixture.context(80, 20)
    let values = ["sent": "2026-09-21 17:00", "recipient": "AG", "receipt": "7"]
    let asked = ObligationsTab.reduce(
      &state,
      .filingSubmitted(nil, rule: "US-CO-AG", values),
      context
    )
    guard case .present(.form(let form))? = asked.first else {
      Issue.record("no form")
      return
    }
    #expect(form.fields.map(\.id) == ["late"])
    let done = ObligationsTab.reduce(&state, form.submit(["late": "waited for counts"]), context)
    guard case .apply(let changes, _)? = done.first else {
      Issue.record("no change")
      return
    }
    let add = try #require(changes.first as? AddFiling)
    #expect(add.facts.lateReason == "waited for counts")
    #expect(add.facts.receipt == "7")
  }

  @Test func `edits and removes the filing under the cursor and no other row`() throws {
    var state = loaded()
    let context = DutyFixture.context(80, 20)
    #expect(ObligationsTab.reduce(&state, .removePressed, context).isEmpty)
    go(&state, to: Subject(.filing, 1))
    guard
      case .apply(let changes, _)? = ObligationsTab.reduce(&state, .removePressed, context).first
    else {
      Issue.record("no change")
      return
    }
    #expect(try #require(changes.first as? RemoveFiling) == RemoveFiling(id: 1, basedOn: 1))
  }

  @Test func `freezes a decision with the facts it rests on`() throws {
    var state = loaded()
    let record = state.duties[0]
    let values = [
      "decision": "do-not-notify", "ground": "no-risk", "reasoning": "none", "by": "mira",
      "at": "now", "difference": "counsel says so",
    ]
    let effects = ObligationsTab.reduce(
      &state,
      .decisionSubmitted(record, values),
      DutyFixture.context(80, 20)
    )
    guard case .apply(let changes, _)? = effects.first else {
      Issue.record("no change")
      return
    }
    let facts = try #require(changes.first as? RecordDecision).facts
    #expect(facts.rule == record.obligation.id)
    #expect(facts.decision == .doNotNotify)
    #expect(facts.recommended == .notify)
    #expect(facts.difference == "counsel says so")
    #expect(facts.inputs == Self.incident.decisionInputs)
  }

  @Test func `takes no key for the list while facts are tried, and does not close unasked`() {
    var state = loaded()
    state.trial = Trial(edits: [.answer(.known("risk"), "high")])
    func rows(_ key: Key) -> [String] { ObligationsTab.table(state, for: .key(key)).map(\.id) }
    for key: Key in [.character("D"), .character("c"), .character("e"), .character("d")] {
      #expect(rows(key).isEmpty)
    }
    #expect(rows(.escape) == ["duty.what-if-leave"])
    state.trial = nil
    #expect(rows(.character("D")) == ["filing.remove"])
    #expect(rows(.escape).isEmpty)
  }

  @Test func `offers to save what was tried only where the record can be altered`() throws {
    var state = loaded()
    state.trial = Trial(edits: [.answer(.known("risk"), "high")])
    var context = DutyFixture.context(80, 20)
    context.readOnlyReason = "opened for reading only"
    guard
      case .present(.menu(let menu))? = ObligationsTab.reduce(&state, .trial(.pressed), context)
        .first
    else {
      Issue.record("no menu")
      return
    }
    let save = try #require(menu.entries.first { $0.key == "s" })
    #expect(save.availability == .disabled("opened for reading only"))
  }

  @Test func `tries facts without touching the record, and tells what would change`() throws {
    var state = loaded()
    let context = DutyFixture.context(80, 20)
    let effects = ObligationsTab.reduce(
      &state,
      .trial(.submitted(.affected, ["jurisdiction": "US-CA", "count": "501"])),
      context
    )
    guard case .perform(.duties(let id, let edits, _, let then))? = effects.first else {
      Issue.record("nothing was asked")
      return
    }
    #expect(id == 30)
    #expect(edits.count == 1)
    let duties = state.duties.map(\.obligation)
    var moved = duties[1]
    moved.state = .noFixedDeadline(clockStart: nil, provisional: false)
    var new = duties[2]
    new.id = "US-CA-AG"
    let answer = DutyAnswer(
      duties: duties,
      tried: [moved, new] + duties.dropFirst(2),
      unusable: []
    )
    _ = ObligationsTab.reduce(&state, then(.success(answer)), context)
    let differences = try #require(state.trial).differences
    #expect(differences.map(\.rule) == ["US-CA-AG", duties[0].id, duties[1].id])
    let lines = differences.map {
      ObligationsTab.line($0, context).spans.map(\.text).joined().prefix(10)
    }
    #expect(lines == ["+ appears ", "x vanishes", "~ moves   "])
    GoldenScreen.expect("obligations/what-if-80x20", size: context.area) {
      ObligationsTab.draw(state, on: &$0, in: Rect(context.area), context)
    }
    let saved = ObligationsTab.reduce(&state, .trial(.savePressed), context)
    guard case .apply(let changes, _)? = saved.first else {
      Issue.record("nothing was saved")
      return
    }
    #expect((changes.first as? EditIncident)?.edits == edits)
    #expect(state.trial == nil)
  }
}
