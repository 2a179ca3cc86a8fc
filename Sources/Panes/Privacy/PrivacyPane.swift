public import Drawing
public import Model

/// The view of privacy: activities, what is due for deletion, what nobody justified, and requests.
public enum PrivacyPane: Pane {
  /// The tabs of the view.
  public enum Tab: Int, PaneTab {
    case activities, due, unjustified, requests

    /// The tab's title.
    public var title: String {
      switch self {
      case .activities: "Activities"
      case .due: "Due"
      case .unjustified: "Unjustified"
      case .requests: "Requests"
      }
    }
  }

  /// What the view shows.
  public struct State: Sendable {
    /// The tab that is shown.
    public var tab = Tab.activities
    /// The tab of activities.
    public var activities = ActivitiesTab.State()
    /// The tab of what is due for deletion.
    public var due = DueTab.State()
    /// The tab of what nobody justified.
    public var unjustified = UnjustifiedTab.State()
    /// The tab of requests.
    public var requests = RequestsTab.State()
    /// How the register stands; nil until it was read.
    public var numbers: PrivacyNumbers.Answer?

    /// Makes the view as it opens.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case appeared
    case recordChanged
    case numbersAnswered(Result<PrivacyNumbers.Answer, StoreError>)
    case moved(Motion)
    case pressed(Point)
    case tabMoved(Int)
    case activityWanted(String)
    case requestWanted(String)
    case dueWanted(String)
    case backPressed
    case activities(ActivitiesTab.Action)
    case due(DueTab.Action)
    case unjustified(UnjustifiedTab.Action)
    case requests(RequestsTab.Action)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let inner = context.part(tabArea(context.area), isFocused: true)
    switch action {
    case .appeared, .recordChanged:
      return show(&state, context)
        + [.ask(PrivacyNumbers(), slot: "privacy.numbers") { .numbersAnswered($0) }]
    case .numbersAnswered(let answer):
      state.numbers = try? answer.get()
      return []
    case .tabMoved(let step):
      state.tab = state.tab.turned(by: step)
      return show(&state, context)
    case .activityWanted(let reference):
      state.tab = .activities
      return reduce(&state, .activities(.filterTyped("")), context)
        + reduce(&state, .activities(.wanted(reference)), context)
    case .requestWanted(let reference):
      state.tab = .requests
      return reduce(&state, .requests(.wanted(reference)), context)
    case .dueWanted(let row):
      state.tab = .due
      return reduce(&state, .due(.wanted(row)), context)
    case .moved(let motion):
      switch state.tab {
      case .activities: return reduce(&state, .activities(.moved(motion)), context)
      case .due: return reduce(&state, .due(.moved(motion)), context)
      case .unjustified: return reduce(&state, .unjustified(.moved(motion)), context)
      case .requests: return reduce(&state, .requests(.moved(motion)), context)
      }
    case .pressed(let point): return pressed(&state, point, context)
    case .backPressed:
      switch state.tab {
      case .activities where ActivitiesTab.holdsBack(state.activities):
        return reduce(&state, .activities(.backPressed), context)
      case .requests where RequestsTab.holdsBack(state.requests):
        return reduce(&state, .requests(.backPressed), context)
      default: return [.go(.back)]
      }
    case .activities(let action):
      return ActivitiesTab.reduce(&state.activities, action, inner)
        .map { $0.map(Action.activities) }
    case .due(let action):
      return DueTab.reduce(&state.due, action, inner).map { $0.map(Action.due) }
    case .unjustified(let action):
      return UnjustifiedTab.reduce(&state.unjustified, action, inner)
        .map { $0.map(Action.unjustified) }
    case .requests(let action):
      return RequestsTab.reduce(&state.requests, action, inner).map { $0.map(Action.requests) }
    }
  }

