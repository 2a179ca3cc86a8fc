import Foundation
import Model
import Storage
import TestSupport
import Testing

@testable import App

struct `The staff of the sample company` {
  @Test func `is some 180 in nine groups, with a trend, late groups and one that is hidden`()
    async throws
  {
    let folder = try TemporaryDirectory()
    let path = folder.file("sample.sqlite")
    let now = try #require(Instant(rfc3339: "2026-05-18T14:40:00Z"))
    try await SampleCompany.write(to: path, now: now, rulebook: nil)
    let store = try SQLiteStore(path: path, options: SQLiteStore.Options(now: { now }))
    defer { try? store.close() }
    let status = try await store.answer(TrainingStatus())
    #expect(status.groups.count == 9)
    #expect((175...185).contains(status.groups.reduce(0) { $0 + $1.people }))
    #expect(status.courses.filter { $0.course.facts.form == .course }.count == 5)
    #expect(status.courses.filter { $0.course.facts.form == .handlingProtocol }.count == 2)
    #expect(DutyState.allCases.allSatisfy { status.duties[$0] > 0 })
    #expect(status.courses.contains { $0.incidents == 1 })
    // The warehouse needs training most, and is told so without a name.
    let worst = status.groups.min {
      ($0.duties.percentInOrder ?? 100) < ($1.duties.percentInOrder ?? 100)
    }
    #expect(worst?.name == "Warehouse")
    let trend = try await store.answer(PhishingTrend())
    #expect(trend.count == 6)
    let clicked = trend.compactMap { row in row.counts.flatMap { $0.share($0.clicked) } }
    let reported = trend.compactMap { row in row.counts.flatMap { $0.share($0.reported) } }
    #expect(clicked.count == 6)
    #expect(try #require(clicked.last) * 2 < (try #require(clicked.first)))
    #expect(try #require(reported.last) > (try #require(reported.first)) * 3)
    let last = try #require(trend.last)
    let board = try #require(try await store.answer(PhishingByGroup(of: last.id)))
    #expect(
      board.groups.filter { $0.counts == nil }.map(\.group) == ["Management board", "Marketing"]
    )
    #expect(try RecordVerifier.verify(path: path).bad.isEmpty)
  }
}
