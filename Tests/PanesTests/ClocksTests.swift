import Drawing
import Model
import TestSupport
import Testing

@testable import Panes

/// How long is left, in words, and when the words change.
struct `A countdown` {
  @Test(arguments: [
    (226_800, "2 d 15 h"), (86_400, "1 d 0 h"), (86_399, "23 h 59 min"), (3600, "1 h 0 min"),
    (3599, "59 min 59 s"), (60, "1 min 0 s"), (59, "59 s"), (0, "0 s"), (-1, "late 1 s"),
    (-11_520, "late 3 h 12 min"), (-90_000, "late 1 d 1 h"),
  ])
  func `is told to the second under an hour and to the minute under a day`(
    seconds: Int64,
    words: String
  ) {
    let now = DutyFixture.now
    #expect(Countdown.words(until: now + .seconds(seconds), now: now) == words)
  }

  @Test(arguments: [
    226_800_000, 226_799_999, 86_400_001, 86_400_000, 86_399_999, 3_600_001, 3_600_000, 3_599_500,
    60_000, 1000, 999, 1, 0, -1, -999, -1000, -1001, -3_599_999, -3_600_000, -86_400_000,
  ])
  func `wakes the loop when its words change: not before, and no later`(left: Int64) {
    let due = DutyFixture.now
    let now = due - .milliseconds(left)
    let next = Countdown.nextTick(until: due, now: now)
    #expect(next > now)
    let words = Countdown.words(until: due, now: now)
    #expect(Countdown.words(until: due, now: next) != words)
    #expect(Countdown.words(until: due, now: next - .milliseconds(1)) == words)
  }

  @Test func `tells late and soon by a sign as well as by colour`() {
    let now = DutyFixture.now
    func sign(_ seconds: Int64) -> Character? {
      Countdown.span(until: now + .seconds(seconds), now: now).text.first
    }
    #expect([sign(-1), sign(60), sign(90_000)] == ["!", ">", " "])
  }
}

/// The view of all running clocks.
struct `The view of clocks` {
  private func loaded(
    _ columns: Int = 80,
    _ rows: Int = 22,
    _ change: (inout ClocksPane.State) -> Void = { _ in }
  ) -> ClocksPane.State {
    let context = DutyFixture.context(columns, rows)
    var state = ClocksPane.State()
    change(&state)
    let page = Page(
      window: RowWindow(start: 0, count: 80),
      rows: DutyFixture.clocks,
      total: DutyFixture.clocks.count
    )
    _ = ClocksPane.reduce(&state, .answered(.success(page)), context)
    let dated = DutyFixture.clocks.filter { $0.record.obligation.state.due != nil }
    let month = Page(window: RowWindow(start: 0, count: 80), rows: dated, total: dated.count)
    _ = ClocksPane.reduce(&state, .monthAnswered(.success(month)), context)
    return state
  }

  @Test(arguments: [(80, 22), (120, 38), (40, 8)])
  func `looks as it did when somebody looked at it`(columns: Int, rows: Int) {
    var state = loaded(columns, rows)
    let context = DutyFixture.context(columns, rows)
    for _ in 0..<3 { _ = ClocksPane.reduce(&state, .moved(.by(1)), context) }
    GoldenScreen.expect("clocks/list-\(columns)x\(rows)", size: context.area) {
      ClocksPane.draw(state, on: &$0, in: Rect(context.area), context)
    }
  }

  @Test(arguments: [(80, 22), (120, 38), (40, 8)])
  func `shows groups with a heading on their first row`(columns: Int, rows: Int) {
    let state = loaded(columns, rows) { $0.grouping = .recipient }
    let context = DutyFixture.context(columns, rows)
    GoldenScreen.expect("clocks/grouped-\(columns)x\(rows)", size: context.area) {
      ClocksPane.draw(state, on: &$0, in: Rect(context.area), context)
    }
  }

  private static let waiting = [
    WaitingClocks.Row(
      clock: DutyFixture.row(
        DutyFixture.record(
          8,
          "US-TX-AG",
          to: "attorney general",
          state: .clockNotStarted(missing: [.known("events.determined_at")])
        ),
        30
      ),
      stopped: .init(
        due: DutyFixture.now + .seconds(7200),
        at: DutyFixture.now - .seconds(600),
        cause: "facts changed"
      )
    ),
    WaitingClocks.Row(
      clock: DutyFixture.row(
        DutyFixture.record(
          9,
          "US-WA-IND",
          to: "people affected",
          state: .undetermined(missing: [.known("risk"), .known("harm_likely")])
        ),
        30
      ),
      stopped: nil
    ),
  ]

