import Drawing
import Testing

@testable import Model
@testable import Panes

struct `The view of privacy` {
  private static let now = Instant(seconds: 1_779_108_000)

  private static let context = PaneContext(
    now: now,
    zone: .utc,
    area: Size(columns: 120, rows: 30),
    actor: Actor(uid: 1, name: "ana")
  )

  private static func row(_ name: String, _ id: RecordID = 1) -> ActivityRow {
    var facts = ActivityFacts(name: name)
    facts.data = [HeldData("email", why: "to confirm")]
    return ActivityRow(
      activity: Activity(
        id: id,
        reference: "ACT-000\(id)",
        version: 3,
        facts: facts,
        openedAt: now,
        updatedAt: now,
        isRemoved: false
      ),
      gaps: ["no purpose"],
      unjustified: 1,
      rules: 0
    )
  }

  private static func request(_ id: RecordID, due: Instant) -> RightsRequest {
    var facts = RequestFacts(
      .access,
      jurisdiction: "EU-DE",
      receivedAt: StatedTime(now),
      channel: .email
    )
    let reckoning = Period.months(1)
    facts.clock = RequestClock(
      law: "eu-gdpr",
      version: 1,
      citation: "GDPR art. 12(3)",
      reckoning: Reckoning(
        startKey: "received",
        start: now,
        period: reckoning,
        zone: .utc,
        due: due,
        latest: due,
        remarks: []
      ),
      isExtended: false
    )
    return RightsRequest(
      id: id,
      reference: "REQ-2026-000\(id)",
      version: 1,
      facts: facts,
      openedAt: now,
      updatedAt: now,
      isRemoved: false
    )
  }

  @Test func `asks for what its tab shows and turns through the tabs`() {
    var state = PrivacyPane.State()
    func questions(_ effects: [Effect<PrivacyPane.Action>]) -> [String] {
      effects.compactMap { effect in
        if case .ask(let asking) = effect { "\(type(of: asking.question))" } else { nil }
      }
    }
    #expect(
      questions(PrivacyPane.reduce(&state, .appeared, Self.context))
        == ["ActivityList", "PrivacyNumbers"]
    )
    var turned: [String] = []
    for _ in 0..<PrivacyPane.Tab.allCases.count {
      turned += questions(PrivacyPane.reduce(&state, .tabMoved(1), Self.context))
    }
    #expect(
      turned == [
        "DueDataList", "UnjustifiedList", "RequestList", "ImpactList", "ConsentBoard",
        "ActivityList",
      ]
    )
  }

  @Test func `narrows activities as one types and goes back to all of them first`() {
    var state = PrivacyPane.State()
    _ = PrivacyPane.reduce(
      &state,
      .activities(.answered(.success([Self.row("Orders"), Self.row("News", 2)]))),
      Self.context
    )
    _ = PrivacyPane.reduce(&state, .activities(.filterTyped("new")), Self.context)
    #expect(state.activities.table.rows.map(\.id) == [2])
    #expect(PrivacyPane.reduce(&state, .backPressed, Self.context).isEmpty)
    #expect(state.activities.table.rows.map(\.id) == [1, 2])
    let effects = PrivacyPane.reduce(&state, .backPressed, Self.context)
    guard case .go(.back)? = effects.first else {
      Issue.record("it does not go back: \(effects)")
      return
    }
  }

  @Test func `makes a justification of the form's values`() throws {
    var state = ActivitiesTab.State()
    _ = ActivitiesTab.reduce(&state, .answered(.success([Self.row("Orders")])), Self.context)
    let effects = ActivitiesTab.reduce(
      &state,
      .justified(
        Self.row("Orders").activity,
        "email",
        ["why": "to confirm\nand to ask", "on": "2026-05-01"]
      ),
      Self.context
    )
    guard case .apply(let changes, _)? = effects.first else {
      Issue.record("nothing is applied: \(effects)")
      return
    }
    let day = try StatedTime(reading: "2026-05-01", Self.context.reading)
    #expect(
      changes.first as? JustifyData
        == JustifyData(
          id: 1,
          basedOn: 3,
          category: "email",
          why: "to confirm and to ask",
          on: day
        )
    )
  }

  @Test func `reveals who asks only for a reason`() {
    var state = RequestsTab.State()
    _ = RequestsTab.reduce(
      &state,
      .answered(
        .success(
          Page(
            window: RowWindow(start: 0, count: 9),
            rows: [Self.request(1, due: Self.now)],
            total: 1
          )
        )
      ),
      Self.context
    )
    guard case .toast? = RequestsTab.reduce(&state, .reasonTyped(1, " "), Self.context).first
    else {
      Issue.record("no reason was wanted")
      return
    }
    guard
      case .work(let work)? = RequestsTab.reduce(&state, .reasonTyped(1, "to answer"), Self.context)
        .first
    else {
      Issue.record("nothing is read")
      return
    }
    #expect((work.job as? RequestReveal)?.reason == "to answer")
  }

  @Test(arguments: [
    ([10, 30], [] as [Int], ["r1", "r2"]), ([10, 30], [20], ["r1", "c20", "r2"]),
    ([10], [10, 20], ["c10", "r1", "c20"]), ([], [5], ["c5"]),
  ])
  func `puts requests among the running clocks by their due time`(
    requests: [Int],
    clocks: [Int],
    order: [String]
  ) {
    func due(_ hours: Int) -> Instant { Self.now + .seconds(Int64(hours) * 3600) }
    var rows = clocks.map { ClocksPane.Row(kind: .running(Self.clock(due($0), "c\($0)"))) }
    let start = ClocksPane.merge(
      requests.enumerated().map { Self.request(RecordID($0 + 1), due: due($1)) },
      into: &rows,
      isFirst: true,
      isLast: true,
      0
    )
    #expect(start == 0)
    #expect(rows.map { $0.request.map { "r\($0.id)" } ?? $0.clock?.reference ?? "" } == order)
  }

  @Test func `leaves requests out of a stretch of clocks that they do not belong to`() {
    let due = Self.now + .seconds(3600)
    var rows = [ClocksPane.Row(kind: .running(Self.clock(due, "c")))]
    let start = ClocksPane.merge(
      [
        Self.request(1, due: due - .seconds(60)), Self.request(2, due: due + .seconds(60)),
      ],
      into: &rows,
      isFirst: false,
      isLast: false,
      40
    )
    #expect(start == 41)
    #expect(rows.count == 1)
  }

  private static func clock(_ due: Instant, _ reference: String) -> ClockList.Row {
    let seconds = (due - DutyFixture.now).components.seconds
    return ClockList.Row(
      record: DutyFixture.record(1, "X", to: "y", in: seconds),
      reference: reference,
      title: "",
      severity: nil
    )
  }
}
