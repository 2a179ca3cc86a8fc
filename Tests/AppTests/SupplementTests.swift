import Foundation
import Model
import Rulebook
import Storage
import TestSupport
import Testing

@testable import App

/// Which clocks what was sent afterwards restarts, worked by hand from the laws' texts.
struct `A supplement` {
  private let fixture: StoreFixture
  private let keeper: ClockKeeper

  init() throws {
    fixture = try StoreFixture()
    // From May to September 2026: nothing that is recorded lies ahead.
    fixture.clock.advance(by: .seconds(10_892_000))
    keeper = ClockKeeper(
      store: fixture.store,
      rulebook: try Sample.rules.get(),
      origin: "test",
      now: { Instant(seconds: 1_790_000_000) }
    )
  }

  private var store: SQLiteStore { fixture.store }

  private func instant(_ text: String) throws -> Instant {
    try #require(Instant(rfc3339: text))
  }

  /// An incident of an organisation, with its instants and answers.
  private func open(
    _ country: String,
    _ zone: String,
    _ sectors: [String],
    instants: [IncidentInstant: String] = [:],
    answers: [String: String] = [:]
  ) async throws {
    var organisation = Organisation()
    (organisation.country, organisation.zone) = (country, Zone(zone))
    (organisation.role, organisation.sectors) = ("controller", sectors)
    var facts = IncidentFacts(title: "a", answers: LegalAnswers(answers))
    for (key, text) in instants { facts.instants[key] = StatedTime(try instant(text)) }
    try await store.apply(
      [SetOrganisation(basedOn: 0, organisation: organisation), OpenIncident(facts: facts)],
      origin: "test"
    )
    try await keeper.update(1, cause: "test")
  }

  /// Records a sending and works the clocks out; gives the journal entry of the filing.
  @discardableResult
  private func send(
    _ rule: String,
    _ at: String,
    _ phase: FilingPhase = .initial
  ) async throws -> Receipt {
    let receipt = try await store.apply(
      AddFiling(
        incident: 1,
        facts: FilingFacts(
          rule: rule,
          phase: phase,
          sentAt: StatedTime(try instant(at)),
          recipient: "authority",
          lateReason: "stated"
        )
      ),
      origin: "test"
    )
    try await keeper.update(1, cause: "notice sent")
    return receipt
  }

  private func take(back receipt: Receipt) async throws {
    try await store.undo([receipt.entry], origin: "test")
    try await keeper.update(1, cause: "undone")
  }

  /// The deadlines that stand, by rule; what has none is left out.
  private func dues() async throws -> [String: Instant] {
    let records = try await store.answer(IncidentObligations(incident: 1))
    return Dictionary(
      records.compactMap { record in record.obligation.state.due.map { (record.obligation.id, $0) }
      }
    ) { first, _ in first }
  }

  private func isRunning(_ rule: String) async throws -> Bool {
    let clocks = try await store.answer(ClockList(window: RowWindow(start: 0, count: 99)))
    return clocks.rows.contains { $0.record.obligation.id == rule }
  }

  /// What became otherwise: only rules whose deadline moved, with the new one.
  private func moved(
    from before: [String: Instant],
    to after: [String: Instant]
  ) -> [String: Instant] {
    after.filter { before[$0.key] != $0.value }
  }

  private func dora() async throws {
    try await open(
      "DE",
      "Europe/Berlin",
      ["finance_dora", "aifm"],
      instants: [.aware: "2026-05-04T08:00:00+02:00", .classified: "2026-05-04T13:00:00+02:00"],
      answers: ["major": "yes"]
    )
  }

  // Del. Reg. (EU) 2025/301 art. 5(1)(b): 72 hours from the submission of the initial notification.
  @Test func `to DORA's initial notification moves nothing`() async throws {
    try await dora()
    try await send("EU-DORA-INIT", "2026-05-04T16:30:00+02:00")
    let before = try await dues()
    #expect(before["EU-DORA-INTER"] == (try instant("2026-05-07T16:30:00+02:00")))
    try await send("EU-DORA-INIT", "2026-05-06T09:00:00+02:00", .supplement)
    #expect(moved(from: before, to: try await dues()).isEmpty)
  }

