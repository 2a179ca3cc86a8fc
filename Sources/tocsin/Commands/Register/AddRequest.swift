internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook
internal import Storage

/// The command `tocsin register request add`.
struct AddRequest: HeadlessCommand {
  static let origin = "register request add"
  static let makesStore = true
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Write down a request that came in, with who made it sealed; prints its reference.",
    discussion: """
      Who asks is read from a file or from standard input, so that it stands in no list of processes: \
      the first line is the name, the second the contact, what follows are the words.
      """
  )

  @Argument(help: "What is wanted: access, erasure, know, delete, ...") var wanted: RightsKind
  @Argument(help: "Who asks: a file, or - for standard input.", completion: .file())
  var file: String
  @Option(help: "Where the person lives, such as EU-DE or US-CA.") var jurisdiction: String
  @Option(help: "When it came in; now, if not given.") var received: String?
  @Option(help: "By what it came: email, post, telephone, web, in-person, agent, other.")
  var over: RequestChannel
  @Option(help: "Who answers it.") var handler: String?
  @Option(help: "An activity it concerns, such as ACT-0001; again for each.")
  var activity: [String] = []
  @Option(help: "By which law the time is counted; that of where the person lives, if not given.")
  var law: String?
  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let text = try session.text(file, limit: RequestPerson.limit)
    let lines = text.split(
      maxSplits: 2,
      omittingEmptySubsequences: false,
      whereSeparator: \.isNewline
    ).map(String.init)
    let receivedAt = try received.map(session.time) ?? StatedTime(session.now)
    var facts = RequestFacts(
      wanted,
      jurisdiction: jurisdiction,
      receivedAt: receivedAt,
      channel: over
    )
    facts.handler = handler
    for reference in activity {
      facts.activities.append(try await session.activity(reference, in: store).reference)
    }
    facts.clock = try await session.clock(
      for: wanted,
      in: jurisdiction,
      receivedAt: receivedAt,
      law: law,
      try session.rulebook(rulebook).pack,
      in: store
    )
    let outcome = try await store.perform(
      RequestIntake(
        facts,
        from: RequestPerson(
          name: lines.first ?? "",
          contact: lines.count > 1 ? lines[1] : "",
          words: lines.count > 2 ? lines[2] : ""
        )
      ),
      origin: session.origin
    )
    return try session.tell(outcome, facts.clock, format)
  }
}

/// The command `tocsin register request take`.
struct TakeRequest: HeadlessCommand {
  static let origin = "register request take"
  static let configuration = CommandConfiguration(
    commandName: "take",
    abstract: "Take a matter of a mailing over as a request; prints its reference.",
    discussion: """
      Contact and words go over sealed, read by nobody, and the matter counts as handed over to the \
      request.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var mailing: String
  @Argument(help: "The number of the matter.") var number: RecordID
  @Option(help: "What is wanted: access, erasure, know, delete, ...") var wanted: RightsKind
  @Option(help: "Where the person lives, such as EU-DE or US-CA.") var jurisdiction: String
  @Option(help: "Who answers it.") var handler: String?
  @Option(help: "By which law the time is counted; that of where the person lives, if not given.")
  var law: String?
  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.mailing(mailing, in: store)
    let page = try await store.answer(
      MailingMatters(
        of: found.id,
        states: nil,
        recipient: nil,
        window: RowWindow(start: 0, count: .max)
      )
    )
    guard let matter = page.rows.first(where: { $0.number == number }) else {
      throw Refusal("\(found.reference) has no matter \(number)")
    }
    var facts = RequestFacts(
      wanted,
      jurisdiction: jurisdiction,
      receivedAt: matter.receivedAt,
      channel: .other
    )
    facts.handler = handler
    facts.clock = try await session.clock(
      for: wanted,
      in: jurisdiction,
      receivedAt: matter.receivedAt,
      law: law,
      try session.rulebook(rulebook).pack,
      in: store
    )
    let outcome = try await store.perform(
      RequestIntake(
        facts,
        from: RequestPerson(name: ""),
        matter: RequestIntake.Matter(mailing: found.id, number: number)
      ),
      origin: session.origin
    )
    return try session.tell(outcome, facts.clock, format)
  }
}

extension Session {
  /// Says what a request is called and by when it is due.
  fileprivate func tell(
    _ outcome: RequestIntake.Outcome,
    _ clock: RequestClock?,
    _ format: FormatOptions
  ) throws -> ExitStatus {
    if format.json {
      try out.json(
        .members([
          "reference": .string(outcome.reference), "id": .integer(outcome.id),
          "due_at": .text(clock?.due.description), "citation": .text(clock?.citation),
        ])
      )
      return .done
    }
    try out.line("\(outcome.reference)")
    if let clock {
      out.note("due \(clock.due), \(clock.citation)")
    } else {
      out.note("no law is known that sets a time for it; --law names one")
    }
    return .done
  }
}
