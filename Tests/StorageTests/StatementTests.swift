import Model
import Storage
import TestSupport
import Testing

struct `The record of statements` {
  /// A store with an organisation, an activity, an incident that is public, and a statement of one line
  /// on each.
  private static func make(needsTwo: Bool = false) async throws -> StoreFixture {
    let fixture = try StoreFixture()
    var organisation = Organisation()
    organisation.name = "Lindgren & Vale"
    organisation.contact = "privacy@example.org"
    organisation.needsSecondPerson = needsTwo
    organisation.openness = Openness(securityContacts: ["mailto:security@example.org"])
    try await fixture.store.apply(
      [
        SetOrganisation(basedOn: 0, organisation: organisation),
        AddActivity(RegisterFixture.orders),
        OpenIncident(
          facts: IncidentFacts(
            title: "secret title",
            summary: "secret summary",
            affected: [AffectedPeople(jurisdiction: "EU-DE", count: 230)],
            data: DataExposure(categories: ["email"])
          )
        ),
        OpenIncident(facts: IncidentFacts(title: "not for the public")),
        AddDisclosure(disclosure),
        AddStatement(
          StatementFacts(
            title: "Privacy",
            body: "{{activities}}\n\n{{incidents}}\n\n{{contact}}\n\n{{figure:requests-received}}"
          )
        ),
      ],
      origin: "test"
    )
    return fixture
  }

  private static let disclosure = DisclosureFacts(
    incident: 1,
    reference: "INC-2026-0001",
    title: "A laptop was lost",
    reason: "asked by the press"
  )

  private static func details(_ store: SQLiteStore) async throws -> StatementDetails.Details {
    try #require(try await store.answer(StatementDetails(id: 1)))
  }

  @discardableResult
  private static func propose(_ store: SQLiteStore) async throws -> StatementEdition {
    let draft = try await details(store).draft
    #expect(draft.problems == [])
    try await store.apply(
      ProposeStatement(statement: 1, date: draft.content.date, digest: draft.content.digest),
      origin: "test"
    )
    return try #require(try await details(store).editions.first)
  }

  private static func move(
    _ edition: StatementEdition,
    _ step: StatementEditionStep,
    _ store: SQLiteStore
  ) async throws {
    try await store.apply(
      MoveStatement(id: edition.id, basedOn: nil, step: step),
      origin: "test"
    )
  }

  private static func states(_ store: SQLiteStore) async throws -> [StatementEditionFacts.State] {
    try await details(store).editions.map(\.facts.state)
  }

