import Exchange
import Foundation
import Model
import Storage
import Synchronization

extension Bench {
  /// How fast a ledger of recipients is filled, read, moved and verified, and what SQLite alone needs
  /// for the same rows.
  ///
  /// `TOCSIN_BENCH_PEOPLE` is how many; `shared/tools/gen_customers.py` makes them, outside the tree.
  func mailings() async throws {
    let count = environment["TOCSIN_BENCH_PEOPLE"].flatMap { Int($0) } ?? 1_000_000
    let file = try people(count)
    let path = "\(folder)/mailings/tocsin.sqlite"
    try? FileManager.default.removeItem(atPath: "\(folder)/mailings")
    let store = try SQLiteStore(path: path)
    let incident = try await store.apply(
      OpenIncident(facts: IncidentFacts(title: "Leak")),
      origin: "bench"
    ).subject.id
    let mailing = try await store.apply(
      OpenMailing(incident: incident, facts: MailingFacts(name: "All")),
      origin: "bench"
    ).subject.id
    try await fill(store, mailing, file, count)
    try await ask(store, mailing, count)
    try await move(store, mailing, count)
    try await prove(store, mailing, count)
    try store.close()
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64 ?? 0
    row("the store's file", "\(size >> 20) MB, \(size / Int64(count)) bytes a recipient")
    let verifying = try measure {
      let report = try LedgerVerifier.verify(path: path)
      guard report.bad.isEmpty, report.recipients == count else {
        throw BadBench(problem: "\(report)")
      }
    }
    row("verify: all rows, index, events, tallies", "\(rate(count, verifying)) recipients/s")
    let plain = try plainSQLite(path, count)
    row("the same rows by SQLite alone, ready made", "\(rate(count, plain)) recipients/s")
  }

  private struct BadBench: Error { let problem: String }

  private func people(_ count: Int) throws -> String {
    let path = "\(folder)/customers-\(count).csv"
    guard !FileManager.default.fileExists(atPath: path) else { return path }
    let tool = "\(environment["TOCSIN_SHARED"] ?? "../shared")/tools/gen_customers.py"
    if FileManager.default.isReadableFile(atPath: tool) {
      try Shell.run("/usr/bin/env", ["python3", tool, "\(count)", "--csv", path])
      return path
    }
    _ = FileManager.default.createFile(atPath: path, contents: Data("id,name,email,country\n".utf8))
    guard let file = FileHandle(forWritingAtPath: path) else { throw BadBench(problem: path) }
    try file.seekToEnd()
    let (domains, places) = (["com", "org", "net"], ["DE", "FR", "GB", "CH", "US"])
    for start in stride(from: 1, through: count, by: 10_000) {
      let lines = (start..<min(start + 10_000, count + 1)).map { number in
        "\(number),Person \(number % 977),customer\(number)@example.\(domains[number % 3]),"
          + "\(places[number % 5])\n"
      }
      try file.write(contentsOf: Data(lines.joined().utf8))
    }
    try file.close()
    return path
  }

  private func fill(_ store: SQLiteStore, _ mailing: RecordID, _ file: String, _ count: Int)
    async throws
  {
    let reader = try RecipientReader(
      InputFile(file),
      columns: RecipientColumns(),
      spool: folder
    )
    let clock = ContinuousClock()
    let times = Mutex<(checked: ContinuousClock.Instant?, marks: [ContinuousClock.Instant])>(
      (nil, [])
    )
    let start = clock.now
    var summary = RecipientImport()
    let time = try await measure {
      summary = try await store.perform(
        RecipientIntake(into: mailing, from: reader, expecting: reader.expected ?? count),
        origin: "bench"
      ) { progress in
        times.withLock { times in
          if progress.stage == .checking { times.checked = clock.now }
          if progress.stage == .writing { times.marks.append(clock.now) }
        }
        return true
      }
    }
    guard summary.created == count else { throw BadBench(problem: "\(summary)") }
    let (checked, marks) = times.withLock { $0 }
    row("import of \(count) recipients, file to durable", "\(rate(count, time)) recipients/s")
    if let checked { row("  of it reading the file through first", milliseconds(checked - start)) }
    let gaps = zip(marks, marks.dropFirst()).map { $1 - $0 }
    if !gaps.isEmpty { row("  a transaction: p95 / p99 / worst", gaps.tail) }
    row("  peak memory so far", "\(peak() / 1024) MB")
  }

