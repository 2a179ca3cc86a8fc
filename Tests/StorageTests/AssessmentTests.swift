import Model
import Storage
import TestSupport
import Testing

struct `A stored assessment` {
  private static func decision(
    _ decision: NoticeDecision,
    _ ground: DecisionGround,
    rule: String = "",
    _ recommendations: [Recommendation] = [],
    difference: String = ""
  ) -> DecisionFacts {
    DecisionFacts(
      rule: rule,
      decision: decision,
      ground: ground,
      reasoning: "r",
      decidedBy: "Ana",
      decidedAt: StatedTime(Instant(seconds: 7)),
      difference: difference,
      recommendations: recommendations
    )
  }

  @Test func `stays readable beside a later one, and follows the one that was seen`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    let facts = `Undo`.edpb
    let first = RecordAssessment(incident: 1, follows: 0, facts: facts)
    let receipt = try await fixture.store.apply(first, origin: "test")
    #expect(!receipt.isReversible && receipt.subject == Subject(.assessment, 1))
    var choices = facts.choices
    choices["consequences"] = "severe"
    choices["identification"] = "direct"
    let graver = try #require(AssessmentFacts(.edpb, choices))
    await #expect(
      throws: StoreError.refused(
        "the EDPB risk factors is at 1 by now, by meyer: likely no risk; look at it, then assess"
          + " again"
      )
    ) {
      try await fixture.another().apply(
        RecordAssessment(incident: 1, follows: 0, facts: graver),
        origin: "test"
      )
    }
    try await fixture.another().apply(
      RecordAssessment(incident: 1, follows: 1, facts: graver),
      origin: "test"
    )
    let all = try await fixture.store.answer(IncidentAssessments(incident: 1))
    #expect(all.map(\.edition) == [2, 1])
    #expect(all.map(\.facts) == [graver, facts])
    #expect(all.map(\.recordedBy) == ["okafor", "meyer"])
    #expect(all.current(.edpb)?.edition == 2 && all.current(.enisa) == nil)
  }

  @Test func `is refused where it is not complete, or says another result than it comes to`()
    async throws
  {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    var (partial, false_) = (`Undo`.edpb, `Undo`.edpb)
    partial.answers.removeLast()
    false_.risk = .high
    for facts in [partial, false_] {
      await #expect(throws: StoreError.self) {
        try await fixture.store.apply(
          RecordAssessment(incident: 1, follows: 0, facts: facts),
          origin: "test"
        )
      }
    }
    #expect(try await fixture.store.answer(IncidentAssessments(incident: 1)).isEmpty)
  }

  @Test func `is what a decision must be made under, and say why it departs from`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    try await fixture.store.apply(
      RecordAssessment(incident: 1, follows: 0, facts: `Undo`.edpb),
      origin: "test"
    )
    let standing = try await fixture.store.answer(IncidentAssessments(incident: 1))
    let seen = Recommendation.all(standing, for: "", nil)
    #expect(seen.map(\.decision) == [.doNotNotify])
    var twisted = seen
    twisted[0].decision = .notify
    for facts in [
      Self.decision(.doNotNotify, .noRisk), Self.decision(.notify, .voluntary, seen),
      Self.decision(.notify, .voluntary, twisted),
    ] {
      await #expect(throws: StoreError.self) {
        try await fixture.store.apply(RecordDecision(incident: 1, facts: facts), origin: "test")
      }
    }
    for facts in [
      Self.decision(.doNotNotify, .noRisk, seen),
      Self.decision(.notify, .voluntary, seen, difference: "we told them before"),
    ] {
      try await fixture.store.apply(RecordDecision(incident: 1, facts: facts), origin: "test")
    }
    // A later assessment overtakes what was seen; what was frozen stays.
    try await fixture.store.apply(
      RecordAssessment(incident: 1, follows: 1, facts: `Undo`.edpb),
      origin: "test"
    )
    await #expect(throws: StoreError.self) {
      try await fixture.store.apply(
        RecordDecision(incident: 1, facts: Self.decision(.doNotNotify, .noRisk, seen)),
        origin: "test"
      )
    }
    let kept = try await fixture.store.answer(IncidentDecisions(incident: 1))
    #expect(kept.map(\.facts.recommendations) == [seen, seen])
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
  }

  @Test func `does not free from saying why a decision departs from the rules`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    try await fixture.store.apply(
      RecordObligations(
        incident: 1,
        incidentVersion: 1,
        sent: [:],
        basis: "b",
        cause: "c",
        obligations: [`Undo`.duty("EU-GDPR-33-SA", .due(`Undo`.deadline(9)))]
      ),
      origin: "test"
    )
    let silent = Self.decision(.doNotNotify, .noRisk, rule: "EU-GDPR-33-SA")
    await #expect(
      throws: StoreError.refused(
        "notify is what the rules say of EU-GDPR-33-SA; say why the decision is not to notify"
      )
    ) {
      try await fixture.store.apply(RecordDecision(incident: 1, facts: silent), origin: "test")
    }
    var spoken = silent
    spoken.difference = "the key is safe"
    try await fixture.store.apply(RecordDecision(incident: 1, facts: spoken), origin: "test")
  }

  @Test(arguments: [
    (NoticeDecision.notify, DecisionGround.noRisk), (.doNotNotify, .highRiskLikely),
    (.doNotNotify, .investigating), (.later, .encrypted),
  ])
  func `or none: a ground that contradicts the decision is refused`(
    decision: NoticeDecision,
    ground: DecisionGround
  ) async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    let facts = Self.decision(decision, ground)
    let reason = try #require(facts.contradiction)
    await #expect(throws: StoreError.refused(reason)) {
      try await fixture.store.apply(RecordDecision(incident: 1, facts: facts), origin: "test")
    }
  }
}

