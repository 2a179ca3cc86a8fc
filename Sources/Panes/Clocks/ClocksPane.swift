public import Drawing
public import Model

/// The view of clocks: all running ones of all open incidents, soonest first, and behind them, folded
/// up, the duties that wait for a fact, and the recurring audits that are due.
///
/// Requests by people stand among the running clocks by their due time.
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

  /// A row of the list.
  public struct Row: Identifiable, Sendable, Equatable {
    /// What a row is.
    public enum Kind: Sendable, Equatable {
      /// A running clock.
      case running(ClockList.Row)
      /// A duty that waits for a fact.
      case waiting(WaitingClocks.Row)
      /// What stands above those that wait, and how many they are.
      case fold(waiting: Int, isUnfolded: Bool)
      /// A recurring audit whose next pass nobody has started.
      case audit(DueAudit)
      /// A request by somebody about their data.
      case request(RightsRequest)
    }
    /// What it is.
    public var kind: Kind
    /// What its group is called; empty but in the group's first row.
    public var heading = ""
    /// The duty and its incident; nil in the row above those that wait.
    public var clock: ClockList.Row? {
      switch kind {
      case .running(let clock): clock
      case .waiting(let row): row.clock
      case .fold, .audit, .request: nil
      }
    }
    /// The audit that is due; nil in any other row.
    public var audit: DueAudit? { if case .audit(let audit) = kind { audit } else { nil } }
    /// The request that is open; nil in any other row.
    public var request: RightsRequest? {
      if case .request(let request) = kind { request } else { nil }
    }
    /// The duty's number in the store; 0 for the row above those that wait, below that for audits and,
    /// further below, requests.
    public var id: RecordID {
      if let request { return -(1 << 40) - request.id }
      return audit.map { -$0.id } ?? clock?.record.id ?? 0
    }
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
    /// The running clocks that were read last.
    public var page: Page<ClockList.Row>?
    /// The duties that wait for a fact: their number, and while they are unfolded the first of them.
    public var waiting: Page<WaitingClocks.Row>?
    /// Whether the duties that wait are unfolded.
    public var isUnfolded = false
    /// The recurring audits that are due, soonest first.
    public var audits: [DueAudit] = []
    /// The requests that are open and have a clock, soonest first; nil until they were read.
    public var requests: [RightsRequest]?
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
    case waitingAnswered(Result<Page<WaitingClocks.Row>, StoreError>)
    case auditsAnswered(Result<[DueAudit], StoreError>)
    case requestsAnswered(Result<[RightsRequest], StoreError>)
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
    case mailingPressed
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
      return [
        read(state, context), readWaiting(state), readAudits, readRequests, readMonth(state),
      ] + readFilings(&state)
    case .answered(.success(let page)):
      state.problem = nil
      state.page = page
      load(&state)
      return readMore(state, context) + readFilings(&state)
    case .waitingAnswered(.success(let page)):
      state.waiting = page
      load(&state)
      return readFilings(&state)
    case .auditsAnswered(.success(let audits)):
      state.audits = audits
      load(&state)
      return readFilings(&state)
    case .requestsAnswered(.success(let requests)):
      // One that is due first stands under the cursor as the view opens, whichever answer comes first.
      let isFirst = state.requests == nil && state.table.cursor == 0
      state.requests = requests
      load(&state)
      if isFirst { state.table.move(.first, height: height(state, context)) }
      return readFilings(&state)
    case .monthAnswered(.success(let page)):
      state.month = page.rows
      return []
    case .filingsAnswered(let incident, .success(let filings)):
      if state.table.selectedRow?.clock?.record.incident == incident { state.filings = filings }
      return []
    case .answered(.failure(let error)), .waitingAnswered(.failure(let error)),
      .auditsAnswered(.failure(let error)), .requestsAnswered(.failure(let error)),
      .monthAnswered(.failure(let error)),
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
      guard let record = state.table.selectedRow?.clock?.record else {
        guard let row = state.table.selectedRow else { return [] }
        if let request = row.request { return [.go(.request(request.reference))] }
        if row.audit != nil { return reduce(&state, .readPressed, context) }
        state.isUnfolded.toggle()
        load(&state)
        return state.isUnfolded ? [readWaiting(state)] : []
      }
      return [.go(.item(Subject(.obligation, record.id), of: record.incident))]
    case .readPressed:
      guard let row = state.table.selectedRow else { return [] }
      return [
        .present(
          .reader(
            title: row.clock?.record.obligation.id ?? row.audit?.reference
              ?? row.request?.reference ?? "Waiting for a fact",
            lines: detail(row, state, context)
          )
        )
      ]
    case .mailingPressed:
      guard let record = state.table.selectedRow?.clock?.record else { return [] }
      return [.go(.newMailing(record.incident, obligations: [record.obligation.id]))]
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

  static func read(_ state: State, _ context: PaneContext) -> Effect<Action> {
    guard state.grouping == .time else {
      return ask(state, RowWindow(start: 0, count: mostGrouped))
    }
    let (height, among) = (height(state, context), shownRequests(state).count)
    let start = max(0, state.table.top - height - among)
    return ask(state, RowWindow(start: start, count: height * 4 + among))
  }

  private static func readMore(_ state: State, _ context: PaneContext) -> [Effect<Action>] {
    guard state.grouping == .time,
      let wanted = state.table.wanted(height: height(state, context))
    else { return [] }
    // Requests stand among the rows: the running clock at a row is that many further up at most.
    let among = shownRequests(state).count
    let start = max(0, wanted.lowerBound - among)
    return [ask(state, RowWindow(start: start, count: wanted.count + among))]
  }

  private static func ask(_ state: State, _ window: RowWindow) -> Effect<Action> {
    .ask(ClockList(window: window, text: state.filterText), slot: "clocks.list") { .answered($0) }
  }

  /// How many of the duties that wait are held while they are unfolded.
  static let mostWaiting = 500

  static func readWaiting(_ state: State) -> Effect<Action> {
    let window = RowWindow(start: 0, count: state.isUnfolded ? mostWaiting : 0)
    return .ask(WaitingClocks(window: window, text: state.filterText), slot: "clocks.waiting") {
      .waitingAnswered($0)
    }
  }

  private static let readAudits = Effect<Action>.ask(DueAudits(), slot: "clocks.audits") {
    .auditsAnswered($0)
  }

  private static let readRequests = Effect<Action>.ask(RequestClocks(), slot: "clocks.requests") {
    .requestsAnswered($0)
  }

  static func readMonth(_ state: State) -> Effect<Action> {
    let window = RowWindow(start: 0, count: 1000)
    return .ask(
      ClockList(window: window, text: state.filterText, withoutDate: false),
      slot: "clocks.month"
    ) { .monthAnswered($0) }
  }

  /// Asks what was filed in the incident under the cursor, where that is another one.
  private static func readFilings(_ state: inout State) -> [Effect<Action>] {
    guard let incident = state.table.selectedRow?.clock?.record.incident,
      incident != state.filingsOf
    else { return [] }
    (state.filings, state.filingsOf) = ([], incident)
    return [
      .ask(IncidentFilings(incident: incident), slot: "clocks.filings") {
        .filingsAnswered(incident, $0)
      }
    ]
  }

  /// Puts together what came: running clocks, grouped ones by their groups, the soonest group first;
  /// behind the last of them the duties that wait.
  private static func load(_ state: inout State) {
    guard let page = state.page else { return }
    let kept = state.table.selectedID
    var rows = arranged(page.rows, by: state.grouping)
    let first = min(page.window.start, page.total)
    let tail = tail(state)
    let isLast = state.grouping != .time || first + rows.count >= page.total
    let requests = shownRequests(state)
    let start = merge(requests, into: &rows, isFirst: first == 0, isLast: isLast, first)
    if isLast { rows += tail }
    let running = (state.grouping == .time ? page.total : page.rows.count) + requests.count
    state.table.load(start: start, rows: rows, total: running + tail.count)
    if let kept, let index = rows.firstIndex(where: { $0.id == kept }) {
      state.table.select(id: kept, at: start + index)
    }
  }

  /// The rows behind the running clocks: none where nothing waits and no audit is due.
  private static func tail(_ state: State) -> [Row] {
    let audits = state.audits.filter { $0.has(state.filterText) }.map { Row(kind: .audit($0)) }
    guard let waiting = state.waiting, waiting.total > 0 else { return audits }
    let fold = Row(kind: .fold(waiting: waiting.total, isUnfolded: state.isUnfolded))
    return [fold] + (state.isUnfolded ? waiting.rows.map { Row(kind: .waiting($0)) } : [])
      + audits
  }

  static func arranged(_ clocks: [ClockList.Row], by grouping: Grouping) -> [Row] {
    guard grouping != .time else { return clocks.map { Row(kind: .running($0)) } }
    var order: [String] = []
    var groups: [String: [ClockList.Row]] = [:]
    for clock in clocks {
      let heading = grouping.heading(clock)
      if groups[heading] == nil { order.append(heading) }
      groups[heading, default: []].append(clock)
    }
    return order.flatMap { heading in
      (groups[heading] ?? []).enumerated().map { index, clock in
        Row(kind: .running(clock), heading: index == 0 ? heading : "")
      }
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
        help:
          "Open the incident at this duty, the request, or read of the audit; unfold the duties that wait",
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
        "clock.mailing",
        label: "new mailing …",
        help: "Open a mailing that fulfils this duty: tell the people",
        section: .change,
        menuKey: "m",
        availability: {
          .when(
            $0.table.selectedRow?.clock != nil,
            otherwise: "there is no duty under the cursor"
          )
        },
        action: { _ in .mailingPressed }
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
