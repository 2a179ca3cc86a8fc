public import Drawing
public import Model

/// The view of people: staff and plans, courses and protocols, phishing exercises.
public enum PeoplePane: TabbedView {
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
  public struct State: TabbedViewState {
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
    case .moved(let motion): return move(&state, motion, context)
    case .pressed(let point): return press(&state, point, context)
    case .tabMoved(let step): return turn(&state, by: step, context)
    case .backPressed: return stepBack(&state, context)
    case .staff(let action):
      return StaffTab.reduce(&state.staff, action, inner).map { $0.map(Action.staff) }
    case .courses(let action):
      return CoursesTab.reduce(&state.courses, action, inner).map { $0.map(Action.courses) }
    case .exercises(let action):
      return ExercisesTab.reduce(&state.exercises, action, inner).map { $0.map(Action.exercises) }
    }
  }

  /// The tabs, a line each.
  public static func part(_ tab: Tab) -> ViewPart<State, Action> {
    switch tab {
    case .staff:
      ViewPart(
        RecordPart(StaffTab.self, \.staff, Action.staff) {
          StaffTab.holdsBack($0) ? .backPressed : nil
        },
        shown: .staff(.appeared)
      ) { !$0.staff.groups.isLoaded && $0.staff.problem == nil }
    case .courses:
      ViewPart(
        RecordPart(CoursesTab.self, \.courses, Action.courses),
        shown: .courses(.appeared)
      ) { !$0.courses.table.isLoaded && $0.courses.problem == nil }
    case .exercises:
      ViewPart(
        RecordPart(ExercisesTab.self, \.exercises, Action.exercises),
        shown: .exercises(.appeared)
      ) { !$0.exercises.table.isLoaded && $0.exercises.problem == nil }
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
}
