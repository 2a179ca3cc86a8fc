internal import ArgumentParser
internal import Model
internal import Storage

/// The command `tocsin finding add`.
struct AddFindingCommand: HeadlessCommand {
  static let origin = "finding add"
  static let makesStore = true
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Write down a gap that was found; prints its reference."
  )

  @Argument(help: "What was found, in a line.") var title: String
  @Option(help: "How bad it is: low, medium, high or critical.") var severity: Severity
  @Option(help: "What was found, at length.") var text = ""
  @Option(help: "major, minor, observation or good-practice.") var grade: AuditGrade?
  @Option(help: "Who answers for the mending.") var owner: String?
  @Option(help: "When it is due; by the organisation's rule, if not given.") var due: String?
  @Option(help: "Why it came about.") var rootCause = ""
  @Option(
    name: [.customLong("item"), .customLong("from")],
    help: "The audit item that it comes from: AUD-2026-0001/A.1 or item:7."
  )
  var from: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    var item: Subject?
    if let from { item = try await session.record(from, in: store) }
    let facts = FindingFacts(
      title: title,
      text: text,
      severity: severity,
      grade: grade,
      owner: owner,
      due: try due.flatMap(session.optionalTime),
      rootCause: rootCause
    )
    let receipt = try await store.apply(
      OpenFinding(facts: facts, item: item),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(receipt.reference)")
  }
}

/// The command `tocsin finding edit`.
struct EditFindingCommand: HeadlessCommand {
  static let origin = "finding edit"
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Set what is known of a finding, or say that work began or is done.",
    discussion: "An empty value takes a thing back; an empty --due leaves it to the rule again."
  )

  @Argument(help: "The finding, such as FND-2026-0001.") var reference: String
  @Option(help: "What was found, in a line.") var title: String?
  @Option(help: "How bad it is: low, medium, high or critical.") var severity: Severity?
  @Option(help: "What was found, at length.") var text: String?
  @Option(help: "major, minor, observation, good-practice, or none.") var grade: String?
  @Option(help: "Who answers for the mending.") var owner: String?
  @Option(help: "When it is due.") var due: String?
  @Option(help: "Why it came about.") var rootCause: String?
  @Option(help: "in-progress or remedied; the other states have commands of their own.")
  var state: FindingState?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  private var setsFacts: Bool {
    title != nil || severity != nil || text != nil || grade != nil || owner != nil || due != nil
      || rootCause != nil
  }

  func validate() throws {
    guard setsFacts || state != nil else {
      throw ValidationError("Nothing was named that is to be set.")
    }
    guard state.map({ $0 == .inProgress || $0 == .remedied }) ?? true else {
      throw ValidationError("--state is in-progress or remedied; see check, close, accept, reopen.")
    }
    if let grade, !grade.isEmpty, grade != "none", AuditGrade(rawValue: grade) == nil {
      throw ValidationError("--grade is major, minor, observation, good-practice, or none.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let finding = try await session.finding(reference, in: store)
    var facts = finding.facts
    if let title { facts.title = title }
    if let severity { facts.severity = severity }
    if let text { facts.text = text }
    if let grade { facts.grade = AuditGrade(rawValue: grade) }
    if let owner { facts.owner = owner.isEmpty ? nil : owner }
    if let due { facts.due = try session.optionalTime(due) }
    if let rootCause { facts.rootCause = rootCause }
    var changes: [any Change] = []
    if setsFacts {
      changes.append(EditFinding(id: finding.id, basedOn: finding.version, facts: facts))
    }
    if let state {
      changes.append(
        MoveFinding(
          id: finding.id,
          basedOn: finding.version + Version(changes.count),
          step: state == .inProgress ? .begin : .remedy
        )
      )
    }
    guard let receipt = try await store.apply(changes, origin: session.origin).last else {
      return .failed
    }
    let now = try await session.finding(reference, in: store)
    return try session.report(
      receipt,
      format,
      "\(now.reference): \(now.stateText(at: session.now))"
    )
  }
}

/// The command `tocsin finding action`.
struct FindingWork: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "action",
    abstract: "The corrective actions of a finding.",
    subcommands: [Add.self, Edit.self, Done.self, Remove.self]
  )

  /// Which action of which finding.
  struct Which: ParsableArguments {
    @Argument(help: "The finding, such as FND-2026-0001.") var reference: String
    @Argument(help: "The action's number in the list, from 1.") var number: Int

    /// Alters the action.
    func alter(
      in session: Session,
      _ format: FormatOptions,
      _ body: (inout FindingFacts, Int) throws -> Words
    ) async throws -> ExitStatus {
      try await session.edit(reference, format) { facts in
        guard facts.actions.indices.contains(number - 1) else {
          throw Refusal(
            "\(reference) has no corrective action \(number)",
            advice: "what there is: tocsin finding show \(reference)"
          )
        }
        return try body(&facts, number - 1)
      }
    }
  }

  /// The command `tocsin finding action add`.
  struct Add: HeadlessCommand {
    static let origin = "finding action add"
    static let configuration = CommandConfiguration(abstract: "Add work that mends the finding.")

    @Argument(help: "The finding, such as FND-2026-0001.") var reference: String
    @Argument(help: "What is to be done.") var title: String
    @Option(help: "Who does it.") var owner: String?
    @Option(help: "When it is due.") var due: String?
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await session.edit(reference, format) { facts in
        facts.actions.append(
          CorrectiveAction(title: title, owner: owner, due: try due.flatMap(session.optionalTime))
        )
        return "action \(facts.actions.count) added"
      }
    }
  }

  /// The command `tocsin finding action edit`.
  struct Edit: HeadlessCommand {
    static let origin = "finding action edit"
    static let configuration = CommandConfiguration(abstract: "Set what a corrective action says.")

    @OptionGroup var which: Which
    @Option(help: "What is to be done.") var title: String?
    @Option(help: "Who does it. Empty: nobody yet.") var owner: String?
    @Option(help: "When it is due. Empty: no time.") var due: String?
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func validate() throws {
      guard title != nil || owner != nil || due != nil else {
        throw ValidationError("Nothing was named that is to be set.")
      }
    }

    func perform(in session: Session) async throws -> ExitStatus {
      try await which.alter(in: session, format) { facts, index in
        if let title { facts.actions[index].title = title }
        if let owner { facts.actions[index].owner = owner.isEmpty ? nil : owner }
        if let due { facts.actions[index].due = try session.optionalTime(due) }
        return "action \(index + 1) set"
      }
    }
  }

  /// The command `tocsin finding action done`.
  struct Done: HeadlessCommand {
    static let origin = "finding action done"
    static let configuration = CommandConfiguration(
      abstract: "Say that a corrective action is done."
    )

    @OptionGroup var which: Which
    @Option(help: "When it was done; now, if not given. Empty: it is not done after all.")
    var at: String?
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await which.alter(in: session, format) { facts, index in
        let done: StatedTime? = try at.map(session.optionalTime) ?? StatedTime(session.now)
        facts.actions[index].done = done
        return done == nil ? "action \(index + 1) not done" : "action \(index + 1) done"
      }
    }
  }

  /// The command `tocsin finding action remove`.
  struct Remove: HeadlessCommand {
    static let origin = "finding action remove"
    static let configuration = CommandConfiguration(
      abstract: "Take a corrective action off the list; undo brings it back."
    )

    @OptionGroup var which: Which
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      try await which.alter(in: session, format) { facts, index in
        facts.actions.remove(at: index)
        return "action \(index + 1) removed"
      }
    }
  }
}
