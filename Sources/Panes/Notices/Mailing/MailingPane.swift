public import Drawing
public import Model

/// One mailing that was opened: a header with how far it is, and tabs.
public enum MailingPane: OpenedRecord {
  /// The tabs, from left to right.
  public enum Tab: Int, PaneTab {
    case coverage, people, text, support, channels, batches, publications, bounces, matters

    /// The tab's title.
    public var title: String {
      switch self {
      case .coverage: "Coverage"
      case .people: "People"
      case .text: "Text"
      case .support: "Support"
      case .channels: "Channels"
      case .batches: "Batches"
      case .publications: "Public"
      case .bounces: "Bounces"
      case .matters: "Matters"
      }
    }
  }

  /// What the pane shows.
  public struct State: OpenedRecordState {
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
    /// The tab of support and its codes.
    public var support = SupportTab.State()
    /// The tab of batches for printers and call centres.
    public var batches = BatchesTab.State()
    /// The tab of public notices.
    public var publications = PublicTab.State()

    /// Whether the mailing was read.
    public var isRead: Bool { mailing != nil }

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
    case support(SupportTab.Action)
    case batches(BatchesTab.Action)
    case publications(PublicTab.Action)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let inner = Self.inner(context)
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
    case .tabMoved(let step): return turn(&state, by: step, context)
    case .peopleWanted(let filter):
      state.tab = .people
      return reduce(&state, .people(.filterSet(filter)), context) + show(&state, context)
    case .incidentPressed:
      return state.mailing.map { [.go(.incident($0.incident))] } ?? []
    case .backPressed: return stepBack(&state, context, closed: .closed)
    case .closed: return []
    case .moved(let motion): return move(&state, motion, context)
    case .pressed(let point): return press(&state, point, context)
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
    case .support(let action):
      return SupportTab.reduce(&state.support, action, inner).map { $0.map(Action.support) }
    case .batches(let action):
      return BatchesTab.reduce(&state.batches, action, inner).map { $0.map(Action.batches) }
    case .publications(let action):
      return PublicTab.reduce(&state.publications, action, inner)
        .map { $0.map(Action.publications) }
    case .text(let action):
      return TextTab.reduce(&state.text, action, inner).map { $0.map(Action.text) }
    case .people(let action):
      return LedgerTab.reduce(&state.people, action, inner).map { $0.map(Action.people) }
    }
  }

  /// Gives the numbers to the tab that is shown; the others get them when they are turned to.
  public static func show(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    guard let mailing = state.mailing, let status = state.coverage.status else { return [] }
    switch state.tab {
    case .coverage: return []
    case .people: return reduce(&state, .people(.shown(mailing, status)), context)
    case .bounces: return reduce(&state, .bounces(.shown(mailing, status)), context)
    case .channels: return reduce(&state, .channels(.shown(mailing, status)), context)
    case .text: return reduce(&state, .text(.shown(mailing)), context)
    case .matters: return reduce(&state, .matters(.shown(mailing)), context)
    case .support: return reduce(&state, .support(.shown(mailing, status)), context)
    case .batches: return reduce(&state, .batches(.shown(mailing, status)), context)
    case .publications: return reduce(&state, .publications(.shown(mailing, status)), context)
    }
  }

  /// Hides what was revealed.
  public static func leave(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    reduce(&state, .people(.left), context)
  }

  // MARK: What the tabs are

  /// The tab as the mailing sees it.
  public static func part(_ tab: Tab) -> RecordPart<State, Action> {
    switch tab {
    case .coverage: RecordPart(CoverageTab.self, \.coverage, Action.coverage)
    case .people:
      RecordPart(LedgerTab.self, \.people, Action.people) {
        LedgerTab.holdsBack($0) ? .backPressed : nil
      }
    case .text:
      RecordPart(TextTab.self, \.text, Action.text) {
        $0.picker != nil ? .picker(.backPressed) : nil
      }
    case .support: RecordPart(SupportTab.self, \.support, Action.support)
    case .channels: RecordPart(ChannelsTab.self, \.channels, Action.channels)
    case .batches: RecordPart(BatchesTab.self, \.batches, Action.batches)
    case .publications: RecordPart(PublicTab.self, \.publications, Action.publications)
    case .bounces: RecordPart(BouncesTab.self, \.bounces, Action.bounces)
    case .matters:
      RecordPart(MattersTab.self, \.matters, Action.matters) {
        $0.shown != nil ? .backPressed : nil
      }
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

  /// The mailing's own rows; while a draft is chosen only the way back.
  public static func own(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    let rows = actions.bound(to: state, for: query)
    guard state.tab == .text, state.text.picker != nil else { return rows }
    return rows.filter { $0.id == "back" }
  }

  // MARK: The header

  /// Which mailing it is.
  public static func title(_ state: State) -> [Span] {
    guard let mailing = state.mailing else { return [] }
    return [
      Span(" \(mailing.reference)  ", .heading, .bold),
      Span(Untrusted(mailing.facts.name), .textStrong),
      Span("  \(mailing.incidentReference)", .textMuted),
    ]
  }

  /// When the time that is left will read differently.
  public static func nextHeadline(_ state: State, _ context: PaneContext) -> Instant? {
    Look.nextLeft(state.coverage.table.rows.first?.clock, now: context.now)
  }

  /// How far it is, in a line.
  public static func headline(_ state: State, _ context: PaneContext) -> [Span] {
    guard let all = state.coverage.table.rows.first else { return [] }
    let open = all.coverage.notTold
    let notListed = TellingPlace.notListed(in: state.coverage.table.rows) ?? 0
    let dot = Span(" · ", .textMuted)
    var spans = [Span(" ")]
    if state.mailing?.state == .erased { spans += [Span("erased", .stateClosed), dot] }
    if state.mailing?.isHeld == true {
      spans += [Span("! held after a restore: x k", .danger, .bold), dot]
    }
    if state.mailing?.hasUnfinishedImport == true {
      spans += [Span("! an import runs, or broke off", .warning, .bold), dot]
    }
    spans += [
      Span(Look.count(Int64(all.coverage.listed)), .textStrong), Span(" listed"), dot,
      open > 0
        ? Span("\(Look.count(Int64(open))) not told", .warning)
        : notListed > 0 ? Span("all listed told", .warning) : Span("all told", .success),
    ]
    if notListed > 0 {
      spans += [dot, MailingMeter.gap(notListed)]
    } else if let gap = all.coverage.gap, gap != 0 {
      spans += [dot, MailingMeter.gap(gap)]
    }
    // That all are told is said already.
    let left = Look.left(all.clock, all.coverage, now: context.now)
    if open > 0 || left.style.role != .deadlineMet { spans += [dot, left] }
    if let clock = all.clock { spans.append(Span("  \(clock.obligation.id)", .textMuted)) }
    return spans
  }
}
