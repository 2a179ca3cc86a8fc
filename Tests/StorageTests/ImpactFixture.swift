import Model
import TestSupport

@testable import Storage

/// Impact assessments for tests.
enum ImpactFixture {
  /// One of `ACT-0001` with all that is wanted for a decision: two criteria, a risk that ends low.
  static let whole: ImpactFacts = {
    let day = StatedTime(Instant(seconds: 1_000))
    var facts = ImpactFacts(title: "Orders", activities: ["ACT-0001"])
    facts.threshold = ThresholdQuestion.allCases.map {
      ThresholdAnswer($0, $0 == .scoring || $0 == .matching, why: "w")
    }
    (facts.description, facts.necessity) = ("what", "why")
    facts.measures = [ImpactMeasure(number: 1, what: "m", owner: "Bo", due: day, state: .inPlace)]
    facts.risks = [
      ImpactRisk(
        number: 1,
        what: "r",
        before: RiskRating(likelihood: 3, severity: 3),
        after: RiskRating(likelihood: 1, severity: 3),
        measures: [1]
      )
    ]
    facts.opinion = OfficerOpinion(name: "Dee", on: day, advice: "go on")
    facts.views = PeopleViews(isSought: false, text: "too many")
    return facts
  }()

  static let decision = ImpactDecision(
    .go,
    reason: "fine",
    decidedBy: "Bo",
    decidedAt: StatedTime(Instant(seconds: 2_000))
  )

  static let changes: [any Change] = [
    AddImpact(whole), DecideImpact(id: 1, basedOn: 1, decision: decision),
  ]

  /// A store with an activity and an assessment of it that is decided on.
  static func decided(second: Bool = false) async throws -> StoreFixture {
    let fixture = try StoreFixture()
    if second {
      var organisation = Organisation()
      organisation.needsSecondPerson = true
      try await fixture.store.apply(
        SetOrganisation(basedOn: nil, organisation: organisation),
        origin: "test"
      )
    }
    try await fixture.store.apply(AddActivity(RegisterFixture.orders), origin: "test")
    for change in changes { try await fixture.store.apply([change], origin: "test") }
    return fixture
  }

  static func row(_ store: some Store) async throws -> ImpactRow? {
    try await store.answer(ImpactList()).rows.first
  }
}
