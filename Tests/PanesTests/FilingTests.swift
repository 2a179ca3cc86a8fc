import Drawing
import TestSupport
import Testing

@testable import Model
@testable import Panes

/// What is filed, whom it goes to, and what it must say, in the tab of an incident's duties.
struct `Filing from the tab of obligations` {
  private static let now = DutyFixture.now
  private static let rule = "EU-GDPR-33-SA"

  private static let incident: Incident = {
    var facts = IncidentFacts(title: "Customer accounts copied")
    facts.summary = "Somebody copied the table of customers."
    facts.affected = [AffectedPeople(jurisdiction: "EU-DE", count: 41_200)]
    return Incident(
      id: 30,
      reference: "INC-2026-0030",
      version: 4,
      facts: facts,
      state: .contained,
      openedAt: now - .seconds(36_000),
      updatedAt: now - .seconds(600)
    )
  }()

  private static let rules: RulePack = {
    func law(_ rules: [Rule]) -> Law {
      Law(id: "eu-gdpr", title: "GDPR", jurisdiction: "EU", reach: .init(), rules: rules)
    }
    var first = Rule(
      id: rule,
      citation: "art. 33(1)",
      recipient: "supervisory authority",
      clocks: []
    )
    first.contents = ["gdpr-33-3"]
    var later = Rule(
      id: "EU-GDPR-33-PHASE",
      citation: "art. 33(4)",
      recipient: "supervisory authority",
      clocks: [RuleClock(start: .after([rule], latest: false), period: .noFixedDeadline)]
    )
    later.phase = .supplement
    return RulePack(
      laws: [law([first, later])],
      contents: [
        NoticeContent(
          id: "gdpr-33-3",
          title: "Notification to the supervisory authority",
          citation: "GDPR art. 33(3)",
          items: [
            .init(
              id: "a",
              text: "Nature of the breach",
              citation: "(a)",
              fills: [.summary, .kind]
            ),
            .init(
              id: "b",
              text: "People and records concerned",
              citation: "(a)",
              fills: [.affected]
            ),
            .init(
              id: "c",
              text: "Contact point",
              citation: "(b)",
              fills: [.officerContact, .contact]
            ),
            .init(id: "d", text: "Likely consequences", citation: "(c)", fills: [.consequences]),
            .init(id: "e", text: "Measures taken", citation: "(d)", fills: [.measures, .tasks]),
          ],
          forbidden: [.init(id: "f", text: "Names of the people concerned")]
        )
      ],
      authorities: [
        Authority(
          key: "eu-supervisory-authority",
          name: "Supervisory authority",
          jurisdiction: "EU",
          role: .dataProtection,
          named: ["supervisory authority"]
        )
      ]
    )
  }()

  private static let contact = AuthorityContact(
    id: 1,
    authority: "eu-supervisory-authority",
    version: 3,
    facts: ContactFacts(body: "LDI NRW", portal: "https://ldi.example", reference: "K-77"),
    updatedAt: now
  )

  private static func context(_ columns: Int = 80, _ rows: Int = 20) -> PaneContext {
    var context = DutyFixture.context(columns, rows)
    context.rules = rules
    return context
  }

  private static func filed(at offset: Int64, version: Version = 1) -> Filing {
    Filing(
      id: 7,
      incident: 30,
      version: version,
      facts: FilingFacts(
        rule: rule,
        sentAt: StatedTime(now + .seconds(offset)),
        recipient: "LDI NRW",
        receipt: "R-1",
        evidence: 5
      ),
      recordedAt: now
    )
  }

  private static let copy = Evidence(
    id: 5,
    incident: 30,
    version: 1,
    facts: EvidenceFacts(
      title: "report.pdf",
      path: "/srv/report.pdf",
      sha256: String(repeating: "ab", count: 32),
      size: 4,
      isCopied: true
    ),
    recordedAt: now,
    custody: []
  )

