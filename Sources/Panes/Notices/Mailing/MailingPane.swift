public import Drawing
public import Model

/// One mailing that was opened: a header with how far it is, and tabs.
public enum MailingPane: Pane {
  /// The tabs, from left to right.
  public enum Tab: Int, PaneTab {
    case coverage, people, text, channels, bounces, matters

    /// The tab's title.
    public var title: String {
      switch self {
      case .coverage: "Coverage"
      case .people: "People"
      case .text: "Text"
      case .bounces: "Bounces"
      case .matters: "Matters"
      case .channels: "Channels"
      }
    }
  }

  /// What the pane shows.
  public struct State: Sendable {
    /// Which mailing.
    public let id: RecordID
    /// The mailing; nil until it was read.
    public var mailing: Mailing?
    /// What is to be said instead of it.
    public var problem: String?
    /// The tab that is shown.
    public var tab = Tab.coverage
    /// The tab of the numbers.
    public var coverage = CoverageTab.State()
    /// The tab of the ledger.
    public var people = LedgerTab.State()
    /// The tab of what came back.
    public var bounces = BouncesTab.State()
    /// The tab of questions and complaints.
    public var matters = MattersTab.State()
    /// The tab of texts and their approval.
    public var text = TextTab.State()
    /// The tab of channels and sending.
    public var channels = ChannelsTab.State()

    /// Makes the pane for a mailing that is yet to be read.
    public init(id: RecordID) { self.id = id }
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case appeared
    case recordChanged
    case left
    case answered(Result<Mailing?, StoreError>)
    case tabMoved(Int)
    case peopleWanted(LedgerFilter)
    case incidentPressed
    case backPressed
    /// It is to be closed; the view around does it.
    case closed
    case moved(Motion)
    case pressed(Point)
    case change(MailingEvent)
    case coverage(CoverageTab.Action)
    case people(LedgerTab.Action)
    case bounces(BouncesTab.Action)
    case channels(ChannelsTab.Action)
    case text(TextTab.Action)
    case matters(MattersTab.Action)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let inner = context.part(tabArea(context.area), isFocused: true)
    switch action {
    case .appeared, .recordChanged:
      return [.ask(MailingByID(state.id), slot: "mailing") { .answered($0) }]
    case .left: return leave(&state, context)
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .answered(.success(let mailing)):
      guard let mailing, !mailing.isRemoved else {
        state.problem = "this mailing is not on the list any more; Esc goes back"
        return []
      }
      (state.problem, state.mailing) = (nil, mailing)
      return reduce(&state, .coverage(.shown(mailing)), context)
    case .tabMoved(let step):
      let effects = leave(&state, context)
      state.tab = state.tab.turned(by: step)
      return effects + show(&state, context)
    case .peopleWanted(let filter):
      state.tab = .people
      return reduce(&state, .people(.filterSet(filter)), context) + show(&state, context)
    case .incidentPressed:
      return state.mailing.map { [.go(.incident($0.incident))] } ?? []
    case .backPressed:
      if state.tab == .people, LedgerTab.holdsBack(state.people) {
        return reduce(&state, .people(.backPressed), context)
      }
      if state.tab == .matters, state.matters.shown != nil {
        return reduce(&state, .matters(.backPressed), context)
      }
      return [.send(.closed)]
    case .closed: return []
    case .moved(let motion):
      switch state.tab {
      case .coverage: return reduce(&state, .coverage(.moved(motion)), context)
      case .people: return reduce(&state, .people(.moved(motion)), context)
      case .bounces: return reduce(&state, .bounces(.moved(motion)), context)
      case .channels: return reduce(&state, .channels(.moved(motion)), context)
      case .text: return reduce(&state, .text(.moved(motion)), context)
      case .matters: return reduce(&state, .matters(.moved(motion)), context)
      }
    case .pressed(let point): return pressed(&state, point, context)
    case .change(.opened(.success(let receipts))):
      guard let receipt = receipts.last else { return [] }
      return [.go(.mailing(receipt.subject.id))]
    case .change(let event):
      return MailingChange.reduce(event, state.mailing, context, wrap: { .change($0) })
    case .coverage(.opened(let jurisdiction)):
      return reduce(&state, .peopleWanted(.notTold(in: jurisdiction)), context)
    case .coverage(let action):
      var effects = CoverageTab.reduce(&state.coverage, action, inner)
        .map { $0.map(Action.coverage) }
      if case .answered(.success) = action { effects += show(&state, context) }
      return effects
    case .bounces(.opened(let filter)):
      return reduce(&state, .peopleWanted(filter), context)
    case .bounces(let action):
      return BouncesTab.reduce(&state.bounces, action, inner).map { $0.map(Action.bounces) }
    case .channels(let action):
      return ChannelsTab.reduce(&state.channels, action, inner).map { $0.map(Action.channels) }
    case .matters(.personWanted(let number)):
      state.tab = .people
      return show(&state, context) + reduce(&state, .people(.findTyped("#\(number)")), context)
    case .matters(let action):
      return MattersTab.reduce(&state.matters, action, inner).map { $0.map(Action.matters) }
    case .text(let action):
      return TextTab.reduce(&state.text, action, inner).map { $0.map(Action.text) }
    case .people(let action):
      return LedgerTab.reduce(&state.people, action, inner).map { $0.map(Action.people) }
    }
  }

