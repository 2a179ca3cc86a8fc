import Model
import Testing

private let start = Instant(seconds: 1_790_000_000)

private func clock(
  _ rule: String,
  in hours: Int,
  incident: RecordID = 1,
  isExercise: Bool = false
) -> NearClocks.Clock {
  NearClocks.Clock(
    incident: incident,
    reference: "INC-2026-000\(incident)",
    rule: rule,
    due: start + .seconds(hours * 3600),
    isExercise: isExercise
  )
}

private func at(_ hours: Double) -> Instant { start + .seconds(hours * 3600) }

struct `A watch over running clocks` {
  private let hours = [48, 24, 6, 1]

  private func watch(_ clocks: [NearClocks.Clock]) -> ReminderWatch {
    var watch = ReminderWatch()
    #expect(watch.take(NearClocks.Answer(clocks: clocks), hours: hours, now: start) == [])
    return watch
  }

  @Test func `says each step once, when it passes, and at last that it is late`() {
    var watch = watch([clock("A", in: 72)])
    var said: [(Instant, Int)] = []
    var wakes = 0
    while let next = watch.nextChange {
      wakes += 1
      #expect(watch.pass(to: next - .milliseconds(1)).isEmpty)
      for news in watch.pass(to: next) { said.append((next, news.hours)) }
      #expect(watch.pass(to: next).isEmpty)
    }
    #expect(said.map(\.1) == [48, 24, 6, 1, 0])
    #expect(said.map(\.0) == [at(24), at(48), at(66), at(71), at(72) + .milliseconds(1)])
    // One wake more: at twelve hours the line reads differently.
    #expect(wakes == 6)
  }

  @Test func `says nothing of steps that had passed when the clock was first seen`() {
    var watch = watch([clock("A", in: -1), clock("B", in: 5)])
    #expect(watch.pass(to: at(1)) == [])
    // Brought in by somebody else, within its last hours: it is on the screen already.
    let known = [clock("B", in: 5), clock("C", in: 7)]
    #expect(watch.take(NearClocks.Answer(clocks: known), hours: hours, now: at(2)) == [])
    #expect(watch.pass(to: at(4)).map(\.clock.rule) == ["B"])
    #expect(watch.pass(to: at(6)).map(\.clock.rule) == ["B", "C"])
  }

  @Test func `of several steps that passed while nobody looked says the last alone`() {
    var watch = watch([clock("A", in: 72), clock("B", in: 100)])
    let news = watch.pass(to: at(71.5))
    #expect(news.map(\.clock.rule) == ["A", "B"])
    #expect(news.map(\.hours) == [1, 48])
    #expect(watch.pass(to: at(71.9)) == [])
  }

  @Test func `says a step that passed between the question and its answer`() {
    var watch = watch([clock("A", in: 7)])
    let answer = NearClocks.Answer(clocks: [clock("A", in: 7)])
    let news = watch.take(answer, hours: hours, now: at(1.5))
    #expect(news.map(\.hours) == [6])
    #expect(watch.take(answer, hours: hours, now: at(1.6)) == [])
  }

  @Test func `says nothing of a clock that was met, and starts anew where the deadline moved`() {
    var watch = watch([clock("A", in: 7), clock("B", in: 7)])
    let moved = NearClocks.Answer(clocks: [clock("B", in: 9)])
    #expect(watch.take(moved, hours: hours, now: at(0.5)) == [])
    #expect(watch.pass(to: at(2)) == [])
    #expect(watch.pass(to: at(3)).map(\.clock.rule) == ["B"])
  }

  @Test func `follows the hours that the organisation wants`() {
    var watch = ReminderWatch()
    _ = watch.take(NearClocks.Answer(clocks: [clock("A", in: 10)]), hours: [3, 0, -2], now: start)
    #expect(watch.longestStep == .seconds(3 * 3600))
    #expect(watch.nextChange == at(7))
    #expect(watch.pass(to: at(7)).map(\.hours) == [3])
    #expect(watch.nextChange == at(10) + .milliseconds(1))
  }

