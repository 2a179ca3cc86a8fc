public import Drawing
public import Model

/// A record that was opened: a header that says what it is and where it stands, a row of tabs, and below
/// them the tab that is shown.
///
/// The pane says what its tabs are, a line each, and how its header reads. Drawing, the rows of the table
/// of actions, mouse, clock, turning tabs and stepping back stand here, once for all of them.
public protocol OpenedRecord: Pane where State: OpenedRecordState {
  /// The tab as the record sees it.
  static func part(_ tab: State.ShownTab) -> RecordPart<State, Action>
  /// The first line: what was opened.
  static func title(_ state: State) -> [Span]
  /// The line below the tabs: where it stands; empty until that is known.
  static func headline(_ state: State, _ context: PaneContext) -> [Span]
  /// When that line will read differently by itself; nil where it does not.
  static func nextHeadline(_ state: State, _ context: PaneContext) -> Instant?
  /// From how many rows of the whole on there is room for that line.
  static var headlineFrom: Int { get }
  /// The record's own rows in the table of actions that apply now, beside those of the tab.
  static func own(_ state: State, for query: ActionQuery) -> [BoundAction<Action>]
  /// Gives the record to the tab that is shown; the others get it when they are turned to.
  static func show(_ state: inout State, _ context: PaneContext) -> [Effect<Action>]
  /// Puts away what must not stay on when another tab or view is turned to.
  static func leave(_ state: inout State, _ context: PaneContext) -> [Effect<Action>]
}

/// What is kept of every record that was opened.
public protocol OpenedRecordState: Sendable {
  /// Its tabs.
  associatedtype ShownTab: PaneTab
  /// The tab that is shown.
  var tab: ShownTab { get set }
  /// What is to be said instead of the record; nil where nothing is.
  var problem: String? { get set }
  /// Whether the record was read.
  var isRead: Bool { get }
}

/// What can happen to a part whose cursor moves.
public protocol CursorAction: Sendable {
  /// The cursor is to move.
  static func moved(_ motion: Motion) -> Self
}

/// What can happen to a part whose cursor moves, and which takes the mouse.
public protocol PointerAction: CursorAction {
  /// The mouse was pressed at a point of the part.
  static func pressed(_ point: Point) -> Self
}

/// One tab of an opened record, as the record sees it.
public struct RecordPart<State: Sendable, Action: Sendable>: Sendable {
  let draw: @Sendable (State, inout Canvas, Rect, PaneContext) -> Void
  let table: @Sendable (State, ActionQuery) -> [BoundAction<Action>]
  let nextTick: @Sendable (State, PaneContext) -> Instant?
  let moved: @Sendable (Motion) -> Action
  /// Nil where the tab takes no mouse.
  let pressed: (@Sendable (Point) -> Action)?
  /// The step back that the tab has for itself; nil where the record is to be closed.
  let back: @Sendable (State) -> Action?

  private init<P: Pane & SendableMetatype>(
    _ pane: P.Type,
    _ state: @escaping @Sendable (State) -> P.State,
    _ wrap: @escaping @Sendable (P.Action) -> Action,
    moved: @escaping @Sendable (Motion) -> Action,
    pressed: (@Sendable (Point) -> Action)?,
    without hidden: Set<String>,
    back: @escaping @Sendable (P.State) -> P.Action?
  ) {
    draw = { P.draw(state($0), on: &$1, in: $2, $3) }
    table = { outer, query in
      P.table(state(outer), for: query).filter { !hidden.contains($0.id) }.map { $0.map(wrap) }
    }
    nextTick = { P.nextTick(state($0), $1) }
    (self.moved, self.pressed) = (moved, pressed)
    self.back = { back(state($0)).map(wrap) }
  }

