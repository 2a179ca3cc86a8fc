public import Drawing
import Model

extension AuditItemsTab {
  // MARK: Layout

  /// The tree and the text of the item under the cursor.
  static func layout(_ state: State, _ area: Size) -> SplitLayout {
    SplitLayout(
      area,
      alone: state.focus == .tree ? .list : .detail,
      isZoomed: state.isZoomed,
      leastRows: 15,
      left: area.columns * 11 / 20,
      upper: area.rows * 11 / 20
    )
  }

  /// Lines of the tree that fit between its heading and its status line.
  static func height(_ state: State, _ context: PaneContext) -> Int {
    layout(state, context.area).listHeight
  }

  static func scroll(_ state: inout State, _ motion: Motion, _ context: PaneContext) {
    guard let text = state.selectedText else { return }
    let area = layout(state, context.area).detail.inset(columns: 1)
    var scroll = ScrollText(text.lines(state.audit?.scale, context))
    let size = Size(columns: area.columns, rows: max(1, area.rows - 1))
    scroll.move(.to(state.textTop), size: size)
    scroll.move(motion, size: size)
    state.textTop = scroll.top
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
    if !layout.list.isEmpty {
      drawTree(state, on: &canvas, in: layout.list.moved(by: rect), context)
    }
    if !layout.detail.isEmpty {
      drawText(state, on: &canvas, in: layout.detail.moved(by: rect), context)
    }
  }

  private static func drawTree(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (list, status) = rect.splitBottom(1)
    ItemList.draw(
      state.table,
      columns: columns(state, width: rect.columns),
      problem: state.problem,
      empty: state.table.isLoaded ? "No item passes the filter; Esc clears it." : "",
      isFocused: context.isFocused && state.focus == .tree,
      on: &canvas,
      in: list
    )
    drawStatus(state, on: &canvas, in: status)
    if let problem = state.filterProblem {
      canvas.fill(status)
      canvas.write(Line(Untrusted(" \(problem)"), .danger), in: status)
    }
  }

  static func columns(_ state: State, width: Int) -> [TableColumn<AuditTreeRow>] {
    let (folded, hasScale) = (Set(state.folded.keys), state.audit?.scale != nil)
    let hasAssignee = state.table.rows.contains { $0.item?.assignee.isEmpty == false }
    var columns: [TableColumn<AuditTreeRow>] = [
      TableColumn(
        "item",
        title: "Requirement",
        width: .flexible(minimum: 18, weight: 4),
        priority: 10
      ) { row in
        let opening = TreeCell.opening(
          depth: row.depth,
          isParent: row.isParent,
          isFolded: folded.contains(row.place),
          columns: width
        )
        let isHeading = row.item == nil
        let reference = row.reference.isEmpty ? "" : row.reference + " "
        return Line(
          opening + [
            Span(Untrusted(reference), isHeading ? .heading : .textStrong),
            Span(Untrusted(row.headline), isHeading ? .heading : .text),
          ]
        )
      },
      TableColumn("result", title: "Result", width: .fixed(10), priority: 9) { row in
        guard let item = row.item else {
          return Line([
            Span(Look.percent(row.score ?? AuditScore()), Look.role(of: row.score ?? AuditScore()))
          ])
        }
        return Line([
          item.isExpired ? Span("! ran out", .warning, .bold) : Look.result(item.result)
        ])
      },
      TableColumn("before", title: "Was", width: .fixed(3), priority: 4) { row in
        guard let previous = row.item?.previous else { return Line() }
        return Line([Span(" "), Look.resultSign(previous)])
      },
      TableColumn("work", title: "Work", width: .fixed(7), priority: 8) { row in
        guard let item = row.item else {
          return Line("\(row.score?.assessed ?? 0)/\(row.score?.items ?? 0)", .textMuted)
        }
        return Line(
          [Look.work(item.work)] + (item.hasProposal ? [Span("*", .information, .bold)] : [])
        )
      },
      TableColumn("grade", title: "Grade", width: .fixed(5), priority: 5) { row in
        let grade = Look.grade(row.item?.grade)
        return Line([Span(String(grade.text.prefix(5)), grade.style.role, grade.style.emphasis)])
      },
    ]
    if hasScale {
      columns.append(
        TableColumn("score", title: "Score", width: .fixed(7), priority: 7) { row in
          guard let item = row.item, item.score != nil || item.target != nil else { return Line() }
          let score = item.score.map(String.init) ?? "–"
          guard let target = item.target else { return Line(score) }
          let isBelow = item.score.map { $0 < target } ?? true
          return Line([
            Span(score, isBelow ? .warning : .success), Span("/\(target)", .textMuted),
          ])
        }
      )
    }
    if hasAssignee {
      columns.append(
        TableColumn("who", title: "Who", width: .fixed(10), priority: 3) {
          Line(Untrusted($0.item?.assignee ?? ""), .textMuted)
        }
      )
    }
    return columns
  }

