import Model
import Testing

private let aware = Instant(rfc3339: "2026-05-18T08:00:00Z") ?? Instant(seconds: 0)
private let opened = aware - .seconds(600)

private func hours(_ count: Int) -> Instant { aware + .seconds(count * 3600) }

private func exercise(
  aware: StatedTime? = StatedTime(aware),
  contained: StatedTime? = nil
) -> Incident {
  var facts = IncidentFacts(title: "drill")
  (facts.instants[.aware], facts.instants[.contained]) = (aware, contained)
  return Incident(
    id: 1,
    reference: "INC-2026-0001",
    version: 1,
    facts: facts,
    state: .triage,
    openedAt: opened,
    updatedAt: opened,
    exercise: Exercise()
  )
}

private func duty(_ rule: String, _ state: Obligation.State) -> ObligationRecord {
  ObligationRecord(
    id: 1,
    incident: 1,
    obligation: Obligation(
      id: rule,
      jurisdiction: "EU",
      recipient: "somebody",
      law: "a law",
      state: state,
      because: [],
      confidence: .high,
      reckoning: nil,
      version: 1
    ),
    computedAt: opened,
    cause: "facts changed"
  )
}

private func due(_ at: Instant) -> Obligation.State { .due(deadline(at)) }

private func deadline(_ at: Instant) -> Obligation.Deadline {
  Obligation.Deadline(due: at, latest: at, provisional: false, clockStart: "events.aware_at")
}

private func filing(_ rule: String, at sent: Instant) -> Filing {
  Filing(
    id: 1,
    incident: 1,
    version: 1,
    facts: FilingFacts(rule: rule, sentAt: StatedTime(sent), recipient: "somebody"),
    recordedAt: sent
  )
}

private func decision(_ rule: String, at: Instant, worksheet: SeverityWorksheet? = nil)
  -> Decision
{
  Decision(
    id: 1,
    incident: 1,
    version: 1,
    facts: DecisionFacts(
      rule: rule,
      decision: .notify,
      ground: .riskLikely,
      reasoning: "r",
      decidedBy: "Ana",
      // What a decision says of itself does not count.
      decidedAt: StatedTime(at - .seconds(86_400)),
      worksheet: worksheet
    ),
    recordedAt: at,
    recordedBy: "ana"
  )
}

private func score(
  _ incident: Incident = exercise(),
  _ duties: [ObligationRecord] = [],
  filings: [Filing] = [],
  decisions: [Decision] = [],
  assessedAt: Instant? = nil,
  actedAt: Instant? = nil,
  until: Instant
) -> DrillScore {
  DrillScore(
    DrillCourse(
      incident: incident,
      duties: duties,
      filings: filings,
      decisions: decisions,
      assessedAt: assessedAt,
      actedAt: actedAt
    ),
    until: until,
    isFinal: true
  )
}

struct `The score of an exercise` {
  @Test(
    arguments: [
      (nil, 71, "running", 3600, "running, 1 h 0 min left"),
      (nil, 72, "running", 0, "running, 0 s left"),
      (nil, 75, "missed", -10_800, "missed, 3 h 0 min over"),
      (10, 75, "met", 223_200, "met, 2 d 14 h left"), (72, 75, "met", 0, "met, 0 s left"),
      (73, 75, "late", -3600, "late by 1 h 0 min"),
      // Dated after the end: not sent yet.
      (80, 75, "missed", -10_800, "missed, 3 h 0 min over"),
    ] as [(Int?, Int, String, Int64, String)]
  )
  func `says of a clock of 72 hours how it came out`(
    sent: Int?,
    until: Int,
    standing: String,
    left: Int64,
    words: String
  ) throws {
    let filings = sent.map { [filing("X", at: hours($0))] } ?? []
    let score = score(
      exercise(),
      [duty("X", due(hours(72)))],
      filings: filings,
      until: hours(until)
    )
    let clock = try #require(score.clocks.first)
    #expect(clock.standing.rawValue == standing)
    #expect(clock.left == left)
    #expect(clock.outcome == words)
  }

  @Test func `counts the first notice of a duty, and none of another one`() {
    let score = score(
      exercise(),
      [duty("X", due(hours(2))), duty("Y", due(hours(2)))],
      filings: [filing("X", at: hours(3)), filing("X", at: hours(1))],
      until: hours(9)
    )
    #expect(score.clocks.map(\.sentAt) == [hours(1), nil])
    #expect(score.summary == "1 of 2 clocks met, 1 missed")
  }

  @Test func `counts no clock that is held, has no deadline, waits or is not owed`() {
    let key = FactKey.known("risk")
    let duties = [
      duty("HELD", .held(without: deadline(hours(1)))), duty("HELD-2", .held(without: nil)),
      duty("OWED", .noFixedDeadline(clockStart: nil, provisional: false)),
      duty("WAITS", .clockNotStarted(missing: [key])),
      duty("UNKNOWN", .undetermined(missing: [key])), duty("NONE", .none),
    ]
    let score = score(
      exercise(),
      duties,
      filings: [filing("HELD-2", at: hours(1))],
      until: hours(9)
    )
    #expect(score.clocks.map(\.rule) == ["HELD", "HELD-2", "OWED"])
    #expect(score.clocks.map(\.standing) == [.held, .sent, .owed])
    #expect(score.counted == 0)
    #expect(score.summary == "no clock with a deadline ran")
  }

