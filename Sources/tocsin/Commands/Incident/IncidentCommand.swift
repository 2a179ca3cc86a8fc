internal import ArgumentParser

/// `tocsin incident`: everything about incidents.
struct IncidentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incident",
    abstract: "List, show, open and alter incidents.",
    subcommands: [
      List.self, Show.self, Add.self, Edit.self, State.self, Aware.self, Note.self, Work.self,
      Proof.self, Notice.self, Ruling.self, Gravity.self, Link.self, Filters.self, Remove.self,
      PutBack.self,
      PublicIncidentCommand.self,
    ]
  )
}