  // Art. 5(1)(c): one month from the intermediate report or from its latest update; the month ends
  // with the last day, 23:59:59 (Reg. 1182/71 art. 3(2)(c)).
  @Test(arguments: ["EU-DORA-INTER-UPD", "EU-DORA-INTER"])
  func `to DORA's intermediate report restarts the final one and nothing else`(
    rule: String
  ) async throws {
    try await dora()
    try await send("EU-DORA-INIT", "2026-05-04T16:30:00+02:00")
    try await send("EU-DORA-INTER", "2026-05-07T10:00:00+02:00", .supplement)
    let before = try await dues()
    #expect(before["EU-DORA-FINAL"] == (try instant("2026-06-07T23:59:59+02:00")))
    let update = try await send(rule, "2026-05-20T09:00:00+02:00", .supplement)
    let after = try await dues()
    #expect(
      moved(from: before, to: after)
        == ["EU-DORA-FINAL": try instant("2026-06-20T23:59:59+02:00")]
    )
    try await take(back: update)
    #expect(try await dues() == before)
  }

  @Test func `whose time is corrected moves what counts from it`() async throws {
    try await dora()
    try await send("EU-DORA-INIT", "2026-05-04T16:30:00+02:00")
    let inter = try await send("EU-DORA-INTER", "2026-05-07T10:00:00+02:00")
    let filing = try #require(
      try await store.answer(IncidentFilings(incident: 1)).first { $0.id == inter.subject.id }
    )
    var facts = filing.facts
    facts.sentAt = StatedTime(try instant("2026-05-06T10:00:00+02:00"))
    let edit = try await store.apply(
      EditFiling(id: filing.id, basedOn: 1, facts: facts),
      origin: "test"
    )
    try await keeper.update(1, cause: "test")
    #expect(try await dues()["EU-DORA-FINAL"] == instant("2026-06-06T23:59:59+02:00"))
    try await take(back: edit)
    #expect(try await dues()["EU-DORA-FINAL"] == instant("2026-06-07T23:59:59+02:00"))
  }

  // NIS2 art. 23(4)(d): one month from the submission of the incident notification, the first one;
  // 15 April gives 15 May.
  @Test func `to NIS2's incident notification does not put the final report off`() async throws {
    try await open(
      "DE",
      "Europe/Berlin",
      ["important"],
      instants: [.aware: "2026-04-14T10:00:00+02:00"],
      answers: [
        "significant": "yes", "incident_ongoing_at_final_due": "no",
      ]
    )
    try await send("EU-NIS2-IN", "2026-04-15T10:00:00+02:00", .supplement)
    let before = try await dues()
    #expect(before["EU-NIS2-FIN"] == (try instant("2026-05-15T23:59:59+02:00")))
    try await send("EU-NIS2-IN", "2026-04-20T10:00:00+02:00", .supplement)
    #expect(moved(from: before, to: try await dues()).isEmpty)
  }

  // Form 8-K Item 1.05, instruction 2: four business days after the missing information is
  // determined or becomes available. Available Tuesday 16 June 2026: 17, 18, 22 (Friday 19 is
  // Juneteenth), 23 June. Again on Wednesday 8 July: 9, 10, 13, 14 July.
  @Test func `on Form 8-K/A is owed anew for what comes to light after it`() async throws {
    try await open(
      "US",
      "America/New_York",
      ["public_company"],
      instants: [
        .materialityDetermined: "2026-06-10T10:00:00-04:00",
        .informationAvailable: "2026-06-16T10:00:00-04:00",
      ]
    )
    try await send("US-SEC-8K-105", "2026-06-12T10:00:00-04:00")
    #expect(try await dues()["US-SEC-8K-105A"] == instant("2026-06-23T17:30:00-04:00"))
    let original = try await dues()["US-SEC-8K-105"]
    #expect(try await isRunning("US-SEC-8K-105A"))
    let amendment = try await send("US-SEC-8K-105A", "2026-06-22T12:00:00-04:00", .supplement)
    #expect(try await !isRunning("US-SEC-8K-105A"))
    try await take(back: amendment)
    #expect(try await isRunning("US-SEC-8K-105A"))
    try await send("US-SEC-8K-105A", "2026-06-22T12:00:00-04:00", .supplement)
    let again = StatedTime(try instant("2026-07-08T10:00:00-04:00"))
    let edits: [IncidentEdit] = [.instant(.informationAvailable, again)]
    try await store.apply(EditIncident(id: 1, basedOn: nil, edits: edits), origin: "test")
    try await keeper.update(1, cause: "facts changed")
    #expect(try await isRunning("US-SEC-8K-105A"))
    #expect(try await dues()["US-SEC-8K-105A"] == instant("2026-07-14T17:30:00-04:00"))
    #expect(try await dues()["US-SEC-8K-105"] == original)
    try await send("US-SEC-8K-105A", "2026-07-13T12:00:00-04:00", .supplement)
    #expect(try await !isRunning("US-SEC-8K-105A"))
  }

  // GDPR art. 33(4): in phases, without undue further delay. The supplement meets the duty of
  // art. 33(4) and leaves the first notice's own deadline alone.
  @Test func `under GDPR art. 33(4) meets its own duty alone`() async throws {
    var facts = IncidentFacts(
      title: "a",
      answers: LegalAnswers(["risk": "risk", "incomplete_first_notice": "yes"])
    )
    facts.instants[.aware] = StatedTime(try instant("2026-05-18T10:00:00+02:00"))
    facts.affected = [AffectedPeople(jurisdiction: "EU-DE", count: 230)]
    var organisation = Organisation()
    (organisation.country, organisation.zone) = ("DE", Zone("Europe/Berlin"))
    (organisation.role, organisation.sectors) = ("controller", [])
    try await store.apply(
      [SetOrganisation(basedOn: 0, organisation: organisation), OpenIncident(facts: facts)],
      origin: "test"
    )
    try await keeper.update(1, cause: "test")
    try await send("EU-GDPR-33-SA", "2026-05-20T10:00:00+02:00")
    let before = try await dues()
    #expect(before["EU-GDPR-33-SA"] == (try instant("2026-05-21T10:00:00+02:00")))
    #expect(try await isRunning("EU-GDPR-33-PHASE"))
    let supplement = try await send("EU-GDPR-33-PHASE", "2026-05-28T10:00:00+02:00", .supplement)
    #expect(try await !isRunning("EU-GDPR-33-PHASE"))
    #expect(moved(from: before, to: try await dues()).isEmpty)
    try await take(back: supplement)
    #expect(try await isRunning("EU-GDPR-33-PHASE"))
  }
}
