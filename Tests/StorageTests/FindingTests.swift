import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `The record of findings` {
  @discardableResult
  private static func open(
    _ fixture: StoreFixture,
    _ title: String,
    _ severity: Severity = .high,
    owner: String? = nil,
    due: StatedTime? = nil
  ) async throws -> Receipt {
    try await fixture.store.apply(
      OpenFinding(facts: FindingFacts(title: title, severity: severity, owner: owner, due: due)),
      origin: "test"
    )
  }

  private static func move(_ id: RecordID, _ step: FindingStep) -> MoveFinding {
    MoveFinding(id: id, basedOn: nil, step: step)
  }

  private static func list(_ fixture: StoreFixture, _ filter: FindingFilter) async throws
    -> [Finding]
  {
    let page = try await fixture.store.answer(
      FindingList(filter, window: RowWindow(start: 0, count: 500))
    )
    #expect(page.total == page.rows.count)
    return page.rows
  }

  @Test func `gives references by year and days by the organisation's rule`() async throws {
    let fixture = try StoreFixture()
    var organisation = Organisation()
    organisation.findingDays = FindingDays(critical: 1, high: 2, medium: 3, low: 4)
    let first = try await Self.open(fixture, "a")
    try await fixture.store.apply(
      SetOrganisation(basedOn: 0, organisation: organisation),
      origin: "test"
    )
    let second = try await Self.open(fixture, "b")
    #expect([first.reference, second.reference] == ["FND-2026-0001", "FND-2026-0002"])
    let a = try #require(try await fixture.store.answer(FindingByReference("fnd-2026-0001")))
    let b = try #require(try await fixture.store.answer(FindingByReference("FND-2026-0002")))
    #expect([a.due?.plain, b.due?.plain] == ["2026-06-17", "2026-05-20"])
    // Another title leaves the recorded day, another severity asks the rule of today.
    var facts = a.facts
    facts.title = "aa"
    try await fixture.store.apply(EditFinding(id: 1, basedOn: 1, facts: facts), origin: "test")
    let kept = try #require(try await fixture.store.answer(FindingByReference(a.reference)))
    #expect(kept.due?.plain == "2026-06-17")
    facts.severity = .low
    try await fixture.store.apply(EditFinding(id: 1, basedOn: 2, facts: facts), origin: "test")
    let moved = try #require(try await fixture.store.answer(FindingByReference(a.reference)))
    #expect(moved.due?.plain == "2026-05-22")
  }

  @Test func `refuses to close without a check that found the remedy effective`() async throws {
    let fixture = try StoreFixture()
    try await Self.open(fixture, "a")
    await #expect(throws: StoreError.self) {
      try await fixture.store.apply(Self.move(1, .close(reason: "")), origin: "test")
    }
    try await fixture.store.apply(
      [Self.move(1, .check(isEffective: true, note: "seen")), Self.move(1, .close(reason: ""))],
      origin: "test"
    )
    let closed = try #require(try await fixture.store.answer(FindingByReference("FND-2026-0001")))
    #expect(closed.standing.state == .closed)
    #expect(closed.standing.check?.by == "meyer")
    #expect(closed.standing.closedAt == fixture.clock.now)
    #expect(try await Self.list(fixture, FindingFilter(states: [.open])).isEmpty)
  }

  @Test func `puts an earlier standing back by undo alone`() async throws {
    let fixture = try StoreFixture()
    try await Self.open(fixture, "a")
    let forged = ReturnFinding(
      id: 1,
      basedOn: nil,
      standing: FindingStanding(state: .closed, closedAt: fixture.clock.now)
    )
    await #expect(throws: StoreError.self) { try await fixture.store.apply(forged, origin: "test") }
  }

  @Test func `shows a conflict where another altered the finding first`() async throws {
    let fixture = try StoreFixture()
    try await Self.open(fixture, "a")
    try await fixture.another().apply(
      EditFinding(id: 1, basedOn: 1, facts: FindingFacts(title: "b", severity: .high)),
      origin: "test"
    )
    do {
      try await fixture.store.apply(
        EditFinding(id: 1, basedOn: 1, facts: FindingFacts(title: "c", severity: .high)),
        origin: "test"
      )
      Issue.record("nothing was refused")
    } catch StoreError.conflict(let conflict) {
      #expect(conflict.fields == [.init(field: "title", theirs: "b", ours: "c")])
      #expect(conflict.alteredBy == "okafor")
    }
  }

  @Test func `lists worst first, then by due time, and filters`() async throws {
    let fixture = try StoreFixture()
    let past = StatedTime(fixture.clock.now - .seconds(60))
    try await Self.open(fixture, "low", .low, owner: "Ana")
    try await Self.open(fixture, "high", .high)
    try await Self.open(fixture, "late", .high, owner: "ana", due: past)
    try await Self.open(fixture, "accepted", .critical)
    let until = StatedTime(fixture.clock.now + .seconds(60))
    try await fixture.store.apply(
      Self.move(4, .accept(by: "CEO", reason: "cost", expires: until)),
      origin: "test"
    )
    func titles(_ filter: FindingFilter) async throws -> [String] {
      try await Self.list(fixture, filter).map(\.facts.title)
    }
    #expect(try await titles(FindingFilter()) == ["accepted", "late", "high", "low"])
    #expect(try await titles(FindingFilter(states: [.open])) == ["late", "high", "low"])
    #expect(try await titles(FindingFilter(states: [.accepted])) == ["accepted"])
    #expect(try await titles(FindingFilter(severities: [.low, .critical])) == ["accepted", "low"])
    #expect(try await titles(FindingFilter(owner: "ANA")) == ["late", "low"])
    #expect(try await titles(FindingFilter(owner: "")) == ["accepted", "high"])
    #expect(try await titles(FindingFilter(isOverdue: true)) == ["late"])
    #expect(try await titles(FindingFilter(isAcceptanceExpired: true)) == [])
    fixture.clock.advance(by: .seconds(61))
    #expect(
      try await titles(FindingFilter(states: [.open])) == ["accepted", "late", "high", "low"]
    )
    #expect(try await titles(FindingFilter(states: [.accepted])) == [])
    #expect(try await titles(FindingFilter(isAcceptanceExpired: true)) == ["accepted"])
    try await fixture.store.apply(RemoveFinding(id: 4, basedOn: nil), origin: "test")
    #expect(try await titles(FindingFilter(isAcceptanceExpired: true)) == [])
  }

  @Test func `has the same totals as counting everything`() async throws {
    let fixture = try StoreFixture()
    var generator = SystemRandomNumberGenerator()
    let now = fixture.clock.now
    for _ in 0..<250 {
      let id = Int64.random(in: 1...20, using: &generator)
      let time = StatedTime(
        now + .seconds(Int64.random(in: -9...9, using: &generator) * 20_000)
      )
      let severity = Severity.allCases.randomElement(using: &generator) ?? .low
      let facts = FindingFacts(title: "t", severity: severity, due: time)
      let changes: [any Change] = [
        OpenFinding(facts: facts), EditFinding(id: id, basedOn: nil, facts: facts),
        RemoveFinding(id: id, basedOn: nil), RestoreFinding(id: id, basedOn: nil),
        Self.move(id, .accept(by: "a", reason: "b", expires: time)), Self.move(id, .remedy),
        Self.move(id, .check(isEffective: true, note: "n")), Self.move(id, .close(reason: "")),
        Self.move(id, .reopen(reason: "r")),
      ]
      guard let change = changes.randomElement(using: &generator) else { continue }
      do { try await fixture.store.apply([change], origin: "test") } catch is StoreError {}
    }
    for seconds: Int64 in [0, 70_000, 200_000] {
      fixture.clock.advance(by: .seconds(seconds))
      let present = fixture.clock.now
      let all = try await Self.list(fixture, FindingFilter())
      let numbers = try await fixture.store.answer(FindingNumbers())
      for state in FindingState.allCases {
        for severity in Severity.allCases {
          let counted = all.count {
            $0.state(at: present) == state && $0.facts.severity == severity
          }
          let told = numbers.tallies.first { $0.state == state && $0.severity == severity }
          #expect(told?.count ?? 0 == counted)
        }
      }
      #expect(numbers.overdue == all.count { $0.isOverdue(at: present) })
      #expect(numbers.expiredAcceptances == all.count { $0.isAcceptanceExpired(at: present) })
      let overdue = try await Self.list(fixture, FindingFilter(isOverdue: true))
      #expect(Set(overdue.map(\.id)) == Set(all.filter { $0.isOverdue(at: present) }.map(\.id)))
      let care = try await fixture.store.answer(OverviewNumbers(now: present)).care
      #expect(care.overdueFindings == numbers.overdue)
      #expect(care.expiredAcceptances == numbers.expiredAcceptances)
    }
  }

  @Test func `is found by every text of it until it is taken off the list`() async throws {
    let fixture = try StoreFixture()
    func found(_ text: String) async throws -> [Search.Hit] {
      try await fixture.store.answer(Search(text, window: RowWindow(start: 0, count: 9))).rows
    }
    let facts = FindingFacts(
      title: "Backups fail",
      text: "nightly",
      severity: .high,
      owner: "Ilse",
      rootCause: "quota",
      actions: [CorrectiveAction(title: "enlarge", owner: "Bo")]
    )
    try await fixture.store.apply(OpenFinding(facts: facts), origin: "test")
    for word in ["backups", "nightly", "ilse", "quota", "enlarge", "bo", "fnd-2026"] {
      let hit = try #require(try await found(word).first, "\(word)")
      #expect(hit.subject == Subject(.finding, 1))
      #expect((hit.incident, hit.reference) == (nil, "FND-2026-0001"))
    }
    // Names of fields are no words of it.
    #expect(try await found("rootCause").isEmpty)
    try await fixture.store.apply(RemoveFinding(id: 1, basedOn: 1), origin: "test")
    #expect(try await found("backups").isEmpty)
    try await fixture.store.apply(RestoreFinding(id: 1, basedOn: 2), origin: "test")
    #expect(try await found("backups").count == 1)
  }

  @Test func `shows its links from both ends, its evidence and its history`() async throws {
    let fixture = try StoreFixture()
    let incident = try await fixture.open("Phishing").subject
    let finding = try await Self.open(fixture, "No MFA").subject
    let evidence = try await fixture.store.apply(
      AddEvidence(
        facts: EvidenceFacts(title: "policy", link: "https://example.org"),
        proves: [finding]
      ),
      origin: "test"
    ).subject
    let link = try await fixture.store.apply(
      AddLink(RecordLink(from: finding, to: incident, relation: "led to")),
      origin: "test"
    )
    func details() async throws -> FindingDetails.Details {
      try #require(try await fixture.store.answer(FindingDetails(id: finding.id)))
    }
    let all = try await details()
    #expect(all.links.map(\.link.relation) == [RecordLink.proves, "led to"])
    #expect(all.links.last?.toTitle == "Phishing")
    #expect(all.evidence.map(\.id) == [evidence.id])
    #expect(all.history.map(\.entry.action) == ["link.add", "finding.open"])
    let other = try await fixture.store.answer(IncidentLinks(incident: incident.id))
    #expect(other.map(\.fromTitle) == ["No MFA"])
    try await fixture.store.undo([link.entry], origin: "test")
    #expect(try await details().links.count == 1)
  }
}