  /// Gives the numbers to the tab that is shown; the others get them when they are turned to.
  private static func show(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    guard let mailing = state.mailing, let status = state.coverage.status else { return [] }
    switch state.tab {
    case .coverage: return []
    case .people: return reduce(&state, .people(.shown(mailing, status)), context)
    case .bounces: return reduce(&state, .bounces(.shown(mailing, status)), context)
    case .channels: return reduce(&state, .channels(.shown(mailing, status)), context)
    case .text: return reduce(&state, .text(.shown(mailing)), context)
    case .matters: return reduce(&state, .matters(.shown(mailing)), context)
    }
  }

  /// Hides what was revealed.
  private static func leave(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    reduce(&state, .people(.left), context)
  }

  private static func pressed(_ state: inout State, _ point: Point, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let area = tabArea(context.area)
    guard area.contains(point) else { return [] }
    let inside = Point(column: point.column - area.column, row: point.row - area.row)
    switch state.tab {
    case .coverage: return reduce(&state, .coverage(.pressed(inside)), context)
    case .people: return reduce(&state, .people(.pressed(inside)), context)
    case .bounces: return reduce(&state, .bounces(.pressed(inside)), context)
    case .channels: return reduce(&state, .channels(.pressed(inside)), context)
    case .text: return reduce(&state, .text(.pressed(inside)), context)
    case .matters: return reduce(&state, .matters(.pressed(inside)), context)
    }
  }

  /// Whether what was turned to is yet to be shown.
  public static func isSettling(_ state: State) -> Bool {
    guard state.problem == nil, state.coverage.problem == nil else { return false }
    guard state.coverage.status != nil else { return true }
    // Keys that mark and move are meant for the people that they were typed at.
    let table = state.people.table
    return state.tab == .people && state.people.problem == nil
      && (!table.isLoaded || table.total > 0 && table.selectedRow == nil)
  }

