public import Drawing
public import Model

/// The view of incidents: the list, and beside or below it the incident that was opened.
public enum IncidentsPane: Pane {
  /// What the view shows.
  public struct State: Sendable {
    /// The loaded window of the list, cursor and marks.
    public var list = VirtualTable<IncidentRow>()
    /// The filter as it was typed; what is active.
    public var filterText = ""
    /// The filter in force.
    public var filter = Filter()
    /// What is wrong with the filter that is being typed; nil where nothing is.
    public var filterProblem: String?
    /// The order of the list.
    public var order = IncidentOrder.standard
    /// The column that `s` sorts by.
    public var column = "updated"
    /// Columns that the officer does not want to see.
    public var hiddenColumns: Set<String> = []
    /// The search in progress; nil where there is none.
    public var find: Find?
    /// The incident that is open beside the list.
    public var detail: IncidentDetailPane.State?
    /// Which part takes the keys.
    public var focus = Focus.list
    /// Whether the focused part has the whole area.
    public var isZoomed = false
    /// The last bulk change, for `.`.
    public var lastBulk: BulkEdit?
    /// Whether changes from elsewhere wait until `P` is pressed again.
    public var isPaused = false
    /// Why the list could not be read; nil where it could.
    public var failure: String?

    /// Makes the view as it opens.
    public init() {}
  }

  /// The parts of the view that take keys.
  public enum Focus: Sendable {
    case list, detail
  }

  /// A search through all texts and the hit that was gone to.
  public struct Find: Sendable, Equatable {
    /// The words.
    public var text: String
    /// Incidents with hits, best first, each once; at most 1 000.
    public var incidents: [RecordID] = []
    /// How many hits there are.
    public var total = 0
    /// The hit that was gone to, from 0.
    public var index = 0
  }

  /// What can happen to it.
  public indirect enum Action: Sendable {
    case appeared
    case recordChanged([Subject])
    case moved(Motion)
    case wheeled(Motion)
    case pressed(Point)
    case pageAnswered(Result<Page<IncidentRow>, StoreError>, keeping: RecordID?)
    case positionAnswered(RecordID, Result<Int?, StoreError>)
    case selectRequested(RecordID)
    case openPressed
    case opened(RecordID)
    case closed
    case backPressed
    case focusMoved
    case zoomPressed
    case columnMoved(Int)
    case sortPressed
    case columnsPressed
    case columnToggled(String)
    case filterPressed
    case filterTyped(String)
    case filterAccepted(String)
    case filterSaved(String)
    case presentPrompt(PromptRequest<Action>)
    case savedFiltersPressed
    case savedFiltersAnswered(Result<[SavedFilters.Row], StoreError>)
    case findPressed
    case findTyped(String)
    case findAnswered(String, Result<Page<Search.Hit>, StoreError>)
    case findMoved(Int)
    case findCancelled
    case markPressed, rangePressed, markAllPressed, clearMarksPressed
    case markAllAnswered(Result<[RecordID], StoreError>)
    case rangeAnswered(Result<Page<IncidentRow>, StoreError>)
    case createPressed
    case createSubmitted([String: String])
    case bulkPressed(BulkKind)
    case bulkChosen(BulkEdit)
    case bulkPrepared(BulkEdit, Result<[IncidentRow], StoreError>)
    case bulkConfirmed([EditIncident], [MoveIncident], [RemoveIncident])
    case repeatPressed
    case changed(Result<[Receipt], StoreError>)
    case created(Result<[Receipt], StoreError>)
    case copyPressed
    case copyChosen(String, what: String)
    case pausePressed
    case drill(DrillEvent)
    case detail(IncidentDetailPane.Action)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .appeared:
      return state.list.loaded.isEmpty ? [read(state, context)] : []
    case .recordChanged(let subjects):
      return recordChanged(&state, subjects, context)
    case .moved(let motion):
      state.list.move(motion, height: listHeight(state, context))
      return readMore(state, context) + followInDetail(&state, context)
    case .wheeled(let motion):
      guard state.focus == .detail, state.detail != nil else {
        return reduce(&state, .moved(motion), context)
      }
      return reduceDetail(&state, .moved(motion), context)
    case .pressed(let point):
      return pressed(&state, point, context)
    case .pageAnswered(let result, let kept):
      return pageAnswered(&state, result, keeping: kept, context)
    case .positionAnswered(let id, .success(let position?)):
      state.list.select(id: id, at: position, height: listHeight(state, context))
      return [read(state, context)]
    case .positionAnswered(_, .success(nil)):
      return [.toast(Toast(.notice, "the filter hides that incident; Esc clears it"))]
    case .positionAnswered(_, .failure(let error)), .savedFiltersAnswered(.failure(let error)),
      .markAllAnswered(.failure(let error)), .rangeAnswered(.failure(let error)),
      .bulkPrepared(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .selectRequested(let id):
      return [goTo(id, state)]
    case .openPressed:
      guard let id = state.list.selectedRow?.id else { return [] }
      return reduce(&state, .opened(id), context)
    case .opened(let id):
      return open(&state, id, context)
    case .closed:
      state.detail = nil
      (state.focus, state.isZoomed) = (.list, false)
      return readMore(state, context)
    case .backPressed:
      return back(&state, context)
    case .focusMoved:
      guard state.detail != nil else { return [] }
      state.focus = state.focus == .list ? .detail : .list
      return []
    case .zoomPressed:
      state.isZoomed.toggle()
      return readMore(state, context)
    case .pausePressed:
      state.isPaused.toggle()
      return state.isPaused ? [] : [read(state, context)]
    case .drill(let event):
      return reduceDrill(state, event, context)
    case .detail(let inner):
      return reduceDetail(&state, inner, context)
    case .columnMoved, .sortPressed, .columnsPressed, .columnToggled:
      return reduceColumns(&state, action, context)
    case .presentPrompt(let prompt):
      return [.present(.prompt(prompt))]
    case .filterPressed, .filterTyped, .filterAccepted, .filterSaved, .savedFiltersPressed,
      .savedFiltersAnswered:
      return reduceFilter(&state, action, context)
    case .findPressed, .findTyped, .findAnswered, .findMoved, .findCancelled:
      return reduceFind(&state, action, context)
    case .markPressed, .rangePressed, .markAllPressed, .clearMarksPressed, .markAllAnswered,
      .rangeAnswered:
      return reduceMarks(&state, action, context)
    case .createPressed, .createSubmitted, .bulkPressed, .bulkChosen, .bulkPrepared,
      .bulkConfirmed, .repeatPressed, .changed, .created, .copyPressed, .copyChosen:
      return reduceChanges(&state, action, context)
    }
  }

