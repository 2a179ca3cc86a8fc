import Testing

@testable import Model

struct `The threshold of an impact assessment` {
  private static func answers(yes: [ThresholdQuestion], open: [ThresholdQuestion] = [])
    -> [ThresholdAnswer]
  {
    ThresholdQuestion.allCases.filter { !open.contains($0) }
      .map { ThresholdAnswer($0, yes.contains($0), why: "w") }
  }

  /// GDPR article 35(3) and 35(4); WP248 rev.01, III.B.a: two criteria.
  @Test(
    arguments: [
      ([], [], ThresholdResult.notIndicated([])),
      ([.scoring], [], .notIndicated([.scoring])),
      ([.scoring, .matching], [], .indicated([.scoring, .matching])),
      ([.largeScaleSpecial], [], .required([.largeScaleSpecial])),
      (
        [.authorityList, .scoring, .matching], Array(ThresholdQuestion.allCases.suffix(3)),
        .required([.authorityList])
      ),
      ([.scoring, .matching], [.vulnerable], .indicated([.scoring, .matching])),
      ([.scoring], [.vulnerable, .innovative], .open(left: 2)),
      ([.exemptList, .scoring, .matching], [], .exempt),
      ([.exemptList], [.publicMonitoring], .open(left: 1)),
      ([.exemptList, .publicMonitoring], [], .required([.publicMonitoring])),
    ] as [([ThresholdQuestion], [ThresholdQuestion], ThresholdResult)]
  )
  func `is a rule over the answers`(
    yes: [ThresholdQuestion],
    open: [ThresholdQuestion],
    result: ThresholdResult
  ) {
    #expect(Self.answers(yes: yes, open: open).result == result)
  }

  @Test func `has fourteen questions, nine of them criteria, each with its source`() {
    #expect(ThresholdQuestion.allCases.count == 14)
    #expect(ThresholdQuestion.allCases.count { $0.group == .criterion } == 9)
    #expect(Set(ThresholdQuestion.allCases.map(\.citation)).count == 14)
  }

  @Test func `takes hints from the activity's record, and no answers`() {
    var facts = ActivityFacts(name: "Sizes")
    #expect(ThresholdQuestion.allCases.allSatisfy { $0.hint(facts) == nil })
    facts.data = [HeldData("health"), HeldData("email")]
    facts.people = ["Staff", "customers"]
    facts.numbers = [
      AffectedPeople(jurisdiction: "EU-DE", count: 900),
      AffectedPeople(jurisdiction: "GB", count: nil),
    ]
    let hints = ThresholdQuestion.allCases.filter { $0.hint(facts) != nil }
    #expect(hints == [.largeScaleSpecial, .sensitive, .largeScale, .vulnerable])
    #expect(ThresholdQuestion.vulnerable.hint(facts) == "its people are Staff")
    #expect(ThresholdQuestion.largeScale.hint(facts) == "900 people are stated")
  }
}

struct `A risk of an impact assessment` {
  @Test(arguments: [
    (1, 1, RiskHeight.low), (3, 1, .low), (1, 3, .low), (1, 4, .medium), (4, 1, .medium),
    (2, 2, .medium), (2, 3, .medium), (2, 4, .high), (3, 3, .high), (4, 4, .high),
  ])
  func `is as high as its likelihood times its severity`(
    likelihood: Int,
    severity: Int,
    level: RiskHeight
  ) {
    #expect(RiskRating(likelihood: likelihood, severity: severity).level == level)
  }

  @Test func `counts as it is without measures until somebody rates it with them`() {
    var facts = ImpactFacts(title: "t", activities: ["ACT-0001"])
    #expect(facts.residual == nil)
    facts.risks = [
      ImpactRisk(number: 1, what: "a", before: RiskRating(likelihood: 4, severity: 4))
    ]
    #expect(facts.residual == .high)
    #expect(facts.needsConsultation)
    facts.risks[0].after = RiskRating(likelihood: 1, severity: 3)
    #expect(facts.residual == .low)
    #expect(!facts.needsConsultation)
  }
}

struct `A decision on an impact assessment` {
  static let now = Instant(seconds: 1_779_108_000)