  /// The tab on two duties to the supervisory authority, the first due in so many seconds.
  private func loaded(
    due seconds: Int64 = 3600,
    filings: [Filing] = [],
    contacts: [AuthorityContact] = [contact],
    _ columns: Int = 80,
    _ rows: Int = 20
  ) -> ObligationsTab.State {
    var state = ObligationsTab.State()
    let duties = [
      DutyFixture.record(1, Self.rule, to: "supervisory authority", in: seconds),
      DutyFixture.record(2, "EU-GDPR-33-PHASE", to: "supervisory authority"),
    ]
    let steps: [ObligationsTab.Action] = [
      .shown(Self.incident), .dutiesAnswered(.success(duties)),
      .filingsAnswered(.success(filings)), .decisionsAnswered(.success([])),
      .evidenceAnswered(.success([Self.copy])), .contactsAnswered(.success(contacts)),
      .itemWanted(Subject(.obligation, 1)),
    ]
    for step in steps { _ = ObligationsTab.reduce(&state, step, Self.context(columns, rows)) }
    return state
  }

  private func form(_ effects: [Effect<ObligationsTab.Action>]) throws -> [String: String] {
    guard case .present(.form(let request))? = effects.first else {
      Issue.record("no form: \(effects)")
      return [:]
    }
    return Dictionary(uniqueKeysWithValues: request.fields.map { ($0.id, $0.value) })
  }

  private func changes(_ effects: [Effect<ObligationsTab.Action>]) -> [any Change] {
    guard case .apply(let changes, _)? = effects.first else { return [] }
    return changes
  }

  // MARK: The form

  @Test func `begins with whom the contact book names, and by what means`() throws {
    var state = loaded()
    let values = try form(ObligationsTab.reduce(&state, .createPressed, Self.context()))
    #expect(values["recipient"] == "LDI NRW")
    #expect(values["means"] == "https://ldi.example")
    #expect(values["phase"] == "initial")
  }

  @Test func `begins with the law's own words where the contact book knows nobody`() throws {
    var state = loaded(contacts: [])
    let values = try form(ObligationsTab.reduce(&state, .createPressed, Self.context()))
    #expect((values["recipient"], values["means"]) == ("supervisory authority", ""))
  }

  @Test func `asks which duty a later sending meets, and begins it with its own step`() throws {
    var state = loaded(filings: [Self.filed(at: -60)])
    let effects = ObligationsTab.reduce(&state, .createPressed, Self.context())
    guard case .present(.menu(let menu))? = effects.first else {
      Issue.record("no menu: \(effects)")
      return
    }
    #expect(menu.entries.map(\.label) == ["EU-GDPR-33-PHASE", "EU-GDPR-33-SA again"])
    for entry in menu.entries {
      let values = try form(ObligationsTab.reduce(&state, entry.action, Self.context()))
      #expect(values["phase"] == "supplement")
    }
  }

  @Test func `hashes a copy, makes it evidence, and links it to the filing`() throws {
    var state = loaded()
    let values = [
      "phase": "initial", "sent": "now", "recipient": "LDI NRW", "copy": "/srv/sent.pdf",
      "keep": "yes",
    ]
    let first = ObligationsTab.reduce(
      &state,
      .filingSubmitted(nil, rule: Self.rule, values),
      Self.context()
    )
    guard case .perform(.digest(let path, let isCopied, let then))? = first.first else {
      Issue.record("nothing is hashed: \(first)")
      return
    }
    #expect((path, isCopied) == ("/srv/sent.pdf", true))
    let file = FileFacts(path: path, sha256: String(repeating: "0", count: 64), size: 9)
    let second = ObligationsTab.reduce(&state, then(.success(file)), Self.context())
    let added = try #require(changes(second).first as? AddEvidence)
    #expect((added.facts.title, added.facts.sha256) == ("sent.pdf", file.sha256))
    #expect(added.facts.note == "what was sent: EU-GDPR-33-SA, initial")
    guard case .apply(_, let answered)? = second.first else { return }
    let receipt = Receipt(
      entry: 1,
      subject: Subject(.evidence, 12),
      version: 1,
      reference: "INC-2026-0030",
      isReversible: true
    )
    let third = ObligationsTab.reduce(&state, answered(.success([receipt])), Self.context())
    let filing = try #require(changes(third).first as? AddFiling)
    #expect(filing.facts.evidence == 12)
    #expect(filing.facts.sentAt.earliest == Self.now)
  }

