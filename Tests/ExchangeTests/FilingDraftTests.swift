import Foundation
import Rulebook
import Testing

@testable import Exchange
@testable import Model

private let now = Instant(rfc3339: "2026-05-18T14:40:00Z") ?? Instant(seconds: 0)

/// Three shipped laws and all shipped contents: reading the whole rulebook takes its time.
private let shipped = Result {
  let folder = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../../Sources/Rulebook").standardized.path
  func text(_ file: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
  }
  let laws = try ["eu-gdpr", "us-ca", "us-ma"].map { name in
    try LawFile(yaml: text("Laws/\(name).yaml"), file: name).law
  }
  let contents = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/Contents")
    .filter { $0.hasSuffix(".yaml") }
    .map { try NoticeContent(yaml: text("Contents/\($0)"), file: $0) }
  return RulePack(laws: laws, contents: contents)
}

/// An incident of which much is known, and none of it looks like a word of ours.
private func incident(_ alter: (inout IncidentFacts) -> Void = { _ in }) throws -> Incident {
  let berlin = Zone.named("Europe/Berlin")
  var facts = IncidentFacts(
    title: "Tape gone",
    summary: "A tape was lost.\nIt held orders.",
    actions: [.physical],
    instants: [
      .occurred: try #require(StatedTime(zone: berlin, year: 2026, month: 5)),
      .aware: try #require(
        StatedTime(zone: berlin, year: 2026, month: 5, day: 15, hour: 16, minute: 40)
      ),
    ],
    affected: [
      AffectedPeople(jurisdiction: "EU-DE", count: 230),
      AffectedPeople(jurisdiction: "EU-FR", count: nil),
      AffectedPeople(jurisdiction: "US-CA", count: 900, quality: .confirmed),
    ],
    data: DataExposure(categories: ["postal_address", "orders"], isEncrypted: true)
  )
  alter(&facts)
  return Incident(
    id: 1,
    reference: "INC-2026-0042",
    version: 1,
    facts: facts,
    state: .triage,
    openedAt: now,
    updatedAt: now
  )
}

private func organisation() -> Organisation {
  var organisation = Organisation()
  organisation.name = "Muster AG"
  organisation.zone = .named("Europe/Berlin")
  organisation.country = "DE"
  organisation.role = "controller"
  organisation.officer = "Dr. Roe, +49 30 1"
  return organisation
}

private func task(_ title: String, _ state: TaskState) -> IncidentTask {
  IncidentTask(
    id: 1,
    incident: 1,
    version: 1,
    facts: TaskFacts(title: title, owner: "Jane Doe", state: state),
    recordedAt: now
  )
}

private func draft(
  _ rule: String,
  _ incident: Incident,
  tasks: [IncidentTask] = [],
  sent: Instant? = nil,
  isDrill: Bool = false
) throws -> FilingDraft {
  let pack = try shipped.get()
  var unusable: [UnusableFact] = []
  let facts = Facts(incident, organisation(), unusable: &unusable)
  let found = ObligationEngine(pack: pack).obligations(for: facts, now: now)
  let obligation = try #require(found.first { $0.id == rule })
  let place = try #require(pack.rule(rule))
  return FilingDraft(
    rule: place,
    obligation: obligation,
    contents: place.rule.contents.compactMap { pack.contents[$0] },
    sources: NoticeSources(
      incident: incident,
      organisation: organisation(),
      rule: rule,
      jurisdiction: obligation.jurisdiction,
      tasks: tasks
    ),
    sent: sent,
    isDrill: isDrill,
    now: now
  )
}

