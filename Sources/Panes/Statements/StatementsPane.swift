public import Drawing
public import Model

/// The view of statements: the list, and of the one under its cursor the text that would be published, what
/// is left out, where the register says otherwise, versions and corrections.
public enum StatementsPane: TabbedView {
  /// The tabs of the view.
  public enum Tab: Int, PaneTab {
    case list, text, omissions, difference, versions, corrections

    /// The tab's title.
    public var title: String {
      switch self {
      case .list: "Statements"
      case .text: "Text"
      case .omissions: "Left out"
      case .difference: "Difference"
      case .versions: "Versions"
      case .corrections: "Corrections"
      }
    }
  }

  /// What the view shows.
  public struct State: TabbedViewState {
    /// The tab that is shown.
    public var tab = Tab.list
    /// The list.
    public var list = StatementList.State()
    /// The tab that is read.
    public var reading = StatementPage.State()
    /// The statement under the cursor with all that belongs to it; nil until it was read.
    public var details: StatementDetails.Details?
    /// The statement that the cursor goes to once it was read.
    public var wanted: RecordID?

    /// Makes the view as it opens.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case appeared
    case recordChanged
    case moved(Motion)
    case pressed(Point)
    case tabMoved(Int)
    case backPressed
    case listed
    case listWanted
    case detailsAnswered(Result<StatementDetails.Details?, StoreError>)
    case list(StatementList.Action)
    case reading(StatementPage.Action)
    case change(StatementEvent)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .appeared: return show(&state, context)
    case .recordChanged: return reduce(&state, .listed, context)
    case .tabMoved(let step): return turn(&state, by: step, context)
    case .moved(let motion): return move(&state, motion, context)
    case .pressed(let point): return press(&state, point, context)
    case .backPressed: return stepBack(&state, context)
    case .listWanted:
      state.tab = .list
      return show(&state, context)
    case .listed:
      return StatementList.reduce(&state.list, .shown, inner(context)).map { $0.map(Action.list) }
    case .list(.openPressed):
      guard state.list.table.selectedRow != nil else { return [] }
      state.tab = .text
      return show(&state, context)
    case .list(let action):
      let before = state.list.table.selectedID
      let effects = StatementList.reduce(&state.list, action, inner(context))
        .map { $0.map(Action.list) }
      if case .answered = action {
        if let wanted = state.wanted,
          let index = state.list.table.rows.firstIndex(where: { $0.id == wanted })
        {
          state.wanted = nil
          state.list.table.select(id: wanted, at: index)
        }
        return effects + read(state)
      }
      return effects + (state.list.table.selectedID == before ? [] : read(state))
    case .detailsAnswered(.success(let details)):
      let isOther = state.details?.row.id != details?.row.id
      state.details = details
      return fill(&state, isOther: isOther)
    case .detailsAnswered(.failure(let error)):
      state.details = nil
      state.reading.problem = error.description
      return []
    case .reading(.shown):
      return fill(&state, isOther: true) + reduce(&state, .listed, context)
    case .reading(.backPressed): return reduce(&state, .listWanted, context)
    case .reading(let action):
      return StatementPage.reduce(&state.reading, action, inner(context))
        .map { $0.map(Action.reading) }
    case .change(let event): return change(&state, event, context)
    }
  }

  /// Reads the statement under the cursor.
  private static func read(_ state: State) -> [Effect<Action>] {
    guard let id = state.list.table.selectedID else { return [] }
    return [.ask(StatementDetails(id: id), slot: "statement") { .detailsAnswered($0) }]
  }

  /// Fills the tab that is read with what it is about.
  private static func fill(_ state: inout State, isOther: Bool) -> [Effect<Action>] {
    state.reading.problem = nil
    guard let details = state.details else { return [] }
    let lines = StatementText.lines(state.tab, details)
    state.reading.show(lines, fromTop: isOther)
    return []
  }

  /// The tabs, a line each.
  public static func part(_ tab: Tab) -> ViewPart<State, Action> {
    switch tab {
    case .list:
      ViewPart(RecordPart(StatementList.self, \.list, Action.list), shown: .listed) {
        !$0.list.table.isLoaded && $0.list.problem == nil
      }
    case .text, .omissions, .difference, .versions, .corrections:
      ViewPart(
        RecordPart(StatementPage.self, \.reading, Action.reading) { _ in .backPressed },
        shown: .reading(.shown)
      ) { $0.details == nil && $0.reading.problem == nil && $0.list.table.total > 0 }
    }
  }

  /// A tab's title with how much stands there.
  public static func title(_ tab: Tab, _ state: State) -> String {
    guard let details = state.details else { return tab.title }
    let count =
      switch tab {
      case .list, .text: 0
      case .omissions: details.draft.omissions.count
      case .difference: details.differences.count
      case .versions: details.editions.count
      case .corrections: details.row.statement.facts.corrections.count
      }
    return count == 0 ? tab.title : "\(tab.title) \(count)"
  }

  /// The rows of the view's own tabs, and what is done with a statement.
  public static let actions: [ActionRow<State, Action>] =
    TabRows.rows(help: "Turn to the next tab: text, left out, difference, versions, corrections") {
      .tabMoved($0)
    } + changes + [
      ActionRow(
        "back",
        keys: [.escape, .character("q")],
        label: "back",
        help: "Go back to the list, or go back",
        section: .move,
        hint: 9,
        action: { _ in .backPressed }
      )
    ]
}
