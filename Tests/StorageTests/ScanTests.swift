import Model
import Storage
import TestSupport
import Testing

struct `A scan on an audit` {
  let fixture: StoreFixture
  let audit: RecordID
  var store: SQLiteStore { fixture.store }

  init() async throws {
    fixture = try StoreFixture()
    let framework = try await fixture.store.apply(
      AddFramework(framework: `A framework in the record`.framework(chapters: 1), format: "test"),
      origin: "test"
    ).subject.id
    audit = try await fixture.store.apply(
      StartAudit(framework: framework, facts: AuditFacts(title: "a")),
      origin: "test"
    ).subject.id
  }

  /// Places 2 to 5 are the items 1.1.1 to 1.1.4.
  private func scan(
    _ outcomes: KeyValuePairs<String, ScanOutcome>,
    at seconds: Int64,
    places: [Int] = [2],
    target: String = "web-1"
  ) -> ImportScan {
    let results = outcomes.map { rule, outcome in
      AuditScanResult(
        tool: "T",
        target: target,
        rule: rule,
        title: "rule \(rule)",
        outcome: outcome,
        word: outcome.rawValue,
        severity: .high,
        at: Instant(seconds: seconds),
        places: rule == "lost" ? [] : places
      )
    }
    var counts: [String: Int] = [:]
    for result in results { counts[result.outcome.rawValue, default: 0] += 1 }
    let facts = AuditScanFacts(
      file: "scan-\(seconds)",
      sha256: String(repeating: "a", count: 64),
      format: "xccdf",
      tool: "T 1",
      counts: counts
    )
    return ImportScan(id: audit, scan: facts, results: results)
  }

  @discardableResult
  private func apply(_ change: ImportScan) async throws -> Receipt {
    try await store.apply(change, origin: "test")
  }

  private func item(_ place: Int = 2) async throws -> AuditItem {
    try #require(try await store.answer(AuditItemDetails(audit: audit, place: place))).item
  }

  private func findings() async throws -> [Finding] {
    let window = RowWindow(start: 0, count: 99)
    return try await store.answer(FindingList(window: window)).rows
      .sorted { $0.reference < $1.reference }
  }

  private func results(_ filter: AuditScanFilter = AuditScanFilter()) async throws
    -> [AuditScanResults.Row]
  {
    let window = RowWindow(start: 0, count: 99)
    return try await store.answer(
      AuditScanResults(audit: audit, filter: filter, window: window)
    ).rows
  }

  private func effect() async throws -> AuditScanEffect {
    try #require(try await store.answer(AuditScans(audit: audit)).first).effect
  }

