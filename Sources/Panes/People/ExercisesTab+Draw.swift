public import Drawing
import Model

extension ExercisesTab {
  struct Layout {
    var trend: Rect
    var list: Rect
    var detail: Rect?
    var status: Rect
  }

  /// The trend above where there is room, the list, the groups below, and a line.
  static func layout(_ state: State, _ area: Size) -> Layout {
    let (all, status) = Rect(area).splitBottom(1)
    let hasTrend = area.rows >= 16 && area.columns >= 60 && state.trend.count > 1
    let (trend, rest) = all.splitTop(hasTrend ? 4 : 0)
    guard area.rows >= 14 else { return Layout(trend: trend, list: rest, status: status) }
    let needed = min(max(3, state.table.total + 1), max(3, rest.rows / 3))
    let (list, detail) = rest.splitTop(needed)
    return Layout(trend: trend, list: list, detail: detail, status: status)
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let layout = layout(state, context.area)
    if !layout.trend.isEmpty { drawTrend(state, on: &canvas, in: layout.trend.moved(by: rect)) }
    ItemList.draw(
      state.table,
      columns: columns,
      problem: state.problem.map { "Exercises could not be read: \($0)" },
      empty: state.table.isLoaded
        ? "No exercises yet: tocsin training phishing import FILE brings one in." : "",
      isFocused: context.isFocused,
      on: &canvas,
      in: layout.list.moved(by: rect)
    )
    if let detail = layout.detail?.moved(by: rect), let board = state.board {
      let (rule, area) = detail.splitTop(1)
      canvas.rule(rule)
      let inside = area.inset(columns: 1)
      canvas.stack(head(board.total) + groupLines(board, columns: inside.columns), in: inside)
    }
    ListStatus.draw(of: state.table, on: &canvas, in: layout.status.moved(by: rect))
  }

  /// The shares of all exercises, oldest first, two rows high.
  private static func drawTrend(_ state: State, on canvas: inout Canvas, in rect: Rect) {
    let parts: [(title: String, role: Role, share: (PhishingTrend.Row) -> Int?)] = [
      ("clicked", .danger, { row in row.counts.flatMap { $0.share($0.clicked) } }),
      ("submitted", .warning, { row in row.counts.flatMap { $0.share($0.submitted) } }),
      ("reported", .success, { row in row.counts.flatMap { $0.share($0.reported) } }),
    ]
    let width = rect.columns / parts.count
    for (index, part) in parts.enumerated() {
      let area = Rect(
        column: rect.column + index * width + 1,
        row: rect.row,
        columns: width - 2,
        rows: 3
      )
      let shares = state.trend.compactMap(part.share)
      let (head, chart) = area.splitTop(1)
      var spans = [Span(part.title, .heading)]
      if let first = shares.first, let last = shares.last {
        spans += [
          Span("  \((first + 5) / 10) % ", .textMuted), Span("-> ", .textMuted),
          Span("\((last + 5) / 10) %", part.role, .bold),
        ]
      }
      canvas.write(Line(spans), in: head)
      Sparkline(values: shares.map(Double.init)).draw(
        on: &canvas,
        in: Rect(
          column: chart.column,
          row: chart.row,
          columns: min(chart.columns, max(1, shares.count) * 3),
          rows: chart.rows
        ),
        role: part.role
      )
    }
  }

  private static var columns: [TableColumn<PhishingTrend.Row>] {
    @Sendable func share(_ row: PhishingTrend.Row, _ count: (PhishingCounts) -> Int) -> Line {
      Look.share(row.counts.flatMap { $0.share(count($0)) })
    }
    return [
      TableColumn("sent-on", title: "Sent on", width: .fixed(10), priority: 8) {
        Line($0.exercise.facts.sentOn.iso)
      },
      TableColumn("name", title: "Exercise", width: .flexible(minimum: 10, weight: 3), priority: 10)
      { Line(Untrusted($0.exercise.facts.name), .textStrong) },
      TableColumn("sent", title: "Sent", width: .fixed(6), alignment: .right, priority: 5) { row in
        row.counts.map { Line("\($0.sent)") } ?? Line("hidden", .textMuted)
      },
      TableColumn("clicked", title: "Clicked", width: .fixed(7), alignment: .right, priority: 9) {
        share($0) { $0.clicked }
      },
      TableColumn("submitted", title: "Submit.", width: .fixed(7), alignment: .right, priority: 6) {
        share($0) { $0.submitted }
      },
      TableColumn("reported", title: "Report.", width: .fixed(7), alignment: .right, priority: 7) {
        share($0) { $0.reported }
      },
      TableColumn("again", title: "Again", width: .fixed(6), alignment: .right, priority: 4) {
        $0.repeatShare.map { Line("\(($0 + 5) / 10) %") } ?? Line("–", .textMuted)
      },
      TableColumn("first", title: "1st report", width: .fixed(10), alignment: .right, priority: 3) {
        Look.length($0.firstReport)
      },
    ]
  }

