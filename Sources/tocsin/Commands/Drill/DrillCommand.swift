internal import ArgumentParser

/// The command `tocsin drill`.
struct DrillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drill",
    abstract: "Exercise the handling of an incident, and score it.",
    discussion: """
      An exercise is an incident like any other: the incident commands work on it, and its clocks \
      are real. It bears [DRILL] wherever it is shown or written, and stands in no count, report \
      or register. It is an exercise from its first entry on, and for good.
      """,
    subcommands: [Start.self, End.self, Score.self, List.self]
  )
}
