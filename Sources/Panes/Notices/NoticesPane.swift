public import Drawing
public import Model

/// The view of notices: all mailings, beside or below them how far the one under the cursor is; and the
/// mailing that was opened.
public enum NoticesPane: Pane {
  /// What the view shows.
  public struct State: Sendable {
    /// The mailings that pass the filter, newest first.
    public var table = VirtualTable<MailingBoard.Row>()
    /// All mailings that were read.
    public var rows: [MailingBoard.Row] = []
    /// How many there are, of which at most ``NoticesPane/most`` are held.
    public var total = 0
    /// The words that all rows have; empty for all.
    public var filterText = ""
    /// How far the mailing under the cursor is.
    public var coverage = CoverageTab.State()
    /// Which part takes the keys.
    public var focus = SplitLayout.Part.list
    /// Whether that part has the whole area.
    public var isZoomed = false
    /// The mailing that is open.
    public var open: MailingPane.State?
    /// Why the mailings could not be read.
    public var problem: String?

    /// Makes the view as it opens.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case appeared
    case recordChanged
    /// Another view is turned to: what was revealed is hidden.
    case left
    case answered(Result<Page<MailingBoard.Row>, StoreError>)
    case moved(Motion)
    case pressed(Point)
    case openPressed
    case opened(RecordID)
    case openedAt(RecordID, LedgerFilter)
    case focusMoved
    case zoomPressed
    case filterPressed
    case filterTyped(String)
    case incidentPressed
    case backPressed
    case change(MailingEvent)
    case coverage(CoverageTab.Action)
    case mailing(MailingPane.Action)
  }