  private func answerWaiting(_ state: inout ClocksPane.State, _ context: PaneContext) {
    let rows = state.isUnfolded ? Self.waiting : []
    let page = Page(window: RowWindow(start: 0, count: rows.count), rows: rows, total: 2)
    _ = ClocksPane.reduce(&state, .waitingAnswered(.success(page)), context)
  }

  @Test(arguments: [(80, 22), (40, 8)])
  func `has the duties that wait behind the clocks, folded up until they are wanted`(
    columns: Int,
    rows: Int
  ) {
    var state = loaded(columns, rows)
    let context = DutyFixture.context(columns, rows)
    answerWaiting(&state, context)
    #expect(state.table.total == 8)
    _ = ClocksPane.reduce(&state, .moved(.last), context)
    #expect(state.table.selectedRow?.kind == .fold(waiting: 2, isUnfolded: false))
    GoldenScreen.expect("clocks/waiting-folded-\(columns)x\(rows)", size: context.area) {
      ClocksPane.draw(state, on: &$0, in: Rect(context.area), context)
    }
    let effects = ClocksPane.reduce(&state, .openPressed, context)
    guard case .ask(let asking)? = effects.first, let question = asking.question as? WaitingClocks
    else {
      Issue.record("no question")
      return
    }
    #expect(question.window == RowWindow(start: 0, count: 500))
    answerWaiting(&state, context)
    #expect(state.table.total == 10)
    _ = ClocksPane.reduce(&state, .moved(.by(1)), context)
    GoldenScreen.expect("clocks/waiting-\(columns)x\(rows)", size: context.area) {
      ClocksPane.draw(state, on: &$0, in: Rect(context.area), context)
    }
    let opened = ClocksPane.reduce(&state, .openPressed, context)
    guard case .go(let destination)? = opened.first else {
      Issue.record("no destination")
      return
    }
    #expect(destination == .item(Subject(.obligation, 8), of: 30))
    _ = ClocksPane.reduce(&state, .moved(.by(-1)), context)
    _ = ClocksPane.reduce(&state, .openPressed, context)
    #expect(state.table.total == 8)
  }

  @Test func `tells of a clock that stands still by when it was due`() throws {
    var state = loaded()
    let context = DutyFixture.context(80, 22)
    state.isUnfolded = true
    answerWaiting(&state, context)
    let row = try #require(state.table.rows.first { $0.id == 8 })
    let lines = ClocksPane.detail(row, state, context).map { $0.spans.map(\.text).joined() }
    #expect(lines.contains { $0.hasPrefix("! the clock ran: due 2026-09-21 ") })
  }

