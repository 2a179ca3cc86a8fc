public import Drawing
public import Model

/// Data that nobody has justified within the organisation's period, longest first.
public enum UnjustifiedTab: Pane {
  /// What it shows.
  public typealias State = PrivacyRows<UnjustifiedData>

  /// What can happen to it.
  public enum Action: PointerAction {
    case shown
    case answered(Result<[UnjustifiedData], StoreError>)
    case moved(Motion)
    case pressed(Point)
    case goPressed
    case justifyPressed
    case justified(UnjustifiedData, [String: String])
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown: return [.ask(UnjustifiedList(), slot: "privacy.unjustified") { .answered($0) }]
    case .answered(let answer):
      state.take(answer)
      return []
    case .moved(let motion):
      state.move(motion, context)
      return []
    case .pressed(let point):
      guard let position = PrivacyLayout.position(of: state.table, at: point, context) else {
        return []
      }
      if position == state.table.cursor { return reduce(&state, .justifyPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .goPressed:
      return state.table.selectedRow.map { [.go(.activity($0.reference))] } ?? []
    case .justifyPressed:
      guard let row = state.table.selectedRow else { return [] }
      return [
        .present(
          .form(
            PrivacyForms.justify(row.reference, row.category, row.why) { .justified(row, $0) }
          )
        )
      ]
    case .justified(let row, let values):
      do {
        // Of the activity the category alone is altered: its version need not be the one that was seen.
        let change = try PrivacyForms.justification(
          row.activity,
          nil,
          row.category,
          values,
          context
        )
        return [.apply([change]) { .changed($0) }]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .changed(.success): return [.toast(Toast(.done, "justified · u undoes"))]
    case .changed(.failure(let error)): return [.toast(Toast(.failure, error.description))]
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
      columns: columns(context),
      problem: state.problem,
      empty: state.table.isLoaded
        ? "Every reason for holding data was looked at within the period." : "",
      status: [],
      detail: state.table.selectedRow.map { PrivacyText.lines($0, context) },
      on: &canvas,
      in: rect,
      context
    )
  }

  private static func columns(_ context: PaneContext) -> [TableColumn<UnjustifiedData>] {
    [
      TableColumn("reference", title: "Activity", width: .fixed(8), priority: 8) {
        Line($0.reference, .textStrong)
      },
      TableColumn("category", title: "Data", width: .flexible(minimum: 10, weight: 2), priority: 10)
      {
        Line(Untrusted($0.category), .textStrong)
      },
      TableColumn("last", title: "Justified", width: .fixed(10), priority: 9) {
        $0.last.map { Line(Look.narrow($0)) } ?? Line("never", .warning)
      },
      TableColumn("why", title: "Why", width: .flexible(minimum: 12, weight: 3), priority: 7) {
        $0.why.isEmpty ? Line("nobody said why", .warning) : Line(Untrusted($0.why))
      },
      TableColumn("name", title: "Name", width: .flexible(minimum: 12, weight: 3), priority: 5) {
        Line(Untrusted($0.name))
      },
      TableColumn("owner", title: "Owner", width: .flexible(minimum: 8, weight: 1), priority: 6) {
        Line(Untrusted($0.owner ?? "nobody"), $0.owner == nil ? .warning : .text)
      },
    ]
  }

  private static let hasRow: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "nothing is under the cursor")
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "data.justify",
        keys: [.enter, .character("e")],
        label: "justify",
        help: "Say again why the data are held",
        section: .change,
        hint: 1,
        menuKey: "j",
        availability: hasRow,
        action: { _ in .justifyPressed }
      ),
      ActionRow(
        "data.go",
        keys: [.character("l"), .right],
        label: "activity",
        help: "Go to the activity that holds the data",
        section: .find,
        hint: 2,
        availability: hasRow,
        action: { _ in .goPressed }
      ),
    ]
}
