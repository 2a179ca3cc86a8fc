import Testing

@testable import Model

struct `A request` {
  private static let now = Instant(seconds: 1_779_108_000)  // 2026-05-18T12:40:00Z

  /// A law of one month, extensible to three; worked with no holidays.
  private static let pack = RulePack(
    laws: [],
    rights: [
      RightsLaw(
        id: "x",
        title: "X",
        jurisdiction: "EU",
        people: ["EU-*"],
        terms: [
          .init(
            kinds: [.access, .erasure],
            citation: "art. 12(3)",
            within: .months(1),
            extended: .months(3),
            extensionCitation: "art. 12(3) s. 2"
          )
        ]
      )
    ]
  )

  private static func clock(_ receivedAt: StatedTime, isExtended: Bool = false) throws
    -> RequestClock
  {
    let law = try #require(pack.rightsLaws(for: .access, in: "EU-DE").first)
    return try #require(
      pack.clock(
        for: .access,
        by: law,
        receivedAt: receivedAt,
        isExtended: isExtended,
        Organisation()
      )
    )
  }

  private static func request(receivedAt: Instant = now) throws -> RequestFacts {
    var facts = RequestFacts(
      .access,
      jurisdiction: "EU-DE",
      receivedAt: StatedTime(receivedAt),
      channel: .email
    )
    facts.clock = try clock(facts.receivedAt)
    return facts
  }

  private static func end(_ ground: RefusalGround? = nil, _ note: String = "") -> RequestEnd {
    RequestEnd(
      at: StatedTime(now),
      channel: .email,
      ground: ground,
      note: note,
      recordedAt: Instant(seconds: 0),
      by: ""
    )
  }

  @Test func `is due after a month, and after three where it was put off`() throws {
    let facts = try Self.request()
    #expect(facts.clock?.due.description == "2026-06-18T23:59:59Z")
    let longer = try Self.clock(facts.receivedAt, isExtended: true)
    #expect(longer.due.description == "2026-08-18T23:59:59Z")
    #expect(!facts.isOverdue(at: Self.now))
    #expect(facts.isOverdue(at: Self.now + .seconds(40 * 86_400)))
  }

  @Test func `has no clock by a law that does not protect the person`() {
    #expect(Self.pack.rightsLaws(for: .access, in: "US-CA").isEmpty)
    #expect(Self.pack.rightsLaws(for: .limit, in: "EU-DE").isEmpty)
  }

  @Test func `is answered only once it is known who asks and all work is done`() throws {
    var facts = try Self.request()
    func take(_ step: RequestStep) throws { try facts.take(step, at: Self.now, by: "ana") }
    let stranger = #expect(throws: RefusedStep.self) { try take(.answer(Self.end())) }
    #expect(stranger?.description.contains("nobody has verified who asks") == true)
    try take(.askIdentity("a copy of the order"))
    #expect(facts.identity.state == .asked)
    try take(.verify("order number known"))
    try take(.addTask("export the orders"))
    #expect(throws: RefusedStep.self) { try take(.answer(Self.end())) }
    #expect(throws: RefusedStep.self) { try take(.task(2, isDone: true)) }
    try take(.task(1, isDone: true))
    try take(.answer(Self.end()))
    #expect(facts.state == .answered)
    #expect(facts.end?.by == "ana")
    #expect(facts.end?.recordedAt == Self.now)
    #expect(throws: RefusedStep.self) { try take(.verify("again")) }
    try take(.reopen("more was found"))
    #expect(facts.state == .open)
    #expect(facts.end == nil)
  }

  // Cal. Code Regs. tit. 11, 7027(e): no verification may be asked for.
  @Test(arguments: [(RightsKind.limit, true), (.optOut, true), (.delete, false), (.access, false)])
  func `is followed without knowing who asks only where no law lets one ask`(
    kind: RightsKind,
    isTaken: Bool
  ) throws {
    var facts = try Self.request()
    facts.wanted = kind
    if isTaken {
      try facts.take(.answer(Self.end()), at: Self.now, by: "ana")
    } else {
      #expect(throws: RefusedStep.self) {
        try facts.take(.answer(Self.end()), at: Self.now, by: "ana")
      }
    }
  }

  @Test func `is refused on a ground, with reasons`() throws {
    var facts = try Self.request()
    func take(_ step: RequestStep) throws { try facts.take(step, at: Self.now, by: "ana") }
    #expect(throws: RefusedStep.self) { try take(.refuse(Self.end(nil, "why"))) }
    #expect(throws: RefusedStep.self) { try take(.refuse(Self.end(.excessive, " "))) }
    try take(.verify("known"))
    #expect(throws: RefusedStep.self) { try take(.refuse(Self.end(.notIdentified, "who?"))) }
    try take(.refuse(Self.end(.excessive, "the ninth this week")))
    #expect(facts.state == .refused)
  }

  // GDPR art. 12(3), third sentence: the person is told within one month of receipt.
  @Test(arguments: [(30, true), (31, true), (32, false)])
  func `is put off only where the person was told within the first period`(
    day: Int64,
    isTaken: Bool
  ) throws {
    var facts = try Self.request()
    let told = StatedTime(Self.now + .seconds(day * 86_400))
    let step = RequestStep.extend(
      RequestExtension(reason: "many systems", told: told),
      try Self.clock(facts.receivedAt, isExtended: true)
    )
    do {
      try facts.take(step, at: told.latest, by: "ana")
      #expect(isTaken)
      #expect(facts.clock?.isExtended == true)
      // And only once.
      #expect(throws: RefusedStep.self) { try facts.take(step, at: told.latest, by: "ana") }
    } catch {
      #expect(!isTaken)
      #expect(facts.clock?.isExtended == false)
    }
  }
}
