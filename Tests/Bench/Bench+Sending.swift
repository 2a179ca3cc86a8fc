import App
import Foundation
import Model
import Storage

extension Bench {
  /// How many messages are handed over in a second to a program that only reads: what it costs to
  /// mark, compose, start, settle and keep.
  ///
  /// `TOCSIN_BENCH_NOTICES` is how many.
  func sending() async throws {
    let count = environment["TOCSIN_BENCH_NOTICES"].flatMap { Int($0) } ?? 5000
    for lanes in [1, 2, 4] {
      let (time, size) = try await send(
        count,
        through: ["/bin/sh", "-c", "exec cat >/dev/null"],
        lanes: lanes
      )
      row("hand-overs to a program that only reads, \(lanes) at once", "\(rate(count, time))/s")
      if lanes == 1 { row("the store's file grew by", "\(size / Int64(count)) bytes a message") }
    }
    row("  peak memory so far", "\(peak() / 1024) MB")
  }

  private func send(
    _ count: Int,
    through program: [String],
    lanes: Int
  ) async throws -> (Duration, Int64) {
    let path = "\(folder)/sending/tocsin.sqlite"
    try? FileManager.default.removeItem(atPath: "\(folder)/sending")
    let store = try SQLiteStore(path: path)
    let mailing = try await approved(count, in: store)
    guard let edition = try await store.answer(EditionInForce(mailing: mailing.id)) else {
      throw NotSent(problem: "no edition")
    }
    _ = try await store.perform(
      RecipientMove(of: mailing.id, to: RecipientStep(to: .queued, channel: .email)),
      origin: "bench"
    )
    func size() throws -> Int64 {
      try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64 ?? 0
    }
    let before = try size()
    var plan = SendingPlan()
    (plan.sender, plan.program, plan.lanes) = ("notices@example.org", program, lanes)
    let run = SendingRun(
      .init(
        mailing: mailing,
        plan: plan,
        process: .current,
        environment: environment,
        origin: "bench"
      ),
      store: store,
      texts: EditionTexts(edition)
    )
    let time = try await measure {
      let (end, progress) = try await run.run()
      guard end == .done, progress.counts.handedOver == count else {
        throw NotSent(problem: "\(end), \(progress)")
      }
    }
    try store.close()
    return (time, try size() - before)
  }

  /// A mailing with an approved text and so many people.
  private func approved(_ count: Int, in store: SQLiteStore) async throws -> Mailing {
    let incident = try await store.apply(
      OpenIncident(facts: IncidentFacts(title: "Leak")),
      origin: "bench"
    ).subject.id
    let id = try await store.apply(
      OpenMailing(incident: incident, facts: MailingFacts(name: "All")),
      origin: "bench"
    ).subject.id
    _ = try await store.perform(
      RecipientIntake(into: id, from: BenchPeople(count: count)),
      origin: "bench"
    )
    let line = "What happened, which data were exposed, what we do and what you can do.\n\n"
    try await store.apply(
      AddNoticeText(
        mailing: id,
        facts: NoticeTextFacts(
          channels: [.email],
          language: "en",
          takesOtherLanguages: true,
          subject: "About your data",
          body: "# About your data\n\nDear {{name}},\n\n"
            + String(repeating: line, count: 40)
        )
      ),
      origin: "bench"
    )
    let draft = try await store.answer(EditionDraft(mailing: id, date: "2026-05-18"))
    try await store.apply(
      ProposeEdition(mailing: id, date: draft.date, digest: draft.digest, checks: []),
      origin: "bench"
    )
    _ = try await store.perform(
      RecipientMove(of: id, to: RecipientStep(to: .approved)),
      origin: "bench"
    )
    guard let mailing = try await store.answer(MailingByID(id)) else {
      throw NotSent(problem: "no mailing")
    }
    return mailing
  }

  private struct NotSent: Error { let problem: String }
}

/// People who are a pure function of their number.
private final class BenchPeople: RecipientSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  let words = ["EU-DE", "US-CA", "en"]
  let refused: [ImportProblem] = []
  let refusedCount = 0
  private let count: Int
  private var position = 0

  init(count: Int) { self.count = count }

  var digest: [UInt8] { Array(repeating: 1, count: 32) }

  func rewind() { position = 0 }

  func fill(_ rows: RecipientRows) throws {
    rows.removeAll()
    while rows.count < rows.capacity, position < count {
      position += 1
      rows.beginRow()
      let known = ["\(position)", "Person \(position)", "person\(position)@example.org"]
      for place in RecipientField.allCases.indices {
        var field = place < known.count ? known[place] : ""
        field.withUTF8 { rows.append(UnsafeRawBufferPointer($0)) }
      }
      rows.endRow(line: position, jurisdiction: position % 2, language: 2, protection: 0)
    }
  }
}
