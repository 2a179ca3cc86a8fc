import Model
import Storage
import TestSupport
import Testing

struct `The answers to what laws ask` {
  private static func edit(_ fixture: StoreFixture, _ answers: [(String, String?)]) async throws {
    try await fixture.store.apply(
      EditIncident(
        id: 1,
        basedOn: nil,
        edits: answers.map { .answer(.known($0.0), $0.1) }
      ),
      origin: "test"
    )
  }

  private static func answers(_ fixture: StoreFixture) async throws -> [String: String]? {
    try await fixture.store.answer(IncidentDetail(id: 1))?.facts.answers.values
  }

  @Test func `are kept, set anew and taken back`() async throws {
    let fixture = try StoreFixture()
    try await fixture.store.apply(
      OpenIncident(
        facts: IncidentFacts(title: "a", answers: LegalAnswers(["risk": "high", "major": "false"]))
      ),
      origin: "test"
    )
    #expect(try await Self.answers(fixture) == ["risk": "high", "major": "false"])
    try await Self.edit(fixture, [("risk", "unlikely"), ("major", nil), ("significant", "true")])
    #expect(try await Self.answers(fixture) == ["risk": "unlikely", "significant": "true"])
    let line = try #require(
      try await fixture.store.answer(
        JournalWindow(JournalFilter(), RowWindow(start: 0, count: 1))
      ).rows.first
    )
    #expect(line.details == ["risk: unlikely", "major: not known", "significant: true"])
  }

  @Test(arguments: [
    ("risk", "enormous"), ("major", "perhaps"), ("law_enforcement_hold.since", "yesterday"),
    ("org.small_agent", "true"), ("data.encrypted", "true"), ("no_such_question", "true"),
  ])
  func `are refused by name where no rule could read them`(name: String, text: String)
    async throws
  {
    let fixture = try StoreFixture()
    let change = OpenIncident(
      facts: IncidentFacts(title: "a", answers: LegalAnswers([name: text]))
    )
    let error = try #require(
      await #expect(throws: StoreError.self) {
        try await fixture.store.apply(change, origin: "test")
      }
    )
    #expect("\(error)".hasPrefix(name))
    #expect(try await fixture.store.answer(JournalHead()).sequence == 0)
  }

  @Test func `are named in a conflict`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    try await Self.edit(fixture, [("risk", "high")])
    let mine = EditIncident(id: 1, basedOn: 1, edits: [.answer(.known("risk"), "unlikely")])
    let error = await #expect(throws: StoreError.self) {
      try await fixture.store.apply(mine, origin: "test")
    }
    guard case .conflict(let conflict)? = error else {
      Issue.record("no conflict: \(String(describing: error))")
      return
    }
    #expect(conflict.fields == [.init(field: "risk", theirs: "high", ours: "unlikely")])
  }
}

struct `The organisation` {
  @Test func `is unknown until it is set, and is set anew by version`() async throws {
    let fixture = try StoreFixture()
    let store = fixture.store
    #expect(
      try await store.answer(CurrentOrganisation())
        == .init(organisation: Organisation(), version: 0)
    )
    let (first, second) = (`Undo`.organisation("Ferry"), `Undo`.organisation("Line"))
    try await store.apply(SetOrganisation(basedOn: 0, organisation: first), origin: "test")
    let error = await #expect(throws: StoreError.self) {
      try await fixture.another().apply(
        SetOrganisation(basedOn: 0, organisation: second),
        origin: "test"
      )
    }
    guard case .conflict(let conflict)? = error else {
      Issue.record("no conflict: \(String(describing: error))")
      return
    }
    #expect(conflict.fields == [.init(field: "name", theirs: "Ferry", ours: "Line")])
    try await store.apply(SetOrganisation(basedOn: 1, organisation: second), origin: "test")
    #expect(
      try await store.answer(CurrentOrganisation()) == .init(organisation: second, version: 2)
    )
  }

  /// Organisations that no rule could read, by what the refusal begins with.
  private static let spoilt: [(String, Organisation)] = {
    var list = ["org.country", "org.role", "org.holidays", "risk", "a reminder"].map {
      ($0, `Undo`.organisation("Ferry"))
    }
    list[0].1.country = "Germany"
    list[1].1.role = "boss"
    list[2].1.holidays = ["2026-02-30"]
    list[3].1.answers = LegalAnswers(["risk": "high"])
    list[4].1.reminderHours = [24, 0]
    return list
  }()

  @Test(arguments: spoilt)
  func `is refused where no rule could read it`(name: String, organisation: Organisation)
    async throws
  {
    let fixture = try StoreFixture()
    let error = try #require(
      await #expect(throws: StoreError.self) {
        try await fixture.store.apply(
          SetOrganisation(basedOn: 0, organisation: organisation),
          origin: "test"
        )
      }
    )
    #expect("\(error)".hasPrefix(name))
  }
}

