internal import App
internal import ArgumentParser
internal import Exchange
internal import Model

/// The command `tocsin rules adopt`.
struct AdoptRules: HeadlessCommand {
  static let origin = "rules adopt"
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "Show which running clocks edited rules would change, and change them.",
    discussion: "Nothing is changed without --yes. What clocks said before stays in their history."
  )

  @Flag(help: "Change them.")
  var yes = false

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let keeper = session.keeper(store, try session.rulebook(rulebook))
    try await keeper.updateAll()
    let differences = try await keeper.differences()
    if yes { try await keeper.updateAll(adopting: true) }
    if format.json {
      try session.out.json(
        .members([
          "adopted": .bool(yes),
          "differences": .array(
            differences.map {
              .members([
                "incident": .string($0.reference), "obligation": .string($0.rule),
                "before": $0.before.map { JSON($0) } ?? .null,
                "after": $0.after.map { JSON($0) } ?? .null,
              ])
            }
          ),
        ])
      )
      return .done
    }
    for difference in differences {
      let before = difference.before.map { words($0.state) } ?? "no clock"
      let after = difference.after.map { words($0.state) } ?? "no clock"
      try session.out.line(
        "\(Exercise.marked(difference.reference, difference.isExercise))  \(difference.rule): "
          + "\(before) -> \(after)"
      )
    }
    let count = differences.count
    try session.out.line(
      yes ? "\(count) clocks changed" : "\(count) clocks would change; --yes changes them"
    )
    return .done
  }

  private func words(_ state: Obligation.State) -> String {
    state.due.map { "due \($0)" } ?? state.word
  }
}
