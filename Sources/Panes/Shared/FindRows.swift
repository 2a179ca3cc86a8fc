import Drawing

/// The rows of the table of actions by which one goes from hit to hit of a search.
enum HitRows {
  /// Makes the rows.
  ///
  /// - Parameters:
  ///   - hit: What is gone to, such as `hit` or `incident with a hit`.
  ///   - availability: Whether there are hits.
  ///   - make: The action for so many steps.
  /// - Returns: The rows.
  static func rows<State: Sendable, Action: Sendable>(
    _ hit: String = "hit",
    availability: @escaping @Sendable (State) -> Availability,
    _ make: @escaping @Sendable (Int) -> Action
  ) -> [ActionRow<State, Action>] {
    [
      ActionRow(
        "search.next",
        keys: [.character("n")],
        label: "next hit",
        help: "Go to the next \(hit)",
        section: .find,
        availability: availability,
        action: { _ in make(1) }
      ),
      ActionRow(
        "search.previous",
        keys: [.character("N")],
        label: "previous hit",
        help: "Go to the \(hit) before",
        section: .find,
        availability: availability,
        action: { _ in make(-1) }
      ),
    ]
  }
}

/// The rows of the table of actions by which rows of a list are marked.
enum MarkRows {
  /// What can happen to marks.
  enum Event: Sendable {
    /// The row under the cursor is marked, or its mark is taken away.
    case one
    /// A range begins, or ends.
    case range
    /// All marks are taken away.
    case clear
  }

  /// Makes the rows.
  ///
  /// - Parameters:
  ///   - help: What marking one does, in a sentence.
  ///   - hint: The place of marking in the hint line.
  ///   - availability: Whether there is something under the cursor.
  ///   - hasMarks: Whether something is marked.
  ///   - all: The row that marks all; nil where there is none.
  ///   - make: The action for an event.
  /// - Returns: The rows.
  static func rows<State: Sendable, Action: Sendable>(
    _ help: String,
    hint: Int? = nil,
    availability: @escaping @Sendable (State) -> Availability,
    hasMarks: @escaping @Sendable (State) -> Bool,
    all: ActionRow<State, Action>? = nil,
    _ make: @escaping @Sendable (Event) -> Action
  ) -> [ActionRow<State, Action>] {
    [
      ActionRow(
        "mark",
        keys: [.character(" ")],
        label: "mark",
        help: help,
        section: .mark,
        hint: hint,
        availability: availability,
        action: { _ in make(.one) }
      ),
      ActionRow(
        "mark.range",
        keys: [.character("v")],
        label: "range",
        help: "Begin a range here; press again to mark all up to the cursor",
        section: .mark,
        availability: availability,
        action: { _ in make(.range) }
      ),
    ] + (all.map { [$0] } ?? []) + [
      ActionRow(
        "mark.clear",
        keys: [.character("A")],
        label: "clear marks",
        help: "Clear all marks",
        section: .mark,
        availability: { .when(hasMarks($0), otherwise: "nothing is marked") },
        action: { _ in make(.clear) }
      )
    ]
  }
}
