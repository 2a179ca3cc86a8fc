/// Rows of text for people, their columns aligned by the width that a terminal gives them.
///
/// Widths are fixed beforehand, so that a table of any length can be printed row by row.
struct Table {
  /// A column.
  struct Column {
    /// What stands above it.
    var title: Words
    /// How many cells it takes; longer text moves the rest of its row to the right, never cut.
    var width: Int
    /// Whether its text stands at the right.
    var isRight = false
  }

  /// The columns, from left to right.
  var columns: [Column]

  /// Makes a table of its columns: title, width, and whether the text stands at the right.
  init(_ columns: [Column]) { self.columns = columns }

  /// Makes a table whose columns are as wide as their widest cell.
  init(titles: [Words], rows: [[Words]], right: Set<Int> = []) {
    columns = titles.enumerated().map { index, title in
      let cells = rows.map { index < $0.count ? displayWidth($0[index].text) : 0 }
      return Column(
        title: title,
        width: max(displayWidth(title.text), cells.max() ?? 0),
        isRight: right.contains(index)
      )
    }
  }

  /// Makes columns wider where these rows need it; none becomes narrower.
  mutating func widen(for rows: [[Words]]) {
    for index in columns.indices.dropLast() {
      let widest = rows.map { index < $0.count ? displayWidth($0[index].text) : 0 }.max() ?? 0
      columns[index].width = max(columns[index].width, widest)
    }
  }

  /// The line above the rows.
  var header: Words { row(columns.map(\.title)) }

  /// One row; no spaces at its end.
  func row(_ cells: [Words]) -> Words {
    var line: Words = ""
    for (index, cell) in cells.enumerated() {
      let column = columns[index]
      let padding = Words(
        stringLiteral: String(
          repeating: " ",
          count: max(0, column.width - displayWidth(cell.text))
        )
      )
      let isLast = index == cells.count - 1
      if index > 0 { line = line + "  " }
      line = line + (column.isRight ? padding + cell : isLast ? cell : cell + padding)
    }
    return line
  }

  /// Header and rows, each a line.
  func lines(_ rows: [[Words]]) -> [Words] { [header] + rows.map(row) }
}
