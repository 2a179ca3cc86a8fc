import Exchange
import Model
import Testing

struct `The report of a mailing` {
  private static func tally(
    _ jurisdiction: String,
    _ state: RecipientState,
    _ count: Int
  ) -> MailingStatus.Tally {
    .init(jurisdiction: jurisdiction, language: "de", state: state, count: count)
  }

  private static func day(
    _ day: String,
    _ state: RecipientState,
    _ channel: MailingChannel?,
    _ count: Int
  ) -> MailingDays.Row {
    .init(day: day, state: state, channel: channel, jurisdiction: "EU-DE", count: count)
  }

  private static func content(
    name: String = "Customers",
    isExercise: Bool = false,
    publications: [Publication] = []
  ) -> MailingReportContent.Content {
    let mailing = Mailing(
      id: 1,
      reference: "MLG-2026-0001",
      version: 1,
      incident: 1,
      incidentReference: "INC-2026-0001",
      facts: MailingFacts(
        name: name,
        obligations: ["EU-GDPR-34", "US-CA-AG"],
        channels: [.email, .post, .publicNotice]
      ),
      state: .draft,
      recipients: 100,
      openedAt: Instant(seconds: 1_779_108_000),
      erasedAt: nil,
      hasUnfinishedImport: false,
      isRemoved: false
    )
    let dueAt = Instant(seconds: 1_779_200_000)
    let due = Obligation(
      id: "EU-GDPR-34",
      jurisdiction: "EU",
      recipient: "affected people",
      law: "GDPR, Article 34",
      state: .due(
        .init(
          due: dueAt,
          latest: dueAt,
          provisional: false,
          clockStart: "aware"
        )
      ),
      because: [],
      confidence: .high,
      reckoning: nil,
      version: 1
    )
    return MailingReportContent.Content(
      status: MailingStatus.Answer(
        mailing: mailing,
        tallies: [
          tally("EU-DE", .handedOver, 50), tally("EU-DE", .acknowledged, 10),
          tally("EU-DE", .complaint, 1), tally("EU-DE", .uncertain, 2),
          tally("EU-DE", .bouncedSoft, 3), tally("EU-DE", .pending, 4),
          tally("EU-FR", .unreachable, 20), tally("US-CA", .unreachable, 9),
          tally("US-CA", .exempt, 1),
        ],
        coverage: [
          .init(jurisdiction: "EU-DE", affected: 80, listed: 70),
          .init(jurisdiction: "EU-FR", affected: 15, listed: 20),
          .init(jurisdiction: "US-CA", affected: nil, listed: 10),
        ]
      ),
      isExercise: isExercise,
      organisation: "Lindgren & Vale",
      days: [
        day("2026-05-18", .handedOver, .email, 40), day("2026-05-19", .handedOver, .email, 20),
        day("2026-05-19", .bouncedSoft, .email, 3), day("2026-05-20", .handedOver, .post, 6),
        day("2026-05-21", .acknowledged, nil, 10), day("2026-05-17", .approved, nil, 100),
      ],
      duties: [
        ObligationRecord(
          id: 1,
          incident: 1,
          obligation: due,
          computedAt: Instant(seconds: 0),
          cause: "test"
        )
      ],
      bounces: [.init(reason: .mailboxFull, outcome: .moves(.bouncedSoft), count: 3)],
      handOvers: [
        .init(due: dueAt, jurisdiction: "EU-DE", byThen: 50, later: 16),
        .init(due: dueAt, jurisdiction: "US-CA", byThen: 7, later: 4),
      ],
      unusable: ["EU-DE": 1],
      unusableDays: ["2026-05-19": 1],
      publications: publications
    )
  }

  private static func publication(_ jurisdictions: [String]) -> Publication {
    let from = Instant(seconds: 1_779_148_800)
    func time(_ instant: Instant) -> StatedTime {
      StatedTime(
        text: "given",
        zone: .utc,
        precision: .day,
        earliest: instant,
        latest: instant,
        source: ""
      )
    }
    return Publication(
      id: 1,
      incident: 1,
      version: 1,
      facts: PublicationFacts(
        mailing: 1,
        means: .website,
        place: "https://example.org/notice",
        from: time(from),
        until: time(from + .seconds(90 * 86_400)),
        jurisdictions: jurisdictions,
        text: "E1/T4.1"
      ),
      recordedAt: from
    )
  }

