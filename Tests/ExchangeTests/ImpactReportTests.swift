import Model
import TestSupport
import Testing

@testable import Exchange

struct `An impact assessment as a document` {
  private static let now = Instant(seconds: 1_779_108_000)

  private static let details: ImpactDetails.Details = {
    let day = StatedTime(year: 2026, month: 5, day: 18) ?? StatedTime(now)
    var activity = ActivityFacts(name: "Orders <b>")
    activity.purpose = "Sell"
    activity.recipients = ["carriers"]
    let orders = Activity(
      id: 1,
      reference: "ACT-0001",
      version: 4,
      facts: activity,
      openedAt: now
    )
    var facts = ImpactFacts(title: "Orders & <script>", activities: ["ACT-0001"])
    facts.threshold = ThresholdQuestion.allCases.map {
      ThresholdAnswer($0, $0 == .scoring || $0 == .matching, why: "as it is | so")
    }
    facts.description = "First line\n\nSecond # line"
    facts.necessity = "No other way"
    facts.measures = [
      ImpactMeasure(number: 1, what: "Lock", owner: "Bo", due: day, ties: ["ACT-0001 locks"])
    ]
    facts.risks = [
      ImpactRisk(
        number: 1,
        what: "Theft",
        source: "outside",
        whom: "customers",
        before: RiskRating(likelihood: 4, severity: 4),
        after: RiskRating(likelihood: 2, severity: 4),
        measures: [1]
      )
    ]
    facts.opinion = OfficerOpinion(
      name: "Dee",
      on: day,
      advice: "Ask again",
      isFollowed: false,
      whyNot: "asked twice"
    )
    facts.views = PeopleViews(isSought: false, text: "too many")
    facts.consultation = PriorConsultation(authority: "LDI", asked: day)
    var decision = ImpactDecision(.consult, reason: "high", decidedBy: "Ana", decidedAt: day)
    var seen = orders
    seen.facts.recipients = []
    decision.seen = [SeenActivity(seen)]
    decision.needsApproval = true
    (decision.approvedBy, decision.approvedAt) = ("cy", now)
    facts.decision = decision
    var earlier = ImpactDecision(.stop, reason: "too early", decidedBy: "Ana", decidedAt: day)
    (earlier.ended, earlier.endedBy) = ("new measures", "ana")
    facts.earlier = [earlier]
    facts.review = StatedTime(year: 2027, month: 5, day: 18)
    let assessment = ImpactAssessment(
      id: 1,
      reference: "DPIA-0001",
      version: 9,
      facts: facts,
      openedAt: now
    )
    return ImpactDetails.Details(
      row: ImpactRow(assessment, activities: [orders], at: now),
      activities: [orders],
      organisation: "Lindgren & Vale",
      history: []
    )
  }()

  @Test func `says all that art. 35 wants, and quotes foreign text`() {
    let report = ImpactReport(Self.details)
    GoldenText.expect("reports/dpia.md", report.markdown)
    GoldenText.expect("reports/dpia.html", report.html)
  }

  @Test func `loads nothing, runs nothing and lets no text be markup`() {
    let html = ImpactReport(Self.details).html
    #expect(!html.contains("<script"))
    #expect(!html.contains("://"))
    #expect(html.contains("default-src &#39;none&#39;") || html.contains("default-src 'none'"))
    #expect(html.contains("Orders &amp; &lt;script&gt;"))
    let markdown = ImpactReport(Self.details).markdown
    #expect(markdown.hasPrefix("# DPIA-0001: Orders \\& \\<script\\>\n"))
    #expect(markdown.contains("as it is \\| so"))
  }

  @Test func `of one that has just begun says what is not there`() {
    var details = Self.details
    let facts = ImpactFacts(title: "t", activities: ["ACT-0001"])
    details.row.assessment.facts = facts
    details.row = ImpactRow(details.row.assessment, activities: details.activities, at: Self.now)
    let text = ImpactReport(details).markdown
    #expect(text.contains("Nothing is decided yet."))
    #expect(text.contains("No risk is named."))
    #expect(text.contains("- Threshold: 14 questions open\n"))
    #expect(!text.contains("art. 36"))
  }
}
