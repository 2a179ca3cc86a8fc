internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin statement list`.
struct ListStatements: HeadlessCommand {
  static let origin = "statement list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract:
      "List statements: what the public sees, what is being prepared, what is not true any more."
  )

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let rows = try await store.answer(StatementStates())
    if format.json {
      try session.out.json(
        .members(["total": .count(rows.count), "statements": .array(rows.map { .statement($0) })])
      )
      return .done
    }
    guard !rows.isEmpty else {
      session.out.note("There is no statement yet: tocsin statement create TITLE")
      return .done
    }
    let lines: [[Words]] = rows.map { row in
      [
        "\(row.statement.reference)", "\(row.state)",
        "\(row.published.map { "v\($0.number) of \($0.date.iso)" } ?? "-")",
        "\(row.unsupported == 0 ? "-" : String(row.unsupported))", "\(row.statement.facts.title)",
      ]
    }
    let titles: [Words] = ["STATEMENT", "STATE", "PUBLISHED", "UNSUPPORTED", "TITLE"]
    for line in Table(titles: titles, rows: lines, right: [3]).lines(lines) {
      try session.out.line(line)
    }
    return .done
  }
}

/// The command `tocsin statement status`.
struct StatementStatus: HeadlessCommand {
  static let origin = "statement status"
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Say whether the register still supports what is published, line by line.",
    discussion: """
      What is published is a frozen copy. What the register says now is worked out again and compared with \
      it. security.txt counts as well: within 30 days of its end it is told.
      """
  )

  @Flag(help: "Exit status 2 where something published is not supported, or runs out.")
  var check = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let rows = try await store.answer(StatementStates())
    var objects: [JSON] = []
    var isFound = false
    for row in rows {
      let details = try await store.answer(StatementDetails(id: row.id))
      let differences = details?.differences ?? []
      let isEnding = row.isSecurityEnding(at: session.now)
      isFound = isFound || row.isUnsupported || isEnding
      if format.json {
        var object = JSON.statement(row).object ?? JSONObject()
        object["differences"] = .array(differences.map { .difference($0) })
        objects.append(.object(object))
        continue
      }
      let seen: Words =
        row.published.map { "version \($0.number) of \($0.date.iso) is published" }
        ?? "nothing is published"
      try session.out.line("\(row.statement.reference)  \(row.state)  \(seen)")
      for line in StatementWords.differences(differences) { try session.out.line("  " + line) }
      if let ends = row.securityExpires {
        let words: Words =
          ends <= session.now ? "ran out" : isEnding ? "runs out soon" : "holds"
        try session.out.line("  security.txt \(words): \(ends.words)")
      }
    }
    if format.json {
      try session.out.json(
        .members(["total": .count(rows.count), "statements": .array(objects)])
      )
    } else if rows.isEmpty {
      session.out.note("There is no statement yet: tocsin statement create TITLE")
    }
    return check && isFound ? .found : .done
  }
}