  private static func drawStatus(_ state: State, on canvas: inout Canvas, in rect: Rect) {
    var spans: [Span] = []
    if state.isAnswering { spans.append(Span(" ANSWERING ", .badge, .bold)) }
    if !state.table.marks.isEmpty {
      spans.append(Span(" \(state.table.marks.count) marked ", .rowMarked, .bold))
    }
    if !state.filterText.isEmpty {
      spans.append(Span(" filter ", .textMuted))
      spans.append(Span(Untrusted(state.filterText), .match))
    }
    if let find = state.find {
      spans.append(Span(" / ", .textMuted))
      spans.append(Span(Untrusted(find.text), .match))
      let place = find.hits.isEmpty ? "no hits" : "\(find.index + 1)/\(find.hits.count)"
      spans.append(Span(" \(place)", .textMuted))
    }
    canvas.write(Line(spans), in: rect)
    let total = state.table.total
    let position = total == 0 ? "" : "\(state.table.cursor + 1) of \(total)"
    canvas.write(Line("\(position) "), in: rect, alignment: .right)
  }

  private static func drawText(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let area = rect.inset(columns: 1)
    let (body, foot) = area.splitBottom(area.rows > 3 ? 1 : 0)
    guard let text = state.selectedText else {
      guard let row = state.table.selectedRow, row.item == nil else { return }
      drawHeading(row, on: &canvas, in: body)
      return
    }
    var scroll = ScrollText(text.lines(state.audit?.scale, context))
    let size = Size(columns: body.columns, rows: body.rows)
    scroll.move(.to(state.textTop), size: size)
    let cursor = canvas.cursor
    scroll.draw(on: &canvas, in: body)
    if !(context.isFocused && state.focus == .text) { canvas.cursor = cursor }
    let below = scroll.below(size)
    if below > 0 {
      let how = state.focus == .text ? "j goes on" : "Tab, K"
      canvas.write(
        Line("\(below) more lines; \(how) ", .textMuted),
        in: foot,
        alignment: .right
      )
    }
  }

  /// What a heading's part of the audit comes to.
  private static func drawHeading(_ row: AuditTreeRow, on canvas: inout Canvas, in rect: Rect) {
    let score = row.score ?? AuditScore()
    let lines = [
      Line([
        Span(Untrusted(row.reference), .heading, .bold), Span(row.reference.isEmpty ? "" : "  "),
        Span(Untrusted(row.headline), .textStrong, .bold),
      ]),
      Line([Span("Score     ", .textMuted)])
        + Look.gauge(score, columns: min(40, rect.columns - 10)),
      Line([
        Span("Assessed  ", .textMuted), Span("\(score.assessed) of \(score.items)"),
        Span(score.excluded > 0 ? ", \(score.excluded) of them not applicable" : "", .textMuted),
      ]),
    ]
    canvas.stack(lines, in: rect)
  }
}
