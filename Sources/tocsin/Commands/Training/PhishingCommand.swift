internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin training phishing`.
struct PhishingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phishing",
    abstract: "Phishing exercises: results by group, trends, and nobody's name.",
    discussion: """
      Numbers about fewer people than the organisation's least (10 unless set) are left out, with \
      those from which they could be worked out. By person results are shown only where the \
      organisation says why it wants that: tocsin organisation set --phishing-names REASON.
      """,
    subcommands: [
      ImportPhishing.self, ListPhishing.self, ShowPhishing.self, RemovePhishing.self,
    ]
  )
}

/// The command `tocsin training phishing import`.
struct ImportPhishing: HeadlessCommand {
  static let origin = "training phishing import"
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring a campaign of gophish in: its results, its events, or both.",
    discussion: """
      Persons are found on the list of staff by address; the address is not kept. IP addresses, \
      places, browsers and what people typed are not read. Only the events say when things happened. \
      A file with rows that cannot be read brings in nothing, unless --skip-bad.
      """
  )

  @Argument(help: "CSV files of one campaign, or -.", completion: .file()) var files: [String]
  @Option(help: "What the exercise is called.") var name: String
  @Option(help: "What the mail pretended to be.") var lure = ""
  @Flag(help: "Take an exercise of that name off the list first.") var replace = false
  @Flag(help: "Bring in the good rows of files that have bad ones.") var skipBad = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let reading: GophishSheet.Reading
    do {
      reading = try GophishSheet.read(files.map { InputFile($0) })
    } catch let error as UnreadableInput {
      throw Refusal("\(files.joined(separator: ", ")): \(error)")
    }
    for problem in reading.refused {
      session.out.note("refused: \(problem.at): \(problem.reason)")
    }
    guard reading.refusedCount == 0 || skipBad else {
      throw Refusal(
        "\(reading.refusedCount) rows cannot be read; nothing was brought in",
        advice: "to take the good rows: --skip-bad"
      )
    }
    let outcome = try await store.perform(
      PhishingIntake(name, lure: lure, results: reading.results, replaces: replace),
      origin: session.origin
    )
    if format.json {
      try session.out.json(
        .members([
          "id": .integer(outcome.id), "results": .count(outcome.results),
          "unknown": .count(outcome.unknown),
        ])
      )
    } else {
      try session.out.line("exercise \(outcome.id): \(outcome.results) results")
      if outcome.unknown > 0 {
        session.out.note(
          "\(outcome.unknown) of them are of nobody on the list of staff, and count in totals alone"
        )
      }
    }
    return .done
  }
}

/// The command `tocsin training phishing list`.
struct ListPhishing: HeadlessCommand {
  static let origin = "training phishing list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List exercises, oldest first: the trend."
  )

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  private static let columns = [
    "id", "name", "sent_on", "lure", "counts.sent", "counts.opened", "counts.clicked",
    "counts.submitted", "counts.reported", "again", "repeated", "first_report_seconds",
    "median_report_seconds",
  ]

  func perform(in session: Session) async throws -> ExitStatus {
    let rows = try await session.open().answer(PhishingTrend())
    if format.json {
      try session.out.json(.array(rows.map { .phishing($0) }))
    } else if format.csv {
      try session.out.csv(rows.map { .phishing($0) }, Self.columns)
    } else if !rows.isEmpty {
      let cells: [[Words]] = rows.map { row in
        let counts = row.counts
        func share(_ count: Int?) -> Words {
          guard let counts, let count else { return "hidden" }
          return TrainingWords.share(counts.share(count))
        }
        return [
          "\(row.id)", "\(row.exercise.facts.sentOn.iso)",
          counts.map { "\($0.sent)" } ?? "hidden", share(counts?.clicked),
          share(counts?.submitted), share(counts?.reported),
          TrainingWords.share(row.repeatShare), TrainingWords.length(row.firstReport),
          "\(row.exercise.facts.name)",
        ]
      }
      let titles: [Words] = [
        "ID", "SENT ON", "SENT", "CLICKED", "SUBMITTED", "REPORTED", "AGAIN", "FIRST", "NAME",
      ]
      for line in Table(titles: titles, rows: cells, right: [0, 2, 3, 4, 5, 6, 7]).lines(cells) {
        try session.out.row(line)
      }
    }
    return .done
  }
}

/// The command `tocsin training phishing show`.
struct ShowPhishing: HeadlessCommand {
  static let origin = "training phishing show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show an exercise by group; what small groups did is left out."
  )

  @Argument(help: "The exercise, by its name or id.") var exercise: String
  @Flag(help: "Who did what; only where the organisation says why it wants that.")
  var byPerson = false
  @Option(help: "With --by-person: why it is looked at.") var reason: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if byPerson, reason?.contains(where: { !$0.isWhitespace }) != true {
      throw ValidationError("--by-person needs --reason: why it is looked at.")
    }
    if reason != nil, !byPerson { throw ValidationError("--reason goes with --by-person.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.phishing(exercise, in: store)
    if byPerson { return try await showPeople(found, store, session) }
    guard let board = try await store.answer(PhishingByGroup(of: found.id)) else {
      throw Refusal("there is no phishing exercise \(exercise)")
    }
    if format.json {
      var object = JSON.phishing(board.total)
      object[path: ["least"]] = .count(board.least)
      object[path: ["groups"]] = .array(
        board.groups.map { row in
          .members([
            "group": .text(row.group.isEmpty ? nil : row.group),
            "counts": row.counts.map { .counts($0) } ?? .null,
          ])
        }
      )
      object[path: ["hidden"]] = board.hidden.map { .counts($0) } ?? .null
      try session.out.json(object)
      return .done
    }
    try lines(board, session.out)
    return .done
  }

  private func lines(_ board: PhishingByGroup.Board, _ out: Output) throws {
    let total = board.total
    try out.line("\(total.exercise.facts.name), sent \(total.exercise.facts.sentOn.iso)")
    if !total.exercise.facts.lure.isEmpty { try out.line("lure: \(total.exercise.facts.lure)") }
    func cells(_ name: Words, _ counts: PhishingCounts?) -> [Words] {
      guard let counts else { return [name, "hidden"] }
      func cell(_ count: Int) -> Words { "\(count) (\(TrainingWords.share(counts.share(count))))" }
      return [
        name, "\(counts.sent)", cell(counts.opened), cell(counts.clicked),
        cell(counts.submitted), cell(counts.reported),
      ]
    }
    var rows = board.groups.map { row in
      cells(row.group.isEmpty ? "not on the list of staff" : "\(row.group)", row.counts)
    }
    if let hidden = board.hidden { rows.append(cells("all that are hidden", hidden)) }
    rows.append(cells("all", total.counts))
    let titles: [Words] = ["GROUP", "SENT", "OPENED", "CLICKED", "SUBMITTED", "REPORTED"]
    for line in Table(titles: titles, rows: rows, right: [1, 2, 3, 4, 5]).lines(rows) {
      try out.row(line)
    }
    if let again = total.again, let repeated = total.repeated {
      try out.line("clicked again: \(repeated) of \(again) who had an earlier exercise")
    }
    if let first = total.firstReport {
      try out.line(
        """
        first report after \(TrainingWords.length(first)), half of the reports after \
        \(TrainingWords.length(total.medianReport))
        """
      )
    }
    if board.groups.contains(where: { $0.counts == nil }) {
      out.note("hidden: fewer than \(board.least) people, or what would tell of them")
    }
  }

  private func showPeople(
    _ exercise: PhishingExercise,
    _ store: any Store,
    _ session: Session
  ) async throws -> ExitStatus {
    let rows = try await store.perform(
      PhishingReveal(of: exercise.id, reason: reason ?? ""),
      origin: session.origin
    )
    if format.json {
      try session.out.json(
        .array(
          rows.map { row in
            .members([
              "person": .string(row.pseudonym), "staff": .integer(row.staff),
              "name": .text(row.identity?.name), "reached": .string("\(row.reached)"),
              "reported": .bool(row.isReported),
            ])
          }
        )
      )
      return .done
    }
    let cells: [[Words]] = rows.map { row in
      let reached: Words = row.reached == .notSent ? "not sent" : "\("\(row.reached)")"
      return [
        "\(row.pseudonym)", reached, row.isReported ? "reported" : "-",
        "\(row.identity?.name ?? "not kept")",
      ]
    }
    let titles: [Words] = ["PERSON", "WENT TO", "REPORTED", "NAME"]
    for line in Table(titles: titles, rows: cells).lines(cells) { try session.out.row(line) }
    return .done
  }
}

/// The command `tocsin training phishing remove`.
struct RemovePhishing: HeadlessCommand {
  static let origin = "training phishing remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take an exercise off the list; undo brings it back."
  )

  @Argument(help: "The exercise, by its name or id.") var exercise: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.phishing(exercise, in: store)
    let receipt = try await store.apply(
      RemoveRecord<PhishingFacts>(id: found.id, basedOn: found.version),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.facts.name): removed")
  }
}

extension Session {
  /// The phishing exercise that has a name or number.
  ///
  /// - Throws: `Refusal` where there is none.
  func phishing(_ name: String, in store: any Store) async throws -> PhishingExercise {
    let all = try await store.answer(PhishingTrend()).map(\.exercise)
    let found =
      all.first { $0.facts.name.lowercased() == name.lowercased() }
      ?? all.first { String($0.id) == name }
    guard let found else {
      throw Refusal(
        "there is no phishing exercise \(name)",
        advice: "what there is: tocsin training phishing list"
      )
    }
    return found
  }
}

extension JSON {
  /// What a number of people did.
  static func counts(_ counts: PhishingCounts) -> JSON {
    .members([
      "sent": .count(counts.sent), "opened": .count(counts.opened),
      "clicked": .count(counts.clicked), "submitted": .count(counts.submitted),
      "reported": .count(counts.reported),
    ])
  }

  /// An exercise in numbers; null where they are about too few people.
  static func phishing(_ row: PhishingTrend.Row) -> JSON {
    let facts = row.exercise.facts
    return .members([
      "id": .integer(row.id), "name": .string(facts.name), "sent_on": .day(facts.sentOn),
      "lure": .string(facts.lure), "counts": row.counts.map { .counts($0) } ?? .null,
      "again": row.again.map { .count($0) } ?? .null,
      "repeated": row.repeated.map { .count($0) } ?? .null,
      "first_report_seconds": .number(row.firstReport),
      "median_report_seconds": .number(row.medianReport),
      "version": .integer(row.exercise.version),
    ])
  }
}
