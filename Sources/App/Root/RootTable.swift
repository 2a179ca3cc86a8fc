import Drawing
import Panes

/// The whole table of actions: the rows of the view on the screen, and those of the program.
enum RootTable {
  typealias Row = ActionRow<RootState, RootAction>

  /// The rows that are asked for in the present state, the view's own first.
  static func bound(_ state: RootState, for query: ActionQuery = .all)
    -> [BoundAction<RootAction>]
  {
    let all = own(state, for: query) + program.bound(to: state, for: query)
    return state.world.readOnlyReason.map { forbidChanges(all, $0) } ?? all
  }

  /// The row that a key does: the view's own, else the program's.
  static func row(of key: Key, _ state: RootState) -> BoundAction<RootAction>? {
    let query = ActionQuery.key(key)
    guard let row = own(state, for: query).first ?? program.bound(to: state, for: query).first
    else { return nil }
    return state.world.readOnlyReason.flatMap { forbidChanges([row], $0).first } ?? row
  }

  private static func own(_ state: RootState, for query: ActionQuery) -> [BoundAction<RootAction>] {
    RootView.of(state.view).table(state, query)
  }

  /// Every action that alters the record passes here: read-only means all of them.
  private static func forbidChanges(_ rows: [BoundAction<RootAction>], _ reason: String)
    -> [BoundAction<RootAction>]
  {
    rows.map { $0.section == .change ? $0.forbidden(reason) : $0 }
  }

  static let program: [Row] =
    ViewID.allCases.map { view in
      Row(
        "view.\(view.title.lowercased())",
        keys: [.character(Character("\(view.rawValue)"))],
        label: view.title,
        help: "Go to the view \(view.title)",
        section: .view,
        action: { _ in .went(.view(view)) }
      )
    } + [
      Row(
        "undo",
        keys: [.character("u")],
        label: "undo",
        help: "Take back the last change of this session",
        section: .change,
        availability: {
          .when(!$0.undoSteps.isEmpty, otherwise: "nothing of this session is left to undo")
        },
        action: { _ in .undoPressed }
      ),
      Row(
        "redo",
        keys: [.character("U")],
        label: "redo",
        help: "Do again what was undone",
        section: .change,
        availability: { .when(!$0.redoSteps.isEmpty, otherwise: "nothing was undone") },
        action: { _ in .redoPressed }
      ),
      Row(
        "menu",
        keys: [.character("x")],
        label: "actions",
        help: "Menu of what can be done here",
        section: .mark,
        hint: 5,
        action: { _ in .menuPressed }
      ),
      Row(
        "palette",
        keys: [.control("p")],
        label: "palette",
        help: "Find any action by its name",
        section: .system,
        action: { _ in .palettePressed }
      ),
      Row(
        "command",
        keys: [.character(":")],
        label: "command",
        help: "Type an action's name; Tab completes",
        section: .system,
        action: { _ in .commandPressed }
      ),
      Row(
        "help",
        keys: [.character("?"), .function(1)],
        label: "help",
        help: "All keys of this view; / searches them",
        section: .system,
        hint: 10,
        action: { _ in .helpPressed }
      ),
      Row(
        "refresh",
        keys: [.character("R"), .function(5)],
        label: "refresh",
        help: "Read everything from the record again",
        section: .view,
        action: { _ in .refreshPressed }
      ),
      Row(
        "organisation",
        keys: [.character("O")],
        label: "organisation",
        help: "Say who reports: seat, zone, role, trades, second person. Rules ask for it",
        section: .change,
        action: { _ in .organisation(.pressed) }
      ),
      Row(
        "rules",
        label: "rules …",
        help: "What is wrong with the rules, and which clocks edited ones would change",
        section: .system,
        action: { _ in .rulesPressed }
      ),
      Row(
        "rules.adopt",
        label: "adopt rules …",
        help: "Work out again the clocks that edited rules would change",
        section: .change,
        availability: {
          .when(!$0.world.differences.isEmpty, otherwise: "all clocks rest on these rules")
        },
        action: { _ in .adoptPressed }
      ),
      Row(
        "theme",
        keys: [.character("T")],
        label: "theme",
        help: "Switch to the next theme",
        section: .system,
        availability: { .when(!$0.world.themes.isEmpty, otherwise: "no theme file was found") },
        action: { _ in .themePressed }
      ),
      Row(
        "mouse",
        keys: [.character("M")],
        label: "mouse",
        help: "Give the mouse to the terminal, or take it back",
        section: .system,
        action: { _ in .mousePressed }
      ),
      Row(
        "bell",
        label: "bell",
        help: "Ring the bell when a step before a deadline passes, or be silent",
        section: .system,
        action: { _ in .bellPressed }
      ),
      Row(
        "picture",
        label: "save picture …",
        help: "Save the screen as an SVG picture",
        section: .system,
        action: { _ in .picturePressed }
      ),
      Row(
        "repaint",
        keys: [.control("l")],
        label: "repaint",
        help: "Paint the whole screen anew",
        section: .system,
        action: { _ in .repaintPressed }
      ),
      Row(
        "suspend",
        keys: [.control("z")],
        label: "suspend",
        help: "Go back to the shell; fg returns",
        section: .system,
        action: { _ in .suspendPressed }
      ),
      Row(
        "cancel",
        keys: [.control("c")],
        label: "cancel job",
        help: "Cancel the running job; with none running it asks whether to quit",
        section: .system,
        action: { $0.job == nil && $0.clockJob == nil ? .quitPressed : .jobCancelled }
      ),
      Row(
        "back.root",
        keys: [.character("q"), .escape],
        label: "back",
        help: "Go back to the view before; at the root q asks whether to quit",
        section: .move,
        action: { _ in .went(.back) }
      ),
    ]
}
