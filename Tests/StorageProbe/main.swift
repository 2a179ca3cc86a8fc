import Exchange
import Glibc
import Model
import Storage
import TestSupport

/// Writes to a store and says on standard output what is durable, line by line, unbuffered.
///
///     storage-probe write PATH COUNT [TAG]   opens COUNT incidents; one line per acknowledged one
///     storage-probe note PATH ID COUNT TAG   puts COUNT notes on an incident, in single changes
///     storage-probe read PATH SECONDS        asks for lists until the time is up
///     storage-probe hold PATH SECONDS        opens the store and does nothing
///     storage-probe bench PATH N ENTRIES     fills a new store and prints figures
///     storage-probe people PATH COUNT BATCH  brings COUNT recipients into mailing 1, BATCH at a time
///     storage-probe batch PATH FOLDER        exports mailing 1 for post into a folder
///     storage-probe clocks PATH N DUTIES     the same with N incidents that have clocks
func say(_ line: String) {
  var bytes = Array((line + "\n").utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
    guard count > 0 else { exit(3) }
    bytes = bytes.dropFirst(count)
  }
}

/// A text by language.
struct ProbeText: BatchTexts {
  let edition: RecordID? = nil
  let fields: Set<RecipientField> = [.offer]

  func text(for recipient: Recipient, over channel: MailingChannel) -> String? {
    "E1/T\(recipient.language == "de" ? 1 : 2).1"
  }
}

func run() async throws {
  let words = CommandLine.arguments.dropFirst()
  guard let verb = words.first, words.count >= 3 else { exit(64) }
  let arguments = Array(words.dropFirst())
  if verb == "bench" {
    return try await Bench.run(
      arguments[0],
      incidents: Int(arguments[1]) ?? 0,
      entries: Int(arguments.last ?? "") ?? 0
    )
  }
  if verb == "clocks" {
    return try await ClockBench.run(
      arguments[0],
      incidents: Int(arguments[1]) ?? 0,
      duties: Int(arguments.last ?? "") ?? 0
    )
  }
  let store = try SQLiteStore(path: arguments[0], options: .init(isReadOnly: verb == "read"))
  switch verb {
  case "write":
    let tag = arguments.count > 2 ? arguments[2] : "probe"
    for number in 0..<(Int(arguments[1]) ?? 0) {
      let facts = IncidentFacts(title: "\(tag) \(number)", summary: "written by the probe")
      let receipt = try await store.apply(OpenIncident(facts: facts), origin: "probe")
      say("\(receipt.entry) \(receipt.reference)")
    }
  case "note":
    guard arguments.count > 3, let id = Int64(arguments[1]) else { exit(64) }
    for number in 0..<(Int(arguments[2]) ?? 0) {
      let facts = TimelineFacts(happened: nil, text: "\(arguments[3]) \(number)")
      let receipt = try await store.apply(
        AddTimelineEntry(incident: id, facts: facts),
        origin: "probe"
      )
      say("\(receipt.entry)")
    }
  case "people":
    guard arguments.count > 2, let count = Int(arguments[1]) else { exit(64) }
    let summary = try await store.perform(
      RecipientIntake(
        into: 1,
        from: MadeUpRecipients(count: count),
        batch: Int(arguments[2]) ?? 1000
      ),
      origin: "probe"
    ) { progress in
      if progress.stage == .writing { say("\(progress.done)") }
      return true
    }
    say("created \(summary.created)")
  case "batch":
    let outcome = try await store.perform(
      BatchExport(
        of: 1,
        over: .post,
        reason: "the probe",
        writesTexts: true,
        texts: ProbeText(),
        into: BatchFolder(arguments[1]) { "the text \($0)\n" }
      ),
      origin: "probe"
    ) { progress in
      say("\(progress.stage) \(progress.done)")
      return true
    }
    say("batch \(outcome.batch.number) \(outcome.batch.count)")
  case "read":
    let end = seconds() + (Double(arguments[1]) ?? 1)
    var count = 0
    while seconds() < end {
      _ = try await store.answer(IncidentList(window: RowWindow(start: 0, count: 50)))
      count += 1
    }
    say("\(count)")
  case "hold":
    say("open")
    try await Task.sleep(for: .seconds(Double(arguments[1]) ?? 1))
  default: exit(64)
  }
  try store.close()
}

/// Prints a figure.
func figure(_ name: String, _ value: Double, _ unit: String) {
  say("\(name): \((value * 100).rounded() / 100) \(unit)")
}

/// Seconds of the clock that nobody sets.
func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Seconds of processor time that this process has used.
func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Writes to standard error.
func fail(_ text: String) {
  let bytes = Array(text.utf8)
  _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
}

do {
  try await run()
} catch {
  fail("storage-probe: \(error)\n")
  exit(1)
}
