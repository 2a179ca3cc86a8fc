public import Drawing
import Model

extension AuditsPane {
  struct Layout {
    var list: Rect
    var detail: Rect?
    var status: Rect
  }

  /// The area below the tabs, in the pane's own coordinates.
  static func tabArea(_ area: Size) -> Rect { Rect(area).splitTop(1).rest }

  /// The list of audits, below it the one under the cursor where there is room, and a line below.
  static func layout(_ state: State, _ area: Size) -> Layout {
    let (rest, status) = tabArea(area).splitBottom(1)
    guard area.rows >= 18 else { return Layout(list: rest, status: status) }
    let needed = min(max(4, state.table.total + 2), rest.rows - 10)
    let (list, detail) = rest.splitTop(needed)
    return Layout(list: list, detail: detail, status: status)
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    if let open = state.open {
      AuditPane.draw(open, on: &canvas, in: rect, context)
      return
    }
    let tabs = rect.splitTop(1).top
    state.tab.draw(isFocused: context.isFocused, on: &canvas, in: tabs)
    let inner = context.part(tabArea(context.area), isFocused: true)
    let body = tabArea(context.area).moved(by: rect)
    switch state.tab {
    case .audits: drawList(state, on: &canvas, in: rect, context)
    case .findings: FindingsTab.draw(state.findings, on: &canvas, in: body, inner)
    case .frameworks: FrameworksTab.draw(state.frameworks, on: &canvas, in: body, inner)
    }
  }

  private static func drawList(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let layout = layout(state, Size(columns: rect.columns, rows: rect.rows))
    ItemList.draw(
      state.table,
      columns: columns(state, context),
      problem: state.problem.map { "The audits could not be read: \($0)" },
      empty: empty(state),
      isFocused: context.isFocused,
      on: &canvas,
      in: layout.list.moved(by: rect)
    )
    if let detail = layout.detail?.moved(by: rect), let row = state.table.selectedRow {
      drawDetail(row, state, on: &canvas, in: detail, context)
    }
    ListStatus.draw(
      ListStatus.filter(state.filterText),
      of: state.table,
      on: &canvas,
      in: layout.status.moved(by: rect)
    )
  }

  private static func empty(_ state: State) -> String {
    guard state.table.isLoaded else { return "" }
    return state.filterText.isEmpty
      ? "No audits yet. c starts one." : "No audit passes the filter; Esc clears it."
  }

  /// The scores of all audits of a framework up to one of them, oldest first.
  static func trend(of row: AuditRow, _ state: State) -> [AuditRow] {
    let rows = state.rows.filter { $0.framework == row.framework }
      .sorted { day($0) < day($1) }
    let end = rows.firstIndex { $0.id == row.id } ?? rows.count - 1
    return Array(rows.prefix(end + 1))
  }

  private static func day(_ row: AuditRow) -> String {
    let until = row.audit.facts.until
    return (until.isEmpty ? CivilTime(row.audit.startedAt).isoDate : until) + row.audit.reference
  }

  private static func columns(_ state: State, _ context: PaneContext) -> [TableColumn<AuditRow>] {
    let (now, counts) = (context.now, state.counts)
    let trends = Dictionary(
      state.table.rows.map { ($0.id, trend(of: $0, state).compactMap(\.tally.score.hundredths)) }
    ) { first, _ in first }
    let gauge = context.area.columns >= 100 ? 18 : 8
    return [
      TableColumn("reference", title: "Audit", width: .fixed(13), priority: 6) {
        Line($0.audit.reference, .textStrong)
      },
      TableColumn(
        "title",
        title: "Title",
        width: .flexible(minimum: 14, weight: 4),
        priority: 10
      ) { Line(Untrusted($0.audit.facts.title)) },
      TableColumn("state", title: "State", width: .fixed(9), priority: 8) {
        Line([Look.audit($0.audit.state)])
      },
      TableColumn("score", title: "Score", width: .fixed(gauge), priority: 9) {
        Look.gauge($0.tally.score, columns: gauge)
      },
      TableColumn("assessed", title: "Done", width: .fixed(5), alignment: .right, priority: 7) {
        let percent = $0.tally.score.assessedPercent
        return Line("\(percent) %", percent == 100 ? .stateDone : .stateProgress)
      },
      TableColumn("findings", title: "Findings", width: .fixed(10), priority: 5) { row in
        guard let count = counts[row.id] else { return Line("–", .textMuted) }
        return Line(
          [Span("\(count.open)")]
            + (count.overdue > 0
              ? [Span(" !\(count.overdue) late", .deadlineOverdue, .bold)] : [])
        )
      },
      TableColumn("trend", title: "Trend", width: .fixed(5), priority: 2) { row in
        Look.sparkline(trends[row.id] ?? [], columns: 5)
      },
      TableColumn("due", title: "Next due", width: .fixed(12), priority: 4) {
        Line([Look.day($0.nextDue, now: now)])
      },
    ]
  }