  @Test func `comes up again with what was typed where the copy cannot be read`() throws {
    var state = loaded()
    let values = ["sent": "now", "recipient": "LDI", "copy": "/nowhere", "summary": "all of it"]
    let effects = ObligationsTab.reduce(
      &state,
      .copyDigested(nil, rule: Self.rule, values, .failure(ErrandFailure("not there"))),
      Self.context()
    )
    let again = try form(effects)
    #expect((again["recipient"], again["summary"]) == ("LDI", "all of it"))
    #expect(again["copy"] == "/nowhere")
    #expect(effects.count == 2)
  }

  @Test(arguments: [(FilingPhase.initial, true), (.supplement, true), (.final, true)])
  func `asks why a duty's first sending is late, whatever its step`(
    phase: FilingPhase,
    asks: Bool
  ) throws {
    var state = loaded(due: -60)
    let values = ["phase": phase.rawValue, "sent": "now", "recipient": "LDI", "late": ""]
    let effects = ObligationsTab.reduce(
      &state,
      .filingSubmitted(nil, rule: Self.rule, values),
      Self.context()
    )
    #expect(try form(effects)["late"] == "")
    state = loaded(due: -60, filings: [Self.filed(at: -120)])
    let second = ObligationsTab.reduce(
      &state,
      .filingSubmitted(nil, rule: Self.rule, values),
      Self.context()
    )
    #expect(changes(second).first is AddFiling)
  }

  @Test func `shows the copy with its hash, and that there are earlier versions`() {
    let lines = DutyText.lines(of: Self.filed(at: 0, version: 2), copies: [Self.copy]).map {
      $0.spans.map(\.text).joined()
    }
    #expect(lines.contains("  copy evidence 5 report.pdf"))
    #expect(lines.contains("  SHA-256 \(Self.copy.facts.sha256)"))
    #expect(lines.contains { $0.hasPrefix("  version 2") })
  }

  // MARK: The contact book