  // MARK: Reading the list

  /// Asks for the window around the cursor again.
  static func read(_ state: State, _ context: PaneContext, keeping: RecordID? = nil)
    -> Effect<Action>
  {
    let height = max(listHeight(state, context), 1)
    let start = max(0, state.list.top - height)
    let kept = keeping ?? state.list.selectedID
    return .ask(
      IncidentList(
        filter: state.filter,
        order: state.order,
        window: RowWindow(start: start, count: height * 4)
      ),
      slot: "incidents.list"
    ) { .pageAnswered($0, keeping: kept) }
  }

  /// Whether the screen would show rows of the list that have been asked for and not come yet.
  public static func lacksRows(_ state: State, _ context: PaneContext) -> Bool {
    state.list.isLoaded && !state.list.holdsScreen(height: listHeight(state, context))
  }

  /// Asks for rows that the cursor has come near to.
  static func readMore(_ state: State, _ context: PaneContext) -> [Effect<Action>] {
    guard let wanted = state.list.wanted(height: listHeight(state, context)) else { return [] }
    return [
      .ask(
        IncidentList(
          filter: state.filter,
          order: state.order,
          window: RowWindow(start: wanted.lowerBound, count: wanted.count)
        ),
        slot: "incidents.list"
      ) { .pageAnswered($0, keeping: nil) }
    ]
  }

  private static func pageAnswered(
    _ state: inout State,
    _ result: Result<Page<IncidentRow>, StoreError>,
    keeping kept: RecordID?,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    switch result {
    case .failure(let error):
      state.failure = error.description
      return []
    case .success(let page):
      state.failure = nil
      state.list.load(start: page.window.start, rows: page.rows, total: page.total)
      if let kept, state.list.selectedID != kept {
        if let index = page.rows.firstIndex(where: { $0.id == kept }) {
          state.list.select(
            id: kept,
            at: page.window.start + index,
            height: listHeight(state, context)
          )
        } else if page.total > page.rows.count {
          return [goTo(kept, state)]
        }
      }
      return readMore(state, context)
    }
  }

