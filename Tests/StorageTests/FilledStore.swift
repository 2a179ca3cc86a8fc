import Model
import Storage
import TestSupport
import Testing

extension `Undo` {
  /// What a store is filled with, by the schema that first could keep it: one record of each kind.
  private static let contents: [[any Change]] = [
    [
      OpenIncident(
        facts: IncidentFacts(title: "a"),
        timeline: [TimelineFacts(happened: nil, text: "first")]
      ),
      OpenIncident(facts: IncidentFacts(title: "gone")),
      RemoveIncident(id: 2, basedOn: 1, reason: ""),
      OpenIncident(
        facts: IncidentFacts(title: "imported"),
        source: ImportSource(format: "veris", externalID: "x", digest: "1", document: "[]")
      ),
      AddTask(incident: 1, facts: TaskFacts(title: "t")),
      AddEvidence(
        incident: 1,
        facts: EvidenceFacts(
          title: "e",
          path: "/e",
          sha256: String(repeating: "a", count: 64),
          size: 1,
          isCopied: false
        )
      ),
      AddLink(RecordLink(from: Subject(.incident, 1), to: Subject(.incident, 3))),
      SaveFilter(filterName: "mine", text: "is:open"),
    ],
    [
      OpenIncident(
        facts: IncidentFacts(title: "answered", answers: LegalAnswers(["risk": "risk"]))
      ),
      SetOrganisation(basedOn: 0, organisation: organisation("Ferry Line")),
      AddFiling(incident: 1, facts: filing("EU-GDPR-33-SA", to: "authority", evidence: 1)),
      RecordDecision(
        incident: 1,
        facts: DecisionFacts(
          decision: .notify,
          ground: .riskLikely,
          reasoning: "health data",
          decidedBy: "Ana",
          decidedAt: StatedTime(Instant(seconds: 7)),
          worksheet: SeverityWorksheet(context: 3, identification: 4, circumstances: .init()),
          inputs: ["risk: high"]
        )
      ),
      RecordObligations(
        incident: 1,
        incidentVersion: 1,
        sent: ["EU-GDPR-33-SA": [Instant(seconds: 5)]],
        basis: "b",
        cause: "facts changed",
        obligations: [
          duty("EU-GDPR-33-SA", .due(deadline(9))), duty("EU-GDPR-34", .due(deadline(8))),
        ]
      ),
      RecordReminder(
        incident: 1,
        rule: "EU-GDPR-34",
        due: Instant(seconds: 8),
        hours: 1,
        meantAt: Instant(seconds: 1)
      ),
    ],
    [
      RecordAssessment(incident: 3, follows: 0, facts: edpb),
      RecordAssessment(incident: 1, follows: 0, facts: edpb),
      SetAuthority(
        id: 0,
        authority: "eu-supervisory-authority",
        basedOn: 0,
        facts: ContactFacts(body: "LDI NRW", portal: "https://ldi.example")
      ),
      StartExercise(facts: IncidentFacts(title: "drill", severity: .low)),
      StartExercise(facts: IncidentFacts(title: "drilled"), from: "INC-2026-0001"),
      MoveIncident(id: 6, basedOn: nil, state: .triage, reason: ""),
      EndExercise(id: 6, basedOn: nil),
      OpenFinding(
        facts: FindingFacts(
          title: "gap",
          severity: .high,
          grade: .major,
          owner: "Ana",
          actions: [CorrectiveAction(title: "mend")]
        )
      ),
      OpenFinding(facts: FindingFacts(title: "risk", severity: .low)),
      MoveFinding(
        id: 2,
        basedOn: 1,
        step: .accept(
          by: "Bo",
          reason: "small",
          expires: StatedTime(Instant(seconds: 1_800_000_000))
        )
      ),
      AddEvidence(
        facts: EvidenceFacts(
          title: "proof",
          path: "/usr/bin/id",
          sha256: String(repeating: "c", count: 64),
          size: 3,
          isCopied: true,
          dates: EvidenceDates(expires: StatedTime(Instant(seconds: 1_790_000_000))),
          run: CommandRun(
            arguments: ["id", "-u"],
            status: 0,
            host: "h",
            startedAt: Instant(seconds: 7),
            milliseconds: 2,
            isCut: false
          )
        ),
        proves: [Subject(.finding, 1)]
      ),
      AddLink(RecordLink(from: Subject(.finding, 1), to: Subject(.incident, 1))),
      OpenMailing(incident: 1, facts: MailingFacts(name: "told")),
      OpenMailing(incident: 1, facts: MailingFacts(name: "gone")),
      RemoveMailing(id: 2, basedOn: 1),
    ],
    [
      OpenMailing(incident: 1, facts: MailingFacts(name: "written to")),
      AddPublication(
        incident: 1,
        facts: PublicationFacts(
          mailing: 1,
          means: .website,
          place: "https://example.org/notice",
          from: StatedTime(Instant(seconds: 5))
        )
      ),
      AddNoticeText(
        mailing: 3,
        facts: NoticeTextFacts(
          channels: [.email],
          language: "en",
          subject: "Your data",
          body: "Dear {{name}}\n"
        )
      ),
      SetSendingPlan(id: 3, basedOn: nil, plan: SendingPlan()),
      SetOfferPlan(
        mailing: 3,
        basedOn: nil,
        plan: OfferPlan([OfferLine(pool: "watch", provider: "Watch", months: 12)])
      ),
    ],
    [
      AddActivity(RegisterFixture.orders),
      AddRetention(RegisterFixture.invoices),
      AddHold(RegisterFixture.hold),
      AddDeletion(RegisterFixture.run),
      AddStatement(StatementFacts(title: "Privacy", body: "{{activities}}")),
      AddDisclosure(
        DisclosureFacts(
          incident: 1,
          reference: "INC-2026-0001",
          title: "A laptop was lost",
          reason: "asked"
        )
      ),
    ] + TrainingFixture.changes
      + ImpactFixture.changes + ConsentFixture.changes
      + [RecordVerification(isSound: true, head: 9, headHash: "ab", faults: 0)],
  ]

