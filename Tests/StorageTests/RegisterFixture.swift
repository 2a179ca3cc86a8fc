import Model

/// Records of the privacy register for tests.
enum RegisterFixture {
  static let orders: ActivityFacts = {
    var facts = ActivityFacts(name: "Orders")
    facts.purpose = "Sell and deliver"
    facts.basis = .contract
    facts.people = ["customers"]
    facts.data = [HeldData("email", why: "to confirm"), HeldData("dob")]
    facts.systems = [SystemPlace(name: "shop database", place: "DE")]
    facts.numbers = [AffectedPeople(jurisdiction: "EU-DE", count: 900)]
    return facts
  }()

  static let invoices: RetentionFacts = {
    var facts = RetentionFacts(
      title: "Invoices",
      trigger: .invoice,
      period: .months(120),
      ground: "§ 147 AO"
    )
    facts.activity = "ACT-0001"
    facts.start = .yearEnd
    return facts
  }()

  static let hold: HoldFacts = {
    var hold = HoldFacts(
      title: "Suit",
      reason: "court",
      scope: ["ACT-0001"],
      from: StatedTime(Instant(seconds: 1_000))
    )
    hold.until = StatedTime(Instant(seconds: 2_000))
    return hold
  }()

  static let run = DeletionFacts(
    rule: "RET-0001",
    count: 12,
    done: StatedTime(Instant(seconds: 3_000)),
    method: "by hand"
  )
}
