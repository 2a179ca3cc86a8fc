public import Drawing
public import Model

/// A view that is a row of tabs, and below it the tab that is shown.
///
/// The view says what its tabs are, a line each. Drawing, the rows of the table of actions, mouse, clock,
/// turning tabs, stepping back and reading what is shown stand here, once for all of them.
public protocol TabbedView: Pane where State: TabbedViewState {
  /// The tab as the view sees it.
  static func part(_ tab: State.ShownTab) -> ViewPart<State, Action>
  /// What stands in the row of tabs for one; its title, unless something waits there.
  static func title(_ tab: State.ShownTab, _ state: State) -> String
}

/// What is kept of every view of tabs.
public protocol TabbedViewState: Sendable {
  /// Its tabs.
  associatedtype ShownTab: PaneTab
  /// The tab that is shown.
  var tab: ShownTab { get set }
}

/// One tab of a view, as the view sees it.
public struct ViewPart<State: Sendable, Action: Sendable>: Sendable {
  let part: RecordPart<State, Action>
  /// What happens when the tab comes to be shown, or the record was altered meanwhile.
  let shown: Action
  /// Whether what it shows is yet to come.
  let isSettling: @Sendable (State) -> Bool

  /// Makes a tab.
  ///
  /// - Parameters:
  ///   - part: The tab as an opened record would have it.
  ///   - shown: What happens when it comes to be shown.
  ///   - isSettling: Whether what it shows is yet to come.
  public init(
    _ part: RecordPart<State, Action>,
    shown: Action,
    isSettling: @escaping @Sendable (State) -> Bool
  ) {
    (self.part, self.shown, self.isSettling) = (part, shown, isSettling)
  }
}

extension TabbedView {
  /// The tab's title alone.
  public static func title(_ tab: State.ShownTab, _ state: State) -> String { tab.title }

  // MARK: What follows from keys and mouse

  /// Reads what the tab shows.
  static func show(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    reduce(&state, part(state.tab).shown, context)
  }

  /// Turns to the tab so many steps further.
  static func turn(_ state: inout State, by step: Int, _ context: PaneContext) -> [Effect<Action>] {
    state.tab = state.tab.turned(by: step)
    return show(&state, context)
  }

  /// Moves the cursor of the tab that is shown.
  static func move(_ state: inout State, _ motion: Motion, _ context: PaneContext)
    -> [Effect<Action>]
  {
    reduce(&state, part(state.tab).part.moved(motion), context)
  }

  /// Gives the tab that is shown a press of the mouse, in its own coordinates.
  static func press(_ state: inout State, _ point: Point, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let area = tabArea(context.area)
    guard area.contains(point), let pressed = part(state.tab).part.pressed else { return [] }
    let inside = Point(column: point.column - area.column, row: point.row - area.row)
    return reduce(&state, pressed(inside), context)
  }

  /// Steps back within the tab that is shown; leaves the view where the tab has no step back.
  static func stepBack(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    guard let action = part(state.tab).part.back(state) else { return [.go(.back)] }
    return reduce(&state, action, context)
  }

  // MARK: Keys, clock, drawing

  /// The rows that apply now: those of the tab that is shown, then the view's own.
  public static func table(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    part(state.tab).part.table(state, query) + actions.bound(to: state, for: query)
  }

  /// When the tab will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    part(state.tab).part.nextTick(state, inner(context))
  }

  /// Whether what was turned to is yet to be shown.
  public static func isSettling(_ state: State) -> Bool { part(state.tab).isSettling(state) }

  /// The area below the tabs, in the pane's own coordinates.
  static func tabArea(_ area: Size) -> Rect { Rect(area).splitTop(1).rest }

  /// The world as the tab sees it.
  static func inner(_ context: PaneContext) -> PaneContext {
    context.part(tabArea(context.area), isFocused: true)
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    Tabs(
      titles: State.ShownTab.allCases.map { title($0, state) },
      selected: state.tab.rawValue,
      isFocused: context.isFocused
    ).draw(on: &canvas, in: rect.splitTop(1).top)
    let body = tabArea(context.area).moved(by: rect)
    part(state.tab).part.draw(state, &canvas, body, inner(context))
  }
}
