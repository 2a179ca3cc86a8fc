import Model
import Testing

struct `Small numbers of people` {
  private let small = SmallNumbers(least: 10)

  @Test(arguments: [
    (0, "0"), (1, "fewer than 10"), (9, "fewer than 10"), (10, "10"), (12345, "12345"),
  ])
  func `are not shown, and nobody at all is`(number: Int64, text: String) {
    #expect(small.text(small.shown(number)) == text)
  }

  @Test func `are not shown where nobody knows them`() {
    #expect(small.shown(nil) == .unknown)
  }

  @Test(
    arguments: [
      // Nothing small: all is shown.
      ([20, 30], [], [.number(20), .number(30)], .number(50)),
      // With the sum and the others, a small part could be worked out.
      ([20, 3], [], [.number(20), .few], .withheld),
      // The same where the small part is shown nowhere.
      ([20, 30], [4], [.number(20), .number(30)], .withheld),
      ([3, 4], [], [.few, .few], .few),
      ([8, 9], [], [.few, .few], .withheld),
      ([20, 0], [0], [.number(20), .number(0)], .number(20)),
      ([20, nil], [], [.number(20), .unknown], .unknown),
    ] as [([Int64?], [Int64?], [SmallNumbers.Shown], SmallNumbers.Shown)]
  )
  func `cannot be worked out from a sum`(
    parts: [Int64?],
    rest: [Int64?],
    shown: [SmallNumbers.Shown],
    total: SmallNumbers.Shown
  ) {
    let found = small.shown(parts: parts, rest: rest)
    #expect(found.parts == shown)
    #expect(found.total == total)
  }

  @Test(
    arguments: [
      (1000, 500, .number(500)), (1000, 1000, .number(1000)), (1000, 995, .withheld),
      (1000, 990, .number(990)), (1000, 3, .few), (nil, 500, .number(500)), (8, 8, .few),
    ] as [(Int64?, Int64, SmallNumbers.Shown)]
  )
  func `cannot be worked out from a number and its part`(
    whole: Int64?,
    part: Int64,
    shown: SmallNumbers.Shown
  ) {
    #expect(small.shown(part, of: whole) == shown)
  }

  /// No choice of numbers lets a small part be told from what is shown.
  @Test func `cannot be worked out, whatever the numbers`() {
    let small = SmallNumbers(least: 4)
    for first in Int64(0)...9 {
      for second in Int64(0)...9 {
        for rest in Int64(0)...9 {
          let found = small.shown(parts: [first, second], rest: [rest])
          guard case .number(let total) = found.total else { continue }
          // The sum is shown: then every part is, or none of them is small.
          #expect(total == first + second + rest)
          #expect(![first, second, rest].contains(where: small.isSmall))
        }
      }
    }
  }
}
