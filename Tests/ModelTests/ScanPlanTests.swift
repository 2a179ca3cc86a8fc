import Model
import Testing

private let now = Instant(seconds: 1_779_108_000)

private func result(
  _ outcome: ScanOutcome,
  rule: String = "r",
  at seconds: Int64? = 100,
  places: [Int] = [0]
) -> AuditScanResult {
  AuditScanResult(
    tool: "T",
    target: "web-1",
    rule: rule,
    outcome: outcome,
    word: outcome.rawValue,
    at: seconds.map { Instant(seconds: $0) },
    places: places
  )
}

private func item(_ edits: AuditItemEdit...) -> AuditItem {
  var item = AuditItem(id: 7, audit: 1, place: 0, position: 0, identifier: "i")
  for edit in edits { item.apply(edit) }
  return item
}

struct `An item of an audit` {
  /// What a row of outcomes makes of an item; an edit between two is a person's.
  private enum Step {
    case scan(ScanOutcome?)
    case person(AuditItemEdit)
  }

  private static func walk(_ steps: Step..., from start: AuditItem = item()) -> [String] {
    var (item, memory) = (start, ScanAnswer())
    return steps.map { step in
      switch step {
      case .person(let edit): item.apply(edit)
      case .scan(let outcome):
        for edit in memory.take(outcome, by: "T, web-1", words: "w", on: item, at: now) {
          item.apply(edit)
        }
      }
      let proposal = item.proposal.map { " proposed \($0.result.rawValue)" } ?? ""
      let reason = item.reason.isEmpty ? "" : " (\(item.reason))"
      return "\(item.result.rawValue)\(reason) \(item.work.rawValue)\(proposal)"
    }
  }

  @Test func `takes the scan's answer where no person judged, and each new one`() {
    #expect(
      Self.walk(.scan(.fail), .scan(.pass), .scan(.notApplicable), .scan(.error), .scan(nil)) == [
        "does-not-conform to-do", "conforms to-do",
        "not-assessed in-review proposed not-applicable", "not-assessed to-do",
        "not-assessed to-do",
      ]
    )
  }

  @Test func `is never left out of the score by a scan alone`() {
    let steps = Self.walk(
      .scan(.notApplicable),
      .person(.proposal(nil)),
      .person(.work(.inProgress)),
      .scan(.notApplicable),
      .scan(.pass)
    )
    #expect(
      steps == [
        "not-assessed in-review proposed not-applicable", "not-assessed in-review",
        "not-assessed in-progress", "not-assessed in-progress", "conforms in-progress",
      ]
    )
  }

  @Test(arguments: [ScanOutcome.error, .unknown, .notReviewed, .informational, .notSelected])
  func `takes no answer of what was not found out`(outcome: ScanOutcome) {
    #expect(Self.walk(.scan(outcome)) == ["not-assessed to-do"])
  }

  @Test func `that a person judged keeps that, and another answer is proposed once`() {
    let judged = item(.result(.conforms), .work(.done))
    #expect(
      Self.walk(
        .scan(.pass),
        .scan(.fail),
        .person(.proposal(nil)),
        .person(.work(.inProgress)),
        .scan(.fail),
        .scan(.pass),
        .scan(.fail),
        from: judged
      ) == [
        "conforms done", "conforms in-review proposed does-not-conform", "conforms in-review",
        "conforms in-progress", "conforms in-progress", "conforms in-progress",
        "conforms in-review proposed does-not-conform",
      ]
    )
  }

  @Test func `loses a proposal that came to nothing, and stands where it stood`() {
    let judged = item(.result(.conforms), .work(.done))
    #expect(
      Self.walk(.scan(.fail), .scan(.pass), from: judged) == [
        "conforms in-review proposed does-not-conform", "conforms done",
      ]
    )
  }

  @Test func `for which a person proposes something is left alone`() {
    let proposal = AuditProposal(by: "Kim", at: now, result: .partly)
    #expect(
      Self.walk(.scan(.fail), from: item(.proposal(proposal), .work(.inReview))) == [
        "not-assessed in-review proposed partly"
      ]
    )
  }

  @Test func `is a person's once one touched the scan's answer`() {
    let attested = AuditItemEdit.attestation(AuditAttestation(by: "Ada", at: now))
    #expect(
      Self.walk(.scan(.pass), .person(attested), .scan(.fail)).last
        == "conforms in-review proposed does-not-conform"
    )
    #expect(
      Self.walk(.scan(.pass), .person(.result(.notAssessed)), .scan(.pass), .scan(.fail)) == [
        "conforms to-do", "not-assessed to-do", "not-assessed to-do", "does-not-conform to-do",
      ]
    )
  }
}

struct `The outcome of several rules` {
  @Test func `is the worst, and what was not looked at is worse than what is in order`() {
    #expect(ScanOutcome.worst([.pass, .fail, .error]) == .fail)
    #expect(ScanOutcome.worst([.pass, .notReviewed]) == .notReviewed)
    #expect(ScanOutcome.worst([.notSelected, .notApplicable, .pass]) == .pass)
    #expect(ScanOutcome.worst([]) == nil)
  }
}

struct `The finding of a failed rule` {
  private static func finding(_ standing: FindingStanding, removed: Bool = false) -> Finding {
    Finding(
      id: 1,
      reference: "FND-2026-0001",
      version: 1,
      facts: FindingFacts(title: "t", severity: .high),
      standing: standing,
      openedAt: Instant(seconds: 50),
      updatedAt: Instant(seconds: 50),
      due: nil,
      item: nil,
      isRemoved: removed
    )
  }

