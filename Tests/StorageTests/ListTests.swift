import Model
import Storage
import TestSupport
import Testing

struct `A list of incidents` {
  /// Thirty incidents whose columns repeat, with gaps.
  private static func filled() async throws -> StoreFixture {
    let fixture = try StoreFixture()
    for number in 0..<30 {
      let facts = IncidentFacts(
        title: ["beta", "Alpha", "émile", "alpha"][number % 4] + (number % 3 == 0 ? "" : " x"),
        summary: number % 5 == 0 ? "ÄRGER mit 100 %" : "nothing",
        severity: [nil, .low, .critical][number % 3],
        outcome: number % 2 == 0 ? .undetermined : .nearMiss,
        actions: number % 2 == 0 ? [.hacking] : [.error, .misuse],
        roles: number % 4 == 0 ? [:] : [.lead: ["ana", "Bo"][number % 2], .counsel: "Zoë"],
        instants: number % 3 == 0
          ? [:] : [.occurred: StatedTime(Instant(seconds: Int64(number % 7) * 86_400))],
        affected: number % 6 == 0
          ? [] : [AffectedPeople(jurisdiction: "EU-DE", count: Int64(number % 5))],
        data: DataExposure(categories: number % 2 == 0 ? ["email"] : []),
        assets: ["host_\(number % 3)"],
        tags: number % 2 == 0 ? ["mail_x", "vip"] : ["mailbox"]
      )
      fixture.clock.advance(by: .seconds(Int64(number % 3) * 3600))
      let receipt = try await fixture.store.apply(
        OpenIncident(facts: facts, state: IncidentState.allCases[number % 8]),
        origin: "test"
      )
      if number % 7 == 6 {
        try await fixture.store.apply(
          RemoveIncident(id: receipt.subject.id, basedOn: 1, reason: ""),
          origin: "test"
        )
      }
    }
    return fixture
  }

  static let orders = IncidentOrder.Column.allCases.flatMap { column in
    [true, false].map { IncidentOrder(column, descending: $0) }
  }

