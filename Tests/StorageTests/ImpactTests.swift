import Model
import TestSupport
import Testing

@testable import Storage

struct `An impact assessment in the store` {
  private func edit(
    _ fixture: StoreFixture,
    _ alter: (inout ImpactFacts) -> Void
  ) async throws {
    let row = try #require(try await ImpactFixture.row(fixture.store))
    var facts = row.assessment.facts
    alter(&facts)
    try await fixture.store.apply(
      EditImpact(id: row.id, basedOn: row.assessment.version, facts: facts),
      origin: "test"
    )
  }

  @Test func `keeps what its activities said when it was decided, and says what has changed`()
    async throws
  {
    let fixture = try await ImpactFixture.decided()
    let row = try #require(try await ImpactFixture.row(fixture.store))
    #expect(row.assessment.reference == "DPIA-0001")
    #expect(row.state == .decided)
    let decision = try #require(row.assessment.facts.decision)
    #expect(decision.recordedBy == "meyer")
    #expect(decision.seen.map(\.reference) == ["ACT-0001"])
    #expect(decision.seen.first?.fields["purpose"] == "Sell and deliver")

    var orders = RegisterFixture.orders
    orders.recipients = ["carriers"]
    let edited = try await fixture.store.apply(
      EditActivity(id: 1, basedOn: 1, facts: orders),
      origin: "test"
    )
    let stale = try #require(try await ImpactFixture.row(fixture.store))
    #expect(stale.state == .stale)
    #expect(stale.differences.map(\.text) == ["ACT-0001 recipients: nothing -> carriers"])
    #expect(try await fixture.store.answer(PrivacyNumbers()).dueAssessments == 1)
    try await fixture.store.undo([edited.entry], origin: "test")
    #expect(try await ImpactFixture.row(fixture.store)?.state == .decided)
    #expect(try RecordVerifier.verify(path: fixture.path).bad == [])
  }

