public import Drawing
import Model

extension NoticesPane {
  /// The mailings, and how far the one under the cursor is.
  static func layout(_ state: State, _ area: Size) -> SplitLayout {
    // A short list leaves its room to the numbers: headings, rows and the line below.
    let needed = state.table.isLoaded ? max(1, state.table.total) + 2 : area.rows
    return SplitLayout(
      area,
      alone: state.focus,
      isZoomed: state.isZoomed,
      // The numbers want columns more than rows.
      wide: 170,
      left: area.columns / 2,
      upper: min(max(4, area.rows / 3), needed)
    )
  }

  /// Lines that say which mailing the numbers are of.
  private static func headRows(_ detail: Rect) -> Int {
    detail.rows >= 14 ? 5 : detail.rows >= 9 ? 1 : 0
  }

  /// Where the numbers of the mailing under the cursor stand, in the pane's own coordinates.
  static func coverageArea(_ state: State, _ area: Size) -> Rect {
    let detail = layout(state, area).detail
    return detail.splitTop(headRows(detail)).rest
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    if let open = state.open {
      MailingPane.draw(open, on: &canvas, in: rect, context)
      return
    }
    let layout = layout(state, context.area).moved(by: rect)
    if let divider = layout.divider { canvas.rule(divider) }
    if !layout.detail.isEmpty, let row = state.table.selectedRow {
      let area = coverageArea(state, context.area)
      let head = layout.detail.splitTop(headRows(layout.detail)).top.inset(columns: 1)
      canvas.stack(headLines(row, columns: head.columns, context), in: head)
      CoverageTab.draw(
        state.coverage,
        on: &canvas,
        in: area.moved(by: rect),
        context.part(area, isFocused: state.focus == .detail)
      )
    }
    if !layout.list.isEmpty { drawList(state, on: &canvas, in: layout.list, context) }
  }

  private static func drawList(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (list, status) = rect.splitBottom(1)
    ItemList.draw(
      state.table,
      columns: columns(context, width: rect.columns),
      problem: state.problem.map { "The mailings could not be read: \($0)" },
      empty: empty(state),
      isFocused: context.isFocused && state.focus == .list,
      on: &canvas,
      in: list
    )
    var spans = ListStatus.filter(state.filterText)
    if state.total > state.rows.count {
      spans.append(Span(" the newest \(state.rows.count) of \(state.total)", .warning))
    }
    ListStatus.draw(spans, of: state.table, on: &canvas, in: status)
  }

  private static func empty(_ state: State) -> String {
    guard state.table.isLoaded else { return "" }
    return state.filterText.isEmpty
      ? "No mailings yet. c opens one for an incident." : "No mailing passes; Esc clears it."
  }

  private static func columns(_ context: PaneContext, width: Int) -> [TableColumn<MailingBoard.Row>]
  {
    let now = context.now
    let meter = width >= 100 ? 24 : width >= 60 ? 16 : 10
    return [
      TableColumn("reference", title: "Mailing", width: .fixed(13), priority: 7) {
        Line($0.mailing.reference, .textStrong)
      },
      TableColumn("name", title: "Name", width: .flexible(minimum: 12, weight: 4), priority: 9) {
        Line(Look.exercise($0.isExercise) + [Span(Untrusted($0.mailing.facts.name))])
      },
      TableColumn("meter", title: "Told", width: .fixed(meter), priority: 10) { row in
        Line(MailingMeter.bar(row.coverage, columns: meter))
      },
      TableColumn("percent", title: "", width: .fixed(5), alignment: .right, priority: 8) { row in
        MailingMeter.percent(row.coverage).map {
          Line("\($0) %", $0 == 100 ? .stateDone : .stateProgress)
        } ?? Line("–", .textMuted)
      },
      TableColumn("state", title: "State", width: .fixed(8), priority: 4) {
        Line([Look.mailing($0)])
      },
      TableColumn("left", title: "Time left", width: .fixed(16), priority: 6) { row in
        let isUnlinked =
          row.clock == nil && row.mailing.facts.obligations.isEmpty && !row.coverage.isWhole
        return Line([
          isUnlinked
            ? Span("! no duty named", .warning) : Look.left(row.clock, row.coverage, now: now)
        ])
      },
      TableColumn("incident", title: "Incident", width: .fixed(13), priority: 3) {
        Line($0.mailing.incidentReference, .textMuted)
      },
    ]
  }

  /// What is known of a mailing beside the numbers.
  static func headLines(
    _ row: MailingBoard.Row,
    columns: Int,
    _ context: PaneContext
  ) -> [Line] {
    let mailing = row.mailing
    return [
      Line([
        Span("\(mailing.reference)  ", .heading, .bold),
        Span(Untrusted(mailing.facts.name), .textStrong),
      ]),
      Line(
        [Span("\(mailing.incidentReference)  ", .textMuted)] + Look.exercise(row.isExercise) + [
          Look.severity(row.severity), Span("  "), Span(Untrusted(row.title)),
        ]
      ),
    ] + MailingText.facts(mailing, columns: columns)
  }

  // MARK: Rows in the table of actions

  private static let hasMailing: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "there is no mailing under the cursor")
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] = listRows + shared

  /// The rows of the list.
  private static let listRows: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "mailing.open",
        keys: [.enter, .character("l"), .right],
        label: "open",
        help: "Open the mailing under the cursor: coverage, people, channels, text",
        section: .move,
        hint: 1,
        availability: hasMailing,
        action: { _ in .openPressed }
      )
    ]

  /// The rows that apply whichever part has the keys.
  private static let shared: [ActionRow<State, Action>] =
    [
      ActionRow(
        "mailing.create",
        keys: [.character("c")],
        label: "create",
        help: "Open a mailing for an incident",
        section: .change,
        hint: 2,
        action: { state in
          .change(.createPressed(state.table.selectedRow?.mailing.incidentReference ?? ""))
        }
      ),
      ActionRow(
        "filter",
        keys: [.character("f")],
        label: "filter",
        help: "Narrow the list to mailings with a text: reference, name, incident, title, state",
        section: .find,
        hint: 3,
        action: { _ in .filterPressed }
      ),
      ActionRow(
        "focus",
        keys: [.tab, .backTab],
        label: "other part",
        help: "Go to the numbers by jurisdiction, or back to the list",
        section: .move,
        hint: 4,
        availability: hasMailing,
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
      ActionRow(
        "mailing.incident",
        label: "incident",
        help: "Go to the incident that these people are told of",
        section: .find,
        menuKey: "o",
        availability: hasMailing,
        action: { _ in .incidentPressed }
      ),
    ] + MailingRows.rows({ $0.table.selectedRow?.mailing }) { .change($0) } + [
      ActionRow(
        "back",
        keys: [.escape, .character("q")],
        label: "back",
        help: "Go back to the list, clear the filter, or go back",
        section: .move,
        hint: 9,
        action: { _ in .backPressed }
      )
    ]

  /// The rows that apply now.
  public static func table(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    if let open = state.open {
      return MailingPane.table(open, for: query).map { $0.map(Action.mailing) }
    }
    guard state.focus == .detail else { return actions.bound(to: state, for: query) }
    return CoverageTab.table(state.coverage, for: query).map { $0.map(Action.coverage) }
      + shared.bound(to: state, for: query)
  }
}
