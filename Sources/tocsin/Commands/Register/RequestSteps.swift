internal import ArgumentParser
internal import Model
internal import Rulebook
internal import Storage

/// The command `tocsin register request confirm`.
struct AcknowledgeRequest: HeadlessCommand {
  static let origin = "register request confirm"
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "Say when receipt of a request was confirmed to the person."
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @Option(help: "When; now, if not given.") var on: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.step(reference, format) { _ in .acknowledge(try session.time(on ?? "now")) }
  }
}

/// The command `tocsin register request assign`.
struct AssignRequest: HeadlessCommand {
  static let origin = "register request assign"
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: "Say who handles a request; an empty name takes that away."
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @Argument(help: "Who handles it.") var handler: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.step(reference, format) { _ in .assign(handler.isEmpty ? nil : handler) }
  }
}

/// The command `tocsin register request concern`.
struct ConcernRequest: HeadlessCommand {
  static let origin = "register request concern"
  static let configuration = CommandConfiguration(
    commandName: "concern",
    abstract: "Name the activities that a request concerns; replaces what was there."
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @Argument(help: "Activities, such as ACT-0001.") var activities: [String]
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.step(reference, format) { _ in .concern(activities.map { $0.uppercased() }) }
  }
}

/// The command `tocsin register request identity`.
struct IdentifyRequest: HeadlessCommand {
  static let origin = "register request identity"
  static let configuration = CommandConfiguration(
    commandName: "identity",
    abstract: "Say how far it is known who asks.",
    discussion: "Write down how, not who: the text is not sealed."
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @Argument(help: "asked, verified or failed.") var state: String
  @Option(help: "What was asked for, how it was found out, or why not.") var how: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.step(reference, format) { _ in
      switch IdentityState(rawValue: state) {
      case .asked: .askIdentity(how)
      case .verified: .verify(how)
      case .failed: .failIdentity(how)
      case .unchecked, nil:
        throw Refusal("\(state): give asked, verified or failed", status: .usage)
      }
    }
  }
}

/// The command `tocsin register request task`.
struct TaskRequest: HeadlessCommand {
  static let origin = "register request task"
  static let configuration = CommandConfiguration(
    commandName: "task",
    abstract: "Add work that a request needs, or say that it is done.",
    discussion: "Write down what, not whose: the text is not sealed."
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @Option(help: "What is to be done.") var add: String?
  @Option(help: "The number of a task that is done.") var done: Int?
  @Option(help: "The number of a task that is not done after all.") var undone: Int?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard [add != nil, done != nil, undone != nil].count(where: \.self) == 1 else {
      throw ValidationError("Give --add, --done or --undone.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.step(reference, format) { _ in
      if let add { return .addTask(add) }
      if let done { return .task(done, isDone: true) }
      return .task(undone ?? 0, isDone: false)
    }
  }
}

/// The command `tocsin register request extend`.
struct ExtendRequest: HeadlessCommand {
  static let origin = "register request extend"
  static let configuration = CommandConfiguration(
    commandName: "extend",
    abstract: "Put a request off, once, as far as its law allows.",
    discussion: """
      The person must have been told, with the reasons, within the first period: told later, nothing is \
      put off.
      """
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @Option(help: "Why it takes longer.") var reason: String
  @Option(help: "When the person was told; now, if not given.") var told: String?
  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.request(reference, in: store)
    guard let clock = found.facts.clock else {
      throw Refusal("no law sets a time for \(found.reference), so none can be put off")
    }
    let longer = try await session.clock(
      for: found.facts.wanted,
      in: found.facts.jurisdiction,
      receivedAt: found.facts.receivedAt,
      law: clock.law,
      isExtended: true,
      try session.rulebook(rulebook).pack,
      in: store
    )
    guard let longer else { throw Refusal("\(clock.law) lets no time be put off") }
    let told = try session.time(told ?? "now")
    let receipt = try await store.apply(
      MoveRequest(
        id: found.id,
        basedOn: found.version,
        step: .extend(RequestExtension(reason: reason, told: told), longer)
      ),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): due \(longer.due.words)")
  }
}
