import Testing

@testable import Model

/// Complete answers: the first choice of each step, but for those that are named.
private func answers(_ method: AssessmentMethod, _ given: [String: String]) -> [String: String] {
  var answers: [String: String] = [:]
  for step in method.steps {
    answers[step.id] = given[step.id] ?? step.choices(answers).first?.value
  }
  return answers
}

struct `ENISA's worksheet` {
  /// Worked by hand: SE = DPC x EI + CB, in the words of the methodology of 2013.
  nonisolated static let cases: [(given: [String: String], result: String, risk: RiskLevel)] = [
    ([:], "1 x 0.25 + 0 = 0.25: low", .unlikely),
    (
      ["data": "simple", "identification": "maximum", "confidentiality": "known"],
      "1 x 1 + 0.25 = 1.25: low", .unlikely
    ),
    (
      ["data": "financial", "context": "some", "identification": "maximum"],
      "2 x 1 + 0 = 2: medium", .risk
    ),
    (
      [
        "data": "financial", "context": "full", "identification": "significant",
        "confidentiality": "unknown", "malice": "yes",
      ], "4 x 0.75 + 1 = 4: very high", .high
    ),
    (
      ["data": "sensitive", "identification": "significant", "confidentiality": "known"],
      "4 x 0.75 + 0.25 = 3.25: high", .high
    ),
    (
      [
        "data": "simple", "context": "vulnerable", "identification": "limited",
        "integrity": "lost", "availability": "time",
      ], "4 x 0.5 + 0.75 = 2.75: medium", .risk
    ),
    (
      ["data": "behavioural", "context": "little", "identification": "maximum", "number": "yes"],
      "1 x 1 + 0 = 1: low; flagged: more than 100", .unlikely
    ),
  ]

  @Test(arguments: cases)
  func `comes to its result`(given: [String: String], result: String, risk: RiskLevel) throws {
    let given = answers(.enisa, given)
    let outcome = AssessmentMethod.enisa.outcome(given)
    #expect(outcome.result == result)
    #expect(outcome.risk == risk)
    #expect(outcome.missing.isEmpty)
    let facts = try #require(AssessmentFacts(.enisa, given))
    #expect(facts.risk == risk && facts.result == result && !facts.reason.isEmpty)
  }

  @Test func `says what is certain while answers are missing, and recommends nothing`() {
    let outcome = AssessmentMethod.enisa.outcome(["data": "sensitive", "malice": "yes"])
    #expect(outcome.risk == nil)
    #expect(outcome.result == "at least 1 x 0.25 + 0.5 = 0.75: low")
    #expect(
      outcome.missing == [
        "context", "identification", "confidentiality", "integrity", "availability", "number",
        "unintelligible",
      ]
    )
    #expect(AssessmentFacts(.enisa, ["data": "sensitive"]) == nil)
  }

  @Test func `asks for the context by the kind of data`() throws {
    let step = try #require(AssessmentMethod.enisa.step("context"))
    #expect(step.choices([:]).isEmpty)
    for (kind, weights) in [
      ("simple", [1, 2, 3, 4]), ("behavioural", [2, 1, 3, 4]), ("financial", [3, 1, 2, 4]),
      ("sensitive", [4, 1, 2, 3]),
    ] {
      #expect(step.choices(["data": kind]).map(\.weight) == weights)
    }
    // What fitted the kind before does not fit the one now: it is open again.
    let outcome = AssessmentMethod.enisa.outcome(["data": "sensitive", "context": "full"])
    #expect(outcome.missing.contains("context"))
  }
}

