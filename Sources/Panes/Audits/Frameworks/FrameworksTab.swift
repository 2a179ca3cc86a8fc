public import Drawing
public import Model

/// The frameworks of the record: a list, or the hits of a search through all their texts; and the
/// one that was opened.
public enum FrameworksTab: Pane {
  /// A hit of a search with its place in the list.
  public struct Hit: Identifiable, Sendable, Equatable {
    /// Its place in the list.
    public var id: Int
    /// The hit.
    public var hit: RequirementSearch.Hit
  }

  /// What it shows.
  public struct State: Sendable {
    /// The frameworks.
    public var table = VirtualTable<FrameworkRow>()
    /// The words that are searched for; nil where the list stands.
    public var findText: String?
    /// The hits of the search.
    public var hits = VirtualTable<Hit>()
    /// The framework that is open.
    public var open: FrameworkPane.State?
    /// Why they could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case appeared
    case answered(Result<[FrameworkRow], StoreError>)
    case moved(Motion)
    case pressed(Point)
    case openPressed
    case findPressed
    case findTyped(String)
    case hitsAnswered(String, Result<Page<RequirementSearch.Hit>, StoreError>)
    case startPressed
    /// An audit of a framework is to be started; the view around does it.
    case startWanted(RecordID)
    case backPressed
    case opened(FrameworkPane.Action)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .appeared:
      return [.ask(FrameworkList(), slot: "frameworks.list") { .answered($0) }]
    case .answered(.success(let rows)):
      state.problem = nil
      state.table.reload(rows)
      return []
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      if state.open != nil { return reduceOpen(&state, .moved(motion), context) }
      if state.findText == nil {
        state.table.move(motion, height: height(context))
        return []
      }
      state.hits.move(motion, height: height(context))
      return readHits(state, context)
    case .pressed(let point):
      return pressed(&state, point, context)
    case .openPressed:
      if state.findText != nil {
        guard let hit = state.hits.selectedRow?.hit,
          let row = state.table.rows.first(where: { $0.id == hit.framework })
        else { return [] }
        return open(&state, row, at: hit.row.position, context)
      }
      return state.table.selectedRow.map { open(&state, $0, at: nil, context) } ?? []
    case .findPressed:
      if state.open != nil { return reduceOpen(&state, .findPressed, context) }
      let prompt = PromptRequest<Action>(
        label: "/",
        text: "",
        changed: { .findTyped($0) },
        submit: { .findTyped($0) },
        cancel: .findTyped("")
      )
      return [.present(.prompt(prompt))]
    case .findTyped(let text):
      guard text != state.findText ?? "" else { return [] }
      state.hits = VirtualTable()
      state.findText = text.isEmpty ? nil : text
      return readHits(state, context)
    case .hitsAnswered(let text, .success(let page)):
      guard state.findText == text else { return [] }
      let rows = page.rows.enumerated().map { Hit(id: page.window.start + $0, hit: $1) }
      state.hits.load(start: page.window.start, rows: rows, total: page.total)
      return readHits(state, context)
    case .hitsAnswered(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .startPressed:
      let id = state.open?.framework.id ?? state.table.selectedRow?.id
      return id.map { [.send(.startWanted($0))] } ?? []
    case .startWanted: return []
    case .backPressed:
      if let open = state.open {
        if FrameworkPane.holdsBack(open) { return reduceOpen(&state, .backPressed, context) }
        state.open = nil
      } else {
        state.findText = nil
        state.hits = VirtualTable()
      }
      return []
    case .opened(let action):
      return reduceOpen(&state, action, context)
    }
  }

  private static func height(_ context: PaneContext) -> Int { max(1, context.area.rows - 2) }

  private static func readHits(_ state: State, _ context: PaneContext) -> [Effect<Action>] {
    guard let text = state.findText, let window = state.hits.more(height: height(context)) else {
      return []
    }
    return [
      .ask(RequirementSearch(text, window: window), slot: "frameworks.find") {
        .hitsAnswered(text, $0)
      }
    ]
  }

  private static func open(
    _ state: inout State,
    _ row: FrameworkRow,
    at position: Int?,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    state.open = FrameworkPane.State(framework: row)
    return reduceOpen(&state, .appeared(at: position), context)
  }

  private static func reduceOpen(
    _ state: inout State,
    _ action: FrameworkPane.Action,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    guard var open = state.open else { return [] }
    let effects = FrameworkPane.reduce(&open, action, context)
    state.open = open
    return effects.map { $0.map(Action.opened) }
  }

