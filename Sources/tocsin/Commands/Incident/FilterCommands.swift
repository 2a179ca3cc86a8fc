internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension IncidentCommand {
  /// The command `tocsin incident filters`.
  struct Filters: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Filters that are saved under a name, shared with the dashboard.",
      discussion: "To use one: tocsin incident list --saved NAME",
      subcommands: [List.self, Save.self, Remove.self]
    )

    /// The command `tocsin incident filters list`.
    struct List: HeadlessCommand {
      static let origin = "incident filters list"
      static let configuration = CommandConfiguration(abstract: "List saved filters by name.")

      @OptionGroup var format: ListFormatOptions
      @OptionGroup var options: StoreOptions

      func perform(in session: Session) async throws -> ExitStatus {
        let filters = try await session.open().answer(SavedFilters())
        if format.json {
          try session.out.json(.array(filters.map { .filter($0.name, $0.text) }))
        } else if format.csv {
          try session.out.csv(filters.map { .filter($0.name, $0.text) }, ["name", "filter"])
        } else if !filters.isEmpty {
          let rows: [[Words]] = filters.map { ["\($0.name)", "\($0.text)"] }
          let table = Table(titles: ["NAME", "FILTER"], rows: rows)
          for line in table.lines(rows) { try session.out.line(line) }
        } else {
          session.out.note("No filter is saved yet.")
        }
        return .done
      }
    }

    /// The command `tocsin incident filters save`.
    struct Save: HeadlessCommand {
      static let origin = "incident filters save"
      static let makesStore = true
      static let configuration = CommandConfiguration(
        abstract: "Save a filter under a name, in place of an older one of that name."
      )

      @Argument(help: "The name.")
      var name: String

      @Argument(help: "The filter, such as: is:open severity:high")
      var filter: String

      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      func perform(in session: Session) async throws -> ExitStatus {
        // One that nobody can read is not worth a name.
        _ = try session.filter(filter)
        try await session.open().apply(
          SaveFilter(filterName: name, text: filter),
          origin: session.origin
        )
        if format.json {
          try session.out.json(.filter(name, filter))
        } else {
          try session.out.line("\(name): \(filter)")
        }
        return .done
      }
    }

    /// The command `tocsin incident filters remove`.
    struct Remove: HeadlessCommand {
      static let origin = "incident filters remove"
      static let configuration = CommandConfiguration(
        abstract: "Remove a saved filter; tocsin undo brings it back."
      )

      @Argument(help: "The name.")
      var name: String

      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      func perform(in session: Session) async throws -> ExitStatus {
        let store = try session.open()
        let filters = try await store.answer(SavedFilters())
        guard let filter = filters.first(where: { $0.name == name }) else {
          throw Refusal(
            "there is no saved filter \(name)",
            advice: "what there is: tocsin incident filters list"
          )
        }
        try await store.apply(RemoveFilter(filterName: name), origin: session.origin)
        if format.json {
          try session.out.json(.filter(filter.name, filter.text))
        } else {
          try session.out.line("removed \(name): \(filter.text)")
        }
        return .done
      }
    }
  }
}

extension JSON {
  /// A saved filter.
  fileprivate static func filter(_ name: String, _ text: String) -> JSON {
    .members(["name": .string(name), "filter": .string(text)])
  }
}