struct `A filing` {
  @Test func `is listed by the time at which it was sent`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    var late = `Undo`.filing("R-2", to: "b", at: 9)
    (late.phase, late.lateReason, late.receipt) = (.final, "post strike", "№ 7")
    let early = `Undo`.filing("R-1", to: "a", at: 3)
    for facts in [late, early] {
      try await fixture.store.apply(AddFiling(incident: 1, facts: facts), origin: "test")
    }
    let filings = try await fixture.store.answer(IncidentFilings(incident: 1))
    #expect(filings.map(\.facts) == [early, late])
    #expect(filings.map(\.id) == [2, 1])
    #expect(filings.allSatisfy { $0.version == 1 && $0.recordedAt == fixture.clock.now })
    let day = try #require(StatedTime(year: 2026, month: 5, day: 4))
    try await fixture.store.apply(
      EditFiling(id: 1, basedOn: 1, facts: FilingFacts(rule: "R-2", sentAt: day, recipient: "b")),
      origin: "test"
    )
    let inputs = try await fixture.store.answer(ObligationInputs(incident: 1, basis: ""))
    #expect(inputs.sent == ["R-1": [Instant(seconds: 3)], "R-2": [day.earliest]])
  }

  @Test func `is refused without duty, recipient or day, or with another incident's evidence`()
    async throws
  {
    let fixture = try await `Undo`.filled()
    let good = `Undo`.filing("R-1", to: "a")
    var bad = [good, good, good, good, good]
    bad[0].rule = " "
    bad[1].recipient = "\n"
    bad[2].sentAt = try #require(StatedTime(year: 2026, month: 5))
    bad[3].evidence = 99
    let head = try await fixture.store.answer(JournalHead()).sequence
    for facts in bad.prefix(4) {
      await #expect(throws: StoreError.self) {
        try await fixture.store.apply(AddFiling(incident: 1, facts: facts), origin: "test")
      }
      await #expect(throws: StoreError.self) {
        try await fixture.store.apply(
          EditFiling(id: 1, basedOn: nil, facts: facts),
          origin: "test"
        )
      }
    }
    bad[4].evidence = 1
    await #expect(throws: StoreError.refused("evidence 1 belongs to another incident")) {
      try await fixture.store.apply(AddFiling(incident: 3, facts: bad[4]), origin: "test")
    }
    #expect(try await fixture.store.answer(JournalHead()).sequence == head)
  }

  @Test func `is a conflict with both sides when somebody else was first`() async throws {
    let fixture = try await `Undo`.filled()
    try await fixture.another().apply(
      EditFiling(id: 1, basedOn: 1, facts: `Undo`.filing("EU-GDPR-33-SA", to: "them", evidence: 1)),
      origin: "test"
    )
    let error = await #expect(throws: StoreError.self) {
      try await fixture.store.apply(
        EditFiling(
          id: 1,
          basedOn: 1,
          facts: `Undo`.filing("EU-GDPR-33-SA", to: "us", evidence: 1)
        ),
        origin: "test"
      )
    }
    guard case .conflict(let conflict)? = error else {
      Issue.record("no conflict: \(String(describing: error))")
      return
    }
    #expect(conflict.fields == [.init(field: "recipient", theirs: "them", ours: "us")])
    #expect(conflict.alteredBy == "okafor")
  }
}

