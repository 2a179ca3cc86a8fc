public import Drawing
public import Model

extension OverviewPane.State {
  /// What is to be said of findings, evidence and audits, a line each; what is late comes first.
  var notices: [Span] {
    guard let care = numbers?.care else { return [] }
    return care.lines.map { Span($0, .deadlineOverdue) }
      + (care.mailings.map { [Span("\($0); 5 shows them", .warning)] } ?? [])
      + (care.schedule.map { [Span($0, .textMuted)] } ?? [])
  }
}

extension OverviewPane {
  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let layout = layout(state, Size(columns: rect.columns, rows: rect.rows))
    if let problem = state.problem {
      canvas.write(
        Line([Span("The record could not be read: ", .danger), Span(problem)]),
        in: rect
      )
      return
    }
    guard let numbers = state.numbers else { return }
    if !state.approvals.isEmpty {
      drawWaiting(state, on: &canvas, in: layout.waiting.moved(by: rect))
    }
    let place = layout.numbers.moved(by: rect)
    drawNumbers(numbers, on: &canvas, in: place)
    let left = Text.width(of: summary(numbers)) + 2
    if let journal = journal(state), place.columns - left >= 30 {
      let rest = place.splitTop(1).top.splitLeft(left).rest
      canvas.write(Line([journal]), in: rest, alignment: .right)
    }
    drawNotices(state.notices, on: &canvas, in: layout.notices.moved(by: rect))
    for part in Part.allCases where !layout.isSingle || part == state.part {
      let place = layout.rect(of: part)
      guard !place.isEmpty else { continue }
      draw(part, state, on: &canvas, in: place.moved(by: rect), context)
    }
  }

  static func layout(_ state: State, _ area: Size) -> OverviewLayout {
    OverviewLayout(
      area,
      isWaiting: !state.approvals.isEmpty,
      notices: state.notices.count,
      part: state.part
    )
  }

  private static func drawWaiting(_ state: State, on canvas: inout Canvas, in rect: Rect) {
    guard let first = state.approvals.first else { return }
    let count = state.approvals.count
    let what =
      count == 1
      ? "\(first.markedReference): \(first.decision.facts.decision.label)" : "\(count) decisions"
    canvas.write(
      Line([
        Span(" ! waiting for you ", .warning, .bold), Span(" \(what)", .textStrong),
        Span("  w", .key, .bold), Span(" shows", .textMuted),
      ]),
      in: rect
    )
  }

  /// What somebody must look after, a line each; the last says how many did not fit.
  private static func drawNotices(
    _ notices: [Span],
    on canvas: inout Canvas,
    in rect: Rect
  ) {
    for (row, notice) in notices.prefix(rect.rows).enumerated() {
      let more = notices.count - rect.rows
      let tail = more > 0 && row == rect.rows - 1 ? "; \(more) more: tocsin overview" : ""
      canvas.write(
        Line([Span(" "), notice, Span(tail, notice.style.role)]),
        in: Rect(column: rect.column, row: rect.row + row, columns: rect.columns, rows: 1)
      )
    }
  }

  // MARK: Numbers

  /// The line above all.
  private static func summary(_ numbers: OverviewNumbers.Answer) -> Line {
    let open = numbers.open.reduce(0) { $0 + $1.count }
    return Line([
      Span(" \(open) open", .textStrong, .bold), Span(" of \(numbers.total) ", .textMuted),
      numbers.openDrills == 0
        ? Span("  ", .textMuted) : Span("\(Exercise.beside(numbers.openDrills))  "),
      Span("\(numbers.openTasks) tasks", .textStrong), Span(" "),
      numbers.overdueTasks == 0
        ? Span(" none late", .textMuted)
        : Span(" \(numbers.overdueTasks) late ", .deadlineOverdue, .bold),
    ])
  }

  private static func drawNumbers(
    _ numbers: OverviewNumbers.Answer,
    on canvas: inout Canvas,
    in rect: Rect
  ) {
    let (first, rest) = rect.splitTop(1)
    canvas.write(summary(numbers), in: first)
    guard rest.rows > 0 else { return }
    let wide = rest.columns >= 70
    let (matrix, trend) = rest.splitLeft(wide ? rest.columns - 20 : rest.columns)
    drawMatrix(numbers.open, on: &canvas, in: matrix)
    if wide { drawTrend(numbers.openedByMonth, on: &canvas, in: trend) }
  }

  /// Open incidents: a row a severity, a column a state.
  private static func drawMatrix(
    _ tallies: [OverviewNumbers.Tally],
    on canvas: inout Canvas,
    in rect: Rect
  ) {
    let severities: [Severity?] = [.critical, .high, .medium, .low, nil]
    let states = IncidentState.allCases.filter(\.isOpen)
    guard rect.rows >= 6, rect.columns >= 54 else {
      let spans = severities.flatMap { severity -> [Span] in
        let count = tallies.filter { $0.severity == severity }.reduce(0) { $0 + $1.count }
        return [Span(" \(count) "), Look.severity(severity), Span(" ")]
      }
      canvas.write(Line(spans), in: rect.splitTop(1).top)
      return
    }
    let width = min(14, max(6, (rect.columns - 11) / states.count))
    func cell(_ row: Int, _ column: Int) -> Rect {
      Rect(column: rect.column + 10 + column * width, row: rect.row + row, columns: width, rows: 1)
    }
    for (column, state) in states.enumerated() {
      let label = width > 10 ? state.label : shortLabel(state)
      canvas.write(Line(label, .columnHeader), in: cell(0, column), alignment: .right)
    }
    for (row, severity) in severities.enumerated() {
      canvas.write(
        Line([Span(" "), severity == nil ? Span("none", .severityNone) : Look.severity(severity)]),
        in: Rect(column: rect.column, row: rect.row + row + 1, columns: 10, rows: 1)
      )
      for (column, state) in states.enumerated() {
        let count = tallies.first { $0.severity == severity && $0.state == state }?.count ?? 0
        let style: Role = count == 0 ? .textMuted : Look.severity(severity).style.role
        canvas.write(
          Line(count == 0 ? "·" : "\(count)", style),
          in: cell(row + 1, column),
          alignment: .right
        )
      }
    }
  }

  /// A state in at most six letters, for narrow columns.
  private static func shortLabel(_ state: IncidentState) -> String {
    switch state {
    case .reported: "new"
    case .triage: "triage"
    case .confirmed: "conf."
    case .contained: "cont."
    case .eradicated: "erad."
    case .recovered: "recov."
    case .review: "review"
    case .closed: "closed"
    }
  }

  private static func drawTrend(
    _ months: [OverviewNumbers.Month],
    on canvas: inout Canvas,
    in rect: Rect
  ) {
    guard rect.rows >= 2 else { return }
    let area = rect.inset(columns: 1)
    let (title, rest) = area.splitTop(1)
    canvas.write(Line("Opened by month", .columnHeader), in: title)
    Sparkline(values: months.map { Double($0.count) }).draw(
      on: &canvas,
      in: Rect(column: rest.column, row: rest.row, columns: 12, rows: min(3, rest.rows))
    )
    guard rest.rows >= 5, let last = months.last else { return }
    canvas.write(
      Line([Span("this month ", .textMuted), Span("\(last.count)", .textStrong)]),
      in: Rect(column: rest.column, row: rest.row + 3, columns: rest.columns, rows: 1)
    )
  }

  // MARK: Lists

  private static func draw(
    _ part: Part,
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (heading, list) = rect.splitTop(1)
    let isFocused = context.isFocused && state.part == part
    let title: String =
      switch part {
      case .themes, .steps: ""
      case .clocks: "Next clocks"
      case .worst: "Most pressing"
      case .tasks: "Tasks by due time"
      case .changes: "Since you last looked (\(state.changes.total))"
      }
    if part.isList {
      canvas.write(Line(" \(title)", isFocused ? .tabActive : .heading), in: heading)
    }
    switch part {
    case .themes: drawThemes(state, isFocused: isFocused, on: &canvas, in: rect)
    case .steps: drawSteps(state, isFocused: isFocused, on: &canvas, in: rect)
    case .clocks:
      ItemList.draw(
        state.clocks,
        columns: ClocksPane.columns(ClocksPane.State(), rows: state.clocks.rows, context),
        problem: nil,
        empty: state.clocks.isLoaded ? "No clock is running." : "",
        isFocused: isFocused,
        on: &canvas,
        in: list
      )
    case .worst:
      ItemList.draw(
        state.worst,
        columns: worstColumns(context.now),
        problem: nil,
        empty: state.numbers?.total == 0
          ? "No incident yet: press 2, then c to open one." : "No open incident. A quiet day.",
        isFocused: isFocused,
        on: &canvas,
        in: list
      )
    case .tasks:
      ItemList.draw(
        state.tasks,
        columns: taskColumns(context.now),
        problem: nil,
        empty: "No open task.",
        isFocused: isFocused,
        on: &canvas,
        in: list
      )
    case .changes:
      ItemList.draw(
        state.changes,
        columns: changeColumns,
        problem: nil,
        empty: "Nothing has changed.",
        isFocused: isFocused,
        on: &canvas,
        in: list
      )
    }
  }

  private static func worstColumns(_ now: Instant) -> [TableColumn<IncidentRow>] {
    [
      TableColumn("reference", title: "Reference", width: .fixed(13), priority: 6) {
        Line($0.reference, .textStrong)
      },
      TableColumn("severity", title: "Severity", width: .fixed(8), priority: 7) {
        Line([Look.severity($0.severity)])
      },
      TableColumn("state", title: "State", width: .fixed(10), priority: 4) {
        Line([Look.state($0.state)])
      },
      TableColumn("title", title: "Title", width: .flexible(minimum: 12, weight: 1), priority: 8) {
        Line(Untrusted($0.title))
      },
      TableColumn("aware", title: "Aware", width: .fixed(6), alignment: .right, priority: 5) {
        Line($0.aware.map { TimeWords.age($0.earliest, now: now) } ?? "–", .textMuted)
      },
    ]
  }

  private static func taskColumns(_ now: Instant) -> [TableColumn<OpenTasks.Row>] {
    [
      TableColumn("due", title: "Due", width: .fixed(16), priority: 7) {
        Line([Look.due($0.task.facts.due, isOpen: true, now: now)])
      },
      TableColumn("title", title: "Task", width: .flexible(minimum: 10, weight: 1), priority: 8) {
        Line(Look.exercise($0.isExercise) + [Span(Untrusted($0.task.facts.title))])
      },
      TableColumn("reference", title: "Incident", width: .fixed(13), priority: 4) {
        Line($0.reference, .textMuted)
      },
    ]
  }

  private static let changeColumns: [TableColumn<JournalLine>] = [
    TableColumn("at", title: "When UTC", width: .fixed(16), priority: 4) {
      Line(Look.minute($0.entry.at), .textMuted)
    },
    TableColumn("record", title: "Record", width: .fixed(13), priority: 6) {
      Line(Untrusted($0.reference), .textStrong)
    },
    TableColumn("what", title: "What", width: .flexible(minimum: 10, weight: 1), priority: 8) {
      Line(Look.exercise($0.isExercise) + [Span(Untrusted($0.headline))])
    },
  ]

  /// When something it shows by the clock will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    let ages = state.worst.rows.compactMap {
      $0.aware.map { TimeWords.nextAge($0.earliest, now: context.now) }
    }
    let dues = state.tasks.rows.compactMap { row -> Instant? in
      guard let due = row.task.facts.due?.latest else { return nil }
      let minutes = (due - context.now).wholeMilliseconds.flooredDivision(by: 60_000).quotient
      return due - .seconds(minutes * 60)
    }
    let height = max(1, layout(state, context.area).rect(of: .clocks).rows - 2)
    let first = state.clocks.visibleTop(height: height)
    let clocks = (first..<(first + height)).compactMap { position in
      state.clocks.row(at: position)?.clock?.due
    }.map { Countdown.nextTick(until: $0, now: context.now) }
    let posture = agesAt(state).map { [$0] } ?? []
    return (ages + dues + clocks + posture).filter { $0 > context.now }.min()
  }
}
