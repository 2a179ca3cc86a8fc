internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin framework list`.
struct ListFrameworks: HeadlessCommand {
  static let origin = "framework list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the frameworks of the record, and those that Tocsin ships.",
    discussion: """
      With --json and --csv only those of the record are listed; --shipped lists only the others.
      """
  )

  @Flag(help: "Only those that Tocsin ships and that are not in the record.")
  var shipped = false

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  /// The members that are columns of CSV.
  private static let columns = [
    "id", "name", "version", "language", "nodes", "assessable",
  ]

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let rows = try await store.answer(FrameworkList())
    if format.json, !shipped {
      try session.out.json(.array(rows.map { JSON(framework: $0) }))
      return .done
    }
    if format.csv, !shipped {
      try session.out.csv(rows.map { JSON(framework: $0) }, Self.columns)
      return .done
    }
    let known = Set(rows.map { "\($0.identifier)@\($0.edition)" })
    let available = try session.shippedFrameworks().filter {
      !known.contains("\($0.framework.identifier)@\($0.framework.version)")
    }
    let objects = available.map { name, framework -> JSON in
      .members([
        "file": .string(name), "id": .string(framework.identifier),
        "name": .string(framework.texts.name), "version": .string(framework.version),
        "language": .string(framework.language),
        "nodes": .count(framework.requirements.count),
        "assessable": .count(framework.assessable),
      ])
    }
    if format.json {
      try session.out.json(.array(objects))
      return .done
    }
    if format.csv {
      try session.out.csv(objects, ["file"] + Self.columns)
      return .done
    }
    if !shipped { try list(rows, session) }
    try list(available, session)
    return .done
  }

  private func list(_ rows: [FrameworkRow], _ session: Session) throws {
    guard !rows.isEmpty else {
      session.out.note("There is no framework in the record yet.")
      return
    }
    let cells = rows.map { row in
      [
        Words(row.identifier), Words(row.edition), Words(row.language), "\(row.nodes)",
        "\(row.assessable)", Words(row.name),
      ]
    }
    let table = Table(
      titles: ["framework", "version", "language", "lines", "to answer", "name"],
      rows: cells,
      right: [3, 4]
    )
    for line in table.lines(cells) { try session.out.line(line) }
  }

  private func list(
    _ available: [(name: String, framework: Framework)],
    _ session: Session
  ) throws {
    guard !available.isEmpty else { return }
    let cells = available.map { name, framework in
      [
        Words(name), Words(framework.version), Words(framework.language),
        "\(framework.requirements.count)", "\(framework.assessable)", Words(framework.texts.name),
      ]
    }
    let table = Table(
      titles: ["available", "version", "language", "lines", "to answer", "name"],
      rows: cells,
      right: [3, 4]
    )
    if !shipped { try session.out.line("") }
    for line in table.lines(cells) { try session.out.line(line) }
    session.out.note("Bring one into the record with: tocsin import framework NAME")
  }
}

extension JSON {
  /// A framework as `framework list` gives it.
  init(framework row: FrameworkRow) {
    self = .members([
      "id": .string(row.identifier), "name": .string(row.name), "version": .string(row.edition),
      "language": .string(row.language), "nodes": .count(row.nodes),
      "assessable": .count(row.assessable),
    ])
  }
}