struct `A decision` {
  private static let facts = DecisionFacts(
    rule: "EU-GDPR-33-SA",
    decision: .doNotNotify,
    ground: .noRisk,
    reasoning: "the disk was encrypted",
    decidedBy: "Ana",
    decidedAt: StatedTime(Instant(seconds: 7)),
    recommendation: "do not notify",
    worksheet: SeverityWorksheet(
      context: 1,
      identification: 2,
      circumstances: .init(confidentiality: 1)
    ),
    inputs: ["risk: unlikely", "data.encrypted: true"]
  )

  @Test func `is kept whole, newest first, and cannot be taken back`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    let receipt = try await fixture.store.apply(
      RecordDecision(incident: 1, facts: Self.facts),
      origin: "test"
    )
    #expect(!receipt.isReversible)
    fixture.clock.advance(by: .seconds(60))
    var later = Self.facts
    (later.decision, later.ground) = (.notify, .riskLikely)
    later.difference = "the key was on the disk"
    try await fixture.store.apply(RecordDecision(incident: 1, facts: later), origin: "test")
    let decisions = try await fixture.store.answer(IncidentDecisions(incident: 1))
    #expect(decisions.map(\.facts) == [later, Self.facts])
    #expect(decisions.first?.recordedAt == fixture.clock.now)
    #expect(decisions.allSatisfy { $0.recordedBy == "meyer" && $0.approval == nil })
  }

  @Test(arguments: [
    ("do not notify", NoticeDecision.notify, true),
    ("do-not-notify", .notify, true),
    ("notify later: still investigating", .notify, true),
    ("notify", .later, true),
    ("notify: 2.75, medium", .notify, false),
    ("2.75: medium", .notify, false),
    ("", .doNotNotify, false),
  ])
  func `that differs from the recommendation must say why`(
    recommendation: String,
    decision: NoticeDecision,
    mustSay: Bool
  ) async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    var facts = Self.facts
    (facts.recommendation, facts.decision, facts.difference) = (recommendation, decision, " ")
    facts.ground = .other
    if mustSay {
      await #expect(throws: StoreError.self) {
        try await fixture.store.apply(RecordDecision(incident: 1, facts: facts), origin: "test")
      }
      facts.difference = "because"
    }
    try await fixture.store.apply(RecordDecision(incident: 1, facts: facts), origin: "test")
  }

  @Test func `needs its reasoning and who decided`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    var (nameless, mute) = (Self.facts, Self.facts)
    (nameless.decidedBy, mute.reasoning) = (" ", "\t")
    for facts in [nameless, mute] {
      await #expect(throws: StoreError.self) {
        try await fixture.store.apply(RecordDecision(incident: 1, facts: facts), origin: "test")
      }
    }
  }

  @Test func `is approved once, by another account than the one that wrote it down`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.open("a")
    try await fixture.store.apply(
      RecordDecision(incident: 1, facts: Self.facts),
      origin: "test"
    )
    let approve = ApproveDecision(id: 1, basedOn: 1)
    await #expect(
      throws: StoreError.refused(
        "meyer wrote the decision down; another account must approve it"
      )
    ) {
      try await fixture.store.apply(approve, origin: "test")
    }
    let other = try fixture.another()
    let receipt = try await other.apply(approve, origin: "test")
    #expect(receipt.version == 2 && !receipt.isReversible)
    let decision = try #require(
      try await fixture.store.answer(IncidentDecisions(incident: 1)).first
    )
    #expect(decision.approval == .init(by: "okafor", at: fixture.clock.now))
    #expect(decision.version == 2)
    await #expect(throws: StoreError.refused("the decision was approved by okafor already")) {
      try await fixture.another(actor: "third").apply(approve, origin: "test")
    }
  }
}