struct `A draft of a filing` {
  @Test func `fills what is known and marks what is missing`() throws {
    let text = try draft(
      "EU-GDPR-33-SA",
      incident(),
      tasks: [task("Locks changed", .done), task("Ask the courier", .todo), task("Idea", .dropped)]
    ).markdown
    let (law, rule) = try #require(try shipped.get().rule("EU-GDPR-33-SA"))
    let source = law.source.replacing("://", with: "\\://").replacing("www.", with: "www\\.")
    #expect(
      text == """
        **Draft, needs counsel**

        - Law: \(law.title)
        - Provision: GDPR art. 33(1)
        - To: \(rule.recipient)
        - By: \(rule.means)
        - Incident: INC-2026-0042
        - Duty: EU-GDPR-33-SA
        - Due: 2026-05-18 16:40 +02:00 (2026-05-18T14:40:00Z)
        - Must contain: GDPR art. 33(3)
        - Rule: version \(law.version), not verified by counsel, read \(law.retrieved), \(source)
        - Written: 2026-05-18 16:40 +02:00 (2026-05-18T14:40:00Z)
        - In phases: a first notice with what is known is accepted; the rest follows

        ---

        # Notification to the supervisory authority

        ## Nature of the breach, where possible with the categories and approximate number of people and of records

        A tape was lost.\\
        It held orders.

        Kind: physical

        People affected:

        - EU-DE: 230 (estimate)
        - EU-FR: number not known

        Data: orders, postal address

        **[missing: number of people affected in EU-FR, art. 33(3)(a)]**

        ## Name and contact details of the data protection officer or another contact point

        Data protection officer: Dr. Roe, +49 30 1

        ## Likely consequences of the breach

        **[missing: likely consequences of the breach, art. 33(3)(c)]**

        ## Measures taken or proposed to deal with the breach and to mitigate its effects

        Taken: Locks changed

        Planned: Ask the courier

        ---

        ## Checklist: Notification to the supervisory authority, GDPR art. 33(3)

        - [ ] Nature of the breach, where possible with the categories and approximate number of \
        people and of records (art. 33(3)(a)): partly; missing: number of people affected in EU-FR
        - [x] Name and contact details of the data protection officer or another contact point \
        (art. 33(3)(b)): filled
        - [ ] Likely consequences of the breach (art. 33(3)(c)): open
        - [x] Measures taken or proposed to deal with the breach and to mitigate its effects \
        (art. 33(3)(d)): filled

        """
    )
  }

  @Test func `bears the title and headings that California fixes, in order`() throws {
    let draft = try draft("US-CA-IND", incident { $0.instants[.discovered] = $0.instants[.aware] })
    #expect(draft.title == "Notice of Data Breach")
    #expect(
      draft.sections.map(\.heading) == [
        "What Happened", "What Information Was Involved", "What We Are Doing", "What You Can Do",
        "For More Information",
      ]
    )
    #expect(draft.markdown.contains("\n# Notice of Data Breach\n\n## What Happened\n"))
    #expect(draft.html.contains("<h1>Notice of Data Breach</h1>\n<h2>What Happened</h2>"))
    // The form is checked, not written into the notice.
    #expect(!draft.sections.contains { $0.gaps.contains { $0.contains("10-point") } })
    #expect(draft.checklists[0].items[0].state == .open)
    #expect(draft.markdown.contains("- [ ] Plain language, at least 10-point type"))
  }

  @Test func `of Massachusetts lists what must not be in it, and says none of it`() throws {
    let incident = try incident {
      $0.affected = [AffectedPeople(jurisdiction: "US-MA", count: 77_123)]
      $0.instants[.discovered] = $0.instants[.aware]
    }
    for text in [try draft("US-MA-IND", incident).markdown, try draft("US-MA-IND", incident).html] {
      #expect(text.contains("not in the notice: the nature of the breach"))
      #expect(text.contains("not in the notice: the number of Massachusetts residents affected"))
      #expect(!text.contains("77123") && !text.contains("tape") && !text.contains("Tape"))
    }
  }

  @Test func `of an exercise says so at both ends, and every draft asks for counsel`() throws {
    let drill = try draft("EU-GDPR-33-SA", incident(), isDrill: true)
    let real = try draft("EU-GDPR-33-SA", incident())
    for text in [drill.markdown, drill.html] {
      #expect(text.ranges(of: "EXERCISE: no real incident, not to be sent").count == 2)
      #expect(text.contains("Draft, needs counsel"))
    }
    for text in [real.markdown, real.html] {
      #expect(!text.contains("EXERCISE"))
      #expect(text.contains("Draft, needs counsel"))
    }
  }

  @Test func `names only people whom the law protects`() throws {
    let text = try draft("EU-GDPR-33-SA", incident()).markdown
    #expect(!text.contains("US-CA"))
  }

  @Test func `says when its deadline has passed, and that a duty does not arise`() throws {
    let late = try incident {
      $0.instants[.aware] = StatedTime(zone: .utc, year: 2026, month: 5, day: 1, hour: 0, minute: 0)
    }
    #expect(
      try draft("EU-GDPR-33-SA", late).markdown
        .contains("- Due: 2026-05-04 02:00 +02:00 (2026-05-04T00:00:00Z), passed: give the reasons")
    )
    let inTime = try draft(
      "EU-GDPR-33-SA",
      late,
      sent: Instant(rfc3339: "2026-05-03T00:00:00Z")
    ).markdown
    #expect(inTime.contains("- First sent: 2026-05-03 02:00 +02:00 (2026-05-03T00:00:00Z)\n"))
    #expect(!inTime.contains("passed"))
    let harmless = try incident { $0.answers = LegalAnswers(["risk": "unlikely"]) }
    #expect(
      try draft("EU-GDPR-33-SA", harmless).markdown
        .contains("- Due: does not arise on the recorded facts: ")
    )
  }

  @Test(arguments: HostileString.corpus())
  func `carries hostile text as text`(entry: HostileString) throws {
    guard let text = entry.text, text.utf8.count < 20_000 else { return }
    let markup = "<script src=//x>\"'&amp; ![a](http://x) [b]: http://x `c` *d* | # \(text)"
    let draft = try draft("EU-GDPR-33-SA", incident { $0.summary = markup })
    for scalar in (draft.markdown + draft.html).unicodeScalars where scalar != "\n" {
      #expect(!scalar.acts, "\(entry.id): \(scalar.value)")
    }
    #expect(!draft.html.contains("<script"))
    #expect(!draft.html.contains("src=") || draft.html.contains("&lt;script src="))
    let tags = draft.html.matches(of: /<\/?([a-zA-Z!][a-zA-Z0-9]*)/).map { String($0.1) }
    let known: Set = [
      "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "p", "dl", "dt", "dd", "main",
      "h1", "h2", "ul", "li", "br", "mark",
    ]
    #expect(Set(tags).subtracting(known).isEmpty)
    #expect(draft.markdown.contains("\\<script src=//x\\>"))
    let escaped = "\\!\\[a\\](http\\://x) \\[b\\]: http\\://x \\`c\\` \\*d\\* \\| \\#"
    #expect(draft.markdown.contains(escaped))
  }

  @Test(arguments: [
    ("- a", "\\- a"), ("1. a", "1\\. a"), ("12) a", "12\\) a"), ("===", "\\==="), ("+ a", "\\+ a"),
    ("a - b", "a - b"), ("2026-05-18", "2026-05-18"), ("# a", "\\# a"), ("> a", "\\> a"),
    ("a_b", "a\\_b"), ("\\", "\\\\"), ("www.x.example", "www\\.x.example"), ("", ""),
  ])
  func `escapes a line of Markdown`(line: String, escaped: String) {
    #expect(SinkText.markdown(line) == escaped)
  }

  @Test func `can be made for every shipped list of contents, with every item in it`() throws {
    let pack = try shipped.get()
    let empty = try incident { $0 = IncidentFacts(title: "Secret title") }
    for content in pack.contents.values {
      for known in [empty, try incident()] {
        let sources = NoticeSources(
          incident: known,
          organisation: Organisation(),
          rule: "X",
          jurisdiction: "US-WA"
        )
        let list = NoticeChecklist(content, sources)
        #expect(list.items.map(\.required) == content.items)
        for item in list.items {
          #expect((item.state == .filled) == item.gaps.isEmpty, "\(content.id) \(item.required.id)")
          #expect(item.gaps.allSatisfy { $0.hasPrefix("[missing: ") && $0.hasSuffix("]") })
          #expect(!item.entries.isEmpty || item.state == .open)
        }
        if known == empty {
          let filled = list.items.filter { $0.state != .open }
          // Of an incident with a title alone, nothing but the title can be said.
          #expect(filled.allSatisfy { $0.required.fills.contains(.title) }, "\(content.id)")
        }
      }
    }
  }
}

