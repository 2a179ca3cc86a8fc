import Model
import Testing

struct `The period of a board's report` {
  @Test(arguments: [
    ("2026", "2026-01-01", "2027-01-01", "2025"),
    ("2026-Q3", "2026-07-01", "2026-10-01", "2026-Q2"),
    ("2026-q1", "2026-01-01", "2026-04-01", "2025-Q4"),
    ("2026-01", "2026-01-01", "2026-02-01", "2025-12"),
    ("2026-12", "2026-12-01", "2027-01-01", "2026-11"),
  ])
  func `is a year, a quarter or a month`(
    text: String,
    from: String,
    until: String,
    before: String
  ) throws {
    let period = try #require(BoardPeriod(text))
    #expect(CivilTime(period.start(in: .utc)).isoDate == from)
    #expect(CivilTime(period.end(in: .utc)).isoDate == until)
    #expect(period.previous.text == before)
    #expect(period.text == text.uppercased())
    #expect(period.previous.end(in: .utc) == period.start(in: .utc))
  }

  @Test(arguments: [
    "", "26", "2026-", "2026-Q5", "2026-Q0", "2026-13", "2026-00", "2026-7", "2026-07-01", "Q3",
    "0000", "２０２６", "2026-Q３", "99999",
  ])
  func `is nothing else`(text: String) { #expect(BoardPeriod(text) == nil) }

  @Test func `begins where the organisation is`() throws {
    let berlin = try #require(Zone("Europe/Berlin"))
    let period = try #require(BoardPeriod("2026-Q3"))
    #expect(period.start(in: berlin).description == "2026-06-30T22:00:00Z")
  }
}

struct `Times of a board's report` {
  private static func day(_ day: Int) -> StatedTime? { StatedTime(year: 2026, month: 5, day: day) }

  @Test func `count what is known to the day or better, a day by its middle`() {
    var times = BoardTimes()
    times.add(
      from: Self.day(3),
      to: StatedTime(year: 2026, month: 5, day: 4, hour: 12, minute: 0, second: 0)
    )
    #expect(times.median == Int64(24 * 60))
    #expect(times.toTheDay == 1)
    times.add(from: Self.day(3), to: StatedTime(year: 2026, month: 5))
    times.add(from: nil, to: Self.day(3))
    #expect((times.minutes.count, times.missing, times.base) == (1, 2, 3))
  }

  @Test func `count of a day what the other time leaves of it`() {
    let noon = StatedTime(year: 2026, month: 5, day: 3, hour: 14, minute: 0, second: 0)
    var times = BoardTimes()
    times.add(from: noon, to: Self.day(3))
    times.add(from: Self.day(3), to: noon)
    #expect((298...300).contains(times.minutes[0]), "half of what is left after it")
    #expect((418...420).contains(times.minutes[1]), "half of what lies before it")
    times.add(from: Self.day(3), to: Self.day(3))
    #expect(times.minutes[2] == 0)
  }

  @Test func `of what was stated the wrong way round are nothing`() {
    var times = BoardTimes()
    times.add(from: Self.day(9), to: Self.day(3))
    #expect(times.median == 0)
  }

  @Test(
    arguments: [
      ([], nil), ([5], 5), ([1, 3], 2), ([1, 2, 9], 2), ([1, 2, 4, 9], 3),
    ] as [([Int64], Int64?)]
  )
  func `have the middle one as their median`(numbers: [Int64], median: Int64?) {
    #expect(BoardTimes.median(numbers) == median)
  }

  @Test(
    arguments: [
      (0, "0 min"), (59, "59 min"), (60, "1 h"), (135, "2 h 15 min"), (1440, "1 d"),
      (1500, "1 d 1 h"),
    ] as [(Int64, String)]
  )
  func `are said in their two largest units`(minutes: Int64, words: String) {
    #expect(BoardTimes.words(minutes) == words)
  }
}
