import GRDB
import Model
import TestSupport
import Testing

@testable import Storage

/// A store with audits in all that can become of them: signed, opened again, signed by two, waiting for the
/// second, under way; a framework taken out and put back.
enum AuditedStore {
  static func closed() async throws -> StoreFixture {
    let fixture = try StoreFixture()
    let store = fixture.store
    let framework = try await store.apply(
      AddFramework(framework: `A framework in the record`.framework(chapters: 2), format: "test"),
      origin: "test"
    ).subject.id
    let taken = try await store.apply(RemoveFramework(id: framework, basedOn: 1), origin: "test")
    try await store.undo([taken.entry], origin: "test")
    for title in ["one", "two", "three", "four"] {
      try await store.apply(
        StartAudit(framework: framework, facts: AuditFacts(title: title), previous: nil),
        origin: "test"
      )
    }
    fixture.clock.advance(by: .seconds(60))
    try await answer(1, [.result(.conforms)], store)
    try await sign(1, store)
    fixture.clock.advance(by: .seconds(60))
    try await store.apply(ReopenAudit(id: 1, basedOn: nil, reason: "a mistake"), origin: "test")
    try await answer(1, [.result(.partly), .grade(.minor)], store)
    try await sign(1, store)
    var organisation = Organisation()
    organisation.needsSecondPerson = true
    try await store.apply(
      SetOrganisation(basedOn: nil, organisation: organisation),
      origin: "test"
    )
    let second = try fixture.another()
    // A first signature that was overtaken, one that was taken back, and taken back again.
    try await sign(2, store)
    try await answer(2, [.result(.conforms)], store)
    try await sign(2, second)
    fixture.clock.advance(by: .seconds(60))
    try await sign(2, store)
    let waiting = try await sign(3, store)
    let back = try await store.undo([waiting.entry], origin: "test")
    fixture.clock.advance(by: .seconds(60))
    try await store.undo(back.map(\.entry), origin: "test")
    try second.close()
    try store.close()
    return fixture
  }

  private static func answer(
    _ audit: RecordID,
    _ edits: [AuditItemEdit],
    _ store: SQLiteStore
  ) async throws {
    let place = try #require(
      try await store.answer(AuditPlace(audit: audit, reference: "1.1.1"))
    )
    let item = try #require(
      try await store.answer(AuditItemDetails(audit: audit, place: place))
    ).item
    try await store.apply(
      AnswerItem(id: item.id, basedOn: item.version, edits: edits),
      origin: "test"
    )
  }

  @discardableResult
  private static func sign(_ audit: RecordID, _ store: SQLiteStore) async throws -> Receipt {
    let digest = try #require(try await store.answer(WholeAudit(id: audit))).digest
    return try await store.apply(
      SignAudit(id: audit, basedOn: nil, digest: digest),
      origin: "test"
    )
  }
}

struct `What verify says of a store that has audits` {
  @Test func `is that it is sound`() async throws {
    let fixture = try await AuditedStore.closed()
    #expect(try RecordVerifier.verify(path: fixture.path).bad == [])
    #expect(try JournalVerifier.verify(path: fixture.path).isSound)
  }