  static let activity: Activity = {
    var facts = ActivityFacts(name: "Orders")
    facts.purpose = "sell"
    facts.data = [HeldData("email", why: "to confirm")]
    facts.owner = "Ana"
    return Activity(id: 1, reference: "ACT-0001", version: 3, facts: facts, openedAt: now)
  }()

  /// All that is wanted for a decision, with two criteria met and a risk that ends low.
  static let whole: ImpactFacts = {
    var facts = ImpactFacts(title: "Orders", activities: ["ACT-0001"])
    facts.threshold = ThresholdQuestion.allCases.map {
      ThresholdAnswer($0, $0 == .scoring || $0 == .matching, why: "w")
    }
    (facts.description, facts.necessity) = ("d", "n")
    facts.measures = [
      ImpactMeasure(number: 1, what: "m", owner: "Bo", due: StatedTime(now), state: .planned)
    ]
    facts.risks = [
      ImpactRisk(
        number: 1,
        what: "r",
        before: RiskRating(likelihood: 3, severity: 3),
        after: RiskRating(likelihood: 1, severity: 3),
        measures: [1]
      )
    ]
    facts.opinion = OfficerOpinion(name: "Dee", on: StatedTime(now), advice: "go on")
    facts.views = PeopleViews(isSought: false, text: "too many")
    return facts
  }()

  private static func missing(_ outcome: ImpactOutcome, _ alter: (inout ImpactFacts) -> Void)
    -> [String]
  {
    var facts = whole
    alter(&facts)
    return facts.missing(for: outcome)
  }

  @Test func `can be made where nothing is missing`() {
    #expect(Self.missing(.goWithMeasures) { _ in } == [])
    #expect(Self.missing(.stop) { _ in } == [])
    #expect(Self.missing(.notNeeded) { _ in } == [])
  }

  @Test(arguments: [
    ("question", "1 threshold question is open (art. 35(1))"),
    ("description", "the processing is not described (art. 35(7)(a))"),
    ("necessity", "why it is necessary is not said (art. 35(7)(b))"),
    ("risks", "no risk is named (art. 35(7)(c))"),
    ("opinion", "the officer was not asked (art. 35(2))"),
    ("views", "whether people were asked is not said (art. 35(9))"),
    ("owner", "measure 1 has no owner or no day"),
    ("high", "a high risk is left: the authority is consulted first (art. 36(1))"),
    ("asked", "a high risk is left, and the authority has not answered yet (art. 36(2))"),
  ])
  func `names what is missing`(what: String, sentence: String) {
    let missing = Self.missing(.goWithMeasures) { facts in
      switch what {
      case "question": facts.threshold.removeLast()
      case "description": facts.description = " "
      case "necessity": facts.necessity = ""
      case "risks": facts.risks = []
      case "opinion": facts.opinion = nil
      case "views": facts.views = nil
      case "owner": facts.measures[0].owner = nil
      default: facts.risks[0].after = nil
      }
      if what == "asked" {
        facts.consultation = PriorConsultation(authority: "A", asked: StatedTime(Self.now))
      }
      // Two criteria decide by themselves; one leaves the open question standing.
      if what == "question" {
        facts.threshold = facts.threshold.map {
          ThresholdAnswer($0.question, $0.question == .scoring, why: "w")
        }
      }
    }
    #expect(missing == [sentence])
  }

  @Test func `goes on with a high risk once the authority has answered`() {
    let missing = Self.missing(.goWithMeasures) { facts in
      facts.risks[0].after = nil
      facts.consultation = PriorConsultation(
        authority: "A",
        asked: StatedTime(Self.now),
        answered: StatedTime(Self.now),
        advice: "go on"
      )
    }
    #expect(missing == [])
  }