  /// What an audit comes to, without opening it.
  private static func drawDetail(
    _ row: AuditRow,
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (divider, below) = rect.splitTop(1)
    canvas.rule(divider)
    let area = below.inset(columns: 1)
    let (score, facts) = (row.tally.score, row.audit.facts)
    var counts: [AuditResult: Int] = [:]
    for result in AuditResult.allCases { counts[result] = row.tally.count(result) }
    let strip = min(60, max(10, area.columns - 12))
    func label(_ text: String) -> Span { Span(text.padded(to: 11), .textMuted) }
    var lines = [
      Line([
        Span("\(row.audit.reference)  ", .heading, .bold),
        Span(Untrusted(facts.title), .textStrong),
      ]),
      Line([
        label("Framework"), Span(Untrusted(row.name)),
        Span(Untrusted(" \(row.edition)"), .textMuted),
      ]),
      Line([label("Score")]) + Look.gauge(score, columns: min(40, area.columns - 11)),
      Line([
        label("Assessed"), Span("\(score.assessed) of \(score.items)"),
        Span(
          row.tally.expired > 0 ? ", ! \(row.tally.expired) ran out" : "",
          .warning
        ),
      ]),
      Line([label("Results")] + Look.strip(counts, columns: strip)),
      Line(
        [label("")]
          + AuditResult.allCases.filter { (counts[$0] ?? 0) > 0 }.flatMap { result in
            [Look.result(result), Span(" \(counts[result] ?? 0)   ")]
          }
      ),
    ]
    let grades = AuditGrade.allCases.filter { row.tally.count($0) > 0 }
    if !grades.isEmpty {
      lines.append(
        Line(
          [label("Grades")]
            + grades.flatMap { [Look.grade($0), Span(" \(row.tally.count($0))   ")] }
        )
      )
    }
    let trend = trend(of: row, state)
    if trend.count > 1 {
      lines.append(
        Line(
          [label("Trend")]
            + trend.suffix(6).flatMap { past in
              [
                Span("\(past.audit.reference.dropFirst(4)) ", .textMuted),
                Span("\(Look.percent(past.tally.score))  ", Look.role(of: past.tally.score)),
              ]
            }
        )
      )
    }
    lines.append(
      Line([
        label("Auditor"),
        facts.auditor.isEmpty
          ? Span("not said", .textMuted) : Span(Untrusted(facts.auditor)),
        Span(facts.until.isEmpty ? "" : "  until \(facts.until)", .textMuted),
      ])
    )
    canvas.stack(lines, in: area)
  }

  // MARK: Rows in the table of actions

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "audit.open",
        keys: [.enter, .character("l"), .right],
        label: "open",
        help: "Open the audit under the cursor",
        section: .move,
        hint: 1,
        availability: {
          .when($0.table.selectedRow != nil, otherwise: "there is no audit under the cursor")
        },
        action: { _ in .openPressed }
      ),
      ActionRow(
        "audit.start",
        keys: [.character("c")],
        label: "start",
        help: "Start an audit, after the one under the cursor or without one before it",
        section: .change,
        hint: 2,
        action: { _ in .startPressed(framework: nil) }
      ),
      ActionRow(
        "filter",
        keys: [.character("f")],
        label: "filter",
        help: "Narrow the list to audits with a text: reference, title, framework, auditor, state",
        section: .find,
        hint: 3,
        action: { _ in .filterPressed }
      ),
    ]

  /// The rows of the view's own tabs.
  public static let tabs: [ActionRow<State, Action>] =
    TabRows.rows(help: "Turn to the next tab: audits, findings, frameworks") { .tabMoved($0) } + [
      ActionRow(
        "back",
        keys: [.escape, .character("q")],
        label: "back",
        help: "End a search or filter, close the framework, or go back",
        section: .move,
        hint: 9,
        action: { _ in .backPressed }
      )
    ]

  /// The rows that apply now.
  public static func table(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    if let open = state.open {
      return AuditPane.table(open, for: query).map { $0.map(Action.audit) }
    }
    let own: [BoundAction<Action>] =
      switch state.tab {
      case .audits: actions.bound(to: state, for: query)
      case .findings:
        FindingsTab.table(state.findings, for: query).map { $0.map(Action.findings) }
      case .frameworks:
        FrameworksTab.table(state.frameworks, for: query).map { $0.map(Action.frameworks) }
      }
    return own + tabs.bound(to: state, for: query)
  }

  /// Whether what was turned to is yet to be shown.
  public static func isSettling(_ state: State) -> Bool {
    if let open = state.open {
      guard open.problem == nil, open.items.problem == nil else { return false }
      let table = open.items.table
      // Keys that answer are meant for the lines they were typed at, not for none.
      return open.audit == nil
        || open.tab == .items
          && (!table.isLoaded || table.total > 0 && table.selectedRow == nil)
    }
    return state.tab == .audits && !state.table.isLoaded && state.problem == nil
  }
}