struct `A checklist of a notice` {
  private func item(_ fills: [NoticeContent.Fill], _ sources: NoticeSources) -> NoticeChecklist.Item
  {
    let content = NoticeContent(
      id: "x",
      title: "X",
      citation: "s. 9",
      items: [.init(id: "a", text: "CRA numbers", fills: fills)]
    )
    return NoticeChecklist(content, sources).items[0]
  }

  private func sources(
    decisions: [Decision] = [],
    tasks: [IncidentTask] = [],
    organisation: Organisation = Organisation(),
    _ alter: (inout IncidentFacts) -> Void = { _ in }
  ) throws -> NoticeSources {
    NoticeSources(
      incident: try incident(alter),
      organisation: organisation,
      rule: "EU-GDPR-33-SA",
      jurisdiction: "EU",
      decisions: decisions,
      tasks: tasks
    )
  }

  @Test func `takes one contact, and measures taken or planned, for enough`() throws {
    var only = Organisation()
    only.contact = "Desk, +49 30 2"
    #expect(item([.officerContact, .contact], try sources(organisation: only)).state == .filled)
    #expect(item([.measures, .tasks], try sources(tasks: [task("A", .todo)])).state == .filled)
    #expect(item([.measures, .tasks], try sources(tasks: [task("A", .dropped)])).state == .open)
    #expect(item([.officerContact], try sources(organisation: only)).state == .open)
  }