  @Test func `is not altered under a decision, but for its measures' progress and its review`()
    async throws
  {
    let fixture = try await ImpactFixture.decided()
    await #expect(throws: StoreError.self) {
      try await edit(fixture) { $0.necessity = "otherwise" }
    }
    try await edit(fixture) { facts in
      facts.measures[0].state = .planned
      facts.review = StatedTime(Instant(seconds: 3_000))
    }
    #expect(try await ImpactFixture.row(fixture.store)?.state == .review)
    try await fixture.store.apply(
      ReopenImpact(id: 1, basedOn: nil, reason: "new"),
      origin: "test"
    )
    try await edit(fixture) { $0.necessity = "otherwise" }
    let row = try #require(try await ImpactFixture.row(fixture.store))
    #expect(row.state == .draft)
    #expect(row.assessment.facts.earlier.map(\.ended) == ["new"])
  }

  @Test func `needs a second account where the organisation wants one`() async throws {
    let fixture = try await ImpactFixture.decided(second: true)
    #expect(try await ImpactFixture.row(fixture.store)?.state == .waiting)
    await #expect(throws: StoreError.self) {
      try await fixture.store.apply(ApproveImpact(id: 1, basedOn: 2), origin: "test")
    }
    let forged = try #require(try await ImpactFixture.row(fixture.store)).assessment
    await #expect(throws: StoreError.self) {
      try await edit(fixture) { $0.decision?.approvedBy = "okafor" }
    }
    #expect(forged.facts.decision?.isWaiting == true)
    // Called otherwise it is the same account.
    let same = await #expect(throws: StoreError.self) {
      try await fixture.another().apply(ApproveImpact(id: 1, basedOn: 2), origin: "test")
    }
    #expect(same?.description.contains("meyer wrote the decision down") == true)
    try await fixture.another(uid: 4712).apply(ApproveImpact(id: 1, basedOn: 2), origin: "test")
    let row = try #require(try await ImpactFixture.row(fixture.store))
    #expect(row.state == .decided)
    #expect(row.assessment.facts.decision?.approvedBy == "okafor")
    #expect(try RecordVerifier.verify(path: fixture.path).bad == [])
  }

  @Test func `takes a decision back by undo`() async throws {
    let fixture = try await ImpactFixture.decided()
    let head = try await fixture.store.answer(JournalHead()).sequence
    let undone = try #require(try await fixture.store.undo([head], origin: "test").first)
    #expect(try await ImpactFixture.row(fixture.store)?.state == .draft)
    try await fixture.store.undo([undone.entry], origin: "test")
    #expect(try await ImpactFixture.row(fixture.store)?.state == .decided)
    #expect(try RecordVerifier.verify(path: fixture.path).bad == [])
  }

  @Test(arguments: [
    ("title", "an impact assessment needs a title"),
    ("activity", "there is no activity ACT-0099"),
    ("none", "say which activities the impact assessment is about"),
    ("why", "a large scale: say why it is so, or why not"),
    ("rating", "likelihood and severity go from 1 to 4"),
    ("measure", "risk 1: there is no measure 7"),
    (
      "bare",
      "risk 1: no measure stands that alters it; name one, or give no later rating"
    ),
    (
      "more",
      "risk 1: measures leave less of a risk, not more (3 x 3 high, then 4 x 3 high)"
    ),
    (
      "soon",
      "the authority answered (1970-01-01T00:00:10Z) before it was asked (1970-01-01T00:00:20Z)"
    ),
    ("tie", "ACT-0001 has no measure locks"),
    (
      "audit",
      "AUD-2026-0001 A.1: name an item of an audit (AUD-2026-0001 A.8.24) or a measure of an "
        + "activity (ACT-0001 encrypted at rest)"
    ),
    ("advice", "say why the officer's advice is not followed"),
    ("decided", "an impact assessment is decided on by steps alone"),
  ])
  func `is refused where it says nonsense`(what: String, sentence: String) async throws {
    let fixture = try StoreFixture()
    try await fixture.store.apply(AddActivity(RegisterFixture.orders), origin: "test")
    var facts = ImpactFixture.whole
    switch what {
    case "title": facts.title = " "
    case "activity": facts.activities = ["ACT-0099"]
    case "none": facts.activities = []
    case "why": facts.answer(ThresholdAnswer(.largeScale, true, why: " "))
    case "rating": facts.risks[0].before.severity = 5
    case "measure": facts.risks[0].measures = [7]
    case "bare": facts.risks[0].measures = []
    case "more": facts.risks[0].after = RiskRating(likelihood: 4, severity: 3)
    case "soon":
      facts.consultation = PriorConsultation(
        authority: "SA",
        asked: StatedTime(Instant(seconds: 20)),
        answered: StatedTime(Instant(seconds: 10)),
        advice: "none"
      )
    case "tie": facts.measures[0].ties = ["ACT-0001 locks"]
    case "audit": facts.measures[0].ties = ["AUD-2026-0001 A.1"]
    case "advice": facts.opinion?.isFollowed = false
    default: facts.decision = ImpactFixture.decision
    }
    await #expect(throws: StoreError.refused(sentence)) {
      try await fixture.store.apply(AddImpact(facts), origin: "test")
    }
  }

  @Test(arguments: [
    (
      "UPDATE impactAssessment SET facts = replace(facts, 'fine', 'bad!')",
      "it does not say what the journal says: decision"
    ),
    (
      "UPDATE impactAssessment SET facts = json_set(facts, '$.risks[0].after.severity', 1)",
      "it does not say what the journal says: risks"
    ),
    (
      "UPDATE impactAssessment SET facts = json_remove(facts, '$.decision'), outcome = ''",
      "it does not say what the journal says: decision"
    ),
    (
      "UPDATE impactAssessment SET outcome = 'stop'",
      "what it is found by is not what it says"
    ),
    ("DELETE FROM impactAssessment", "it was deleted"),
  ])
  func `is found altered by sqlite3`(sql: String, problem: String) async throws {
    let fixture = try await ImpactFixture.decided()
    #expect(try RecordVerifier.verify(path: fixture.path).bad == [])
    try fixture.store.close()
    try RegisterTampering.run(fixture.path, sql)
    let bad = try RecordVerifier.verify(path: fixture.path).bad
    #expect(bad.map(\.problem) == [problem])
    #expect(bad.map(\.subject) == [Subject(.impactAssessment, 1)])
  }

  @Test func `leaves activities without one on a list of their own`() async throws {
    let fixture = try StoreFixture()
    try await fixture.store.apply(AddActivity(RegisterFixture.orders), origin: "test")
    #expect(
      try await fixture.store.answer(ImpactList()).gaps.map(\.reference) == ["ACT-0001"]
    )
    #expect(try await fixture.store.answer(PrivacyNumbers()).unassessed == 1)
    try await fixture.store.apply(
      AddImpact(ImpactFacts(title: "t", activities: ["ACT-0001"])),
      origin: "test"
    )
    #expect(try await fixture.store.answer(ImpactList()).gaps == [])
    #expect(try await ImpactFixture.row(fixture.store)?.state == .threshold)
  }
}