  private func ask(_ store: SQLiteStore, _ mailing: RecordID, _ count: Int) async throws {
    var random = SplitMix(state: 7)
    func times(_ body: (Int) async throws -> Void) async throws -> String {
      var times: [Duration] = []
      for _ in 0..<300 {
        let number = Int(random.next() % UInt64(count))
        times.append(try await measure { try await body(number) })
      }
      return "\(milliseconds(times.median)); \(times.tail)"
    }
    func page(_ place: LedgerPage.Place, _ filter: LedgerFilter = .init()) async throws {
      let page = try await store.answer(
        LedgerPage(mailing: mailing, filter: filter, place: place, count: 50)
      )
      guard !page.rows.isEmpty else { throw BadBench(problem: "\(place)") }
    }
    let name = "median; p95 / p99 / worst"
    row("a page anywhere: \(name)", try await times { try await page(.at($0)) })
    row("the last page", try await times { _ in try await page(.last) })
    let filter = LedgerFilter(states: [.pending], jurisdictions: ["EU-DE"])
    row("a page of a state and country", try await times { try await page(.at($0 / 40), filter) })
    let state = LedgerFilter(states: [.pending])
    row("a page of a state", try await times { try await page(.after(Int64($0)), state) })
    func find(_ value: String) async throws {
      let found = try await store.answer(FindRecipients(mailing: mailing, value: value))
      guard found.count == 1 else { throw BadBench(problem: "found \(found.count)") }
    }
    row("a person by reference", try await times { try await find("\($0 + 1)") })
    row(
      "a person by e-mail (of three domains)",
      try await times { number in
        var found = 0
        for domain in ["com", "org", "net"] {
          found += try await store.answer(
            FindRecipients(
              mailing: mailing,
              kind: .email,
              value: "customer\(number + 1)@example.\(domain)"
            )
          ).count
        }
        guard found == 1 else { throw BadBench(problem: "found \(found)") }
      }
    )
    row(
      "how far it is, by state and country",
      try await times { _ in _ = try await store.answer(MailingStatus(id: mailing)) }
    )
  }

  private func move(_ store: SQLiteStore, _ mailing: RecordID, _ count: Int) async throws {
    for (name, step) in [
      ("all to approved", RecipientStep(to: .approved)),
      ("all to exempt", RecipientStep(to: .exempt, cause: "bench")),
    ] {
      let clock = ContinuousClock()
      let marks = Mutex([clock.now])
      let time = try await measure {
        _ = try await store.perform(
          RecipientMove(of: mailing, to: step),
          origin: "bench"
        ) { _ in
          marks.withLock { $0.append(clock.now) }
          return true
        }
      }
      let list = marks.withLock { $0 }
      row("\(name)", "\(rate(count, time)) recipients/s")
      row("  a transaction: p95 / p99 / worst", zip(list, list.dropFirst()).map { $1 - $0 }.tail)
    }
  }

  /// How fast a proof is written, and checked without the store.
  private func prove(_ store: SQLiteStore, _ mailing: RecordID, _ count: Int) async throws {
    let path = "\(folder)/mailings/proof"
    let before = peak()
    let writing = try await measure {
      let bundle = try BundleWriter(path)
      try await store.perform(ProofReading(of: mailing, into: bundle), origin: "bench")
      _ = try bundle.finish()
      try bundle.publish()
    }
    row("a proof, written and checked", "\(rate(count, writing)) recipients/s")
    let checking = try measure {
      let report = try BundleVerifier.verify(path)
      guard report.isSound, report.people == count else { throw BadBench(problem: "\(report)") }
    }
    row("a proof, checked", "\(rate(count, checking)) recipients/s")
    row("  peak memory before and after", "\(before / 1024) MB, \(peak() / 1024) MB")
  }

  /// How long SQLite needs for the same rows out of another file: tables, filter index, sorted segments.
  private func plainSQLite(_ path: String, _ count: Int) throws -> Duration {
    let target = "\(folder)/plain.sqlite"
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: target + suffix)
    }
    let script = """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[2], isolation_level=None)
      for p in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "cache_size=-8192"):
          db.execute("PRAGMA " + p)
      db.execute("ATTACH ? AS l", ("file:" + sys.argv[1] + "?mode=ro",))
      for name in ("recipient", "blind", "recipientSlot"):
          db.execute(db.execute("SELECT sql FROM l.sqlite_schema WHERE name=?", (name,)).fetchone()[0])
      for (segment,) in db.execute("SELECT id FROM l.ledgerSegment ORDER BY id").fetchall():
          low, high = db.execute("SELECT min(recipient), max(recipient) FROM l.blind WHERE segment=? AND kind=0", (segment,)).fetchone()
          db.execute("BEGIN IMMEDIATE")
          db.execute("INSERT INTO main.recipient SELECT * FROM l.recipient WHERE id BETWEEN ? AND ? ORDER BY id", (low, high))
          db.execute("INSERT INTO main.blind SELECT * FROM l.blind WHERE segment=?", (segment,))
          db.execute("COMMIT")
      db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
      """
    return try measure {
      try Shell.run("/usr/bin/env", ["python3", "-c", script, path, target])
    }
  }

  /// The most memory that this process ever had, in kilobytes.
  func peak() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let number = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    return number.flatMap { Int($0) } ?? 0
  }

  /// Numbers that are the same at every run.
  private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }
}
