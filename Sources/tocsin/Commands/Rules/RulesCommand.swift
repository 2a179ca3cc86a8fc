internal import ArgumentParser

/// The command `tocsin rules`.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List, show and check the rules by which deadlines are worked out.",
    subcommands: [
      ListRules.self, ShowRule.self, CheckRules.self, AdoptRules.self,
      ListFacts.self,
    ]
  )
}