  /// Complete answers to the EDPB's factors: likely no risk.
  static let edpb: AssessmentFacts = {
    let first = AssessmentMethod.edpb.steps.map { ($0.id, $0.choices([:])[0].value) }
    guard let facts = AssessmentFacts(.edpb, Dictionary(uniqueKeysWithValues: first)) else {
      preconditionFailure("every factor has a first choice")
    }
    return facts
  }()

  /// How many changes fill a store of a schema.
  static func changeCount(schema: Int) -> Int { contents.prefix(schema).joined().count }

  /// A store with one record of each kind that a schema has; of the newest unless told.
  static func filled(schema: Int = contents.count) async throws -> StoreFixture {
    let fixture = try StoreFixture()
    try await fixture.store.apply(Array(contents.prefix(schema).joined()), origin: "test")
    return fixture
  }

  static func organisation(_ name: String) -> Organisation {
    var organisation = Organisation()
    (organisation.name, organisation.country, organisation.zone) = (
      name, "DE", Zone("Europe/Berlin")
    )
    return organisation
  }

  static func filing(
    _ rule: String,
    to recipient: String,
    at seconds: Int64 = 5,
    because late: String = "",
    evidence: RecordID? = nil
  ) -> FilingFacts {
    FilingFacts(
      rule: rule,
      sentAt: StatedTime(Instant(seconds: seconds)),
      recipient: recipient,
      lateReason: late,
      evidence: evidence
    )
  }

  static func deadline(_ seconds: Int64) -> Obligation.Deadline {
    let due = Instant(seconds: seconds)
    return Obligation.Deadline(
      due: due,
      latest: due,
      provisional: false,
      clockStart: "events.aware_at"
    )
  }

  static func duty(
    _ rule: String,
    _ state: Obligation.State,
    to recipient: String = "the authority",
    law: String = "GDPR art. 33"
  ) -> Obligation {
    Obligation(
      id: rule,
      jurisdiction: "EU",
      recipient: recipient,
      law: law,
      state: state,
      because: ["risk = risk"],
      confidence: .high,
      reckoning: nil,
      version: 1
    )
  }

