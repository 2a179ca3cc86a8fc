public import Drawing
import Model

extension IncidentsPane {
  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let layout = layout(state, Size(columns: rect.columns, rows: rect.rows))
    if let divider = layout.divider?.moved(by: rect) {
      canvas.rule(divider)
    }
    if let detail = state.detail, !layout.detail.isEmpty {
      let part = context.part(layout.detail, isFocused: state.focus == .detail)
      IncidentDetailPane.draw(detail, on: &canvas, in: layout.detail.moved(by: rect), part)
    }
    if !layout.list.isEmpty {
      drawList(state, on: &canvas, in: layout.list.moved(by: rect), context)
    }
  }

  private static func drawList(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let (table, status) = rect.splitBottom(1)
    if let failure = state.failure {
      canvas.write(Line([Span("The list could not be read: ", .danger), Span(failure)]), in: table)
    } else if state.list.total == 0, !state.list.loaded.isEmpty || state.list.isLoaded {
      drawEmpty(state, on: &canvas, in: table)
    } else {
      state.list.draw(
        columns: IncidentColumns.shown(hiding: state.hiddenColumns),
        order: (state.order.column.rawValue, state.order.isDescending),
        focusedColumn: state.column,
        isFocused: context.isFocused && state.focus == .list,
        on: &canvas,
        in: table
      )
    }
    drawStatus(state, on: &canvas, in: status)
    if let problem = state.filterProblem { drawProblem(problem, on: &canvas, in: rect) }
  }

  /// What is wrong with the filter, in full: it says what may be typed instead.
  private static func drawProblem(_ problem: String, on canvas: inout Canvas, in rect: Rect) {
    let lines = TextWrap.lines(Line(Untrusted(problem), .danger), width: max(1, rect.columns - 2))
    let room = rect.splitBottom(min(lines.count, rect.rows)).bottom
    canvas.fill(room)
    for (index, line) in lines.prefix(room.rows).enumerated() {
      let row = Rect(column: room.column, row: room.row + index, columns: room.columns, rows: 1)
      canvas.write(Line([Span(" ")] + line.spans), in: row)
    }
  }

  /// What an empty list says: why it is empty, and what to do.
  private static func drawEmpty(_ state: State, on canvas: inout Canvas, in rect: Rect) {
    let lines =
      state.filter.isEmpty
      ? [
        Line("No incidents yet.", .textStrong),
        Line("c opens one; tocsin import veris PATH brings them in.", .textMuted),
      ]
      : [
        Line("No incident passes the filter.", .textStrong),
        Line("Esc clears it, f changes it.", .textMuted),
      ]
    let box = rect.centred(columns: rect.columns - 2, rows: lines.count)
    canvas.stack(lines, in: box, alignment: .centre)
  }

  /// The line below the list: position, filter, search, marks.
  ///
  /// It says what is hidden.
  private static func drawStatus(_ state: State, on canvas: inout Canvas, in rect: Rect) {
    var spans: [Span] = []
    if state.isPaused { spans.append(Span(" paused – P goes on ", .badgePaused, .bold)) }
    if !state.list.marks.isEmpty {
      spans.append(Span(" \(state.list.marks.count) marked ", .rowMarked, .bold))
    }
    if !state.filterText.isEmpty {
      spans.append(Span(" filter ", .textMuted))
      spans.append(Span(Untrusted(state.filterText), .match))
      spans.append(Span("  \(state.list.total) pass", .textMuted))
    }
    if let find = state.find {
      let place = find.incidents.isEmpty ? "no hits" : "\(find.index + 1)/\(find.incidents.count)"
      spans.append(Span("  / ", .textMuted))
      spans.append(Span(Untrusted(find.text), .match))
      spans.append(Span("  \(place)", .textMuted))
    }
    canvas.write(Line(spans), in: rect)
    let total = state.list.total
    let position = total == 0 ? "" : "\(state.list.cursor + 1) of \(total)"
    canvas.write(Line("\(position) "), in: rect, alignment: .right)
  }

}

extension Rect {
  /// The rectangle in the coordinates of the whole canvas, given the area it was laid out in.
  func moved(by origin: Rect) -> Rect {
    Rect(column: column + origin.column, row: row + origin.row, columns: columns, rows: rows)
  }
}
