public import Drawing
public import Model

/// The view of people: staff and plans, courses and protocols, phishing exercises.
public enum PeoplePane: Pane {
  /// The tabs of the view.
  public enum Tab: Int, PaneTab {
    case staff, courses, exercises

    /// The tab's title.
    public var title: String {
      switch self {
      case .staff: "Staff and plans"
      case .courses: "Courses and protocols"
      case .exercises: "Exercises"
      }
    }
  }

  /// What the view shows.
  public struct State: Sendable {
    /// The tab that is shown.
    public var tab = Tab.staff
    /// Groups, and who must do what.
    public var staff = StaffTab.State()
    /// Courses and protocols.
    public var courses = CoursesTab.State()
    /// Phishing exercises.
    public var exercises = ExercisesTab.State()

    /// Makes the view as it opens.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case appeared
    case recordChanged
    case courseWanted(RecordID)
    case exerciseWanted(RecordID)
    case moved(Motion)
    case pressed(Point)
    case tabMoved(Int)
    case backPressed
    case staff(StaffTab.Action)
    case courses(CoursesTab.Action)
    case exercises(ExercisesTab.Action)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let inner = inner(context)
    switch action {
    case .appeared, .recordChanged: return show(&state, context)
    case .courseWanted(let id):
      state.tab = .courses
      return reduce(&state, .courses(.wanted(id)), context)
    case .exerciseWanted(let id):
      state.tab = .exercises
      return reduce(&state, .exercises(.wanted(id)), context)
    case .moved(let motion):
      switch state.tab {
      case .staff: return reduce(&state, .staff(.moved(motion)), context)
      case .courses: return reduce(&state, .courses(.moved(motion)), context)
      case .exercises: return reduce(&state, .exercises(.moved(motion)), context)
      }
    case .pressed(let point):
      let area = tabArea(context.area)
      guard area.contains(point) else { return [] }
      let inside = Point(column: point.column - area.column, row: point.row - area.row)
      switch state.tab {
      case .staff: return reduce(&state, .staff(.pressed(inside)), context)
      case .courses: return reduce(&state, .courses(.pressed(inside)), context)
      case .exercises: return reduce(&state, .exercises(.pressed(inside)), context)
      }
    case .tabMoved(let step):
      state.tab = state.tab.turned(by: step)
      return show(&state, context)
    case .backPressed:
      guard state.tab == .staff, StaffTab.holdsBack(state.staff) else { return [.go(.back)] }
      return reduce(&state, .staff(.backPressed), context)
    case .staff(let action):
      return StaffTab.reduce(&state.staff, action, inner).map { $0.map(Action.staff) }
    case .courses(let action):
      return CoursesTab.reduce(&state.courses, action, inner).map { $0.map(Action.courses) }
    case .exercises(let action):
      return ExercisesTab.reduce(&state.exercises, action, inner).map { $0.map(Action.exercises) }
    }
  }

  /// Reads what the tab shows.
  private static func show(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    switch state.tab {
    case .staff: reduce(&state, .staff(.appeared), context)
    case .courses: reduce(&state, .courses(.appeared), context)
    case .exercises: reduce(&state, .exercises(.appeared), context)
    }
  }

  /// The area below the tabs, in the pane's own coordinates.
  static func tabArea(_ area: Size) -> Rect { Rect(area).splitTop(1).rest }

  private static func inner(_ context: PaneContext) -> PaneContext {
    context.part(tabArea(context.area), isFocused: true)
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    state.tab.draw(isFocused: context.isFocused, on: &canvas, in: rect.splitTop(1).top)
    let body = tabArea(context.area).moved(by: rect)
    let inner = inner(context)
    switch state.tab {
    case .staff: StaffTab.draw(state.staff, on: &canvas, in: body, inner)
    case .courses: CoursesTab.draw(state.courses, on: &canvas, in: body, inner)
    case .exercises: ExercisesTab.draw(state.exercises, on: &canvas, in: body, inner)
    }
  }

  /// Whether what was turned to is yet to be shown.
  public static func isSettling(_ state: State) -> Bool {
    switch state.tab {
    case .staff: !state.staff.groups.isLoaded && state.staff.problem == nil
    case .courses: !state.courses.table.isLoaded && state.courses.problem == nil
    case .exercises: !state.exercises.table.isLoaded && state.exercises.problem == nil
    }
  }

  // MARK: Rows in the table of actions

  /// Its rows in the table of actions; those of the tab on the screen come before them.
  public static let actions: [ActionRow<State, Action>] =
    TabRows.rows(help: "Turn to the next tab: staff, courses, exercises") { .tabMoved($0) } + [
      ActionRow(
        "back",
        keys: [.escape, .character("q")],
        label: "back",
        help: "Go back to the groups, show all again, or go back",
        section: .move,
        hint: 9,
        action: { _ in .backPressed }
      )
    ]

  /// The rows that apply now.
  public static func table(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    let own: [BoundAction<Action>] =
      switch state.tab {
      case .staff: StaffTab.table(state.staff, for: query).map { $0.map(Action.staff) }
      case .courses: CoursesTab.table(state.courses, for: query).map { $0.map(Action.courses) }
      case .exercises:
        ExercisesTab.table(state.exercises, for: query).map { $0.map(Action.exercises) }
      }
    return own + actions.bound(to: state, for: query)
  }
}
