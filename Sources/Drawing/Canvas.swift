/// A screen in memory: rows x columns of cells, and where the cursor stands.
///
/// Panes draw on it without knowing a terminal. The same cells become the terminal's screen, golden
/// files, SVG pictures and recordings.
public struct Canvas: Sendable {
  /// The canvas's size.
  public let size: Size
  /// All cells, row by row.
  public internal(set) var cells: [Cell]
  /// Texts of cells that hold more than one scalar, by `Cell.clusterIndex`.
  public internal(set) var clusters: [String] = []
  /// Where the hardware cursor stands; screen readers follow it.
  public var cursor: Point?
  /// Whether the cursor is shown (text is being typed) or only placed.
  public var isCursorVisible = false
  private var clusterNumbers: [String: Int] = [:]

  /// Makes an empty canvas.
  public init(_ size: Size) {
    self.size = size
    cells = [Cell](repeating: .blank, count: size.columns * size.rows)
  }

  /// The rectangle that covers all of it.
  public var bounds: Rect { Rect(size) }

  /// The cell at a point; blank outside of the canvas.
  public subscript(point: Point) -> Cell {
    guard bounds.contains(point) else { return .blank }
    return cells[point.row * size.columns + point.column]
  }

  /// The text of a cell; empty for the right half of a wide one.
  public func text(of cell: Cell) -> String {
    if cell.width == 0 { return "" }
    if let index = cell.clusterIndex { return clusters[index] }
    return cell.scalar.map { String(Character($0)) } ?? " "
  }

  /// The text of a row, trailing blanks included.
  public func text(ofRow row: Int) -> String {
    guard (0..<size.rows).contains(row) else { return "" }
    return cells[(row * size.columns)..<((row + 1) * size.columns)].map(text(of:)).joined()
  }

  /// Fills a rectangle with blanks of a style.
  public mutating func fill(_ rect: Rect, _ style: Style = Style(.text)) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    let blank = Cell(scalar: " ", role: style.role, emphasis: style.emphasis, width: 1)
    for row in area.row..<area.endRow {
      split(at: Point(column: area.column, row: row))
      split(at: Point(column: area.endColumn, row: row))
      let start = row * size.columns
      for index in (start + area.column)..<(start + area.endColumn) { cells[index] = blank }
    }
  }

  /// Gives the cells of a rectangle another style and leaves their text.
  public mutating func restyle(_ rect: Rect, _ style: Style) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for row in area.row..<area.endRow {
      for column in area.column..<area.endColumn {
        cells[row * size.columns + column].role = style.role
        cells[row * size.columns + column].emphasis = style.emphasis
      }
    }
  }

  /// Writes printable ASCII from the start of some bytes up to the first other byte, the clip's end
  /// or a cell that holds part of a wide glyph, and tells how many bytes it wrote.
  ///
  /// Nearly all text is this; a byte is left to the sink where a combining mark may follow it.
  mutating func writePlain(
    _ bytes: UnsafeBufferPointer<UInt8>,
    at point: Point,
    _ style: Style,
    clip: Rect
  ) -> Int {
    guard clip.column <= point.column, point.column < clip.endColumn else { return 0 }
    let base = point.row * size.columns + point.column
    let count = min(bytes.count, clip.endColumn - point.column)
    let blank = Cell(scalar: " ", role: style.role, emphasis: style.emphasis, width: 1)
    return cells.withUnsafeMutableBufferPointer { cells in
      for index in 0..<count {
        let byte = bytes[index]
        guard byte >= 0x20, byte < 0x7F, cells[base + index].width == 1,
          index + 1 == bytes.count || bytes[index + 1] < 0x80
        else { return index }
        var cell = blank
        cell.glyph = UInt32(byte)
        cells[base + index] = cell
      }
      return count
    }
  }

  /// Puts a glyph that the text sink has found safe into a cell; both cells of a wide one.
  mutating func put(_ glyph: SafeGlyph, at point: Point, _ style: Style, clip: Rect) {
    let area = clip.intersection(bounds)
    let last = Point(column: point.column + glyph.width - 1, row: point.row)
    guard glyph.width > 0, area.contains(point), area.contains(last) else { return }
    split(at: point)
    split(at: Point(column: last.column + 1, row: point.row))
    let index = point.row * size.columns + point.column
    let width = UInt8(glyph.width)
    switch glyph.content {
    case .scalar(let scalar):
      cells[index] = Cell(
        scalar: scalar,
        role: style.role,
        emphasis: style.emphasis,
        width: width
      )
    case .cluster(let text):
      cells[index] = Cell(
        cluster: number(of: text),
        role: style.role,
        emphasis: style.emphasis,
        width: width
      )
    }
    if glyph.width == 2 {
      cells[index + 1] = Cell(
        scalar: " ",
        role: style.role,
        emphasis: style.emphasis,
        width: 0
      )
    }
  }

  /// Blanks a wide glyph that would otherwise be cut in half by what is drawn from here on.
  private mutating func split(at point: Point) {
    guard bounds.contains(point) else { return }
    let index = point.row * size.columns + point.column
    guard cells[index].width == 0, point.column > 0 else { return }
    for half in [index - 1, index] {
      cells[half] = Cell(
        scalar: " ",
        role: cells[half].role,
        emphasis: cells[half].emphasis,
        width: 1
      )
    }
  }

  private mutating func number(of text: String) -> Int {
    if let known = clusterNumbers[text] { return known }
    clusters.append(text)
    clusterNumbers[text] = clusters.count - 1
    return clusters.count - 1
  }
}

/// A glyph that may stand in a cell; made by the text sink alone.
struct SafeGlyph: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    case scalar(Unicode.Scalar)
    case cluster(String)
  }
  var content: Content
  /// Columns: 1 or 2.
  var width: Int
}