  /// Reads what the tab shows.
  private static func show(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    switch state.tab {
    case .activities: reduce(&state, .activities(.shown), context)
    case .due: reduce(&state, .due(.shown), context)
    case .unjustified: reduce(&state, .unjustified(.shown), context)
    case .requests: reduce(&state, .requests(.shown), context)
    }
  }

  private static func pressed(_ state: inout State, _ point: Point, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let area = tabArea(context.area)
    guard area.contains(point) else { return [] }
    let inside = Point(column: point.column - area.column, row: point.row - area.row)
    switch state.tab {
    case .activities: return reduce(&state, .activities(.pressed(inside)), context)
    case .due: return reduce(&state, .due(.pressed(inside)), context)
    case .unjustified: return reduce(&state, .unjustified(.pressed(inside)), context)
    case .requests: return reduce(&state, .requests(.pressed(inside)), context)
    }
  }

  /// The area below the tabs, in the pane's own coordinates.
  static func tabArea(_ area: Size) -> Rect { Rect(area).splitTop(1).rest }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    Tabs(
      titles: Tab.allCases.map { title($0, state.numbers) },
      selected: state.tab.rawValue,
      isFocused: context.isFocused
    ).draw(on: &canvas, in: rect.splitTop(1).top)
    let inner = context.part(tabArea(context.area), isFocused: true)
    let body = tabArea(context.area).moved(by: rect)
    switch state.tab {
    case .activities: ActivitiesTab.draw(state.activities, on: &canvas, in: body, inner)
    case .due: DueTab.draw(state.due, on: &canvas, in: body, inner)
    case .unjustified: UnjustifiedTab.draw(state.unjustified, on: &canvas, in: body, inner)
    case .requests: RequestsTab.draw(state.requests, on: &canvas, in: body, inner)
    }
  }

  /// A tab's title with how much waits there.
  private static func title(_ tab: Tab, _ numbers: PrivacyNumbers.Answer?) -> String {
    guard let numbers else { return tab.title }
    let count =
      switch tab {
      case .activities: 0
      case .due: numbers.due
      case .unjustified: numbers.unjustified
      case .requests: numbers.openRequests
      }
    return count == 0 ? tab.title : "\(tab.title) \(count)"
  }

  /// The rows of the view's own tabs.
  public static let actions: [ActionRow<State, Action>] =
    TabRows.rows(help: "Turn to the next tab: activities, due, unjustified, requests") {
      .tabMoved($0)
    } + [
      ActionRow(
        "back",
        keys: [.escape, .character("q")],
        label: "back",
        help: "End a filter, or go back",
        section: .move,
        hint: 9,
        action: { _ in .backPressed }
      )
    ]

  /// The rows that apply now.
  public static func table(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    let own: [BoundAction<Action>] =
      switch state.tab {
      case .activities:
        ActivitiesTab.table(state.activities, for: query).map { $0.map(Action.activities) }
      case .due: DueTab.table(state.due, for: query).map { $0.map(Action.due) }
      case .unjustified:
        UnjustifiedTab.table(state.unjustified, for: query).map { $0.map(Action.unjustified) }
      case .requests:
        RequestsTab.table(state.requests, for: query).map { $0.map(Action.requests) }
      }
    return own + actions.bound(to: state, for: query)
  }

  /// When something it shows by the clock will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    let inner = context.part(tabArea(context.area), isFocused: true)
    return switch state.tab {
    case .due: DueTab.nextTick(state.due, inner)
    case .requests: RequestsTab.nextTick(state.requests, inner)
    case .activities, .unjustified: nil
    }
  }

  /// Whether what was turned to is yet to be shown.
  public static func isSettling(_ state: State) -> Bool {
    switch state.tab {
    case .activities: !state.activities.table.isLoaded && state.activities.problem == nil
    case .due: !state.due.table.isLoaded && state.due.problem == nil
    case .unjustified: !state.unjustified.table.isLoaded && state.unjustified.problem == nil
    case .requests: !state.requests.table.isLoaded && state.requests.problem == nil
    }
  }
}
