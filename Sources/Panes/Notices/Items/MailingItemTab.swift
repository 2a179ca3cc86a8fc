public import Drawing
public import Model

/// What a tab needs to know of one kind of thing that belongs to a mailing.
///
/// ``MailingItemTab`` makes a whole tab of it: a line with what matters of all, the list, and below or
/// beside it what is known of the one under the cursor. A further tab is a further conformance.
public protocol MailingItemKind: Sendable {
  /// One thing of the kind.
  associatedtype Item: Identifiable, Equatable, Sendable where Item.ID: Sendable
  /// What can happen to it beyond what happens in every tab.
  associatedtype Event: Sendable
  /// Asks for a mailing's things.
  associatedtype Asked: Question

  /// Names the question among those that are under way.
  static var slot: String { get }
  /// The question for a mailing's things.
  static func question(_ mailing: Mailing) -> Asked
  /// The things, in the order of the tab.
  static func items(_ answer: Asked.Answer) -> [Item]
  /// What is said where there are none, with the key that adds one.
  static var empty: String { get }
  /// What matters of all of them, in a line.
  static func summary(_ scene: MailingScene<Self>) -> [Span]
  /// The columns of the list.
  static func columns(_ scene: MailingScene<Self>) -> [TableColumn<Item>]
  /// What is known of one of them, or of the mailing where there is none.
  static func lines(_ item: Item?, _ scene: MailingScene<Self>) -> [Line]
  /// What follows from an event of the kind's own.
  static func reduce(_ event: Event, _ item: Item?, _ scene: MailingScene<Self>)
    -> [MailingItemEffect<Self>]
  /// When something of it will read differently by the clock; nil where nothing does.
  static func nextTick(_ items: [Item], now: Instant) -> Instant?
  /// The tab's own rows in the table of actions.
  static var rows: [MailingItemRow<Self>] { get }
}

extension MailingItemKind {
  /// Nothing of it depends on the clock.
  public static func nextTick(_ items: [Item], now: Instant) -> Instant? { nil }
}

/// An effect of such a tab.
public typealias MailingItemEffect<Kind: MailingItemKind> = Effect<MailingItemTab<Kind>.Action>
/// A row of such a tab in the table of actions.
public typealias MailingItemRow<Kind: MailingItemKind> = ActionRow<
  MailingItemTab<Kind>.State, MailingItemTab<Kind>.Action
>

/// The mailing whose things are shown, and the world around the tab.
public struct MailingScene<Kind: MailingItemKind>: Sendable {
  /// The mailing.
  public let mailing: Mailing
  /// How far it is.
  public let status: MailingStatus.Answer
  /// What was read; nil before the first answer.
  public let answer: Kind.Asked.Answer?
  /// What the tab may know of the world.
  public let context: PaneContext
}