  /// How many mailings are held: the newest.
  static let most = 500

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .appeared, .recordChanged:
      if state.open != nil {
        return reduceOpen(&state, action.isAppearance ? .appeared : .recordChanged, context)
      }
      return [read] + showCoverage(&state, context)
    case .left: return state.open == nil ? [] : reduceOpen(&state, .left, context)
    case .answered(.success(let page)):
      state.problem = nil
      (state.rows, state.total) = (page.rows, page.total)
      load(&state)
      return followCursor(&state, context)
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      if state.open != nil { return reduceOpen(&state, .moved(motion), context) }
      if state.focus == .detail { return reduce(&state, .coverage(.moved(motion)), context) }
      state.table.move(motion, height: layout(state, context.area).listHeight)
      return followCursor(&state, context)
    case .pressed(let point): return pressed(&state, point, context)
    case .openPressed:
      guard let row = state.table.selectedRow else { return [] }
      return reduce(&state, .opened(row.id), context)
    case .opened(let id):
      state.open = MailingPane.State(id: id)
      return reduceOpen(&state, .appeared, context)
    case .openedAt(let id, let filter):
      state.open = MailingPane.State(id: id)
      return reduceOpen(&state, .appeared, context)
        + reduceOpen(&state, .peopleWanted(filter), context)
    case .focusMoved:
      state.focus = state.focus.other
      return []
    case .zoomPressed:
      state.isZoomed.toggle()
      return []
    case .filterPressed: return [.filterPrompt(state.filterText) { .filterTyped($0) }]
    case .filterTyped(let text):
      state.filterText = text
      load(&state)
      return followCursor(&state, context)
    case .incidentPressed:
      return state.table.selectedRow.map { [.go(.incident($0.mailing.incident))] } ?? []
    case .backPressed: return back(&state, context)
    case .change(.opened(.success(let receipts))):
      guard let receipt = receipts.last else { return [] }
      return [
        .toast(Toast(.done, "opened \(receipt.reference); x i brings recipients in · u undoes"))
      ] + reduce(&state, .opened(receipt.subject.id), context)
    case .change(let event):
      return MailingChange.reduce(
        event,
        state.table.selectedRow?.mailing,
        context,
        wrap: { .change($0) }
      )
    case .coverage(.opened(let jurisdiction)):
      guard let id = state.coverage.mailing?.id else { return [] }
      return reduce(&state, .openedAt(id, .notTold(in: jurisdiction)), context)
    case .coverage(let action):
      let part = context.part(coverageArea(state, context.area), isFocused: true)
      return CoverageTab.reduce(&state.coverage, action, part).map { $0.map(Action.coverage) }
    case .mailing(.closed):
      let id = state.open?.id
      state.open = nil
      if let id, let index = state.table.rows.firstIndex(where: { $0.id == id }) {
        state.table.select(id: id, at: index)
      }
      return [read] + showCoverage(&state, context)
    case .mailing(let action): return reduceOpen(&state, action, context)
    }
  }

  private static func reduceOpen(
    _ state: inout State,
    _ action: MailingPane.Action,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    guard var open = state.open else { return [] }
    let effects = MailingPane.reduce(&open, action, context)
    state.open = open
    return effects.map { $0.map(Action.mailing) }
  }

  // MARK: Reading

  private static let read = Effect<Action>.ask(
    MailingBoard(window: RowWindow(start: 0, count: most)),
    slot: "notices.list"
  ) { .answered($0) }

  private static func load(_ state: inout State) {
    let needle = state.filterText.lowercased()
    state.table.reload(
      state.rows.filter { row in
        needle.isEmpty
          || [
            row.mailing.reference, row.mailing.facts.name, row.mailing.incidentReference,
            row.title, Look.mailing(row).text,
          ].contains { $0.lowercased().contains(needle) }
      }
    )
  }

  /// Shows how far the mailing under the cursor is, where that is another one.
  private static func followCursor(_ state: inout State, _ context: PaneContext)
    -> [Effect<Action>]
  {
    guard state.table.selectedRow?.id != state.coverage.mailing?.id else { return [] }
    return showCoverage(&state, context)
  }

  private static func showCoverage(_ state: inout State, _ context: PaneContext)
    -> [Effect<Action>]
  {
    guard let mailing = state.table.selectedRow?.mailing else {
      state.coverage = CoverageTab.State()
      return []
    }
    return reduce(&state, .coverage(.shown(mailing)), context)
  }

  // MARK: Keys and mouse

  private static func pressed(_ state: inout State, _ point: Point, _ context: PaneContext)
    -> [Effect<Action>]
  {
    if state.open != nil { return reduceOpen(&state, .pressed(point), context) }
    let layout = layout(state, context.area)
    if layout.detail.contains(point) {
      state.focus = .detail
      let area = coverageArea(state, context.area)
      let inside = Point(column: point.column - area.column, row: point.row - area.row)
      return area.contains(point) ? reduce(&state, .coverage(.pressed(inside)), context) : []
    }
    let list = layout.list.splitBottom(1).rest
    guard let position = state.table.position(at: point, in: list) else { return [] }
    let wasHere = state.focus == .list && position == state.table.cursor
    state.focus = .list
    return reduce(&state, wasHere ? .openPressed : .moved(.to(position)), context)
  }

  private static func back(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    if state.open != nil { return reduceOpen(&state, .backPressed, context) }
    if state.focus == .detail {
      state.focus = .list
      return []
    }
    guard !state.filterText.isEmpty else { return [.go(.back)] }
    return reduce(&state, .filterTyped(""), context)
  }

  /// Whether what was turned to is yet to be shown.
  public static func isSettling(_ state: State) -> Bool {
    if let open = state.open { return MailingPane.isSettling(open) }
    return !state.table.isLoaded && state.problem == nil
  }

  /// When something it shows by the clock will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    if let open = state.open { return MailingPane.nextTick(open, context) }
    let rows = state.table.rows.compactMap { Look.nextLeft($0.clock, now: context.now) }
    return (rows + [CoverageTab.nextTick(state.coverage, context)].compactMap(\.self)).min()
  }
}

extension NoticesPane.Action {
  fileprivate var isAppearance: Bool { if case .appeared = self { true } else { false } }
}

extension LedgerFilter {
  /// Those of a jurisdiction who are to be told still; of all where it is empty.
  static func notTold(in jurisdiction: String) -> LedgerFilter {
    let parts = MailingCoverage.Part.allCases.filter(\.isToBeTold)
    return LedgerFilter(
      states: parts.reduce(into: []) { $0.formUnion($1.states) },
      jurisdictions: jurisdiction.isEmpty ? nil : [jurisdiction]
    )
  }
}