  @Test func `keeps every rule, answers the item with the worst, and opens findings`() async throws
  {
    let change = scan(["a": .fail, "b": .pass, "lost": .fail], at: 100)
    let foreseen = try await store.answer(ScanPreview(change))
    try await apply(change)
    let effect = try await effect()
    #expect(effect == foreseen)
    #expect((effect.created, effect.opened, effect.answered) == (3, 2, 1))
    #expect((effect.matched, effect.unmatched) == (2, 1))
    #expect(try await item().result == .doesNotConform)
    let outcomes = try await store.answer(AuditScanOutcomes(audit: audit))
    #expect(
      outcomes == [ItemScanOutcome(place: 2, outcome: .fail, counts: ["fail": 1, "pass": 1])]
    )
    #expect(outcomes.first?.text == "fail (1 of 2 rules)")
    let findings = try await findings()
    #expect(findings.map(\.facts.title) == ["rule a (web-1)", "rule lost (web-1)"])
    #expect(findings[0].item?.id == (try await item().id))
    #expect(findings[1].item == nil)
    #expect(try await results().map(\.result.rule) == ["a", "lost", "b"])
    #expect(try await results(AuditScanFilter(place: 2)).map(\.result.rule) == ["a", "b"])
    let unmatched = try await results(AuditScanFilter(isMatched: false))
    #expect(unmatched.map(\.result.rule) == ["lost"])
    #expect(unmatched.first?.finding?.reference == "FND-2026-0002")
  }

  @Test func `changes nothing the second time`() async throws {
    let change = scan(["a": .fail, "b": .pass], at: 100)
    let first = try await apply(change)
    let second = try await apply(change)
    #expect(!second.isReversible)
    #expect(second.entry == first.entry)
    #expect(try await store.answer(AuditScans(audit: audit)).count == 1)
    #expect(try await findings().count == 1)
  }

  @Test func `closes what passes and opens again what fails again`() async throws {
    try await apply(scan(["a": .fail], at: 100))
    try await apply(scan(["a": .pass], at: 200))
    var finding = try #require(try await findings().first)
    #expect(finding.standing.state == .closed)
    #expect(finding.standing.cause == .scan)
    #expect(try await effect().closed == 1)
    #expect(try await item().result == .conforms)
    try await apply(scan(["a": .fail], at: 300))
    finding = try #require(try await findings().first)
    #expect(finding.standing.state == .open)
    #expect(try await effect().reopened == 1)
    #expect(try await findings().count == 1)
    let history = try #require(try await store.answer(FindingDetails(id: finding.id))).history
    #expect(history.count == 3)
    #expect(history.allSatisfy { $0.headline == "imported a scan: 1 result of T 1" })
    // One that is older than what is known says nothing any more.
    try await apply(scan(["a": .pass], at: 250))
    #expect(try await findings().first?.standing.state == .open)
  }

  @Test func `keeps one finding for rule and target in all audits`() async throws {
    try await apply(scan(["a": .fail], at: 100))
    try await apply(scan(["a": .fail], at: 100, target: "web-2"))
    #expect(try await findings().count == 2)
    let framework = try #require(try await store.answer(FrameworkList()).first).id
    let second = try await store.apply(
      StartAudit(framework: framework, facts: AuditFacts(title: "b")),
      origin: "test"
    ).subject.id
    var change = scan(["a": .fail], at: 400)
    change.id = second
    try await apply(change)
    #expect(try await findings().count == 2)
  }

  @Test func `keeps what people judged: answers, accepted risks, false positives`() async throws {
    let mine = try await item()
    try await store.apply(
      AnswerItem(id: mine.id, basedOn: mine.version, edits: [.result(.conforms), .work(.done)]),
      origin: "test"
    )
    try await apply(scan(["a": .fail, "b": .fail], at: 100))
    var now = try await item()
    #expect((now.result, now.work) == (.conforms, .inReview))
    #expect(now.proposal?.result == .doesNotConform)
    let ids = try await findings().map(\.id)
    try await store.apply(
      [
        MoveFinding(
          id: ids[0],
          basedOn: nil,
          step: .accept(
            by: "CEO",
            reason: "cost",
            expires: StatedTime(Instant(seconds: 1_800_000_000))
          )
        ),
        MoveFinding(id: ids[1], basedOn: nil, step: .dismiss(reason: "the rule is wrong here")),
      ],
      origin: "test"
    )
    try await apply(scan(["a": .pass, "b": .pass], at: 200))
    try await apply(scan(["a": .fail, "b": .fail], at: 300))
    let standings = try await findings().map(\.standing)
    #expect(standings.map(\.state) == [.accepted, .closed])
    #expect(standings[1].cause == .falsePositive)
    now = try await item()
    #expect(now.result == .conforms)
  }

  @Test func `is taken back and done again by undo`() async throws {
    try await apply(scan(["a": .fail], at: 100))
    let before = try await picture()
    let receipt = try await apply(scan(["a": .pass, "b": .fail, "lost": .fail], at: 200))
    let after = try await picture()
    let undone = try await store.undo([receipt.entry], origin: "test")
    #expect(try await picture() == before)
    try await store.undo([undone[0].entry], origin: "test")
    #expect(try await picture() == after)
    try store.close()
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
  }

  @Test func `is taken back only after those that came later`() async throws {
    let first = try await apply(scan(["a": .fail], at: 100))
    try await apply(scan(["a": .pass], at: 200))
    await #expect(throws: StoreError.self) {
      try await store.undo([first.entry], origin: "test")
    }
  }

  @Test func `leaves what people altered since when it is taken back`() async throws {
    let receipt = try await apply(scan(["a": .fail], at: 100))
    let mine = try await item()
    try await store.apply(
      AnswerItem(id: mine.id, basedOn: mine.version, edits: [.observation("I looked")]),
      origin: "test"
    )
    try await store.apply(
      MoveFinding(id: try await findings()[0].id, basedOn: nil, step: .begin),
      origin: "test"
    )
    try await store.undo([receipt.entry], origin: "test")
    #expect(try await item().result == .doesNotConform)
    #expect(try await findings().first?.standing.state == .inProgress)
    #expect(try await results().isEmpty)
  }

  @Test func `leaves a finding of which another audit has heard since`() async throws {
    let receipt = try await apply(scan(["a": .fail], at: 100))
    let framework = try #require(try await store.answer(FrameworkList()).first).id
    var other = scan(["a": .fail], at: 200)
    other.id = try await store.apply(
      StartAudit(framework: framework, facts: AuditFacts(title: "b")),
      origin: "test"
    ).subject.id
    try await apply(other)
    try await store.undo([receipt.entry], origin: "test")
    #expect(try await findings().map(\.standing.state) == [.open])
  }

  @Test func `is refused by a locked audit, and where it is not whole`() async throws {
    var broken = scan(["a": .fail], at: 100)
    broken.results[0].outcome = .pass
    var nowhere = scan(["a": .fail], at: 100, places: [0])
    nowhere = ImportScan(id: audit, scan: nowhere.scan, results: nowhere.results)
    let twice = scan(["a": .fail, "a": .pass], at: 100)
    let forged = WithdrawScan(
      id: audit,
      basedOn: nil,
      scan: 1,
      before: [],
      answers: [],
      findings: []
    )
    for change in [broken, nowhere, twice] as [ImportScan] {
      await #expect(throws: StoreError.self) { try await apply(change) }
    }
    await #expect(throws: StoreError.self) { try await store.apply(forged, origin: "test") }
    let digest = try #require(try await store.answer(AuditDetails("AUD-2026-0001"))).digest
    try await store.apply(SignAudit(id: audit, basedOn: nil, digest: digest), origin: "test")
    await #expect(throws: StoreError.self) { try await apply(scan(["a": .fail], at: 100)) }
    await #expect(throws: StoreError.self) {
      try await store.answer(ScanPreview(scan(["a": .fail], at: 100)))
    }
    #expect(try await results().isEmpty)
    #expect(try await findings().isEmpty)
  }

  /// What can be seen, without versions and times of alteration.
  private func picture() async throws -> [String] {
    var lines = try await results().map { "\($0.result) \($0.finding?.reference ?? "-")" }
    lines += try await findings().map { "\($0.reference) \($0.standing.state) \($0.facts)" }
    for place in 2...5 {
      let item = try await item(place)
      lines.append(
        "\(item.result) \(item.reason) \(item.work) \(String(describing: item.proposal))"
      )
    }
    for outcome in try await store.answer(AuditScanOutcomes(audit: audit)) {
      lines.append("\(outcome.place) \(outcome.text)")
    }
    lines.append("\(try await store.answer(AuditScans(audit: audit)).map(\.facts.file))")
    return lines
  }
}
