internal import ArgumentParser
internal import Model
internal import Rulebook
internal import Storage

/// What an answer and a refusal have in common.
struct RequestEndOptions: ParsableArguments {
  @Option(help: "When it went out; now, if not given.") var on: String?
  @Option(help: "By what it went out: email, post, telephone, web, in-person, agent, other.")
  var over: RequestChannel
  @Option(help: "The number of a piece of evidence; again for each.") var evidence: [RecordID] = []
  @Option(
    help: "The text that went out, sealed beside the request: a file, or - for standard input.",
    completion: .file()
  )
  var text: String?

  /// Ends a request.
  func end(
    _ reference: String,
    note: String,
    ground: RefusalGround? = nil,
    in session: Session,
    _ format: FormatOptions
  ) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.request(reference, in: store)
    let end = RequestEnd(
      at: try session.time(on ?? "now"),
      channel: over,
      ground: ground,
      note: note,
      evidence: evidence,
      recordedAt: session.now,
      by: ""
    )
    let version = try await store.perform(
      RequestAnswer(
        id: found.id,
        basedOn: found.version,
        end: end,
        text: try text.map { try session.text($0, limit: RequestPerson.limit) } ?? ""
      ),
      origin: session.origin
    )
    let now = try await session.request(reference, in: store)
    if format.json {
      try session.out.json(.request(now, now: session.now))
    } else {
      try session.out.line("\(found.reference): \(now.facts.state.label), version \(version)")
    }
    return .done
  }
}

/// The command `tocsin register request answer`.
struct AnswerRequest: HeadlessCommand {
  static let origin = "register request answer"
  static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: "Say that a request was followed and answered.",
    discussion: "Refused until it is known who asks, and while tasks are not done."
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @Option(help: "What was done; names nobody.") var note = ""
  @OptionGroup var end: RequestEndOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    try await end.end(reference, note: note, in: session, format)
  }
}

/// The command `tocsin register request refuse`.
struct RefuseRequest: HeadlessCommand {
  static let origin = "register request refuse"
  static let configuration = CommandConfiguration(
    commandName: "refuse",
    abstract: "Say that a request was refused, and on what ground."
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @Option(help: "The ground, such as manifestly-unfounded or legal-obligation.")
  var ground: RefusalGround
  @Option(help: "The reasons in words; name nobody.") var because: String
  @OptionGroup var end: RequestEndOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    try await end.end(reference, note: because, ground: ground, in: session, format)
  }
}

/// The command `tocsin register request withdraw`.
struct WithdrawRequest: HeadlessCommand {
  static let origin = "register request withdraw"
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Say that the person no longer wants it."
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @Option(help: "When; now, if not given.") var on: String?
  @Option(help: "What is to be known; names nobody.") var note = ""
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.step(reference, format) { _ in
      .withdraw(
        RequestEnd(
          at: try session.time(on ?? "now"),
          channel: nil,
          note: note,
          recordedAt: session.now,
          by: ""
        )
      )
    }
  }
}

/// The command `tocsin register request reopen`.
struct ReopenRequest: HeadlessCommand {
  static let origin = "register request reopen"
  static let configuration = CommandConfiguration(
    commandName: "reopen",
    abstract: "Open a request again that had ended; its clock is what it was."
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @Option(help: "Why.") var reason: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.step(reference, format) { _ in .reopen(reason) }
  }
}

/// The command `tocsin register request correct`.
struct CorrectRequest: HeadlessCommand {
  static let origin = "register request correct"
  static let configuration = CommandConfiguration(
    commandName: "correct",
    abstract:
      "Correct what is wanted, where the person lives or when it came in; its clock follows."
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @Option(help: "What is wanted.") var wanted: RightsKind?
  @Option(help: "Where the person lives.") var jurisdiction: String?
  @Option(help: "When it came in.") var received: String?
  @Option(help: "By which law the time is counted.") var law: String?
  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let facts = try await session.request(reference, in: store).facts
    let kind = wanted ?? facts.wanted
    let place = jurisdiction ?? facts.jurisdiction
    let receivedAt = try received.map(session.time) ?? facts.receivedAt
    let clock = try await session.clock(
      for: kind,
      in: place,
      receivedAt: receivedAt,
      law: law,
      try session.rulebook(rulebook).pack,
      in: store
    )
    return try await session.step(reference, format) { _ in
      .correct(kind, jurisdiction: place, receivedAt: receivedAt, clock)
    }
  }
}

/// The command `tocsin register request erase`.
struct EraseRequestCommand: HeadlessCommand {
  static let origin = "register request erase"
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Destroy the key to who made a request; what was done, and when, stays.",
    discussion: """
      Allowed once a rule for requests says that it is over (tocsin register rule add requests ...); \
      before, only where --confirm names the request. Nothing takes it back.
      """
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @Option(help: "The request's name once more, to erase before its time.") var confirm: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.request(reference, in: store)
    if let confirm, confirm.uppercased() != found.reference {
      throw Refusal("--confirm \(confirm): the request is \(found.reference)", status: .usage)
    }
    let outcome = try await store.perform(
      RequestErasure(
        EraseRequest(id: found.id, basedOn: found.version, isOrdered: confirm != nil)
      ),
      origin: session.origin
    )
    if !outcome.isLogEmpty {
      session.out.note(
        "somebody was reading: the log beside the store still holds the wrapped key for a while"
      )
    }
    return try session.report(outcome.receipt, format, "\(found.reference): erased who made it")
  }
}

/// The command `tocsin register request remove`.
struct RemoveRequestCommand: HeadlessCommand {
  static let origin = "register request remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a request that was written down in error off the list; undo brings it back."
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.request(reference, in: store)
    let receipt = try await store.apply(
      RemoveRequest(id: found.id, basedOn: found.version),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): removed")
  }
}
