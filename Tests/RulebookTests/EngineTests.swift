import Formats
import Model
import Testing

@testable import Rulebook

private func due(_ found: Obligation?) -> String? { found?.state.due?.description }
private func latest(_ found: Obligation?) -> String? { found?.state.deadline?.latest.description }

struct `A period` {
  @Test(arguments: [
    // Elapsed hours take no notice of the clocks (Regulation 1182/71 art. 3; UTC arithmetic).
    ("72 h", "Europe/Paris", "2026-03-27T20:00:00+01:00", "2026-03-30T19:00:00Z"),
    ("24 h", "America/New_York", "2026-10-31T20:00:00-04:00", "2026-11-02T00:00:00Z"),
    // Days end with the last second of the last one; the day of the event is not counted.
    ("30 d", "America/New_York", "2026-06-18T23:59:00-04:00", "2026-07-19T03:59:59Z"),
    ("1 d", "Europe/Berlin", "2026-03-28T10:00:00+01:00", "2026-03-29T21:59:59Z"),
    ("60 d", "America/New_York", "2023-12-31T23:59:59-05:00", "2024-03-01T04:59:59Z"),
    // Months end on the day of the same number, or on the month's last.
    ("1 mo", "UTC", "2026-01-31T08:00:00Z", "2026-02-28T23:59:59Z"),
    ("1 mo", "UTC", "2028-01-30T08:00:00Z", "2028-02-29T23:59:59Z"),
    ("1 mo", "UTC", "2026-12-15T08:00:00Z", "2027-01-15T23:59:59Z"),
    ("12 mo", "UTC", "2028-02-29T08:00:00Z", "2029-02-28T23:59:59Z"),
    // Business days leave out Saturdays and Sundays.
    ("3 bd", "UTC", "2026-06-12T08:00:00Z", "2026-06-17T23:59:59Z"),
    ("1 bd", "UTC", "2026-06-13T08:00:00Z", "2026-06-15T23:59:59Z"),
    ("4 bd until 17:30", "UTC", "2026-06-12T08:00:00Z", "2026-06-18T17:30:00Z"),
    // The day of the event is day one.
    ("30 d from day one", "Asia/Tokyo", "2026-06-01T08:00:00+09:00", "2026-06-30T14:59:59Z"),
  ])
  func `ends when the law says`(
    period: String,
    zone: String,
    start: String,
    end: String
  ) throws {
    let found = try answer(
      "  start: events.aware_at\n  within: \(period)",
      ["org.tz": .text(zone), "events.aware_at": .text(start)]
    )
    #expect(due(found) == end)
  }

  @Test(arguments: [
    // The hour of the event is not counted: the period begins with the next full hour.
    ("1182/71", "72 h", "2026-05-15T14:20:00Z", "2026-05-18T15:00:00Z"),
    ("1182/71", "72 h", "2026-05-15T14:00:00Z", "2026-05-18T15:00:00Z"),
    // A last day on a Saturday or Sunday ends with the next working day; art. 3(4).
    ("1182/71", "1 mo", "2026-10-14T09:00:00Z", "2026-11-16T23:59:59Z"),
    ("next business day", "30 d", "2026-06-18T09:00:00Z", "2026-07-20T23:59:59Z"),
    ("next business day", "72 h", "2026-06-18T09:00:00Z", "2026-06-21T09:00:00Z"),
    // Ohio: a Saturday does not move, a Sunday does.
    ("not on Sundays and holidays", "30 d", "2026-06-18T09:00:00Z", "2026-07-18T23:59:59Z"),
    ("not on Sundays and holidays", "30 d", "2026-06-19T09:00:00Z", "2026-07-20T23:59:59Z"),
    ("none", "30 d", "2026-06-18T09:00:00Z", "2026-07-18T23:59:59Z"),
  ])
  func `may be tolerated longer, which never moves the deadline`(
    tolerance: String,
    period: String,
    start: String,
    end: String
  ) throws {
    let rule = "  start: events.aware_at\n  within: \(period)\n  tolerance: \(tolerance)"
    let facts: [String: FactInput] = ["org.tz": .text("UTC"), "events.aware_at": .text(start)]
    let found = try answer(rule, facts)
    let strict = try answer("  start: events.aware_at\n  within: \(period)", facts)
    #expect(latest(found) == end)
    #expect(due(found) == due(strict))
  }

  @Test func `in days without a zone is not made up`() throws {
    let found = try answer(
      "  start: events.aware_at\n  within: 30 d",
      ["events.aware_at": .text("2026-06-18T09:00:00Z")]
    )
    #expect(found?.state == .clockNotStarted(missing: [.zone]))
  }
}

