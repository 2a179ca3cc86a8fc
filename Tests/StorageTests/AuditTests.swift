import Foundation
import GRDB
import Model
import Storage
import TestSupport
import Testing

struct `An audit in the record` {
  let fixture: StoreFixture
  var store: SQLiteStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  private func framework(_ framework: Framework) async throws -> RecordID {
    try await store.apply(AddFramework(framework: framework, format: "test"), origin: "test")
      .subject.id
  }

  private func start(
    _ facts: AuditFacts = AuditFacts(title: "Yearly"),
    chapters: Int = 2,
    after: RecordID? = nil,
    on known: RecordID? = nil
  ) async throws -> (audit: RecordID, framework: RecordID, reference: String) {
    let id =
      if let known { known } else {
        try await framework(`A framework in the record`.framework(chapters: chapters))
      }
    let receipt = try await store.apply(
      StartAudit(framework: id, facts: facts, previous: after),
      origin: "test"
    )
    return (receipt.subject.id, id, receipt.reference)
  }

  private func item(_ reference: String, of audit: RecordID) async throws -> AuditItem {
    let place = try #require(
      try await store.answer(AuditPlace(audit: audit, reference: reference))
    )
    let details = try await store.answer(AuditItemDetails(audit: audit, place: place))
    return try #require(details).item
  }

  @discardableResult
  private func answer(
    _ reference: String,
    of audit: RecordID,
    _ edits: [AuditItemEdit]
  ) async throws -> Receipt {
    let item = try await item(reference, of: audit)
    return try await store.apply(
      AnswerItem(id: item.id, basedOn: item.version, edits: edits),
      origin: "test"
    )
  }

  private func row(_ audit: RecordID) async throws -> AuditRow {
    try #require(try await store.answer(AuditList()).first { $0.id == audit })
  }

  @Test func `begins with an item for each requirement, none of them assessed`() async throws {
    let (audit, _, reference) = try await start(
      AuditFacts(title: "Yearly", until: "2026-01-31", months: 1)
    )
    #expect(reference == "AUD-2026-0001")
    let row = try await row(audit)
    #expect(row.tally.items == 24)
    #expect(row.tally.score.assessed == 0)
    #expect(row.nextDue == "2026-02-28")
    let page = try await store.answer(
      AuditTree(audit: audit, window: RowWindow(start: 0, count: 100))
    )
    #expect(page.total == 32)
    #expect(page.rows.count { $0.score != nil } == 8)
  }

  @Test func `keeps tallies and headings as items change, and undo takes them back`() async throws {
    let (audit, _, _) = try await start()
    let first = try await answer("1.1.1", of: audit, [.result(.conforms), .work(.done)])
    try await answer("1.1.2", of: audit, [.result(.partly), .grade(.minor)])
    try await answer("1.2.1", of: audit, [.result(.notApplicable), .reason("no such thing")])
    var tally = try await row(audit).tally
    #expect(tally.score.hundredths == 7500)
    #expect(tally.score.assessed == 3)
    #expect(tally.count(.minor) == 1)
    let tree = AuditTree(audit: audit, window: RowWindow(start: 0, count: 2))
    let headings = try await store.answer(tree).rows.compactMap(\.score)
    #expect(headings.map(\.assessed) == [3, 2])
    #expect(headings.map(\.excluded) == [1, 0])
    #expect(headings.map(\.hundredths) == [7500, 7500])
    try await store.undo([first.entry], origin: "test")
    tally = try await row(audit).tally
    #expect(tally.score.hundredths == 5000)
    #expect(tally.count(.done) == 0)
  }

  @Test func `refuses what cannot be an answer`() async throws {
    let (audit, _, _) = try await start()
    let bad: [[AuditItemEdit]] = [
      [.result(.notApplicable)], [.result(.notApplicable), .reason("  ")], [.score(3)],
      [.sampling(AuditSampling(population: 3, sample: 4, exceptions: 0))],
      [.answers(["q": ["a"]])], [], [.attestation(AuditAttestation(by: "", at: fixture.clock.now))],
    ]
    for edits in bad {
      await #expect(throws: StoreError.self) { try await answer("1.1.1", of: audit, edits) }
    }
    #expect(try await item("1.1.1", of: audit).version == 1)
  }

  @Test func `tells who else answered an item meanwhile`() async throws {
    let (audit, _, _) = try await start()
    let item = try await item("1.1.1", of: audit)
    try await answer("1.1.1", of: audit, [.result(.conforms)])
    try await answer("1.1.2", of: audit, [.result(.conforms)])
    let change = AnswerItem(id: item.id, basedOn: 1, edits: [.result(.partly)])
    let error = await #expect(throws: StoreError.self) {
      try await store.apply(change, origin: "test")
    }
    guard case .conflict(let conflict) = error else {
      Issue.record("no conflict: \(String(describing: error))")
      return
    }
    #expect(conflict.fields.map(\.theirs) == ["conforms"])
  }

  @Test func `is not assessed any more once an attestation ran out, without being written`()
    async throws
  {
    let (audit, _, _) = try await start()
    let now = fixture.clock.now
    try await answer(
      "1.1.1",
      of: audit,
      [.result(.conforms), .attestation(AuditAttestation(by: "Ada", at: now, months: 1))]
    )
    try await answer("1.1.2", of: audit, [.result(.partly)])
    #expect(try await row(audit).tally.score.hundredths == 7500)
    fixture.clock.advance(by: .seconds(32 * 86_400))
    let row = try await row(audit)
    #expect(row.tally.score.hundredths == 5000)
    #expect(row.tally.expired == 1)
    let tree = AuditTree(audit: audit, window: RowWindow(start: 0, count: 3))
    let rows = try await store.answer(tree).rows
    #expect(rows[0].score?.assessed == 1)
    #expect(rows[2].item?.result == .notAssessed)
    #expect(rows[2].item?.isExpired == true)
    #expect(try await store.answer(NextUnanswered(audit: audit)) == 2)
    #expect(try await item("1.1.1", of: audit).result == .conforms)
    // A new answer does not inherit the word that ran out.
    try await answer("1.1.1", of: audit, [.result(.conforms)])
    #expect(try await self.row(audit).tally.score.assessed == 2)
  }

  @Test func `shows the tree folded and filtered`() async throws {
    let (audit, _, _) = try await start()
    try await answer("2.3.4", of: audit, [.result(.doesNotConform), .grade(.major)])
    let all = RowWindow(start: 0, count: 100)
    let folded = try await store.answer(AuditTree(audit: audit, folded: [0], window: all))
    #expect(folded.total == 17)
    #expect(folded.rows.prefix(2).map(\.reference) == ["1", "2"])
    for filter in [
      AuditItemFilter(result: .doesNotConform), AuditItemFilter(grade: .major),
      AuditItemFilter(work: .toDo, result: .doesNotConform),
    ] {
      let page = try await store.answer(AuditTree(audit: audit, filter: filter, window: all))
      #expect(page.rows.map(\.reference) == ["2", "2.3", "2.3.4"])
    }
    let none = AuditItemFilter(result: .conforms)
    #expect(try await store.answer(AuditTree(audit: audit, filter: none, window: all)).total == 0)
  }

  @Test func `lets the answers of the last one come along as previous ones`() async throws {
    let (old, framework, reference) = try await start()
    try await answer("1.1.1", of: old, [.result(.conforms), .observation("seen")])
    try await answer("1.1.2", of: old, [.result(.partly)])
    let (new, _, _) = try await start(AuditFacts(title: "Next"), after: old, on: framework)
    let item = try await item("1.1.1", of: new)
    #expect(item.result == .notAssessed)
    #expect(item.work == .toDo)
    #expect(item.previous?.result == .conforms)
    #expect(item.previous?.observation == "seen")
    #expect(item.previous?.audit == reference)
    #expect(try await row(new).tally.score.assessed == 0)
    #expect(try await row(old).isFollowed)
    try await answer("1.1.1", of: new, [.result(.doesNotConform)])
    try await answer("1.1.2", of: new, [.result(.conforms)])
    let difference = try #require(
      try await store.answer(AuditComparison(old: old, new: new))
    )
    #expect(difference.lines.map(\.kind) == [.regressed, .improved])
    #expect(difference.unchanged == 22)
  }

  @Test func `marks what a new edition asks otherwise, and opens what is new`() async throws {
    let (old, _, _) = try await start()
    try await answer("1.1.1", of: old, [.result(.conforms)])
    try await answer("1.1.2", of: old, [.result(.conforms)])
    var edition = `A framework in the record`.framework(chapters: 3, version: "2")
    edition.requirements[2].texts.text = "Requirement 1 asks for something else"
    let id = try await framework(edition)
    let (new, _, _) = try await start(AuditFacts(title: "Next"), after: old, on: id)
    #expect(try await item("1.1.1", of: new).previous?.isChanged == true)
    #expect(try await item("1.1.2", of: new).previous?.isChanged == false)
    #expect(try await item("3.1.1", of: new).previous == nil)
    let difference = try #require(
      try await store.answer(AuditComparison(old: old, new: new))
    )
    #expect(difference.count(.new) == 12)
    #expect(try await store.answer(AuditTrend(framework: "f")).map(\.id) == [old, new])
  }

  @Test func `goes into review, is accepted or sent back, and undone`() async throws {
    let (audit, _, _) = try await start()
    try await answer("1.1.1", of: audit, [.result(.conforms)])
    try await answer("1.1.2", of: audit, [.result(.conforms)])
    let submitted = try await store.apply(
      SubmitForReview(id: audit, basedOn: nil),
      origin: "test"
    )
    #expect(try await row(audit).audit.state == .inReview)
    let one = try await item("1.1.1", of: audit)
    let other = try await item("1.1.2", of: audit)
    let accepted = try await store.apply(
      ReviewItem(id: one.id, basedOn: one.version, isAccepted: true),
      origin: "test"
    )
    await #expect(throws: StoreError.self) {
      try await store.apply(
        ReviewItem(id: other.id, basedOn: other.version, isAccepted: false),
        origin: "test"
      )
    }
    try await store.apply(
      ReviewItem(id: other.id, basedOn: other.version, isAccepted: false, note: "show it"),
      origin: "test"
    )
    #expect(try await item("1.1.1", of: audit).work == .done)
    #expect(try await item("1.1.2", of: audit).work == .inProgress)
    #expect(try await item("1.1.2", of: audit).review?.note == "show it")
    try await store.undo([accepted.entry], origin: "test")
    #expect(try await item("1.1.1", of: audit).work == .inReview)
    #expect(try await item("1.1.1", of: audit).review == nil)
    try await store.undo([submitted.entry], origin: "test")
    #expect(try await row(audit).audit.state == .open)
    #expect(try await item("1.1.1", of: audit).work == .toDo)
  }

  private func sign(_ audit: RecordID, in store: SQLiteStore) async throws -> Receipt {
    let digest = try #require(try await store.answer(WholeAudit(id: audit))).digest
    return try await store.apply(
      SignAudit(id: audit, basedOn: nil, digest: digest),
      origin: "test"
    )
  }

  @Test func `is locked once signed, and opened again with a reason`() async throws {
    let (audit, _, reference) = try await start()
    try await answer("1.1.1", of: audit, [.result(.conforms)])
    let old = SignAudit(id: audit, basedOn: nil, digest: String(repeating: "0", count: 64))
    await #expect(throws: StoreError.self) { try await store.apply(old, origin: "test") }
    let signed = try await sign(audit, in: store)
    #expect(try await row(audit).audit.state == .signed)
    await #expect(throws: StoreError.self) {
      try await answer("1.1.1", of: audit, [.result(.partly)])
    }
    for change in [
      EditAudit(id: audit, basedOn: nil, edits: [.title("x")]) as any Change,
      RemoveAudit(id: audit, basedOn: nil), SubmitForReview(id: audit, basedOn: nil),
      ReopenAudit(id: audit, basedOn: nil, reason: " "),
    ] {
      await #expect(throws: StoreError.self) {
        try await store.apply([change], origin: "test")
      }
    }
    // Taking back is no way around the reason.
    #expect(!signed.isReversible)
    await #expect(throws: StoreError.notReversible(signed.entry)) {
      try await store.undo([signed.entry], origin: "test")
    }
    #expect(try await row(audit).audit.state == .signed)
    let reopened = try await store.apply(
      ReopenAudit(id: audit, basedOn: nil, reason: "a mistake"),
      origin: "test"
    )
    let details = try #require(try await store.answer(AuditDetails(reference)))
    #expect(details.signatures.last?.reopening?.reason == "a mistake")
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
    // Nor is a signature that held ever put back.
    await #expect(throws: StoreError.notReversible(reopened.entry)) {
      try await store.undo([reopened.entry], origin: "test")
    }
    _ = try await sign(audit, in: store)
    #expect(try await row(audit).audit.state == .signed)
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
  }

  @Test func `keeps an answer that came after a review which is taken back`() async throws {
    let (audit, _, _) = try await start()
    try await answer("1.1.1", of: audit, [.result(.conforms)])
    try await store.apply(SubmitForReview(id: audit, basedOn: nil), origin: "test")
    let place = try #require(
      try await store.answer(AuditPlace(audit: audit, reference: "1.1.1"))
    )
    let item = try #require(
      try await store.answer(AuditItemDetails(audit: audit, place: place))
    ).item
    let review = try await store.apply(
      ReviewItem(id: item.id, basedOn: nil, isAccepted: true),
      origin: "test"
    )
    try await answer("1.1.1", of: audit, [.result(.partly)])
    await #expect(throws: StoreError.self) {
      try await store.undo([review.entry], origin: "test")
    }
    let now = try await store.answer(AuditItemDetails(audit: audit, place: place))?.item
    #expect(now?.result == .partly)
  }

  @Test func `needs two accounts where the organisation asks for them`() async throws {
    let (audit, _, _) = try await start()
    var organisation = Organisation()
    organisation.needsSecondPerson = true
    try await store.apply(
      SetOrganisation(basedOn: nil, organisation: organisation),
      origin: "test"
    )
    _ = try await sign(audit, in: store)
    #expect(try await row(audit).audit.state == .open)
    await #expect(throws: StoreError.self) { try await sign(audit, in: store) }
    let second = try fixture.another()
    // Another answer in between: the first signature was for something else.
    try await answer("1.1.1", of: audit, [.result(.conforms)])
    _ = try await sign(audit, in: second)
    #expect(try await row(audit).audit.state == .open)
    _ = try await sign(audit, in: store)
    #expect(try await row(audit).audit.state == .signed)
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
  }

  @Test(arguments: [
    "UPDATE auditItem SET observation = 'nicer' WHERE place = 2",
    "UPDATE auditItem SET result = 'conforms' WHERE place = 3",
    "UPDATE audit SET scope = 'less'",
    "UPDATE audit SET state = 'open'",
    "UPDATE auditSignature SET digest = replace(digest, substr(digest, 1, 1), 'x')",
    "UPDATE auditSignature SET reopenedBy = 'me', reopenedAt = 1",
    "UPDATE requirement SET text = 'something easier' WHERE position = 2",
    "DELETE FROM auditSignature",
  ])
  func `that is signed and altered behind the program's back is reported`(sql: String) async throws
  {
    let (audit, _, reference) = try await start()
    try await answer("1.1.1", of: audit, [.result(.conforms), .observation("seen")])
    _ = try await sign(audit, in: store)
    let sound = try JournalVerifier.verify(path: fixture.path)
    #expect(sound.isSound)
    #expect(sound.audits == 1)
    let queue = try DatabaseQueue(path: fixture.path)
    try await queue.write { try $0.execute(sql: sql) }
    try queue.close()
    let report = try JournalVerifier.verify(path: fixture.path)
    #expect(report.badAudits.map(\.reference) == [reference])
    #expect(!report.isSound)
  }

  @Test func `takes a proposal over when it is accepted`() async throws {
    let (audit, _, _) = try await start()
    let proposal = AuditProposal(
      by: "Kim",
      at: fixture.clock.now,
      result: .partly,
      observation: "half of it"
    )
    try await answer("1.1.1", of: audit, [.proposal(proposal), .work(.inReview)])
    #expect(try await row(audit).tally.score.assessed == 0)
    let item = try await item("1.1.1", of: audit)
    try await store.apply(
      ReviewItem(id: item.id, basedOn: item.version, isAccepted: true),
      origin: "test"
    )
    let accepted = try await self.item("1.1.1", of: audit)
    #expect(accepted.result == .partly)
    #expect(accepted.observation == "half of it")
    #expect(accepted.proposal == nil)
    #expect(accepted.work == .done)
  }
}
