public import Drawing
public import Model

extension ClocksPane {
  // MARK: Layout

  struct Layout {
    var list: Rect
    var detail: Rect?
    /// The picture of the next 30 days.
    var month: Rect?
    /// The course of the incident under the cursor.
    var course: Rect?
    var divider: Rect?
  }

  /// List and detail beside each other where it is wide, one below the other where it is not, and
  /// the list alone where both would be too small.
  static func layout(_ state: State, _ area: Size) -> Layout {
    let whole = Rect(area)
    if state.isZoomed || area.rows < 18 { return Layout(list: whole) }
    guard area.columns >= 110 else {
      let needed = state.table.isLoaded ? max(1, state.table.total) + 2 : area.rows
      let (top, rest) = whole.splitTop(min(max(6, area.rows / 2), needed))
      let (divider, detail) = rest.splitTop(1)
      return Layout(list: top, detail: detail, divider: divider)
    }
    let (left, rest) = whole.splitLeft(area.columns * 3 / 5)
    let (divider, right) = rest.splitLeft(1)
    guard right.rows >= 24 else { return Layout(list: left, detail: right, divider: divider) }
    let (upper, course) = right.splitBottom(right.rows >= 34 ? 9 : 0)
    let (detail, month) = upper.splitBottom(4)
    return Layout(
      list: left,
      detail: detail,
      month: month,
      course: course.rows > 0 ? course : nil,
      divider: divider
    )
  }

  /// Rows of clocks that fit below the headings and above the status line.
  static func height(_ state: State, _ context: PaneContext) -> Int {
    max(1, layout(state, context.area).list.rows - 2)
  }