struct `A missing fact` {
  @Test func `stops the clock and is named, whatever other events are known`() throws {
    let found = try answer(
      "  start: events.determined_at\n  within: 72 h",
      ["events.aware_at": .text("2026-06-18T09:00:00Z")]
    )
    #expect(found?.state.word == "clockNotStarted")
    #expect(found?.state.missing.map(\.description) == ["events.determined_at"])
  }

  @Test func `never exempts, and the answer says what was not tested`() throws {
    let rule = """
        start: events.aware_at
        within: 72 h
        unless:
          - data.encrypted and not data.key_compromised: the data was unreadable
      """
    let aware: [String: FactInput] = ["events.aware_at": .text("2026-06-18T09:00:00Z")]
    let open = try answer(rule, aware)
    #expect(open?.state.word == "due")
    #expect(open?.because.contains { $0.contains("data.encrypted, data.key_compromised") } == true)
    let half = try answer(rule, aware.merging(["data.encrypted": .flag(true)]) { $1 })
    #expect(half?.state.word == "due")
    let safe: [String: FactInput] = [
      "data.encrypted": .flag(true), "data.key_compromised": .flag(false),
    ]
    let exempt = try answer(rule, aware.merging(safe) { $1 })
    #expect(exempt?.state.word == "none")
    let taken = try answer(rule, aware.merging(["data.encrypted": .flag(false)]) { $1 })
    #expect(taken?.state.word == "due")
  }

  @Test(
    arguments: [
      ([:], "undetermined", ["affected", "org.country"]),
      (["org.country": .text("DE")], "due", []),
      (["org.country": .text("FR")], "undetermined", ["affected"]),
      (["affected.CH": .integer(1)], "due", []),
      (["affected.CH": .null], "due", []),
    ] as [(stated: [String: FactInput], state: String, missing: [String])]
  )
  func `about whom a law reaches leaves it open`(
    stated: [String: FactInput],
    state: String,
    missing: [String]
  ) throws {
    let found = try answer(
      "  start: events.aware_at\n  within: 72 h",
      stated.merging(["events.aware_at": .text("2026-06-18T09:00:00Z")]) { $1 },
      top: "people: [CH]\nseats: [DE]"
    )
    #expect(found?.state.word == state)
    #expect(found?.state.missing.map(\.description) == missing)
  }

  @Test(
    arguments: [
      ["affected.GB": .integer(5)], ["affected.CH": .integer(0)],
    ] as [[String: FactInput]]
  )
  func `does not matter where nobody there is affected`(stated: [String: FactInput]) throws {
    let found = try answer(
      "  start: events.aware_at\n  within: 72 h",
      stated,
      top: "people: [CH]\nseats: [DE]"
    )
    #expect(found == nil)
  }
}

struct `People of a country` {
  private func found(_ applies: String, _ stated: [String: FactInput]) throws -> Obligation? {
    try answer(
      "  applies: [\(applies)]\n  start: events.aware_at\n  within: 72 h",
      stated.merging(["events.aware_at": .text("2026-06-18T09:00:00Z")]) { $1 },
      top: "people: [US-CA]"
    )
  }

  @Test(
    arguments: [
      // Six hundred people somewhere in the United States may be Californians, or not.
      (["affected.US": .integer(600)], "undetermined"),
      (["affected.US": .null], "undetermined"),
      (["affected.US": .integer(400)], "none"),
      (["affected.US": .integer(600), "affected.US-CA": .integer(501)], "due"),
      (["affected.US": .integer(600), "affected.US-CA": .integer(5)], "none"),
    ] as [([String: FactInput], String)]
  )
  func `leave its parts open until somebody says of which they are`(
    stated: [String: FactInput],
    state: String
  ) throws {
    #expect(try found("affected.US-CA > 500", stated)?.state.word == state)
  }

  @Test(
    arguments: [
      // A number that is not known adds nothing, wherever it stands in the list.
      (["affected.US-AL": .null, "affected.US-CA": .integer(499)], "undetermined"),
      (["affected.US-CA": .integer(499), "affected.US-WY": .null], "undetermined"),
      (["affected.US-AL": .null, "affected.US-CA": .integer(500)], "due"),
      (["affected.US-CA": .integer(500), "affected.US-WY": .null], "due"),
      (["affected.US-CA": .integer(499)], "none"),
      (["affected.US-CA": .integer(499), "affected_total_consumers": .integer(500)], "due"),
      (["affected.US-CA": .integer(600), "affected_total_consumers": .integer(499)], "none"),
    ] as [([String: FactInput], String)]
  )
  func `add up to what is certain`(stated: [String: FactInput], state: String) throws {
    #expect(try found("total US-* >= 500", stated)?.state.word == state)
  }

