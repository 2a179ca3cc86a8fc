import App
import Exchange
import Foundation
import Model
import Rulebook
import Storage
import Synchronization

/// The measurements, in the order in which they are printed.
///
/// Stores are made in a fresh folder, or kept in `TOCSIN_BENCH_DIR` where it is set; a folder that
/// has them already is not written again. `TOCSIN_BENCH_INCIDENTS` and `TOCSIN_BENCH_ENTRIES` make
/// them smaller for a quick look; `TOCSIN_BENCH_PARTS` names the parts that are measured.
struct Bench {
  private let binary: String
  let folder: String
  private let isKept: Bool
  private let incidents: Int
  private let entries: Int
  let environment: [String: String]

  init(binary: String, environment: [String: String]) {
    self.binary = binary
    self.environment = environment
    isKept = environment["TOCSIN_BENCH_DIR"] != nil
    folder =
      environment["TOCSIN_BENCH_DIR"]
      ?? "\(environment["TMPDIR"] ?? "/tmp")/tocsin-bench-\(ProcessInfo.processInfo.processIdentifier)"
    incidents = environment["TOCSIN_BENCH_INCIDENTS"].flatMap { Int($0) } ?? 100_000
    entries = environment["TOCSIN_BENCH_ENTRIES"].flatMap { Int($0) } ?? 1_000_000
  }

