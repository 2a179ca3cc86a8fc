extension Effect {
  /// Asks for words that narrow a list while they are typed; Esc puts back what stood there.
  ///
  /// - Parameters:
  ///   - before: What stands there.
  ///   - completions: What Tab offers for the text before the cursor.
  ///   - accepted: What Enter does, and Esc with what stood there; nil for the same as a change.
  ///   - typed: What each change of the text does.
  /// - Returns: The effect.
  static func filterPrompt(
    _ before: String,
    completions: @escaping @Sendable (String) -> [String] = { _ in [] },
    accepted: (@Sendable (String) -> Action)? = nil,
    typed: @escaping @Sendable (String) -> Action
  ) -> Effect {
    let accept = accepted ?? typed
    return .present(
      .prompt(
        PromptRequest(
          label: "filter",
          text: before,
          changed: typed,
          submit: accept,
          cancel: accept(before),
          completions: completions
        )
      )
    )
  }
}