  @Test func `who are none bring in no part of it`() throws {
    #expect(try found("affected.US-CA > 500", ["affected.US": .integer(0)]) == nil)
  }
}

/// A deterministic source of choices (Vigna, SplitMix64).
private struct Choices: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

struct `Whatever is stated` {
  /// Facts of which each is stated with a chance of one half.
  private func facts(_ choices: inout Choices) throws -> Facts {
    var facts = Facts()
    func half() -> Bool { Bool.random(using: &choices) }
    func instant() -> FactInput {
      .text(
        Instant(seconds: Int64.random(in: 1_700_000_000...1_830_000_000, using: &choices))
          .description
      )
    }
    for (name, kind) in FactKey.fixed.sorted(by: { $0.key < $1.key }) where half() {
      switch kind {
      case .flag: try facts.state(name, .flag(half()))
      case .word(let words):
        try facts.state(name, .text(words.randomElement(using: &choices) ?? ""))
      case .instant: try facts.state(name, instant())
      case .people: try facts.state(name, .integer(Int64.random(in: 0...2000, using: &choices)))
      case .country:
        try facts.state(name, .text(["DE", "US", "GB", "SG"].randomElement(using: &choices) ?? ""))
      case .zone:
        let zones = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu"]
        try facts.state(name, .text(zones.randomElement(using: &choices) ?? ""))
      case .words where name == "org.sectors":
        try facts.state(name, .list(Sector.known.sorted().filter { _ in half() }))
      case .words: try facts.state(name, .list(half() ? [] : ["ssn", "health"]))
      default: break
      }
    }
    for place in ["EU-DE", "GB", "US", "US-CA", "US-NY", "US-VT", "JP", "BR"] where half() {
      let count = Int64.random(in: 0...1200, using: &choices)
      try facts.state("affected.\(place)", half() ? .integer(count) : .null)
    }
    for rule in ["EU-GDPR-33-SA", "EU-NIS2-IN", "US-CA-IND", "US-HIPAA-HHS-500"] where half() {
      try facts.state("sent.\(rule)", instant())
    }
    return facts
  }

  @Test func `no answer contradicts itself, and none is made of what is not known`() throws {
    let engine = ObligationEngine(pack: try Shipped.rulebook.get().pack)
    var choices = Choices(state: 20_261_123)
    for _ in 0..<120 {
      let facts = try facts(&choices)
      let answers = engine.obligations(for: facts, now: Instant(seconds: 1_780_000_000))
      let dues = answers.compactMap(\.state.due)
      #expect(dues == dues.sorted())
      #expect(answers.prefix(dues.count).allSatisfy { $0.state.due != nil })
      for answer in answers {
        if let deadline = answer.state.deadline {
          #expect(deadline.latest >= deadline.due, "\(answer.id)")
          let start = FactKey(deadline.clockStart)
          let isKnown = start.flatMap { facts[$0] } != nil
          #expect(
            isKnown || deadline.provisional,
            "\(answer.id) counts from \(deadline.clockStart)"
          )
        }
        for key in answer.state.missing {
          #expect(key == .affected || facts[key] == nil || facts[key] == .people(nil), "\(key)")
        }
        switch answer.state {
        case .clockNotStarted, .undetermined: #expect(!answer.state.missing.isEmpty, "\(answer.id)")
        case .none: #expect(!answer.because.isEmpty, "\(answer.id)")
        default: break
        }
      }
      #expect(answers == engine.obligations(for: facts, now: Instant(seconds: 1_780_000_000)))
      for kept in [[], Set(answers.enumerated().filter { $0.offset % 3 == 0 }.map(\.element.id))] {
        #expect(
          engine.tracked(for: facts, now: Instant(seconds: 1_780_000_000), kept: kept)
            == answers.filter { $0.isTracked(wasKept: kept.contains($0.id)) }
            .sorted { $0.id < $1.id }
        )
      }
    }
  }
}

struct `A window` {
  private let rule = """
      clocks:
        - { start: events.discovered_at, within: 45 d, until: "2020-03-01" }
        - { start: events.discovered_at, within: 30 d, from: "2020-03-01" }
    """

  @Test(arguments: [
    ("2020-02-29T23:00:00-08:00", "2020-04-15T06:59:59Z"),
    ("2020-03-01T00:00:00-08:00", "2020-04-01T06:59:59Z"),
  ])
  func `chooses by the day of the start in the counting zone`(start: String, end: String) throws {
    let found = try answer(
      rule,
      ["org.tz": .text("America/Los_Angeles"), "events.discovered_at": .text(start)]
    )
    #expect(due(found) == end)
  }