  @Test(arguments: orders)
  func `has the same order in every window, and every row at its position`(order: IncidentOrder)
    async throws
  {
    let fixture = try await Self.filled()
    for filter in [Filter(), Filter(terms: [.init(.field(.kind, "hacking"))])] {
      let whole = try await fixture.store.answer(
        IncidentList(filter: filter, order: order, window: RowWindow(start: 0, count: 100))
      )
      #expect(whole.rows.count == whole.total)
      #expect(whole.total == (filter.isEmpty ? 26 : 13))
      for start in 0..<whole.total {
        for count in [1, 4] {
          let page = try await fixture.store.answer(
            IncidentList(
              filter: filter,
              order: order,
              window: RowWindow(start: start, count: count)
            )
          )
          #expect(page.rows == Array(whole.rows.dropFirst(start).prefix(count)))
        }
        let id = whole.rows[start].id
        #expect(
          try await fixture.store.answer(
            IncidentPosition(id: id, filter: filter, order: order)
          ) == start
        )
      }
      let opposite = IncidentOrder(order.column, descending: !order.isDescending)
      let reversed = try await fixture.store.answer(
        IncidentList(filter: filter, order: opposite, window: RowWindow(start: 0, count: 100))
      )
      #expect(reversed.rows.map(\.id) == whole.rows.map(\.id).reversed())
    }
    #expect(
      try await fixture.store.answer(IncidentPosition(id: 7, filter: Filter(), order: order))
        == nil
    )
  }

  @Test func `is sorted as people would`() async throws {
    let fixture = try await Self.filled()
    func rows(_ order: IncidentOrder) async throws -> [IncidentRow] {
      try await fixture.store.answer(
        IncidentList(order: order, window: RowWindow(start: 0, count: 100))
      ).rows
    }
    #expect(
      try await rows(.init(.severity, descending: true)).map { $0.severity?.rank ?? 0 }
        .isDescending
    )
    #expect(try await rows(.init(.state, descending: true)).map(\.state.rank).isDescending)
    #expect(try await rows(.init(.updated, descending: true)).map(\.updatedAt).isDescending)
    #expect(
      try await rows(.init(.affected, descending: true)).map { $0.affected ?? -1 }.isDescending
    )
    #expect(
      try await rows(.init(.title, descending: true)).map { $0.title.lowercased() }.isDescending
    )
  }

  /// Filter terms and the numbers of the incidents (from 1) that must pass.
  static let filters: [(Filter.Test, @Sendable (Int) -> Bool)] = [
    (.contains("ärger"), { $0 % 5 == 0 }),
    (.contains("100 %"), { $0 % 5 == 0 }),
    (.contains("INC-2026-0003"), { $0 == 2 }),
    (.contains("vip"), { $0 % 2 == 0 }),
    (.fuzzy("alx"), { $0 % 2 == 1 && $0 % 3 != 0 }),
    (.fuzzy("%"), { _ in false }),
    (.field(.state, "triage"), { $0 % 8 == 1 }),
    (.field(.severity, "critical"), { $0 % 3 == 2 }),
    (.field(.severity, "none"), { $0 % 3 == 0 }),
    (.field(.outcome, "near-miss"), { $0 % 2 == 1 }),
    (.field(.kind, "misuse"), { $0 % 2 == 1 }),
    (.field(.tag, "mail_"), { $0 % 2 == 0 }),
    (.field(.tag, "MAIL"), { _ in true }),
    (.field(.asset, "host_1"), { $0 % 3 == 1 }),
    (.field(.data, "email"), { $0 % 2 == 0 }),
    (.field(.lead, "BO"), { $0 % 4 != 0 && $0 % 2 == 1 }),
    (.field(.person, "zo"), { $0 % 4 != 0 }),
    (.field(.jurisdiction, "eu"), { $0 % 6 != 0 }),
    (.field(.source, "veris"), { _ in false }),
    (.field(.is, "open"), { $0 % 8 != 7 }),
    (.field(.is, "closed"), { $0 % 8 == 7 }),
    (.field(.is, "imported"), { _ in false }),
    (.field(.has, "lead"), { $0 % 4 != 0 }),
    (.field(.has, "people"), { $0 % 6 != 0 }),
    (.field(.has, "tasks"), { _ in false }),
    (.field(.has, "evidence"), { _ in false }),
    (.field(.has, "overdue"), { _ in false }),
    (.field(.has, "awareness"), { _ in false }),
    (.number(.affected, .greaterOrEqual, 3), { $0 % 6 != 0 && $0 % 5 >= 3 }),
    (.number(.affected, .equal, 0), { $0 % 6 != 0 && $0 % 5 == 0 }),
    (
      .time(.occurred, .less, StatedTime(Instant(seconds: 86_400))),
      { $0 % 3 != 0 && $0 % 7 == 0 }
    ),
    (
      .time(.occurred, .greater, StatedTime(Instant(seconds: 5 * 86_400))),
      { $0 % 3 != 0 && $0 % 7 == 6 }
    ),
  ]

  @Test(arguments: filters.indices)
  func `passes what a filter says, and its opposite the rest`(index: Int) async throws {
    let (test, expected) = Self.filters[index]
    let fixture = try await Self.filled()
    let listed = (0..<30).filter { $0 % 7 != 6 }
    for negated in [false, true] {
      let filter = Filter(terms: [.init(test, negated: negated)])
      let page = try await fixture.store.answer(
        IncidentList(
          filter: filter,
          order: .init(.reference, descending: false),
          window: RowWindow(start: 0, count: 100)
        )
      )
      let numbers = listed.filter { expected($0) != negated }
      #expect(page.rows.map { Int($0.id) - 1 } == numbers)
      #expect(page.total == numbers.count)
      let narrowed = Filter(terms: filter.terms + [.init(.field(.severity, "low"), negated: true)])
      let rest = try await fixture.store.answer(
        IncidentList(filter: narrowed, window: RowWindow(start: 0, count: 1))
      )
      #expect(rest.total == numbers.filter { $0 % 3 != 1 }.count)
      #expect(
        try await fixture.store.answer(IncidentIDs(filter: filter)) == numbers.map { Int64($0 + 1) }
      )
    }
  }

  @Test func `shows removed incidents when asked for them alone`() async throws {
    let fixture = try await Self.filled()
    let ids = try await fixture.store.answer(
      IncidentIDs(filter: Filter(terms: [.init(.field(.is, "removed"))]))
    )
    #expect(ids == [7, 14, 21, 28])
  }

  @Test(arguments: [
    Filter.Test.field(.state, "x"), .field(.severity, "' OR 1"), .field(.is, "lost"),
    .field(.affected, "3"), .number(.state, .less, 1),
    .time(.lead, .less, StatedTime(Instant(seconds: 0))),
  ])
  func `refuses a filter that makes no sense`(test: Filter.Test) async throws {
    let fixture = try StoreFixture()
    await #expect(throws: StoreError.self) {
      try await fixture.store.answer(
        IncidentList(
          filter: Filter(terms: [.init(test)]),
          window: RowWindow(start: 0, count: 1)
        )
      )
    }
  }

  @Test func `is walked one by one for exports, in one snapshot`() async throws {
    let fixture = try await Self.filled()
    let seen = Collected()
    try await fixture.store.eachIncident(
      filter: Filter(terms: [.init(.field(.kind, "hacking"))]),
      order: .init(.reference, descending: false)
    ) { incident, _ in seen.add(incident.id) }
    #expect(
      seen.ids
        == (try await fixture.store.answer(
          IncidentIDs(filter: Filter(terms: [.init(.field(.kind, "hacking"))]))
        ))
    )
  }
}

extension Array where Element: Comparable {
  fileprivate var isDescending: Bool { zip(self, dropFirst()).allSatisfy { $0 >= $1 } }
}
