public import Drawing
internal import Model

/// A tab of a statement that is read: text, what is left out, differences, versions, corrections.
public enum StatementPage: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The lines.
    public var text = ScrollText([])
    /// Why there are none.
    public var problem: String?

    /// Makes an empty page.
    public init() {}

    /// Takes lines; the place stays where it is the same page.
    mutating func show(_ lines: [Line], fromTop: Bool) {
      let top = text.top
      text = ScrollText(lines)
      if !fromTop { text.move(.to(top), size: Size(columns: 80, rows: 1)) }
    }
  }

  /// What can happen to it.
  public enum Action: PointerAction {
    case shown
    case moved(Motion)
    case pressed(Point)
    case backPressed
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    if case .moved(let motion) = action { state.text.move(motion, size: area(context.area)) }
    return []
  }

  private static func area(_ size: Size) -> Size {
    Size(columns: max(1, size.columns - 2), rows: size.rows)
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let inside = rect.inset(columns: 1)
    if let problem = state.problem {
      canvas.write(Line(Untrusted(problem), .danger), in: inside)
    } else if state.text.lines.isEmpty {
      canvas.write(Line("There is no statement yet: c begins one.", .textMuted), in: inside)
    } else {
      state.text.draw(on: &canvas, in: inside)
    }
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] = MotionRows.rows { .moved($0) }
}
