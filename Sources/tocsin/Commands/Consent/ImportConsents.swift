internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin consent import`.
struct ImportConsents: HeadlessCommand {
  static let origin = "consent import"
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring consents and withdrawals in from a CSV file of any length.",
    discussion: """
      Columns by their names, in any order: reference (or id, email), purpose, state (given, \
      withdrawn, expired; yes, no, opt-in, opt-out ...), at, zone, channel, version, source. Options \
      stand for columns that are not there. A list of those who unsubscribed: --state withdrawn. \
      A file with rows that cannot be read brings in none, unless --skip-bad. What is in the record \
      already is left out: an import that broke off is gone on with by giving the same file again.
      """
  )

  @Argument(help: "A CSV file, or - for standard input.", completion: .file()) var file: String
  @Option(
    help: ArgumentHelp(
      "Which column means what; may be given more than once.",
      valueName: "field=column"
    )
  )
  var map: [String] = []
  @Option(help: "The purpose of rows that name none.") var purpose: String?
  @Option(help: "What rows say that do not say it: given, withdrawn, expired.") var state:
    ConsentState?
  @Option(help: "The channel of rows that name none.") var channel = ""
  @Option(help: "The version of rows that name none.") var version = ""
  @Option(help: "Where rows come from that do not say it.") var source = ""
  @Option(help: "The zone of times without one; the organisation's, if not given.") var zone:
    String?
  @Flag(help: "Bring in the good rows of a file that has bad ones.") var skipBad = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let rows = try await store.answer(ConsentBoard())
    guard !rows.isEmpty else {
      throw Refusal(
        "there is no purpose that anybody could consent to",
        advice: "write one down: tocsin consent purpose add"
      )
    }
    let usual = try await session.organisationZone(in: store)
    guard let zone = zone.map({ Zone($0) }) ?? usual else {
      throw Refusal("--zone: not a zone that this host knows", status: .usage)
    }
    let columns = ConsentColumns(
      named: try session.columns(map, ConsentColumns.Meaning.self),
      purpose: try await slug(session, store),
      state: state?.rawValue,
      channel: channel,
      version: version,
      source: source
    )
    let summary = try await session.take(file, .init(taking: "writing"), into: store) {
      input,
      spool in
      let reader = try ConsentReader(
        input,
        columns: columns,
        catalogue: ConsentCatalogue(rows),
        TimeReading(now: session.now, zone: zone),
        spool: spool
      )
      return ConsentIntake(
        from: reader,
        skipsBad: skipBad,
        expecting: reader.expected ?? 1 << 22
      )
    }
    if format.json {
      try session.out.json(json(summary, rows))
    } else {
      try tell(summary, rows, session.out)
    }
    return summary.refusedCount == 0 || skipBad ? .done : .failed
  }

  private func slug(_ session: Session, _ store: any Store) async throws -> String? {
    guard let purpose else { return nil }
    return try await session.purpose(purpose, in: store).purpose.facts.slug
  }

  private func tell(_ summary: ConsentImport, _ rows: [PurposeRow], _ out: Output) throws {
    try out.line(
      """
      created \(summary.created), repeated \(summary.repeated), overtaken \(summary.superseded), \
      refused \(summary.refusedCount)
      """
    )
    for row in rows {
      guard let states = summary.added[row.purpose.id] else { continue }
      let parts = ConsentState.allCases.compactMap { state in
        states[state].map { "\($0) \(state.rawValue)" }
      }
      try out.line("\(row.purpose.facts.slug): \(parts.joined(separator: ", "))")
    }
    for duplicate in summary.duplicates.prefix(20) {
      let earlier: Words =
        duplicate.earlier.map { "line \($0) says" } ?? "the record says"
      out.note("repeated: line \(duplicate.line): \(earlier) the same; left out")
    }
    out.tell(
      refused: summary.refused,
      summary.refusedCount,
      isCutOff: summary.isCutOff,
      of: file,
      skipsBad: skipBad,
      "No record was brought in"
    )
  }

  private func json(_ summary: ConsentImport, _ rows: [PurposeRow]) -> JSON {
    var added = JSONObject()
    for row in rows {
      guard let states = summary.added[row.purpose.id] else { continue }
      var object = JSONObject()
      for state in ConsentState.allCases {
        object[state.rawValue] = .count(states[state] ?? 0)
      }
      added[row.purpose.facts.slug] = .object(object)
    }
    return .members([
      "created": .count(summary.created), "repeated": .count(summary.repeated),
      "overtaken": .count(summary.superseded), "added": .object(added),
      "duplicates": .array(
        summary.duplicates.map { duplicate in
          .members([
            "line": .count(duplicate.line),
            "earlier_line": duplicate.earlier.map { .count($0) } ?? .null,
          ])
        }
      ),
      "refused_total": .count(summary.refusedCount),
      "refused": .array(
        summary.refused.map { refusal in
          .members([
            "file": .string(file), "at": .string(refusal.at), "reason": .string(refusal.reason),
          ])
        }
      ),
    ])
  }
}