  @Test func `groups by the soonest clock of each group`() {
    let rows = ClocksPane.arranged(DutyFixture.clocks, by: .recipient)
    #expect(
      rows.map(\.heading)
        == [
          "BSI", "attorney general", "Information Commissioner", "supervisory authority",
          "people affected", "", "",
        ]
    )
    #expect(
      ClocksPane.arranged(DutyFixture.clocks, by: .incident).count { !$0.heading.isEmpty } == 2
    )
  }

  @Test func `opens the incident at the duty under the cursor`() throws {
    var state = loaded()
    let context = DutyFixture.context(80, 22)
    _ = ClocksPane.reduce(&state, .moved(.by(1)), context)
    let effects = ClocksPane.reduce(&state, .openPressed, context)
    guard case .go(let destination)? = effects.first else {
      Issue.record("no destination")
      return
    }
    #expect(destination == .item(Subject(.obligation, 2), of: 30))
  }

  @Test(arguments: [("commissioner", 2), ("INC-2026-0026", 0), ("us-", 1), ("nothing", 0)])
  func `goes to the next row with a text`(text: String, cursor: Int) {
    var state = loaded()
    _ = ClocksPane.reduce(&state, .findTyped(text), DutyFixture.context(80, 22))
    #expect(state.table.cursor == cursor)
  }

  @Test func `searches on with n and back with N, round the end`() {
    var state = loaded()
    let context = DutyFixture.context(80, 22)
    var places: [Int] = []
    for action in [ClocksPane.Action.findTyped("people"), .findMoved(1), .findMoved(1)]
      + [.findMoved(1), .findMoved(-1)]
    {
      _ = ClocksPane.reduce(&state, action, context)
      places.append(state.table.cursor)
    }
    #expect(places == [4, 5, 6, 4, 6])
  }

  @Test func `asks for rows with the text that is typed, from the top`() throws {
    var state = loaded()
    let effects = ClocksPane.reduce(&state, .filterTyped("GDPR"), DutyFixture.context(80, 22))
    guard case .ask(let asking)? = effects.first,
      let question = asking.question as? ClockList
    else {
      Issue.record("no question")
      return
    }
    #expect(question.text == "GDPR")
    #expect(question.window.start == 0)
  }

  @Test func `clears search, then filter, then leaves`() {
    var state = loaded {
      $0.findText = "a"
      $0.filterText = "b"
    }
    let context = DutyFixture.context(80, 22)
    _ = ClocksPane.reduce(&state, .backPressed, context)
    #expect(state.findText.isEmpty && state.filterText == "b")
    _ = ClocksPane.reduce(&state, .backPressed, context)
    #expect(state.filterText.isEmpty)
    guard case .go(.back)? = ClocksPane.reduce(&state, .backPressed, context).first else {
      Issue.record("it should leave")
      return
    }
  }

  @Test func `wakes for the rows that are seen and for no others`() {
    let state = loaded(40, 8)
    // Rows 0 to 5 are seen; the second has 754 s left and reads differently each second.
    #expect(
      ClocksPane.nextTick(state, DutyFixture.context(40, 8))
        == DutyFixture.now + .milliseconds(1)
    )
    // Two rows: only the late one, to the minute, and the one to the second.
    var far = state
    _ = ClocksPane.reduce(&far, .moved(.last), DutyFixture.context(40, 4))
    #expect(ClocksPane.nextTick(far, DutyFixture.context(40, 4)) == nil)
  }

  @Test func `counts what runs out by day in the organisation's zone`() {
    let strip = MonthStrip(
      dues: DutyFixture.clocks.compactMap(\.due),
      now: DutyFixture.now,
      zone: .named("Europe/Berlin")
    )
    #expect(strip.counts.late == 1)
    #expect(
      strip.counts.days.enumerated().filter { $0.element > 0 }.map(\.offset) == [0, 1, 3, 20]
    )
  }

  @Test func `explains a duty with rule, arithmetic, source and who checked it`() {
    let context = DutyFixture.context(80, 22)
    let lines = DutyText.lines(DutyFixture.clocks[3].record, context)
      .map { $0.spans.map(\.text).joined() }
    for text in [
      "Tell the supervisory authority of the breach within 72 hours.",
      "by         the authority's own form", "· affected.EU-DE = 41200",
      "article    Law of EU-GDPR-33-SA", "source     https://eur-lex.europa.eu/eli/reg/2016/679/oj",
      "checked    not verified by counsel", "confidence high",
    ] {
      #expect(lines.contains(text), "\(text) in \(lines)")
    }
    #expect(
      lines.contains { $0.hasPrefix("due        2026-09-24 ") && $0.contains("Europe/Berlin") }
    )
    #expect(lines.contains { $0.contains("+ 72 h ->") })
  }

  @Test func `marks what the organisation's own file set`() {
    let marks = ClocksPane.marks(DutyFixture.clocks[2].record, DutyFixture.rules)
    #expect(marks.text == "*")
    #expect(ClocksPane.marks(DutyFixture.clocks[1].record, nil).text == "~")
    #expect(ClocksPane.marks(DutyFixture.clocks[5].record, nil).text == "=")
  }
}

/// The words for what laws ask.
struct `Every key that laws ask` {
  @Test func `has a label and a question in plain words`() {
    for key in FactKey.fixed.keys.map(FactKey.known) + [.affected, .affected("US-CA")] {
      #expect(key.label != key.description, "\(key)")
      #expect(key.question.hasSuffix("?"), "\(key)")
    }
  }
}
