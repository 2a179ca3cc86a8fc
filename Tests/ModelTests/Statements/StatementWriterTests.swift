import Model
import Testing

struct `A statement that is worked out` {
  private static let day = DayNumber(count: 20_591)

  private static func sources() -> StatementSources {
    var organisation = Organisation()
    organisation.name = "Lindgren & <Vale>"
    organisation.contact = "privacy@example.org"
    var sources = StatementSources(organisation: organisation, date: day)
    var orders = ActivityFacts(name: "# Orders")
    orders.purpose = "Sell\n- and deliver"
    orders.basis = .contract
    orders.people = ["customers"]
    orders.data = [HeldData("postal_address", why: "to deliver")]
    orders.measures = ["Encrypted at rest"]
    var secret = ActivityFacts(name: "Fraud watch")
    secret.internalReason = "would tell how fraud is found"
    secret.basis = .legitimateInterests
    sources.activities = [entry(1, orders), entry(2, secret)]
    return sources
  }

  private static func entry(_ id: RecordID, _ facts: ActivityFacts) -> Activity {
    Activity(
      id: id,
      reference: "ACT-000\(id)",
      version: 1,
      facts: facts,
      openedAt: Instant(seconds: 0),
      updatedAt: Instant(seconds: 0),
      isRemoved: false
    )
  }

  private static func incident(
    _ reference: String,
    affected: Int64?,
    told: Int64?
  ) -> PublicIncident {
    PublicIncident(
      reference: reference,
      disclosure: DisclosureFacts(
        incident: 1,
        reference: reference,
        title: "Lost laptop",
        reason: "people asked"
      ),
      affected: affected,
      told: told
    )
  }

  private static func write(
    _ body: String = StatementDraft.usual,
    _ sources: StatementSources = sources()
  ) -> StatementWriter.Outcome {
    StatementWriter.write(StatementFacts(title: "Privacy", body: body), from: sources)
  }

  private static func texts(_ outcome: StatementWriter.Outcome) -> String {
    (outcome.content.blocks + outcome.content.incidents.flatMap(\.blocks)).map { block in
      switch block {
      case .heading(let depth, let runs): "h\(depth) \(runs.map(\.text).joined())"
      case .paragraph(let runs): "p \(runs.map(\.text).joined())"
      case .list(let points): points.map { "- \($0.map(\.text).joined())" }.joined(separator: "\n")
      case .facts(let facts): facts.map { "\($0.label): \($0.text)" }.joined(separator: "\n")
      case .incident(let reference, let title): "incident \(reference) \(title)"
      }
    }.joined(separator: "\n")
  }

  @Test func `has headings in order, and none from the record's own signs`() {
    let outcome = Self.write(
      "# What\n\n{{activities}}\n\n{{organisation.name}}\n\n## More\n\n{{contact}}"
    )
    #expect(outcome.problems == [])
    let text = Self.texts(outcome)
    #expect(text.hasPrefix("h2 What\nh3 # Orders\n"))
    #expect(text.contains("Purpose: Sell\n- and deliver"))
    #expect(text.contains("p Lindgren & <Vale>"))
  }

  @Test(arguments: [
    ("{{name}}", "line 1: there is no field name;"),
    ("a {{activities}}", "{{activities}} stands alone on its line"),
    ("{{#figure:measures}}x", "line 1: {{#figure:measures}} has no {{/figure:measures}}"),
    ("x{{/figure:measures}}", "line 1: {{/figure:measures}} closes nothing that is open there"),
    ("\n{{{organisation.name}}}", "line 2: of Mustache only"),
    ("{{> other}}", "line 1: of Mustache only"),
    ("{{organisation.name", "line 1: {{ is not closed by }}"),
    ("{{organisation.officer}}", "line 1: organisation.officer has no value"),
    ("## A\n\n#### B", "a heading is skipped before \"B\""),
  ])
  func `says what is wrong with a text, by line`(body: String, problem: String) {
    let found = Self.write(body).problems.map(\.description)
    #expect(found.contains { $0.hasPrefix(problem) }, "\(found)")
  }