struct `A second person` {
  private func filled(asks: Bool) async throws -> StoreFixture {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    var organisation = Organisation()
    organisation.needsSecondPerson = asks
    try await fixture.store.apply(
      SetOrganisation(basedOn: 0, organisation: organisation),
      origin: "test"
    )
    for decidedBy in ["Ana", "OKAFOR"] {
      let facts = DecisionFacts(
        rule: decidedBy,
        decision: .notify,
        ground: .riskLikely,
        reasoning: "r",
        decidedBy: decidedBy,
        decidedAt: StatedTime(Instant(seconds: 7))
      )
      try await fixture.store.apply(RecordDecision(incident: 1, facts: facts), origin: "test")
    }
    return fixture
  }

  @Test func `is waited for only where the organisation asks for one`() async throws {
    let silent = try await filled(asks: false)
    #expect(try await silent.store.answer(PendingApprovals()).isEmpty)
    let asking = try await filled(asks: true)
    let store = asking.store
    let rows = try await store.answer(PendingApprovals())
    #expect(rows.map(\.decision.id) == [1, 2])
    #expect(rows.first?.reference == "INC-2026-0001")
    // A later decision on the same duty overtakes the one before.
    var again = try #require(rows.first).decision.facts
    again.reasoning = "better"
    try await store.apply(RecordDecision(incident: 1, facts: again), origin: "test")
    #expect(try await store.answer(PendingApprovals()).map(\.decision.id) == [2, 3])
  }

  @Test func `refuses once, with a reason, and is not who decided`() async throws {
    let fixture = try await filled(asks: true)
    let refuse = RefuseDecision(id: 1, basedOn: 1, reason: "ask counsel")
    await #expect(throws: StoreError.self) {
      try await fixture.store.apply(refuse, origin: "test")
    }
    let other = try fixture.another()
    await #expect(throws: StoreError.refused("a refusal needs its reason")) {
      try await other.apply(RefuseDecision(id: 1, basedOn: 1, reason: " "), origin: "test")
    }
    await #expect(throws: StoreError.refused("okafor decided; another account must approve it")) {
      try await other.apply(ApproveDecision(id: 2, basedOn: 1), origin: "test")
    }
    let receipt = try await other.apply(refuse, origin: "test")
    #expect(receipt.version == 2 && !receipt.isReversible)
    let decision = try #require(
      try await fixture.store.answer(IncidentDecisions(incident: 1)).first { $0.id == 1 }
    )
    #expect(decision.refusal?.by == "okafor" && decision.refusal?.reason == "ask counsel")
    #expect(try await fixture.store.answer(PendingApprovals()).map(\.decision.id) == [2])
    await #expect(throws: StoreError.refused("the decision was refused by okafor already")) {
      try await other.apply(ApproveDecision(id: 1, basedOn: 2), origin: "test")
    }
  }
}
