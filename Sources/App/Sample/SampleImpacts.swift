internal import Model

/// The sample's data protection impact assessments: one that stands, one that its activity has outgrown.
enum SampleImpacts {
  /// What happens, by time.
  static func steps(now: Instant) -> [SampleAudits.Step] {
    let days = SamplePrivacy.days
    return assess(sizing(now), .go(now), at: now - days(140))
      + assess(club(now), .club(now), at: now - days(120)) + [outgrow(at: now - days(12))]
  }

  // MARK: What was assessed

  private static func day(_ instant: Instant) -> StatedTime {
    let civil = CivilTime(instant)
    return StatedTime(year: civil.year, month: civil.month, day: civil.day) ?? StatedTime(instant)
  }

  private static func answers(_ yes: [ThresholdQuestion: String], _ no: String) -> [ThresholdAnswer]
  {
    ThresholdQuestion.allCases.map { question in
      yes[question].map { ThresholdAnswer(question, true, why: $0) }
        ?? ThresholdAnswer(question, false, why: no)
    }
  }

  private static func sizing(_ now: Instant) -> ImpactFacts {
    var facts = ImpactFacts(title: "Sizing from body measurements", activities: ["ACT-0005"])
    facts.threshold = answers(
      [
        .largeScaleSpecial: "biometric and health data of 5200 customers, and growing",
        .sensitive: "body measurements, prostheses and aids",
        .innovative: "sizes proposed from a camera picture",
      ],
      "looked at with the product team: it is not so"
    )
    facts.description =
      "Customers who wish it hold the camera up; the service measures 14 lengths, proposes a size and "
      + "forgets the picture. Lengths are kept under a pseudonym with the account."
    facts.necessity =
      "Every third parcel comes back because it does not fit. A table of sizes was tried and helped few. "
      + "The picture never leaves the telephone; consent can be withdrawn on the same page."
    facts.measures = [
      ImpactMeasure(
        number: 1,
        what: "Measure on the telephone; send lengths only",
        owner: SampleOfficer.sanne.name,
        due: day(now - SamplePrivacy.days(150)),
        state: .inPlace
      ),
      ImpactMeasure(
        number: 2,
        what: "Keep lengths under a pseudonym",
        owner: SampleOfficer.sanne.name,
        state: .inPlace,
        ties: ["ACT-0005 pseudonymous"]
      ),
      ImpactMeasure(
        number: 3,
        what: "Delete lengths a year after the last order",
        owner: SampleOfficer.tomas.name,
        due: day(now + SamplePrivacy.days(40))
      ),
    ]
    facts.risks = [
      ImpactRisk(
        number: 1,
        what: "Pictures of bodies become public",
        source: "a break-in at the processor",
        whom: "customers who were measured",
        before: RiskRating(likelihood: 2, severity: 4),
        after: RiskRating(likelihood: 1, severity: 4),
        measures: [1]
      ),
      ImpactRisk(
        number: 2,
        what: "Somebody concludes an illness from lengths",
        source: "our own staff",
        whom: "customers with prostheses and aids",
        before: RiskRating(likelihood: 3, severity: 3),
        after: RiskRating(likelihood: 2, severity: 3),
        measures: [2, 3]
      ),
    ]
    facts.opinion = OfficerOpinion(
      name: "Leonie Achterberg",
      on: day(now - SamplePrivacy.days(144)),
      advice: "Ask for consent again once a year"
    )
    facts.views = PeopleViews(
      isSought: true,
      text:
        "40 customers of a test group: most want to see what is kept, and to delete it themselves",
      on: day(now - SamplePrivacy.days(150))
    )
    facts.review = day(now + SamplePrivacy.days(225))
    return facts
  }

