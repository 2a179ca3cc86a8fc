import Drawing
import Model

/// How the tabs of the view of privacy lie: a list, what is known of the row under the cursor, a line.
enum PrivacyLayout {
  static func split(_ area: Size) -> SplitLayout {
    SplitLayout(
      area,
      alone: .list,
      isZoomed: false,
      leastRows: 16,
      left: area.columns * 3 / 5,
      upper: max(6, area.rows / 2)
    )
  }

  /// The row that a press was meant for; nil where there is none.
  static func position<Row: Identifiable & Sendable>(
    of table: VirtualTable<Row>,
    at point: Point,
    _ context: PaneContext
  ) -> Int? where Row.ID: Sendable {
    table.position(at: point, in: split(context.area).list.splitBottom(1).rest)
  }

  static func draw<Row: Identifiable & Equatable & Sendable>(
    _ table: VirtualTable<Row>,
    columns: [TableColumn<Row>],
    problem: String?,
    empty: String,
    status: [Span],
    detail: [Line]?,
    more: String = "Enter shows all",
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) where Row.ID: Sendable {
    let layout = split(Size(columns: rect.columns, rows: rect.rows)).moved(by: rect)
    if let divider = layout.divider { canvas.rule(divider) }
    let (list, line) = layout.list.splitBottom(1)
    ItemList.draw(
      table,
      columns: columns,
      problem: problem,
      empty: empty,
      isFocused: context.isFocused,
      on: &canvas,
      in: list
    )
    ListStatus.draw(status, of: table, on: &canvas, in: line)
    if let detail, !layout.detail.isEmpty {
      DutyText.draw(detail, more: more, on: &canvas, in: layout.detail)
    }
  }
}