  @Test func `names every altered column of frameworks, signatures and sums`() async throws {
    let fixture = try await AuditedStore.closed()
    let signatures = "audit 2: its signatures are not those that the journal has"
    let reopened = "audit 1: its signatures are not those that the journal has"
    let brought = "framework 1: its document or its lines are not what was brought in"
    let found = "framework 1: what it is found by is not what its document says"
    let stand = "framework 1: its lines do not stand where they stood"
    let sums = "audit 1: the numbers kept of it are not those of its items"
    let cases: [(sql: String, problem: String)] = [
      ("auditSignature SET signedBy = 'other' WHERE audit = 2", signatures),
      ("auditSignature SET signedAt = signedAt - 1 WHERE audit = 2", signatures),
      ("auditSignature SET secondBy = 'other' WHERE audit = 2", signatures),
      ("auditSignature SET secondAt = secondAt + 1 WHERE audit = 2", signatures),
      ("auditSignature SET digest = replace(digest, 'a', 'b') WHERE audit = 2", signatures),
      ("auditSignature SET isComplete = 0 WHERE audit = 2", signatures),
      ("auditSignature SET audit = 4 WHERE audit = 2", signatures),
      ("auditSignature SET reopenedAt = 1 WHERE audit = 2", signatures),
      ("auditSignature SET reason = 'x' WHERE audit = 2", signatures),
      ("auditSignature SET reason = 'x' WHERE reopenedBy IS NOT NULL", reopened),
      ("auditSignature SET reopenedAt = 1 WHERE reopenedBy IS NOT NULL", reopened),
      ("auditSignature SET reopenedBy = 'x' WHERE reopenedBy IS NOT NULL", reopened),
      ("auditSignature SET secondAt = 1 WHERE reopenedBy IS NOT NULL", reopened),
      ("auditTally SET count = count + 1 WHERE audit = 1", sums),
      ("auditTally SET points = points + 1 WHERE audit = 1 AND grade = 'minor'", sums),
      ("auditTally SET possible = 1 WHERE audit = 1 AND count > 0", sums),
      ("auditTally SET grade = 'x' WHERE audit = 1 AND grade = 'minor'", sums),
      ("auditTally SET audit = 9 WHERE audit = 1", sums),
      ("auditReference SET last = 3", "store 1: auditReference would give out numbers of 2026"),
      ("framework SET version = 9", "framework 1: its version is not"),
      ("framework SET isRemoved = 1", "framework 1: its place on the lists is not"),
      ("framework SET identifier = 'x'", found), ("framework SET edition = 'x'", found),
      ("framework SET name = 'x'", found), ("framework SET language = 'x'", found),
      ("framework SET provider = 'x'", found), ("framework SET aliases = '[]'", found),
      ("framework SET aliases = 'x'", "framework 1: it holds what was never written"),
      ("framework SET nodes = nodes + 1", found),
      ("framework SET assessable = assessable - 1", found),
      ("framework SET digest = replace(digest, 'a', 'b')", "framework 1: its digest is not"),
      ("framework SET format = 'x'", "framework 1: its format is not"),
      ("framework SET addedAt = addedAt - 1", "framework 1: its time of coming in is not"),
      (
        "framework SET document = replace(document, 'Frame', 'Other')",
        "framework 1: its document is not what was brought in"
      ),
      ("framework SET document = 'x'", "framework 1: it holds what was never written"),
      ("requirement SET text = 'easier' WHERE position = 2", brought),
      ("requirement SET name = 'easier' WHERE position = 2", brought),
      ("requirement SET guidance = 'easier' WHERE position = 2", brought),
      ("requirement SET evidence = 'easier' WHERE position = 2", brought),
      ("requirement SET identifier = 'easier' WHERE position = 2", brought),
      ("requirement SET reference = 'easier' WHERE position = 2", brought),
      ("requirement SET isAssessable = 1 - isAssessable WHERE position = 2", brought),
      ("requirement SET isWithdrawn = 1 - isWithdrawn WHERE position = 2", brought),
      ("requirement SET weight = weight + 1 WHERE position = 2", brought),
      ("requirement SET depth = depth + 1 WHERE position = 2", brought),
      ("requirement SET groups = '[\"x\"]' WHERE position = 2", brought),
      (
        "requirement SET translations = '{}x' WHERE position = 2",
        "framework 1: it holds what was never written"
      ),
      (
        "requirement SET document = 'x' WHERE position = 2",
        "framework 1: it holds what was never written"
      ),
      ("requirement SET framework = 9 WHERE position = 2", brought),
      ("requirement SET position = 900 WHERE position = 31", stand),
      ("requirement SET parent = 0 WHERE position = 3", stand),
      ("requirement SET subtreeEnd = subtreeEnd + 1 WHERE position = 2", stand),
      ("requirement SET id = id + 900 WHERE position = 2", stand),
    ]
    for (sql, problem) in cases {
      let problems =
        try WholeRecord.problems(fixture, after: "UPDATE \(sql)") ?? ["nothing altered"]
      #expect(problems.contains { $0.hasPrefix(problem) }, "\(sql): \(problems)")
    }
    for (sql, problem) in [
      ("auditSignature WHERE audit = 2", signatures), ("auditTally WHERE grade = 'minor'", sums),
      ("requirement WHERE position = 31", brought), ("framework", "framework 1: it was deleted"),
      ("auditReference", "store 1: auditReference would give out numbers of 2026"),
    ] {
      let problems = try WholeRecord.problems(fixture, after: "DELETE FROM \(sql)") ?? []
      #expect(problems.contains { $0.hasPrefix(problem) }, "\(sql): \(problems)")
    }
  }

  @Test func `is that a signed audit was altered whose framework is not the one that is there`()
    async throws
  {
    let fixture = try await AuditedStore.closed()
    try WholeRecord.tamper(fixture.path, "UPDATE audit SET framework = 9 WHERE id = 1")
    let report = try JournalVerifier.verify(path: fixture.path)
    #expect(report.badAudits.map(\.reference) == ["AUD-2026-0001"])
    _ = try RecordVerifier.verify(path: fixture.path)
  }
}