  /// Makes a tab that takes the mouse.
  ///
  /// - Parameters:
  ///   - pane: The tab.
  ///   - state: Its state within that of the record.
  ///   - wrap: Its action as one of the record's.
  ///   - hidden: Rows of the table of actions that lead nowhere from within the record.
  ///   - back: The step back that it has for itself, such as ending a search; nil for none.
  public init<P: Pane & SendableMetatype>(
    _ pane: P.Type,
    _ state: @escaping @Sendable (State) -> P.State,
    _ wrap: @escaping @Sendable (P.Action) -> Action,
    without hidden: Set<String> = [],
    back: @escaping @Sendable (P.State) -> P.Action? = { _ in nil }
  ) where P.Action: PointerAction & SendableMetatype {
    self.init(
      pane,
      state,
      wrap,
      moved: { wrap(.moved($0)) },
      pressed: { wrap(.pressed($0)) },
      without: hidden,
      back: back
    )
  }

  /// Makes a tab that leaves the mouse alone; see ``init(_:_:_:without:back:)``.
  public init<P: Pane & SendableMetatype>(
    keysOnly pane: P.Type,
    _ state: @escaping @Sendable (State) -> P.State,
    _ wrap: @escaping @Sendable (P.Action) -> Action,
    without hidden: Set<String> = [],
    back: @escaping @Sendable (P.State) -> P.Action? = { _ in nil }
  ) where P.Action: CursorAction & SendableMetatype {
    self.init(
      pane,
      state,
      wrap,
      moved: { wrap(.moved($0)) },
      pressed: nil,
      without: hidden,
      back: back
    )
  }
}

extension OpenedRecord {
  /// Nine rows: five of the tab at the least.
  public static var headlineFrom: Int { 9 }
  /// The line does not depend on the clock.
  public static func nextHeadline(_ state: State, _ context: PaneContext) -> Instant? { nil }
  /// All of the record's own rows.
  public static func own(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    actions.bound(to: state, for: query)
  }
  /// Nothing must be put away.
  public static func leave(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] { [] }

  // MARK: What follows from keys and mouse

  /// Turns to the tab so many steps further.
  static func turn(_ state: inout State, by step: Int, _ context: PaneContext) -> [Effect<Action>] {
    let effects = leave(&state, context)
    state.tab = state.tab.turned(by: step)
    return effects + show(&state, context)
  }

  /// Moves the cursor of the tab that is shown.
  static func move(_ state: inout State, _ motion: Motion, _ context: PaneContext)
    -> [Effect<Action>]
  {
    reduce(&state, part(state.tab).moved(motion), context)
  }

  /// Gives the tab that is shown a press of the mouse, in its own coordinates.
  static func press(_ state: inout State, _ point: Point, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let area = tabArea(context.area)
    guard area.contains(point), let pressed = part(state.tab).pressed else { return [] }
    let inside = Point(column: point.column - area.column, row: point.row - area.row)
    return reduce(&state, pressed(inside), context)
  }

  /// Steps back within the tab that is shown; closes the record where the tab has no step back.
  static func stepBack(_ state: inout State, _ context: PaneContext, closed: Action)
    -> [Effect<Action>]
  {
    guard let action = part(state.tab).back(state) else { return [.send(closed)] }
    return reduce(&state, action, context)
  }

  // MARK: Keys, clock, drawing

  /// The rows that apply now: those of the tab that is shown, then the record's own.
  public static func table(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    part(state.tab).table(state, query) + own(state, for: query)
  }

  /// When header or tab will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    [part(state.tab).nextTick(state, inner(context)), nextHeadline(state, context)]
      .compactMap(\.self).min()
  }

  private static func headerRows(_ area: Size) -> Int { area.rows < headlineFrom ? 2 : 3 }

  /// The area below title and tabs, in the pane's own coordinates.
  static func tabArea(_ area: Size) -> Rect { Rect(area).splitTop(headerRows(area)).rest }

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
    let (header, body) = rect.splitTop(headerRows(context.area))
    let (first, rest) = header.splitTop(1)
    canvas.write(Line(title(state)), in: first)
    let (tabs, below) = rest.splitTop(1)
    state.tab.draw(isFocused: context.isFocused, on: &canvas, in: tabs)
    if below.rows > 0 { canvas.write(Line(headline(state, context)), in: below) }
    if let problem = state.problem {
      canvas.write(Line(Untrusted(problem), .warning), in: body.inset(columns: 1))
      return
    }
    guard state.isRead else { return }
    part(state.tab).draw(state, &canvas, body, inner(context))
  }
}