  @Test func `that has not begun leaves nothing owed`() throws {
    let found = try answer(
      "  clocks:\n    - { start: events.aware_at, within: 24 h, from: \"2026-09-11\" }",
      ["events.aware_at": .text("2026-09-10T12:00:00Z")]
    )
    #expect(found?.state.word == "none")
    #expect(found?.because.first?.hasPrefix("in force from 2026-09-11") == true)
  }
}

struct `The holidays of the seat` {
  @Test(arguments: [
    // The 25th of December 2026 is a Friday, and a holiday in both countries.
    ("DE", "2026-11-25T09:00:00Z", "2026-12-28T23:59:59Z"),
    ("US", "2026-11-25T09:00:00Z", "2026-12-25T23:59:59Z"),
    // The 4th of July 2027 is a Sunday, and the 5th a holiday in the United States alone.
    ("US", "2027-06-04T09:00:00Z", "2027-07-05T23:59:59Z"),
    ("DE", "2027-06-04T09:00:00Z", "2027-07-05T23:59:59Z"),
  ])
  func `count where the seat is one that the law binds`(
    country: String,
    start: String,
    end: String
  ) throws {
    let file = try LawFile(
      yaml: lawText(
        """
          start: events.aware_at
          within: 1 mo
          calendar: seat
          tolerance: 1182/71
        """,
        top: "people: [EU-*]\nseats: [DE]"
      ),
      file: "test.yaml"
    )
    let calendars = try Shipped.rulebook.get().calendars.map(\.calendar)
    var facts = Facts()
    try facts.state("org.tz", .text("UTC"))
    try facts.state("org.country", .text(country))
    try facts.state("affected.EU-DE", .integer(1))
    try facts.state("events.aware_at", .text(start))
    let engine = ObligationEngine(pack: RulePack(laws: [file.law], calendars: calendars))
    let found = engine.obligations(for: facts, now: Instant(seconds: 1_800_000_000)).first
    #expect(latest(found) == end)
  }
}

struct `The end of the calendar` {
  @Test(arguments: [
    ("72 h", "9999-12-30T12:00:00Z", "none"),
    ("30 d", "9999-12-15T12:00:00Z", "none"),
    ("12 mo", "9999-01-31T12:00:00Z", "none"),
    ("3 bd", "9999-12-30T12:00:00Z", "none"),
    ("1 d", "9999-12-30T12:00:00Z", "next business day"),
    ("24 h", "9999-12-31T23:30:00Z", "1182/71"),
  ])
  func `is an error that names the rule, and no date`(
    period: String,
    start: String,
    tolerance: String
  ) throws {
    let found = try #require(
      try answer(
        "  start: events.aware_at\n  within: \(period)\n  tolerance: \(tolerance)",
        ["org.tz": .text("America/New_York"), "events.aware_at": .text(start)]
      )
    )
    #expect(found.state == .undetermined(missing: [.known("events.aware_at")]))
    #expect(found.reckoning == nil)
    let reason = try #require(found.because.last)
    #expect(reason.hasPrefix("\(found.id): events.aware_at = "))
    #expect(reason.hasSuffix("would pass the year 9999; correct events.aware_at"))
    #expect(!found.because.contains { $0.contains("10000-") })
  }

  @Test func `does not hide an earlier limit`() throws {
    let found = try answer(
      """
        clocks:
          - { start: events.aware_at, within: 12 mo }
          - { start: events.aware_at, within: 1 h }
      """,
      ["org.tz": .text("UTC"), "events.aware_at": .text("9999-12-30T12:00:00Z")]
    )
    #expect(due(found) == "9999-12-30T13:00:00Z")
  }

  @Test(arguments: [
    ("876601 h", "876600 h"), ("36526 d", "36525 d"), ("26090 bd", "26089 bd"),
    ("1201 mo", "1200 mo"), ("99999999999999999999 d", "36525 d"),
  ])
  func `is far from the longest period that a rule may give`(long: String, most: String) throws {
    #expect(throws: UnreadableYAML.self) {
      _ = try answer("  start: events.aware_at\n  within: \(long)", [:])
    }
    do {
      _ = try answer("  start: events.aware_at\n  within: \(long)", [:])
    } catch let error as UnreadableYAML {
      #expect(error.reason == "\(long) is longer than 100 years, which are \(most)")
      #expect(error.line > 1)
    }
    _ = try answer("  start: events.aware_at\n  within: \(most)", [:])
  }
}