  @Test func `names the duties of which neither a decision nor a notice tells`() {
    let duties = ["A", "B", "C"].map { duty($0, due(hours(5))) }
    let filed = [filing("B", at: hours(1))]
    #expect(
      score(
        exercise(),
        duties,
        filings: filed,
        decisions: [decision("A", at: hours(1))],
        until: hours(2)
      ).undecided == ["C"]
    )
    #expect(
      score(exercise(), duties, decisions: [decision("", at: hours(1))], until: hours(2)).undecided
        .isEmpty
    )
  }

  @Test func `times each step from awareness, by when it was written down`() {
    let score = score(
      exercise(contained: StatedTime(hours(4))),
      decisions: [decision("X", at: hours(3)), decision("", at: hours(2))],
      assessedAt: hours(1),
      actedAt: aware - .seconds(300),
      until: hours(9)
    )
    #expect(score.steps.map(\.kind) == DrillScore.StepKind.allCases)
    #expect(score.steps.map(\.after) == [7200, 3600, -300, 14_400])
    #expect(
      score.steps.map(\.outcome) == [
        "2 h 0 min after awareness", "1 h 0 min after awareness", "5 min before awareness",
        "4 h 0 min after awareness",
      ]
    )
  }

  @Test func `takes a worksheet for an assessment of severity`() {
    let worksheet = SeverityWorksheet(context: 3, identification: 4, circumstances: .init())
    let early = decision("", at: hours(1), worksheet: worksheet)
    let score = score(decisions: [early], assessedAt: hours(2), until: hours(9))
    #expect(score.steps[1].at == hours(1))
  }

  @Test func `has no step that was not taken, is stated to the day alone, or came after the end`()
    throws
  {
    let day = try #require(StatedTime(year: 2026, month: 5, day: 18))
    for contained in [nil, day, StatedTime(hours(10))] {
      let score = score(exercise(contained: contained), until: hours(9))
      #expect(score.steps.map(\.at) == [nil, nil, nil, nil])
      #expect(score.steps[3].outcome == "never")
    }
  }

  @Test func `begins with awareness as decided, else as stated, else with the opening`() {
    var decided = exercise()
    decided.awareness = AwarenessDecision(
      awareAt: StatedTime(hours(1)),
      decidedBy: "Ana",
      grounds: "logs"
    )
    #expect(score(decided, until: hours(9)).awareAt == hours(1))
    #expect(score(exercise(), until: hours(9)).awareAt == aware)
    #expect(score(exercise(aware: nil), until: hours(9)).awareAt == opened)
    let month = StatedTime(year: 2026, month: 5)
    #expect(score(exercise(aware: month), until: hours(9)).awareAt == opened)
  }
}

struct `The facts of an exercise` {
  @Test func `are those of the incident without names, times and conclusions`() {
    let real = Incident(
      id: 7,
      reference: "INC-2026-0007",
      version: 3,
      facts: IncidentFacts(
        title: "Mail to the wrong list",
        summary: "what happened",
        severity: .high,
        outcome: .confirmedBreach,
        actions: [.error],
        roles: [.lead: "Ada Vale", .counsel: "Bo"],
        instants: [.aware: StatedTime(hours(-900)), .occurred: StatedTime(hours(-999))],
        affected: [AffectedPeople(jurisdiction: "EU-DE", count: 900)],
        data: DataExposure(categories: ["email"], isEncrypted: false),
        answers: LegalAnswers([
          "personal_data": "true", "risk": "high", "law_enforcement_hold.active": "true",
        ]),
        assets: ["mail"],
        tags: ["vendor"]
      ),
      state: .closed,
      openedAt: opened,
      updatedAt: opened
    )
    let facts = real.exerciseFacts(aware: StatedTime(aware))
    #expect(
      facts
        == IncidentFacts(
          title: "Mail to the wrong list",
          summary: "what happened",
          actions: [.error],
          instants: [.aware: StatedTime(aware)],
          affected: [AffectedPeople(jurisdiction: "EU-DE", count: 900)],
          data: DataExposure(categories: ["email"], isEncrypted: false),
          answers: LegalAnswers(["personal_data": "true"]),
          assets: ["mail"],
          tags: ["vendor"]
        )
    )
    #expect(real.exerciseFacts(title: "Drill", aware: StatedTime(aware)).title == "Drill")
  }

  @Test func `bear the same sign wherever an exercise is named`() {
    var incident = exercise()
    #expect(incident.markedReference == "[DRILL] INC-2026-0001")
    #expect(incident.markedTitle == "[DRILL] drill")
    incident.exercise = nil
    #expect(incident.markedReference == "INC-2026-0001")
    #expect(incident.markedTitle == "drill")
    #expect([0, 1, 2].map(Exercise.beside) == ["", "and 1 drill", "and 2 drills"])
  }
}
