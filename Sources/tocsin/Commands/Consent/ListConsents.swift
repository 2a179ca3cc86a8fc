internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin consent list`.
struct ListConsents: HeadlessCommand {
  static let origin = "consent list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List consent records of a purpose, subjects masked; what each person said last.",
    discussion: """
      Filters: state:given,withdrawn,expired, version:LABEL, channel:WORD (none for neither), is:stale; \
      standing:all lists what was said before too. The number that pass is exact, from running tallies.
      """
  )

  @Argument(help: "The purpose: short name or reference.") var purpose: String
  @Option(parsing: .upToNextOption, help: "Only what passes, several words for all of them.")
  var filter: [String] = []
  @Option(help: "From this number on, or first, or last.") var from = "first"
  @Option(help: "At most so many.") var limit = 50
  @OptionGroup var revealing: RevealOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard (0...1000).contains(limit) else { throw ValidationError("--limit is 0 to 1000.") }
    guard from == "first" || from == "last" || Int64(from).map({ $0 > 0 }) == true else {
      throw ValidationError("--from is first, last, or a number from 1.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let row = try await session.purpose(purpose, in: store)
    let place: LedgerPage.Place =
      switch from {
      case "first": .first
      case "last": .last
      default: .after((Int64(from) ?? 1) - 1)
      }
    let page = try await store.answer(
      ConsentPage(
        purpose: row.purpose.id,
        filter: try session.consents(filter),
        place: place,
        count: limit
      )
    )
    let records = try await revealing.revealed(page.rows, store, session)
    if format.json {
      try session.out.json(
        .members([
          "total": .count(page.total),
          "consents": .array(records.map { .consent($0, of: row) }),
        ])
      )
      return .done
    }
    if !records.isEmpty {
      for line in ConsentLines.lines(records.map { ($0, row) }) { try session.out.row(line) }
    }
    if page.total > records.count { session.out.note("\(records.count) of \(page.total)") }
    return .done
  }
}

/// The command `tocsin consent show`.
struct ShowConsent: HeadlessCommand {
  static let origin = "consent show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what one person agreed to, when, and to which text.",
    discussion: """
      With - the reference is read from standard input, so that it stands in no list of processes. \
      With --texts the text of each version stands behind. Exit status 1 where nobody is found.
      """
  )

  @Argument(help: "The whole reference of the person, or -.") var reference: String
  @Option(help: "Only this purpose: short name or reference.") var purpose: String?
  @Flag(help: "Show the text of each version too.") var texts = false
  @OptionGroup var revealing: RevealOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let rows = try await store.answer(ConsentBoard())
    var id: RecordID?
    if let purpose { id = try await session.purpose(purpose, in: store).purpose.id }
    let found = try await store.answer(
      FindConsents(purpose: id, reference: try session.person(reference))
    )
    let shown = try await revealing.revealed(found, store, session)
    let pairs = shown.compactMap { record in
      rows.first { $0.purpose.id == record.purpose }.map { (record: record, row: $0) }
    }
    let versions = pairs.reduce(into: [(ConsentVersion, PurposeRow)]()) { versions, pair in
      guard let version = pair.row.version(pair.record.version),
        !versions.contains(where: { $0.0.id == version.id })
      else { return }
      versions.append((version, pair.row))
    }
    if format.json {
      try session.out.json(
        .members([
          "total": .count(pairs.count),
          "consents": .array(pairs.map { .consent($0.record, of: $0.row) }),
          "versions": .array(versions.map { .version($0, of: $1, isWhole: true) }),
        ])
      )
      return pairs.isEmpty ? .failed : .done
    }
    guard !pairs.isEmpty else {
      session.out.note("nobody of that reference has said anything")
      return .failed
    }
    for line in ConsentLines.lines(pairs) { try session.out.line(line) }
    for (version, row) in versions {
      let facts = version.facts
      let flaw: Words = facts.flaw.map { "; no longer right: \($0.label)" } ?? ""
      try session.out.line("")
      try session.out.line(
        "\(row.purpose.facts.slug) \(facts.label)  SHA-256 \(facts.digest)\(flaw)"
      )
      guard texts else { continue }
      for line in Words.lines(facts.text) { try session.out.line("  \(line)") }
    }
    return .done
  }
}

/// The command `tocsin consent stale`.
struct StaleConsents: HeadlessCommand {
  static let origin = "consent stale"
  static let configuration = CommandConfiguration(
    commandName: "stale",
    abstract: "Count consents that rest on a version that is no longer right.",
    discussion: """
      Who they are: tocsin consent list PURPOSE --filter is:stale, or tocsin consent export --filter \
      is:stale.
      """
  )

  @Flag(help: "Exit status 2 where there is any.") var check = false
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let rows = try await store.answer(ConsentBoard())
    let versions = rows.flatMap { row in
      row.versions.filter { $0.facts.flaw != nil }.map { (version: $0, row: row) }
    }
    let total = rows.reduce(0) { $0 + $1.stale }
    let status: ExitStatus = check && total > 0 ? .found : .done
    let objects = versions.map { JSON.version($0.version, of: $0.row, isWhole: false) }
    if format.csv {
      try session.out.csv(
        objects,
        ["purpose", "label", "no_longer_right", "because", "given", "withdrawn", "expired"]
      )
      return status
    }
    if format.json {
      try session.out.json(.members(["stale": .count(total), "versions": .array(objects)]))
      return status
    }
    guard !versions.isEmpty else {
      session.out.note("Every version stands as it was read.")
      return .done
    }
    let lines: [[Words]] = versions.map { version, row in
      let facts = version.facts
      let filter = ConsentFilter(states: [.given], versions: [facts.label.lowercased()])
      return [
        "\(row.purpose.facts.slug)", "\(facts.label)", "\(row.count(filter))",
        "\(facts.flaw?.label ?? "")", "\(facts.flawNote)",
      ]
    }
    let titles: [Words] = ["PURPOSE", "VERSION", "CONSENTS", "NO LONGER RIGHT", "BECAUSE"]
    for line in Table(titles: titles, rows: lines, right: [2]).lines(lines) {
      try session.out.line(line)
    }
    return status
  }
}
