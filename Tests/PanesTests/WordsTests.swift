import Drawing
import Model
import Testing

@testable import Panes

/// Words for times and numbers, wherever they are shown.
struct `Words` {
  @Test(arguments: [
    (0, "under a minute"), (59, "under a minute"), (60, "1 min"), (3600, "1 h"),
    (33_120, "9 h 12 min"), (86_400, "1 d"), (97_200, "1 d 3 h"), (1_209_600, "14 d"),
    (-7200, "2 h"),
  ])
  func `name a length in its two largest units`(seconds: Int, words: String) {
    #expect(TimeWords.length(.seconds(seconds)) == words)
  }

  @Test(arguments: [
    (-61, "ahead"), (0, "now"), (59, "now"), (60, "1m"), (3599, "59m"), (3600, "1h"),
    (86_400, "1d"), (86_400 * 400, "400d"), (86_400 * 1100, "3y"),
  ])
  func `name an age in one unit`(seconds: Int64, words: String) {
    let now = Instant(seconds: 1_790_000_000)
    #expect(TimeWords.age(now - .seconds(seconds), now: now) == words)
  }

  @Test(arguments: [0, 1, 59, 60, 61, 3599, 3600, 7300, 86_399, 86_400, 200_000])
  func `say when an age will read otherwise: not before, and no later`(seconds: Int64) {
    let then = Instant(seconds: 1_790_000_000)
    let now = then + .seconds(seconds)
    let next = TimeWords.nextAge(then, now: now)
    #expect(next > now)
    let words = TimeWords.age(then, now: now)
    #expect(TimeWords.age(then, now: next) != words)
    #expect(TimeWords.age(then, now: next - .milliseconds(1)) == words)
  }

  @Test(
    arguments: [
      (nil, "?"), (0, "0"), (999, "999"), (1000, "1 000"), (12_000_000_000, "12 000 000 000"),
    ] as [(Int64?, String)]
  )
  func `set thousands apart, and unknown is not zero`(number: Int64?, words: String) {
    #expect(Look.count(number) == words)
  }

  @Test func `say late in words and not by colour alone`() {
    let now = Instant(seconds: 1_790_000_000)
    let due = StatedTime(now - .seconds(7200))
    #expect(Look.due(due, isOpen: true, now: now).text == "2 h late")
    #expect(Look.due(due, isOpen: true, now: now).style.role == .deadlineOverdue)
    #expect(Look.due(due, isOpen: false, now: now).style.role == .deadlineMet)
    #expect(Look.due(nil, isOpen: true, now: now).text == "no due time")
  }
}
