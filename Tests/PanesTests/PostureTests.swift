import Drawing
import TestSupport
import Testing

@testable import Model
@testable import Panes

struct `The posture on the overview` {
  private static let now = DutyFixture.now

  /// Readings in which every state stands.
  private static let readings: [MeasureReading] = [
    MeasureReading(
      RecordVerified(
        head: 412,
        last: VerificationMark(
          at: now - .seconds(3 * 86_400),
          by: "mira",
          RecordVerification(isSound: true, head: 405, headHash: "ab", faults: 0)
        )
      ),
      at: now
    ),
    MeasureReading(
      RunningClocks(
        running: 14,
        late: 1,
        soon: 1,
        unchecked: 0,
        open: 5,
        lateBefore: 3,
        first: [
          RunningClocks.Clock(
            id: 4,
            incident: 30,
            reference: "INC-2026-0030",
            rule: "EU-GDPR-33-SA",
            due: now - .seconds(7_200)
          ),
          RunningClocks.Clock(
            id: 5,
            incident: 26,
            reference: "INC-2026-0026",
            rule: "DE-BSIG-EARLY",
            due: now + .seconds(7_200)
          ),
        ]
      ),
      at: now
    ),
    MeasureReading(
      LateFindings(
        total: 9,
        open: 4,
        late: 1,
        lateSevere: 0,
        expired: 0,
        lateBefore: 0,
        first: [
          LateFindings.Late(
            id: 3,
            reference: "FND-2026-0003",
            severity: .medium,
            due: now - .seconds(9 * 86_400),
            isAcceptance: false
          )
        ]
      ),
      at: now
    ),
    MeasureReading(
      DataToDelete(
        holdings: 4,
        rules: 3,
        due: [
          DataToDelete.Due(
            row: "RET-0002/ACT-0001/0",
            reference: "RET-0002 of ACT-0001",
            since: now - .seconds(4 * 86_400),
            count: 1200
          )
        ],
        held: 1,
        uncounted: 0,
        dueBefore: 1
      ),
      at: now
    ),
    MeasureReading(
      PhishingHeld(
        last: nil,
        before: nil,
        today: DayNumber(now, in: .utc)
      ),
      at: now
    ),
    MeasureReading(PublicNotices(mailings: []), at: now),
  ]

  private static let numbers = OverviewNumbers.Answer(
    open: [OverviewNumbers.Tally(state: .triage, severity: .high, count: 2)],
    total: 12,
    openedByMonth: [],
    worst: [],
    overdueTasks: 1,
    openTasks: 5,
    head: 412,
    care: OverviewNumbers.Care(overdueFindings: 1)
  )

  private static func state(_ context: PaneContext) -> OverviewPane.State {
    var state = OverviewPane.State(lastSeen: 400)
    _ = OverviewPane.reduce(&state, .appeared, context)
    _ = OverviewPane.reduce(&state, .numbersAnswered(.success(numbers)), context)
    _ = OverviewPane.reduce(&state, .postureAnswered(.success(readings)), context)
    let clocks = Page(
      window: RowWindow(start: 0, count: 20),
      rows: DutyFixture.clocks.filter { $0.record.obligation.state.due != nil },
      total: 5
    )
    _ = OverviewPane.reduce(&state, .clocksAnswered(.success(clocks)), context)
    return state
  }

  @Test(arguments: [(80, 22), (120, 38), (40, 8)])
  func `is drawn with a state that needs no colour`(columns: Int, rows: Int) {
    let context = DutyFixture.context(columns, rows)
    var state = Self.state(context)
    _ = OverviewPane.reduce(&state, .partMoved(-1), context)
    _ = OverviewPane.reduce(&state, .partMoved(-1), context)
    _ = OverviewPane.reduce(&state, .moved(.by(1)), context)
    #expect(state.part == .themes)
    GoldenScreen.expect("overview/posture-\(columns)x\(rows)", size: context.area) {
      OverviewPane.draw(state, on: &$0, in: Rect(context.area), context)
    }
  }

