public import Drawing
public import Model

/// How the chapters of an audit do, a row each: score, a strip of results, how much is assessed.
public enum HeatmapTab: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The audit; nil until it was read.
    public var audit: RecordID?
    /// The chapters.
    public var table = VirtualTable<AuditChapters.Chapter>()
    /// Why they could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: PointerAction {
    case shown(RecordID)
    case answered(Result<[AuditChapters.Chapter], StoreError>)
    case moved(Motion)
    case pressed(Point)
    case openPressed
    /// The line is to be shown in the tree; the pane around does it.
    case opened(Int)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let audit):
      state.audit = audit
      return [.ask(AuditChapters(audit: audit), slot: "audit.chapters") { .answered($0) }]
    case .answered(.success(let chapters)):
      state.problem = nil
      state.table.reload(chapters)
      return []
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: max(1, context.area.rows - 2))
      return []
    case .pressed(let point):
      let list = Rect(context.area).splitBottom(1).rest
      guard let position = state.table.position(at: point, in: list) else { return [] }
      if position == state.table.cursor { return reduce(&state, .openPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .openPressed:
      return state.table.selectedRow.map { [.send(.opened($0.place))] } ?? []
    case .opened: return []
    }
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (list, legend) = rect.splitBottom(1)
    ItemList.draw(
      state.table,
      columns: columns(width: rect.columns),
      problem: state.problem,
      empty: state.table.isLoaded ? "There is nothing to answer." : "",
      isFocused: context.isFocused,
      on: &canvas,
      in: list
    )
    let order: [AuditResult] = [
      .conforms, .partly, .doesNotConform, .notApplicable, .notAssessed,
    ]
    canvas.write(
      Line([Span(" ")] + order.flatMap { [Look.result($0), Span("   ")] }),
      in: legend
    )
  }

  private static func columns(width: Int) -> [TableColumn<AuditChapters.Chapter>] {
    let strip = max(10, width / 3)
    return [
      TableColumn(
        "chapter",
        title: "Chapter",
        width: .flexible(minimum: 12, weight: 3),
        priority: 9
      ) { chapter in
        let reference = chapter.reference.isEmpty ? "" : chapter.reference + " "
        return Line([
          Span(Untrusted(reference), .textStrong), Span(Untrusted(chapter.headline)),
        ])
      },
      TableColumn("results", title: "Results", width: .fixed(strip), priority: 8) {
        Line(Look.strip($0.counts, columns: strip))
      },
      TableColumn("score", title: "Score", width: .fixed(width >= 70 ? 19 : 8), priority: 7) {
        Look.gauge($0.score, columns: width >= 70 ? 19 : 8)
      },
      TableColumn("assessed", title: "Done", width: .fixed(9), alignment: .right, priority: 5) {
        let isWhole = $0.score.assessed == $0.score.items
        return Line(
          "\($0.score.assessed)/\($0.score.items)",
          isWhole ? .stateDone : .stateProgress
        )
      },
    ]
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "chapter.open",
        keys: [.enter, .character("l"), .right],
        label: "open",
        help: "Go to the chapter in the tree",
        section: .move,
        hint: 1,
        availability: {
          .when($0.table.selectedRow != nil, otherwise: "there is no chapter under the cursor")
        },
        action: { _ in .openPressed }
      )
    ]
}