  /// Everything that a person can see of a store, without versions and times of alteration.
  static func picture(_ store: SQLiteStore) async throws -> String {
    var lines: [String] = []
    var id = RecordID(1)
    while var incident = try await store.answer(IncidentDetail(id: id)) {
      incident.version = 0
      incident.updatedAt = Instant(milliseconds: 0)
      lines.append("\(incident.facts.title) \(incident.state) \(incident.isRemoved)")
      for edit: IncidentEdit in [
        .summary(""), .severity(nil), .outcome(.duplicate), .actions([]), .role(.lead, nil),
        .instant(.contained, nil), .affected(jurisdiction: "GB", people: nil),
        .data(DataExposure()), .assets([]), .tags([]), .answer(.known("risk"), nil),
      ] {
        lines.append("\(edit.field): \(incident.facts.current(of: edit).text)")
      }
      lines.append("\(String(describing: incident.awareness)) \(incident.source?.digest ?? "")")
      lines.append(incident.source?.document ?? "")
      lines.append(String(describing: incident.exercise))
      lines.append(String(describing: try await store.answer(ExerciseScore(incident: id))))
      lines += try await store.answer(IncidentTimeline(incident: id)).map { "\($0.facts)" }
      lines += try await store.answer(IncidentTasks(incident: id)).map { "\($0.facts)" }
      lines += try await store.answer(IncidentEvidence(incident: id)).map { "\($0.facts)" }
      lines += try await store.answer(IncidentLinks(incident: id)).map { "\($0)" }
      lines += try await store.answer(IncidentFilings(incident: id)).map { "\($0.facts)" }
      lines += try await store.answer(IncidentDecisions(incident: id)).map { "\($0.facts)" }
      lines += try await store.answer(IncidentAssessments(incident: id)).map { "\($0.facts)" }
      lines += try await store.answer(IncidentObligations(incident: id)).map { "\($0)" }
      id += 1
    }
    let clocks = try await store.answer(ClockList(window: RowWindow(start: 0, count: 9)))
    lines += clocks.rows.map { "\($0)" }
    lines += try await store.answer(ActivityList()).map { "\($0.activity.facts)" }
    lines += try await store.answer(RetentionRules()).map { "\($0.facts)" }
    lines += try await store.answer(LegalHolds()).map { "\($0.facts)" }
    lines += try await store.answer(DeletionRuns()).map { "\($0.facts)" }
    lines += try await store.answer(ImpactList()).rows.map { "\($0.assessment.facts.named)" }
    lines += try await store.answer(StatementStates()).map { "\($0.statement.facts)" }
    lines += try await store.answer(DisclosureList()).map { "\($0.facts)" }
    lines += try await store.answer(ConsentBoard()).flatMap { row in
      ["\(row.purpose.facts)"] + row.versions.map { "\($0.facts)" }
    }
    lines += try await store.answer(RecordList<StaffGroupFacts>()).map { "\($0.facts)" }
    lines += try await store.answer(RecordList<CourseFacts>()).map { "\($0.facts)" }
    lines += try await store.answer(RecordList<TrainingPlanFacts>()).map { "\($0.facts)" }
    let staff = try await store.answer(StaffList(window: RowWindow(start: 0, count: 9)))
    lines += staff.rows.map { "\($0.staff.facts) \($0.group)" }
    lines += try await store.answer(StaffCompletions(of: 1)).map { "\($0.facts)" }
    lines.append("\(try await store.answer(CurrentOrganisation()).organisation)")
    lines += try await store.answer(AuthorityContacts()).map { "\($0.authority) \($0.facts)" }
    let findings = try await store.answer(
      FindingList(window: RowWindow(start: 0, count: 9))
    )
    for finding in findings.rows {
      lines.append("\(finding.reference) \(finding.facts) \(finding.standing)")
      lines.append("\(String(describing: finding.due))")
      lines += try await store.answer(SubjectLinks(of: Subject(.finding, finding.id))).map {
        "\($0)"
      }
    }
    lines.append("\(try await store.answer(FindingNumbers()))")
    lines += try await store.answer(EvidenceList()).map { "\($0.facts) \($0.proves)" }
    let mailings = try await store.answer(MailingList(window: RowWindow(start: 0, count: 9)))
    lines += mailings.rows.map { "\($0.reference) \($0.facts)" }
    lines += try await store.answer(SavedFilters()).map { "\($0.name) \($0.text)" }
    let overview = try await store.answer(OverviewNumbers(now: Instant(seconds: 1_779_108_000)))
    lines.append("\(overview.open) \(overview.total) \(overview.openTasks) \(overview.openDrills)")
    for word in [
      "b", "new", "edited", "t", "e2", "gone", "first", "authority", "health", "ldi", "gap",
      "proof",
    ] {
      let hits = try await store.answer(Search(word, window: RowWindow(start: 0, count: 9)))
      lines.append("\(word): \(hits.rows.map(\.subject).map { "\($0)" }.sorted())")
    }
    return lines.joined(separator: "\n")
  }
}
