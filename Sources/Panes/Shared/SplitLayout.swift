internal import Drawing

/// A list and what is known of the row under its cursor: beside each other where it is wide, one below
/// the other where it is not, and only one of them where both would be too small.
public struct SplitLayout: Sendable, Equatable {
  /// The two parts.
  public enum Part: Sendable {
    case list, detail

    /// The other one.
    var other: Part { self == .list ? .detail : .list }
  }

  /// The list; empty where only the detail is shown.
  var list: Rect
  /// The detail; empty where only the list is shown.
  var detail: Rect
  /// The line between the two.
  var divider: Rect?

  /// Columns from which two parts stand beside each other.
  static let wide = 110

  /// Lays out an area.
  ///
  /// - Parameters:
  ///   - area: The area.
  ///   - alone: Which part is shown where there is room for one.
  ///   - isZoomed: Whether that part has the whole area anyhow.
  ///   - wide: The columns from which they stand beside each other.
  ///   - leastRows: Fewer rows than these are too few for two parts, one below the other.
  ///   - left: The columns of the list where it stands at the left.
  ///   - upper: The rows of the list where it stands above.
  init(
    _ area: Size,
    alone: Part,
    isZoomed: Bool,
    wide: Int = SplitLayout.wide,
    leastRows: Int = 18,
    left: Int,
    upper: Int
  ) {
    let whole = Rect(area)
    let none = Rect(column: 0, row: 0, columns: 0, rows: 0)
    let isWide = area.columns >= wide
    if isZoomed || (!isWide && area.rows < leastRows) {
      (list, detail) = alone == .list ? (whole, none) : (none, whole)
    } else if isWide {
      let (list, rest) = whole.splitLeft(left)
      let (divider, detail) = rest.splitLeft(1)
      (self.list, self.divider, self.detail) = (list, divider, detail)
    } else {
      let (list, rest) = whole.splitTop(upper)
      let (divider, detail) = rest.splitTop(1)
      (self.list, self.divider, self.detail) = (list, divider, detail)
    }
  }

  /// Rows of the list that fit below its headings and above its status line.
  var listHeight: Int { max(1, list.rows - 2) }

  /// The same layout in the coordinates of the whole canvas.
  func moved(by origin: Rect) -> SplitLayout {
    var copy = self
    copy.list = list.moved(by: origin)
    copy.detail = detail.moved(by: origin)
    copy.divider = divider?.moved(by: origin)
    return copy
  }
}
