public import Drawing
public import Model

/// The view of privacy: activities, what is due for deletion, what nobody justified, requests, impact
/// assessments, and consents.
public enum PrivacyPane: TabbedView {
  /// The tabs of the view.
  public enum Tab: Int, PaneTab {
    case activities, due, unjustified, requests
    case impacts, consents

    /// The tab's title.
    public var title: String {
      switch self {
      case .activities: "Activities"
      case .due: "Due"
      case .unjustified: "Unjustified"
      case .requests: "Requests"
      case .impacts: "DPIA"
      case .consents: "Consent"
      }
    }
  }

  /// What the view shows.
  public struct State: TabbedViewState {
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
    /// The tab of impact assessments.
    public var impacts = ImpactTab.State()
    /// The tab of consents.
    public var consents = ConsentTab.State()
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
    case purposeWanted(String)
    case dueWanted(String)
    case backPressed
    case activities(ActivitiesTab.Action)
    case due(DueTab.Action)
    case unjustified(UnjustifiedTab.Action)
    case requests(RequestsTab.Action)
    case impacts(ImpactTab.Action)
    case consents(ConsentTab.Action)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let inner = inner(context)
    switch action {
    case .appeared, .recordChanged:
      return show(&state, context)
        + [.ask(PrivacyNumbers(), slot: "privacy.numbers") { .numbersAnswered($0) }]
    case .numbersAnswered(let answer):
      state.numbers = try? answer.get()
      return []
    case .tabMoved(let step): return turn(&state, by: step, context)
    case .activityWanted(let reference):
      state.tab = .activities
      return reduce(&state, .activities(.filterTyped("")), context)
        + reduce(&state, .activities(.wanted(reference)), context)
    case .requestWanted(let reference):
      state.tab = .requests
      return reduce(&state, .requests(.wanted(reference)), context)
    case .purposeWanted(let reference):
      state.tab = .consents
      return reduce(&state, .consents(.wanted(reference)), context) + show(&state, context)
    case .dueWanted(let row):
      state.tab = .due
      return reduce(&state, .due(.wanted(row)), context)
    case .moved(let motion): return move(&state, motion, context)
    case .pressed(let point): return press(&state, point, context)
    case .backPressed: return stepBack(&state, context)
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
    case .impacts(let action):
      return ImpactTab.reduce(&state.impacts, action, inner).map { $0.map(Action.impacts) }
    case .consents(let action):
      return ConsentTab.reduce(&state.consents, action, inner).map { $0.map(Action.consents) }
    }
  }

  /// The tabs, a line each.
  public static func part(_ tab: Tab) -> ViewPart<State, Action> {
    switch tab {
    case .activities:
      ViewPart(
        RecordPart(ActivitiesTab.self, \.activities, Action.activities) {
          ActivitiesTab.holdsBack($0) ? .backPressed : nil
        },
        shown: .activities(.shown)
      ) { !$0.activities.table.isLoaded && $0.activities.problem == nil }
    case .due:
      ViewPart(RecordPart(DueTab.self, \.due, Action.due), shown: .due(.shown)) {
        !$0.due.table.isLoaded && $0.due.problem == nil
      }
    case .unjustified:
      ViewPart(
        RecordPart(UnjustifiedTab.self, \.unjustified, Action.unjustified),
        shown: .unjustified(.shown)
      ) { !$0.unjustified.table.isLoaded && $0.unjustified.problem == nil }
    case .requests:
      ViewPart(
        RecordPart(RequestsTab.self, \.requests, Action.requests) {
          RequestsTab.holdsBack($0) ? .backPressed : nil
        },
        shown: .requests(.shown)
      ) { !$0.requests.table.isLoaded && $0.requests.problem == nil }
    case .impacts:
      ViewPart(RecordPart(ImpactTab.self, \.impacts, Action.impacts), shown: .impacts(.shown)) {
        !$0.impacts.table.isLoaded && $0.impacts.problem == nil
      }
    case .consents:
      ViewPart(
        RecordPart(ConsentTab.self, \.consents, Action.consents) {
          ConsentTab.holdsBack($0) ? .backPressed : nil
        },
        shown: .consents(.shown)
      ) { ConsentTab.isSettling($0.consents) }
    }
  }

  /// A tab's title with how much waits there.
  public static func title(_ tab: Tab, _ state: State) -> String {
    guard let numbers = state.numbers else { return tab.title }
    let count =
      switch tab {
      case .activities: 0
      case .due: numbers.due
      case .unjustified: numbers.unjustified
      case .requests: numbers.openRequests
      case .impacts: numbers.dueAssessments
      case .consents: 0
      }
    return count == 0 ? tab.title : "\(tab.title) \(count)"
  }

  /// The rows of the view's own tabs.
  public static let actions: [ActionRow<State, Action>] =
    TabRows.rows(
      help: "Turn to the next tab: activities, due, unjustified, requests, DPIA, consent"
    ) {
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
}
