import Model
import Testing

struct `Numbers of small groups` {
  @Test(arguments: [
    // Nothing is small: nothing is hidden.
    ([12, 30, 10], [false, false, false]),
    // One small group could be worked out from the total: the smallest other goes with it.
    ([4, 30, 12], [true, false, true]),
    // Two small groups that are enough together stay alone.
    ([4, 6, 30], [true, true, false]),
    // Two small groups that are not enough together take a third.
    ([2, 3, 30, 12], [true, true, false, true]),
    // A group of nobody hides nothing, and protects nobody.
    ([0, 4, 30, 12], [false, true, false, true]),
    // Of equal ones the first is taken, each time.
    ([4, 12, 12], [true, true, false]),
    // Everything is hidden where nothing else protects.
    ([4, 12], [true, true]),
    ([], []),
  ])
  func `are hidden together with what they could be worked out from`(
    sizes: [Int],
    hidden: [Bool]
  ) {
    #expect(GroupSuppression.hidden(sizes, least: 10) == hidden)
  }

  @Test func `need no company where the total is not known`() {
    #expect(GroupSuppression.hidden([4, 30], least: 10, isTotalShown: false) == [true, false])
  }

  /// Whatever the sizes: who subtracts all shown numbers from the total is left with nothing, or with
  /// one number about several groups and enough people.
  @Test func `leave nothing that a subtraction would find`() {
    for first in 0...25 {
      for second in 0...25 {
        for third in [0, 1, 9, 10, 11, 40] {
          let sizes = [first, second, third, 14]
          let hidden = GroupSuppression.hidden(sizes, least: 10)
          let inside = sizes.indices.filter { hidden[$0] }
          let people = inside.reduce(0) { $0 + sizes[$1] }
          #expect(sizes.indices.allSatisfy { hidden[$0] || sizes[$0] == 0 || sizes[$0] >= 10 })
          #expect(
            inside.isEmpty || (inside.count > 1 && people >= 10) || people == sizes.reduce(0, +)
          )
        }
      }
    }
  }

  @Test func `count each step with those before it`() {
    var counts = PhishingCounts()
    counts.add(.submitted, isReported: false)
    counts.add(.opened, isReported: true)
    counts.add(.sent, isReported: false)
    counts.add(.notSent, isReported: false)
    #expect(counts.sent == 3)
    #expect(counts.opened == 2)
    #expect(counts.clicked == 1)
    #expect(counts.submitted == 1)
    #expect(counts.reported == 1)
    #expect(counts.share(counts.clicked) == 333)
    #expect(PhishingCounts().share(0) == nil)
  }
}
