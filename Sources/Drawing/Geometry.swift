/// A place on the canvas: column and row from 0 at the upper left.
public struct Point: Hashable, Sendable {
  /// Column, 0 at the left.
  public var column: Int
  /// Row, 0 at the top.
  public var row: Int

  /// Makes a point.
  public init(column: Int, row: Int) { (self.column, self.row) = (column, row) }
}

/// The size of a canvas in cells.
public struct Size: Hashable, Sendable {
  /// Number of columns, 0 or more.
  public var columns: Int
  /// Number of rows, 0 or more.
  public var rows: Int

  /// Makes a size; negative numbers count as 0.
  public init(columns: Int, rows: Int) {
    (self.columns, self.rows) = (max(0, columns), max(0, rows))
  }
}

/// A rectangle of cells.
///
/// Drawing outside of the one that was given is cut off.
public struct Rect: Hashable, Sendable {
  /// Leftmost column.
  public var column: Int
  /// Topmost row.
  public var row: Int
  /// Number of columns, 0 or more.
  public var columns: Int
  /// Number of rows, 0 or more.
  public var rows: Int

  /// Makes a rectangle; negative sizes count as 0.
  public init(column: Int, row: Int, columns: Int, rows: Int) {
    (self.column, self.row) = (column, row)
    (self.columns, self.rows) = (max(0, columns), max(0, rows))
  }

  /// The rectangle that covers a canvas of a size.
  public init(_ size: Size) { self.init(column: 0, row: 0, columns: size.columns, rows: size.rows) }

  /// The column after the last.
  public var endColumn: Int { column + columns }
  /// The row after the last.
  public var endRow: Int { row + rows }
  /// Whether no cell lies in it.
  public var isEmpty: Bool { columns == 0 || rows == 0 }

  /// Whether a point lies in it.
  public func contains(_ point: Point) -> Bool {
    point.column >= column && point.column < endColumn && point.row >= row && point.row < endRow
  }

  /// The rectangle without so many cells at each side.
  public func inset(columns dx: Int = 0, rows dy: Int = 0) -> Rect {
    Rect(column: column + dx, row: row + dy, columns: columns - 2 * dx, rows: rows - 2 * dy)
  }

  /// The cells that both have.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(column, other.column)
    let top = max(row, other.row)
    return Rect(
      column: left,
      row: top,
      columns: min(endColumn, other.endColumn) - left,
      rows: min(endRow, other.endRow) - top
    )
  }

  /// Cuts rows off the top: what was cut, and what is left.
  public func splitTop(_ count: Int) -> (top: Rect, rest: Rect) {
    let cut = min(max(0, count), rows)
    return (
      Rect(column: column, row: row, columns: columns, rows: cut),
      Rect(column: column, row: row + cut, columns: columns, rows: rows - cut)
    )
  }

  /// Cuts rows off the bottom: what is left, and what was cut.
  public func splitBottom(_ count: Int) -> (rest: Rect, bottom: Rect) {
    let (top, bottom) = splitTop(rows - min(max(0, count), rows))
    return (top, bottom)
  }

  /// Cuts columns off the left: what was cut, and what is left.
  public func splitLeft(_ count: Int) -> (left: Rect, rest: Rect) {
    let cut = min(max(0, count), columns)
    return (
      Rect(column: column, row: row, columns: cut, rows: rows),
      Rect(column: column + cut, row: row, columns: columns - cut, rows: rows)
    )
  }

  /// A rectangle of a size in the middle of this one, never larger than it.
  public func centred(columns width: Int, rows height: Int) -> Rect {
    let (width, height) = (min(width, columns), min(height, rows))
    return Rect(
      column: column + (columns - width) / 2,
      row: row + (rows - height) / 2,
      columns: width,
      rows: height
    )
  }
}