struct `Evidence of anything` {
  private static let hash = String(repeating: "a", count: 64)

  private static func file(_ title: String, expires: StatedTime? = nil) -> EvidenceFacts {
    EvidenceFacts(
      title: title,
      path: "/\(title)",
      sha256: hash,
      size: 1,
      isCopied: true,
      dates: expires.map { EvidenceDates(expires: $0) }
    )
  }

  @Test func `proves many things at once, and keeps how a command was run`() async throws {
    let fixture = try StoreFixture()
    let store = fixture.store
    for title in ["a", "b"] {
      try await store.apply(
        OpenFinding(facts: FindingFacts(title: title, severity: .low)),
        origin: "test"
      )
    }
    let (one, two) = (Subject(.finding, 1), Subject(.finding, 2))
    var facts = Self.file("sshd -T")
    facts.run = CommandRun(
      arguments: ["sshd", "-T", "a b"],
      status: 3,
      host: "jump",
      startedAt: fixture.clock.now,
      milliseconds: 12,
      isCut: false
    )
    facts.dates = EvidenceDates(
      effective: StatedTime(fixture.clock.now),
      coveredFrom: StatedTime(year: 2025),
      coveredUntil: StatedTime(year: 2026)
    )
    try await store.apply(AddEvidence(facts: facts, proves: [one]), origin: "test")
    let attached = try await store.apply(
      AddLink(RecordLink(evidence: 1, proves: two)),
      origin: "test"
    )
    for subject in [one, two] {
      let pieces = try await store.answer(EvidenceList(of: subject))
      #expect(pieces.map(\.facts) == [facts])
      #expect(pieces.first?.proves == [one, two])
      #expect(pieces.first?.custody.map(\.kind) == [.collected])
    }
    try await store.undo([attached.entry], origin: "test")
    #expect(try await store.answer(EvidenceList(of: two)).isEmpty)
    #expect(try await store.answer(EvidenceByID(id: 1))?.incident == nil)
  }

