import Exchange
import Model

/// An audit with everything that a report can say, hostile texts among it.
enum AuditReportFixture {
  static func instant(_ text: String) -> Instant {
    Instant(rfc3339: text) ?? Instant(milliseconds: 0)
  }

  static let now = instant("2026-05-18T14:40:00Z")

  static func time(_ text: String) -> StatedTime {
    StatedTime(instant("\(text)T00:00:00Z"))
  }

  static let content: AuditReportContent.Content = {
    let items = AuditReportFixture.items
    let lines = [
      heading(
        0,
        1,
        "A",
        "Access <&> \"doors\"",
        AuditScore(
          items: 3,
          assessed: 3,
          excluded: 0,
          points: 15_000,
          possible: 30_000
        )
      ),
      line(items[0], 1, "A.1", "Encrypt | it", ["FND-2026-0001"], [1]),
      line(items[1], 2, "A.2", "\u{202E}Restore `backups`", ["FND-2026-0002"], [1, 2]),
      line(items[2], 3, "A.3", "Train\u{1B}[31m the staff", [], []),
      heading(
        4,
        1,
        "B",
        "Beyond",
        AuditScore(
          items: 2,
          assessed: 1,
          excluded: 1,
          points: 0,
          possible: 0
        )
      ),
      line(items[3], 5, "B.1", "Ship it", [], [3]), line(items[4], 6, "", "Later", [], []),
    ]
    return AuditReportContent.Content(
      details: details,
      framework: Framework(
        identifier: "own:demo",
        version: "2",
        language: "fr",
        texts: FrameworkTexts(name: "Demo *framework*"),
        provider: "A <b>provider</b>",
        groups: [RequirementGroup(id: "l1", texts: FrameworkTexts(name: "Level 1"))]
      ),
      organisation: "Lindgren & Vale",
      lines: lines,
      findings: findings,
      evidence: evidence,
      difference: AuditDifference(from: side(items, .doesNotConform), to: side(items, .conforms)),
      previous: "AUD-2025-0001",
      countsAt: now,
      now: now
    )
  }()

  private static let details = AuditDetails.Details(
    row: AuditRow(
      audit: Audit(
        id: 7,
        reference: "AUD-2026-0001",
        version: 3,
        framework: 1,
        previous: 6,
        state: .signed,
        facts: AuditFacts(
          title: "<script>alert(1)</script> 2026",
          scope: "=cmd|' /C calc'!A0",
          groups: ["l1"],
          from: "2026-01-01",
          until: "2026-03-31",
          auditor: "Ana Öst",
          reviewers: ["Kim", "Ana Öst"],
          months: 12
        ),
        startedAt: instant("2026-04-01T08:00:00Z"),
        updatedAt: instant("2026-05-01T08:00:00Z")
      ),
      framework: "own:demo",
      edition: "2",
      name: "Demo *framework*",
      tally: AuditTally(
        cells: [
          cell(.conforms, 1, 10_000), cell(.partly, 1, 5000), cell(.doesNotConform, 1, 0),
          cell(.notApplicable, 1, nil), cell(.notAssessed, 1, nil),
        ],
        expired: 1
      ),
      isFollowed: false
    ),
    scale: nil,
    signatures: [
      AuditSignature(
        digest: String(repeating: "a", count: 64),
        by: "ana",
        at: instant("2026-05-02T08:00:00Z"),
        isComplete: true,
        reopening: .init(by: "ana", at: instant("2026-05-03T08:00:00Z"), reason: "a typo")
      ),
      AuditSignature(
        digest: String(repeating: "b", count: 64),
        by: "ana",
        at: instant("2026-05-04T08:00:00Z"),
        second: .init(by: "kim", at: instant("2026-05-05T08:00:00Z")),
        isComplete: true
      ),
    ],
    digest: String(repeating: "b", count: 64)
  )

  private static func cell(_ result: AuditResult, _ count: Int, _ points: Int64?) -> AuditTally.Cell
  {
    AuditTally.Cell(
      result: result,
      work: .done,
      grade: nil,
      count: count,
      points: points ?? 0,
      possible: points == nil ? 0 : 10_000
    )
  }

  private static let items: [AuditItem] = {
    var items = (0..<5).map { index in
      AuditItem(
        id: RecordID(index + 10),
        audit: 7,
        place: [1, 2, 3, 5, 6][index],
        position: index,
        identifier: "own:demo:\(index)"
      )
    }
    for index in 0..<4 {
      items[index].work = .done
      items[index].answeredBy = "ana"
      items[index].answeredAt = instant("2026-04-0\(index + 2)T10:00:00Z")
    }
    items[0].result = .conforms
    items[0].score = 5
    items[0].observation = "Seen.\n- no list\n# no heading"
    items[0].attestation = AuditAttestation(
      by: "Ola",
      at: instant("2026-04-02T10:00:00Z"),
      months: 12
    )
    items[1].result = .partly
    items[1].grade = .minor
    items[1].observation = "Two of them <img src=x onerror=alert(1)> are *not*."
    items[1].sampling = AuditSampling(population: 120, sample: 25, exceptions: 2, note: "by hand")
    items[1].review = AuditReview(
      by: "kim",
      at: instant("2026-04-20T10:00:00Z"),
      isAccepted: true,
      note: ""
    )
    items[2].result = .doesNotConform
    items[2].previous = AuditPrevious(
      items[1],
      result: .partly,
      audit: "AUD-2025-0001",
      isChanged: true
    )
    items[3].result = .notApplicable
    items[3].reason = "Nothing is shipped."
    return items
  }()

