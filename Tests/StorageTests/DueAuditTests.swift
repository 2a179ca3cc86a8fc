import Foundation
import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `Recurring audits in the record` {
  let fixture: StoreFixture
  var store: SQLiteStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  private func framework() async throws -> RecordID {
    let framework = `A framework in the record`.framework(chapters: 1)
    return try await store.apply(AddFramework(framework: framework, format: "test"), origin: "test")
      .subject.id
  }

  @discardableResult
  private func start(
    _ framework: RecordID,
    until: String,
    months: Int?,
    after: RecordID? = nil
  ) async throws -> RecordID {
    let facts = AuditFacts(title: "Audit \(until)", until: until, months: months)
    return try await store.apply(
      StartAudit(framework: framework, facts: facts, previous: after),
      origin: "test"
    ).subject.id
  }

  @Test func `are due soonest first, until the next is started`() async throws {
    let id = try await framework()
    let late = try await start(id, until: "2026-02-28", months: 12)
    try await start(id, until: "2026-01-31", months: 1)
    try await start(id, until: "2026-01-01", months: nil)
    var due = try await store.answer(DueAudits())
    #expect(due.map(\.day) == ["2026-02-28", "2027-02-28"])
    #expect(due.map(\.reference) == ["AUD-2026-0002", "AUD-2026-0001"])
    let next = try await start(id, until: "2027-02-28", months: 12, after: late)
    due = try await store.answer(DueAudits())
    #expect(due.map(\.day) == ["2026-02-28", "2028-02-28"])
    try await store.apply(RemoveAudit(id: next, basedOn: 1, reason: ""), origin: "test")
    due = try await store.answer(DueAudits())
    #expect(due.map(\.day) == ["2026-02-28", "2027-02-28"])
  }

  @Test func `are counted late by the organisation's day`() async throws {
    let now = fixture.clock.now
    let today = CivilTime(now).isoDate
    try await start(try await framework(), until: "2026-01-31", months: 4)
    func care(_ now: Instant) async throws -> OverviewNumbers.Care {
      try await store.answer(OverviewNumbers(now: now)).care
    }
    #expect(today < "2026-05-31")
    #expect(try await care(now).nextAudit?.day == "2026-05-31")
    #expect(try await care(now).overdueAudits == 0)
    let evening = try #require(Instant(rfc3339: "2026-05-31T22:30:00Z"))
    #expect(try await care(evening).overdueAudits == 0)
    var organisation = Organisation()
    organisation.zone = Zone("Europe/Berlin")
    try await store.apply(SetOrganisation(basedOn: 0, organisation: organisation), origin: "test")
    #expect(try await care(evening).overdueAudits == 1)
  }
}

struct `What hangs from an audit item` {
  let fixture: StoreFixture
  var store: SQLiteStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  private func apply(_ change: some Change) async throws -> Receipt {
    try await store.apply(change, origin: "test")
  }

  @Test func `is seen from all ends, by the names that people use`() async throws {
    let framework = `A framework in the record`.framework(chapters: 1)
    let id = try await apply(AddFramework(framework: framework, format: "test")).subject.id
    let audit = try await apply(StartAudit(framework: id, facts: AuditFacts(title: "A")))
    let short = framework.identifier.split { $0 == ":" }.last.map(String.init) ?? ""
    let named = try await store.answer(
      NamedRecord(.auditItem(audit: audit.reference, reference: "1.1.1"))
    )
    let item = try #require(named)
    let requirement = try #require(
      try await store.answer(NamedRecord(.requirement(framework: short, reference: "1.1.1")))
    )
    #expect(requirement.kind == .requirement)
    #expect(try await store.answer(NamedRecord(.auditItem(audit: "X", reference: "1"))) == nil)
    let finding = try await apply(
      OpenFinding(facts: FindingFacts(title: "gap", severity: .high), item: item)
    )
    let incident = try await apply(
      OpenIncident(facts: IncidentFacts(title: "breach"), openedAt: fixture.clock.now)
    )
    let hash = String(repeating: "a", count: 64)
    func proof(_ subjects: [Subject]) -> AddEvidence {
      AddEvidence(
        facts: EvidenceFacts(title: "log", path: "/log", sha256: hash, size: 1, isCopied: false),
        proves: subjects
      )
    }
    let first = try await apply(proof([item, finding.subject])).subject
    let second = try await apply(proof([requirement])).subject
    _ = try await apply(AddLink(RecordLink(from: finding.subject, to: requirement)))
    _ = try await apply(AddLink(RecordLink(from: incident.subject, to: item, relation: "broke")))

    let ties = try #require(try await store.answer(AuditItemTies(item: item.id)))
    #expect(ties.findings.map(\.reference) == [finding.reference])
    #expect(ties.evidence.map(\.id) == [first.id, second.id])
    let itemName = "\(audit.reference)/1.1.1"
    #expect(Set(ties.links.map(\.fromName)) == [incident.reference, finding.reference])
    #expect(Set(ties.links.map(\.toName)) == [itemName, "\(short)/1.1.1"])

    let details = try #require(
      try await store.answer(FindingDetails(id: finding.subject.id))
    )
    #expect(details.itemName == itemName)
    let links = try await store.answer(IncidentLinks(incident: incident.subject.id))
    #expect(links.first?.other(from: incident.subject).name == itemName)
    #expect(
      try await store.answer(RecordNames(of: [item, requirement, finding.subject]))
        == [itemName, "\(short)/1.1.1", finding.reference]
    )

    // A report of the audit holds the same, read at one moment.
    let content = try #require(try await store.answer(AuditReportContent(audit.reference)))
    let line = try #require(content.items.first { $0.item?.id == item.id })
    #expect(line.findings == [finding.reference])
    #expect(line.evidence == [first.id, second.id])
    #expect(content.evidence.map(\.id) == [first.id, second.id])
    #expect(content.findings.map(\.id) == [finding.subject.id])
    #expect(content.previous.isEmpty && content.difference == nil)
    #expect(try await store.answer(AuditReportContent("AUD-1-1")) == nil)
  }
}