  /// Finds where an incident stands in the list, and goes there.
  static func goTo(_ id: RecordID, _ state: State) -> Effect<Action> {
    .ask(
      IncidentPosition(id: id, filter: state.filter, order: state.order),
      slot: "incidents.position"
    ) { .positionAnswered(id, $0) }
  }

  private static func recordChanged(
    _ state: inout State,
    _ subjects: [Subject],
    _ context: PaneContext
  ) -> [Effect<Action>] {
    guard !state.isPaused else { return [] }
    var effects = [read(state, context)]
    if state.detail != nil {
      effects += reduceDetail(&state, .recordChanged(subjects), context)
    }
    return effects
  }

  // MARK: The open incident

  private static func open(_ state: inout State, _ id: RecordID, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let tab = state.detail?.tab ?? .facts
    state.focus = .detail
    state.detail = IncidentDetailPane.State(id: id, tab: tab)
    var effects = reduceDetail(&state, .appeared, context)
    if state.list.selectedID != id { effects.append(goTo(id, state)) }
    return effects + readMore(state, context)
  }

  /// While the list has the keys, the open incident follows the cursor.
  private static func followInDetail(_ state: inout State, _ context: PaneContext)
    -> [Effect<Action>]
  {
    guard let detail = state.detail, let id = state.list.selectedID, detail.id != id else {
      return []
    }
    state.detail = IncidentDetailPane.State(id: id, tab: detail.tab)
    return reduceDetail(&state, .appeared, context)
  }

  private static func reduceDetail(
    _ state: inout State,
    _ action: IncidentDetailPane.Action,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    guard var detail = state.detail else { return [] }
    let rect = layout(state, context.area).detail
    let part = context.part(rect, isFocused: state.focus == .detail)
    let effects = IncidentDetailPane.reduce(&detail, action, part)
    state.detail = detail
    return effects.map { $0.map(Action.detail) }
  }

  /// Esc and `q`: cancel the search, clear the filter, clear the marks, close, leave; one at a time.
  private static func back(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    if state.focus == .detail
      || (state.detail != nil && state.list.marks.isEmpty && state.filter.isEmpty)
    {
      return reduce(&state, .closed, context)
    }
    if state.find != nil {
      state.find = nil
      return []
    }
    if !state.filter.isEmpty || !state.filterText.isEmpty {
      return reduce(&state, .filterAccepted(""), context)
    }
    if !state.list.marks.isEmpty {
      state.list.clearMarks()
      return []
    }
    return [.go(.back)]
  }

  /// A press puts the cursor on a row; on the row under the cursor it opens it.
  private static func pressed(_ state: inout State, _ point: Point, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let layout = layout(state, context.area)
    if layout.detail.contains(point) {
      state.focus = .detail
      return []
    }
    let table = layout.list.splitBottom(1).rest
    guard let position = state.list.position(at: point, in: table) else { return [] }
    state.focus = .list
    if position == state.list.cursor { return reduce(&state, .openPressed, context) }
    return reduce(&state, .moved(.to(position)), context)
  }

  /// Whether what was turned to is yet to be shown.
  public static func isSettling(_ state: State) -> Bool {
    if state.focus == .detail, let detail = state.detail {
      return detail.incident == nil && detail.problem == nil
    }
    return !state.list.isLoaded && state.failure == nil
  }

  /// When something it shows by the clock will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    state.detail.flatMap { IncidentDetailPane.nextTick($0, context) }
  }

  // MARK: Layout

  /// Where list and incident stand: the list alone while none is open.
  static func layout(_ state: State, _ area: Size) -> SplitLayout {
    // A list that is short leaves its room to the incident: headings, rows and the line below.
    let needed = state.list.isLoaded ? max(1, state.list.total) + 2 : area.rows
    return SplitLayout(
      area,
      alone: state.detail == nil || state.focus == .list ? .list : .detail,
      isZoomed: state.isZoomed || state.detail == nil,
      left: area.columns * 2 / 5,
      upper: min(max(5, area.rows / 3), needed)
    )
  }

  /// Rows of incidents that fit below the column headers and above the status line.
  static func listHeight(_ state: State, _ context: PaneContext) -> Int {
    max(0, layout(state, context.area).list.rows - 2)
  }
}
