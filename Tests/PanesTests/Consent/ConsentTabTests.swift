import Drawing
import TestSupport
import Testing

@testable import Model
@testable import Panes

struct `The tab of consents` {
  private static let context = DutyFixture.context(120, 30)

  private func shown(_ count: Int = 3_000) async -> (FakeConsents, ConsentTab.State) {
    var (fake, state) = (FakeConsents(count), ConsentTab.State())
    await fake.send(.shown, &state, Self.context)
    return (fake, state)
  }

  @Test func `counts by tallies and opens the records of a purpose, and of its stale consents`()
    async throws
  {
    var (fake, state) = await shown()
    #expect(state.list.table.rows.map(\.purpose.facts.slug) == ["newsletter", "sizing"])
    await fake.send(.openPressed, &state, Self.context)
    #expect(state.ledger?.table.total == fake.passing(ConsentFilter()).count)
    await fake.send(.backPressed, &state, Self.context)
    #expect(state.ledger == nil)
    await fake.send(.stalePressed, &state, Self.context)
    #expect(state.ledger?.filterText == "is:stale")
    #expect(state.ledger?.table.total == fake.passing(.stale).count)
    #expect(state.ledger?.row.stale == fake.passing(.stale).count)
    // Back: first to everybody, then to the purposes.
    await fake.send(.backPressed, &state, Self.context)
    #expect(state.ledger?.filter == ConsentFilter())
    await fake.send(.backPressed, &state, Self.context)
    #expect(state.ledger == nil)
  }

  @Test(arguments: [
    "", "standing:all", "state:withdrawn", "is:stale", "channel:none version:2025-1",
  ])
  func `shows each record that passes once, whichever way it is paged`(filter: String) async throws
  {
    var (fake, state) = await shown(1_500)
    await fake.send(.openPressed, &state, Self.context)
    await fake.send(.ledger(.filterTyped(filter)), &state, Self.context)
    let wanted = fake.passing(try ConsentFilter(parsing: filter)).map(\.number)
    var seen: [Int64] = []
    while seen.count < wanted.count, let record = state.ledger?.selected {
      seen.append(record.number)
      await fake.send(.moved(.by(1)), &state, Self.context)
    }
    #expect(seen == wanted)
    await fake.send(.moved(.last), &state, Self.context)
    #expect(state.ledger?.selected?.number == wanted.last)
    await fake.send(.moved(.first), &state, Self.context)
    #expect(state.ledger?.selected?.number == wanted.first)
  }

  @Test func `asks for windows, never for all`() async {
    var (fake, state) = await shown(100_000)
    await fake.send(.openPressed, &state, Self.context)
    for motion in [Motion.last, .first, .page(1), .page(1), .last] {
      await fake.send(.moved(motion), &state, Self.context)
      #expect(state.ledger?.table.rows.count ?? 0 < 300)
    }
    #expect(fake.asked < 14)
  }

  @Test func `finds a person by whole reference and reveals for a reason alone`() async {
    var (fake, state) = await shown(50)
    await fake.send(.openPressed, &state, Self.context)
    let none = await fake.send(.ledger(.findTyped("ada")), &state, Self.context)
    #expect(none.count == 1 && state.ledger?.found == nil)
    await fake.send(.ledger(.findTyped("ada7@example.org")), &state, Self.context)
    #expect(state.ledger?.found?.map(\.number) == [7])
    let asked = await fake.send(.ledger(.revealPressed), &state, Self.context)
    guard case .present(.prompt)? = asked.first else {
      Issue.record("no reason was asked for")
      return
    }
    let records = state.ledger?.found ?? []
    let blank = await fake.send(.ledger(.reasonTyped(records, " ")), &state, Self.context)
    guard case .toast? = blank.first else {
      Issue.record("it was revealed without a reason")
      return
    }
    let work = await fake.send(.ledger(.reasonTyped(records, "she asks")), &state, Self.context)
    guard case .work? = work.first else {
      Issue.record("nothing was revealed")
      return
    }
  }

  @Test func `says what is wrong with a filter and keeps the one in force`() async {
    var (fake, state) = await shown(50)
    await fake.send(.openPressed, &state, Self.context)
    await fake.send(.ledger(.filterTyped("state:given")), &state, Self.context)
    await fake.send(.ledger(.filterTyped("state:given x:y")), &state, Self.context)
    #expect(state.ledger?.filterProblem?.contains("x:y is no part of a filter") == true)
    #expect(state.ledger?.filter == ConsentFilter(states: [.given]))
  }

  @Test(arguments: [(120, 30), (80, 22), (40, 8)])
  func `is drawn at every size`(columns: Int, rows: Int) async {
    let context = DutyFixture.context(columns, rows)
    var (fake, state) = await shown()
    func draw(_ name: String) {
      GoldenScreen.expect("consent/\(name)-\(columns)x\(rows)", size: context.area) { canvas in
        ConsentTab.draw(state, on: &canvas, in: Rect(context.area), context)
      }
    }
    draw("purposes")
    await fake.send(.openPressed, &state, context)
    draw("records")
    await fake.send(.ledger(.filterTyped("is:stale")), &state, context)
    draw("stale")
  }

  @Test func `says what to do where there is nothing`() {
    var state = ConsentTab.State()
    _ = ConsentTab.reduce(&state, .answered(.success([])), Self.context)
    GoldenScreen.expect("consent/empty-80x22", size: Size(columns: 80, rows: 22)) { canvas in
      ConsentTab.draw(
        state,
        on: &canvas,
        in: Rect(Size(columns: 80, rows: 22)),
        DutyFixture.context(80, 22)
      )
    }
  }
}
