public import Drawing
public import Model

/// One framework to read: its tree, and beside or below it the line under the cursor.
public enum FrameworkPane: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The framework.
    public var framework: FrameworkRow
    /// The loaded window of the tree; rows are named by their positions.
    public var table = VirtualTable<RequirementRow>()
    /// The positions of lines whose lines below are hidden, each with the one after the last of them.
    public var folded: [Int: Int] = [:]
    /// The line under the cursor, once it was read.
    public var details: RequirementDetails.Details?
    /// The line that was asked for last.
    public var wanted: Int?
    /// The words that are searched for, and the hits; nil where nothing is.
    public var find: AuditItemsTab.Find?
    /// Whether the text takes the keys.
    public var isReading = false
    /// Whether the part with the keys has the whole area.
    public var isZoomed = false
    /// The first line of the text that is shown.
    public var textTop = 0
    /// Why the tree could not be read.
    public var problem: String?

    /// Makes the pane for a framework.
    public init(framework: FrameworkRow) { self.framework = framework }
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case appeared(at: Int?)
    case answered(Result<Page<RequirementRow>, StoreError>)
    case detailsAnswered(Int, Result<RequirementDetails.Details?, StoreError>)
    case moved(Motion)
    case pressed(Point)
    case openPressed, foldPressed, unfoldPressed, readPressed
    case findPressed
    case findTyped(String)
    case positionAnswered(String, Result<Int?, StoreError>)
    case hitsAnswered(String, Result<Page<RequirementSearch.Hit>, StoreError>)
    case findMoved(Int)
    case focusMoved, zoomPressed, backPressed
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .appeared(let position):
      guard let position else { return [read(state, context)] }
      return goTo(&state, position, context)
    case .answered(.success(let page)):
      state.problem = nil
      state.table.load(start: page.window.start, rows: page.rows, total: page.total)
      return readMore(state, context) + readDetails(&state)
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .detailsAnswered(let position, .success(let details)):
      if position == state.wanted { state.details = details }
      return []
    case .detailsAnswered(_, .failure(let error)), .positionAnswered(_, .failure(let error)),
      .hitsAnswered(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .moved(let motion):
      if state.isReading {
        scroll(&state, motion, context)
        return []
      }
      return move(&state, motion, context)
    case .pressed(let point):
      let layout = layout(state, context.area)
      state.isReading = layout.detail.contains(point)
      let list = layout.list.splitBottom(1).rest
      guard let position = state.table.position(at: point, in: list) else { return [] }
      if position == state.table.cursor { return reduce(&state, .openPressed, context) }
      return move(&state, .to(position), context)
    case .openPressed:
      guard let row = state.table.selectedRow, row.isParent, !state.isReading else {
        return reduce(&state, .readPressed, context)
      }
      state.folded[row.position] = state.folded[row.position] == nil ? row.end : nil
      return [read(state, context)]
    case .unfoldPressed:
      guard let row = state.table.selectedRow, row.isParent else { return [] }
      guard state.folded[row.position] != nil else { return move(&state, .by(1), context) }
      state.folded[row.position] = nil
      return [read(state, context)]
    case .foldPressed:
      return fold(&state, context)
    case .readPressed:
      guard let details = state.details else { return [] }
      let title = "\(state.framework.name) \(details.requirement.reference)"
      return [.present(.reader(title: title, lines: lines(details)))]
    case .focusMoved:
      state.isReading.toggle()
      return []
    case .zoomPressed:
      state.isZoomed.toggle()
      return readMore(state, context)
    case .backPressed:
      if state.isReading { state.isReading = false } else { state.find = nil }
      return []
    case .findPressed, .findTyped, .positionAnswered, .hitsAnswered, .findMoved:
      return find(&state, action, context)
    }
  }

  // MARK: Reading

  private static func ask(_ state: State, _ window: RowWindow) -> Effect<Action> {
    .ask(
      RequirementTree(
        framework: state.framework.id,
        folded: state.folded.keys.sorted(),
        window: window
      ),
      slot: "framework.tree"
    ) { .answered($0) }
  }

  private static func read(_ state: State, _ context: PaneContext) -> Effect<Action> {
    ask(state, state.table.window(height: height(state, context)))
  }

  private static func readMore(_ state: State, _ context: PaneContext) -> [Effect<Action>] {
    state.table.more(height: height(state, context)).map { [ask(state, $0)] } ?? []
  }

  private static func readDetails(_ state: inout State) -> [Effect<Action>] {
    guard let row = state.table.selectedRow, row.position != state.wanted else { return [] }
    (state.wanted, state.textTop) = (row.position, 0)
    let position = row.position
    return [
      .ask(
        RequirementDetails(framework: state.framework.id, position: position),
        slot: "framework.line"
      ) { .detailsAnswered(position, $0) }
    ]
  }

  private static func move(_ state: inout State, _ motion: Motion, _ context: PaneContext)
    -> [Effect<Action>]
  {
    state.table.move(motion, height: height(state, context))
    return readMore(state, context) + readDetails(&state)
  }

  /// Unfolds what hides a line, and goes there.
  private static func goTo(_ state: inout State, _ position: Int, _ context: PaneContext)
    -> [Effect<Action>]
  {
    state.folded = state.folded.filter { position <= $0.key || $0.value <= position }
    var (hidden, last) = (0, 0)
    for (start, end) in state.folded.sorted(by: { $0.key < $1.key })
    where end <= position && start >= last {
      (hidden, last) = (hidden + end - start - 1, end)
    }
    state.table.select(id: position, at: position - hidden, height: height(state, context))
    if !state.table.isLoaded {
      // Nothing is held yet: the list does not know that it is so long.
      state.table.load(start: 0, rows: [], total: state.framework.nodes)
      state.table.select(id: position, at: position - hidden, height: height(state, context))
    }
    return [read(state, context)] + readDetails(&state)
  }

  private static func fold(_ state: inout State, _ context: PaneContext) -> [Effect<Action>] {
    guard let row = state.table.selectedRow else { return [] }
    if row.isParent, state.folded[row.position] == nil {
      state.folded[row.position] = row.end
      return [read(state, context)]
    }
    let above = state.table.loaded.lowerBound..<state.table.cursor
    let parent = above.last { state.table.row(at: $0).map { $0.depth < row.depth } ?? false }
    return parent.map { move(&state, .to($0), context) } ?? []
  }

  // MARK: Search

  private static func find(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    let id = state.framework.id
    switch action {
    case .findPressed:
      return [.present(.prompt(PromptRequest(label: "/", text: "", submit: { .findTyped($0) })))]
    case .findTyped(let text):
      state.find = text.isEmpty ? nil : AuditItemsTab.Find(text: text)
      guard !text.isEmpty else { return [] }
      return [
        .ask(RequirementPosition(framework: id, reference: text), slot: "framework.find") {
          .positionAnswered(text, $0)
        }
      ]
    case .positionAnswered(let text, .success(let position)):
      guard state.find?.text == text else { return [] }
      if let position {
        state.find?.hits = [position]
        return goTo(&state, position, context)
      }
      let window = RowWindow(start: 0, count: AuditSearch.most)
      return [
        .ask(RequirementSearch(text, framework: id, window: window), slot: "framework.find") {
          .hitsAnswered(text, $0)
        }
      ]
    case .hitsAnswered(let text, .success(let page)):
      guard state.find?.text == text else { return [] }
      let hits = page.rows.map(\.row.position).sorted()
      state.find?.hits = hits
      guard !hits.isEmpty else { return [.toast(Toast(.notice, "no line has \(text)"))] }
      state.find?.index = hits.firstIndex { $0 >= state.table.selectedID ?? 0 } ?? 0
      return find(&state, .findMoved(0), context)
    case .findMoved(let step):
      guard let found = state.find, !found.hits.isEmpty else {
        return [.toast(Toast(.notice, "nothing was searched for; / searches"))]
      }
      let count = found.hits.count
      let index = ((found.index + step) % count + count) % count
      state.find?.index = index
      return goTo(&state, found.hits[index], context)
    default: return []
    }
  }

  /// Whether going back would end something in the pane, and not leave it.
  static func holdsBack(_ state: State) -> Bool { state.isReading || state.find != nil }
}
