import Drawing
import Testing

@testable import Model
@testable import Panes

/// A notice that stands in public for those who cannot be told one by one.
struct `A public notice` {
  private func facts(_ from: Int64, _ until: Int64?) -> PublicationFacts {
    let day: (Int64) -> StatedTime = { StatedTime(DutyFixture.now + .seconds($0 * 86_400)) }
    return PublicationFacts(
      mailing: 1,
      means: .website,
      place: "https://example.org/notice",
      from: day(from),
      until: until.map(day)
    )
  }

  @Test(arguments: [
    (2, 92, "= in 2 d"), (0, 90, "> day 0 of 90"), (-12, 78, "> day 12 of 90"),
    (-12, nil, "> 12 days, open"), (-90, 0, "+ 90 days, over"), (-200, -110, "+ 90 days, over"),
  ])
  func `counts its days, those to come as those that are over`(
    from: Int64,
    until: Int64?,
    words: String
  ) {
    #expect(Look.days(facts(from, until), now: DutyFixture.now).text == words)
  }

  @Test(
    arguments: [
      (2, 92, 2), (0, 90, 1), (-12, 78, 1), (-12, nil, 1), (-90, 0, nil), (-200, -110, nil),
    ] as [(Int64, Int64?, Int64?)]
  )
  func `reads differently when the next day has passed, and not after its last`(
    from: Int64,
    until: Int64?,
    days: Int64?
  ) {
    let item = Publication(
      id: 1,
      incident: 1,
      version: 1,
      facts: facts(from, until),
      recordedAt: DutyFixture.now
    )
    #expect(
      PublicItems.nextTick([item], now: DutyFixture.now)
        == days.map { DutyFixture.now + .seconds($0 * 86_400) }
    )
  }
}

/// Support and its pools, as a list is made of them.
struct `A pool of codes` {
  @Test func `is listed while something is offered out of it, and while codes of it are left`() {
    let answer = OfferNumbers.Answer(
      plan: OfferPlan([
        OfferLine(pool: "b", provider: "Watchful", months: 12),
        OfferLine(pool: "c", provider: "Watchful", months: 24, jurisdictions: ["US-CT"]),
      ]),
      pools: [
        .init(name: "a", imported: 10, assigned: 4, waiting: 0),
        .init(name: "b", imported: 5, assigned: 2, waiting: 9),
      ],
      places: [],
      own: 0
    )
    let pools = SupportItems.items(answer)
    #expect(pools.map(\.id) == ["a", "b", "c"])
    #expect(pools.map { $0.line?.months } == [nil, 12, 24])
    #expect(pools.map(\.numbers.free) == [6, 3, 0])
    #expect(pools.map(\.numbers.missing) == [0, 6, 0])
  }
}
