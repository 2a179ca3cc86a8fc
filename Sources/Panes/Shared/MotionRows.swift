public import Drawing

/// The rows of the table of actions by which the cursor moves in any list.
public enum MotionRows {
  /// Makes the rows for a pane whose action for a motion is given.
  public static func rows<State: Sendable, Action: Sendable>(
    _ make: @escaping @Sendable (Motion) -> Action
  ) -> [ActionRow<State, Action>] {
    table.map { row in
      ActionRow(
        row.id,
        keys: row.keys,
        label: row.label,
        help: row.help,
        section: .move,
        action: { _ in make(row.motion) }
      )
    }
  }

  private static let table:
    [(id: String, keys: [Key], label: String, help: String, motion: Motion)] = [
      ("move.down", [.character("j"), .down], "down", "Go to the next row", .by(1)),
      ("move.up", [.character("k"), .up], "up", "Go to the row before", .by(-1)),
      ("move.first", [.character("g"), .home], "first", "Go to the first row", .first),
      ("move.last", [.character("G"), .end], "last", "Go to the last row", .last),
      (
        "move.page-down", [.pageDown, .control("f")], "page down", "Go down by a screen",
        .page(1)
      ),
      ("move.page-up", [.pageUp, .control("b")], "page up", "Go up by a screen", .page(-1)),
      (
        "move.half-down", [.control("d")], "half down", "Go down by half a screen", .halfPage(1)
      ),
      ("move.half-up", [.control("u")], "half up", "Go up by half a screen", .halfPage(-1)),
      (
        "move.screen-top", [.character("H")], "top", "Go to the first row on the screen",
        .screenTop
      ),
      (
        "move.screen-bottom", [.character("L")], "bottom", "Go to the last row on the screen",
        .screenBottom
      ),
    ]
}
