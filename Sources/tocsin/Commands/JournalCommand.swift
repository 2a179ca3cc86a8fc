internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin journal`.
struct JournalCommand: HeadlessCommand {
  static let origin = "journal"
  static let configuration = CommandConfiguration(
    commandName: "journal",
    abstract: "List what was done, by whom and when, newest first."
  )

  @Option(help: "Only what was done to this incident and to what belongs to it.")
  var incident: String?

  @Option(help: "Only what this account did.")
  var actor: String?

  @Option(help: "Only actions that begin so, such as incident or task.add.")
  var action: String?

  @Option(help: "Only at or after this time.")
  var since: String?

  @Option(help: "Only before this time.")
  var until: String?

  @Option(help: "Only entries after this one.")
  var after: JournalSequence?

  @Option(help: "At most so many.")
  var limit: Int?

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard limit ?? 0 >= 0 else { throw ValidationError("--limit counts from 0.") }
  }

  /// The members that are columns of CSV.
  private static let columns = [
    "sequence", "at", "actor.name", "origin", "action", "subject.kind", "subject.id",
    "reference", "version", "undoes", "headline", "details", "exercise", "commitment",
  ]

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    var filter = JournalFilter(actor: actor, action: action, after: after)
    if let incident {
      filter.subject = Subject(.incident, try await session.incident(incident, in: store).id)
    }
    filter.since = try since.map(session.time)?.earliest
    filter.until = try until.map(session.time)?.earliest
    var (count, last) = (0, JournalSequence.max)
    var table = Table([
      .init(title: "ENTRY", width: 7, isRight: true), .init(title: "AT (UTC)", width: 19),
      .init(title: "BY", width: 10), .init(title: "FROM", width: 14),
      .init(title: "RECORD", width: 13), .init(title: "WHAT", width: 0),
    ])
    // What is written meanwhile pushes rows down into the next window: they are not told twice.
    while count < limit ?? .max {
      let window = RowWindow(start: count, count: min(1000, (limit ?? .max) - count))
      let lines = try await store.answer(JournalWindow(filter, window)).rows
        .filter { $0.entry.sequence < last }
      try print(lines, &table, isFirst: count == 0, session.out)
      guard let final = lines.last else { break }
      (count, last) = (count + lines.count, final.entry.sequence)
    }
    if format.csv {
      if count == 0 { try session.out.document(JSONTable(Self.columns).header) }
    } else if format.json {
      try session.out.bytes((count == 0 ? "[]\n" : "\n]\n").utf8)
    } else if count == 0 {
      session.out.note("The journal has no such entries.")
    }
    return .done
  }

  /// Prints a stretch of the journal; of a long one the columns grow with what is read.
  private func print(
    _ lines: [JournalLine],
    _ table: inout Table,
    isFirst: Bool,
    _ out: Output
  ) throws {
    guard !format.csv else {
      let table = JSONTable(Self.columns)
      if isFirst, !lines.isEmpty { try out.document(table.header) }
      for line in lines { try out.document(table.row(json(line))) }
      return
    }
    guard !format.json else {
      for (index, line) in lines.enumerated() {
        try out.bytes("\(isFirst && index == 0 ? "[\n" : ",\n")\(json(line).written())".utf8)
      }
      return
    }
    let rows = lines.map(cells)
    table.widen(for: rows)
    if isFirst, !rows.isEmpty { try out.line(table.header) }
    for row in rows { try out.line(table.row(row)) }
  }

  private func cells(_ line: JournalLine) -> [Words] {
    let entry = line.entry
    let at = CivilTime(entry.at)
    let undone: Words = entry.undoes.map { "undid \($0): " } ?? ""
    let what = line.headline.isEmpty ? entry.action : line.headline
    return [
      "\(entry.sequence)", "\(at.isoDate) \(at.isoTime)", "\(entry.actor.name)",
      "\(entry.origin)", line.reference.isEmpty ? "-" : "\(line.reference)",
      line.isExercise ? "\(Exercise.sign) \(undone)\(what)" : "\(undone)\(what)",
    ]
  }

  private func json(_ line: JournalLine) -> JSON {
    let entry = line.entry
    var claims = JSONObject()
    for (key, value) in entry.actor.claims.sorted(by: { $0.key < $1.key }) {
      claims[key] = .string(value)
    }
    return .members([
      "sequence": .integer(entry.sequence), "at": .instant(entry.at),
      "boot": .string(entry.boot), "boot_clock_ms": .integer(entry.bootClock),
      "actor": .members([
        "uid": .integer(Int64(entry.actor.uid)), "name": .string(entry.actor.name),
        "claims": .object(claims),
      ]),
      "origin": .string(entry.origin), "action": .string(entry.action),
      "subject": .members([
        "kind": .string(entry.subject.kind.rawValue), "id": .integer(entry.subject.id),
      ]),
      "reference": .string(line.reference), "exercise": .bool(line.isExercise),
      "version": .integer(entry.version),
      "undoes": .number(entry.undoes), "headline": .string(line.headline),
      "details": .texts(line.details), "reversible": .bool(line.isReversible),
      "commitment": .string(entry.commitment.hexadecimal),
      "previous": .string(entry.previous.hexadecimal),
    ])
  }
}

extension Sequence<UInt8> {
  /// The bytes in lower-case hexadecimal.
  var hexadecimal: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
