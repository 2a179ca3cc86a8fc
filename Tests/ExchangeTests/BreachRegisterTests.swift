import Model
import Testing

@testable import Exchange

private let now = Instant(rfc3339: "2026-05-18T14:40:00Z") ?? Instant(seconds: 0)

private func decision(
  _ id: RecordID,
  _ decision: NoticeDecision,
  reasoning: String = "The key is safe.",
  approvedBy: String? = nil,
  refusedBy: String? = nil,
  effects: String? = "Orders of 230 people may be read"
) -> Decision {
  Decision(
    id: id,
    incident: 1,
    version: 1,
    facts: DecisionFacts(
      rule: id == 1 ? "" : "EU-GDPR-33-SA",
      decision: decision,
      ground: .encrypted,
      reasoning: reasoning,
      decidedBy: "Ada",
      decidedAt: StatedTime(now),
      recommendation: "notify",
      difference: "The worksheet knows no keys.",
      effects: effects,
      remedy: "Locks asked for"
    ),
    recordedAt: now,
    recordedBy: "ada",
    approval: approvedBy.map { .init(by: $0, at: now) },
    refusal: refusedBy.map { .init(by: $0, at: now, reason: "ask counsel") }
  )
}

private func entry(
  _ decisions: [Decision],
  outcome: Outcome = .confirmedBreach,
  removed: Bool = false,
  title: String = "Tape gone"
) -> BreachRegister.Entry {
  let facts = IncidentFacts(
    title: title,
    summary: "A tape, lost;\n\"gone\"",
    outcome: outcome,
    actions: [.physical, .error],
    affected: [
      AffectedPeople(jurisdiction: "EU-DE", count: 230),
      AffectedPeople(jurisdiction: "EU-FR", count: nil),
    ],
    data: DataExposure(categories: ["orders"])
  )
  return BreachRegister.Entry(
    incident: Incident(
      id: 1,
      reference: "INC-2026-0042",
      version: 1,
      facts: facts,
      state: .triage,
      openedAt: now,
      updatedAt: now,
      isRemoved: removed
    ),
    decisions: decisions,
    filings: [
      Filing(
        id: 1,
        incident: 1,
        version: 1,
        facts: FilingFacts(
          rule: "EU-GDPR-33-SA",
          sentAt: StatedTime(now),
          recipient: "BlnBDI",
          receipt: "A-7",
          lateReason: "=late()"
        ),
        recordedAt: now
      )
    ],
    tasks: [
      IncidentTask(
        id: 1,
        incident: 1,
        version: 1,
        facts: TaskFacts(title: "Locks changed", state: .done),
        recordedAt: now
      )
    ]
  )
}

/// The cells of a CSV text by row, as the reader of ours sees them.
private func table(_ csv: String) throws -> [[String]] {
  var reader = CSVReader(MemorySource(Array(csv.utf8)))
  var rows: [[String]] = []
  while let row = try reader.next() { rows.append(try row.cells.get()) }
  return rows
}

struct `The register of breaches` {
  @Test func `has no exercise in it, whatever was decided on it`() {
    var drill = entry([decision(1, .notify)])
    #expect(drill.belongs)
    drill.incident.exercise = Exercise()
    #expect(!drill.belongs)
  }

  private func rows(
    _ entry: BreachRegister.Entry,
    needsSecondPerson: Bool = false
  ) throws -> [[String: String]] {
    let register = BreachRegister(needsSecondPerson: needsSecondPerson)
    let all = try table(register.csvHeader + register.csv(entry))
    let header = try #require(all.first)
    #expect(header == BreachRegister.columns)
    return try all.dropFirst().map { row in
      try #require(row.count == header.count)
      return Dictionary(uniqueKeysWithValues: zip(header, row))
    }
  }

