internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin statement show`.
struct ShowStatement: HeadlessCommand {
  static let origin = "statement show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a statement with its versions, corrections and history."
  )

  @Argument(help: "The statement, such as STM-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let details = try await session.statementDetails(reference, in: store)
    let (row, facts) = (details.row, details.row.statement.facts)
    if format.json {
      var object = JSON.statement(row).object ?? JSONObject()
      object["body"] = .string(facts.body)
      object["versions"] = .array(details.editions.map { .edition($0) })
      object["corrections"] = .array(facts.corrections.map { .correction($0) })
      object["differences"] = .array(details.differences.map { .difference($0) })
      object["draft"] = .draft(details.draft)
      try session.out.json(.object(object))
      return .done
    }
    let out = session.out
    let removed: Words = row.statement.isRemoved ? " (removed)" : ""
    try out.line("\(row.statement.reference)  \(facts.title)\(removed)")
    try out.line("state: \(row.state)")
    try out.line("language: \(facts.language)")
    if row.isUnsupported {
      try out.line("the register no longer supports \(row.unsupported) lines of what is published")
    }
    if row.additions > 0 { try out.line("it could say \(row.additions) lines more") }
    for line in Words.lines(facts.body) { try out.line("  | " + line) }
    if !details.editions.isEmpty {
      try out.line("")
      try out.line("Versions")
      for edition in details.editions {
        try out.line(StatementWords.edition(edition))
        if let end = edition.facts.end { try out.line("  \(end.at.words)  \(end.by)  \(end.note)") }
      }
    }
    if !facts.corrections.isEmpty {
      try out.line("")
      try out.line("Corrections")
      for correction in facts.corrections { try out.line("\(correction.text)") }
    }
    try out.line("")
    try out.line("History")
    for line in details.history {
      try out.line("\(line.entry.at.words)  \(line.entry.actor.name)  \(line.headline)")
    }
    return .done
  }
}

/// The command `tocsin statement preview`.
struct PreviewStatement: HeadlessCommand {
  static let origin = "statement preview"
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Show what would be published, its digest, and all that is left out.",
    discussion: "Exit status 2 where something stands against putting it up."
  )

  @Argument(help: "The statement, such as STM-0001.") var reference: String
  @Option(help: "The day as of which it is; today without it.") var date: String?
  @Flag(help: "Only the text, as Markdown.") var markdown = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let details = try await session.statementDetails(reference, date: date, in: store)
    let draft = details.draft
    let status: ExitStatus = draft.problems.isEmpty ? .done : .found
    if format.json {
      try session.out.json(.draft(draft))
      return status
    }
    for line in StatementWords.text(draft.content) { try session.out.line(line) }
    guard !markdown else { return status }
    try session.show(draft)
    return status
  }
}

extension Session {
  /// Shows what belongs to a statement beside its text: what is left out, and the digest.
  func show(_ draft: StatementWriter.Outcome) throws {
    if !draft.omissions.isEmpty {
      try out.line("Left out")
      for line in StatementWords.omissions(draft.omissions) { try out.line("  " + line) }
    }
    if !draft.problems.isEmpty {
      try out.line("Stands against it")
      for problem in draft.problems { try out.line("  \(problem)") }
    }
    try out.line("day: \(draft.content.date.iso)")
    try out.line("digest: \(draft.content.digest)")
  }
}

/// The command `tocsin statement diff`.
struct DiffStatement: HeadlessCommand {
  static let origin = "statement diff"
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show where what is published and what the register says now differ, by line.",
    discussion:
      "Exit status 2 with --check where a line is not true any more; more to say is no fault."
  )

  @Argument(help: "The statement, such as STM-0001.") var reference: String
  @Flag(help: "Exit status 2 where a line is not true any more.") var check = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let details = try await session.statementDetails(reference, in: store)
    guard details.row.published != nil else {
      throw Refusal("nothing of \(details.row.statement.reference) is published")
    }
    if format.json {
      try session.out.json(
        .members([
          "total": .count(details.differences.count),
          "differences": .array(details.differences.map { .difference($0) }),
        ])
      )
    } else if details.differences.isEmpty {
      session.out.note("The register supports all of it.")
    } else {
      for line in StatementWords.differences(details.differences) { try session.out.line(line) }
    }
    return check && details.row.isUnsupported ? .found : .done
  }
}