  @Test func `leaves out what is internal, and says so to the approver alone`() {
    let outcome = Self.write()
    #expect(!Self.texts(outcome).contains("Fraud"))
    #expect(!outcome.content.facts.contains { $0.text.contains("Fraud") })
    #expect(
      outcome.omissions.contains(
        StatementOmission(.activity, "ACT-0002", "Fraud watch: would tell how fraud is found")
      )
    )
    // What only the internal activity rests on is no right that is told either.
    #expect(!Self.texts(outcome).contains("to object"))
    #expect(Self.texts(outcome).contains("to take along what you gave us (art. 20)"))
  }

  @Test func `counts figures, each with its source`() throws {
    let outcome = Self.write("We do {{figure:activities}} things.")
    #expect(Self.texts(outcome) == "p We do 1 things.")
    let fact = try #require(outcome.content.facts.first)
    #expect(fact.key == "figure:activities")
    #expect(fact.source == "privacy register: activities")
  }

  @Test func `lets a part stand only where its figure is not nothing`() {
    let body =
      "{{#figure:incidents}}Some.{{/figure:incidents}}{{^figure:incidents}}None.{{/figure:incidents}}"
    #expect(Self.texts(Self.write(body)) == "p None.")
    var sources = Self.sources()
    sources.incidents = [Self.incident("INC-2026-0001", affected: 100, told: 100)]
    #expect(Self.texts(Self.write(body, sources)) == "p Some.")
  }

  @Test func `hides small numbers, and sums that would tell them`() {
    var sources = Self.sources()
    sources.incidents = [
      Self.incident("INC-2026-0001", affected: 1000, told: 996),
      Self.incident("INC-2026-0002", affected: 4, told: 4),
    ]
    let outcome = Self.write(
      "{{figure:people-affected}}\n{{figure:people-told}}\n\n{{incidents}}",
      sources
    )
    let text = Self.texts(outcome)
    #expect(text.contains("People affected: 1000"))
    #expect(text.contains("People affected: fewer than 10"))
    #expect(!text.contains("1004"))
    #expect(!text.contains("996"))
    #expect(
      Set(outcome.omissions.filter { $0.kind == .small }.map(\.subject)) == [
        "incident/INC-2026-0001/told", "incident/INC-2026-0002/affected",
        "incident/INC-2026-0002/told", "figure:people-affected", "figure:people-told",
      ]
    )
  }

  @Test func `says of an incident that is public by a notice alone nothing but that notice`() throws
  {
    var sources = Self.sources()
    let from = try StatedTime(
      reading: "2026-05-02",
      TimeReading(now: Instant(seconds: 0), zone: .utc)
    )
    sources.incidents = [
      PublicIncident(
        reference: "INC-2026-0007",
        disclosure: nil,
        notices: [
          PublicationFacts(mailing: 1, means: .newspaper, place: "The Day", from: from)
        ]
      )
    ]
    let text = Self.texts(Self.write("{{incidents}}", sources))
    #expect(
      text == """
        incident INC-2026-0007 Public notice of INC-2026-0007
        Public notice: newspaper, The Day, from 2 May 2026
        """
    )
  }

  @Test func `has the same digest for the same record, and another for any difference`() {
    let first = Self.write().content
    #expect(first.digest == Self.write().content.digest)
    var sources = Self.sources()
    sources.organisation.contact = "else@example.org"
    let second = Self.write(StatementDraft.usual, sources).content
    #expect(first.digest != second.digest)
    #expect(
      first.differences(from: second) == [
        StatementDifference(
          key: "contact/contact",
          label: "Contact",
          published: "privacy@example.org",
          now: "else@example.org"
        )
      ]
    )
    sources.activities.removeFirst()
    let third = Self.write(StatementDraft.usual, sources).content
    #expect(
      first.differences(from: third).contains {
        $0.key == "activity/ACT-0001/purpose" && $0.now == nil
      }
    )
  }
}