/// A tab of a mailing that lists one kind of thing: the shape that all such tabs share.
public enum MailingItemTab<Kind: MailingItemKind>: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The mailing; nil until it is shown.
    public var mailing: Mailing?
    /// How far the mailing is.
    public var status: MailingStatus.Answer?
    /// What was read; nil before the first answer.
    public var answer: Kind.Asked.Answer?
    /// The things.
    public var table = VirtualTable<Kind.Item>()
    /// Which part takes the keys.
    public var focus = SplitLayout.Part.list
    /// Whether that part has the whole area.
    public var isZoomed = false
    /// The first line of what is known on the screen.
    public var top = 0
    /// Why they could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public indirect enum Action: PointerAction {
    case shown(Mailing, MailingStatus.Answer)
    case answered(Result<Kind.Asked.Answer, StoreError>)
    case moved(Motion)
    case pressed(Point)
    case focusMoved
    case zoomPressed
    case readPressed
    case own(Kind.Event)
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let mailing, let status):
      if let before = state.mailing, before.id != mailing.id { state = State() }
      (state.mailing, state.status) = (mailing, status)
      return [.ask(Kind.question(mailing), slot: Kind.slot) { .answered($0) }]
    case .answered(.success(let answer)):
      (state.answer, state.problem) = (answer, nil)
      state.table.reload(Kind.items(answer))
      return []
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      move(&state, motion, context)
      return []
    case .pressed(let point): return press(&state, point, context)
    case .focusMoved:
      state.focus = state.focus.other
      return []
    case .zoomPressed:
      state.isZoomed.toggle()
      return []
    case .readPressed:
      guard let scene = scene(state, context), let item = state.table.selectedRow else { return [] }
      return [
        .present(.reader(title: scene.mailing.reference, lines: Kind.lines(item, scene)))
      ]
    case .own(let event):
      return scene(state, context).map { Kind.reduce(event, state.table.selectedRow, $0) } ?? []
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    }
  }

  private static func scene(_ state: State, _ context: PaneContext) -> MailingScene<Kind>? {
    guard let mailing = state.mailing, let status = state.status else { return nil }
    return MailingScene(mailing: mailing, status: status, answer: state.answer, context: context)
  }

  private static func move(_ state: inout State, _ motion: Motion, _ context: PaneContext) {
    let layout = layout(state, context.area)
    guard state.focus == .detail else {
      let before = state.table.selectedID
      state.table.move(motion, height: max(1, layout.list.rows - 1))
      if state.table.selectedID != before { state.top = 0 }
      return
    }
    var text = ScrollText(lines(state, context))
    let size = Size(columns: max(1, layout.detail.columns - 2), rows: max(1, layout.detail.rows))
    text.move(.to(state.top), size: size)
    text.move(motion, size: size)
    state.top = text.top
  }

  private static func press(_ state: inout State, _ point: Point, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let layout = layout(state, context.area)
    if layout.detail.contains(point) { state.focus = .detail }
    guard let position = state.table.position(at: point, in: layout.list) else { return [] }
    let wasHere = state.focus == .list && position == state.table.cursor
    state.focus = .list
    if wasHere { return reduce(&state, .readPressed, context) }
    move(&state, .to(position), context)
    return []
  }

  private static func lines(_ state: State, _ context: PaneContext) -> [Line] {
    scene(state, context).map { Kind.lines(state.table.selectedRow, $0) } ?? []
  }

  /// When something it shows by the clock will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    Kind.nextTick(state.table.rows, now: context.now)
  }

  // MARK: Drawing

  private static func summaryRows(_ area: Size) -> Int { area.rows >= 8 ? 1 : 0 }

  private static func layout(_ state: State, _ area: Size) -> SplitLayout {
    let rest = Rect(area).splitTop(summaryRows(area)).rest
    let size = Size(columns: rest.columns, rows: rest.rows)
    return SplitLayout(
      size,
      alone: state.focus,
      isZoomed: state.isZoomed,
      leastRows: 12,
      left: size.columns / 2,
      upper: min(max(3, state.table.total + 1), max(3, size.rows / 2))
    ).moved(by: rest)
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    guard let scene = scene(state, context) else { return }
    let layout = layout(state, context.area).moved(by: rect)
    if summaryRows(context.area) > 0, state.answer != nil {
      canvas.write(Line([Span(" ")] + Kind.summary(scene)), in: rect.splitTop(1).top)
    }
    if let divider = layout.divider { canvas.rule(divider) }
    if !layout.detail.isEmpty, state.answer != nil, state.problem == nil {
      let area = layout.detail.inset(columns: 1)
      var text = ScrollText(Kind.lines(state.table.selectedRow, scene))
      text.move(.to(state.top), size: Size(columns: area.columns, rows: area.rows))
      let cursor = canvas.cursor
      text.draw(on: &canvas, in: area)
      if !(context.isFocused && state.focus == .detail) { canvas.cursor = cursor }
    }
    guard !layout.list.isEmpty else { return }
    ItemList.draw(
      state.table,
      columns: Kind.columns(scene),
      problem: state.problem,
      empty: state.answer == nil ? "" : Kind.empty,
      isFocused: context.isFocused && state.focus == .list,
      on: &canvas,
      in: layout.list
    )
  }

  // MARK: Rows in the table of actions

  /// Its rows in the table of actions.
  public static var actions: [ActionRow<State, Action>] { Kind.rows }

  /// All rows of the tab: moving, what every such tab has, and what is its own.
  ///
  /// - Parameters:
  ///   - id: What an action's name begins with: `batch`.
  ///   - read: What reading does, in a sentence.
  ///   - none: What is said where nothing is under the cursor.
  ///   - own: The rows of the kind's own.
  /// - Returns: The rows.
  static func rows(_ id: String, read: String, none: String, own: [MailingItemRow<Kind>])
    -> [MailingItemRow<Kind>]
  {
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "\(id).read",
        keys: [.enter, .character("l"), .right],
        label: "read",
        help: read,
        section: .find,
        hint: 1,
        availability: has(none),
        action: { _ in .readPressed }
      )
    ] + own + [
      ActionRow(
        "focus",
        keys: [.tab, .backTab],
        label: "other part",
        help: "Go to what is known of the one under the cursor, or back to the list",
        section: .move,
        hint: 6,
        action: { _ in .focusMoved }
      ),
      ActionRow(
        "zoom",
        keys: [.character("z")],
        label: "zoom",
        help: "Give the whole area to one part, or share it again",
        section: .view,
        action: { _ in .zoomPressed }
      ),
    ]
  }

  /// Available while a thing is under the cursor.
  static func has(_ reason: String) -> @Sendable (State) -> Availability {
    { .when($0.table.selectedRow != nil, otherwise: reason) }
  }

  /// Available as long as the people of the mailing can be read.
  static var isReadable: @Sendable (State) -> Availability {
    { .when($0.mailing?.erasedAt == nil, otherwise: "its recipients were erased") }
  }
}
