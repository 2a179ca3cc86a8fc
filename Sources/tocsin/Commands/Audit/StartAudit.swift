internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// What is said of an audit as a whole.
struct AuditFactOptions: ParsableArguments {
  @Option(help: "What it is called.")
  var title: String?

  @Option(help: "What is looked at.")
  var scope: String?

  @Option(help: ArgumentHelp("The first day that it speaks of.", valueName: "day"))
  var from: String?

  @Option(help: ArgumentHelp("The last day that it speaks of.", valueName: "day"))
  var until: String?

  @Option(help: "Who audits.")
  var auditor: String?

  @Option(help: "Who reviews; can be given several times.")
  var reviewer: [String] = []

  @Option(
    help: ArgumentHelp("The next is due after so many months; 0 is never.", valueName: "months")
  )
  var every: Int?

  /// What was given, as edits.
  var edits: [AuditEdit] {
    var edits: [AuditEdit] = []
    if let title { edits.append(.title(title)) }
    if let scope { edits.append(.scope(scope)) }
    if let from { edits.append(.from(from)) }
    if let until { edits.append(.until(until)) }
    if let auditor { edits.append(.auditor(auditor)) }
    if !reviewer.isEmpty { edits.append(.reviewers(reviewer)) }
    if let every { edits.append(.months(every == 0 ? nil : every)) }
    return edits
  }
}

extension AuditCommand {
  /// The command `tocsin audit start`.
  struct Start: HeadlessCommand {
    static let origin = "audit start"
    static let makesStore = true
    static let configuration = CommandConfiguration(
      abstract: "Start an audit and print its reference.",
      discussion: """
        With --after, facts and target scores of an earlier audit come along, and its answers as \
        previous ones: shown, never counted. Where the framework has another edition by then, \
        requirements are matched by mappings, identifiers, references and texts. Without --group it \
        takes the framework's default groups, or all of it where there are none.
        """
    )

    @Argument(help: "The framework; with --after the same one, if not given.")
    var framework: String?

    @Option(help: ArgumentHelp("Start from this earlier audit.", valueName: "reference"))
    var after: String?

    @Option(help: "Only this group of the framework; can be given several times.")
    var group: [String] = []

    @Flag(help: "Only plan it: nothing can be answered until it is opened.")
    var planned = false

    @OptionGroup var facts: AuditFactOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func validate() throws {
      if framework == nil, after == nil {
        throw ValidationError("Name a framework, or an audit with --after.")
      }
    }

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let earlier: AuditRow? =
        if let after { try await session.audit(after, in: store).row } else { nil }
      let row: FrameworkRow? =
        if let framework { try await session.framework(framework, in: store) } else { nil }
      guard let id = row?.id ?? earlier?.audit.framework else { return .usage }
      var draft = Audit(
        id: 0,
        reference: "",
        version: 1,
        framework: id,
        previous: nil,
        state: .open,
        facts: earlier?.audit.facts ?? AuditFacts(title: row?.name ?? ""),
        startedAt: session.now,
        updatedAt: session.now
      )
      (draft.facts.from, draft.facts.until) = ("", "")
      for edit in facts.edits { draft.apply(edit) }
      if !group.isEmpty || earlier?.audit.framework != id { draft.facts.groups = group }
      let receipt = try await store.apply(
        StartAudit(
          framework: id,
          facts: draft.facts,
          previous: earlier?.id,
          isPlanned: planned
        ),
        origin: session.origin
      )
      return try session.report(receipt, format, "\(receipt.reference)")
    }
  }

  /// The command `tocsin audit edit`.
  struct Edit: HeadlessCommand {
    static let origin = "audit edit"
    static let configuration = CommandConfiguration(
      abstract: "Set what is said of an audit as a whole; open or plan it."
    )

    @Argument(help: "The audit, such as AUD-2026-0001.")
    var reference: String

    @Flag(help: "Open it: from planned, or back from review.")
    var open = false

    @Flag(help: "Only plan it.")
    var planned = false

    @OptionGroup var facts: AuditFactOptions
    @OptionGroup var base: BaseOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func validate() throws {
      if open, planned { throw ValidationError("--open and --planned exclude each other.") }
      if !open, !planned, facts.edits.isEmpty { throw ValidationError("Nothing is to be set.") }
    }

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let row = try await session.audit(reference, in: store).row
      let state: [AuditEdit] = open ? [.state(.open)] : planned ? [.state(.planned)] : []
      let receipt = try await store.apply(
        EditAudit(
          id: row.id,
          basedOn: base.version ?? row.audit.version,
          edits: facts.edits + state
        ),
        origin: session.origin
      )
      return try session.report(receipt, format, "\(receipt.reference): version \(receipt.version)")
    }
  }

  /// The command `tocsin audit remove`.
  struct Remove: HeadlessCommand {
    static let origin = "audit remove"
    static let configuration = CommandConfiguration(
      abstract: "Take an audit off the lists; nothing is deleted.",
      discussion: "It comes back with: tocsin undo. A signed audit is opened again first."
    )

    @Argument(help: "The audit, such as AUD-2026-0001.")
    var reference: String

    @Option(help: "Why.")
    var reason = ""

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let audit = try await session.audit(reference, in: store).row.audit
      let receipt = try await store.apply(
        RemoveAudit(id: audit.id, basedOn: audit.version, reason: reason),
        origin: session.origin
      )
      return try session.report(receipt, format, "\(receipt.reference): removed")
    }
  }
}
