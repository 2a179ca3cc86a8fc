internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension IncidentCommand {
  /// The command `tocsin incident task`.
  struct Work: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "task",
      abstract: "What is to be done in an incident.",
      subcommands: [List.self, Add.self, Edit.self, Done.self, Remove.self]
    )

    /// The command `tocsin incident task list`.
    struct List: ItemListing {
      static let origin = "incident task list"
      static let configuration = CommandConfiguration(
        abstract: "List tasks: open ones first, then by due time."
      )

      @Argument(help: "The incident, such as INC-2026-0042.")
      var reference: String

      @OptionGroup var format: ListFormatOptions
      @OptionGroup var options: StoreOptions

      static let titles: [Words] = ["ID", "STATE", "DUE", "OWNER", "TASK"]
      static let numbers: Set<Int> = [0]
      static let columns = [
        "id", "title", "owner", "state", "due.text", "due.latest", "recorded_at", "version",
      ]

      static func question(_ incident: RecordID) -> IncidentTasks {
        IncidentTasks(incident: incident)
      }

      static func json(_ task: IncidentTask) -> JSON { JSON.task(task) }

      static func row(_ task: IncidentTask) -> [Words] {
        [
          "\(task.id)", "\(task.facts.state.label)", "\(task.facts.due?.plainWithZone ?? "-")",
          "\(task.facts.owner ?? "-")", "\(task.facts.title)",
        ]
      }
    }

    /// The command `tocsin incident task add`.
    struct Add: HeadlessCommand {
      static let origin = "incident task add"
      static let configuration = CommandConfiguration(abstract: "Add a task; prints its id.")

      @Argument(help: "The incident, such as INC-2026-0042.")
      var reference: String

      @Argument(help: "What is to be done.")
      var title: String

      @Option(help: "Who does it.")
      var owner: String?

      @Option(help: "When it is due.")
      var due: String?

      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      func perform(in session: Session) async throws -> ExitStatus {
        let facts = TaskFacts(title: title, owner: owner, due: try due.map(session.time))
        return try await session.alter(reference, format) {
          AddTask(incident: $0.id, facts: facts)
        } saying: {
          "\($1.subject.id)"
        }
      }
    }

    /// The command `tocsin incident task edit`.
    struct Edit: HeadlessCommand {
      static let origin = "incident task edit"
      static let configuration = CommandConfiguration(abstract: "Set what a task says.")

      @OptionGroup var which: ItemArguments

      @Option(help: "What is to be done.")
      var title: String?

      @Option(help: "Who does it. Empty: nobody yet.")
      var owner: String?

      @Option(help: "When it is due. Empty: no time.")
      var due: String?

      @Option(help: "Where it stands.")
      var state: TaskState?

      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      func perform(in session: Session) async throws -> ExitStatus {
        guard title != nil || owner != nil || due != nil || state != nil else {
          throw Refusal("nothing was named that is to be set", status: .usage)
        }
        return try await which.edit(in: session, format) { facts in
          if let title { facts.title = title }
          if let owner { facts.owner = owner.isEmpty ? nil : owner }
          if let due { facts.due = due.isEmpty ? nil : try session.time(due) }
          if let state { facts.state = state }
        }
      }
    }

    /// The command `tocsin incident task done`.
    struct Done: HeadlessCommand {
      static let origin = "incident task done"
      static let configuration = CommandConfiguration(abstract: "Say that a task is done.")

      @OptionGroup var which: ItemArguments
      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      func perform(in session: Session) async throws -> ExitStatus {
        try await which.edit(in: session, format) { $0.state = .done }
      }
    }

    /// The command `tocsin incident task remove`.
    struct Remove: HeadlessCommand {
      static let origin = "incident task remove"
      static let configuration = CommandConfiguration(
        abstract: "Take a task off the list; nothing is deleted."
      )

      @OptionGroup var which: ItemArguments
      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      func perform(in session: Session) async throws -> ExitStatus {
        let store = try session.open()
        let task = try await which.task(in: session, store)
        let receipt = try await store.apply(
          RemoveTask(id: task.id, basedOn: task.version),
          origin: session.origin
        )
        return try session.report(receipt, format, "task \(task.id): removed")
      }
    }
  }
}

extension ItemArguments {
  /// Finds the task.
  ///
  /// - Throws: `Refusal` where the incident has no such task.
  fileprivate func task(in session: Session, _ store: any Store) async throws -> IncidentTask {
    try await find(IncidentTasks.init(incident:), "task", in: session, store)
  }

  /// Alters what the task says.
  fileprivate func edit(
    in session: Session,
    _ format: FormatOptions,
    _ alter: (inout TaskFacts) throws -> Void
  ) async throws -> ExitStatus {
    let store = try session.open()
    let task = try await task(in: session, store)
    var facts = task.facts
    try alter(&facts)
    let receipt = try await store.apply(
      EditTask(id: task.id, basedOn: task.version, facts: facts),
      origin: session.origin
    )
    return try session.report(receipt, format, "task \(task.id): \(facts.state.label)")
  }
}