  private static func heading(
    _ place: Int,
    _ depth: Int,
    _ reference: String,
    _ headline: String,
    _ score: AuditScore
  ) -> AuditReportContent.Line {
    AuditReportContent.Line(
      row: AuditTreeRow(
        place: place,
        end: place + 1,
        depth: depth,
        reference: reference,
        headline: headline,
        score: score,
        item: nil
      ),
      item: nil,
      findings: [],
      evidence: []
    )
  }

  private static func line(
    _ item: AuditItem,
    _ place: Int,
    _ reference: String,
    _ headline: String,
    _ findings: [String],
    _ evidence: [RecordID]
  ) -> AuditReportContent.Line {
    AuditReportContent.Line(
      row: AuditTreeRow(
        place: place,
        end: place + 1,
        depth: 2,
        reference: reference,
        headline: headline,
        score: nil,
        item: AuditTreeRow.Item(
          id: item.id,
          version: 1,
          work: item.work,
          result: item.result,
          isExpired: false,
          score: item.score,
          target: nil,
          grade: item.grade,
          assignee: "",
          hasProposal: false,
          previous: nil
        )
      ),
      item: item,
      findings: findings,
      evidence: evidence
    )
  }

  static let findings: [Finding] = {
    var open = Finding(
      id: 1,
      reference: "FND-2026-0001",
      version: 1,
      facts: FindingFacts(
        title: "Keys lie <b>open</b>",
        text: "On a share.\nFor all.",
        severity: .critical,
        owner: "Ola",
        rootCause: "nobody | owned it",
        actions: [
          CorrectiveAction(title: "Move them", owner: "Ola", due: time("2026-05-20")),
          CorrectiveAction(title: "Tell all", done: time("2026-05-10")),
        ]
      ),
      standing: FindingStanding(
        check: EffectivenessCheck(
          isEffective: false,
          note: "still there",
          at: instant("2026-05-11T09:00:00Z"),
          by: "kim"
        )
      ),
      openedAt: instant("2026-04-10T09:00:00Z"),
      updatedAt: instant("2026-05-11T09:00:00Z"),
      due: time("2026-05-01"),
      item: Subject(.auditItem, 10),
      isRemoved: false
    )
    open.standing.state = .inProgress
    var accepted = open
    (accepted.id, accepted.reference, accepted.item) = (2, "FND-2026-0002", Subject(.auditItem, 11))
    accepted.facts = FindingFacts(title: "Old tapes", severity: .low)
    accepted.standing = FindingStanding(
      state: .accepted,
      acceptance: RiskAcceptance(
        acceptedBy: "CEO",
        reason: "until they are gone",
        expires: time("2026-12-31"),
        at: instant("2026-05-11T09:00:00Z"),
        by: "ana"
      )
    )
    return [open, accepted]
  }()

  static let evidence: [Evidence] = [
    Evidence(
      id: 1,
      incident: nil,
      version: 1,
      facts: EvidenceFacts(
        title: "keys & locks.pdf",
        path: "/srv/keys & locks: 1.pdf",
        sha256: String(repeating: "c", count: 64),
        size: 12,
        isCopied: true,
        note: "from the share",
        dates: EvidenceDates(effective: time("2026-01-01"), expires: time("2026-05-01"))
      ),
      recordedAt: instant("2026-04-11T09:00:00Z"),
      custody: []
    ),
    Evidence(
      id: 2,
      incident: nil,
      version: 1,
      facts: EvidenceFacts(
        title: "sshd -T",
        path: "/usr/sbin/sshd",
        sha256: String(repeating: "d", count: 64),
        size: 3,
        isCopied: true,
        run: CommandRun(
          arguments: ["sshd", "-T"],
          status: 0,
          host: "jump",
          startedAt: instant("2026-04-11T09:00:00Z"),
          milliseconds: 12,
          isCut: false
        )
      ),
      recordedAt: instant("2026-04-11T09:00:00Z"),
      custody: []
    ),
    Evidence(
      id: 3,
      incident: nil,
      version: 1,
      facts: EvidenceFacts(title: "Policy", link: "https://example.org/a b?<x>"),
      recordedAt: instant("2026-04-12T09:00:00Z"),
      custody: []
    ),
  ]

  private static func side(_ items: [AuditItem], _ first: AuditResult) -> AuditDifference.Side {
    var items = items
    items[0].result = first
    let requirements = items.indices.map { index in
      Requirement(
        identifier: "own:demo:\(index)",
        reference: ["A.1", "A.2", "A.3", "B.1", ""][index],
        depth: 1,
        isAssessable: true,
        texts: FrameworkTexts(name: "Encrypt | it")
      )
    }
    let framework = Framework(
      identifier: "own:demo",
      version: "2",
      language: "fr",
      texts: FrameworkTexts(name: "Demo"),
      requirements: requirements
    )
    return AuditDifference.Side(framework: framework, items: items, at: now)
  }
}
