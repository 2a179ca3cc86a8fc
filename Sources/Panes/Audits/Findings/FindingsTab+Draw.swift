public import Drawing
import Model

extension FindingsTab {
  struct Layout {
    var board: Rect
    var list: Rect
    var status: Rect
  }

  /// The board of numbers above, where there is room for it; the list; a line below.
  static func layout(_ state: State, _ area: Size) -> Layout {
    let (rest, status) = Rect(area).splitBottom(1)
    let hasBoard = area.rows >= 14 && area.columns >= 60 && !state.table.rows.isEmpty
    let (board, list) = rest.splitTop(hasBoard ? 6 : 0)
    return Layout(board: board, list: list, status: status)
  }

  static func height(_ state: State, _ context: PaneContext) -> Int {
    max(1, layout(state, context.area).list.rows - 1)
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let layout = layout(state, Size(columns: rect.columns, rows: rect.rows))
    if !layout.board.isEmpty {
      drawBoard(state, on: &canvas, in: layout.board.moved(by: rect), context.now)
    }
    ItemList.draw(
      state.table,
      columns: columns(context),
      problem: state.problem,
      empty: state.scope == .all
        ? "No findings. c writes one down." : "No finding is among these; Esc shows all.",
      isFocused: context.isFocused,
      on: &canvas,
      in: layout.list.moved(by: rect)
    )
    var spans: [Span] = []
    if state.scope != .all { spans.append(Span(" \(state.scope.label)", .match)) }
    if state.total > state.table.rows.count {
      spans.append(Span(" the worst \(state.table.rows.count) of \(state.total)", .warning))
    }
    ListStatus.draw(spans, of: state.table, on: &canvas, in: layout.status.moved(by: rect))
  }

  /// How many findings stand where, by severity.
  private static func drawBoard(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ now: Instant
  ) {
    let severities = Array(Severity.allCases.reversed())
    let columns: [(title: String, role: Role, counts: (Finding) -> Bool)] =
      [("! late", .deadlineOverdue, { $0.isOverdue(at: now) })]
      + FindingState.allCases.map { state in
        (state == .inProgress ? "doing" : state.label, .text, { $0.state(at: now) == state })
      }
    let width = max(9, (rect.columns - 11) / (columns.count))
    func cell(_ column: Int, _ row: Int) -> Rect {
      Rect(
        column: rect.column + 11 + column * width,
        row: rect.row + row,
        columns: width,
        rows: 1
      )
    }
    for (index, column) in columns.enumerated() {
      canvas.write(
        Line(String(column.title.prefix(width - 1)), index == 0 ? column.role : .heading),
        in: cell(index, 0)
      )
      for (row, severity) in severities.enumerated() {
        let count = state.table.rows.count { $0.facts.severity == severity && column.counts($0) }
        canvas.write(
          count == 0
            ? Line("·", .textMuted)
            : Line("\(count)", index == 0 ? column.role : .textStrong, .bold),
          in: cell(index, row + 1)
        )
      }
    }
    for (row, severity) in severities.enumerated() {
      canvas.write(
        Line([Span(" "), Look.severity(severity)]),
        in: Rect(column: rect.column, row: rect.row + row + 1, columns: 11, rows: 1)
      )
    }
  }

  private static func columns(_ context: PaneContext) -> [TableColumn<Finding>] {
    let now = context.now
    return [
      TableColumn("severity", title: "Severity", width: .fixed(8), priority: 8) {
        Line([Look.severity($0.facts.severity)])
      },
      TableColumn("state", title: "State", width: .fixed(14), priority: 7) {
        Line([Look.finding($0, now: now)])
      },
      TableColumn("due", title: "Due", width: .fixed(14), priority: 9) { finding in
        guard finding.state(at: now).isOpen else { return Line("–", .textMuted) }
        let due = Look.due(finding.due, isOpen: true, now: now)
        return Line([
          due.style.role == .deadlineOverdue
            ? Span("! \(due.text)", .deadlineOverdue, .bold) : due
        ])
      },
      TableColumn(
        "title",
        title: "Finding",
        width: .flexible(minimum: context.area.columns < 60 ? 14 : 24, weight: 4),
        priority: 10
      ) { Line(Untrusted($0.facts.title)) },
      TableColumn("owner", title: "Owner", width: .flexible(minimum: 8, weight: 1), priority: 5) {
        Line(Untrusted($0.facts.owner ?? "nobody"), $0.facts.owner == nil ? .warning : .text)
      },
      TableColumn("work", title: "Actions", width: .fixed(7), priority: 3) { finding in
        let all = finding.facts.actions.count
        return all == 0
          ? Line() : Line("\(all - finding.facts.openActions.count)/\(all)", .textMuted)
      },
      TableColumn("reference", title: "Reference", width: .fixed(13), priority: 4) {
        Line($0.reference, .textMuted)
      },
    ]
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "finding.read",
        keys: [.enter, .character("K"), .character("l"), .right],
        label: "read",
        help: "Read the finding with its actions, links, evidence and history",
        section: .find,
        hint: 1,
        availability: hasFinding,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "finding.create",
        keys: [.character("c")],
        label: "create",
        help: "Write a finding down that comes from no audit item",
        section: .change,
        hint: 2,
        action: { _ in .createPressed }
      ),
      ActionRow(
        "finding.edit",
        keys: [.character("e")],
        label: "edit",
        help: "Edit what is known of the finding",
        section: .change,
        hint: 3,
        availability: hasFinding,
        action: { _ in .editPressed }
      ),
      ActionRow(
        "filter",
        keys: [.character("f")],
        label: "filter",
        help: "Show open, overdue, own or all findings",
        section: .find,
        hint: 4,
        action: { _ in .filterPressed }
      ),
      step("assign", "assign …", "Say who answers for the mending", "a", .assign),
      step("begin", "begin", "Say that work on it began", "b", .begin),
      step(
        "remedied",
        "remedied",
        "Say that it is mended; every action must be done",
        "r",
        .remedy
      ),
      step("check", "check …", "Record a look at whether the remedy holds", "k", .check),
      step("close", "close …", "Close it, after a check found the remedy effective", "c", .close),
      step("accept", "accept risk …", "Live with it until a time, for a reason", "p", .accept),
      step("reopen", "reopen …", "Open it again, for a reason", "o", .reopen),
      step("action", "add action …", "Add work that mends the finding", "n", .addAction),
      ActionRow(
        "finding.action-done",
        label: "action done …",
        help: "Say that a corrective action is done",
        section: .change,
        menuKey: "d",
        availability: hasFinding,
        action: { _ in .finishPressed }
      ),
      ActionRow(
        "finding.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take the finding off the list; u takes it back",
        section: .change,
        availability: hasFinding,
        action: { _ in .removePressed }
      ),
    ]

  private static func step(
    _ id: String,
    _ label: String,
    _ help: String,
    _ menuKey: Character,
    _ step: Step
  ) -> ActionRow<State, Action> {
    ActionRow(
      "finding.\(id)",
      label: label,
      help: help,
      section: .change,
      menuKey: menuKey,
      availability: hasFinding,
      action: { _ in .stepPressed(step) }
    )
  }

  private static let hasFinding: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "there is no finding under the cursor")
  }
}
