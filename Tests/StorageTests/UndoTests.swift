import Model
import Storage
import TestSupport
import Testing

struct `A change and the version it was made for` {
  @Test func `is a conflict with both sides when somebody else was first`() async throws {
    let fixture = try StoreFixture()
    let opened = try await fixture.open("Phishing")
    let id = opened.subject.id
    let other = try fixture.another()
    fixture.clock.advance(by: .seconds(60))
    try await other.apply(
      EditIncident(id: id, basedOn: 1, edits: [.title("Phishing wave"), .tags(["mail"])]),
      origin: "test"
    )

    let mine = EditIncident(
      id: id,
      basedOn: 1,
      edits: [.title("Phishing of staff"), .severity(.high)]
    )
    let expected = Conflict(
      subject: Subject(.incident, id),
      basedOn: 1,
      current: 2,
      alteredBy: "okafor",
      alteredAt: fixture.clock.now,
      fields: [
        .init(field: "title", theirs: "Phishing wave", ours: "Phishing of staff"),
        .init(field: "severity", theirs: "not assessed", ours: "high"),
      ]
    )
    await #expect(throws: StoreError.conflict(expected)) {
      try await fixture.store.apply(mine, origin: "test")
    }
    let incident = try #require(try await fixture.store.answer(IncidentDetail(id: id)))
    #expect(incident.facts.title == "Phishing wave")
    #expect(incident.facts.severity == nil)
  }

  @Test func `asks for no check when it names no version`() async throws {
    let fixture = try StoreFixture()
    let id = try await fixture.open("a").subject.id
    for title in ["b", "c"] {
      try await fixture.store.apply(
        EditIncident(id: id, basedOn: nil, edits: [.title(title)]),
        origin: "test"
      )
    }
    #expect(try await fixture.store.answer(IncidentDetail(id: id))?.version == 3)
  }

  @Test func `alters nothing at all when one of several is refused`() async throws {
    let fixture = try StoreFixture()
    let id = try await fixture.open("a").subject.id
    await #expect(throws: StoreError.notFound(Subject(.incident, 99))) {
      try await fixture.store.apply(
        [
          EditIncident(id: id, basedOn: 1, edits: [.title("b")]),
          AddTask(incident: 99, facts: TaskFacts(title: "t")),
        ],
        origin: "test"
      )
    }
    #expect(try await fixture.store.answer(IncidentDetail(id: id))?.facts.title == "a")
    #expect(try await fixture.store.answer(JournalHead()).sequence == 1)
  }

  @Test func `loses nothing of a thousand races between two officers`() async throws {
    let fixture = try StoreFixture()
    let id = try await fixture.open("0").subject.id
    let other = try fixture.another()
    var won = 0
    for round in 0..<100 {
      let version = try #require(try await fixture.store.answer(IncidentDetail(id: id))).version
      let results = await withTaskGroup(of: Bool.self) { group in
        for store in [fixture.store, other] {
          for number in 0..<5 {
            group.addTask {
              do {
                try await store.apply(
                  EditIncident(
                    id: id,
                    basedOn: version,
                    edits: [.summary("\(round) \(number)")]
                  ),
                  origin: "test"
                )
                return true
              } catch {
                return false
              }
            }
          }
        }
        return await group.reduce(into: [Bool]()) { $0.append($1) }
      }
      #expect(results.filter(\.self).count == 1)
      won += results.filter(\.self).count
    }
    #expect(won == 100)
    #expect(try await fixture.store.answer(JournalHead()).sequence == 101)
  }
}