  @Test func `reads on when half of more clocks than it holds have run out`() {
    var watch = ReminderWatch()
    let near = (1...10).map { clock("R\($0)", in: $0) }
    _ = watch.take(NearClocks.Answer(clocks: near, hasMore: true), hours: hours, now: start)
    #expect(!watch.mustRead(at: at(5)))
    #expect(watch.mustRead(at: at(6)))
    watch.willRead()
    #expect(!watch.mustRead(at: at(6)))
    let far = [clock("F", in: 300), clock("G", in: 400)]
    _ = watch.take(NearClocks.Answer(clocks: far, hasMore: true), hours: hours, now: at(6))
    #expect(!watch.mustRead(at: at(351)) && watch.mustRead(at: at(400)))
  }

  @Test func `never wakes where no clock runs`() {
    #expect(ReminderWatch().nextChange == nil)
    #expect(watch([]).nextChange == nil)
  }

  @Test func `says in one line what is soon, late and waiting, exercises apart`() {
    var watch = ReminderWatch()
    #expect(watch.line(now: start) == "")
    let clocks = [
      clock("A", in: 1), clock("D", in: 2, isExercise: true), clock("B", in: 12),
      clock("C", in: 13),
    ]
    let answer = NearClocks.Answer(clocks: clocks, late: 1, waiting: 3, waitingExercises: 1)
    _ = watch.take(answer, hours: hours, now: start)
    #expect(
      watch.line(now: start)
        == "2 clocks < 12 h, 1 late, 3 waiting, [DRILL] 1 clock < 12 h, 1 waiting"
    )
    _ = watch.pass(to: at(1.5))
    #expect(
      watch.line(now: at(1.5))
        == "2 clocks < 12 h, 2 late, 3 waiting, [DRILL] 1 clock < 12 h, 1 waiting"
    )
    #expect(watch.line(now: start, within: .seconds(48 * 3600)).hasPrefix("3 clocks < 2 d, 1 late"))
  }
}

struct `A tally of clocks` {
  @Test(arguments: [
    ([], 0, ""), ([13], 0, ""), ([12], 0, "1 clock < 12 h"), ([0, 1], 0, "2 clocks < 12 h"),
    ([-1], 0, "1 late"), ([-1, 1], 2, "1 clock < 12 h, 1 late, 2 waiting"), ([], 1, "1 waiting"),
  ])
  func `is one line`(hours: [Int], waiting: Int, line: String) {
    var tally = ClockTally()
    for hour in hours {
      tally.count(start + .seconds(hour * 3600), now: start, within: .seconds(12 * 3600))
    }
    tally.waiting = waiting
    #expect(tally.words(within: .seconds(12 * 3600)) == line)
  }

  @Test(arguments: [
    (Duration.seconds(86_400), "1 d"), (.seconds(12 * 3600), "12 h"), (.seconds(5400), "90 min"),
    (.zero, "0 h"),
  ])
  func `names its length in the largest whole unit`(length: Duration, text: String) {
    #expect(length.span == text)
  }
}

struct `A clock that stands still` {
  private static let deadline = Obligation.State.due(
    .init(due: at(5), latest: at(5), provisional: false, clockStart: "events.aware_at")
  )
  private static let waiting = Obligation.State.clockNotStarted(
    missing: [.known("events.aware_at")]
  )
  private static let unsure = Obligation.State.undetermined(missing: [.known("risk")])

  private func history(_ states: [Obligation.State]) -> [ObligationRecord] {
    states.enumerated().map { index, state in
      ObligationRecord(
        id: Int64(states.count - index),
        incident: 1,
        obligation: Obligation(
          id: "A",
          jurisdiction: "EU",
          recipient: "authority",
          law: "art. 1",
          state: state,
          because: [],
          confidence: .high,
          reckoning: nil,
          version: 1
        ),
        computedAt: start - .seconds(index * 60),
        cause: "cause \(index)"
      )
    }
  }

  @Test(
    arguments: [
      ([waiting], nil), ([deadline], nil), ([waiting, deadline], 0),
      ([unsure, waiting, deadline], 1),
      ([waiting, Obligation.State.none, deadline], nil),
      ([waiting, .noFixedDeadline(clockStart: nil, provisional: false), deadline], nil),
      ([waiting, .held(without: nil)], nil), ([], nil),
    ] as [([Obligation.State], Int?)]
  )
  func `keeps by when it was due, and what stopped it`(states: [Obligation.State], by: Int?) {
    let stopped = WaitingClocks.Stopped(history(states))
    #expect(stopped?.due == by.map { _ in at(5) })
    #expect(stopped?.cause == by.map { "cause \($0)" })
    #expect(stopped?.at == by.map { start - .seconds($0 * 60) })
  }
}