  private static func pressed(_ state: inout State, _ point: Point, _ context: PaneContext)
    -> [Effect<Action>]
  {
    if state.open != nil { return reduceOpen(&state, .pressed(point), context) }
    let list = Rect(context.area).splitBottom(1).rest
    let isFinding = state.findText != nil
    let position =
      isFinding
      ? state.hits.position(at: point, in: list) : state.table.position(at: point, in: list)
    guard let position else { return [] }
    let cursor = isFinding ? state.hits.cursor : state.table.cursor
    return reduce(&state, position == cursor ? .openPressed : .moved(.to(position)), context)
  }

  /// Whether going back would end something in the tab, and not leave it.
  static func holdsBack(_ state: State) -> Bool { state.open != nil || state.findText != nil }

  // MARK: Drawing

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    if let open = state.open {
      FrameworkPane.draw(open, on: &canvas, in: rect, context)
      return
    }
    let (list, status) = rect.splitBottom(1)
    guard let text = state.findText else {
      ItemList.draw(
        state.table,
        columns: columns,
        problem: state.problem,
        empty: state.table.isLoaded
          ? "No frameworks. tocsin import framework gdpr-controller brings one in." : "",
        isFocused: context.isFocused,
        on: &canvas,
        in: list
      )
      ListStatus.draw(of: state.table, on: &canvas, in: status)
      return
    }
    ItemList.draw(
      state.hits,
      columns: hitColumns,
      problem: state.problem,
      empty: state.hits.isLoaded ? "No text has all these words." : "",
      isFocused: context.isFocused,
      on: &canvas,
      in: list
    )
    let words = [Span(" / ", .textMuted), Span(Untrusted(text), .match)]
    ListStatus.draw(words, of: state.hits, on: &canvas, in: status)
  }

  private static let columns: [TableColumn<FrameworkRow>] = [
    TableColumn(
      "name",
      title: "Framework",
      width: .flexible(minimum: 18, weight: 4),
      priority: 9
    ) { Line(Untrusted($0.name)) },
    TableColumn("edition", title: "Edition", width: .fixed(9), priority: 7) {
      Line(Untrusted($0.edition))
    },
    TableColumn("items", title: "Items", width: .fixed(6), alignment: .right, priority: 8) {
      Line(Look.count(Int64($0.assessable)))
    },
    TableColumn("lines", title: "Lines", width: .fixed(6), alignment: .right, priority: 3) {
      Line(Look.count(Int64($0.nodes)), .textMuted)
    },
    TableColumn("language", title: "Lang", width: .fixed(5), priority: 4) {
      Line(Untrusted($0.language), .textMuted)
    },
    TableColumn(
      "provider",
      title: "Published by",
      width: .flexible(minimum: 10, weight: 1),
      priority: 5
    ) { Line(Untrusted($0.provider), .textMuted) },
  ]

  private static let hitColumns: [TableColumn<Hit>] = [
    TableColumn("reference", title: "Line", width: .fixed(14), priority: 8) {
      Line(Untrusted($0.hit.row.reference), .textStrong)
    },
    TableColumn(
      "excerpt",
      title: "Text",
      width: .flexible(minimum: 20, weight: 4),
      priority: 9
    ) { Line(Untrusted($0.hit.excerpt)) },
    TableColumn(
      "framework",
      title: "Framework",
      width: .flexible(minimum: 12, weight: 1),
      priority: 5
    ) { Line(Untrusted($0.hit.name), .textMuted) },
  ]

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "framework.open",
        keys: [.enter, .character("l"), .right],
        label: "open",
        help: "Open the framework, or the hit in it",
        section: .move,
        hint: 1,
        availability: {
          .when(
            $0.findText == nil ? $0.table.selectedRow != nil : $0.hits.selectedRow != nil,
            otherwise: "there is no line under the cursor"
          )
        },
        action: { _ in .openPressed }
      ),
      ActionRow(
        "search",
        keys: [.character("/")],
        label: "search",
        help: "Search all texts of all frameworks",
        section: .find,
        hint: 2,
        action: { _ in .findPressed }
      ),
      ActionRow(
        "audit.start",
        keys: [.character("c")],
        label: "audit",
        help: "Start an audit of the framework",
        section: .change,
        hint: 3,
        availability: {
          .when($0.table.selectedRow != nil, otherwise: "there is no framework under the cursor")
        },
        action: { _ in .startPressed }
      ),
    ]

  /// The rows that apply now: those of the framework that is open, or of the list.
  public static func table(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    guard let open = state.open else { return actions.bound(to: state, for: query) }
    return FrameworkPane.table(open, for: query).map { $0.map(Action.opened) }
      + actions.bound(to: state, for: query).filter { $0.id == "audit.start" }
  }
}
