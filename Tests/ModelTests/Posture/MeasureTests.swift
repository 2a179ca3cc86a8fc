import Model
import Testing

struct `A measure of the posture` {
  static let now = Instant(seconds: 1_779_108_000)
  private static let day: Int64 = 86_400

  private static func ago(days: Int64) -> Instant { now - .seconds(days * day) }

  private static func mark(days: Int64, isSound: Bool = true) -> VerificationMark {
    VerificationMark(
      at: ago(days: days),
      by: "ana",
      RecordVerification(isSound: isSound, head: 40, headHash: "ab", faults: isSound ? 0 : 2)
    )
  }

  @Test(
    arguments: [
      (0, true, PostureState.good), (7, true, .good), (8, true, .attention), (30, true, .attention),
      (31, true, .unknown), (0, false, .bad), (400, false, .bad), (-1, true, .unknown),
      (-1, false, .bad),
    ] as [(Int64, Bool, PostureState)]
  )
  func `trusts a verification for a week`(days: Int64, isSound: Bool, expected: PostureState) {
    let facts = RecordVerified(head: 42, last: Self.mark(days: days, isSound: isSound))
    #expect(facts.judged(at: Self.now).state == expected)
    #expect(facts.judged(at: Self.now).steps.isEmpty == (expected == .good))
  }

  @Test func `knows nothing of a record that was never verified`() {
    let never = RecordVerified(head: 9, last: nil).judged(at: Self.now)
    #expect(never.state == .unknown)
    #expect(never.words == "never verified; head 9")
    #expect(RecordVerified(head: 0, last: nil).judged(at: Self.now).state == .unknown)
    let before = RecordVerified(head: 42, last: Self.mark(days: 1), before: Self.mark(days: 50))
    #expect(before.judged(at: Self.now).trend == .better)
  }

