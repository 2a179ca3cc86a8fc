import Testing

@testable import Model

struct `A field of an activity` {
  private static let reading = TimeReading(
    now: Instant(seconds: 1_779_108_000),
    zone: Zone("Europe/Berlin") ?? .utc
  )

  private static func day(_ text: String) -> StatedTime? { try? StatedTime(reading: text, reading) }

  private static var full: ActivityFacts {
    var facts = ActivityFacts(name: "Orders; returns")
    facts.role = .joint
    facts.controllers = ["Ä & Co; Ltd", "B"]
    facts.purpose = "Sell = deliver"
    facts.basis = .legitimateInterests
    facts.basisNote = "a\\b"
    facts.condition = .healthCare
    facts.people = ["customers", "their children"]
    facts.numbers = [
      AffectedPeople(jurisdiction: "EU-DE", count: 900),
      AffectedPeople(jurisdiction: "US-CA", count: nil),
    ]
    facts.data = [
      HeldData(
        "email",
        why: "to confirm; to deliver",
        justified: day("2026-03-01"),
        by: "Ana Vale"
      ),
      HeldData("dob"), HeldData("notes", why: "a = b [as asked]"),
    ]
    facts.systems = [SystemPlace(name: "shop"), SystemPlace(name: "CRM", place: "US")]
    facts.recipients = ["tax office"]
    facts.processors = [
      ProcessorContract(
        name: "Druck AG",
        place: "DE",
        from: day("2024-01-01"),
        until: day("2026-12-31")
      ),
      ProcessorContract(name: "Mail", from: day("2025-02-01")), ProcessorContract(name: "None"),
    ]
    facts.transfers = [
      DataTransfer(name: "Mailhaus", country: "US", mechanism: .clauses),
      DataTransfer(country: "IN"),
    ]
    facts.measures = ["encrypted at rest"]
    facts.owner = "Ana"
    facts.review = day("2026-09-01")
    return facts
  }

  @Test(arguments: ActivityField.allCases)
  func `is read back as it was written`(field: ActivityField) throws {
    let full = Self.full
    var back = ActivityFacts(name: "x")
    try field.set(field.text(full), on: &back, Self.reading)
    #expect(field.text(back) == field.text(full))
    switch field {
    case .data: #expect(back.data == full.data)
    case .processors: #expect(back.processors == full.processors)
    case .transfers: #expect(back.transfers == full.transfers)
    case .systems: #expect(back.systems == full.systems)
    case .controllers: #expect(back.controllers == full.controllers)
    case .numbers: #expect(back.numbers == full.numbers)
    default: break
    }
  }

  @Test(arguments: [
    (ActivityField.role, "boss", "one of controller, joint, processor"),
    (.numbers, "DE = 3", "a Member State of the EU is EU-DE"),
    (.numbers, "EU-DE = many", "write EU-DE = 900"), (.data, "email; Email", "stands there twice"),
    (.transfers, "Mailhaus", "write Mailhaus @ US"),
    (.transfers, "Mailhaus @ US = luck", "luck is none of adequacy"),
    (.processors, "Druck [2024-01-01 until 2025]", "write [2024-01-01 to 2026-12-31]"),
    (.review, "soon", "is no day such as 2026-03-01"), (.name, " ", "needs a name"),
  ])
  func `says what is wrong with a text`(field: ActivityField, text: String, reason: String) {
    var facts = ActivityFacts(name: "x")
    let problem = #expect(throws: FieldProblem.self) {
      try field.set(text, on: &facts, Self.reading)
    }
    #expect(problem?.reason.contains(reason) == true)
    #expect(facts == ActivityFacts(name: "x"))
  }

  @Test func `keeps the day on which a reason was looked at while the reason stays`() throws {
    var facts = Self.full
    try ActivityField.data.set("email = to confirm\\; to deliver; dob", on: &facts, Self.reading)
    #expect(facts.data.map(\.justified?.plain) == ["2026-03-01", nil])
    try ActivityField.data.set("email = for fun", on: &facts, Self.reading)
    #expect(facts.data.map(\.justified?.plain) == [nil])
  }
}

struct `The record of an activity` {
  private static let now = Instant(seconds: 1_779_108_000)  // 2026-05-18

  @Test func `lacks what GDPR art. 30 wants and nobody has said`() {
    let facts = ActivityFacts(name: "x")
    #expect(
      facts.gaps(at: Self.now, hasRetention: false)
        == [.purpose, .basis, .people, .data, .retention, .recipients, .measures, .owner]
    )
  }

  @Test func `of a processor lacks the controller instead`() {
    var facts = ActivityFacts(name: "x")
    facts.role = .processor
    #expect(
      facts.gaps(at: Self.now, hasRetention: false)
        == [.controllers, .purpose, .measures, .owner]
    )
  }

  @Test func `lacks a condition for health data, and a mechanism and contracts that hold`() throws {
    var facts = ActivityFacts(name: "x")
    (facts.purpose, facts.basis, facts.people) = ("p", .contract, ["patients"])
    (facts.measures, facts.owner) = (["m"], "Ana")
    facts.data = [HeldData("health")]
    facts.transfers = [
      DataTransfer(country: "US"), DataTransfer(country: "CH", mechanism: .adequacy),
    ]
    facts.processors = [
      ProcessorContract(
        name: "Old",
        from: StatedTime(Instant(seconds: 0)),
        until: StatedTime(Instant(seconds: 9))
      ),
      ProcessorContract(name: "None"),
      ProcessorContract(name: "Good", from: StatedTime(Instant(seconds: 0))),
    ]
    facts.review = StatedTime(Instant(seconds: 9))
    #expect(
      facts.gaps(at: Self.now, hasRetention: true)
        == [.condition, .transfer("US"), .contractEnded("Old"), .contract("None"), .review]
    )
    facts.condition = .healthCare
    #expect(!facts.gaps(at: Self.now, hasRetention: true).contains(.condition))
  }

  @Test(arguments: [
    ("2025-05-17", true), ("2025-05-18", false), ("2026-01-01", false),
  ])
  func `holds data unjustified once twelve months have passed`(day: String, isMissing: Bool) throws
  {
    var facts = ActivityFacts(name: "x")
    let reading = TimeReading(now: Self.now, zone: .utc)
    facts.data = [HeldData("email", justified: try StatedTime(reading: day, reading))]
    let activity = Activity(
      id: 1,
      reference: "ACT-0001",
      version: 1,
      facts: facts,
      openedAt: Instant(seconds: 0),
      updatedAt: Instant(seconds: 0),
      isRemoved: false
    )
    let missing = Justification.missing(in: activity, months: 12, at: Self.now, zone: .utc)
    #expect(!missing.isEmpty == isMissing)
  }

  @Test func `holds data unjustified from its first day where nobody ever said why`() {
    var facts = ActivityFacts(name: "x")
    facts.data = [HeldData("email", why: "to write")]
    let opened = Self.now
    let activity = Activity(
      id: 1,
      reference: "ACT-0001",
      version: 1,
      facts: facts,
      openedAt: opened,
      updatedAt: opened,
      isRemoved: false
    )
    let missing = Justification.missing(in: activity, months: 12, at: opened, zone: .utc)
    #expect(missing.map(\.since) == [opened])
  }
}
