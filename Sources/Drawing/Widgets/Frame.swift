/// A box with a title around something that lies over the screen.
public enum Frame {
  /// The room inside a box.
  public static func room(in rect: Rect) -> Rect {
    rect.columns >= 4 && rect.rows >= 3 ? rect.inset(columns: 2, rows: 1) : rect
  }

  /// Clears the rectangle, draws the box, and returns the room inside.
  @discardableResult
  public static func draw(_ title: Line, on canvas: inout Canvas, in rect: Rect) -> Rect {
    canvas.fill(rect)
    guard rect.columns >= 4, rect.rows >= 3 else { return rect }
    let edge = String(repeating: "─", count: rect.columns - 2)
    write("┌\(edge)┐", rect.row)
    for row in (rect.row + 1)..<(rect.endRow - 1) {
      canvas.write(
        Line("│", .borderFocused),
        in: Rect(column: rect.column, row: row, columns: 1, rows: 1)
      )
      canvas.write(
        Line("│", .borderFocused),
        in: Rect(column: rect.endColumn - 1, row: row, columns: 1, rows: 1)
      )
    }
    write("└\(edge)┘", rect.endRow - 1)
    let heading = Line([Span(" ", .borderFocused)] + title.spans + [Span(" ", .borderFocused)])
    canvas.write(
      heading,
      in: Rect(column: rect.column + 2, row: rect.row, columns: rect.columns - 4, rows: 1)
    )
    return room(in: rect)

    func write(_ text: String, _ row: Int) {
      canvas.write(
        Line(text, .borderFocused),
        in: Rect(column: rect.column, row: row, columns: rect.columns, rows: 1)
      )
    }
  }
}
