public import Drawing
public import Model

/// The view of clocks: all running ones of all open incidents, soonest first.
public enum ClocksPane: Pane {
  /// By what the rows stand together.
  public enum Grouping: String, Sendable, CaseIterable {
    case time, incident, law, recipient

    /// What a row is grouped under; empty by time.
    func heading(_ row: ClockList.Row) -> String {
      switch self {
      case .time: ""
      case .incident: row.reference
      case .law: row.record.obligation.jurisdiction
      case .recipient: row.record.obligation.recipient
      }
    }
  }

  /// A clock in the list.
  public struct Row: Identifiable, Sendable, Equatable {
    /// The clock and its incident.
    public var clock: ClockList.Row
    /// What its group is called; empty but in the group's first row.
    public var heading: String
    /// The duty's number in the store.
    public var id: RecordID { clock.record.id }
  }

  /// What the view shows.
  public struct State: Sendable {
    /// The loaded window of the list, and its cursor.
    public var table = VirtualTable<Row>()
    /// The text that all rows have; empty for all.
    public var filterText = ""
    /// By what the rows stand together.
    public var grouping = Grouping.time
    /// The words that `n` goes to; empty where nothing was searched for.
    public var findText = ""
    /// The clocks of the next 30 days, late ones included.
    public var month: [ClockList.Row] = []
    /// What was filed in the incident under the cursor.
    public var filings: [Filing] = []
    /// The incident whose filings are held.
    public var filingsOf: RecordID?
    /// Whether the list has the whole area.
    public var isZoomed = false
    /// Why the clocks could not be read.
    public var problem: String?

    /// Makes the view as it opens.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case appeared
    case recordChanged
    case answered(Result<Page<ClockList.Row>, StoreError>)
    case monthAnswered(Result<Page<ClockList.Row>, StoreError>)
    case filingsAnswered(RecordID, Result<[Filing], StoreError>)
    case moved(Motion)
    case pressed(Point)
    case openPressed
    case filterPressed
    case filterTyped(String)
    case findPressed
    case findTyped(String)
    case findMoved(Int)
    case groupPressed
    case readPressed
    case zoomPressed
    case backPressed
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .appeared, .recordChanged:
      state.filingsOf = nil
      return [read(state, context), readMonth(state)] + readFilings(&state)
    case .answered(.success(let page)):
      state.problem = nil
      load(&state, page)
      return readMore(state, context) + readFilings(&state)
    case .monthAnswered(.success(let page)):
      state.month = page.rows
      return []
    case .filingsAnswered(let incident, .success(let filings)):
      if state.table.selectedRow?.clock.record.incident == incident { state.filings = filings }
      return []
    case .answered(.failure(let error)), .monthAnswered(.failure(let error)),
      .filingsAnswered(_, .failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: height(state, context))
      return readMore(state, context) + readFilings(&state)
    case .pressed(let point):
      let list = layout(state, context.area).list.splitBottom(1).rest
      guard let position = state.table.position(at: point, in: list) else { return [] }
      if position == state.table.cursor { return reduce(&state, .openPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .openPressed:
      guard let record = state.table.selectedRow?.clock.record else { return [] }
      return [.go(.item(Subject(.obligation, record.id), of: record.incident))]
    case .readPressed:
      guard let row = state.table.selectedRow else { return [] }
      return [
        .present(.reader(title: row.clock.record.obligation.id, lines: detail(row, state, context)))
      ]
    case .zoomPressed:
      state.isZoomed.toggle()
      return readMore(state, context)
    case .groupPressed:
      let all = Grouping.allCases
      let index = all.firstIndex(of: state.grouping) ?? 0
      state.grouping = all[(index + 1) % all.count]
      state.table.move(.first, height: height(state, context))
      return [read(state, context)]
    case .filterPressed, .filterTyped, .findPressed, .findTyped, .findMoved:
      return find(&state, action, context)
    case .backPressed:
      if !state.findText.isEmpty {
        state.findText = ""
        return []
      }
      guard !state.filterText.isEmpty else { return [.go(.back)] }
      return reduce(&state, .filterTyped(""), context)
    }
  }

  // MARK: Reading

  /// How many rows are held while they are grouped: grouping needs all of them.
  static let mostGrouped = 2000

  private static func read(_ state: State, _ context: PaneContext) -> Effect<Action> {
    guard state.grouping == .time else {
      return ask(state, RowWindow(start: 0, count: mostGrouped))
    }
    let height = height(state, context)
    return ask(state, RowWindow(start: max(0, state.table.top - height), count: height * 4))
  }

  private static func readMore(_ state: State, _ context: PaneContext) -> [Effect<Action>] {
    guard state.grouping == .time,
      let wanted = state.table.wanted(height: height(state, context))
    else { return [] }
    return [ask(state, RowWindow(start: wanted.lowerBound, count: wanted.count))]
  }

  private static func ask(_ state: State, _ window: RowWindow) -> Effect<Action> {
    .ask(ClockList(window: window, text: state.filterText), slot: "clocks.list") { .answered($0) }
  }

  private static func readMonth(_ state: State) -> Effect<Action> {
    let window = RowWindow(start: 0, count: 1000)
    return .ask(
      ClockList(window: window, text: state.filterText, withoutDate: false),
      slot: "clocks.month"
    ) { .monthAnswered($0) }
  }

  /// Asks what was filed in the incident under the cursor, where that is another one.
  private static func readFilings(_ state: inout State) -> [Effect<Action>] {
    guard let incident = state.table.selectedRow?.clock.record.incident,
      incident != state.filingsOf
    else { return [] }
    (state.filings, state.filingsOf) = ([], incident)
    return [
      .ask(IncidentFilings(incident: incident), slot: "clocks.filings") {
        .filingsAnswered(incident, $0)
      }
    ]
  }

