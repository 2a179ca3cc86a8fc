extension VirtualTable {
  /// Draws the headings and the rows that fit, and puts the cursor on the selected row.
  ///
  /// A marked row carries a `*`; rows not held yet stand as a quiet placeholder. Between two frames
  /// that differ only in the selected row, only two rows differ.
  ///
  /// - Parameters:
  ///   - columns: The columns, in order; those of low priority are left out where it is narrow.
  ///   - order: Which column the rows are sorted by, and whether downwards.
  ///   - focusedColumn: Which column is chosen, for sorting.
  ///   - isFocused: Whether the list takes the keys.
  ///   - hasHeader: Whether the first row shows the headings.
  ///   - canvas: What is drawn on.
  ///   - rect: The place; all of it is drawn.
  public func draw(
    columns: [TableColumn<Row>],
    order: (column: String, isDescending: Bool)?,
    focusedColumn: String?,
    isFocused: Bool,
    hasHeader: Bool = true,
    on canvas: inout Canvas,
    in rect: Rect
  ) {
    guard !rect.isEmpty else { return }
    canvas.fill(rect)
    let layout = TableLayout(columns, width: rect.columns)
    let (header, body) = rect.splitTop(hasHeader ? 1 : 0)
    if hasHeader {
      drawHeader(columns, layout, order, focusedColumn, on: &canvas, in: header)
    }
    let first = visibleTop(height: body.rows)
    let rangeStart = rangeStart
    for position in first..<max(first, min(total, first + body.rows)) {
      let line = Rect(
        column: body.column,
        row: body.row + position - first,
        columns: body.columns,
        rows: 1
      )
      if let row = row(at: position) {
        draw(row, isRangeStart: position == rangeStart, columns, layout, on: &canvas, in: line)
      } else {
        canvas.write(" …", .placeholder, in: line)
      }
      if position == cursor {
        canvas.select(line, isFocused ? .rowSelected : .rowSelectedUnfocused)
        if isFocused {
          canvas.cursor = Point(column: line.column, row: line.row)
          canvas.isCursorVisible = false
        }
      }
    }
  }

  private func drawHeader(
    _ columns: [TableColumn<Row>],
    _ layout: TableLayout,
    _ order: (column: String, isDescending: Bool)?,
    _ focusedColumn: String?,
    on canvas: inout Canvas,
    in rect: Rect
  ) {
    canvas.fill(rect, Style(.columnHeader))
    for place in layout.places {
      let column = columns[place.index]
      let isSorted = order?.column == column.id
      let style = Style(
        isSorted ? .columnSorted : .columnHeader,
        column.id == focusedColumn ? [.underline, .bold] : []
      )
      var room = Rect(
        column: rect.column + place.start,
        row: rect.row,
        columns: place.columns,
        rows: 1
      )
      if isSorted, let order {
        // The arrow stands behind the title, in the gap if need be, and stays when the title is cut.
        let space = place.start + place.columns < rect.columns ? place.columns + 1 : place.columns
        let title = min(space - 1, Text.width(of: column.title))
        let start = column.alignment == .right ? space - title - 1 : 0
        canvas.write(
          order.isDescending ? "▼" : "▲",
          style.role,
          style.emphasis,
          at: Point(column: room.column + start + title, row: rect.row),
          clip: rect
        )
        room = Rect(column: room.column + start, row: room.row, columns: title, rows: 1)
      }
      canvas.write(
        column.title,
        style.role,
        style.emphasis,
        in: room,
        alignment: isSorted ? .left : column.alignment
      )
    }
  }

  private func draw(
    _ row: Row,
    isRangeStart: Bool,
    _ columns: [TableColumn<Row>],
    _ layout: TableLayout,
    on canvas: inout Canvas,
    in rect: Rect
  ) {
    if !marks.isEmpty, marks.contains(row.id) {
      canvas.write("*", .rowMarked, .bold, in: rect)
    } else if isRangeStart {
      canvas.write("v", .rowMarked, in: rect)
    }
    for place in layout.places {
      let room = Rect(
        column: rect.column + place.start,
        row: rect.row,
        columns: place.columns,
        rows: 1
      )
      let column = columns[place.index]
      canvas.write(column.cell(row), in: room, alignment: column.alignment)
    }
  }

  /// The position of the row at a point of the screen, for the mouse.
  public func position(at point: Point, hasHeader: Bool = true, in rect: Rect) -> Int? {
    let body = rect.splitTop(hasHeader ? 1 : 0).rest
    guard body.contains(point) else { return nil }
    let position = visibleTop(height: body.rows) + point.row - body.row
    return position < total ? position : nil
  }

  /// The column whose heading stands at a point of the screen, for the mouse.
  public func column(
    at point: Point,
    columns: [TableColumn<Row>],
    in rect: Rect
  ) -> String? {
    guard rect.splitTop(1).top.contains(point) else { return nil }
    let offset = point.column - rect.column
    return TableLayout(columns, width: rect.columns).places
      .first { ($0.start..<($0.start + $0.columns)).contains(offset) }
      .map { columns[$0.index].id }
  }
}

extension Canvas {
  /// Shows the cells of a rectangle as selected; marks of the text sink and personal data stay what
  /// they are.
  public mutating func select(_ rect: Rect, _ role: Role = .rowSelected) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for row in area.row..<area.endRow {
      for index in (row * size.columns + area.column)..<(row * size.columns + area.endColumn) {
        if cells[index].role == .mark || cells[index].role == .personal {
          cells[index].emphasis = .reverse
        } else {
          cells[index].role = role
          cells[index].emphasis = []
        }
      }
    }
  }
}