  // MARK: Drawing

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let layout = layout(state, Size(columns: rect.columns, rows: rect.rows))
    if let divider = layout.divider?.moved(by: rect) { canvas.rule(divider) }
    drawList(state, on: &canvas, in: layout.list.moved(by: rect), context)
    guard let row = state.table.selectedRow else { return }
    if let detail = layout.detail?.moved(by: rect) {
      DutyText.draw(self.detail(row, state, context), more: "K shows all", on: &canvas, in: detail)
    }
    if let month = layout.month?.moved(by: rect) {
      MonthStrip(dues: state.month.compactMap(\.due), now: context.now, zone: context.dutyZone)
        .draw(on: &canvas, in: month)
    }
    if let course = layout.course?.moved(by: rect), let clock = row.clock {
      drawCourse(clock, state, on: &canvas, in: course, context)
    }
  }

  /// The duty in full, and what was filed in its incident.
  static func detail(_ row: Row, _ state: State, _ context: PaneContext) -> [Line] {
    if let audit = row.audit { return lines(audit, context) }
    if let request = row.request { return RequestText.lines(request, context) }
    guard let clock = row.clock else { return waitingLines }
    let own = state.filings.filter { $0.facts.rule == clock.record.obligation.id }
    let others = state.filings.filter { $0.facts.rule != clock.record.obligation.id }
    var lines = DutyText.lines(clock.record, filings: own, context)
    lines.insert(
      Line(
        [Span("\(clock.reference)  ", .textStrong)] + Look.exercise(clock.isExercise) + [
          Look.severity(clock.severity), Span("  "), Span(Untrusted(clock.title)),
        ]
      ),
      at: 1
    )
    if case .waiting(let row) = row.kind, let stopped = row.stopped {
      let zone = context.dutyZone
      lines.insert(
        Line([
          Span("! the clock ran: due \(stopped.due.text(in: zone)) ", .warning, .bold),
          Span("until it was stopped \(stopped.at.text(in: zone)), "),
          Span(Untrusted(stopped.cause)),
        ]),
        at: 2
      )
    }
    if !others.isEmpty {
      lines += [Line(""), Line("Filed in this incident to others", .heading)]
      lines += others.map { filing in
        Line([
          Span("+ ", .deadlineMet), Span("\(filing.facts.rule) ", .textStrong),
          Span("\(filing.facts.phase.label) \(filing.facts.sentAt.plainWithZone)"),
        ])
      }
    }
    return lines
  }

  /// What is said of a recurring audit.
  private static func lines(_ audit: DueAudit, _ context: PaneContext) -> [Line] {
    let zone = context.dutyZone
    let isLate = audit.isOverdue(at: context.now, in: zone)
    return [
      Line([
        Span("Audit due \(audit.day)  ", .textStrong, .bold),
        Span(audit.left(at: context.now, in: zone), isLate ? .deadlineOverdue : .text),
      ]),
      Line([Span("after \(audit.reference)  "), Span(Untrusted(audit.title))]),
      Line(Untrusted(audit.framework), .textMuted),
      Line("It recurs, and nobody has started the next pass yet. Start it with:"),
      Line("tocsin audit start --after \(audit.reference)", .key),
    ]
  }

  private static let waitingLines = [
    Line("Waiting for a fact", .textStrong, .bold),
    Line("These duties are or may be owed. Their clocks cannot run, because a fact is missing or"),
    Line("is not known well enough. What is missing stands before each; Enter shows them."),
  ]

  private static func drawList(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (table, status) = rect.splitBottom(1)
    ItemList.draw(
      state.table,
      columns: columns(state, rows: state.table.rows, context),
      problem: state.problem.map { "The clocks could not be read: \($0)" },
      empty: state.table.isLoaded ? empty(state) : "",
      isFocused: context.isFocused,
      on: &canvas,
      in: table
    )
    if state.problem == nil {
      drawFold(state, isFocused: context.isFocused, on: &canvas, in: table)
    }
    var spans: [Span] = []
    if state.grouping != .time { spans.append(Span(" by \(state.grouping.rawValue) ", .tabActive)) }
    if !state.filterText.isEmpty {
      spans.append(Span(" filter ", .textMuted))
      spans.append(Span(Untrusted(state.filterText), .match))
    }
    if !state.findText.isEmpty {
      spans.append(Span("  / ", .textMuted))
      spans.append(Span(Untrusted(state.findText), .match))
    }
    let total = state.page?.total ?? 0
    if state.grouping != .time, total > mostGrouped {
      spans.append(Span(" the first \(mostGrouped) only", .warning))
    }
    canvas.write(Line(spans), in: status)
    let isRunning = state.table.cursor < total
    let position = isRunning ? "\(state.table.cursor + 1) of \(total)" : ""
    canvas.write(Line("\(position) "), in: status, alignment: .right)
  }

  /// Draws the row above the duties that wait: over all columns, as it has none.
  private static func drawFold(
    _ state: State,
    isFocused: Bool,
    on canvas: inout Canvas,
    in rect: Rect
  ) {
    let body = rect.splitTop(1).rest
    let first = state.table.visibleTop(height: body.rows)
    for position in first..<(first + max(0, body.rows)) {
      guard case .fold(let count, let isUnfolded)? = state.table.row(at: position)?.kind else {
        continue
      }
      let line = Rect(
        column: body.column,
        row: body.row + position - first,
        columns: body.columns,
        rows: 1
      )
      let held = state.waiting?.rows.count ?? 0
      let part = isUnfolded && held > 0 && held < count ? " (the first \(held))" : ""
      canvas.fill(line)
      canvas.write(
        Line([
          Span(isUnfolded ? "▾ " : "▸ ", .textMuted),
          Span("Waiting for a fact: \(count)\(part)", .warning, .bold),
        ]),
        in: line
      )
      guard position == state.table.cursor else { continue }
      canvas.select(line, isFocused ? .rowSelected : .rowSelectedUnfocused)
    }
  }

  private static func empty(_ state: State) -> String {
    state.filterText.isEmpty
      ? "No clock is running: nothing is owed, or nobody has stated who is affected."
      : "No clock passes the filter; Esc clears it."
  }

  /// The columns of a list of clocks; the rule has room for the sign of exercises where there are any.
  static func columns(
    _ state: State,
    rows: [Row],
    _ context: PaneContext
  ) -> [TableColumn<Row>] {
    let hasDrills = context.area.columns >= 80 && rows.contains { $0.clock?.isExercise == true }
    let rule = TableColumn<Row>.Width.flexible(minimum: hasDrills ? 24 : 15, weight: 2)
    let (now, zone) = (context.now, context.dutyZone)
    let rules = context.rules
    var columns: [TableColumn<Row>] = []
    if state.grouping != .time {
      columns.append(
        TableColumn(
          "group",
          title: state.grouping.rawValue.prefix(1).uppercased()
            + state.grouping.rawValue.dropFirst(),
          width: .fixed(14),
          priority: 9
        ) { Line(Untrusted($0.heading), .heading) }
      )
    }
    columns += [
      TableColumn("left", title: "  Left", width: .fixed(19), priority: 12) { row in
        if case .waiting(let waiting) = row.kind {
          return Line([Span("? \(waiting.missingWords)", .warning)])
        }
        if let audit = row.audit { return Line([Look.audit(audit, now: now, in: zone)]) }
        if let request = row.request { return Line([RequestText.state(request.facts, now)]) }
        return Line(row.clock.map { [Look.duty($0.record, now: now)] } ?? [])
      },
      TableColumn("due", title: "Due \(zone.place)", width: .fixed(16), priority: 6) { row in
        if case .waiting(let waiting) = row.kind, waiting.stopped != nil {
          return Line("stopped", .warning, .bold)
        }
        if let audit = row.audit { return Line(audit.day) }
        if let due = row.request?.facts.clock?.due { return Line(Look.minute(due, in: zone)) }
        return Line(row.clock?.due.map { Look.minute($0, in: zone) } ?? "–")
      },
      TableColumn("utc", title: "UTC", width: .fixed(16), priority: 2) {
        Line(
          ($0.clock?.due ?? $0.request?.facts.clock?.due).map { Look.minute($0) } ?? "",
          .textMuted
        )
      },
      TableColumn("rule", title: "Rule", width: rule, priority: 10) {
        if let audit = $0.audit { return Line(audit.reference, .textStrong) }
        if let request = $0.request { return Line("\(request.facts.wanted.label)", .textStrong) }
        guard let clock = $0.clock else { return Line() }
        return Line(
          Look.exercise(clock.isExercise) + [Span(clock.record.obligation.id, .textStrong)]
        )
      },
      TableColumn("marks", title: "", width: .fixed(4), priority: 8) {
        Line($0.clock.map { [marks($0.record, rules)] } ?? [])
      },
      TableColumn(
        "recipient",
        title: "Tell",
        width: .flexible(minimum: 10, weight: 3),
        priority: 4
      ) { row in
        if let audit = row.audit { return Line(Untrusted(audit.title)) }
        if let request = row.request {
          return Line([
            Span("the person, "), Span(Untrusted(request.facts.handler ?? "nobody handles it")),
          ])
        }
        return Line(Untrusted(row.clock?.record.obligation.recipient ?? ""))
      },
      TableColumn("incident", title: "Incident", width: .fixed(13), priority: 7) {
        Line($0.clock?.reference ?? $0.request?.reference ?? "", .textMuted)
      },
    ]
    return columns
  }

  /// Signs for what a reader must know before trusting a date: `~` provisional, `=` held, `*` own
  /// rule, `?` not sure.
  static func marks(_ record: ObligationRecord, _ rules: RulePack?) -> Span {
    let obligation = record.obligation
    var signs = ""
    if obligation.state.isProvisional { signs += "~" }
    if case .held = obligation.state { signs += "=" }
    if rules?.rule(obligation.id)?.law.isOwn == true { signs += "*" }
    if obligation.confidence == .low { signs += "?" }
    return Span(signs, .warning)
  }

  /// The clocks of the incident under the cursor, in the order in which they run out.
  private static func drawCourse(
    _ clock: ClockList.Row,
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let zone = context.dutyZone
    let end = context.now + .seconds(30 * 86_400)
    let clocks = state.month.filter {
      $0.record.incident == clock.record.incident && ($0.due ?? end) < end
    }
    let (heading, body) = rect.splitTop(1)
    canvas.write(
      Line([
        Span(" \(Exercise.marked(clock.reference, clock.isExercise)) ", .heading),
        Span("in the next 30 days", .textMuted),
      ]),
      in: heading
    )
    let entries = clocks.map { other -> TimelineView.Entry in
      let due = other.due ?? end
      let start = other.record.obligation.reckoning?.start
      return TimelineView.Entry(
        happened: .init(order: due.milliseconds, text: Look.minute(due, in: zone)),
        recorded: .init(
          order: start?.milliseconds ?? 0,
          text: start.map { Look.minute($0, in: zone) } ?? "–"
        ),
        line: Line([
          Span("\(other.record.obligation.id) ", .textStrong),
          Span(Untrusted(other.record.obligation.recipient), .textMuted),
        ]),
        isPinned: other.record.id == clock.record.id
      )
    }
    TimelineView(
      entries: entries,
      cursor: clocks.firstIndex { $0.record.id == clock.record.id } ?? 0,
      headings: ("Due", "Counts from")
    ).draw(isFocused: false, on: &canvas, in: body)
  }

  /// When something it shows by the clock will read differently.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? {
    let height = height(state, context)
    let first = state.table.visibleTop(height: height)
    let seen = (first..<(first + height)).compactMap { position -> Instant? in
      let row = state.table.row(at: position)
      return row?.clock?.due ?? row?.request?.facts.clock?.due
    }
    // A late audit is told by days: its words change when the day does.
    let days = (first..<(first + height)).compactMap { state.table.row(at: $0)?.audit }
      .map { _ in Look.nextDay(context.now, in: context.dutyZone) }
    return (seen.map { Countdown.nextTick(until: $0, now: context.now) } + days).min()
  }
}