  private static func move(
    _ outcome: ScanOutcome,
    _ standing: FindingStanding,
    at seconds: Int64? = 100,
    removed: Bool = false
  ) -> ScanFinding.Move {
    ScanFinding(finding: 1, outcome: .fail, at: nil)
      .move(result(outcome, at: seconds), finding(standing, removed: removed))
  }

  @Test func `is closed by a pass and opened again by a failure`() {
    for state in [FindingState.open, .inProgress, .remedied, .verified] {
      #expect(Self.move(.pass, FindingStanding(state: state)) == .close)
      #expect(Self.move(.fixed, FindingStanding(state: state)) == .close)
    }
    let byScan = FindingStanding(state: .closed, closedAt: Instant(seconds: 900), cause: .scan)
    #expect(Self.move(.fail, byScan) == .reopen)
    #expect(Self.move(.pass, byScan) == .stay)
    #expect(Self.move(.fail, FindingStanding(state: .open)) == .stay)
  }

  @Test(arguments: [ScanOutcome.error, .unknown, .notReviewed, .notApplicable, .notSelected])
  func `is left by what says neither`(outcome: ScanOutcome) {
    #expect(Self.move(outcome, FindingStanding(state: .open)) == .stay)
    #expect(Self.move(outcome, FindingStanding(state: .closed, cause: .scan)) == .stay)
  }

  @Test func `stays where people judged: accepted, a false positive, taken off the list`() {
    let accepted = FindingStanding(state: .accepted)
    let dismissed = FindingStanding(state: .closed, closedAt: now, cause: .falsePositive)
    for outcome in [ScanOutcome.pass, .fail] {
      #expect(Self.move(outcome, accepted) == .stay)
      #expect(Self.move(outcome, dismissed) == .stay)
      #expect(Self.move(outcome, FindingStanding(state: .open), removed: true) == .stay)
    }
  }

  @Test func `that people closed is opened again only by a scan that came later`() {
    let closed = FindingStanding(state: .closed, closedAt: Instant(seconds: 200))
    #expect(Self.move(.fail, closed, at: 199) == .stay)
    #expect(Self.move(.fail, closed, at: 201) == .reopen)
    #expect(Self.move(.fail, closed, at: nil) == .reopen)
    #expect(Self.move(.fail, FindingStanding(state: .remedied), at: 49) == .stay)
  }

  @Test func `with corrective actions that are not done stays open`() {
    var finding = Self.finding(FindingStanding())
    finding.facts.actions = [CorrectiveAction(title: "rotate keys")]
    let memory = ScanFinding(finding: 1, outcome: .fail, at: nil)
    #expect(memory.move(result(.pass), finding) == .hold)
  }

  @Test(arguments: [(100, 101, true), (100, 99, false), (100, 100, false), (nil, 5, true)])
  func `hears only of what is new`(known: Int64?, new: Int64, isNews: Bool) {
    let memory = ScanFinding(finding: 1, outcome: .pass, at: known.map { Instant(seconds: $0) })
    #expect(memory.isNews(result(known == nil ? .fail : .pass, at: new)) == isNews)
  }
}

struct `A plan of an import` {
  private static func plan(
    _ results: [AuditScanResult],
    known: [AuditScanResult] = [],
    item own: AuditItem = item()
  ) -> ScanPlan {
    ScanPlan(
      results,
      on: ScanPlan.Standing(
        known: known.enumerated().map {
          .init(id: RecordID($0.offset + 1), scan: 1, result: $0.element)
        },
        items: [own],
        answers: [:],
        led: [:]
      ),
      at: now
    )
  }

  @Test func `of what is known does nothing`() {
    let plan = Self.plan([result(.fail)], known: [result(.fail)])
    #expect(plan.isIdle)
    #expect((plan.effect.unchanged, plan.effect.matched) == (1, 1))
    #expect(plan.answers.isEmpty)
  }

  @Test func `leaves what is newer, and what another profile left out`() {
    let older = Self.plan([result(.pass, at: 99)], known: [result(.fail)])
    #expect(older.isIdle)
    #expect(older.effect.older == 1)
    let unselected = Self.plan([result(.notSelected, at: 200)], known: [result(.fail)])
    #expect(unselected.isIdle)
    let selected = Self.plan([result(.fail, at: 50)], known: [result(.notSelected)])
    #expect(selected.effect.updated == 1)
  }

  @Test func `asks all rules of an item, the known ones too`() {
    let plan = Self.plan([result(.pass, rule: "new")], known: [result(.fail)])
    #expect(plan.answers.first?.after.outcome == .fail)
    #expect(plan.answers.first?.edits == [.result(.doesNotConform)])
    let words = Self.plan(
      [result(.fail, rule: "a"), result(.pass, rule: "b")],
      item: item(.result(.conforms))
    )
    guard case .proposal(let proposal?)? = words.answers.first?.edits.first else {
      Issue.record("nothing is proposed")
      return
    }
    #expect(proposal.by == "T, web-1")
    #expect(proposal.observation == "1 of 2 rules: fail: a")
  }

  @Test func `opens one finding for a failed rule, matched or not`() {
    let plan = Self.plan([
      result(.fail), result(.fail, rule: "s", places: []), result(.error, rule: "e"),
    ])
    #expect(plan.effect.opened == 2)
    #expect(plan.findings.map(\.item) == [7, nil])
    #expect((plan.effect.matched, plan.effect.unmatched) == (2, 1))
  }
}