  @Test func `has a row for each decision, the facts in each`() throws {
    let found = try rows(
      entry([decision(2, .doNotNotify, approvedBy: "bob"), decision(1, .later)])
    )
    #expect(found.map { $0["decision"] } == ["do not notify", "notify later"])
    #expect(found.map { $0["decision_duty"] } == ["EU-GDPR-33-SA", "whole incident"])
    #expect(found.map { $0["approved_by"] } == ["bob", ""])
    for row in found {
      #expect(row["facts"] == "A tape, lost;\n\"gone\"")
      #expect(row["kind"] == "error, physical")
      #expect(row["people_affected"] == "EU-DE: 230 (estimate); EU-FR: not known")
      #expect(row["remedial_action"] == "Locks asked for\nLocks asked for\nLocks changed")
      #expect(row["effects"] == "Orders of 230 people may be read")
      #expect(row["reasoning"] == "The key is safe.")
      #expect(row["difference"] == "The worksheet knows no keys.")
      #expect(row["ground"] == "data unintelligible")
      #expect(row["filings"] == "EU-GDPR-33-SA initial 2026-05-18 14:40:00 UTC, receipt A-7")
      #expect(row["gaps"] == "")
    }
  }

  @Test func `names what an auditor would miss`() throws {
    #expect(try rows(entry([])).map { $0["gaps"] } == ["no decision recorded; no effects recorded"])
    let alone = entry([decision(2, .doNotNotify)])
    #expect(
      try rows(alone, needsSecondPerson: true).map { $0["gaps"] }
        == ["decision 2 not approved by a second person"]
    )
    #expect(try rows(alone).map { $0["gaps"] } == [""])
    let refused = entry([decision(2, .doNotNotify, refusedBy: "bob")])
    #expect(
      try rows(refused, needsSecondPerson: true).map { $0["gaps"] }
        == ["decision 2 refused by bob"]
    )
    #expect(try rows(refused).map { $0["refused_by"] } == ["bob: ask counsel"])
    var bare = entry([decision(2, .doNotNotify, effects: " ")])
    (bare.tasks, bare.incident.facts.summary) = ([], "")
    bare.decisions[0].facts.remedy = nil
    #expect(
      try rows(bare).map { $0["gaps"] }
        == ["no summary of the facts; no effects recorded; no remedial action recorded"]
    )
  }

  @Test(arguments: [
    (Outcome.confirmedBreach, false, false, true), (.confirmedBreach, true, false, true),
    (.suspected, false, false, false), (.suspected, true, false, true),
    (.undetermined, true, false, true), (.falsePositive, false, false, false),
    (.falsePositive, true, false, true), (.notPersonalData, true, false, false),
    (.duplicate, true, false, false), (.confirmedBreach, true, true, false),
  ])
  func `holds every breach, and what somebody has decided on`(
    outcome: Outcome,
    decided: Bool,
    removed: Bool,
    belongs: Bool
  ) {
    let one = entry(decided ? [decision(2, .doNotNotify)] : [], outcome: outcome, removed: removed)
    #expect(one.belongs == belongs)
  }

  @Test(arguments: ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1"])
  func `gives no spreadsheet a formula to run`(text: String) throws {
    let one = entry([decision(2, .doNotNotify, reasoning: text)], title: text)
    let row = try #require(try rows(one).first)
    // A tab is where some split; what is behind it is guarded as well.
    let guarded = "'\(text.replacing("\t=", with: "\t'="))"
    for name in ["title", "reasoning"] { #expect(row[name] == guarded) }
    #expect(row["reasons_for_delay"] == "'=late()")
    // JSON has no formulas: there the words stay as they are.
    let json = BreachRegister().json(one)
    #expect(json["title"] == .string(text))
  }

  @Test func `is the same in JSON, with its decisions beneath it`() throws {
    let one = entry([decision(2, .doNotNotify, approvedBy: "bob"), decision(1, .later)])
    let json = BreachRegister(needsSecondPerson: true).json(one)
    #expect(json["reference"] == .string("INC-2026-0042"))
    #expect(json["people_affected"]?.elements?[1]["count"] == .null)
    #expect(json["occurred"] == .null)
    let decisions = try #require(json["decisions"]?.elements)
    #expect(decisions.map { $0["duty"] } == [.string("EU-GDPR-33-SA"), .null])
    #expect(decisions.map { $0["decision"] } == [.string("do-not-notify"), .string("later")])
    #expect(decisions[0]["approved_by"] == .string("bob"))
    #expect(
      json["gaps"]?.elements == [.string("decision 1 not approved by a second person")]
    )
  }
}