extension Zone {
  /// The zone's name without the part of the world: `Berlin`.
  var place: String { name.split(separator: "/").last.map(String.init) ?? name }
}

extension ClockList.Row {
  /// The instant by which it is due; nil where it is held or the law names none.
  var due: Instant? { record.due }
}

extension ObligationRecord {
  // Inlined into a closure it ends the optimiser of Swift 6.3.1 with a fault (CopyPropagation).
  /// The instant by which it is due; nil where it is held or the law names none.
  @inline(never)
  var due: Instant? { obligation.state.due }
}

extension Obligation.State {
  /// Whether it rests on an earlier notice that was not sent yet.
  @inline(never)
  var isProvisional: Bool {
    switch self {
    case .due(let deadline): deadline.provisional
    case .noFixedDeadline(_, let provisional): provisional
    case .held(let deadline): deadline?.provisional ?? false
    default: false
    }
  }
}

extension Canvas {
  /// Draws the line between two parts of the screen.
  mutating func rule(_ rect: Rect) {
    let glyph = rect.columns == 1 && rect.rows > 1 ? "│" : "─"
    for row in rect.row..<rect.endRow {
      write(
        Line(String(repeating: glyph, count: rect.columns), .border),
        in: Rect(column: rect.column, row: row, columns: rect.columns, rows: 1)
      )
    }
  }
}