  /// When something it shows by the clock will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    let tab: Instant? =
      switch state.tab {
      case .coverage: CoverageTab.nextTick(state.coverage, context)
      case .people: LedgerTab.nextTick(state.people, context)
      case .bounces, .channels, .text: nil
      case .matters: MattersTab.nextTick(state.matters, context)
      }
    let head = Look.nextLeft(state.coverage.table.rows.first?.clock, now: context.now)
    return [tab, head].compactMap(\.self).min()
  }

  // MARK: Rows in the table of actions

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MailingRows.rows({ $0.mailing }) { .change($0) } + [
      ActionRow(
        "mailing.incident",
        label: "incident",
        help: "Go to the incident that these people are told of",
        section: .find,
        menuKey: "o",
        availability: { .when($0.mailing != nil, otherwise: "the mailing is yet to be read") },
        action: { _ in .incidentPressed }
      )
    ]
    + TabRows.rows(
      help: "Turn to the next tab: \(Tab.allCases.map(\.title).joined(separator: ", "))"
    ) { .tabMoved($0) } + [
      ActionRow(
        "back",
        keys: [.escape, .character("q")],
        label: "back",
        help: "Close the card, end search, filter or marks; then go back to the list of mailings",
        section: .move,
        hint: 9,
        action: { _ in .backPressed }
      )
    ]

  /// The rows that apply now.
  public static func table(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    let own = actions.bound(to: state, for: query)
    let tab: [BoundAction<Action>] =
      switch state.tab {
      case .coverage: CoverageTab.table(state.coverage, for: query).map { $0.map(Action.coverage) }
      case .people: LedgerTab.table(state.people, for: query).map { $0.map(Action.people) }
      case .bounces: BouncesTab.table(state.bounces, for: query).map { $0.map(Action.bounces) }
      case .channels: ChannelsTab.table(state.channels, for: query).map { $0.map(Action.channels) }
      case .text: TextTab.table(state.text, for: query).map { $0.map(Action.text) }
      case .matters: MattersTab.table(state.matters, for: query).map { $0.map(Action.matters) }
      }
    return tab + own
  }

  // MARK: Drawing

  private static func headerRows(_ area: Size) -> Int { area.rows < 9 ? 2 : 3 }

  /// The area below title and tabs, in the pane's own coordinates.
  static func tabArea(_ area: Size) -> Rect { Rect(area).splitTop(headerRows(area)).rest }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (header, body) = rect.splitTop(headerRows(context.area))
    drawHeader(state, on: &canvas, in: header, context)
    if let problem = state.problem {
      canvas.write(Line(Untrusted(problem), .warning), in: body.inset(columns: 1))
      return
    }
    guard state.mailing != nil else { return }
    let inner = context.part(tabArea(context.area), isFocused: true)
    switch state.tab {
    case .coverage: CoverageTab.draw(state.coverage, on: &canvas, in: body, inner)
    case .people: LedgerTab.draw(state.people, on: &canvas, in: body, inner)
    case .bounces: BouncesTab.draw(state.bounces, on: &canvas, in: body, inner)
    case .channels: ChannelsTab.draw(state.channels, on: &canvas, in: body, inner)
    case .text: TextTab.draw(state.text, on: &canvas, in: body, inner)
    case .matters: MattersTab.draw(state.matters, on: &canvas, in: body, inner)
    }
  }

  private static func drawHeader(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (title, rest) = rect.splitTop(1)
    if let mailing = state.mailing {
      canvas.write(
        Line([
          Span(" \(mailing.reference)  ", .heading, .bold),
          Span(Untrusted(mailing.facts.name), .textStrong),
          Span("  \(mailing.incidentReference)", .textMuted),
        ]),
        in: title
      )
    }
    let (tabs, below) = rest.splitTop(1)
    state.tab.draw(isFocused: context.isFocused, on: &canvas, in: tabs)
    guard below.rows > 0, let all = state.coverage.table.rows.first else { return }
    canvas.write(headline(all, state, context), in: below)
  }

  /// How far it is, in a line.
  private static func headline(_ all: CoverageTab.Row, _ state: State, _ context: PaneContext)
    -> Line
  {
    let open = all.coverage.notTold
    let dot = Span(" · ", .textMuted)
    var spans = [Span(" ")]
    if state.mailing?.state == .erased { spans += [Span("erased", .stateClosed), dot] }
    if state.mailing?.hasUnfinishedImport == true {
      spans += [Span("! an import runs, or broke off", .warning, .bold), dot]
    }
    spans += [
      Span(Look.count(Int64(all.coverage.listed)), .textStrong), Span(" listed"), dot,
      open == 0
        ? Span("all told", .success) : Span("\(Look.count(Int64(open))) not told", .warning),
    ]
    if let gap = all.coverage.gap, gap != 0 { spans += [dot, MailingMeter.gap(gap)] }
    spans += [dot, Look.left(all.clock, all.coverage, now: context.now)]
    if let clock = all.clock { spans.append(Span("  \(clock.obligation.id)", .textMuted)) }
    return Line(spans)
  }
}
