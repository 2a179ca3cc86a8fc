import Drawing
import Testing

@testable import Model
@testable import Panes

struct `An edit that takes the day from an instant` {
  private static let day = StatedTime(DutyFixture.now - .seconds(9000))

  private static let incident: Incident = {
    var facts = IncidentFacts(title: "a")
    facts.instants[.discovered] = day
    return Incident(
      id: 30,
      reference: "INC-2026-0030",
      version: 4,
      facts: facts,
      state: .reported,
      openedAt: DutyFixture.now,
      updatedAt: DutyFixture.now,
      source: nil
    )
  }()

  private func state() -> FactsTab.State {
    var state = FactsTab.State()
    state.incident = Self.incident
    return state
  }

  private let context = DutyFixture.context(80, 20)
  private let month = StatedTime(year: 2026, month: 9)

  @Test func `asks the rules first, and then the officer, which clocks stop`() throws {
    var state = state()
    let effects = FactsTab.reduce(&state, .edited(.instant(.discovered, month)), context)
    guard case .perform(.duties(let id, let edits, nil, let then))? = effects.first else {
      Issue.record("nothing was asked")
      return
    }
    #expect(id == 30 && edits.count == 1)
    let duties = DutyFixture.clocks.map(\.record.obligation)
    let tried = duties.map { duty in
      var duty = duty
      if duty.id == "US-CO-AG" {
        duty.state = .clockNotStarted(missing: [.known("events.aware_at")])
      }
      return duty
    }
    let answer = then(.success(DutyAnswer(duties: duties, tried: tried, unusable: [])))
    guard case .present(.confirm(let question))? = FactsTab.reduce(&state, answer, context).first
    else {
      Issue.record("nobody was asked")
      return
    }
    #expect(question.title == "1 clock would stop")
    #expect(question.lines.first?.spans.first?.text == "US-CO-AG  ")
    guard case .apply(let changes, _)? = FactsTab.reduce(&state, question.action, context).first
    else {
      Issue.record("nothing was saved")
      return
    }
    #expect((changes.first as? EditIncident)?.edits == edits)
    #expect((changes.first as? EditIncident)?.basedOn == 4)
  }

  @Test func `is saved where no clock stops, and where the rules cannot say`() {
    let duties = DutyFixture.clocks.map(\.record.obligation)
    let answers: [Result<DutyAnswer, ErrandFailure>] = [
      .success(DutyAnswer(duties: duties, tried: duties, unusable: [])),
      .failure(ErrandFailure("no rules")),
    ]
    for answer in answers {
      var state = state()
      let effects = FactsTab.reduce(&state, .edited(.instant(.discovered, nil)), context)
      guard case .perform(.duties(_, _, _, let then))? = effects.first,
        case .apply? = FactsTab.reduce(&state, then(answer), context).first
      else {
        Issue.record("not saved")
        return
      }
    }
  }

  @Test func `is told from one that leaves the day`() {
    for edit in [
      IncidentEdit.instant(.discovered, StatedTime(DutyFixture.now - .seconds(60))),
      .instant(.occurred, month), .title("b"),
    ] {
      var state = state()
      guard case .apply? = FactsTab.reduce(&state, .edited(edit), context).first else {
        Issue.record("\(edit) was not saved at once")
        return
      }
    }
  }
}
