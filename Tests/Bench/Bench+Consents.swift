import Exchange
import Foundation
import Model
import Storage
import Synchronization

extension Bench {
  /// How fast consent records are brought in, read, found, erased and verified.
  ///
  /// `TOCSIN_BENCH_PEOPLE` is how many; one in twelve rows is a withdrawal of somebody before.
  func consents() async throws {
    let count = environment["TOCSIN_BENCH_PEOPLE"].flatMap { Int($0) } ?? 1_000_000
    let file = try consentFile(count)
    let path = "\(folder)/consents/tocsin.sqlite"
    try? FileManager.default.removeItem(atPath: "\(folder)/consents")
    let store = try SQLiteStore(path: path)
    var changes: [any Change] = [AddPurpose(PurposeFacts(slug: "news", name: "News"))]
    for label in ["2023-1", "2024-1", "2025-1"] {
      changes.append(
        AddConsentVersion(
          ConsentVersionFacts(
            purpose: "PUR-0001",
            label: label,
            language: "en",
            text: "Text of \(label)",
            from: StatedTime(Instant(seconds: 1_600_000_000))
          )
        )
      )
    }
    try await store.apply(changes, origin: "bench")
    try await fillConsents(store, file, count, isFirst: true)
    try await fillConsents(store, file, count, isFirst: false)
    try await askConsents(store, count)
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64 ?? 0
    row("the store's file", "\(size >> 20) MB, \(size / Int64(count)) bytes a record")
    let erasing = try await measure {
      let outcome = try await store.perform(
        ConsentErasure(of: "customer7@example.org", reason: "bench"),
        origin: "bench"
      )
      guard outcome.records.values.reduce(0, +) > 0 else { throw BadConsents("\(outcome)") }
    }
    row("one person erased, log emptied", milliseconds(erasing))
    try store.close()
    let verifying = try measure {
      let report = try RecordVerifier.verify(path: path)
      guard report.bad.isEmpty, report.consents == count else { throw BadConsents("\(report)") }
    }
    row("verify: rows, index, standings, tallies", "\(rate(count, verifying)) records/s")
    row("  peak memory so far", "\(peak() / 1024) MB")
  }

  private struct BadConsents: Error {
    let problem: String
    init(_ problem: String) { self.problem = problem }
  }

  private func consentFile(_ count: Int) throws -> String {
    let path = "\(folder)/consents-\(count).csv"
    guard !FileManager.default.fileExists(atPath: path) else { return path }
    let head = "email,purpose,status,timestamp,channel,version,source\n"
    _ = FileManager.default.createFile(atPath: path, contents: Data(head.utf8))
    guard let file = FileHandle(forWritingAtPath: path) else { throw BadConsents(path) }
    try file.seekToEnd()
    let (channels, versions) = (["web", "shop", "phone"], ["2023-1", "2024-1", "2025-1"])
    for start in stride(from: 1, through: count, by: 10_000) {
      let lines = (start..<min(start + 10_000, count + 1)).map { number in
        let isBack = number % 12 == 0
        let person = isBack ? number / 2 + 1 : number
        let day =
          isBack
          ? "2026-0\(1 + number % 4)-1\(number % 9)" : "2025-0\(1 + number % 9)-0\(1 + number % 8)"
        return "customer\(person)@example.org,news,\(isBack ? "withdrawn" : "given"),"
          + "\(day)T10:\(10 + number % 50):00+01:00,\(channels[number % 3]),"
          + "\(versions[number % 3]),form \(number % 97)\n"
      }
      try file.write(contentsOf: Data(lines.joined().utf8))
    }
    try file.close()
    return path
  }

  /// Brings the file in, or all of it once more, which leaves nothing to be added.
  private func fillConsents(_ store: SQLiteStore, _ file: String, _ count: Int, isFirst: Bool)
    async throws
  {
    let reader = try ConsentReader(
      InputFile(file),
      columns: ConsentColumns(),
      catalogue: ConsentCatalogue(try await store.answer(ConsentBoard())),
      TimeReading(now: Instant(seconds: 1_900_000_000), zone: .utc),
      spool: folder
    )
    let clock = ContinuousClock()
    let times = Mutex<(checked: ContinuousClock.Instant?, marks: [ContinuousClock.Instant])>(
      (nil, [])
    )
    let start = clock.now
    var summary = ConsentImport()
    let time = try await measure {
      summary = try await store.perform(
        ConsentIntake(from: reader, expecting: reader.expected ?? count),
        origin: "bench"
      ) { progress in
        times.withLock { times in
          if progress.stage == .checking { times.checked = clock.now }
          if progress.stage == .writing { times.marks.append(clock.now) }
        }
        return true
      }
    }
    guard (isFirst ? summary.created : summary.repeated) == count, summary.refusedCount == 0 else {
      throw BadConsents("\(summary)")
    }
    let what = isFirst ? "import of \(count) consent records" : "the same file again, nothing new"
    row(what, "\(rate(count, time)) records/s")
    let (checked, marks) = times.withLock { $0 }
    if let checked { row("  of it reading the file through first", milliseconds(checked - start)) }
    let gaps = zip(marks, marks.dropFirst()).map { $1 - $0 }
    if !gaps.isEmpty { row("  a transaction: p95 / p99 / worst", gaps.tail) }
    row("  peak memory so far", "\(peak() / 1024) MB")
  }

  private func askConsents(_ store: SQLiteStore, _ count: Int) async throws {
    var number: UInt64 = 7
    func times(_ body: (Int) async throws -> Void) async throws -> String {
      var times: [Duration] = []
      for _ in 0..<300 {
        number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let place = Int(number >> 33) % count
        times.append(try await measure { try await body(place) })
      }
      return "\(milliseconds(times.median)); \(times.tail)"
    }
    func page(_ place: LedgerPage.Place, _ words: String) async throws {
      let page = try await store.answer(
        ConsentPage(purpose: 1, filter: try ConsentFilter(parsing: words), place: place, count: 50)
      )
      guard page.total > 0 else { throw BadConsents("\(place) \(words)") }
    }
    let name = "median; p95 / p99 / worst"
    row("a page anywhere: \(name)", try await times { try await page(.at($0), "standing:all") })
    row("a page of what counts now", try await times { try await page(.at($0 / 2), "") })
    row("the last page", try await times { _ in try await page(.last, "") })
    row(
      "a page of a state, version and channel, counted exactly",
      try await times {
        try await page(.after(Int64($0 / 2)), "state:given version:2024-1 channel:shop")
      }
    )
    row(
      "a person by reference",
      try await times { place in
        let found = try await store.answer(
          FindConsents(reference: "customer\(place - place % 12 + 1)@example.org")
        )
        guard !found.isEmpty else { throw BadConsents("nobody") }
      }
    )
    row(
      "all purposes, versions, stale counts",
      try await times { _ in _ = try await store.answer(ConsentBoard()) }
    )
    var facts = try await store.answer(ConsentBoard())[0].versions[0].facts
    (facts.flaw, facts.flawNote) = (.wrong, "bench")
    let flawing = try await measure {
      try await store.apply(EditConsentVersion(id: 1, basedOn: nil, facts: facts), origin: "bench")
    }
    row("a version said to be no longer right", milliseconds(flawing))
    row("a page of stale ones", try await times { try await page(.at($0 / 6), "is:stale") })
  }
}