struct `Undo` {
  /// Changes of every reversible kind, each on a record that the ones before have made.
  static let changes: [any Change] = [
    EditIncident(
      id: 1,
      basedOn: 1,
      edits: [
        .title("b"), .summary("s"), .severity(.critical), .outcome(.nearMiss),
        .actions([.hacking]), .role(.lead, "Ana"),
        .instant(.contained, StatedTime(Instant(seconds: 1_000))),
        .affected(jurisdiction: "GB", people: AffectedPeople(jurisdiction: "GB", count: 3)),
        .data(DataExposure(categories: ["email"])), .assets(["x"]), .tags(["y"]),
        .answer(.known("risk"), "high"),
      ]
    ),
    MoveIncident(id: 1, basedOn: nil, state: .closed, reason: "done"),
    DecideAwareness(
      id: 1,
      basedOn: nil,
      decision: AwarenessDecision(
        awareAt: StatedTime(Instant(seconds: 5)),
        decidedBy: "Bo",
        grounds: "logs"
      )
    ),
    RemoveIncident(id: 1, basedOn: nil, reason: "double"),
    RestoreIncident(id: 2, basedOn: nil),
    RenewSource(
      id: 3,
      basedOn: nil,
      source: ImportSource(format: "veris", externalID: "x", digest: "2", document: "{}")
    ),
    AddActivity(ActivityFacts(name: "new")),
    EditActivity(id: 1, basedOn: 1, facts: ActivityFacts(name: "edited")),
    JustifyData(
      id: 1,
      basedOn: 1,
      category: "email",
      why: "again",
      on: StatedTime(Instant(seconds: 1_000))
    ),
    RemoveActivity(id: 2, basedOn: 1),
    RecordStock(
      id: 1,
      basedOn: 1,
      stock: RetentionStock(
        triggered: StatedTime(Instant(seconds: 5)),
        count: 3,
        asOf: Instant(seconds: 0),
        by: ""
      )
    ),
    RemoveRetention(id: 1, basedOn: 1),
    RemoveHold(id: 1, basedOn: 1),
    RemoveDeletion(id: 1, basedOn: 1),
    AddImpact(ImpactFacts(title: "new", activities: ["ACT-0001"])),
    ReopenImpact(id: 1, basedOn: 2, reason: "r"),
    RemoveImpact(id: 1, basedOn: 2),
    AddStatement(StatementFacts(title: "new")),
    EditStatement(id: 1, basedOn: 1, facts: StatementFacts(title: "edited")),
    CorrectStatement(
      id: 1,
      basedOn: 1,
      correction: StatementCorrection(
        version: nil,
        was: "a",
        now: "b",
        on: DayNumber(count: 20_000),
        by: "me"
      )
    ),
    RemoveStatement(id: 1, basedOn: 1),
    EditDisclosure(
      id: 1,
      basedOn: 1,
      facts: DisclosureFacts(
        incident: 1,
        reference: "INC-2026-0001",
        title: "edited",
        reason: "asked"
      )
    ),
    RemoveDisclosure(id: 1, basedOn: 1),
    EditRecord(id: 1, basedOn: 1, facts: StaffGroupFacts(name: "Shops")),
    AddRecord(StaffGroupFacts(name: "Warehouse")),
    RemoveRecord<TrainingPlanFacts>(id: 1, basedOn: 1),
    RemoveRecord<CompletionFacts>(id: 1, basedOn: 1),
    AddTimelineEntry(incident: 1, facts: TimelineFacts(happened: nil, text: "new")),
    EditTimelineEntry(id: 1, basedOn: 1, facts: TimelineFacts(happened: nil, text: "edited")),
    RemoveTimelineEntry(id: 1, basedOn: nil),
    AddTask(incident: 1, facts: TaskFacts(title: "new")),
    EditTask(id: 1, basedOn: 1, facts: TaskFacts(title: "t", owner: "Cy", state: .done)),
    RemoveTask(id: 1, basedOn: nil),
    AddEvidence(
      incident: 1,
      facts: EvidenceFacts(
        title: "new",
        path: "/n",
        sha256: String(repeating: "b", count: 64),
        size: 0,
        isCopied: false
      )
    ),
    EditEvidence(id: 1, basedOn: 1, title: "e2", note: "n2"),
    RemoveEvidence(id: 1, basedOn: nil),
    AddLink(RecordLink(from: Subject(.incident, 1), to: Subject(.task, 1), relation: "r")),
    RemoveLink(RecordLink(from: Subject(.incident, 1), to: Subject(.incident, 3))),
    SaveFilter(filterName: "mine", text: "is:closed"),
    SaveFilter(filterName: "fresh", text: "is:open"),
    RemoveFilter(filterName: "mine"),
    EditIncident(id: 4, basedOn: 1, edits: [.answer(.known("risk"), nil)]),
    SetOrganisation(basedOn: 1, organisation: Organisation()),
    AddFiling(incident: 1, facts: filing("EU-GDPR-34", to: "people")),
    EditFiling(id: 1, basedOn: 1, facts: filing("EU-GDPR-34", to: "people")),
    RemoveFiling(id: 1, basedOn: nil),
    AddLink(RecordLink(from: Subject(.decision, 1), to: Subject(.filing, 1))),
    EndExercise(id: 5, basedOn: 1),
    ResumeExercise(id: 6, basedOn: nil, state: .triage),
    EditIncident(id: 5, basedOn: nil, edits: [.severity(.high), .title("b")]),
    RemoveIncident(id: 5, basedOn: nil, reason: "over"),
    OpenFinding(facts: FindingFacts(title: "new", severity: .low)),
    EditFinding(id: 1, basedOn: 1, facts: FindingFacts(title: "gap", severity: .critical)),
    MoveFinding(id: 1, basedOn: 1, step: .begin),
    MoveFinding(id: 1, basedOn: 1, step: .check(isEffective: false, note: "n")),
    MoveFinding(id: 2, basedOn: nil, step: .reopen(reason: "r")),
    RemoveFinding(id: 2, basedOn: nil),
    AddEvidence(
      facts: EvidenceFacts(title: "new", link: "https://example.org"),
      proves: [Subject(.finding, 1), Subject(.incident, 1)]
    ),
    EditEvidence(id: 2, basedOn: 1, title: "p2", note: "", dates: EvidenceDates()),
    RemoveEvidence(id: 2, basedOn: nil),
    RemoveLink(RecordLink(evidence: 2, proves: Subject(.finding, 1))),
    EditMailing(id: 1, basedOn: 1, facts: MailingFacts(name: "others", channels: [.post])),
    RemoveMailing(id: 1, basedOn: 1),
    RestoreMailing(id: 2, basedOn: 2),
    OpenMailing(incident: 1, facts: MailingFacts(name: "new")),
  ]