  @Test func `says of a public incident what an officer wrote for all, and nothing else`()
    async throws
  {
    let fixture = try await Self.make()
    let draft = try await Self.details(fixture.store).draft
    let said = "\(draft.content)"
    #expect(said.contains("A laptop was lost"))
    #expect(said.contains("230"))
    #expect(!said.contains("secret"))
    #expect(!said.contains("press"))
    #expect(!said.contains("not for the public"))
    #expect(
      draft.omissions.contains(
        StatementOmission(.incident, "INC-2026-0002", "not for the public")
      )
    )
    // The mark is a change in the incident's own history, and u takes it back.
    let lines = try await fixture.store.answer(
      JournalWindow(JournalFilter(subject: Subject(.incident, 1)), RowWindow(start: 0, count: 9))
    ).rows
    #expect(lines.contains { $0.headline == "added public account: A laptop was lost" })
    let entry = try #require(lines.first { $0.entry.action == "disclosure.add" }).entry.sequence
    try await fixture.store.undo([entry], origin: "test")
    #expect(try await Self.details(fixture.store).draft.content.incidents == [])
  }

  @Test func `makes an incident public once`() async throws {
    let fixture = try await Self.make()
    await #expect(
      throws: StoreError.refused("INC-2026-0001 is public already; edit what is told")
    ) { try await fixture.store.apply(AddDisclosure(Self.disclosure), origin: "test") }
  }

  @Test func `makes nothing public of an exercise`() async throws {
    let fixture = try await Self.make()
    try await fixture.store.apply(
      StartExercise(facts: IncidentFacts(title: "drill")),
      origin: "test"
    )
    await #expect(
      throws: StoreError.refused("INC-2026-0003 is an exercise; nothing of it is public")
    ) {
      try await fixture.store.apply(
        AddDisclosure(
          DisclosureFacts(incident: 3, reference: "INC-2026-0003", title: "x", reason: "y")
        ),
        origin: "test"
      )
    }
  }

  @Test func `is approved at once where one person is enough`() async throws {
    let fixture = try await Self.make()
    let edition = try await Self.propose(fixture.store)
    #expect(edition.reference == "STM-0001/1")
    #expect(edition.facts.state == .approved)
    #expect(edition.facts.approvals.map(\.by) == ["meyer"])
    #expect(edition.facts.digest == edition.facts.content.digest)
  }

  @Test func `wants another account where the organisation wants two`() async throws {
    let fixture = try await Self.make(needsTwo: true)
    let edition = try await Self.propose(fixture.store)
    #expect(edition.facts.state == .waiting)
    await #expect(throws: StoreError.self) {
      try await Self.move(edition, .publish(manifest: "m"), fixture.store)
    }
    let own = StatementEditionStep.approve(digest: edition.facts.digest, uid: 7)
    await #expect(
      throws: StoreError.refused(
        "STM-0001/1: meyer put version 1 up; another account must approve it"
      )
    ) { try await Self.move(edition, own, fixture.store) }
    let second = try fixture.another(uid: 4712)
    await #expect(throws: StoreError.self) {
      try await Self.move(edition, .approve(digest: "0", uid: nil), second)
    }
    try await Self.move(edition, .approve(digest: edition.facts.digest, uid: nil), second)
    let now = try #require(try await Self.details(fixture.store).editions.first)
    #expect(now.facts.state == .approved)
    #expect(now.facts.approvals.map(\.uid) == [4711, 4712])
  }

  @Test(arguments: [
    "text", "activity", "organisation", "incident", "mark", "correction", "removal",
  ])
  func `is void once text or facts are altered after approval`(what: String) async throws {
    let fixture = try await Self.make()
    try await Self.propose(fixture.store)
    var facts = try await Self.details(fixture.store).row.statement.facts
    let change: any Change
    switch what {
    case "text":
      facts.body += "\nmore"
      change = EditStatement(id: 1, basedOn: nil, facts: facts)
    case "activity":
      var orders = RegisterFixture.orders
      orders.purpose = "Sell"
      change = EditActivity(id: 1, basedOn: nil, facts: orders)
    case "organisation":
      var organisation = try await fixture.store.answer(CurrentOrganisation()).organisation
      organisation.contact = "else@example.org"
      change = SetOrganisation(basedOn: nil, organisation: organisation)
    case "incident":
      change = EditIncident(
        id: 1,
        basedOn: nil,
        edits: [
          .affected(
            jurisdiction: "EU-DE",
            people: AffectedPeople(jurisdiction: "EU-DE", count: 300)
          )
        ]
      )
    case "mark": change = RemoveDisclosure(id: 1, basedOn: nil)
    case "correction":
      let day = try #require(DayNumber(iso: "2026-05-18"))
      change = CorrectStatement(
        id: 1,
        basedOn: nil,
        correction: StatementCorrection(version: nil, was: "a", now: "b", on: day, by: "meyer")
      )
    default: change = RemoveStatement(id: 1, basedOn: nil)
    }
    try await fixture.store.apply([change], origin: "test")
    #expect(try await Self.states(fixture.store) == [.void])
    let head = try await fixture.store.answer(
      JournalWindow(JournalFilter(), RowWindow(start: 0, count: 1))
    ).rows.first
    #expect(head?.entry.action == "statement-edition.move")
    #expect(try RecordVerifier.verify(path: fixture.path).bad == [])
  }

  @Test func `stands where something else is altered`() async throws {
    let fixture = try await Self.make()
    try await Self.propose(fixture.store)
    try await fixture.store.apply(
      [
        EditIncident(id: 2, basedOn: nil, edits: [.title("another")]),
        EditIncident(id: 1, basedOn: nil, edits: [.title("still secret")]),
        OpenIncident(facts: IncidentFacts(title: "a third")),
      ],
      origin: "test"
    )
    #expect(try await Self.states(fixture.store) == [.approved])
  }

  @Test func `is frozen once published, flagged where the register says otherwise, and superseded`()
    async throws
  {
    let fixture = try await Self.make()
    let first = try await Self.propose(fixture.store)
    try await Self.move(first, .publish(manifest: "m1"), fixture.store)
    #expect(try await Self.details(fixture.store).row.state == "published")
    #expect(try await Self.details(fixture.store).differences == [])
    var orders = RegisterFixture.orders
    orders.purpose = "Sell"
    try await fixture.store.apply(EditActivity(id: 1, basedOn: nil, facts: orders), origin: "test")
    let details = try await Self.details(fixture.store)
    #expect(details.row.isUnsupported)
    #expect(
      details.differences == [
        StatementDifference(
          key: "activity/ACT-0001/purpose",
          label: "Purpose",
          published: "Sell and deliver",
          now: "Sell"
        )
      ]
    )
    #expect(try await fixture.store.answer(StatementStates()).map(\.unsupported) == [1])
    #expect(details.row.securityExpires?.description == "2027-05-17T00:00:00Z")
    let second = try await Self.propose(fixture.store)
    // One is published at a time, and the one before is superseded in the same transaction.
    await #expect(throws: StoreError.self) {
      try await Self.move(second, .publish(manifest: "m2"), fixture.store)
    }
    try await fixture.store.apply(
      [
        MoveStatement(id: first.id, basedOn: nil, step: .supersede(by: 2)),
        MoveStatement(id: second.id, basedOn: nil, step: .publish(manifest: "m2")),
      ],
      origin: "test"
    )
    #expect(try await Self.states(fixture.store) == [.published, .superseded])
    #expect(try await Self.details(fixture.store).differences == [])
    try await Self.move(second, .withdraw(reason: "moved"), fixture.store)
    #expect(try await Self.details(fixture.store).row.state == "withdrawn")
    #expect(try RecordVerifier.verify(path: fixture.path).bad == [])
  }

  /// Writes down a request, and says when it came in.
  private static func log(_ fixture: StoreFixture, _ received: Instant? = nil) async throws
    -> RecordID
  {
    try await fixture.store.perform(
      RequestIntake(
        RequestFacts(
          .access,
          jurisdiction: "EU-DE",
          receivedAt: StatedTime(received ?? fixture.clock.now),
          channel: .email
        ),
        from: RequestPerson(name: "Canary Bird")
      ),
      origin: "test"
    ).id
  }

  private static func answer(_ id: RecordID, _ fixture: StoreFixture) async throws {
    let end = RequestEnd(
      at: StatedTime(fixture.clock.now),
      channel: .email,
      recordedAt: Instant(seconds: 0),
      by: ""
    )
    for step in [RequestStep.verify("order number"), .answer(end)] {
      try await fixture.store.apply(MoveRequest(id: id, basedOn: nil, step: step), origin: "test")
    }
  }

  private static let counting = StatementFacts(
    title: "Privacy",
    body: "{{figure:requests-received}} {{figure:requests-answered}} {{figure:activities}}"
      + "\n\n{{activities}}"
  )

  @Test(arguments: [true, false])
  func `stays what it is while requests are worked on`(isPublished: Bool) async throws {
    let fixture = try await Self.make()
    let store = fixture.store
    try await store.apply(EditStatement(id: 1, basedOn: nil, facts: Self.counting), origin: "test")
    for _ in 1...10 { _ = try await Self.log(fixture) }
    let edition = try await Self.propose(store)
    if isPublished { try await Self.move(edition, .publish(manifest: "m"), store) }
    // An hour later, and on the day after: answered, and another came in.
    for hours in [1, 24] {
      fixture.clock.advance(by: .seconds(hours * 3600))
      for id in 1...5 where hours == 1 { try await Self.answer(RecordID(id), fixture) }
      _ = try await Self.log(fixture)
      #expect(try await Self.states(store) == [isPublished ? .published : .approved])
      #expect(try await Self.details(store).differences == [])
    }
    if !isPublished {
      try await Self.move(edition, .publish(manifest: "m"), store)
      #expect(try await Self.states(store) == [.published])
    }
    // Of what it counted one is taken off the list: that is no later work.
    try await store.apply(RemoveRequest(id: 10, basedOn: nil), origin: "test")
    #expect(try await Self.details(store).row.unsupported == 1)
    #expect(try RecordVerifier.verify(path: fixture.path).bad == [])
  }

  @Test func `could say more, and is not untrue, once there is more`() async throws {
    let fixture = try await Self.make()
    let store = fixture.store
    try await store.apply(EditStatement(id: 1, basedOn: nil, facts: Self.counting), origin: "test")
    try await Self.move(try await Self.propose(store), .publish(manifest: "m"), store)
    var more = RegisterFixture.orders
    more.name = "Newsletter"
    try await store.apply(AddActivity(more), origin: "test")
    let row = try await Self.details(store).row
    #expect(!row.isUnsupported)
    #expect(row.additions > 1)
    try await store.apply(RemoveActivity(id: 1, basedOn: nil), origin: "test")
    #expect(try await Self.details(store).row.isUnsupported)
  }

  @Test func `counts twelve months by the days of the organisation`() async throws {
    let fixture = try await Self.make()
    var organisation = try await fixture.store.answer(CurrentOrganisation()).organisation
    organisation.zone = .offset(minutes: 120)
    try await fixture.store.apply(
      [
        SetOrganisation(basedOn: nil, organisation: organisation),
        EditStatement(id: 1, basedOn: nil, facts: Self.counting),
      ],
      origin: "test"
    )
    // 18 May 2026 there begins at 22:00 UTC; the year to it begins with 19 May 2025.
    let first = try #require(Instant(rfc3339: "2025-05-18T22:00:00Z"))
    for _ in 1...11 { _ = try await Self.log(fixture, first) }
    for _ in 1...12 { _ = try await Self.log(fixture, first - .seconds(60)) }
    let facts = try await Self.details(fixture.store).draft.content.facts
    #expect(facts.first { $0.key == "figure:requests-received" }?.text == "11")
  }

  @Test func `is void once in a transaction, by the last entry that it may rest on`() async throws {
    let fixture = try await Self.make()
    try await Self.propose(fixture.store)
    var orders = RegisterFixture.orders
    orders.purpose = "Sell"
    var changes: [any Change] = [EditActivity(id: 1, basedOn: nil, facts: orders)]
    for number in 1...5 {
      orders.purpose = "Sell \(number)"
      changes.append(EditActivity(id: 1, basedOn: nil, facts: orders))
    }
    // What is put back in the same transaction overtakes nothing.
    orders.purpose = RegisterFixture.orders.purpose
    let back = changes + [EditActivity(id: 1, basedOn: nil, facts: orders)]
    try await fixture.store.apply(back, origin: "test")
    #expect(try await Self.states(fixture.store) == [.approved])
    try await fixture.store.apply(changes, origin: "test")
    #expect(try await Self.states(fixture.store) == [.void])
    let lines = try await fixture.store.answer(
      JournalWindow(JournalFilter(), RowWindow(start: 0, count: 20))
    ).rows
    #expect(lines.prefix(2).map(\.entry.action) == ["statement-edition.move", "activity.edit"])
  }

  @Test func `is void where it cannot be worked out, and the change stands`() async throws {
    let fixture = try await Self.make()
    try await Self.propose(fixture.store)
    // An entry of the register that nothing can read any more.
    try RegisterTampering.run(
      fixture.path,
      "UPDATE disclosure SET facts = json_remove(facts, '$.title')"
    )
    try await fixture.store.apply(AddActivity(RegisterFixture.orders), origin: "test")
    let edition = try #require(
      try await fixture.store.answer(
        JournalWindow(JournalFilter(), RowWindow(start: 0, count: 2))
      ).rows.first
    )
    #expect(edition.entry.action == "statement-edition.move")
  }

  @Test func `is not dated before what was published of it`() async throws {
    let fixture = try await Self.make()
    try await Self.move(
      try await Self.propose(fixture.store),
      .publish(manifest: "m"),
      fixture.store
    )
    await #expect(
      throws: StoreError.refused(
        "version 1 was published as of 2026-05-18; 2026-05-17 lies before that"
      )
    ) {
      try await fixture.store.apply(
        ProposeStatement(statement: 1, date: #require(DayNumber(iso: "2026-05-17")), digest: "0"),
        origin: "test"
      )
    }
  }

  @Test func `is not put up with a fault, a digest of something else, or twice`() async throws {
    let fixture = try await Self.make()
    let day = try #require(DayNumber(iso: "2026-05-18"))
    func propose(_ digest: String, _ day: DayNumber) async throws {
      try await fixture.store.apply(
        ProposeStatement(statement: 1, date: day, digest: digest),
        origin: "test"
      )
    }
    await #expect(throws: StoreError.self) { try await propose("0", day) }
    let digest = try await Self.details(fixture.store).draft.content.digest
    await #expect(throws: StoreError.refused("2026-05-19 is still to come")) {
      try await propose(digest, DayNumber(count: day.count + 1))
    }
    await #expect(
      throws: StoreError.refused(
        "2026-04-17 is more than 30 days back; a statement says what is so when it is put up"
      )
    ) { try await propose(digest, DayNumber(count: day.count - 31)) }
    try await propose(digest, day)
    await #expect(
      throws: StoreError.refused("version 1 is approved; to put up another, withdraw it first")
    ) { try await propose(digest, day) }
    try await fixture.store.apply(
      EditStatement(id: 1, basedOn: nil, facts: StatementFacts(title: "x", body: "{{none}}")),
      origin: "test"
    )
    await #expect(throws: StoreError.self) { try await propose(digest, day) }
    await #expect(throws: StoreError.self) {
      try await fixture.store.apply(
        AddStatement(StatementFacts(title: "Datenschutz", language: "de")),
        origin: "test"
      )
    }
  }

  @Test func `takes corrections in, and takes them back`() async throws {
    let fixture = try await Self.make()
    let day = try #require(DayNumber(iso: "2026-05-18"))
    func correct(_ version: Int?) async throws -> Receipt {
      try await fixture.store.apply(
        CorrectStatement(
          id: 1,
          basedOn: nil,
          correction: StatementCorrection(
            version: version,
            was: "40 000",
            now: "4 000",
            on: day,
            by: "Privacy office"
          )
        ),
        origin: "test"
      )
    }
    await #expect(throws: StoreError.refused("version 1 was never published")) {
      _ = try await correct(1)
    }
    let edition = try await Self.propose(fixture.store)
    try await Self.move(edition, .publish(manifest: "m"), fixture.store)
    let receipt = try await correct(1)
    #expect(try await Self.details(fixture.store).row.statement.facts.corrections.count == 1)
    try await fixture.store.undo([receipt.entry], origin: "test")
    #expect(try await Self.details(fixture.store).row.statement.facts.corrections == [])
  }

  @Test(arguments: [
    (
      "UPDATE statement SET facts = replace(facts, 'Privacy', 'Secrecy'), title = 'Secrecy'",
      Subject(.statement, 1), "it does not say what the journal says: title"
    ),
    (
      "UPDATE statement SET isRemoved = 1", Subject(.statement, 1),
      "whether it was removed is not as in the journal"
    ),
    (
      "UPDATE statementEdition SET state = 'withdrawn'", Subject(.statementEdition, 1),
      "what it is found by is not what it says"
    ),
    (
      "UPDATE statementEdition SET facts = replace(facts, 'Sell and deliver', 'Sell nothing')",
      Subject(.statementEdition, 1), "it does not say what the journal says: content"
    ),
    (
      "UPDATE statementEdition SET facts = json_set(facts, '$.approvals[0].by', 'okafor')",
      Subject(.statementEdition, 1), "it does not say what the journal says: approved by"
    ),
    ("DELETE FROM statementEdition", Subject(.statementEdition, 1), "it was deleted"),
    (
      "UPDATE disclosure SET facts = replace(facts, 'A laptop was lost', 'All is well')",
      Subject(.disclosure, 1), "it does not say what the journal says: title"
    ),
    ("DELETE FROM disclosure", Subject(.disclosure, 1), "it was deleted"),
  ])
  func `is seen by verify where somebody altered it with sqlite3`(
    sql: String,
    subject: Subject,
    problem: String
  ) async throws {
    let fixture = try await Self.make()
    try await Self.propose(fixture.store)
    #expect(try RecordVerifier.verify(path: fixture.path).bad == [])
    try fixture.store.close()
    try RegisterTampering.run(fixture.path, sql)
    let bad = try RecordVerifier.verify(path: fixture.path).bad
    #expect(bad.map(\.subject) == [subject])
    #expect(bad.map(\.problem) == [problem])
  }
}