  @Test func `names what is missing with the provision of the item or of the list`() throws {
    #expect(item([], try sources()).gaps == ["[missing: CRA numbers, s. 9]"])
    #expect(
      item([.summary, .contained], try sources()).gaps == ["[missing: when it was contained, s. 9]"]
    )
  }

  @Test func `says of encryption and of law enforcement what is stated, no more`() throws {
    func lines(
      _ fill: NoticeContent.Fill,
      _ alter: (inout IncidentFacts) -> Void
    ) throws -> [String] { item([fill], try sources(alter)).entries.flatMap(\.lines) }
    #expect(
      try lines(.encrypted) { $0.data.isEncrypted = true }
        == ["encrypted; whether the key was taken is not known"]
    )
    #expect(
      try lines(.encrypted) { ($0.data.isEncrypted, $0.data.isKeyTaken) = (true, true) }
        == ["encrypted, but the key was taken too"]
    )
    #expect(try lines(.encrypted) { $0.data.isEncrypted = false } == ["not encrypted"])
    #expect(try lines(.encrypted) { $0.data.isEncrypted = nil } == [])
    #expect(try lines(.hold) { _ in } == [])
    #expect(
      try lines(.hold) { $0.answers = LegalAnswers(["law_enforcement_hold.active": "false"]) }
        == ["has not asked to delay the notice"]
    )
    #expect(
      try lines(.hold) {
        $0.answers = LegalAnswers([
          "law_enforcement_hold.active": "true",
          "law_enforcement_hold.until": "2026-06-01T00:00:00Z",
          "law_enforcement_hold.written": "true",
        ])
      } == ["has asked to delay the notice until 2026-06-01T00:00:00Z, in writing"]
    )
  }

  @Test func `takes reasons from the newest decision on this duty and on the whole`() throws {
    func decision(_ id: RecordID, _ rule: String, _ reasoning: String) -> Decision {
      Decision(
        id: id,
        incident: 1,
        version: 1,
        facts: DecisionFacts(
          rule: rule,
          decision: .later,
          ground: .investigating,
          reasoning: reasoning,
          decidedBy: "Jane Doe",
          decidedAt: StatedTime(now)
        ),
        recordedAt: now,
        recordedBy: "jane"
      )
    }
    let decisions = [
      decision(4, "US-CA-IND", "other"), decision(3, "EU-GDPR-33-SA", "new"),
      decision(2, "", "whole"), decision(1, "EU-GDPR-33-SA", "old"),
    ]
    let entries = item([.reasons], try sources(decisions: decisions)).entries
    #expect(entries.flatMap(\.lines) == ["new", "whole"])
  }
}
