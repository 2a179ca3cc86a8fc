import Drawing
import Testing

@testable import Model
@testable import Panes

struct `The tab of impact assessments` {
  private static let now = Instant(seconds: 1_779_108_000)

  private static let context = PaneContext(
    now: now,
    zone: .utc,
    area: Size(columns: 120, rows: 30),
    actor: Actor(uid: 1, name: "ana")
  )

  private static func assessment(_ alter: (inout ImpactFacts) -> Void = { _ in })
    -> ImpactAssessment
  {
    var facts = ImpactFacts(title: "Orders", activities: ["ACT-0001"])
    alter(&facts)
    return ImpactAssessment(
      id: 4,
      reference: "DPIA-0004",
      version: 7,
      facts: facts,
      openedAt: now
    )
  }

  private static func state(_ assessment: ImpactAssessment) -> ImpactTab.State {
    var state = ImpactTab.State()
    let gap = ImpactGap(
      Activity(
        id: 2,
        reference: "ACT-0002",
        version: 1,
        facts: ActivityFacts(name: "News"),
        openedAt: now
      )
    )
    let answer = ImpactList.Answer(
      rows: [ImpactRow(assessment, activities: [], at: now)],
      gaps: [gap]
    )
    _ = ImpactTab.reduce(&state, .answered(.success(answer)), context)
    return state
  }

  private static func change(
    _ form: ImpactTab.Form,
    _ assessment: ImpactAssessment,
    _ values: [String: String]
  ) throws -> any Change {
    var state = state(assessment)
    let effects = ImpactTab.reduce(&state, .submitted(form, assessment, values), context)
    guard case .apply(let changes, _)? = effects.first else {
      throw PrivacyForms.Unusable(description: "nothing is applied: \(effects)")
    }
    return try #require(changes.first)
  }

  private static func facts(
    _ form: ImpactTab.Form,
    _ assessment: ImpactAssessment,
    _ values: [String: String]
  ) throws -> ImpactFacts {
    let edit = try #require(try change(form, assessment, values) as? EditImpact)
    #expect(edit.id == 4)
    #expect(edit.basedOn == 7)
    return edit.facts
  }

  @Test func `lists assessments, then activities without one, and begins one of such`() {
    var state = Self.state(Self.assessment())
    #expect(state.table.rows.map(\.id) == ["dpia.4", "activity.2"])
    _ = ImpactTab.reduce(&state, .moved(.last), Self.context)
    guard
      case .present(.form(let form))? = ImpactTab.reduce(&state, .createPressed, Self.context).first
    else {
      Issue.record("it asks for nothing")
      return
    }
    #expect(form.fields.map(\.value) == ["News", "ACT-0002"])
    let effects = ImpactTab.reduce(
      &state,
      .created(["title": "News", "activities": "act-0002, ACT-0003"]),
      Self.context
    )
    guard case .apply(let changes, _)? = effects.first else {
      Issue.record("nothing is applied")
      return
    }
    #expect((changes.first as? AddImpact)?.facts.activities == ["ACT-0002", "ACT-0003"])
    guard
      case .go(.activity("ACT-0002"))? = ImpactTab.reduce(&state, .readPressed, Self.context).first
    else {
      Issue.record("it does not go to the activity")
      return
    }
  }

  @Test func `makes answers, risks and measures of the forms' values`() throws {
    let yes = try Self.facts(
      .question(.scoring),
      Self.assessment(),
      ["answer": "yes", "why": "by orders"]
    )
    #expect(yes.threshold == [ThresholdAnswer(.scoring, true, why: "by orders")])
    let open = try Self.facts(
      .question(.scoring),
      Self.assessment { $0.threshold = yes.threshold },
      ["answer": "open", "why": ""]
    )
    #expect(open.threshold == [])
    let measure = try Self.facts(
      .measure(nil),
      Self.assessment(),
      [
        "what": "lock", "owner": "Bo", "due": "2026-08-01", "state": "planned",
        "ties": "ACT-0001 lock",
      ]
    )
    #expect(measure.measures.first?.text.hasPrefix("1. lock by Bo until 2026-08-01") == true)
    #expect(measure.measures.first?.ties == ["ACT-0001 lock"])
    let risk = try Self.facts(
      .risk(3),
      Self.assessment { facts in
        facts.risks = [
          ImpactRisk(number: 3, what: "old", before: RiskRating(likelihood: 1, severity: 1))
        ]
      },
      [
        "what": "theft", "likelihood": "3", "severity": "4", "likelihood-after": "1",
        "severity-after": "4", "measures": "1, 2",
      ]
    )
    #expect(risk.risks.map(\.text) == ["3. theft: 3 x 4 high, then 1 x 4 medium (measures 1, 2)"])
  }

  @Test(arguments: [
    (["likelihood": "3", "severity": "4", "likelihood-after": "1"], "say both: how likely"),
    (["likelihood": "3"], "say how likely and how bad"),
    (["likelihood": "3", "severity": "4", "measures": "lock"], "measures are named by numbers"),
  ])
  func `takes no half a rating`(values: [String: String], problem: String) {
    var state = Self.state(Self.assessment())
    let effects = ImpactTab.reduce(
      &state,
      .submitted(.risk(nil), Self.assessment(), values),
      Self.context
    )
    guard case .toast(let toast)? = effects.first else {
      Issue.record("it was taken: \(effects)")
      return
    }
    #expect(toast.kind == .failure)
    #expect("\(toast)".contains(problem))
  }

  @Test func `decides as whoever sits there where nobody else is named`() throws {
    let change = try Self.change(
      .decide,
      Self.assessment(),
      ["outcome": "stop", "reason": "no", "by": "", "on": "now"]
    )
    let decide = try #require(change as? DecideImpact)
    #expect(decide.decision.outcome == .stop)
    #expect(decide.decision.decidedBy == "ana")
    #expect(decide.basedOn == 7)
  }

  @Test func `offers to approve only what waits, and to alter only what is open`() {
    func isOffered(_ id: String, _ state: ImpactTab.State) -> Bool {
      ImpactTab.table(state, for: .menu).first { $0.id == id }?.availability.isEnabled == true
    }
    let open = Self.state(Self.assessment())
    #expect(isOffered("dpia.risk", open))
    #expect(isOffered("dpia.decide", open))
    #expect(!isOffered("dpia.approve", open))
    #expect(!isOffered("dpia.reopen", open))
    let decided = Self.state(
      Self.assessment { facts in
        facts.decision = ImpactDecision(
          .stop,
          reason: "r",
          decidedBy: "Bo",
          decidedAt: StatedTime(Self.now)
        )
        facts.decision?.needsApproval = true
      }
    )
    #expect(!isOffered("dpia.risk", decided))
    #expect(isOffered("dpia.measure", decided))
    #expect(isOffered("dpia.approve", decided))
    #expect(isOffered("dpia.reopen", decided))
  }
}