  private static func club(_ now: Instant) -> ImpactFacts {
    var facts = ImpactFacts(title: "Points and offers of Vale Club", activities: ["ACT-0004"])
    facts.threshold = answers(
      [
        .scoring: "offers go by what was bought",
        .vulnerable: "ages of children are stated for offers to families",
      ],
      "not so: looked at when the club began"
    )
    facts.description = "Members collect points; each quarter they get offers by what they bought."
    facts.necessity = "Points need a list of orders. Ages of children are asked for, not demanded."
    facts.measures = [
      ImpactMeasure(
        number: 1,
        what: "Access by role",
        owner: SampleOfficer.jonah.name,
        state: .inPlace,
        ties: ["ACT-0004 access by role"]
      )
    ]
    facts.risks = [
      ImpactRisk(
        number: 1,
        what: "Offers give away what somebody bought",
        source: "letters that others open",
        whom: "members and their families",
        before: RiskRating(likelihood: 2, severity: 3)
      ),
      ImpactRisk(
        number: 2,
        what: "The list of members is copied",
        source: "our own staff",
        whom: "members",
        before: RiskRating(likelihood: 3, severity: 2),
        after: RiskRating(likelihood: 1, severity: 2),
        measures: [1]
      ),
    ]
    facts.opinion = OfficerOpinion(
      name: "Leonie Achterberg",
      on: day(now - SamplePrivacy.days(124)),
      advice: "Do without the ages of children",
      isFollowed: false,
      whyNot: "families asked for these offers; stating an age is up to them"
    )
    facts.views = PeopleViews(
      isSought: false,
      text: "members can leave at any time, and the club's conditions were shown to them before"
    )
    facts.review = day(now + SamplePrivacy.days(60))
    return facts
  }

  // MARK: What was decided

  private struct Verdict {
    var decision: ImpactDecision
    var by: SampleOfficer

    static func go(_ now: Instant) -> Verdict {
      Verdict(
        decision: ImpactDecision(
          .goWithMeasures,
          reason: "Little is kept, and what is left is acceptable once lengths are deleted",
          decidedBy: SampleOfficer.mira.name,
          decidedAt: SampleImpacts.day(now - SamplePrivacy.days(139))
        ),
        by: .sanne
      )
    }

    static func club(_ now: Instant) -> Verdict {
      Verdict(
        decision: ImpactDecision(
          .go,
          reason: "Nobody is shut out or judged; what is left is acceptable",
          decidedBy: SampleOfficer.mira.name,
          decidedAt: SampleImpacts.day(now - SamplePrivacy.days(119))
        ),
        by: .jonah
      )
    }
  }

  private static func assess(_ facts: ImpactFacts, _ verdict: Verdict, at: Instant)
    -> [SampleAudits.Step]
  {
    let (later, last) = (at + SamplePrivacy.days(1), at + SamplePrivacy.days(2))
    return [
      .init(at: at) { try await $0.apply([AddImpact(facts)], verdict.by, at) },
      .init(at: later) { desk in
        guard let row = try await find(facts.title, desk) else { return }
        let change = DecideImpact(
          id: row.id,
          basedOn: row.assessment.version,
          decision: verdict.decision
        )
        try await desk.apply([change], verdict.by, later)
      },
      .init(at: last) { desk in
        guard let row = try await find(facts.title, desk),
          row.assessment.facts.decision?.isWaiting == true
        else { return }
        let change = ApproveImpact(id: row.id, basedOn: row.assessment.version)
        try await desk.apply([change], .ines, last)
      },
    ]
  }

  private static func find(_ title: String, _ desk: SampleDesk) async throws -> ImpactRow? {
    try await desk.ask(ImpactList()).rows.first { $0.assessment.facts.title == title }
  }

  /// The club's offers are worked out somewhere else from now on; its assessment says nothing of that.
  private static func outgrow(at: Instant) -> SampleAudits.Step {
    .init(at: at) { desk in
      guard let club = try await desk.ask(ActivityByReference("ACT-0004")) else { return }
      var facts = club.facts
      facts.systems.append(SystemPlace(name: "offer engine", place: "Dublin"))
      facts.processors.append(ProcessorContract(name: "Nextwant Ltd", place: "IE"))
      let change = EditActivity(id: club.id, basedOn: club.version, facts: facts)
      try await desk.apply([change], .jonah, at)
    }
  }
}