  @Test(arguments: changes.indices)
  func `takes a change back, redoes it, and refuses to do either twice`(index: Int) async throws {
    let change = Self.changes[index]
    let fixture = try await Self.filled()
    let store = fixture.store
    try await store.apply(AddActivity(ActivityFacts(name: "nothing rests on it")), origin: "test")
    let before = try await Self.picture(store)
    let made = try #require(try await store.apply([change], origin: "test").first)
    let after = try await Self.picture(store)
    #expect(after != before)
    #expect(made.isReversible)

    let undone = try #require(try await store.undo([made.entry], origin: "test").first)
    #expect(try await Self.picture(store) == before)
    await #expect(throws: StoreError.notReversible(made.entry)) {
      try await store.undo([made.entry], origin: "test")
    }

    try await store.undo([undone.entry], origin: "test")
    #expect(try await Self.picture(store) == after)
    await #expect(throws: StoreError.notReversible(undone.entry)) {
      try await store.undo([undone.entry], origin: "test")
    }
    let line = try #require(
      try await store.answer(JournalWindow(JournalFilter(), RowWindow(start: 0, count: 1))).rows
        .first
    )
    #expect(line.entry.undoes == undone.entry)
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
  }

  @Test func `of an edit leaves alone what others have altered since`() async throws {
    let fixture = try StoreFixture()
    let id = try await fixture.open("a").subject.id
    let title = try await fixture.store.apply(
      EditIncident(id: id, basedOn: 1, edits: [.title("b")]),
      origin: "test"
    )
    try await fixture.another().apply(
      EditIncident(id: id, basedOn: 2, edits: [.severity(.low)]),
      origin: "test"
    )

    try await fixture.store.undo([title.entry], origin: "test")

    let incident = try #require(try await fixture.store.answer(IncidentDetail(id: id)))
    #expect(incident.facts.title == "a")
    #expect(incident.facts.severity == .low)
    #expect(incident.version == 4)
  }

  @Test func `is a conflict where others have altered the same field since`() async throws {
    let fixture = try StoreFixture()
    let id = try await fixture.open("a").subject.id
    let mine = try await fixture.store.apply(
      EditIncident(id: id, basedOn: 1, edits: [.title("b")]),
      origin: "test"
    )
    try await fixture.another().apply(
      EditIncident(id: id, basedOn: 2, edits: [.title("c")]),
      origin: "test"
    )

    let expected = Conflict(
      subject: Subject(.incident, id),
      basedOn: 2,
      current: 3,
      alteredBy: "okafor",
      alteredAt: fixture.clock.now,
      fields: [.init(field: "title", theirs: "c", ours: "b")]
    )
    await #expect(throws: StoreError.conflict(expected)) {
      try await fixture.store.undo([mine.entry], origin: "test")
    }
  }

  @Test func `of an opening is refused once others have worked on the incident`() async throws {
    let fixture = try StoreFixture()
    let opened = try await fixture.open("a")
    try await fixture.another().apply(
      AddTask(incident: opened.subject.id, facts: TaskFacts(title: "t")),
      origin: "test"
    )
    await #expect(throws: StoreError.self) {
      try await fixture.store.undo([opened.entry], origin: "test")
    }
  }

  @Test func `takes several back newest first, whatever order they are named in`() async throws {
    let fixture = try StoreFixture()
    let id = try await fixture.open("a").subject.id
    var entries: [JournalSequence] = []
    for title in ["b", "c", "d"] {
      entries.append(
        try await fixture.store.apply(
          EditIncident(id: id, basedOn: nil, edits: [.title(title)]),
          origin: "test"
        ).entry
      )
    }
    try await fixture.store.undo([entries[1], entries[0], entries[2]], origin: "test")
    #expect(try await fixture.store.answer(IncidentDetail(id: id))?.facts.title == "a")
  }

  @Test func `is not there for a line in a chain of custody`() async throws {
    let fixture = try await Self.filled()
    let receipt = try await fixture.store.apply(
      RecordCustody(id: 1, basedOn: nil, kind: .verified, note: "same hash"),
      origin: "test"
    )
    #expect(!receipt.isReversible)
    await #expect(throws: StoreError.notReversible(receipt.entry)) {
      try await fixture.store.undo([receipt.entry], origin: "test")
    }
    let evidence = try await fixture.store.answer(IncidentEvidence(incident: 1))
    #expect(evidence.first?.custody.map(\.kind) == [.collected, .verified])
  }
}
