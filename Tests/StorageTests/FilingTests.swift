import Model
import Storage
import TestSupport
import Testing

struct `What was filed` {
  private static let rule = "EU-GDPR-33-SA"

  /// An incident with one clock, due at 100 s, and a piece of evidence.
  private static func filled() async throws -> StoreFixture {
    let fixture = try StoreFixture()
    try await fixture.store.apply(
      [
        OpenIncident(facts: IncidentFacts(title: "a")),
        RecordObligations(
          incident: 1,
          incidentVersion: 1,
          sent: [:],
          basis: "b",
          cause: "facts changed",
          obligations: [`Undo`.duty(rule, .due(`Undo`.deadline(100)))]
        ),
        AddEvidence(
          incident: 1,
          facts: EvidenceFacts(
            title: "report.pdf",
            path: "/report.pdf",
            sha256: String(repeating: "a", count: 64),
            size: 1,
            isCopied: true
          )
        ),
      ],
      origin: "test"
    )
    return fixture
  }

  private static func filing(
    at seconds: Int64,
    phase: FilingPhase = .initial,
    because reason: String = ""
  ) -> FilingFacts {
    var facts = `Undo`.filing(rule, to: "authority", at: seconds, evidence: 1)
    (facts.phase, facts.lateReason, facts.receipt) = (phase, reason, "R-1")
    return facts
  }

  @Test(arguments: [
    (100, FilingPhase.initial, "", true), (101, .initial, "", false),
    (101, .initial, "  \n", false), (101, .initial, "the portal was down", true),
    (101, .supplement, "", false), (101, .final, "", false),
  ])
  func `that comes late says why, whatever its step`(
    seconds: Int64,
    phase: FilingPhase,
    reason: String,
    isTaken: Bool
  ) async throws {
    let fixture = try await Self.filled()
    let change = AddFiling(
      incident: 1,
      facts: Self.filing(at: seconds, phase: phase, because: reason)
    )
    if isTaken {
      try await fixture.store.apply(change, origin: "test")
    } else {
      await #expect(throws: StoreError.self) {
        try await fixture.store.apply(change, origin: "test")
      }
    }
    #expect(try await fixture.store.answer(IncidentFilings(incident: 1)).count == (isTaken ? 1 : 0))
  }

  @Test func `after one in time needs no reason`() async throws {
    let fixture = try await Self.filled()
    try await fixture.store.apply(
      AddFiling(incident: 1, facts: Self.filing(at: 50)),
      origin: "test"
    )
    try await fixture.store.apply(
      AddFiling(incident: 1, facts: Self.filing(at: 500, phase: .supplement)),
      origin: "test"
    )
    #expect(try await fixture.store.answer(IncidentFilings(incident: 1)).count == 2)
  }

  @Test func `corrected to a late time says why, and its correction can be undone`() async throws {
    let fixture = try await Self.filled()
    try await fixture.store.apply(
      AddFiling(incident: 1, facts: Self.filing(at: 50)),
      origin: "test"
    )
    await #expect(throws: StoreError.self) {
      try await fixture.store.apply(
        EditFiling(id: 1, basedOn: 1, facts: Self.filing(at: 200)),
        origin: "test"
      )
    }
    let late = Self.filing(at: 200, because: "courier")
    let edit = try await fixture.store.apply(
      EditFiling(id: 1, basedOn: 1, facts: late),
      origin: "test"
    )
    try await fixture.store.undo([edit.entry], origin: "test")
    #expect(
      try await fixture.store.answer(IncidentFilings(incident: 1)).map(\.facts.receipt) == ["R-1"]
    )
  }

  @Test func `keeps every version with who wrote it`() async throws {
    let fixture = try await Self.filled()
    try await fixture.store.apply(
      AddFiling(incident: 1, facts: Self.filing(at: 50)),
      origin: "test"
    )
    var second = Self.filing(at: 60)
    second.receipt = "R-2"
    let edit = try await fixture.store.apply(
      EditFiling(id: 1, basedOn: 1, facts: second),
      origin: "test"
    )
    var versions = try await fixture.store.answer(FilingVersions(filing: 1))
    #expect(versions.map(\.version) == [2, 1])
    #expect(versions.map { $0.facts?.receipt } == ["R-2", "R-1"])
    #expect(versions.map { $0.facts?.evidence } == [1, 1])
    #expect(versions.allSatisfy { !$0.by.isEmpty })
    try await fixture.store.undo([edit.entry], origin: "test")
    versions = try await fixture.store.answer(FilingVersions(filing: 1))
    #expect(versions.map { $0.facts?.receipt } == ["R-1", "R-2", "R-1"])
    #expect(try await fixture.store.answer(FilingVersions(filing: 2)).isEmpty)
  }

  @Test func `and a decision are found by their words`() async throws {
    let fixture = try await Self.filled()
    func found(_ text: String) async throws -> [Subject] {
      try await fixture.store.answer(Search(text, window: RowWindow(start: 0, count: 9))).rows.map(
        \.subject
      )
    }
    try await fixture.store.apply(
      AddFiling(incident: 1, facts: Self.filing(at: 50)),
      origin: "test"
    )
    try await fixture.store.apply(
      RecordDecision(
        incident: 1,
        facts: DecisionFacts(
          decision: .notify,
          ground: .riskLikely,
          reasoning: "salaries of everybody",
          decidedBy: "Ana",
          decidedAt: StatedTime(Instant(seconds: 7))
        )
      ),
      origin: "test"
    )
    #expect(try await found("r-1") == [Subject(.filing, 1)])
    #expect(try await found("gdpr authority") == [Subject(.filing, 1)])
    #expect(try await found("salaries") == [Subject(.decision, 1)])
    try await fixture.store.apply(RemoveFiling(id: 1, basedOn: 1), origin: "test")
    #expect(try await found("r-1").isEmpty)
    try await fixture.store.apply(RestoreFiling(id: 1, basedOn: 2), origin: "test")
    #expect(try await found("r-1") == [Subject(.filing, 1)])
    try await fixture.store.apply(RemoveIncident(id: 1, basedOn: nil, reason: ""), origin: "test")
    #expect(try await found("salaries").isEmpty)
  }
}
