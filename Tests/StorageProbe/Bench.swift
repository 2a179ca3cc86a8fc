import Model
import Storage

/// Figures of the record that need no screen; printed as `name value unit`.
///
///     storage-probe bench PATH INCIDENTS ENTRIES
///
/// Fills a new store with incidents in one import and with journal entries up to a number, and
/// measures both, then lists, jumps, overview, search and verification.
enum Bench {
  static func run(_ path: String, incidents: Int, entries: Int) async throws {
    let store = try SQLiteStore(path: path)
    try await fill(store, incidents: incidents)
    try await ask(store, incidents: incidents)
    try await grow(store, entries: entries)
    let start = seconds()
    let report = try JournalVerifier.verify(path: path)
    figure("verify", Double(report.entries) / (seconds() - start), "entries/s")
    figure("verify \(report.entries)", seconds() - start, "s")
    figure("sound", report.isSound ? 1 : 0, "")
    try await ask(store, incidents: incidents)
    let closing = seconds()
    try store.close()
    figure("close", (seconds() - closing) * 1000, "ms")
    let opening = seconds()
    let again = try SQLiteStore(path: path)
    figure("open", (seconds() - opening) * 1000, "ms")
    let first = seconds()
    _ = try await again.answer(IncidentList(window: RowWindow(start: 0, count: 24)))
    figure("first page", (seconds() - first) * 1000, "ms")
    try again.close()
  }

  private static func fill(_ store: SQLiteStore, incidents: Int) async throws {
    let document = String(repeating: "{\"plus\": {\"analyst\": \"x\"}}, ", count: 100)
    var done = 0
    var (spent, burnt) = (0.0, 0.0)
    while done < incidents {
      let batch = (done..<min(incidents, done + 4297)).map { number in
        change(number, document: document)
      }
      let (start, cpu) = (seconds(), cpuSeconds())
      try await store.apply(batch, origin: "bench")
      spent += seconds() - start
      burnt += cpuSeconds() - cpu
      if done == 0 {
        figure("import of \(batch.count)", Double(batch.count) / spent, "incidents/s")
      }
      done += batch.count
    }
    figure("import of \(incidents)", Double(incidents) / spent, "incidents/s")
    figure("import of \(incidents), cpu", Double(incidents) / burnt, "incidents/s")
  }

  private static func change(_ number: Int, document: String) -> OpenIncident {
    let words = ["laptop", "mail", "server", "clinic", "bank", "password", "theft", "portal"]
    let facts = IncidentFacts(
      title: "\(words[number % 8]) incident number \(number)",
      summary: (0..<40).map { words[(number &* 31 &+ $0 &* 17) % 8] }.joined(separator: " "),
      severity: [.low, .medium, .high, .critical, nil][number % 5],
      outcome: .confirmedBreach,
      actions: [.hacking, .malware],
      roles: [.lead: "Ana"],
      instants: [.occurred: StatedTime(Instant(seconds: Int64(1_500_000_000 + number * 60)))],
      affected: [AffectedPeople(jurisdiction: "US-CA", count: Int64(number))],
      data: DataExposure(categories: ["email", "health"], disclosure: .yes),
      assets: ["S - Web application"],
      tags: ["veris", "y\(2000 + number % 25)"]
    )
    return OpenIncident(
      facts: facts,
      state: IncidentState.allCases[number % 8],
      source: ImportSource(
        format: "bench",
        externalID: "\(number)",
        digest: "\(number)",
        document: document
      ),
      openedAt: Instant(seconds: Int64(1_700_000_000 + number * 60)),
      timeline: [TimelineFacts(happened: nil, text: "what was known")]
    )
  }

  private static func grow(_ store: SQLiteStore, entries: Int) async throws {
    var head = try await store.answer(JournalHead()).sequence
    let start = seconds()
    let first = head
    while head < Int64(entries) {
      let count = min(10_000, Int64(entries) - head)
      let changes = (0..<count).map { number in
        SaveFilter(filterName: "f\(number % 7)", text: "is:open \(head + number)")
      }
      try await store.apply(changes, origin: "bench")
      head += count
    }
    if head > first {
      figure("journal", Double(head - first) / (seconds() - start), "entries/s")
    }
  }

  private static func ask(_ store: SQLiteStore, incidents: Int) async throws {
    let orders: [IncidentOrder] = [
      .standard, .init(.title, descending: false), .init(.severity, descending: true),
      .init(.aware, descending: true),
    ]
    for order in orders {
      for (name, start) in [
        ("top", 0), ("quarter", incidents / 4), ("middle", incidents / 2),
        ("end", incidents - 50),
      ] {
        try await time("list by \(order.column) \(name)") {
          _ = try await store.answer(
            IncidentList(order: order, window: RowWindow(start: start, count: 50))
          )
        }
      }
      try await time("position by \(order.column)") {
        _ = try await store.answer(
          IncidentPosition(id: Int64(incidents / 2), filter: Filter(), order: order)
        )
      }
    }
    let filters: [(String, Filter.Test)] = [
      ("contains", .contains("theft incident")), ("state", .field(.state, "triage")),
      ("open", .field(.is, "open")), ("tag", .field(.tag, "y2003")),
    ]
    for (name, test) in filters {
      try await time("filter \(name)") {
        _ = try await store.answer(
          IncidentList(
            filter: Filter(terms: [.init(test)]),
            window: RowWindow(start: 0, count: 50)
          )
        )
      }
    }
    try await time("overview") {
      _ = try await store.answer(OverviewNumbers(now: Instant(seconds: 1_779_108_000)))
    }
    try await time("detail") { _ = try await store.answer(IncidentDetail(id: 7)) }
    try await time("journal newest") {
      _ = try await store.answer(JournalWindow(JournalFilter(), RowWindow(start: 0, count: 50)))
    }
    try await time("journal oldest") {
      _ = try await store.answer(
        JournalWindow(JournalFilter(), RowWindow(start: incidents - 50, count: 50))
      )
    }
    try await time("journal of one") {
      _ = try await store.answer(
        JournalWindow(
          JournalFilter(subject: Subject(.incident, 7)),
          RowWindow(start: 0, count: 50)
        )
      )
    }
    try await time("search rare") {
      _ = try await store.answer(Search("number 777", window: RowWindow(start: 0, count: 50)))
    }
    try await time("search common") {
      _ = try await store.answer(Search("theft", window: RowWindow(start: 0, count: 50)))
    }
    try await time("one change") {
      _ = try await store.apply(
        EditIncident(id: 7, basedOn: nil, edits: [.severity(.high)]),
        origin: "bench"
      )
    }
  }

  private static func time(_ name: String, _ body: () async throws -> Void) async throws {
    var times: [Double] = []
    for _ in 0..<7 {
      let start = seconds()
      try await body()
      times.append((seconds() - start) * 1000)
    }
    times.sort()
    figure(name, times[3], "ms (worst \((times[6] * 100).rounded() / 100))")
  }
}
