import Model
import Storage
import TestSupport
import Testing

struct `An incident in the record` {
  @Test func `keeps every fact it was opened with`() async throws {
    let fixture = try StoreFixture()
    let facts = IncidentFacts(
      title: "Laptop lost on a train",
      summary: "Two lines\nof text",
      severity: .high,
      outcome: .suspected,
      actions: [.error, .physical],
      roles: [.lead: "Ana", .counsel: "Bo"],
      instants: [
        .occurred: try #require(StatedTime(year: 2026, month: 3)),
        .discovered: StatedTime(Instant(seconds: 1_779_100_000), source: "helpdesk"),
      ],
      affected: [
        AffectedPeople(jurisdiction: "EU-DE", count: 5_000_000_000, quality: .confirmed),
        AffectedPeople(jurisdiction: "US-CA", count: nil),
      ],
      data: DataExposure(
        categories: ["email", "health"],
        disclosure: .potentially,
        isEncrypted: true,
        isKeyTaken: false,
        isRestored: nil,
        isRecovered: nil
      ),
      assets: ["L - Laptop"],
      tags: ["travel", "vip"]
    )
    let source = ImportSource(
      format: "veris",
      externalID: "A-1",
      digest: "00",
      document: "{\"a\": 1}"
    )

    let receipt = try await fixture.store.apply(
      OpenIncident(
        facts: facts,
        state: .triage,
        source: source,
        timeline: [TimelineFacts(happened: nil, text: "reported by phone")]
      ),
      origin: "test"
    )

    let incident = try #require(
      try await fixture.store.answer(IncidentDetail(id: receipt.subject.id))
    )
    #expect(incident.facts == facts)
    #expect(incident.state == .triage)
    #expect(incident.source == source)
    #expect(incident.reference == "INC-2026-0001")
    #expect(incident.version == 1)
    #expect(incident.openedAt == fixture.clock.now)
    let timeline = try await fixture.store.answer(IncidentTimeline(incident: incident.id))
    #expect(timeline.map(\.facts.text) == ["reported by phone"])
    #expect(timeline.map(\.recordedBy) == ["meyer"])
    #expect(try await fixture.store.answer(IncidentByReference("inc-2026-0001")) == incident)
  }

  @Test func `gets a reference by the year it was opened in, never given twice`() async throws {
    let fixture = try StoreFixture()
    let first = try await fixture.open("a")
    try await fixture.store.undo([first.entry], origin: "test")
    let second = try await fixture.open("b")
    let old = try await fixture.store.apply(
      OpenIncident(
        facts: IncidentFacts(title: "c"),
        openedAt: Instant(rfc3339: "2019-12-31T23:59:59Z")
      ),
      origin: "test"
    )
    #expect(
      [first, second, old].map(\.reference) == [
        "INC-2026-0001", "INC-2026-0002", "INC-2019-0001",
      ]
    )
  }

  @Test(arguments: [
    (IncidentFacts(title: ""), "an incident needs a title; give it a few words"),
    (IncidentFacts(title: " \t"), "an incident needs a title; give it a few words"),
    (IncidentFacts(title: "a\nb"), "a title is one line; put the rest into the summary"),
    (
      IncidentFacts(title: "a", affected: [AffectedPeople(jurisdiction: "GB", count: -1)]),
      "the number of people affected cannot be negative; leave it out where it is unknown"
    ),
  ])
  func `is refused with a sentence when its facts break a rule`(
    facts: IncidentFacts,
    sentence: String
  ) async throws {
    let fixture = try StoreFixture()
    await #expect(throws: StoreError.refused(sentence)) {
      try await fixture.store.apply(OpenIncident(facts: facts), origin: "test")
    }
    #expect(try await fixture.store.answer(JournalHead()).sequence == 0)
  }

  @Test func `needs a reason to be closed and to be reopened`() async throws {
    let fixture = try StoreFixture()
    let id = try await fixture.open("a").subject.id
    func move(_ state: IncidentState, _ reason: String) async throws {
      try await fixture.store.apply(
        MoveIncident(id: id, basedOn: nil, state: state, reason: reason),
        origin: "test"
      )
    }
    try await move(.contained, "")
    await #expect(throws: StoreError.refused("closing INC-2026-0001 needs a reason")) {
      try await move(.closed, " ")
    }
    try await move(.closed, "done")
    await #expect(throws: StoreError.refused("reopening INC-2026-0001 needs a reason")) {
      try await move(.review, "")
    }
    try await move(.review, "new facts")
    #expect(try await fixture.store.answer(IncidentDetail(id: id))?.state == .review)
  }
}

struct `Several incidents at once` {
  @Test func `are read as each is read alone`() async throws {
    let fixture = try await `Undo`.filled()
    let store = fixture.store
    for index in [0, 2, 5] { try await store.apply([`Undo`.changes[index]], origin: "test") }
    var alone: [Incident] = []
    for id in Int64(1)...3 {
      alone.append(try #require(try await store.answer(IncidentDetail(id: id))))
    }
    #expect(alone.contains { $0.awareness != nil } && alone.contains { $0.source != nil })
    #expect(try await store.answer(IncidentDetails(ids: [3, 99, 1, 2, 1])) == alone)
    let names = alone.map { $0.reference.lowercased() } + ["INC-1999-0001"]
    #expect(try await store.answer(IncidentDetails(references: names)) == alone)
    #expect(try await store.answer(IncidentDetails(ids: [])).isEmpty)
  }
}
