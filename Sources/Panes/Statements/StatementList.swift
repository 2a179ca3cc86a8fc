public import Drawing
public import Model

/// The list of statements: what the public sees, what is being prepared, what is not true any more.
public enum StatementList: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The statements.
    public var table = VirtualTable<StatementRow>()
    /// Why they could not be read.
    public var problem: String?

    /// Makes the empty list.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: PointerAction {
    case shown
    case answered(Result<[StatementRow], StoreError>)
    case moved(Motion)
    case pressed(Point)
    case openPressed
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown: return [.ask(StatementStates(), slot: "statements") { .answered($0) }]
    case .answered(.success(let rows)):
      state.problem = nil
      state.table.reload(rows)
      return []
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: PrivacyLayout.split(context.area).listHeight)
      return []
    case .pressed(let point):
      guard let position = PrivacyLayout.position(of: state.table, at: point, context) else {
        return []
      }
      if position == state.table.cursor { return [.send(.openPressed)] }
      return reduce(&state, .moved(.to(position)), context)
    case .openPressed: return []
    }
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    PrivacyLayout.draw(
      state.table,
      columns: columns,
      problem: state.problem,
      empty: state.table.isLoaded
        ? "There is no statement yet. c begins one, as a text that has every derived part." : "",
      status: [],
      detail: state.table.selectedRow.map { StatementText.lines($0, context) },
      on: &canvas,
      in: rect,
      context
    )
  }

  private static let columns: [TableColumn<StatementRow>] = [
    TableColumn("reference", title: "Statement", width: .fixed(9), priority: 9) {
      Line($0.statement.reference, .textStrong)
    },
    TableColumn("state", title: "  State", width: .fixed(12), priority: 12) {
      Line([StatementText.state($0)])
    },
    TableColumn("published", title: "Published", width: .fixed(15), priority: 8) {
      $0.published.map { Line("v\($0.number) \($0.date.iso)") } ?? Line("–", .textMuted)
    },
    TableColumn("flag", title: "Register says", width: .fixed(15), priority: 11) {
      Line([StatementText.flag($0)])
    },
    TableColumn("title", title: "Title", width: .flexible(minimum: 10, weight: 1), priority: 10) {
      Line(Untrusted($0.statement.facts.title))
    },
  ]

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "statement.open",
        keys: [.enter, .character("l"), .right],
        label: "open",
        help: "Read what would be published; ] turns to what is left out and where it is not true",
        section: .find,
        hint: 1,
        availability: {
          .when($0.table.selectedRow != nil, otherwise: "there is no statement under the cursor")
        },
        action: { _ in .openPressed }
      )
    ]
}