  @Test(arguments: [
    (0, 0, 0, PostureState.good), (1, 0, 0, .bad), (0, 1, 0, .attention), (0, 0, 1, .unknown),
    (1, 1, 1, .bad),
  ])
  func `is bad by the law once a clock has run out`(
    late: Int,
    soon: Int,
    unchecked: Int,
    expected: PostureState
  ) {
    let facts = RunningClocks(
      running: 5,
      late: late,
      soon: soon,
      unchecked: unchecked,
      open: 3,
      lateBefore: 1,
      first: [
        RunningClocks.Clock(
          id: 7,
          incident: 3,
          reference: "INC-2026-0003",
          rule: "EU-GDPR-33-SA",
          due: Self.now - .seconds(3 * 3600)
        )
      ]
    )
    let verdict = facts.judged(at: Self.now)
    #expect(verdict.state == expected)
    // Of what was not worked out nobody knows whether it goes better.
    #expect(verdict.trend == (unchecked > 0 ? .unknown : late == 0 ? .better : .same))
    if late > 0 {
      #expect(
        verdict.steps.first?.text == "file EU-GDPR-33-SA of INC-2026-0003: late 3 hours"
      )
      #expect(verdict.steps.first?.place == .clock(7, incident: 3))
    }
  }

  @Test func `has nothing to judge while no incident is open`() {
    let facts = RunningClocks(
      running: 0,
      late: 0,
      soon: 0,
      unchecked: 0,
      open: 0,
      lateBefore: 0,
      first: []
    )
    #expect(facts.judged(at: Self.now).state == nil)
  }

  @Test(
    arguments: [
      (0, 0, 0, nil), (5, 0, 0, PostureState.good), (4, 1, 0, .attention), (3, 1, 0, .bad),
      (5, 0, 1, .unknown), (0, 0, 2, .unknown),
    ] as [(Int, Int, Int, PostureState?)]
  )
  func `counts filings by what can be told of them`(
    onTime: Int,
    late: Int,
    unclear: Int,
    expected: PostureState?
  ) {
    var tally = FiledInTime.Tally()
    (tally.onTime, tally.late, tally.unclear) = (onTime, late, unclear)
    let verdict = FiledInTime(now: tally, before: FiledInTime.Tally()).judged(at: Self.now)
    #expect(verdict.state == expected)
  }

  @Test func `takes a filing for late only where all that its time can mean is late`() {
    var tally = FiledInTime.Tally()
    let due = Self.now
    tally.add(earliest: due, latest: due + .milliseconds(999), due: due)
    tally.add(earliest: due + .milliseconds(1000), latest: due + .seconds(9), due: due)
    tally.add(earliest: due - .seconds(9), latest: due + .seconds(9), due: due)
    tally.add(earliest: due, latest: due, due: nil)
    #expect((tally.onTime, tally.late, tally.unclear, tally.undated) == (1, 1, 1, 1))
  }

  @Test(arguments: [
    (0, 0, PostureState.good), (3, 0, .attention), (3, 1, .bad),
  ])
  func `of notices is bad once the clock of those who were not told has run out`(
    untold: Int,
    late: Int,
    expected: PostureState
  ) {
    let open = NoticeCoverage.Open(
      id: 1,
      reference: "MLG-2026-0001",
      untold: untold,
      due: late > 0 ? Self.ago(days: 1) : nil,
      isIncomplete: false
    )
    let facts = NoticeCoverage(mailings: 2, listed: 40, open: untold > 0 ? [open] : [])
    #expect(facts.judged(at: Self.now).state == expected)
    #expect(NoticeCoverage(mailings: 0, listed: 0, open: []).judged(at: Self.now).state == nil)
  }

  @Test func `of notices is unknown while it is not known who is affected`() {
    let open = NoticeCoverage.Open(
      id: 1,
      reference: "MLG-2026-0001",
      untold: 0,
      due: nil,
      isIncomplete: true
    )
    #expect(
      NoticeCoverage(mailings: 1, listed: 4, open: [open]).judged(at: Self.now).state == .unknown
    )
  }

  @Test(arguments: [
    (95, PostureState.good), (94, .attention), (70, .attention), (69, .bad),
  ])
  func `of training goes by the share in order`(done: Int, expected: PostureState) {
    var tally = DutyTally()
    (tally.done, tally.overdue) = (done, 100 - done)
    let facts = TrainingHeld(people: 30, now: tally, before: DutyTally(), courses: [])
    #expect(facts.judged(at: Self.now).state == expected)
    #expect(facts.judged(at: Self.now).trend == .unknown)
  }

  @Test func `of training knows nothing without staff or plans`() {
    let none = DutyTally()
    for people in [0, 12] {
      let facts = TrainingHeld(people: people, now: none, before: none, courses: [])
      #expect(facts.judged(at: Self.now).state == .unknown)
    }
  }

  @Test(arguments: [
    (0, 1, PostureState.good), (4, 1, .good), (5, 1, .attention), (20, 1, .bad), (0, 366, .unknown),
  ])
  func `of phishing goes by how many followed the link`(
    clicked: Int,
    daysAgo: Int,
    expected: PostureState
  ) {
    var counts = PhishingCounts()
    (counts.sent, counts.clicked) = (100, clicked)
    let today = DayNumber(Self.now, in: .utc)
    let last = PhishingHeld.Exercise(id: 4, sentOn: today - daysAgo, counts: counts)
    let facts = PhishingHeld(last: last, before: nil, today: today)
    #expect(facts.judged(at: Self.now).state == expected)
    let hidden = PhishingHeld.Exercise(id: 4, sentOn: today, counts: nil)
    let few = PhishingHeld(last: hidden, before: nil, today: today).judged(at: Self.now)
    #expect(few.state == .unknown)
    #expect(
      PhishingHeld(last: nil, before: nil, today: today).judged(at: Self.now).state == .unknown
    )
  }

  @Test(
    arguments: [
      (1, 0, 0, 0, nil, PostureState.unknown), (1, 1, 0, 0, nil, .good),
      (1, 1, 0, 1, nil, .unknown),
      (1, 1, 0, 0, 1, .attention), (1, 1, 0, 0, 31, .bad),
    ] as [(Int, Int, Int, Int, Int64?, PostureState)]
  )
  func `of deletion is bad after a month`(
    holdings: Int,
    rules: Int,
    held: Int,
    uncounted: Int,
    dueDays: Int64?,
    expected: PostureState
  ) {
    let due = dueDays.map {
      DataToDelete.Due(row: "r", reference: "RET-1", since: Self.ago(days: $0), count: 5)
    }
    let facts = DataToDelete(
      holdings: holdings,
      rules: rules,
      due: due.map { [$0] } ?? [],
      held: held,
      uncounted: uncounted,
      dueBefore: 0
    )
    #expect(facts.judged(at: Self.now).state == expected)
  }

  @Test func `of audits goes by the lowest score, and by what is late`() {
    func state(_ scores: [Int?], late: Int = 0) -> PostureState? {
      AuditStanding(
        signed: scores.enumerated().map {
          AuditStanding.Signed(reference: "AUD-\($0.offset)", score: $0.element, before: 7_000)
        },
        running: 0,
        late: (0..<late).map { AuditStanding.Late(reference: "AUD-\($0)", end: Self.ago(days: 3)) }
      ).judged(at: Self.now).state
    }
    #expect(state([8_000]) == .good)
    #expect(state([8_000, 7_999]) == .attention)
    #expect(state([9_000, 4_999]) == .bad)
    #expect(state([9_000], late: 1) == .attention)
    #expect(state([]) == .unknown)
    #expect(state([nil]) == .unknown)
  }

  @Test func `of incidents is bad while a critical one is not contained`() {
    func state(_ open: [Int], critical: Int = 0, total: Int = 9) -> PostureState? {
      OpenIncidents(
        total: total,
        open: open,
        critical: critical,
        high: 0,
        severe: 1,
        severeBefore: 2,
        worst: []
      ).judged(at: Self.now).state
    }
    #expect(state([1, 0, 0, 0, 0], critical: 1) == .bad)
    #expect(state([1, 0, 0, 0, 0]) == .attention)
    #expect(state([0, 0, 2, 3, 0]) == .good)
    #expect(state([0, 0, 0, 0, 1]) == .unknown)
    #expect(state([0, 0, 0, 0, 0], total: 0) == .unknown)
  }

  @Test func `of public notices asks for one for everybody whom nothing reaches`() {
    func state(standing: Int, planned: Int = 0, unproven: Int = 0) -> PostureState? {
      PublicNotices(mailings: [
        PublicNotices.Unreached(
          id: 1,
          reference: "MLG-2026-0001",
          people: 7,
          standing: standing,
          planned: planned,
          unproven: unproven
        )
      ]).judged(at: Self.now).state
    }
    #expect(state(standing: 0) == .bad)
    #expect(state(standing: 0, planned: 1) == .attention)
    #expect(state(standing: 1, unproven: 1) == .attention)
    #expect(state(standing: 1) == .good)
    #expect(PublicNotices(mailings: []).judged(at: Self.now).state == nil)
  }

  @Test func `of statements is bad once the register does not support what is published`() {
    func state(
      _ published: Bool,
      unsupported: Int = 0,
      additions: Int = 0,
      expiresIn days: Int64? = nil
    ) -> PostureState? {
      StatementsStanding(statements: [
        StatementsStanding.Standing(
          id: 1,
          reference: "STM-0001",
          isPublished: published,
          unsupported: unsupported,
          additions: additions,
          securityExpires: days.map { Self.now + .seconds($0 * Self.day) }
        )
      ]).judged(at: Self.now).state
    }
    #expect(state(true) == .good)
    #expect(state(true, expiresIn: 31) == .good)
    #expect(state(true, expiresIn: 29) == .attention)
    #expect(state(true, expiresIn: -1) == .bad)
    #expect(state(true, unsupported: 1) == .bad)
    #expect(state(true, unsupported: 1, additions: 1) == .bad)
    #expect(state(true, additions: 1) == .attention)
    #expect(state(false, unsupported: 1) == .unknown)
    #expect(StatementsStanding(statements: []).judged(at: Self.now).state == .unknown)
  }

  @Test func `of findings, requests, tasks and the register goes by what is late`() {
    func findings(_ late: Int, _ severe: Int, _ expired: Int) -> PostureState? {
      LateFindings(
        total: 5,
        open: 4,
        late: late,
        lateSevere: severe,
        expired: expired,
        lateBefore: 0,
        first: []
      ).judged(at: Self.now).state
    }
    #expect(findings(0, 0, 0) == .good)
    #expect(findings(1, 0, 0) == .attention)
    #expect(findings(0, 0, 1) == .attention)
    #expect(findings(1, 1, 0) == .bad)
    func requests(_ late: Int, _ soon: Int, _ undated: Int, total: Int = 3) -> PostureState? {
      RightsAnswered(
        total: total,
        open: 3,
        late: late,
        soon: soon,
        undated: undated,
        lateBefore: 0,
        first: []
      ).judged(at: Self.now).state
    }
    #expect(requests(0, 0, 0) == .good)
    #expect(requests(0, 1, 1) == .attention)
    #expect(requests(0, 0, 1) == .unknown)
    #expect(requests(1, 0, 0) == .bad)
    #expect(requests(0, 0, 0, total: 0) == nil)
    #expect(LateTasks(open: 4, late: 2, first: []).judged(at: Self.now).state == .attention)
    #expect(LateTasks(open: 4, late: 3, first: []).judged(at: Self.now).state == .bad)
    let gap = RegisterGaps.Gap(reference: "ACT-1", missing: 1, unjustified: 0)
    #expect(RegisterGaps(activities: 2, gaps: [gap]).judged(at: Self.now).state == .attention)
    #expect(RegisterGaps(activities: 1, gaps: [gap]).judged(at: Self.now).state == .bad)
    #expect(RegisterGaps(activities: 0, gaps: []).judged(at: Self.now).state == .unknown)
  }
}