struct `The EDPB's factors` {
  /// The cases of Guidelines 01/2021, answered in the words of the guidelines' own analysis, with
  /// what the guidelines conclude: tell the authority, tell the people.
  nonisolated static let cases:
    [(number: String, given: [String: String], authority: Bool, people: Bool)] = [
      ("01", ["type": "interrupted", "identification": "none"], false, false),
      ("02", ["type": "lost", "consequences": "significant", "nature": "personal"], true, false),
      (
        "03",
        [
          "type": "lost", "consequences": "severe", "nature": "sensitive", "people": "vulnerable",
          "controller": "sensitive", "number": "many",
        ], true, true
      ),
      (
        "04",
        [
          "type": "taken", "consequences": "significant", "nature": "sensitive",
          "identification": "direct",
        ], true, true
      ),
      (
        "05",
        [
          "type": "taken", "consequences": "significant", "nature": "personal", "volume": "some",
          "identification": "direct", "number": "many",
        ], true, true
      ),
      (
        "06",
        [
          "type": "taken", "consequences": "minor", "nature": "personal",
          "identification": "none", "number": "many",
        ], false, false
      ),
      (
        "07",
        [
          "type": "taken", "consequences": "significant", "nature": "sensitive",
          "identification": "direct", "controller": "sensitive", "number": "mass",
        ], true, true
      ),
      (
        "08",
        ["type": "taken", "consequences": "minor", "identification": "direct", "number": "many"],
        true, false
      ),
      (
        "09",
        ["type": "trusted", "consequences": "minor", "identification": "direct"], false, false
      ),
      ("10", ["type": "taken", "consequences": "minor", "identification": "none"], false, false),
      (
        "11",
        [
          "type": "taken", "consequences": "significant", "nature": "personal",
          "identification": "direct", "number": "mass",
        ], true, true
      ),
      (
        "12",
        [
          "type": "taken", "consequences": "significant", "nature": "sensitive",
          "identification": "direct", "people": "vulnerable", "controller": "sensitive",
        ], true, true
      ),
      (
        "13",
        [
          "type": "disclosed", "consequences": "minor", "nature": "personal",
          "identification": "direct",
        ], false, false
      ),
      (
        "14",
        [
          "type": "disclosed", "consequences": "significant", "nature": "sensitive",
          "volume": "much", "identification": "direct", "number": "mass",
        ], true, true
      ),
      (
        "15",
        ["type": "disclosed", "consequences": "minor", "identification": "direct"], false, false
      ),
      (
        "16",
        [
          "type": "disclosed", "consequences": "minor", "nature": "sensitive", "volume": "some",
          "identification": "direct",
        ], true, false
      ),
      (
        "17",
        [
          "type": "taken", "consequences": "significant", "nature": "personal", "volume": "much",
          "identification": "direct",
        ], true, true
      ),
      (
        "18",
        [
          "type": "taken", "consequences": "significant", "nature": "sensitive",
          "identification": "direct",
        ], true, true
      ),
    ]

  @Test(arguments: cases)
  func `come to what the guidelines conclude`(
    number: String,
    given: [String: String],
    authority: Bool,
    people: Bool
  ) {
    let outcome = AssessmentMethod.edpb.outcome(answers(.edpb, given))
    #expect(outcome.risk == (people ? .high : authority ? .risk : .unlikely), "case \(number)")
    #expect(!outcome.reason.isEmpty)
  }

  /// The borders of the rule, one factor apart.
  @Test(arguments: [
    (["consequences": "minor", "number": "mass"], RiskLevel.unlikely),
    (["consequences": "minor", "number": "mass", "volume": "much"], .risk),
    (["consequences": "minor", "number": "mass", "volume": "much", "type": "trusted"], .unlikely),
    (["consequences": "significant", "number": "mass"], .risk),
    (["consequences": "significant", "number": "mass", "volume": "much"], .high),
    (["consequences": "severe"], .high),
    (["consequences": "severe", "identification": "none"], .unlikely),
    (["consequences": "severe", "identification": "none", "type": "lost"], .high),
    (["consequences": "none", "number": "mass", "volume": "much"], .unlikely),
  ])
  func `follow the rule that is written down`(given: [String: String], risk: RiskLevel) {
    var given = given
    if given["type"] == nil { given["type"] = "disclosed" }
    if given["identification"] == nil { given["identification"] = "hard" }
    #expect(AssessmentMethod.edpb.outcome(answers(.edpb, given)).risk == risk)
  }
}