  @Test func `of an incident stays with it, and is not listed with the others`() async throws {
    let fixture = try StoreFixture()
    let incident = try await fixture.open("a").subject.id
    try await fixture.store.apply(
      AddEvidence(incident: incident, facts: Self.file("disk")),
      origin: "test"
    )
    #expect(try await fixture.store.answer(EvidenceList()).isEmpty)
    let listed = try await fixture.store.answer(IncidentEvidence(incident: incident))
    #expect(listed.map(\.facts.title) == ["disk"])
    try await fixture.store.apply(
      OpenFinding(facts: FindingFacts(title: "f", severity: .low)),
      origin: "test"
    )
    try await fixture.store.apply(
      AddLink(RecordLink(evidence: 1, proves: Subject(.finding, 1))),
      origin: "test"
    )
    #expect(try await fixture.store.answer(EvidenceList()).map(\.id) == [1])
  }

  @Test func `is named before it expires, until it is renewed or removed`() async throws {
    let fixture = try StoreFixture()
    let now = fixture.clock.now
    let days: [(String, Int64)] = [("past", -1), ("soon", 29), ("later", 31)]
    for (title, day) in days {
      try await fixture.store.apply(
        AddEvidence(
          facts: Self.file(title, expires: StatedTime(now + .seconds(day * 86_400))),
          proves: []
        ),
        origin: "test"
      )
    }
    func care() async throws -> [Int] {
      let care = try await fixture.store.answer(OverviewNumbers(now: now)).care
      return [care.expiredEvidence, care.expiringEvidence]
    }
    #expect(try await care() == [1, 1])
    let month = now + .seconds(30 * 86_400)
    let expiring = try await fixture.store.answer(EvidenceList(expiringBefore: month))
    #expect(expiring.map(\.facts.title) == ["past", "soon"])
    let renewed = try await fixture.store.apply(
      EditEvidence(
        id: 1,
        basedOn: 1,
        title: "past",
        note: "",
        dates: EvidenceDates(expires: StatedTime(now + .seconds(99 * 86_400)))
      ),
      origin: "test"
    )
    try await fixture.store.apply(RemoveEvidence(id: 2, basedOn: 1), origin: "test")
    #expect(try await care() == [0, 0])
    try await fixture.store.undo([renewed.entry], origin: "test")
    #expect(try await care() == [1, 0])
  }

