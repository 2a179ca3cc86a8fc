/// Something asked of the record.
///
/// Everything that is shown is the answer to one.
///
/// A question is a plain value; its SQL stands in Storage, one file each. One question is answered
/// from one snapshot of the record.
public protocol Question: Codable, Sendable, Equatable {
  /// What comes back.
  associatedtype Answer: Codable & Sendable & Equatable
}

/// A stretch of rows of a longer list, by position.
public struct RowWindow: Hashable, Codable, Sendable {
  /// Position of the first row, from 0.
  public var start: Int
  /// How many rows are wanted; fewer come at the end of the list.
  public var count: Int

  /// Makes a window; negative numbers count as 0.
  public init(start: Int, count: Int) { (self.start, self.count) = (max(0, start), max(0, count)) }

  /// The positions that the window covers.
  public var range: Range<Int> { start..<(start + count) }
}

/// The rows of a window, and how many rows there are in all.
///
/// Asks nothing of its rows, but is itself what they are: a constraint would be looked up at run time for
/// each kind of row, when its first page comes.
public struct Page<Row: Sendable>: Sendable {
  /// The window that was answered.
  public var window: RowWindow
  /// The rows, in order; may be fewer than were asked for.
  public var rows: [Row]
  /// How many rows the whole list has, counted exactly.
  public var total: Int

  /// Makes a page.
  public init(window: RowWindow, rows: [Row], total: Int) {
    (self.window, self.rows, self.total) = (window, rows, total)
  }
}

extension Page: Equatable where Row: Equatable {}
extension Page: Codable where Row: Codable {}