  @Test func `is no plain go while measures are planned, and asks nobody about a low risk`() {
    #expect(
      Self.missing(.go) { _ in } == ["measures are planned only: that is to go with measures"]
    )
    #expect(Self.missing(.go) { $0.measures[0].state = .inPlace } == [])
    #expect(
      Self.missing(.consult) { _ in }
        == ["no high risk is left to be consulted about (art. 36(1))"]
    )
  }

  @Test func `says that none is needed only where the law lets it`() {
    let required = Self.missing(.notNeeded) {
      $0.answer(ThresholdAnswer(.publicMonitoring, true, why: "cameras"))
    }
    #expect(required == ["an assessment must be made: GDPR art. 35(3)(c)"])
    let alone = Self.missing(.notNeeded) { $0.opinion = nil }
    #expect(alone == ["two criteria or more are met: the officer's view is wanted (WP248)"])
  }

  private static func decided(_ alter: (inout Activity) -> Void) throws -> ImpactRow {
    var facts = whole
    var decision = ImpactDecision(
      .goWithMeasures,
      reason: "fine",
      decidedBy: "Bo",
      decidedAt: StatedTime(now)
    )
    decision.seen = [SeenActivity(activity)]
    facts.decision = decision
    facts.review = StatedTime(now + .seconds(86_400))
    var activity = activity
    alter(&activity)
    let assessment = ImpactAssessment(
      id: 1,
      reference: "DPIA-0001",
      version: 2,
      facts: facts,
      openedAt: now
    )
    return ImpactRow(assessment, activities: activity.isRemoved ? [] : [activity], at: now)
  }

  @Test
  func `stands while the activity is as it was, whoever owns it and whenever it was justified`()
    throws
  {
    let row = try Self.decided { activity in
      activity.facts.owner = "Cy"
      activity.facts.name = "Sales"
      activity.facts.data[0].justified = StatedTime(Self.now)
    }
    #expect(row.state == .decided)
    #expect(row.differences == [])
  }

  @Test func `is stale with the difference once the activity was altered`() throws {
    let row = try Self.decided { activity in
      activity.facts.data.append(HeldData("health"))
      activity.facts.purpose = ""
    }
    #expect(row.state == .stale)
    #expect(
      row.differences.map(\.text) == [
        "ACT-0001 purpose: sell -> nothing",
        "ACT-0001 data: email = to confirm -> email = to confirm; health",
      ]
    )
    let gone = try Self.decided { $0.isRemoved = true }
    #expect(gone.differences.map(\.text) == ["ACT-0001: was removed"])
  }

  @Test func `is due for review once its day has passed`() throws {
    let row = try Self.decided { _ in }
    let later = ImpactRow(
      row.assessment,
      activities: [Self.activity],
      at: Self.now + .seconds(86_401)
    )
    #expect(later.state == .review)
    #expect(later.state.isDue)
  }

  @Test func `is approved by another account, once`() throws {
    var facts = Self.whole
    facts.decision = ImpactDecision(
      .stop,
      reason: "r",
      decidedBy: "Bo",
      decidedAt: StatedTime(Self.now)
    )
    facts.decision?.recordedBy = "ana"
    facts.decision?.needsApproval = true
    let approve = ApproveImpact(id: 1, basedOn: nil)
    let state = RecordState(facts: facts)
    #expect(throws: RefusedStep.self) { try approve.after(state, at: Self.now, by: "ana") }
    let approved = try approve.after(state, at: Self.now, by: "cy")
    #expect(approved.facts.decision?.approvedBy == "cy")
    #expect(throws: RefusedStep.self) { try approve.after(approved, at: Self.now, by: "dee") }
    let reopened = try ReopenImpact(id: 1, basedOn: nil, reason: "new facts")
      .after(approved, at: Self.now, by: "dee")
    #expect(reopened.facts.decision == nil)
    #expect(reopened.facts.earlier.map(\.endedBy) == ["dee"])
  }
}

struct `Activities without an impact assessment` {
  @Test func `are those of the organisation itself that no assessment names`() {
    let now = Instant(seconds: 0)
    func activity(_ id: RecordID, _ alter: (inout ActivityFacts) -> Void) -> Activity {
      var facts = ActivityFacts(name: "a\(id)")
      alter(&facts)
      return Activity(id: id, reference: "ACT-000\(id)", version: 1, facts: facts, openedAt: now)
    }
    let activities = [
      activity(1) { _ in }, activity(2) { $0.role = .processor },
      activity(3) { $0.data = [HeldData("health")] }, activity(4) { _ in },
    ]
    let known = ImpactAssessment(
      id: 1,
      reference: "DPIA-0001",
      version: 1,
      facts: ImpactFacts(title: "t", activities: ["act-0004"]),
      openedAt: now
    )
    #expect(ImpactGap.list(activities, [known]).map(\.reference) == ["ACT-0003", "ACT-0001"])
  }
}
