public import Drawing
public import Model

/// The people of a mailing, contacts masked: a window on a ledger of any length; and the card of the
/// person under the cursor.
public enum LedgerTab: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The mailing; nil until it is shown.
    public var mailing: Mailing?
    /// How far the mailing is: exact counts for filters and moves.
    public var status: MailingStatus.Answer?
    /// The loaded window of the list, cursor and marks.
    public var table = VirtualTable<Recipient>()
    /// How those who are marked stood when they were read last.
    public var marked: [Int64: RecipientState] = [:]
    /// Whether all that pass the filter are meant, read or not.
    public var isAllMarked = false
    /// The filter as it was typed.
    public var filterText = ""
    /// The filter in force.
    public var filter = LedgerFilter()
    /// What is wrong with the filter that is being typed; nil where nothing is.
    public var filterProblem: String?
    /// Whether the positions of what is held are a guess.
    public var isAbout = false
    /// Those who have what was searched for, which itself is not kept; nil where nothing was.
    public var find: Find?
    /// The card of the person under the cursor; nil while it is closed.
    public var card: PersonCard.State?
    /// Which part takes the keys.
    public var focus = SplitLayout.Part.list
    /// Whether that part has the whole area.
    public var isZoomed = false
    /// Why the list could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// Those who have what was searched for.
  public struct Find: Sendable, Equatable {
    /// Their numbers.
    public var hits: [Int64]
    /// The one that was gone to, from 0.
    public var index = 0
  }

  /// What can happen to it.
  public indirect enum Action: PointerAction {
    case shown(Mailing, MailingStatus.Answer)
    case left
    case answered(LedgerStretch, Result<LedgerPage.Answer, StoreError>)
    case moved(Motion)
    case pressed(Point)
    case openPressed
    case focusMoved
    case zoomPressed
    case filterPressed
    case filterTyped(String)
    case filterSet(LedgerFilter)
    case statesPressed
    case findPressed
    case findTyped(String)
    case findAnswered(Result<[Recipient], StoreError>)
    case findMoved(Int)
    case markPressed, rangePressed, markAllPressed, clearMarksPressed
    case backPressed
    case card(PersonCard.Action)
    case move(MoveEvent)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let effects = alter(&state, action, context)
    return effects + followInCard(&state, context)
  }

  private static func alter(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let mailing, let status):
      if let before = state.mailing, before.id != mailing.id { state = State() }
      (state.mailing, state.status) = (mailing, status)
      state.card?.isStale = true
      return readAgain(state, context)
    case .left:
      state.card?.hide()
      return []
    case .answered(let stretch, .success(let page)):
      state.problem = nil
      let (start, isAbout) = stretch.start(page.rows.count, of: page.total)
      state.isAbout = isAbout && !state.filter.isEmpty
      state.table.load(start: start, rows: page.rows, total: page.total)
      for row in page.rows where state.marked[row.number] != nil {
        state.marked[row.number] = row.state
      }
      return readMore(state, context)
    case .answered(_, .failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      if state.focus == .detail, state.card != nil {
        return alter(&state, .card(.moved(motion)), context)
      }
      state.table.move(motion, height: height(state, context))
      return readMore(state, context)
    case .pressed(let point): return pressed(&state, point, context)
    case .openPressed:
      guard state.table.selectedRow != nil else { return [] }
      if state.card == nil { state.card = PersonCard.State() }
      state.focus = .detail
      return readMore(state, context)
    case .focusMoved:
      guard state.card != nil else { return [] }
      state.focus = state.focus.other
      return []
    case .zoomPressed:
      state.isZoomed.toggle()
      return readMore(state, context)
    case .filterPressed, .filterTyped, .filterSet, .statesPressed, .findPressed, .findTyped,
      .findAnswered, .findMoved:
      return find(&state, action, context)
    case .markPressed, .rangePressed, .markAllPressed, .clearMarksPressed:
      return mark(&state, action, context)
    case .backPressed: return back(&state, context)
    case .card(let action):
      guard var card = state.card, let person = state.table.selectedRow else { return [] }
      let area = layout(state, context.area).detail
      let effects = PersonCard.reduce(
        &card,
        action,
        person,
        context.part(area, isFocused: true)
      )
      state.card = card
      return effects.map { $0.map(Action.card) }
    case .move(let event): return move(&state, event, context)
    }
  }

  // MARK: Reading

  private static func ask(_ stretch: LedgerStretch, _ state: State) -> [Effect<Action>] {
    guard let mailing = state.mailing else { return [] }
    return [
      .ask(
        LedgerPage(
          mailing: mailing.id,
          filter: state.filter,
          place: stretch.place,
          count: stretch.count
        ),
        slot: "ledger.page"
      ) { .answered(stretch, $0) }
    ]
  }

  /// Reads what is on the screen again, whatever is held.
  static func readAgain(_ state: State, _ context: PaneContext) -> [Effect<Action>] {
    ask(
      LedgerStretch(
        again: state.table,
        height: height(state, context),
        isFiltered: !state.filter.isEmpty
      ),
      state
    )
  }

  /// Reads the rows that the cursor has come near to.
  static func readMore(_ state: State, _ context: PaneContext) -> [Effect<Action>] {
    guard let wanted = state.table.wanted(height: height(state, context)), !wanted.isEmpty else {
      return []
    }
    return ask(
      LedgerStretch(wanted, of: state.table, isFiltered: !state.filter.isEmpty),
      state
    )
  }

  /// Lets the card follow the cursor; what was revealed of another person is hidden.
  private static func followInCard(_ state: inout State, _ context: PaneContext)
    -> [Effect<Action>]
  {
    guard var card = state.card, let person = state.table.selectedRow else { return [] }
    let effects = card.follow(person, now: context.now)
    state.card = card
    return effects.map { $0.map(Action.card) }
  }

  // MARK: Keys and mouse

  private static func pressed(_ state: inout State, _ point: Point, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let layout = layout(state, context.area)
    if state.card != nil, layout.detail.contains(point) {
      state.focus = .detail
      return []
    }
    let list = layout.list.splitBottom(1).rest
    guard let position = state.table.position(at: point, in: list) else { return [] }
    state.focus = .list
    if position == state.table.cursor { return alter(&state, .openPressed, context) }
    return alter(&state, .moved(.to(position)), context)
  }

  /// Whether something is to be ended here before the mailing is closed.
  static func holdsBack(_ state: State) -> Bool {
    state.card != nil || state.find != nil || !state.filterText.isEmpty || !state.filter.isEmpty
      || state.isAllMarked || !state.table.marks.isEmpty
  }

  /// Esc and `q`: close the card, end the search, clear the filter, clear the marks; one at a time.
  private static func back(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    if state.card != nil {
      state.card = nil
      (state.focus, state.isZoomed) = (.list, false)
      return readMore(state, context)
    }
    if state.find != nil {
      state.find = nil
      return []
    }
    if !state.filterText.isEmpty || !state.filter.isEmpty {
      return alter(&state, .filterSet(LedgerFilter()), context)
    }
    return alter(&state, .clearMarksPressed, context)
  }

  // MARK: Layout

  /// The list, and the card where one is open.
  static func layout(_ state: State, _ area: Size) -> SplitLayout {
    SplitLayout(
      area,
      alone: state.card == nil ? .list : state.focus,
      isZoomed: state.isZoomed || state.card == nil,
      leastRows: 16,
      left: area.columns * 3 / 5,
      upper: max(5, area.rows * 2 / 5)
    )
  }

  /// Rows of people that fit below the headings and above the status line.
  static func height(_ state: State, _ context: PaneContext) -> Int {
    layout(state, context.area).listHeight
  }

  /// When something it shows by the clock will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    state.card?.until
  }
}

extension LedgerFilter {
  /// Whether everybody passes.
  var isEmpty: Bool { self == LedgerFilter() }
}