  /// Takes the rows that came; grouped ones by their groups, the soonest group first.
  private static func load(_ state: inout State, _ page: Page<ClockList.Row>) {
    let kept = state.table.selectedID
    let rows = arranged(page.rows, by: state.grouping)
    let total = state.grouping == .time ? page.total : rows.count
    state.table.load(start: page.window.start, rows: rows, total: total)
    if let kept, let index = rows.firstIndex(where: { $0.id == kept }) {
      state.table.select(id: kept, at: page.window.start + index)
    }
  }

  static func arranged(_ clocks: [ClockList.Row], by grouping: Grouping) -> [Row] {
    guard grouping != .time else { return clocks.map { Row(clock: $0, heading: "") } }
    var order: [String] = []
    var groups: [String: [ClockList.Row]] = [:]
    for clock in clocks {
      let heading = grouping.heading(clock)
      if groups[heading] == nil { order.append(heading) }
      groups[heading, default: []].append(clock)
    }
    return order.flatMap { heading in
      (groups[heading] ?? []).enumerated().map { index, clock in
        Row(clock: clock, heading: index == 0 ? heading : "")
      }
    }
  }

  // MARK: Filter and search

  private static func find(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .filterPressed:
      let before = state.filterText
      let prompt = PromptRequest<Action>(
        label: "filter",
        text: before,
        changed: { .filterTyped($0) },
        submit: { .filterTyped($0) },
        cancel: .filterTyped(before)
      )
      return [.present(.prompt(prompt))]
    case .filterTyped(let text):
      guard text != state.filterText else { return [] }
      state.filterText = text
      state.table.move(.first, height: height(state, context))
      return [read(state, context), readMonth(state)]
    case .findPressed:
      let prompt = PromptRequest<Action>(
        label: "/",
        text: state.findText,
        submit: { .findTyped($0) }
      )
      return [.present(.prompt(prompt))]
    case .findTyped(let text):
      state.findText = text
      guard !text.isEmpty else { return [] }
      return find(&state, .findMoved(0), context)
    case .findMoved(let step):
      guard !state.findText.isEmpty else {
        return [.toast(Toast(.notice, "nothing was searched for; / searches"))]
      }
      guard let position = hit(state, step) else {
        let part =
          state.table.rows.count < state.table.total ? " of those read; f looks at all" : ""
        return [.toast(Toast(.notice, "no clock\(part) has \(state.findText)"))]
      }
      return reduce(&state, .moved(.to(position)), context)
    default: return []
    }
  }

  /// The next row with the words that are searched for, round and round.
  private static func hit(_ state: State, _ step: Int) -> Int? {
    let needle = state.findText.lowercased()
    let start = state.table.loaded.lowerBound
    let hits = state.table.rows.indices.filter { index in
      let row = state.table.rows[index].clock
      let obligation = row.record.obligation
      return [
        row.reference, row.title, obligation.id, obligation.recipient, obligation.law,
        obligation.jurisdiction,
      ].contains { $0.lowercased().contains(needle) }
    }.map { $0 + start }
    let cursor = state.table.cursor
    switch step {
    case 0: return hits.first { $0 >= cursor } ?? hits.first
    case 1...: return hits.first { $0 > cursor } ?? hits.first
    default: return hits.last { $0 < cursor } ?? hits.last
    }
  }

  // MARK: Rows in the table of actions

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "clock.open",
        keys: [.enter, .character("l"), .right],
        label: "open",
        help: "Open the incident at this duty",
        section: .move,
        hint: 1,
        availability: hasSelection,
        action: { _ in .openPressed }
      ),
      ActionRow(
        "clock.filter",
        keys: [.character("f")],
        label: "filter",
        help: "Narrow the list to rows with a text: rule, recipient, law, reference, title",
        section: .find,
        hint: 3,
        action: { _ in .filterPressed }
      ),
      ActionRow(
        "clock.search",
        keys: [.character("/")],
        label: "search",
        help: "Go to the next row with a text",
        section: .find,
        hint: 4,
        action: { _ in .findPressed }
      ),
      ActionRow(
        "clock.search-next",
        keys: [.character("n")],
        label: "next hit",
        help: "Go to the next row with the text",
        section: .find,
        availability: hasFind,
        action: { _ in .findMoved(1) }
      ),
      ActionRow(
        "clock.search-previous",
        keys: [.character("N")],
        label: "previous hit",
        help: "Go to the row with the text before",
        section: .find,
        availability: hasFind,
        action: { _ in .findMoved(-1) }
      ),
      ActionRow(
        "clock.group",
        keys: [.character("b")],
        label: "group",
        help: "Put clocks together by incident, by law, by recipient, or by time alone",
        section: .view,
        hint: 2,
        action: { _ in .groupPressed }
      ),
      ActionRow(
        "clock.read",
        keys: [.character("K")],
        label: "explain",
        help: "Read all of the duty: reasons, arithmetic, article, source",
        section: .find,
        hint: 6,
        availability: hasSelection,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "clock.zoom",
        keys: [.character("z")],
        label: "zoom",
        help: "Give the whole area to the list, or share it again",
        section: .view,
        action: { _ in .zoomPressed }
      ),
      ActionRow(
        "clock.back",
        keys: [.escape, .character("q")],
        label: "back",
        help: "Clear search or filter, or go back",
        section: .move,
        hint: 9,
        action: { _ in .backPressed }
      ),
    ]

  private static let hasSelection: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "there is no clock under the cursor")
  }

  private static let hasFind: @Sendable (State) -> Availability = {
    .when(!$0.findText.isEmpty, otherwise: "nothing was searched for; / searches")
  }
}
