import Model
import Storage

/// Figures of the clocks in the record; printed as `name value unit`.
///
///     storage-probe clocks PATH INCIDENTS DUTIES
///
/// Fills a new store with open incidents of so many duties each, then asks what the screen and the
/// keeper of the clocks ask.
enum ClockBench {
  static func run(_ path: String, incidents: Int, duties: Int) async throws {
    let store = try SQLiteStore(path: path)
    for start in stride(from: 0, to: incidents, by: 1000) {
      try await store.apply(
        (start..<min(start + 1000, incidents)).map {
          OpenIncident(facts: IncidentFacts(title: "Leak number \($0)", summary: "What is known."))
        },
        origin: "bench"
      )
    }
    try await record(store, incidents, duties, "clocks recorded", basis: "a", shift: 0)
    try await record(store, incidents, duties, "clocks unchanged", basis: "b", shift: 0)
    try await record(store, incidents / 10, duties, "clocks altered", basis: "b", shift: 1)

    let total = incidents * duties
    for (name, start) in [("first", 0), ("middle", total / 2), ("last", total - 24)] {
      try await time("clock list, \(name) page") {
        let window = RowWindow(start: start, count: 24)
        return try await store.answer(ClockList(window: window)).total
      }
    }
    try await time("clock list, dated") {
      let window = RowWindow(start: 0, count: 24)
      return try await store.answer(ClockList(window: window, withoutDate: false)).total
    }
    for text in ["authority 3", "number 77", "nowhere"] {
      try await time("clock list, \(text)") {
        let window = RowWindow(start: 0, count: 24)
        return try await store.answer(ClockList(window: window, text: text)).total
      }
    }
    try await time("clocks of an incident") {
      try await store.answer(IncidentObligations(incident: 7)).count
    }
    for basis in ["", "b", "c"] {
      try await time("stale on \"\(basis)\"") {
        try await store.answer(StaleClocks(basis: basis, limit: 100)).total
      }
    }
    try await time("inputs of an incident") {
      try await store.answer(ObligationInputs(incident: 7, basis: "b")).isCurrent ? 1 : 0
    }
    try await time("reminders sent") { try await store.answer(SentReminders()).count }
    try store.close()
  }

  private static func record(
    _ store: SQLiteStore,
    _ incidents: Int,
    _ duties: Int,
    _ name: String,
    basis: String,
    shift: Int64
  ) async throws {
    var spent = 0.0
    for start in stride(from: 0, to: incidents, by: 100) {
      let batch = (start..<min(start + 100, incidents)).map { number in
        RecordObligations(
          incident: RecordID(number + 1),
          incidentVersion: 1,
          sent: [:],
          basis: basis,
          cause: "rule edited",
          obligations: (0..<duties).map { obligation(number, $0, shift: shift) }
        )
      }
      let began = seconds()
      try await store.apply(batch, origin: "bench")
      spent += seconds() - began
    }
    figure("\(name), \(incidents) incidents", spent, "s")
  }

  private static func obligation(_ incident: Int, _ duty: Int, shift: Int64) -> Obligation {
    let due = Instant(
      seconds: 1_790_000_000 + Int64(incident * 37 % 5000) * 60 + Int64(duty) * 3600 + shift
    )
    let deadline = Obligation.Deadline(
      due: due,
      latest: due,
      provisional: false,
      clockStart: "events.aware_at"
    )
    return Obligation(
      id: "BENCH-\(duty)",
      jurisdiction: "EU",
      recipient: "Authority \(duty)",
      law: "Regulation (EU) 2016/679, art. 33(1)",
      state: duty % 5 == 4
        ? .noFixedDeadline(clockStart: "events.aware_at", provisional: false) : .due(deadline),
      because: ["affected EU-DE = 900", "risk = high", "personal data: yes"],
      confidence: .high,
      reckoning: nil,
      version: 1
    )
  }

  /// The median of several rounds.
  private static func time(_ name: String, _ body: () async throws -> Int) async throws {
    var rounds: [Double] = []
    var count = 0
    for _ in 0..<9 {
      let start = seconds()
      count = try await body()
      rounds.append((seconds() - start) * 1000)
    }
    rounds.sort()
    figure("\(name) (\(count))", rounds[4], "ms")
  }
}
