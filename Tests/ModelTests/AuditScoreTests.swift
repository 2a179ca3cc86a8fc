import Model
import Testing

struct `The score of an audit` {
  /// A case worked by hand: result, score, weight of each item; the score in hundredths of a percent.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var items: [(AuditResult, Int?, Int)]
    var scale: ScoreScale?
    var hundredths: Int?
    var assessed: Int
  }

  static let cases = [
    Case(testDescription: "nothing there", items: [], hundredths: nil, assessed: 0),
    Case(
      testDescription: "nothing assessed",
      items: [(.notAssessed, nil, 1), (.notAssessed, nil, 1)],
      hundredths: nil,
      assessed: 0
    ),
    // (100 + 50 + 0) / 3 = 50
    Case(
      testDescription: "one of each",
      items: [(.conforms, nil, 1), (.partly, nil, 1), (.doesNotConform, nil, 1)],
      hundredths: 5000,
      assessed: 3
    ),
    // (100 + 100 + 50) / 3 = 83.333
    Case(
      testDescription: "rounds to a hundredth",
      items: [(.conforms, nil, 1), (.conforms, nil, 1), (.partly, nil, 1)],
      hundredths: 8333,
      assessed: 3
    ),
    // Only the 100 counts; three of four are assessed.
    Case(
      testDescription: "not applicable is left out and assessed",
      items: [
        (.conforms, nil, 1), (.notApplicable, nil, 9), (.notApplicable, nil, 1),
        (.notAssessed, nil, 5),
      ],
      hundredths: 10_000,
      assessed: 3
    ),
    // (3 * 100 + 1 * 0) / 4 = 75
    Case(
      testDescription: "weights",
      items: [(.conforms, nil, 3), (.doesNotConform, nil, 1)],
      hundredths: 7500,
      assessed: 2
    ),
    Case(
      testDescription: "a weight of 0 counts for nothing",
      items: [(.conforms, nil, 0), (.doesNotConform, nil, 1)],
      hundredths: 0,
      assessed: 2
    ),
    Case(
      testDescription: "only weights of 0",
      items: [(.conforms, nil, 0)],
      hundredths: nil,
      assessed: 1
    ),
    // 1 to 5: a 4 is 3/4 = 75, a 1 is 0: (75 + 0 + 100) / 3 = 58.333
    Case(
      testDescription: "scores on a scale go before results",
      items: [(.conforms, 4, 1), (.partly, 1, 1), (.conforms, nil, 1)],
      scale: ScoreScale(minimum: 1, maximum: 5),
      hundredths: 5833,
      assessed: 3
    ),
    // Without a result a score counts for nothing.
    Case(
      testDescription: "a score without a result",
      items: [(.notAssessed, 5, 1), (.partly, 3, 1)],
      scale: ScoreScale(minimum: 1, maximum: 5),
      hundredths: 5000,
      assessed: 1
    ),
    // 0 to 3: a 1 is 33.33 %
    Case(
      testDescription: "a third",
      items: [(.partly, 1, 7)],
      scale: ScoreScale(minimum: 0, maximum: 3),
      hundredths: 3333,
      assessed: 1
    ),
  ]

  @Test(arguments: cases) func `is what is worked by hand`(sample: Case) {
    var score = AuditScore()
    for (result, value, weight) in sample.items {
      score.add(result, value, weight: weight, sample.scale)
    }
    #expect(score.hundredths == sample.hundredths)
    #expect(score.assessed == sample.assessed)
    #expect(score.items == sample.items.count)
  }

  @Test func `does not overflow with the greatest weights`() {
    var score = AuditScore()
    for _ in 0..<100_000 { score.add(.conforms, nil, weight: .max, nil) }
    #expect(score.hundredths == 10_000)
  }

  @Test func `is shown with how much is assessed`() {
    var score = AuditScore()
    score.add(.conforms, nil, weight: 1, nil)
    score.add(.partly, nil, weight: 1, nil)
    score.add(.notAssessed, nil, weight: 1, nil)
    #expect(score.text == "score 75.0 %, 2 of 3 assessed")
    #expect(score.assessedPercent == 66)
    #expect(AuditScore().text == "no score yet, 0 of 0 assessed")
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"),
    ("2026-12-15", 12, "2027-12-15"), ("2026-11-30", 3, "2027-02-28"),
  ])
  func `has its next audit due calendar months later`(day: String, months: Int, due: String) {
    #expect(AuditDay.adding(months: months, to: day) == due)
  }

  @Test func `comes from no other groups than the chosen, and no withdrawn requirements`() {
    func line(_ id: String, _ depth: Int, _ groups: [String] = [], item: Bool = true) -> Requirement
    {
      Requirement(
        identifier: id,
        reference: id,
        depth: depth,
        isAssessable: item,
        isWithdrawn: id == "old",
        texts: FrameworkTexts(name: id),
        groups: groups
      )
    }
    let framework = Framework(
      identifier: "f",
      version: "1",
      language: "en",
      texts: FrameworkTexts(name: "F"),
      requirements: [
        line("A", 1, item: false), line("A1", 2, ["one"]), line("A2", 2, ["two"]),
        line("B", 1, item: false), line("B1", 2, ["two"]), line("C", 1, item: false),
        line("old", 2), line("D", 1, ["two"]), line("D1", 2),
      ]
    )
    let lines = AuditLines(framework, groups: ["one"]).lines
    #expect(lines.map(\.position) == [0, 1, 7, 8])
    #expect(lines.map(\.isHeading) == [true, false, true, false])
    #expect(lines.map(\.end) == [2, 2, 4, 4])
    #expect(lines.map(\.items) == [1, 0, 1, 0])
    #expect(AuditLines(framework, groups: []).items == 5)
  }
}
