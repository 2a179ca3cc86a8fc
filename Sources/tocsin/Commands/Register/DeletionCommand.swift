internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin register deletion`.
struct DeletionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deletion",
    abstract: "Deletion runs: what went, how much, and what proves it.",
    subcommands: [ListDeletions.self, AddDeletionCommand.self, RemoveDeletionCommand.self]
  )
}

/// The command `tocsin register deletion list`.
struct ListDeletions: HeadlessCommand {
  static let origin = "register deletion list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List deletion runs, newest first."
  )

  @Option(help: "Only those of this rule.") var rule = ""
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let runs = try await store.answer(DeletionRuns(rule: rule))
    let objects = runs.map { run -> JSON in
      .members([
        "reference": .string(run.reference), "id": .integer(run.id),
        "version": .integer(run.version), "rule": .string(run.facts.rule),
        "count": .number(run.facts.count), "up_to": .time(run.facts.upTo),
        "done": .time(run.facts.done), "method": .string(run.facts.method),
        "by": .string(run.facts.by), "evidence": .array(run.facts.evidence.map { .integer($0) }),
        "note": .string(run.facts.note),
      ])
    }
    if format.csv {
      try session.out.csv(
        objects,
        [
          "reference", "rule", "count", "up_to.text", "done.text", "method", "by", "evidence",
          "note",
        ]
      )
      return .done
    }
    if format.json {
      try session.out.json(.members(["total": .count(runs.count), "deletions": .array(objects)]))
      return .done
    }
    guard !runs.isEmpty else {
      session.out.note("No deletion run was recorded.")
      return .done
    }
    let lines: [[Words]] = runs.map { run in
      [
        "\(run.reference)", "\(run.facts.rule)", "\(run.facts.count.map(String.init) ?? "?")",
        "\(run.facts.upTo?.plain ?? "all")", "\(run.facts.done.plain)",
        "\(run.facts.evidence.map(String.init).joined(separator: ", "))", "\(run.facts.method)",
      ]
    }
    let titles: [Words] = ["RUN", "RULE", "NUMBER", "UP TO", "DONE", "EVIDENCE", "HOW"]
    for line in Table(titles: titles, rows: lines, right: [2]).lines(lines) {
      try session.out.line(line)
    }
    return .done
  }
}

/// The command `tocsin register deletion add`.
struct AddDeletionCommand: HeadlessCommand {
  static let origin = "register deletion add"
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Record that data were deleted; prints the run's reference.",
    discussion: """
      What was due up to the event that --up-to names counts as gone; without it all that the rule covers. \
      Evidence is added before: tocsin audit evidence. Refused while a legal hold covers the data.
      """
  )

  @Argument(help: "The retention rule, such as RET-0001.") var rule: String
  @Argument(help: "How it was done, and with what.") var method: String
  @Option(help: "How many records, people or files.") var count: Int64?
  @Option(help: "The last event whose data went: a day, a month or a year.") var upTo: String?
  @Option(help: "When it was done; now, if not given.") var done: String?
  @Option(help: "Who did it.") var by = ""
  @Option(help: "The number of a piece of evidence; again for each.") var evidence: [RecordID] = []
  @Option(help: "What else is to be known.") var note = ""
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.retention(rule, in: store)
    var run = DeletionFacts(
      rule: found.reference,
      count: count,
      done: try session.time(done ?? "now"),
      method: method
    )
    run.upTo = try upTo.map(session.time)
    (run.by, run.evidence, run.note) = (by, evidence, note)
    let receipt = try await store.apply(AddDeletion(run), origin: session.origin)
    return try session.report(receipt, format, "\(receipt.reference)")
  }
}

/// The command `tocsin register deletion remove`.
struct RemoveDeletionCommand: HeadlessCommand {
  static let origin = "register deletion remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a run that was written down in error off the list."
  )

  @Argument(help: "The run, such as DEL-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let runs = try await store.answer(DeletionRuns())
    guard let found = runs.first(where: { $0.reference == reference.uppercased() }) else {
      throw Refusal("there is no deletion run \(reference)")
    }
    let receipt = try await store.apply(
      RemoveDeletion(id: found.id, basedOn: found.version),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): removed")
  }
}
