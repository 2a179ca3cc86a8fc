import Model
import Testing

struct `A finding` {
  private static let now = Instant(seconds: 1_779_108_000)
  private static let later = StatedTime(now + .seconds(3600))
  private static let effective = FindingStep.check(isEffective: true, note: "logs read")

  private static func finding(
    _ standing: FindingStanding = FindingStanding(),
    actions: [CorrectiveAction] = [],
    due: StatedTime? = nil
  ) -> Finding {
    Finding(
      id: 1,
      reference: "FND-2026-0001",
      version: 1,
      facts: FindingFacts(title: "t", severity: .high, actions: actions),
      standing: standing,
      openedAt: now,
      updatedAt: now,
      due: due,
      item: nil,
      isRemoved: false
    )
  }

  /// The states that steps lead through, or the first refusal.
  private static func walk(_ steps: [FindingStep], from finding: Finding) throws(RefusedStep)
    -> [FindingState]
  {
    var finding = finding
    var states: [FindingState] = []
    for step in steps {
      finding.standing = try FindingStanding.after(step, on: finding, at: now, by: "meyer")
      states.append(finding.standing.state)
    }
    return states
  }

  @Test(
    arguments: [
      (
        [.begin, .remedy, effective, .close(reason: "")],
        [.inProgress, .remedied, .verified, .closed]
      ),
      ([.remedy, .check(isEffective: false, note: "still there")], [.remedied, .inProgress]),
      ([effective, .close(reason: ""), .reopen(reason: "again")], [.verified, .closed, .open]),
      (
        [.accept(by: "CEO", reason: "cost", expires: later), .reopen(reason: "r")],
        [.accepted, .open]
      ),
    ] as [([FindingStep], [FindingState])]
  )
  func `goes through its states`(steps: [FindingStep], states: [FindingState]) throws {
    #expect(try Self.walk(steps, from: Self.finding()) == states)
  }

  @Test(
    arguments: [
      ([.close(reason: "")], "effective"),
      ([.remedy, .close(reason: "")], "effective"),
      ([effective, .reopen(reason: "again"), .close(reason: "")], "effective"),
      ([effective, .check(isEffective: false, note: "n"), .close(reason: "")], "effective"),
      ([.check(isEffective: true, note: " ")], "note"),
      ([.reopen(reason: "r")], "cannot be reopened"),
      ([effective, .close(reason: ""), effective], "cannot be checked"),
      ([.remedy, .reopen(reason: " ")], "reason"),
      ([.accept(by: "", reason: "r", expires: later)], "name"),
      ([.accept(by: "CEO", reason: "", expires: later)], "reason"),
      ([.accept(by: "CEO", reason: "r", expires: StatedTime(now))], "expired"),
    ] as [([FindingStep], String)]
  )
  func `refuses a step that its state does not bear`(steps: [FindingStep], word: String) {
    do throws(RefusedStep) {
      _ = try Self.walk(steps, from: Self.finding())
      Issue.record("nothing was refused")
    } catch {
      #expect(error.description.contains(word))
    }
  }

  @Test(arguments: [FindingStep.remedy, effective])
  func `is not remedied while a corrective action is open`(step: FindingStep) {
    let open = Self.finding(actions: [CorrectiveAction(title: "patch")])
    #expect(throws: RefusedStep.self) { try Self.walk([step], from: open) }
    let done = Self.finding(actions: [CorrectiveAction(title: "patch", done: Self.later)])
    #expect(throws: Never.self) { try Self.walk([step], from: done) }
  }

  @Test(arguments: [(-1, false), (0, false), (1, true)])
  func `counts as open again once its acceptance has run out, and says so`(
    seconds: Int64,
    expired: Bool
  ) throws {
    let until = StatedTime(Self.now)
    let before = Self.now - .seconds(60)
    let standing = try FindingStanding.after(
      .accept(by: "CEO", reason: "cost", expires: until),
      on: Self.finding(),
      at: before,
      by: "meyer"
    )
    let finding = Self.finding(standing, due: StatedTime(before))
    let at = Self.now + .seconds(seconds)
    #expect(finding.isAcceptanceExpired(at: at) == expired)
    #expect(finding.state(at: at) == (expired ? .open : .accepted))
    #expect(finding.isOverdue(at: at) == expired)
    #expect(finding.stateText(at: at).contains("acceptance expired") == expired)
  }

  @Test(arguments: [
    (Severity.critical, "Europe/Berlin", "2026-03-24T22:30:00Z", "2026-03-31"),
    (.high, "UTC", "2026-01-31T12:00:00Z", "2026-03-02"),
    (.medium, "America/New_York", "2026-01-01T03:00:00Z", "2026-03-31"),
    (.low, "Asia/Tokyo", "2026-01-01T20:00:00Z", "2026-07-01"),
  ])
  func `is due at the end of a day that its severity decides`(
    severity: Severity,
    zone: String,
    opened: String,
    day: String
  ) throws {
    let zone = try #require(Zone(zone))
    let opened = try #require(Instant(rfc3339: opened))
    let due = try #require(FindingDays.usual.due(severity, openedAt: opened, zone: zone))
    #expect(due.plain == day)
    #expect(due.source.contains("\(FindingDays.usual[severity]) days for \(severity.label)"))
  }
}

struct `What the overview says of findings and evidence` {
  @Test(
    arguments: [
      (OverviewNumbers.Care(), []),
      (.init(overdueFindings: 1), ["1 finding is overdue"]),
      (.init(overdueFindings: 2), ["2 findings are overdue"]),
      (
        .init(expiredAcceptances: 2, expiringEvidence: 1),
        [
          "2 accepted risks have expired and are open again",
          "1 piece of evidence expires within 30 days",
        ]
      ),
      (.init(expiredEvidence: 1), ["1 piece of evidence has expired"]),
      (
        .init(expiredEvidence: 2, expiringEvidence: 3),
        ["3 pieces of evidence expire within 30 days, 2 have expired"]
      ),
    ] as [(OverviewNumbers.Care, [String])]
  )
  func `is a line each, only where there is something`(
    care: OverviewNumbers.Care,
    lines: [String]
  ) {
    #expect(care.lines == lines)
  }
}
