import Model
import Storage
import TestSupport
import Testing

/// How far the telling of all mailings is, for a list.
struct `The board of mailings` {
  private func board(_ store: SQLiteStore, of incident: RecordID? = nil) async throws
    -> Page<MailingBoard.Row>
  {
    try await store.answer(
      MailingBoard(incident: incident, window: RowWindow(start: 0, count: 10))
    )
  }

  @Test func `shows each mailing with its counts, against what the incident says`() async throws {
    let ledger = try await LedgerFixture(30)
    try await ledger.store.perform(
      RecipientMove(of: ledger.mailing, numbers: [1, 2, 3], to: RecipientStep(to: .approved)),
      origin: "test"
    )
    let page = try await board(ledger.store)
    let row = try #require(page.rows.first)
    #expect(page.total == 1)
    #expect(row.title == "Leak")
    #expect(row.coverage.counts == [.pending: 27, .approved: 3])
    #expect(row.coverage.affected == 12)
    #expect(row.coverage.isAffectedPartial)
    #expect(row.coverage.gap == -18)
    #expect(row.isOpen)
    #expect(row.clock == nil)
    #expect(try await board(ledger.store, of: row.mailing.incident + 1).total == 0)
  }

  @Test func `counts whoever is to be told still on the overview`() async throws {
    let ledger = try await LedgerFixture(30)
    func care() async throws -> OverviewNumbers.Care {
      try await ledger.store.answer(OverviewNumbers(now: Instant(seconds: 1_790_000_000))).care
    }
    #expect(try await care().untold == 30)
    #expect(try await care().mailings == "1 mailing is not fully told: 30 people to go")
    try await ledger.store.perform(
      RecipientMove(of: ledger.mailing, to: RecipientStep(to: .exempt, cause: "no data")),
      origin: "test"
    )
    #expect(try await care().mailings == nil)
  }

  @Test func `says nothing of a jurisdiction where only the whole was stated`() async throws {
    let ledger = try await LedgerFixture(3)
    let incident = try await ledger.status().mailing.incident
    var edits: [IncidentEdit] = ["EU-DE", "GB", "US-CA"].map {
      .affected(jurisdiction: $0, people: nil)
    }
    edits.append(
      .affected(jurisdiction: "", people: AffectedPeople(jurisdiction: "", count: 400))
    )
    try await ledger.store.apply(
      EditIncident(id: incident, basedOn: nil, edits: edits),
      origin: "test"
    )
    let status = try await ledger.status()
    #expect(status.coverage.filter { !$0.jurisdiction.isEmpty }.allSatisfy { $0.affected == nil })
    let row = try #require(try await board(ledger.store).rows.first)
    #expect(row.coverage.affected == 400)
  }

  @Test(arguments: [1, 7, 316, 317, 344, 578, 599, 999, 2_999])
  func `gives exactly the row of a position without a filter`(position: Int) async throws {
    let ledger = try await LedgerFixture(3_000)
    let page = try await ledger.page(.at(position))
    #expect(page.rows.first?.number == Int64(position) + 1)
  }
}
