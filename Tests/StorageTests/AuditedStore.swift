import Model
import Storage
import TestSupport
import Testing

extension WholeRecord {
  /// Audits a framework as people do: answers, proposals, reviews, scans, a signature and a second pass.
  static func audit(_ fixture: StoreFixture) async throws {
    let store = fixture.store
    func apply(_ change: some Change) async throws -> Receipt {
      try await store.apply(change, origin: "test")
    }
    var framework = `A framework in the record`.framework(chapters: 1)
    framework.scale = ScoreScale(minimum: 0, maximum: 5)
    let frame = try await apply(AddFramework(framework: framework, format: "test")).subject.id
    let first = try await apply(
      StartAudit(framework: frame, facts: AuditFacts(title: "First", scope: "all", months: 12))
    ).subject.id
    func item(_ place: Int, of audit: RecordID? = nil) async throws -> RecordID {
      try #require(
        try await store.answer(AuditItemDetails(audit: audit ?? first, place: place))
      ).item.id
    }
    func answer(_ place: Int, of audit: RecordID? = nil, _ edits: [AuditItemEdit]) async throws {
      let id = try await item(place, of: audit)
      _ = try await apply(AnswerItem(id: id, basedOn: nil, edits: edits))
    }
    _ = try await apply(
      EditAudit(id: first, basedOn: nil, edits: [.auditor("Ana"), .reviewers(["Bo"])])
    )
    try await answer(2, [.result(.conforms), .score(3), .target(4), .work(.done)])
    try await answer(3, [.result(.partly), .grade(.minor), .observation("half of it")])
    try await answer(4, [.result(.notApplicable), .reason("no such thing"), .target(1)])
    let proposal = AuditProposal(
      by: "Cy",
      at: fixture.clock.now,
      result: .conforms,
      score: 2,
      observation: "seen"
    )
    try await answer(5, [.proposal(proposal), .work(.inReview)])
    let accepted = try await apply(
      ReviewItem(id: try await item(5), basedOn: nil, isAccepted: true)
    )
    let undone = try await store.undo([accepted.entry], origin: "test")
    try await store.undo(undone.map(\.entry), origin: "test")
    let submitted = try await apply(SubmitForReview(id: first, basedOn: nil))
    try await store.undo([submitted.entry], origin: "test")
    _ = try await apply(SubmitForReview(id: first, basedOn: nil))
    _ = try await apply(
      ReviewItem(id: try await item(3), basedOn: nil, isAccepted: false, note: "show it")
    )
    // The scan proposes where people have answered; one of them answers again, the scan is accepted.
    _ = try await apply(scan(["a": 2, "b": 7], at: 100, on: first))
    let second = try await apply(scan(["c": 8], at: 200, on: first))
    try await store.undo([second.entry], origin: "test")
    try await answer(2, [.result(.partly), .observation("I looked"), .score(1)])
    _ = try await apply(ReviewItem(id: try await item(2), basedOn: nil, isAccepted: true))
    let led = try await store.answer(FindingList(window: RowWindow(start: 0, count: 99))).rows
      .filter { $0.facts.title.hasPrefix("rule") }
    #expect(led.count == 2)
    for finding in led {
      var facts = finding.facts
      facts.owner = "Ana"
      _ = try await apply(EditFinding(id: finding.id, basedOn: nil, facts: facts))
      _ = try await apply(MoveFinding(id: finding.id, basedOn: nil, step: .begin))
    }
    _ = try await apply(
      OpenFinding(
        facts: FindingFacts(title: "half of it", severity: .medium),
        item: Subject(.auditItem, try await item(3))
      )
    )
    let digest = try #require(try await store.answer(WholeAudit(id: first))).digest
    _ = try await apply(SignAudit(id: first, basedOn: nil, digest: digest))
    let again = try await apply(
      StartAudit(framework: frame, facts: AuditFacts(title: "Second"), previous: first)
    ).subject.id
    let taken = try await store.answer(AuditItemDetails(audit: again, place: 2))
    #expect(taken?.item.target == 4)
    try await answer(
      15,
      of: again,
      [
        .result(.partly), .reason("r"), .score(2), .target(3), .grade(.major), .observation("o"),
        .answers([:]), .attestation(AuditAttestation(by: "Ana", at: fixture.clock.now, months: 12)),
        .sampling(AuditSampling(population: 9, sample: 3, exceptions: 1)), .assignee("Bo"),
        .work(.inReview),
      ]
    )
    _ = try await apply(
      ReviewItem(id: try await item(15, of: again), basedOn: nil, isAccepted: false, note: "n")
    )
  }

  /// What a scanner says of rules that fail, each of one item.
  private static func scan(_ rules: [String: Int], at seconds: Int64, on audit: RecordID)
    -> ImportScan
  {
    ImportScan(
      id: audit,
      scan: AuditScanFacts(
        file: "scan-\(seconds)",
        sha256: String(repeating: "a", count: 64),
        format: "xccdf",
        tool: "T 1",
        counts: ["fail": rules.count]
      ),
      results: rules.sorted { $0.key < $1.key }.map { rule, place in
        AuditScanResult(
          tool: "T",
          target: "web-1",
          rule: rule,
          title: "rule \(rule)",
          outcome: .fail,
          word: "fail",
          severity: .high,
          at: Instant(seconds: seconds),
          places: [place]
        )
      }
    )
  }
}

struct `A change that was made and taken back` {
  private static func problems(_ fixture: StoreFixture) throws -> [String] {
    try RecordVerifier.verify(path: fixture.path).bad.map {
      "\($0.subject.kind.rawValue) \($0.subject.id): \($0.problem)"
    }
  }

  @Test(arguments: `Undo`.changes.indices)
  func `leaves a record that verify finds sound, each time`(index: Int) async throws {
    let fixture = try await `Undo`.filled()
    try await fixture.store.apply(
      AddActivity(ActivityFacts(name: "nothing rests on it")),
      origin: "test"
    )
    let made = try await fixture.store.apply([`Undo`.changes[index]], origin: "test")
    #expect(try Self.problems(fixture) == [])
    let undone = try await fixture.store.undo(made.map(\.entry), origin: "test")
    #expect(try Self.problems(fixture) == [])
    try await fixture.store.undo(undone.map(\.entry), origin: "test")
    #expect(try Self.problems(fixture) == [])
  }
}
