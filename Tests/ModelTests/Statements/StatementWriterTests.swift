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

  private static let figures =
    "{{figure:requests-received}} {{figure:requests-answered}} {{figure:requests-refused}}"

  @Test(arguments: [
    // Answered rose by one: it and the sum stay as they were.
    (42, 20, 30, "91 (as of 2026-05-17) 41 (as of 2026-05-17) 20"),
    (41, 20, 30, "91 41 20"),
    // Enough came: the new numbers tell of no single person.
    (51, 30, 40, "121 51 30"),
    // One was refused by now: all of the sum would tell of it.
    (51, 21, 40, "91 (as of 2026-05-17) 51 20 (as of 2026-05-17)"),
    // Neither answered nor refused is what is left: it rose by one.
    (51, 30, 31, "91 (as of 2026-05-17) 51 30"),
    // What is small is hidden whatever stood there.
    (4, 20, 30, "not shown, so that no small number can be worked out from it fewer than 10 20"),
  ])
  func `tells of nobody beside a version before it`(
    answered: Int64,
    refused: Int64,
    open: Int64,
    text: String
  ) {
    var sources = Self.sources()
    sources.requests = [.answered: 41, .refused: 20, .open: 30]
    var before = Self.write(Self.figures, sources).content
    before.date = DayNumber(count: Self.day.count - 1)
    sources.requests = [.answered: answered, .refused: refused, .open: open]
    sources.take(before: [before])
    let outcome = Self.write(Self.figures, sources)
    #expect(Self.texts(outcome) == "p \(text)")
    let isHidden = text.contains("as of") || text.contains("fewer")
    #expect(outcome.omissions.contains { $0.kind == .small } == isHidden)
  }

  @Test func `goes on with the number that was told last, however many versions ago`() {
    var sources = Self.sources()
    sources.incidents = [Self.incident("INC-2026-0001", affected: 230, told: 230)]
    let first = Self.write("{{incidents}}", sources).content
    sources.incidents = [Self.incident("INC-2026-0001", affected: 236, told: 236)]
    sources.take(before: [first])
    let second = Self.write("{{incidents}}", sources).content
    #expect(second.facts.contains { $0.text == "230 (as of 2026-05-18)" })
    sources.incidents = [Self.incident("INC-2026-0001", affected: 239, told: 239)]
    sources.before = [:]
    sources.take(before: [second, first])
    #expect(Self.texts(Self.write("{{incidents}}", sources)).contains("affected: 230 (as of"))
    sources.incidents = [Self.incident("INC-2026-0001", affected: 240, told: 240)]
    #expect(Self.texts(Self.write("{{incidents}}", sources)).contains("affected: 240\n"))
  }

  @Test(arguments: [(300, "230"), (231, "230"), (200, "200")])
  func `keeps how many were told of a version that is worked out again, unless it fell`(
    told: Int64,
    text: String
  ) {
    var sources = Self.sources()
    let body = "{{figure:people-told}}\n\n{{incidents}}"
    sources.incidents = [Self.incident("INC-2026-0001", affected: 1000, told: 230)]
    let version = Self.write(body, sources).content
    sources.version = Dictionary(version.facts.map { ($0.key, $0.text) }) { first, _ in first }
    sources.incidents = [Self.incident("INC-2026-0001", affected: 1000, told: told)]
    let again = Self.texts(Self.write(body, sources))
    #expect(again.hasPrefix("p \(text)\n"))
    #expect(again.contains("People told: \(text)"))
  }

  @Test(arguments: [
    ("figure:activities", "1", "2", false), ("figure:activities", "2", "1", true),
    ("figure:transfer-countries", "0", "1", true), ("figure:people-affected", "230", "231", true),
    ("contact/contact", "1", "2", true), ("figure:measures", "3", nil, true),
  ])
  func `is untrue by what was published, not by what is new`(
    key: String,
    published: String,
    now: String?,
    isUntrue: Bool
  ) {
    let difference = StatementDifference(key: key, label: "", published: published, now: now)
    #expect(difference.isUntrue == isUntrue)
    #expect(!StatementDifference(key: key, label: "", published: nil, now: now).isUntrue)
  }

  @Test(arguments: [
    (LegalBasis.legitimateInterests, ["art. 21(1)", "art. 21(2)", "legitimate interests"]),
    (.publicTask, ["art. 21(1)", "a task in the public interest"]), (.contract, ["art. 20"]),
  ])
  func `names the rights by the legal bases`(basis: LegalBasis, words: [String]) {
    var sources = Self.sources()
    sources.activities[0].facts.basis = basis
    let text = Self.texts(Self.write("{{rights}}", sources))
    for word in words + ["art. 22"] { #expect(text.contains(word)) }
    #expect(text.contains("art. 21(2)") == (basis == .legitimateInterests))
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
