internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin training group`.
struct StaffGroupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "group",
    abstract: "Teams and departments; each person belongs to one.",
    subcommands: [List.self, Add.self, Rename.self, Remove.self]
  )

  /// The command `tocsin training group list`.
  struct List: HeadlessCommand {
    static let origin = "training group list"
    static let configuration = CommandConfiguration(abstract: "List groups by name.")

    @OptionGroup var format: ListFormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let groups = try await session.open().answer(TrainingStatus()).groups
      let objects = groups.map { JSON.group($0) }
      if format.json {
        try session.out.json(.array(objects))
      } else if format.csv {
        try session.out.csv(objects, ["id", "name", "people"])
      } else {
        for group in groups {
          try session.out.row("\(group.id)  \(group.name), \(group.people) people")
        }
      }
      return .done
    }
  }

  /// The command `tocsin training group add`.
  struct Add: HeadlessCommand {
    static let origin = "training group add"
    static let makesStore = true
    static let configuration = CommandConfiguration(abstract: "Add a group; prints its number.")

    @Argument(help: "Its name.") var name: String
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let receipt = try await session.open().apply(
        AddRecord(StaffGroupFacts(name: name)),
        origin: session.origin
      )
      return try session.report(receipt, format, "\(receipt.subject.id)")
    }
  }

  /// The command `tocsin training group rename`.
  struct Rename: HeadlessCommand {
    static let origin = "training group rename"
    static let configuration = CommandConfiguration(abstract: "Give a group another name.")

    @Argument(help: "The group, by its name or number.") var group: String
    @Argument(help: "The new name.") var name: String
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let found = try await session.staffGroup(group, in: store)
      let receipt = try await store.apply(
        EditRecord(id: found.id, basedOn: found.version, facts: StaffGroupFacts(name: name)),
        origin: session.origin
      )
      return try session.report(receipt, format, "\(found.facts.name): now \(name)")
    }
  }

  /// The command `tocsin training group remove`.
  struct Remove: HeadlessCommand {
    static let origin = "training group remove"
    static let configuration = CommandConfiguration(
      abstract: "Take a group off the list that nobody belongs to."
    )

    @Argument(help: "The group, by its name or number.") var group: String
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let found = try await session.staffGroup(group, in: store)
      let receipt = try await store.apply(
        RemoveRecord<StaffGroupFacts>(id: found.id, basedOn: found.version),
        origin: session.origin
      )
      return try session.report(receipt, format, "\(found.facts.name): removed")
    }
  }
}

extension JSON {
  /// A group of staff with how its people stand.
  static func group(_ group: TrainingStatus.Group) -> JSON {
    .members([
      "id": .integer(group.id), "name": .string(group.name), "people": .count(group.people),
      "late_people": .count(group.latePeople), "duties": .tally(group.duties),
    ])
  }
}
