internal import App
internal import ArgumentParser
internal import Model
internal import Storage

/// The command `tocsin statement create`.
struct CreateStatement: HeadlessCommand {
  static let origin = "statement create"
  static let makesStore = true
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Begin a statement; prints its reference.",
    discussion: "Without --file it begins as a text that has every derived part."
  )

  @Argument(help: "What it is called.") var title: String
  @Option(help: "A file with its text, or - for standard input.", completion: .file())
  var file: String?
  @Option(help: "Its language; derived parts are written in en.") var language = "en"
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    var facts = StatementFacts(title: title, language: language)
    if let file { facts.body = try session.text(file, limit: StatementFacts.longestBody) }
    session.warn(facts)
    let receipt = try await store.apply(AddStatement(facts), origin: session.origin)
    return try session.report(receipt, format, "\(receipt.reference)")
  }
}

/// The command `tocsin statement edit`.
struct EditStatementCommand: HeadlessCommand {
  static let origin = "statement edit"
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Write the text of a statement; without options in $EDITOR.",
    discussion: "A version that waits or is approved, and not published yet, is void then."
  )

  @Argument(help: "The statement, such as STM-0001.") var reference: String
  @Option(help: "A file with the new text, or - for standard input.", completion: .file())
  var file: String?
  @Option(help: "What it is called.") var title: String?
  @OptionGroup var base: BaseOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.statement(reference, in: store)
    var facts = found.facts
    if let title { facts.title = title }
    if let file {
      facts.body = try session.text(file, limit: StatementFacts.longestBody)
    } else if title == nil {
      guard
        let edited = try EditorRun.edit(
          facts.body,
          name: "\(found.reference).md",
          session.environment
        )
      else {
        session.out.note("nothing was altered")
        return .done
      }
      facts.body = edited
    }
    session.warn(facts)
    let receipt = try await store.apply(
      EditStatement(id: found.id, basedOn: base.version ?? found.version, facts: facts),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): version \(receipt.version)")
  }
}

/// The command `tocsin statement remove`.
struct RemoveStatementCommand: HeadlessCommand {
  static let origin = "statement remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a statement off the list; its versions stay, and undo brings it back."
  )

  @Argument(help: "The statement, such as STM-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.statement(reference, in: store)
    let receipt = try await store.apply(
      RemoveStatement(id: found.id, basedOn: found.version),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): removed")
  }
}

extension Session {
  /// Says what is wrong with a text; it is kept all the same, for it can be mended.
  fileprivate func warn(_ facts: StatementFacts) {
    for problem in StatementTemplate(reading: facts.body).problems { out.note("\(problem)") }
  }
}

/// The command `tocsin statement correct`.
struct CorrectStatementCommand: HeadlessCommand {
  static let origin = "statement correct"
  static let configuration = CommandConfiguration(
    commandName: "correct",
    abstract: "Write down what was wrong in what was published, and what is right.",
    discussion: """
      The correction stands in the next version, and on the page of versions and corrections. What is wrong \
      in the record itself is mended there.
      """
  )

  @Argument(help: "The statement, such as STM-0001.") var reference: String
  @Option(help: "What it said.") var was: String
  @Option(name: .customLong("is"), help: "What is right.") var right: String
  @Option(name: .customLong("in"), help: "The number of the version that was wrong.")
  var version: Int?
  @Option(help: "When it was corrected, such as 2026-03-13; today without it.") var on: String?
  @Option(help: "Who corrected it, as the public is told; your account, if not given.")
  var by: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.statement(reference, in: store)
    let today = try await session.today(in: store)
    let correction = StatementCorrection(
      version: version,
      was: was,
      now: right,
      on: try on.map(session.day) ?? today,
      by: by ?? session.actor.name
    )
    let receipt = try await store.apply(
      CorrectStatement(id: found.id, basedOn: found.version, correction: correction),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): \(correction.text)")
  }
}