  @Test func `counts what was handed over up to the instant of the deadline, in its places`() {
    let text = MailingReport(Self.content()).markdown
    #expect(
      text.contains(
        "| EU-GDPR-34 | GDPR, Article 34 | 2026-05-19 14:13:20 UTC | EU, EU-\\* | 50 | 16 | 9 |"
      ),
      "\(text)"
    )
    #expect(text.contains("up to the very instant under \u{201C}Deadline\u{201D}, in UTC"))
    #expect(text.contains("| US-CA-AG | - | no clock in the record | everybody | - | - | - |"))
  }

  @Test func `says of a duty without a number which it is, and that its law names none`() {
    let law = Law(
      id: "us-ca",
      title: "Civil Code",
      jurisdiction: "US-CA",
      reach: Law.Reach(people: ["US-CA"]),
      rules: [
        Rule(
          id: "US-CA-AG",
          citation: "Civil Code 1798.82",
          recipient: "people",
          clocks: [RuleClock(start: .after([], latest: false), period: .noFixedDeadline)]
        )
      ]
    )
    let report = MailingReport(Self.content(), rules: RulePack(laws: [law]))
    #expect(
      report.markdown.contains(
        "| US-CA-AG | Civil Code 1798.82 | without undue delay: the law names no number; not worked out "
          + "for this incident | US-CA | - | - | 0 |"
      ),
      "\(report.markdown)"
    )
  }

  @Test func `tells those to whom nothing could be sent from those whose notice came back`() {
    let report = MailingReport(Self.content())
    #expect(report.markdown.contains("| Notice came back | 2 |"))
    #expect(report.markdown.contains("| No usable address, nothing was sent | 1 |"))
    #expect(report.markdown.contains("| 2026-05-19 | e-mail | 20 | 0 | 2 | 1 |"))
  }

  @Test func `says by date and channel what was handed over, reached and came back`() {
    let text = MailingReport(Self.content()).markdown
    for line in [
      "| 2026-05-18 | e-mail | 40 | 0 | 0 | 0 |", "| 2026-05-19 | e-mail | 20 | 0 | 2 | 1 |",
      "| 2026-05-20 | post | 6 | 0 | 0 | 0 |", "| 2026-05-21 | - | 0 | 10 | 0 | 0 |",
    ] { #expect(text.contains(line), "\(line)") }
    #expect(!text.contains("2026-05-17"))
  }

  @Test func `shows the gaps both ways, and where nobody said how many`() {
    let report = MailingReport(Self.content())
    #expect(report.markdown.contains("EU\\-DE: 10 more are affected than are listed.") == false)
    #expect(report.markdown.contains("EU-DE: 10 more are affected than are listed."))
    #expect(report.markdown.contains("EU-FR: 5 more are listed than are affected."))
    #expect(
      report.markdown.contains(
        "US-CA: the incident does not say how many are affected; 10 are listed."
      )
    )
    #expect(
      report.markdown.contains("| EU-DE | 80 | 70 | 10 not listed | 61 | 10 | 2 | 1 | 0 | 6 |")
    )
    #expect(report.json["affected"]?.integer == 95)
    #expect(report.markdown.contains("- Affected: at least 95"))
  }

  @Test func `says what stands in for those who could not be reached, and for whom nothing does`() {
    #expect(
      MailingReport(Self.content()).markdown.contains(
        "A public notice is a channel of the mailing; none is recorded yet."
      )
    )
    let text = MailingReport(Self.content(publications: [Self.publication(["EU-FR"])])).markdown
    #expect(text.contains("29 could not be reached over any channel of the mailing."))
    #expect(text.contains("No public notice is for people of US-CA."))
    #expect(text.contains("| web site | https"))
    #expect(text.contains("(90 days) | EU-FR | E1/T4.1 | - |"), "\(text)")
    let all = MailingReport(Self.content(publications: [Self.publication([])])).markdown
    #expect(!all.contains("No public notice is for"))
  }

  @Test func `is marked where the incident is an exercise, and runs nothing that was typed`() {
    let hostile = "<script>alert(1)</script> =1+1 | x\u{202E}"
    let report = MailingReport(Self.content(name: hostile, isExercise: true))
    #expect(report.markdown.hasPrefix("# \\[DRILL\\] MLG-2026-0001: \\<script\\>"))
    #expect(!report.html.contains("<script>alert"))
    #expect(report.html.contains("default-src 'none'"))
    #expect(!report.html.unicodeScalars.contains("\u{202E}"))
    #expect(report.json["drill"] == .bool(true))
  }

  @Test func `gives its numbers as CSV, a row for each`() {
    let lines = MailingReport(Self.content()).csv.split(separator: "\r\n")
    #expect(lines[0] == "mailing,table,jurisdiction,day,channel,language,state,count")
    #expect(lines.contains("MLG-2026-0001,day,EU-DE,2026-05-19,email,,bounced-soft,3"))
    #expect(lines.contains("MLG-2026-0001,now,US-CA,,,de,exempt,1"))
    #expect(lines.contains("MLG-2026-0001,affected,US-CA,,,,,"))
  }
}
