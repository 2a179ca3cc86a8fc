import Model
import Testing

struct `The posture` {
  static let now = Instant(seconds: 1_779_108_000)

  private static func reading(
    _ measure: OpaqueMeasure,
    _ state: PostureState?,
    trend: PostureTrend = .unknown,
    steps: [PostureStep] = []
  ) -> MeasureReading {
    var reading = MeasureReading(LateTasks(open: 0, late: 0, first: []), at: now)
    (reading.name, reading.title, reading.theme) = (measure.name, measure.name, measure.theme)
    reading.verdict = MeasureVerdict(state, "\(measure.name)", trend: trend, steps: steps)
    return reading
  }

  private struct OpaqueMeasure {
    var name: String
    var theme = PostureTheme.law
  }

  private static func step(_ text: String, late: Int64 = 0, count: Int = 1) -> PostureStep {
    PostureStep(text, .view(3), late: late, count: count)
  }

  @Test(
    arguments: [
      ([.good, .good], PostureState.good), ([.good, .unknown], .unknown),
      ([.unknown, .attention], .attention), ([.attention, .bad, .good], .bad),
      ([nil, .good], .good), ([nil, nil], .unknown), ([nil, .unknown], .unknown),
    ] as [([PostureState?], PostureState)]
  )
  func `has themes that stand as their worst measure, and are never good by what is not known`(
    states: [PostureState?],
    expected: PostureState
  ) {
    let readings = states.enumerated().map {
      Self.reading(OpaqueMeasure(name: "m\($0.offset)"), $0.element)
    }
    #expect(Posture(readings).themes.map(\.state) == [expected])
  }

  @Test func `leaves out themes of which nothing was read`() {
    let readings = [Self.reading(OpaqueMeasure(name: "a", theme: .people), .good)]
    #expect(Posture(readings).themes.map(\.theme) == [.people])
    #expect(Posture([]).state == .unknown)
  }

  @Test(
    arguments: [
      ([.same, .worse], PostureTrend.same), ([.better, .worse], .better), ([.same, .same], .same),
      ([.unknown, .same], .unknown), ([.unknown, .better], .unknown), ([.worse, .better], .worse),
    ] as [([PostureTrend], PostureTrend)]
  )
  func `goes where the measures go that it stands by`(
    trends: [PostureTrend],
    expected: PostureTrend
  ) {
    let states: [PostureState] = [.bad, .good]
    let readings = zip(trends, states).enumerated().map {
      Self.reading(
        OpaqueMeasure(name: "m\($0.offset)"),
        $0.element.1,
        trend: $0.element.0
      )
    }
    #expect(Posture(readings).themes.map(\.trend) == [expected])
  }

  @Test func `names what presses most in each of the worst measures, then what comes second`() {
    let readings = [
      Self.reading(OpaqueMeasure(name: "c"), .attention, steps: [Self.step("c1", late: 900)]),
      Self.reading(
        OpaqueMeasure(name: "a"),
        .bad,
        steps: [Self.step("a1", late: 5), Self.step("a2", late: 4)]
      ),
      Self.reading(OpaqueMeasure(name: "b"), .bad, steps: [Self.step("b1", late: 7)]),
    ]
    #expect(Posture(readings).themes.first?.steps.map(\.text) == ["b1", "a1", "c1"])
    let two = Posture(Array(readings.dropFirst()))
    #expect(two.themes.first?.steps.map(\.text) == ["b1", "a1", "a2"])
    #expect(Posture(readings).themes.first?.reason == "a")
  }

  @Test func `puts what concerns more first where nothing is late`() {
    let readings = [
      Self.reading(OpaqueMeasure(name: "a"), .bad, steps: [Self.step("few", count: 2)]),
      Self.reading(OpaqueMeasure(name: "b"), .bad, steps: [Self.step("many", count: 9)]),
    ]
    #expect(Posture(readings).themes.first?.steps.map(\.text) == ["many", "few"])
  }

  @Test(arguments: [1, 3, 30])
  func `fits into one line of ASCII, however much there is to say`(count: Int) {
    let themes = PostureTheme.allCases
    let readings = themes.map { theme in
      var reading = Self.reading(OpaqueMeasure(name: theme.rawValue, theme: theme), .bad)
      reading.verdict.words = String(repeating: "9 of 10 late ", count: count) + "é\u{1B}[31m"
      return reading
    }
    let line = PostureLine(Posture(readings)).text
    #expect(line.utf8.count < 100)
    #expect(line.utf8.allSatisfy { (32...126).contains($0) })
    #expect(line.hasPrefix("tocsin bad: 6 bad - trust, law, threats"))
  }

  @Test func `says in its line what the worst theme rests on`() {
    let readings = [
      Self.reading(OpaqueMeasure(name: "2 of 9 clocks late"), .bad),
      Self.reading(OpaqueMeasure(name: "fine", theme: .trust), .good),
    ]
    #expect(
      PostureLine(Posture(readings)).text == "tocsin bad: 1 bad, 1 good - law; 2 of 9 clocks late"
    )
    #expect(PostureLine(Posture([readings[1]])).text == "tocsin good: 1 good")
  }

  @Test(
    arguments: [
      (nil, 1, PostureTrend.unknown), (1, nil, .unknown), (3, 3, .same), (3, 2, .better),
      (2, 3, .worse),
    ] as [(Int?, Int?, PostureTrend)]
  )
  func `compares with an earlier number only where there is one`(
    before: Int?,
    now: Int?,
    expected: PostureTrend
  ) {
    #expect(PostureTrend(from: before, to: now, isLessBetter: true) == expected)
    let opposite: PostureTrend =
      expected == .better ? .worse : expected == .worse ? .better : expected
    #expect(PostureTrend(from: before, to: now, isLessBetter: false) == opposite)
  }
}
