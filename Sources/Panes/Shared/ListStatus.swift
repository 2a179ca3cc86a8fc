import Drawing
import Model

/// The line below a list: what narrows it at the left, where the cursor stands at the right.
enum ListStatus {
  /// Draws the line.
  static func draw<Row: Identifiable & Equatable & Sendable>(
    _ spans: [Span] = [],
    of table: VirtualTable<Row>,
    on canvas: inout Canvas,
    in rect: Rect
  ) where Row.ID: Sendable {
    canvas.write(Line(spans), in: rect)
    guard table.total > 0 else { return }
    canvas.write(
      Line("\(table.cursor + 1) of \(table.total) "),
      in: rect,
      alignment: .right
    )
  }

  /// The words that a list is narrowed to; nothing where it is not.
  static func filter(_ text: String) -> [Span] {
    text.isEmpty ? [] : [Span(" filter ", .textMuted), Span(Untrusted(text), .match)]
  }
}

extension Canvas {
  /// Writes lines one below the other; those that do not fit are left out.
  mutating func stack(_ lines: [Line], in rect: Rect, alignment: Alignment = .left) {
    for (index, line) in lines.prefix(rect.rows).enumerated() {
      let row = Rect(
        column: rect.column,
        row: rect.row + index,
        columns: rect.columns,
        rows: 1
      )
      write(line, in: row, alignment: alignment)
    }
  }
}
