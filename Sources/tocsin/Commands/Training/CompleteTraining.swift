internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin training complete`.
struct CompleteTraining: HeadlessCommand {
  static let origin = "training complete"
  static let configuration = CommandConfiguration(
    commandName: "complete",
    abstract: "Record that people completed a course, one or a file of them.",
    discussion: """
      With --import a CSV file of a learning platform is read: columns by their names, person (or \
      number, email, user), course, version, on (or date, completed). Rows without a day were not \
      completed and are left out; what is in the record already is not doubled. A file with rows that \
      name nobody on the list of staff brings in nothing, unless --skip-bad.
      """
  )

  @Argument(help: "The person, and the course such as PHISH-1; with --import the course alone.")
  var words: [String] = []
  @Option(
    name: .customLong("import"),
    help: "A CSV file of completions, or - for standard input.",
    completion: .file()
  )
  var file: String?
  @Option(
    help: ArgumentHelp(
      "Which column means what; may be given more than once.",
      valueName: "field=column"
    )
  )
  var map: [String] = []
  @Option(parsing: .unconditional, help: "On which day; default: today.") var on: String?
  @Option(name: .customLong("version-label"), help: "Which version; default: the one in force.")
  var version: String?
  @Option(help: "Where it is known from; names nobody.") var source = ""
  @Flag(help: "Take the good rows of a file that has bad ones.") var skipBad = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if file == nil, words.count != 2 {
      throw ValidationError("Name the person and the course, or --import FILE.")
    }
    if file == nil, !map.isEmpty || skipBad {
      throw ValidationError("--map and --skip-bad go with --import.")
    }
    if file != nil, words.count > 1 || on != nil || version != nil {
      throw ValidationError("With --import the file says who, when and which version.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    guard let file else {
      return try await session.complete(
        words[0],
        words[1],
        as: nil,
        on: on,
        version: version,
        source: source,
        store,
        format
      )
    }
    let named = try session.columns(map, CompletionSheet.Meaning.self)
    let zone = try await store.answer(CurrentOrganisation()).organisation.zone ?? .utc
    var course: RecordID?
    if let code = words.first { course = try await session.course(code, in: store).id }
    let usual = course
    var read: (refused: [ImportProblem], count: Int) = ([], 0)
    let outcome = try await session.take(file, .init(taking: "writing"), into: store) { input, _ in
      let sheet = try CompletionSheet.read(input, named: named, zone: zone)
      read = (sheet.refused, sheet.refusedCount)
      // A row that cannot be read refuses the file like one that names nobody.
      return CompletionIntake(
        sheet.refusedCount == 0 || skipBad ? sheet.rows : [],
        of: usual,
        source: source.isEmpty ? session.name(of: file) : source,
        skipsBad: skipBad
      )
    }
    let count = read.count + outcome.refused.count
    if format.json {
      try session.out.json(
        .members([
          "added": .count(outcome.added), "repeated": .count(outcome.repeated),
          "refused_total": .count(count),
          "refused": .array(
            (read.refused + outcome.refused).prefix(100).map { problem in
              .members([
                "file": .string(file), "at": .string(problem.at),
                "reason": .string(problem.reason),
              ])
            }
          ),
        ])
      )
    } else {
      try session.out.line(
        "added \(outcome.added), repeated \(outcome.repeated), refused \(count)"
      )
      session.tellRefused(
        file,
        Array((read.refused + outcome.refused).prefix(100)),
        count: count
      )
      if count > 0, !skipBad {
        session.out.note("Nothing was brought in; to take the good rows: --skip-bad")
      }
    }
    return count == 0 || skipBad ? .done : .failed
  }
}

/// The command `tocsin training acknowledge`.
struct AcknowledgeProtocol: HeadlessCommand {
  static let origin = "training acknowledge"
  static let configuration = CommandConfiguration(
    commandName: "acknowledge",
    abstract: "Record that somebody read a version of a handling protocol and acknowledged it."
  )

  @Argument(help: "The person.") var person: String
  @Argument(help: "The protocol, such as PROT-1.") var code: String
  @Option(parsing: .unconditional, help: "On which day; default: today.") var on: String?
  @Option(name: .customLong("version-label"), help: "Which version; default: the one in force.")
  var version: String?
  @Option(help: "Where it is known from; names nobody.") var source = ""
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.complete(
      person,
      code,
      as: .handlingProtocol,
      on: on,
      version: version,
      source: source,
      try session.open(),
      format
    )
  }
}

/// The command `tocsin training completion`.
struct CompletionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion",
    abstract: "Single completions, as staff show lists them.",
    subcommands: [Remove.self]
  )

  /// The command `tocsin training completion remove`.
  struct Remove: HeadlessCommand {
    static let origin = "training completion remove"
    static let configuration = CommandConfiguration(
      abstract: "Take a completion off the record that never was; undo brings it back."
    )

    @Argument(help: "Its id, as staff show lists it.") var id: RecordID
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let receipt = try await store.apply(
        RemoveRecord<CompletionFacts>(id: id, basedOn: nil),
        origin: session.origin
      )
      return try session.report(receipt, format, "completion \(id): removed")
    }
  }
}

extension Session {
  /// Records what somebody did.
  fileprivate func complete(
    _ person: String,
    _ code: String,
    as form: CourseKind?,
    on: String?,
    version: String?,
    source: String,
    _ store: any Store,
    _ format: FormatOptions
  ) async throws -> ExitStatus {
    let course = try await course(code, in: store)
    if let form, course.facts.form != form {
      throw Refusal(
        "\(course.facts.code) is a \(course.facts.form.label), which is completed",
        advice: "use: tocsin training complete"
      )
    }
    let staff = try await member(person, in: store)
    let day = try await dayOrToday(on, in: store)
    let facts = CompletionFacts(
      staff: staff.id,
      course: course.id,
      version: version ?? course.facts.version(on: day)?.label ?? "",
      on: day,
      source: source
    )
    let receipt = try await store.apply(AddRecord(facts), origin: origin)
    let done: Words = course.facts.form == .course ? "completed" : "acknowledged"
    return try report(
      receipt,
      format,
      "\(staff.facts.pseudonym): \(course.facts.code) \(facts.version) \(done) \(day.iso)"
    )
  }

  /// The last part of a path; what stands behind `-` has no name.
  fileprivate func name(of file: String) -> String {
    file == "-" ? "standard input" : file.split(separator: "/").last.map(String.init) ?? file
  }
}