  /// What is known of an exercise beside its groups.
  static func head(_ row: PhishingTrend.Row) -> [Line] {
    let facts = row.exercise.facts
    var first = [Span(Untrusted(facts.name), .heading, .bold)]
    if !facts.lure.isEmpty { first.append(Span(Untrusted("  \(facts.lure)"), .textMuted)) }
    var second: [Span] = []
    if let again = row.again, let repeated = row.repeated {
      second = [
        Span("clicked again ", .textMuted), Span("\(repeated) of \(again)", .textStrong),
        Span("   ", .textMuted),
      ]
    }
    if let seconds = row.firstReport {
      second += [
        Span("first report ", .textMuted), Span(TimeWords.length(.seconds(seconds)), .textStrong),
        Span(", half of them ", .textMuted),
        Span(row.medianReport.map { TimeWords.length(.seconds($0)) } ?? "–", .textStrong),
      ]
    }
    return [Line(first)] + (second.isEmpty ? [] : [Line(second)])
  }

  /// The groups, a line each, with bars of who clicked; hidden ones say so.
  static func groupLines(_ board: PhishingByGroup.Board, columns: Int) -> [Line] {
    let label = max(10, min(24, columns / 3))
    let bar = max(0, min(20, columns - label - 27))
    func line(_ name: Untrusted, _ counts: PhishingCounts?, _ role: Role) -> Line {
      let first = TextWrap.lines(Line([Span(name, role)]), width: label, limit: 1).first ?? Line()
      let blanks = String(repeating: " ", count: max(0, label - Text.width(of: first)))
      let cell = first + Line([Span(blanks)])
      guard let counts else { return cell + Line([Span(" hidden", .textMuted)]) }
      func share(_ count: Int) -> String {
        let text = counts.share(count).map { "\(($0 + 5) / 10) %" } ?? "–"
        return String(repeating: " ", count: max(0, 6 - text.count)) + text
      }
      let clicked = counts.sent > 0 ? counts.clicked * bar / counts.sent : 0
      let sent = "\(counts.sent)"
      return cell
        + Line([
          Span(String(repeating: " ", count: max(0, 6 - sent.count)) + sent, .textMuted),
          Span(share(counts.clicked), .textStrong), Span(share(counts.submitted)),
          Span(share(counts.reported), .success), Span("  "),
          Span(String(repeating: "█", count: clicked), .danger),
          Span(String(repeating: "░", count: bar - clicked), .chartTrack),
        ])
    }
    let title = Line([
      Span("Group".padding(label), .columnHeader),
      Span("  Sent Click Subm.  Rep.".padding(26), .columnHeader),
    ])
    var lines = [title]
    for row in board.groups {
      lines.append(
        line(
          Untrusted(row.group.isEmpty ? "not on the list of staff" : row.group),
          row.counts,
          .text
        )
      )
    }
    if let hidden = board.hidden {
      lines.append(line(Untrusted("all that are hidden"), hidden, .textMuted))
    }
    if board.groups.contains(where: { $0.counts == nil }) {
      lines.append(
        Line("hidden: fewer than \(board.least) people, or what would tell of them", .textMuted)
      )
    }
    return lines
  }

  // MARK: Rows in the table of actions

  private static let hasExercise: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "there is no exercise under the cursor")
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "phishing.read",
        keys: [.enter, .character("K"), .character("l"), .right],
        label: "read",
        help: "Read how the exercise went by group",
        section: .find,
        hint: 1,
        availability: hasExercise,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "phishing.edit",
        keys: [.character("e")],
        label: "edit",
        help: "Give the exercise another name or lure",
        section: .change,
        hint: 2,
        availability: hasExercise,
        action: { _ in .editPressed }
      ),
      ActionRow(
        "phishing.reveal",
        label: "by person …",
        help: "Show who did what; only where the organisation says why it wants that",
        section: .change,
        menuKey: "v",
        availability: hasExercise,
        action: { _ in .revealPressed }
      ),
      ActionRow(
        "phishing.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take the exercise off the list; u takes that back",
        section: .change,
        availability: hasExercise,
        action: { _ in .removePressed }
      ),
    ]
}