  @Test func `keeps what it is: content, path and command never change`() async throws {
    let fixture = try StoreFixture()
    try await fixture.store.apply(AddEvidence(facts: Self.file("a"), proves: []), origin: "test")
    let queue = try DatabaseQueue(path: fixture.path)
    for column in ["sha256 = '\(Self.hash)'", "run = '{}'", "path = '/b'", "incident = NULL"] {
      await #expect(throws: DatabaseError.self) {
        try await queue.write { try $0.execute(sql: "UPDATE evidence SET \(column)") }
      }
    }
  }

  @Test(arguments: [
    EvidenceFacts(title: "t", link: ""),
    EvidenceFacts(title: " ", link: "https://example.org"),
    EvidenceFacts(title: "t", path: "/a", sha256: "abc", size: 1, isCopied: false),
    EvidenceFacts(
      title: "t",
      link: "https://example.org",
      dates: EvidenceDates(
        coveredFrom: StatedTime(Instant(seconds: 9)),
        coveredUntil: StatedTime(Instant(seconds: 8))
      )
    ),
  ])
  func `is refused where it says nothing`(facts: EvidenceFacts) async throws {
    let fixture = try StoreFixture()
    await #expect(throws: StoreError.self) {
      try await fixture.store.apply(AddEvidence(facts: facts, proves: []), origin: "test")
    }
    #expect(try await fixture.store.answer(EvidenceList()).isEmpty)
  }
}
