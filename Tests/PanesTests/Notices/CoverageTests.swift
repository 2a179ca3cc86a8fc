import Drawing
import TestSupport
import Testing

@testable import Model
@testable import Panes

/// How far the telling is, in numbers.
struct `The coverage of a mailing` {
  @Test(
    arguments: [
      ([("EU-DE", 5), ("GB", 7)], 12, false), ([("EU-DE", 5), ("US-OR", nil)], 5, true),
      ([("", 40)], 40, false), ([("", 40), ("GB", 7)], 40, false),
      ([("", 4), ("GB", 7)], 7, false),
      ([("", 40), ("US-OR", nil)], 40, false), ([("US-OR", nil)], nil, false), ([], nil, false),
    ] as [([(String, Int64?)], Int64?, Bool)]
  )
  func `takes the whole from its parts, or from whoever stated it`(
    people: [(String, Int64?)],
    affected: Int64?,
    isPartial: Bool
  ) {
    let coverage = MailingCoverage(
      of: people.map { AffectedPeople(jurisdiction: $0.0, count: $0.1) }
    )
    #expect(coverage.affected == affected)
    #expect(coverage.isAffectedPartial == isPartial)
  }

  @Test(
    arguments: [
      (10, [.acknowledged: 4, .handedOver: 6], true), (10, [.handedOver: 9], false),
      (10, [.handedOver: 9, .pending: 1], false), (10, [.handedOver: 8, .unreachable: 2], true),
      (nil, [.handedOver: 9], false), (10, [.handedOver: 9, .uncertain: 1], false),
      (10, [.handedOver: 12], true),
    ] as [(Int64?, [RecipientState: Int], Bool)]
  )
  func `is whole once everybody affected is listed and nobody is left to be told`(
    affected: Int64?,
    counts: [RecipientState: Int],
    isWhole: Bool
  ) {
    #expect(MailingCoverage(affected: affected, counts: counts).isWhole == isWhole)
  }

  @Test func `puts each state into one part of the meter`() {
    let parts = MailingCoverage.Part.allCases
    for state in RecipientState.allCases {
      #expect(parts.count { $0.states.contains(state) } == 1)
    }
  }

  @Test func `draws a bar in which nobody who is there is hidden, told by signs`() {
    let coverage = MailingCoverage(
      affected: 100_000,
      counts: [
        .handedOver: 90_000, .acknowledged: 1, .bouncedHard: 2, .unreachable: 1, .pending: 40,
      ]
    )
    let bar = MailingMeter.bar(coverage, columns: 20).map(\.text).joined()
    #expect(bar == "█▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓!░x·")
    #expect(bar.count == 20)
    #expect(MailingMeter.percent(coverage) == 90)
  }

  @Test func `says 100 % of all only, and of exempt people nothing`() {
    #expect(MailingMeter.percent(MailingCoverage(affected: 1000, counts: [.handedOver: 999])) == 99)
    let exempt = MailingCoverage(affected: 10, counts: [.handedOver: 8, .exempt: 2])
    #expect(MailingMeter.percent(exempt) == 100)
    #expect(MailingMeter.percent(MailingCoverage()) == nil)
  }
}

/// Which duty says by when the people of a jurisdiction are told.
struct `The clock of a jurisdiction` {
  private let pack = RulePack(
    laws: [
      law("eu", "EU", ["EU-*"], "EU-IND"), law("us-ca", "US-CA", ["US-CA"], "US-CA-IND"),
      law("us", "US", ["US-*"], "US-HIPAA-IND"), law("us-ca-2", "US-CA", ["US-CA"], "US-CA-AG"),
    ],
    authorities: [
      Authority(
        key: "people",
        name: "People",
        jurisdiction: "",
        role: .people,
        named: ["people affected"]
      )
    ]
  )

  private static func law(_ id: String, _ jurisdiction: String, _ people: [String], _ rule: String)
    -> Law
  {
    Law(
      id: id,
      title: id,
      jurisdiction: jurisdiction,
      reach: .init(people: people),
      rules: [Rule(id: rule, citation: "", recipient: "", clocks: [])]
    )
  }

  private let duties = [
    DutyFixture.record(1, "EU-IND", to: "people affected"),
    DutyFixture.record(2, "US-CA-IND", to: "people affected", in: 90_000),
    DutyFixture.record(3, "US-HIPAA-IND", to: "people affected", in: 200_000),
    DutyFixture.record(4, "US-CA-AG", to: "attorney general", in: 60),
  ]

  @Test(arguments: [
    ("EU-DE", "EU-IND"), ("US-CA", "US-CA-IND"), ("US-NY", "US-HIPAA-IND"), ("GB", nil),
  ])
  func `is the soonest of those that tell its people`(place: String, rule: String?) {
    let clocks = NoticeClocks(duties, fulfilling: [], pack, now: DutyFixture.now)
    #expect(clocks.nearest(in: place)?.obligation.id == rule)
    // That of another duty says nothing of what the mailing is for.
    #expect(clocks.fulfilled == nil)
  }

  @Test func `counts what the mailing names, whomever it tells`() {
    let clocks = NoticeClocks(duties, fulfilling: ["US-CA-AG"], pack, now: DutyFixture.now)
    #expect(clocks.nearest(in: "US-CA")?.obligation.id == "US-CA-AG")
    #expect(clocks.fulfilled?.obligation.id == "US-CA-AG")
  }

  @Test func `knows only what the mailing names while the rules are not read`() {
    let clocks = NoticeClocks(duties, fulfilling: ["EU-IND"], nil, now: DutyFixture.now)
    #expect(clocks.records.map(\.obligation.id) == ["EU-IND"])
  }

  @Test func `is one that is late before one without a date, and that before one to come`() {
    let late = DutyFixture.record(1, "A", to: "", in: -60)
    let undated = DutyFixture.record(2, "B", to: "")
    let soon = DutyFixture.record(3, "C", to: "", in: 60)
    let order = [soon, undated, late].sorted {
      NoticeClocks.urgency(of: $0, now: DutyFixture.now)
        < NoticeClocks.urgency(of: $1, now: DutyFixture.now)
    }
    #expect(order.map(\.id) == [1, 2, 3])
  }

  @Test func `is one that was not met before one that was`() {
    let met = DutyFixture.record(
      1,
      "US-CA-IND",
      to: "people affected",
      in: 60,
      sentAt: DutyFixture.now
    )
    let open = DutyFixture.record(2, "US-HIPAA-IND", to: "people affected", in: 900_000)
    #expect(NoticeClocks.nearest([met, open], now: DutyFixture.now)?.id == 2)
  }
}