  /// Measures and prints everything.
  func run() async throws {
    defer { if !isKept { try? FileManager.default.removeItem(atPath: folder) } }
    try FileManager.default.createDirectory(
      atPath: folder,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    row("figure", "value")
    let parts = environment["TOCSIN_BENCH_PARTS"]?.split(separator: " ").map(String.init)
    func wants(_ part: String) -> Bool { parts?.contains(part) ?? true }
    if wants("rules") { try rules() }
    if wants("bounces") { try bounces() }
    if wants("frameworks") { try await frameworks() }
    if wants("commits") { try await commits() }
    if wants("imports") { try await imports() }
    if wants("obligations") { try await obligations() }
    if wants("mailings") { try await mailings() }
    if wants("consents") { try await consents() }
    if wants("sending") { try await sending() }
    let late = ["questions", "exports", "verification", "processes"]
    guard late.contains(where: wants) else { return }
    let path = try await filled()
    if wants("questions") { try await questions(path) }
    if wants("exports") { try await exports(path) }
    if wants("verification") { try verification(path) }
    if wants("processes") { try processes(path) }
  }

  /// The rules of the source tree.
  func shippedRules() throws -> Rulebook {
    let root = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    return try Rulebook(shipped: root.appendingPathComponent("Sources/Rulebook").path)
  }

  /// How long all incidents take as VERIS documents.
  private func exports(_ path: String) async throws {
    let store = try SQLiteStore(path: path)
    let bytes = Mutex(0)
    var count = 0
    let time = try await measure {
      count = try await VerisExporter(store).writeArray(of: Filter()) { piece in
        bytes.withLock { $0 += piece.count }
      }
    }
    try store.close()
    row("export of \(count) incidents, \(bytes.withLock(\.self) >> 20) MB", "\(seconds(time)) s")
  }

  /// How long one change takes until it is on the disk.
  private func commits() async throws {
    let path = "\(folder)/commits.sqlite"
    try? FileManager.default.removeItem(atPath: path)
    let store = try SQLiteStore(path: path)
    var times: [Duration] = []
    for number in 0..<1000 {
      let change = OpenIncident(facts: IncidentFacts(title: "Commit \(number)"))
      times.append(try await measure { try await store.apply(change, origin: "bench") })
    }
    try store.close()
    row("one change, durable: median", milliseconds(times.median))
    row("one change, durable: p95 / p99 / worst", times.tail)
  }

  /// How fast incidents are imported: the community's where they are here, else made-up ones.
  private func imports() async throws {
    let (source, name) = try documents()
    let path = "\(folder)/import.sqlite"
    for suffix in ["", "-wal", "-shm", ".lock"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
    let store = try SQLiteStore(path: path)
    let importer = Importer(store, format: .veris)
    var created = 0
    let first = try await measure {
      created = try await importer.apply(try await importer.plan([source])).created
    }
    let again = try await measure {
      _ = try await importer.apply(try await importer.plan([source]))
    }
    try store.close()
    row("import of \(created) \(name)", "\(rate(created, first)) incidents/s")
    row("the same again: nothing to do", "\(rate(created, again)) incidents/s")
  }

  /// A folder with VERIS documents, and what they are called.
  private func documents() throws -> (path: String, name: String) {
    let target = "\(folder)/veris"
    let shared = environment["TOCSIN_SHARED"] ?? "../shared"
    let archive = "\(shared)/data/incidents-vcdb/vcdb-shared.tar.gz"
    if FileManager.default.isReadableFile(atPath: archive) {
      try FileManager.default.createDirectory(
        atPath: target,
        withIntermediateDirectories: true
      )
      try Shell.run("/usr/bin/env", ["tar", "xzf", archive, "-C", target])
      return (target, "community incidents")
    }
    var lines = ""
    for number in 0..<4000 {
      lines += """
        {"incident_id":"bench-\(number)","schema_version":"1.3.4","security_incident":"Confirmed",\
        "summary":"Made-up incident \(number) with a summary of some length, as people write them.",\
        "timeline":{"incident":{"year":2014,"month":3}},"action":{"error":{}},\
        "attribute":{"confidentiality":{"data_disclosure":"Yes","data_total":\(number)}}}

        """
    }
    let path = "\(folder)/made-up.json"
    try Data(lines.utf8).write(to: URL(fileURLWithPath: path))
    return (path, "made-up incidents")
  }

  /// A store with many incidents and many more journal entries; made once.
  private func filled() async throws -> String {
    let path = "\(folder)/incidents.sqlite"
    guard !FileManager.default.fileExists(atPath: path) else { return path }
    let draft = "\(folder)/filling.sqlite"
    for suffix in ["", "-wal", "-shm", ".lock"] {
      try? FileManager.default.removeItem(atPath: draft + suffix)
    }
    let clock = SteppingClock()
    let store = try SQLiteStore(path: draft, options: .init(now: { clock.next() }))
    var ids: [RecordID] = []
    let opening = try await measure {
      for start in stride(from: 0, to: incidents, by: 1000) {
        let changes = (start..<min(start + 1000, incidents)).map { number in
          OpenIncident(facts: BenchFacts.facts(number), state: BenchFacts.state(number))
        }
        ids += try await store.apply(changes, origin: "bench").map(\.subject.id)
      }
    }
    row("opening \(incidents) incidents, 1 000 at a time", "\(rate(incidents, opening)) changes/s")
    var left = max(0, entries - incidents)
    let total = left
    let editing = try await measure {
      var round = 0
      while left > 0 {
        for start in stride(from: 0, to: ids.count, by: 5000) where left > 0 {
          let part = ids[start..<min(start + 5000, ids.count, start + left)]
          let changes = part.map { id in
            EditIncident(id: id, basedOn: nil, edits: [.tags(["bench", "round-\(round)"])])
          }
          try await store.apply(changes, origin: "bench")
          left -= part.count
        }
        round += 1
      }
    }
    if total > 0 {
      row("altering \(total) times, 5 000 at a time", "\(rate(total, editing)) changes/s")
    }
    // A dashboard that is measured from outside must not work these out meanwhile.
    let keeper = ClockKeeper(store: store, rulebook: try shippedRules(), origin: "bench") {
      clock.next()
    }
    let clocks = try await measure { _ = try await keeper.updateAll() }
    row("clocks of the \(incidents) incidents", "\(seconds(clocks)) s")
    try store.close()
    try FileManager.default.moveItem(atPath: draft, toPath: path)
    return path
  }

  /// What the dashboard asks, on a store with many incidents.
  private func questions(_ path: String) async throws {
    var store: SQLiteStore?
    var openings: [Duration] = []
    for _ in 0..<9 {
      try store?.close()
      openings.append(try measure { store = try SQLiteStore(path: path) })
    }
    guard let store else { return }
    row("opening the store", milliseconds(openings.median))
    let now = Instant(seconds: 1_779_108_000)
    row(
      "overview",
      milliseconds(try await repeated(21) { _ = try await store.answer(OverviewNumbers(now: now)) })
    )
    var total = 0
    let window = RowWindow(start: 0, count: 50)
    row(
      "first 50 incidents",
      milliseconds(
        try await repeated(21) {
          total = try await store.answer(IncidentList(window: window)).total
        }
      )
    )
    let end = RowWindow(start: total - 50, count: 50)
    row(
      "last 50 of \(total)",
      milliseconds(try await repeated(21) { _ = try await store.answer(IncidentList(window: end)) })
    )
    let reading = TimeReading(now: now, zone: .utc)
    for text in ["severity:high", "is:open severity:critical", "affected>=900", "number 4711"] {
      let filter = try Filter(parsing: text, reading)
      var count = 0
      let time = try await repeated(5) {
        count = try await store.answer(IncidentList(filter: filter, window: window)).total
      }
      row("first 50 and count of \(text): \(count)", milliseconds(time))
    }
    for words in ["warehouse 4711", "stag"] {
      var hits = 0
      let time = try await repeated(5) {
        hits = try await store.answer(Search(words, window: window)).total
      }
      row("search for \(words): \(hits) hits", milliseconds(time))
    }
    row(
      "newest 50 of the journal",
      milliseconds(
        try await repeated(21) { _ = try await store.answer(JournalWindow(.init(), window)) }
      )
    )
    try store.close()
  }

  /// How long the whole journal takes to be recomputed.
  private func verification(_ path: String) throws {
    var report: VerificationReport?
    let time = try measure { report = try JournalVerifier.verify(path: path) }
    guard let report else { return }
    row(
      "verifying \(report.entries) journal entries\(report.isSound ? "" : ": ALTERED")",
      "\(seconds(time)) s"
    )
  }

  /// What whole processes take, start and end included.
  private func processes(_ path: String) throws {
    for (name, arguments) in [
      ("tocsin --version", ["--version"]),
      ("tocsin incident list --count", ["incident", "list", "--count", "--store", path]),
      ("tocsin overview", ["overview", "--store", path]),
    ] {
      let times = try (0..<9).map { _ in try measure { try Shell.run(binary, arguments) } }
      row(name, milliseconds(times.median))
    }
    let peak = try Shell.peak(binary, ["incident", "list", "--json", "--store", path])
    row("peak memory of listing all as JSON", "\(peak / 1024) MB")
  }
}
