import Drawing
import Model

/// A table of items with what is said when there are none or when they could not be read.
enum ItemList {
  static func draw<Row: Identifiable & Equatable & Sendable>(
    _ table: VirtualTable<Row>,
    columns: [TableColumn<Row>],
    problem: String?,
    empty: String,
    isFocused: Bool,
    on canvas: inout Canvas,
    in rect: Rect
  ) where Row.ID: Sendable {
    if let problem {
      canvas.write(Line(problem, .danger), in: rect.inset(columns: 1))
    } else if table.total == 0 {
      let area = rect.inset(columns: 1)
      canvas.stack(TextWrap.lines(Line(empty, .textMuted), width: max(1, area.columns)), in: area)
    } else {
      table.draw(
        columns: columns,
        order: nil,
        focusedColumn: nil,
        isFocused: isFocused,
        on: &canvas,
        in: rect
      )
    }
  }
}

extension VirtualTable where Row.ID: Sendable {
  /// Replaces all rows of a list that is held whole; the selected record stays selected.
  mutating func reload(_ rows: [Row]) {
    let kept = selectedID
    load(start: 0, rows: rows, total: rows.count)
    if let kept, let index = rows.firstIndex(where: { $0.id == kept }) {
      select(id: kept, at: index)
    }
  }
}