  @Test func `sets what is known on the version that was seen`() throws {
    var state = loaded()
    let values = try form(ObligationsTab.reduce(&state, .contact(.pressed), Self.context()))
    #expect(values["reference"] == "K-77")
    let authority = try #require(Self.rules.authority("eu-supervisory-authority"))
    let set = ObligationsTab.reduce(
      &state,
      .contact(.submitted(authority, Self.contact, ["body": " LDI ", "phone": "1"])),
      Self.context()
    )
    #expect(
      changes(set).first as? SetAuthority
        == SetAuthority(
          id: 1,
          authority: authority.key,
          basedOn: 3,
          facts: ContactFacts(body: "LDI", phone: "1")
        )
    )
    let emptied = ObligationsTab.reduce(
      &state,
      .contact(.submitted(authority, Self.contact, ["body": " "])),
      Self.context()
    )
    #expect(
      changes(emptied).first as? RemoveAuthority
        == RemoveAuthority(id: 1, authority: authority.key, basedOn: 3)
    )
  }

  // MARK: Contents

  private func checked(_ columns: Int = 80, _ rows: Int = 20) -> ObligationsTab.State {
    var state = loaded(columns, rows)
    var organisation = Organisation()
    organisation.contact = "Ana, +49 30 1"
    let steps: [ChecklistEvent] = [
      .opened, .tasksAnswered(.success([])), .timelineAnswered(.success([])),
      .organisationAnswered(.success(.init(organisation: organisation, version: 2))),
    ]
    for step in steps {
      _ = ObligationsTab.reduce(&state, .checklist(step), Self.context(columns, rows))
    }
    return state
  }

  private func press(
    _ event: ChecklistEvent,
    at row: Int,
    _ state: inout ObligationsTab.State
  ) -> [Effect<ObligationsTab.Action>] {
    state.checklist?.table.select(id: row, at: row)
    return ObligationsTab.reduce(&state, .checklist(event), Self.context())
  }

  @Test(arguments: [(80, 20), (120, 35), (40, 6)])
  func `look as they did when somebody looked at them`(columns: Int, rows: Int) {
    let state = checked(columns, rows)
    let context = Self.context(columns, rows)
    GoldenScreen.expect("obligations/contents-\(columns)x\(rows)", size: context.area) {
      ObligationsTab.draw(state, on: &$0, in: Rect(context.area), context)
    }
  }

  @Test func `counts what is ready, and puts the cursor on the first gap`() throws {
    let checklist = try #require(checked().checklist)
    let states = checklist.table.rows.map { $0.item?.state }
    #expect(states == [.partly, .filled, .filled, .open, .open, nil])
    #expect(checklist.table.cursor == 0)
  }

  @Test func `leads from a gap to what fills it`() throws {
    var state = checked()
    guard case .present(.form(let kind))? = press(.fillPressed, at: 0, &state).first else {
      Issue.record("no form for the kind of incident")
      return
    }
    #expect(kind.title == "INC-2026-0030 · Kind")
    let edited = ObligationsTab.reduce(&state, kind.submit(["actions": "hacking"]), Self.context())
    #expect((changes(edited).first as? EditIncident)?.edits == [.actions([.hacking])])
    guard case .toast? = press(.fillPressed, at: 3, &state).first else {
      Issue.record("a judgement has no form")
      return
    }
    guard case .present(.menu(let menu))? = press(.fillPressed, at: 4, &state).first else {
      Issue.record("no menu for measures")
      return
    }
    #expect(menu.entries.map(\.label) == ["Tasks that are done", "Tasks that are open"])
    let go = ObligationsTab.reduce(&state, menu.entries[0].action, Self.context())
    guard case .go(.item(Subject(.task, 0), of: 30))? = go.first else {
      Issue.record("did not go to the tasks: \(go)")
      return
    }
  }

  @Test func `keeps the rest of the organisation when its contact is filled in`() throws {
    var state = checked()
    let effects = press(
      .organisationSubmitted(["name": "Ferry", "contact": "Bo", "officer": ""]),
      at: 2,
      &state
    )
    let set = try #require(changes(effects).first as? SetOrganisation)
    #expect(set.basedOn == 2)
    #expect((set.organisation.name, set.organisation.contact) == ("Ferry", "Bo"))
  }

  @Test func `orders the draft of the duty that is looked at`() throws {
    var state = checked()
    let values = try form(press(.draftPressed, at: 0, &state))
    #expect(values["path"] == "INC-2026-0030-EU-GDPR-33-SA.md")
    let effects = press(
      .draftSubmitted(["format": "html", "path": " /tmp/a.html ", "replace": "no"]),
      at: 0,
      &state
    )
    guard case .perform(.draft(let order, _))? = effects.first else {
      Issue.record("no draft was ordered")
      return
    }
    #expect(
      order
        == DraftOrder(
          incident: 30,
          rule: Self.rule,
          isHTML: true,
          path: "/tmp/a.html",
          replaces: false
        )
    )
  }

  @Test func `takes no key of the duties below while it is open`() {
    let query = ActionQuery.all
    let ids = Set(ObligationsTab.table(checked(), for: query).map(\.id))
    #expect(ids.contains("contents.fill") && !ids.contains("duty.file"))
    var state = checked()
    _ = ObligationsTab.reduce(&state, .checklist(.closed), Self.context())
    #expect(ObligationsTab.table(state, for: query).contains { $0.id == "duty.file" })
  }
}
