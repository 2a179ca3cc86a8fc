import Foundation
import Model
import Storage
import TestSupport
import Testing

@testable import App

struct `The impact assessments of the sample company` {
  @Test func `are one that stands and one that its activity has outgrown, beside gaps`()
    async throws
  {
    let folder = try TemporaryDirectory()
    let path = folder.file("sample.sqlite")
    let now = try #require(Instant(rfc3339: "2026-05-18T14:40:00Z"))
    try await SampleCompany.write(to: path, now: now, rulebook: nil)
    let store = try SQLiteStore(path: path, options: SQLiteStore.Options(now: { now }))
    defer { try? store.close() }
    let answer = try await store.answer(ImpactList())
    #expect(answer.rows.map(\.state) == [.stale, .decided])
    #expect(answer.rows.map(\.assessment.reference) == ["DPIA-0002", "DPIA-0001"])
    #expect(Set(answer.rows[0].differences.map(\.field)) == ["systems", "processors"])
    #expect(answer.gaps.count == 5)
    #expect(answer.rows.allSatisfy { $0.assessment.facts.decision?.isWaiting == false })
  }
}