  @Test func `is said to be on its way until it was read`() {
    let context = DutyFixture.context(80, 22)
    var state = OverviewPane.State(lastSeen: 0)
    func asked(_ action: OverviewPane.Action) -> [PostureTheme] {
      OverviewPane.reduce(&state, action, context).flatMap { effect -> [PostureTheme] in
        guard case .ask(let asking) = effect else { return [] }
        return (asking.question as? PostureReadings)?.themes ?? []
      }
    }
    // What else is on the screen comes first.
    #expect(asked(.appeared).isEmpty)
    #expect(asked(.numbersAnswered(.success(Self.numbers))) == OverviewPane.quick)
    #expect(state.themes.rows.allSatisfy { $0.posture == nil })
    // Half of it has come: the other half still is on its way.
    let quick = Self.readings.filter { OverviewPane.quick.contains($0.theme) }
    #expect(asked(.postureAnswered(.success(quick))) == OverviewPane.slow)
    #expect(
      state.themes.rows.map { $0.posture == nil } == [false, false, false, true, true, true]
    )
    let rest = Self.readings.filter { OverviewPane.slow.contains($0.theme) }
    #expect(asked(.postureAnswered(.success(rest))).isEmpty)
    #expect(state.themes.rows.allSatisfy { $0.posture != nil })
    #expect(Set(OverviewPane.quick + OverviewPane.slow) == Set(PostureTheme.allCases))
  }

  @Test func `is asked for once at a time, and again after a moment where something was altered`() {
    let context = DutyFixture.context(80, 22)
    var state = OverviewPane.State(lastSeen: 0)
    func asked(_ action: OverviewPane.Action, after seconds: Int64 = 0) -> [PostureTheme] {
      var context = context
      context.now = context.now + .seconds(seconds)
      return OverviewPane.reduce(&state, action, context).flatMap { effect -> [PostureTheme] in
        guard case .ask(let asking) = effect else { return [] }
        return (asking.question as? PostureReadings)?.themes ?? []
      }
    }
    let quick = Self.readings.filter { OverviewPane.quick.contains($0.theme) }
    let rest = Self.readings.filter { OverviewPane.slow.contains($0.theme) }
    let numbers = OverviewPane.Action.numbersAnswered(.success(Self.numbers))
    _ = asked(.appeared)
    #expect(asked(numbers) == OverviewPane.quick)
    // A sending writes on: nothing more is asked while answers are on their way.
    #expect(asked(numbers, after: 1).isEmpty)
    #expect(asked(.postureAnswered(.success(quick)), after: 2) == OverviewPane.slow)
    #expect(asked(numbers, after: 3).isEmpty)
    #expect(asked(.postureAnswered(.success(rest)), after: 4).isEmpty)
    #expect(state.themes.rows.allSatisfy { $0.posture != nil })
    #expect(OverviewPane.agesAt(state) == context.now + .seconds(OverviewPane.postureSeconds))
    #expect(asked(.postureAged, after: 5) == OverviewPane.quick)
    // An answer that comes late is followed by the next question at once.
    #expect(asked(numbers, after: 7).isEmpty)
    #expect(asked(.postureAnswered(.success(quick)), after: 8) == OverviewPane.slow)
    #expect(asked(.postureAnswered(.success(rest)), after: 30) == OverviewPane.quick)
    // One that never comes does not stop it for ever.
    #expect(asked(numbers, after: 89).isEmpty)
    #expect(asked(numbers, after: 90) == OverviewPane.quick)
  }

  @Test func `is not worked out while something else is on the screen`() {
    let context = DutyFixture.context(80, 22)
    var state = Self.state(context)
    _ = OverviewPane.reduce(&state, .left, context)
    var effects = OverviewPane.reduce(&state, .recordChanged, context)
    effects += OverviewPane.reduce(&state, .numbersAnswered(.success(Self.numbers)), context)
    let asks = effects.contains {
      guard case .ask(let asking) = $0 else { return false }
      return asking.question is PostureReadings
    }
    #expect(!asks)
  }

  /// Keys down from the first theme, and where `Enter` leads then.
  @Test(arguments: [
    (1, Destination.item(Subject(.obligation, 4), of: 30)), (2, .finding(3)),
    (3, .dueData("RET-0002/ACT-0001/0")), (4, .view(.people)),
  ])
  func `leads from a theme to what would improve it most`(down: Int, expected: Destination) {
    let context = DutyFixture.context(80, 22)
    var state = Self.state(context)
    state.part = .themes
    for _ in 0..<down { _ = OverviewPane.reduce(&state, .moved(.by(1)), context) }
    let effects = OverviewPane.reduce(&state, .openPressed, context)
    guard case .go(let destination)? = effects.first else {
      Issue.record("it leads nowhere")
      return
    }
    #expect(destination == expected)
  }

  @Test func `leads from each of the things to where it is done`() {
    let context = DutyFixture.context(80, 22)
    var state = Self.state(context)
    state.part = .themes
    _ = OverviewPane.reduce(&state, .moved(.by(1)), context)
    state.part = .steps
    _ = OverviewPane.reduce(&state, .moved(.by(1)), context)
    let effects = OverviewPane.reduce(&state, .openPressed, context)
    guard case .go(let destination)? = effects.first else {
      Issue.record("it leads nowhere")
      return
    }
    #expect(destination == .item(Subject(.obligation, 5), of: 26))
  }

  @Test func `says so where nothing would improve a theme`() {
    let context = DutyFixture.context(80, 22)
    var state = Self.state(context)
    state.part = .themes
    guard case .toast(let toast)? = OverviewPane.reduce(&state, .openPressed, context).first else {
      Issue.record("nothing is said")
      return
    }
    #expect(toast.kind == .notice)
  }

  @Test(arguments: [
    (20, 3), (40, 8), (80, 12), (80, 18), (80, 22), (99, 40), (120, 16), (120, 38), (200, 60),
  ])
  func `has a place for every part that takes keys`(columns: Int, rows: Int) {
    for part in OverviewPane.Part.allCases {
      for notices in [0, 4] {
        let layout = OverviewLayout(
          Size(columns: columns, rows: rows),
          isWaiting: notices > 0,
          notices: notices,
          part: part
        )
        let place = layout.rect(of: part)
        #expect(!place.isEmpty || rows < 4, "\(part)")
        #expect(place.endRow <= rows)
        #expect(place.endColumn <= columns)
      }
    }
  }
}