struct `A guided assessment` {
  @Test(arguments: AssessmentMethod.allCases)
  func `says in words what each choice means, each once`(method: AssessmentMethod) {
    #expect(Set(method.steps.map(\.id)).count == method.steps.count)
    for step in method.steps {
      #expect(step.question.hasSuffix("?") || step.question.contains("? "))
      #expect(!step.allChoices.isEmpty)
      for choice in step.allChoices {
        #expect(
          !choice.label.isEmpty && choice.meaning.hasSuffix("."),
          "\(step.id) \(choice.value)"
        )
        #expect(choice.label.count <= 32)
      }
    }
  }

  private func incident(_ facts: IncidentFacts) -> Incident {
    Incident(
      id: 1,
      reference: "INC-1",
      version: 1,
      facts: facts,
      state: .triage,
      openedAt: Instant(seconds: 0),
      updatedAt: Instant(seconds: 0)
    )
  }

  @Test func `begins with what the incident states, and says from where`() {
    let facts = IncidentFacts(
      title: "t",
      actions: [.hacking],
      affected: [AffectedPeople(jurisdiction: "EU-DE", count: 41_200)],
      data: DataExposure(
        categories: ["health", "name", "email", "children"],
        disclosure: .yes,
        isEncrypted: false
      )
    )
    let enisa = incident(facts).prefilled(.enisa, nil, before: nil)
    #expect(
      enisa.choices == [
        "data": "sensitive", "identification": "maximum", "malice": "yes", "number": "yes",
        "unintelligible": "no",
      ]
    )
    #expect(enisa.sources["data"] == "data: health")
    #expect(enisa.sources["number"] == "people affected: 41200")
    var organisation = Organisation()
    organisation.sectors = ["health_ce", "essential"]
    let edpb = incident(facts).prefilled(.edpb, organisation, before: nil)
    #expect(
      edpb.choices == [
        "type": "taken", "nature": "sensitive", "identification": "direct",
        "people": "vulnerable", "controller": "sensitive", "number": "mass",
      ]
    )
    #expect(edpb.sources["controller"] == "trades: health_ce")
  }

  @Test func `takes a safe key for unreadable data, and an unknown one for nothing`() {
    var facts = IncidentFacts(title: "t", data: DataExposure(isEncrypted: true, isKeyTaken: false))
    #expect(
      incident(facts).prefilled(.enisa, nil, before: nil).choices
        == ["identification": "negligible", "unintelligible": "yes"]
    )
    #expect(
      incident(facts).prefilled(.edpb, nil, before: nil).choices == ["identification": "none"]
    )
    facts.data.isKeyTaken = nil
    #expect(incident(facts).prefilled(.enisa, nil, before: nil).choices.isEmpty)
    #expect(incident(facts).prefilled(.edpb, nil, before: nil).choices.isEmpty)
  }

  nonisolated static let counts: [(people: [String: Int64?], choice: String?)] = [
    (["EU-DE": 100], "few"), (["EU-DE": 60, "EU-FR": 41], "many"), (["": 10_001], "mass"),
    (["EU-DE": 12_000, "EU-FR": nil], "mass"), (["EU-DE": 90, "EU-FR": nil], nil), ([:], nil),
  ]

  @Test(arguments: counts)
  func `counts people only as far as they are known`(
    people: [String: Int64?],
    choice: String?
  ) {
    let facts = IncidentFacts(
      title: "t",
      affected: people.map { AffectedPeople(jurisdiction: $0.key, count: $0.value) }
    )
    #expect(incident(facts).prefilled(.edpb, nil, before: nil).choices["number"] == choice)
  }

  @Test func `keeps what an officer answered before, and follows facts that changed`() throws {
    var given = answers(.enisa, ["data": "financial", "number": "no"])
    given["malice"] = "yes"
    let facts = try #require(
      AssessmentFacts(.enisa, given, sources: ["number": "people affected: 3"])
    )
    let before = Assessment(
      id: 1,
      incident: 1,
      edition: 1,
      facts: facts,
      recordedAt: Instant(seconds: 0),
      recordedBy: "mira"
    )
    let now = incident(
      IncidentFacts(
        title: "t",
        actions: [.error],
        affected: [AffectedPeople(jurisdiction: "US-CA", count: 500)]
      )
    ).prefilled(.enisa, nil, before: before)
    #expect(now.choices["number"] == "yes")
    #expect(now.sources["number"] == "people affected: 500")
    #expect(now.choices["malice"] == "yes")
    #expect(now.sources["malice"] == nil)
    #expect(now.choices["data"] == "financial")
  }
}

struct `A ground` {
  /// The whole table: ground, then whether it fits notify, do not notify, later.
  @Test(arguments: [
    (DecisionGround.riskLikely, true, false, true), (.highRiskLikely, true, false, true),
    (.noRisk, false, true, false), (.noHighRisk, false, true, false),
    (.encrypted, false, true, false), (.highRiskRemoved, false, true, false),
    (.disproportionateEffort, false, true, false), (.notPersonalData, false, true, false),
    (.belowThreshold, false, true, false), (.notReached, false, true, false),
    (.lawEnforcement, false, false, true), (.investigating, false, false, true),
    (.contract, true, false, true), (.voluntary, true, false, true), (.other, true, true, true),
  ])
  func `fits the decisions of the table and no other`(
    ground: DecisionGround,
    notify: Bool,
    doNot: Bool,
    later: Bool
  ) {
    for (decision, fits) in [
      (NoticeDecision.notify, notify), (.doNotNotify, doNot), (.later, later),
    ] {
      #expect(DecisionGround.fitting(decision).contains(ground) == fits)
      let facts = DecisionFacts(
        decision: decision,
        ground: ground,
        reasoning: "r",
        decidedBy: "a",
        decidedAt: StatedTime(Instant(seconds: 0))
      )
      #expect((facts.contradiction == nil) == fits)
    }
  }

  @Test func `that contradicts says what it stands for and what would fit`() {
    let facts = DecisionFacts(
      decision: .notify,
      ground: .noRisk,
      reasoning: "r",
      decidedBy: "a",
      decidedAt: StatedTime(Instant(seconds: 0))
    )
    #expect(
      facts.contradiction
        == "the ground \"no risk\" stands for \"do not notify\", not for \"notify\"; grounds for"
        + " that: risk-likely, high-risk-likely, contract, voluntary, other"
    )
  }
}
