public import Drawing
public import Model

/// What is otherwise in an audit than in the one that it was started from.
public enum DifferencesTab: Pane {
  /// A line of the difference, by its place in it.
  public struct Row: Identifiable, Sendable, Equatable {
    /// Its place in the list.
    public var id: Int
    /// The line.
    public var line: AuditDifference.Line
  }

  /// What it shows.
  public struct State: Sendable {
    /// The audit; nil until it was read.
    public var audit: Audit?
    /// The difference; nil until it was read, or where there is no audit before.
    public var difference: AuditDifference?
    /// The lines that are shown.
    public var table = VirtualTable<Row>()
    /// The kind that the list is narrowed to; nil for all.
    public var kind: AuditDifference.Kind?
    /// Why it could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: PointerAction {
    case shown(Audit)
    case answered(Result<AuditDifference?, StoreError>)
    case moved(Motion)
    case pressed(Point)
    case filterPressed
    case filterChosen(AuditDifference.Kind?)
    case openPressed
    case placeAnswered(Result<Int?, StoreError>)
    /// The line is to be shown in the tree; the pane around does it.
    case opened(Int)
    case backPressed
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let audit):
      state.audit = audit
      guard let previous = audit.previous else { return [] }
      return [
        .ask(AuditComparison(old: previous, new: audit.id), slot: "audit.difference") {
          .answered($0)
        }
      ]
    case .answered(.success(let difference)):
      state.problem = nil
      state.difference = difference
      load(&state)
      return []
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: max(1, context.area.rows - 3))
      return []
    case .pressed(let point):
      let list = Rect(context.area).splitTop(1).rest.splitBottom(1).rest
      guard let position = state.table.position(at: point, in: list) else { return [] }
      if position == state.table.cursor { return reduce(&state, .openPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .filterPressed:
      let difference = state.difference
      let entries = AuditDifference.Kind.allCases.enumerated().map { index, kind in
        MenuRequest<Action>.Entry(
          key: Character("\(index + 1)"),
          label: kind.label,
          note: "\(difference?.count(kind) ?? 0)",
          action: .filterChosen(kind)
        )
      }
      let all = MenuRequest<Action>.Entry(key: "a", label: "all", action: .filterChosen(nil))
      return [.present(.menu(MenuRequest(title: "Show what is", entries: [all] + entries)))]
    case .filterChosen(let kind):
      state.kind = kind
      load(&state)
      return []
    case .openPressed:
      guard let audit = state.audit, let row = state.table.selectedRow else { return [] }
      guard row.line.after != nil else {
        return [.toast(Toast(.notice, "it is not in this audit any more"))]
      }
      return [
        .ask(AuditPlace(audit: audit.id, reference: row.line.identifier), slot: "audit.place") {
          .placeAnswered($0)
        }
      ]
    case .placeAnswered(.success(let place)): return place.map { [.send(.opened($0))] } ?? []
    case .placeAnswered(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .opened: return []
    case .backPressed: return reduce(&state, .filterChosen(nil), context)
    }
  }

  private static func load(_ state: inout State) {
    let lines = state.difference?.lines ?? []
    let rows = lines.enumerated().filter { state.kind == nil || $0.element.kind == state.kind }
    state.table.reload(rows.map { Row(id: $0.offset, line: $0.element) })
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    if let problem = state.problem {
      canvas.write(Line(Untrusted(problem), .danger), in: rect.inset(columns: 1))
      return
    }
    guard state.audit?.previous != nil else {
      canvas.write(
        Line("This audit was not started from another one.", .textMuted),
        in: rect.inset(columns: 1)
      )
      return
    }
    guard let difference = state.difference else { return }
    let (head, rest) = rect.splitTop(1)
    let (list, status) = rest.splitBottom(1)
    var spans = [
      Span(" Score ", .textMuted), Span(Look.percent(difference.before)), Span(" → ", .textMuted),
      Span(Look.percent(difference.after), Look.role(of: difference.after), .bold),
    ]
    for kind in AuditDifference.Kind.allCases where difference.count(kind) > 0 {
      spans += [Span("  "), look(kind), Span(" \(difference.count(kind))")]
    }
    spans.append(Span("  \(difference.unchanged) unchanged", .textMuted))
    canvas.write(Line(spans), in: head)
    ItemList.draw(
      state.table,
      columns: columns,
      problem: nil,
      empty: state.kind == nil ? "Nothing is otherwise." : "There is none of this kind.",
      isFocused: context.isFocused,
      on: &canvas,
      in: list
    )
    let kind = state.kind.map { [Span(" only ", .textMuted), Span($0.label, .match)] } ?? []
    ListStatus.draw(kind, of: state.table, on: &canvas, in: status)
  }

  private static func look(_ kind: AuditDifference.Kind) -> Span {
    switch kind {
    case .improved: Span("▲ improved", .success)
    case .regressed: Span("▼ regressed", .danger)
    case .new: Span("* new", .information)
    case .gone: Span("- gone", .stateClosed)
    case .assessed: Span("+ assessed", .success)
    case .open: Span("? open", .stateOpen)
    case .altered: Span("= altered", .information)
    }
  }

  private static func answer(_ result: AuditResult?, _ score: Int?) -> Line {
    guard let result else { return Line("–", .textMuted) }
    return Line([Look.result(result)] + (score.map { [Span(" \($0)")] } ?? []))
  }

  private static let columns: [TableColumn<Row>] = [
    TableColumn("kind", title: "What", width: .fixed(11), priority: 9) {
      Line([look($0.line.kind)])
    },
    TableColumn(
      "item",
      title: "Requirement",
      width: .flexible(minimum: 12, weight: 3),
      priority: 8
    ) { row in
      let reference = row.line.reference.isEmpty ? "" : row.line.reference + " "
      return Line([
        Span(Untrusted(reference), .textStrong), Span(Untrusted(row.line.headline)),
      ])
    },
    TableColumn("before", title: "Before", width: .fixed(13), priority: 6) {
      answer($0.line.before, $0.line.scoreBefore)
    },
    TableColumn("after", title: "Now", width: .fixed(13), priority: 7) {
      answer($0.line.after, $0.line.scoreAfter)
    },
  ]

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "difference.open",
        keys: [.enter, .character("l"), .right],
        label: "open",
        help: "Go to the item in the tree",
        section: .move,
        hint: 1,
        availability: {
          .when($0.table.selectedRow != nil, otherwise: "there is no line under the cursor")
        },
        action: { _ in .openPressed }
      ),
      ActionRow(
        "filter",
        keys: [.character("f")],
        label: "filter",
        help: "Show one kind of difference, such as what regressed",
        section: .find,
        hint: 2,
        availability: { .when($0.difference != nil, otherwise: "there is nothing to compare") },
        action: { _ in .filterPressed }
      ),
    ]
}
