/// A list of any length of which only a window of rows is held.
///
/// It knows how many rows there are and where the cursor stands, asks for the rows it is about to
/// show (``wanted(height:)``) and is given them (``load(start:rows:total:)``). Memory stays flat
/// in the number of rows. Cursor and marks follow the record, not the row: what is selected
/// stays selected when rows above it come and go.
public struct VirtualTable<Row: Identifiable & Sendable>: Sendable
where Row.ID: Sendable {
  /// The rows that are held: those at the positions `loaded`.
  public private(set) var rows: [Row] = []
  /// The positions of the rows that are held.
  public private(set) var loaded: Range<Int> = 0..<0
  /// Whether rows were ever given, be it none.
  public private(set) var isLoaded = false
  /// How many rows there are in all.
  public private(set) var total = 0
  /// The position of the selected row, from 0; 0 in an empty list.
  public private(set) var cursor = 0
  /// The position of the first row on the screen.
  public private(set) var top = 0
  /// The selected record; nil while its row is not held.
  public private(set) var selectedID: Row.ID?
  /// The marked records, whether held or not.
  public var marks: Set<Row.ID> = []
  private var anchor: Anchor?

  /// Where a range of marks begins.
  private struct Anchor: Sendable, Equatable {
    var id: Row.ID
    var position: Int
  }

  /// Makes an empty list.
  public init() {}

  /// The selected row, where it is held.
  public var selectedRow: Row? { row(at: cursor) }

  /// Where a range of marks begins, while one is open.
  public var rangeStart: Int? { anchor?.position }

  /// The row at a position, where it is held.
  public func row(at position: Int) -> Row? {
    loaded.contains(position) ? rows[position - loaded.lowerBound] : nil
  }

  // MARK: Rows

  /// Takes rows in place of those held.
  ///
  /// The selected record stays selected where it is among the new rows, and stays on its line of the
  /// screen; where it is not, the row that now stands at the cursor is selected. A caller that
  /// knows where it has gone says so with ``select(id:at:)``.
  public mutating func load(start: Int, rows: [Row], total: Int) {
    let selected = selectedID
    self.rows = rows
    loaded = start..<(start + rows.count)
    self.total = max(total, loaded.isEmpty ? 0 : loaded.upperBound)
    isLoaded = true
    if let open = anchor, let index = rows.firstIndex(where: { $0.id == open.id }) {
      anchor?.position = start + index
    }
    if let selected, row(at: cursor)?.id != selected,
      let index = rows.firstIndex(where: { $0.id == selected })
    {
      select(id: selected, at: start + index)
    } else {
      top = min(top, max(0, self.total - 1))
      moveCursor(to: cursor)
    }
  }

  /// Selects a record where it now stands; it stays on its line of the screen where
  /// it can, but a list that stands at its top stays there: new rows above are seen.
  ///
  /// With the height of the screen given the record is on it from then on, and so among the rows
  /// that are asked for around ``top``; without it, the next drawing or motion sees to that.
  public mutating func select(id: Row.ID, at position: Int, height: Int? = nil) {
    if let height { top = visibleTop(height: height) }
    defer { if let height { top = visibleTop(height: height) } }
    let line = cursor - top
    let isAtTop = top == 0
    cursor = min(max(0, position), max(0, total - 1))
    top = isAtTop && cursor < loaded.upperBound ? 0 : max(0, cursor - max(0, line))
    selectedID = id
  }

  /// The positions to ask for next, or nil while all that is near the screen is held.
  ///
  /// Near is one screen above and one below; asked for are two each, so that a held key
  /// does not ask at every row.
  public func wanted(height: Int) -> Range<Int>? {
    let height = max(1, height)
    let first = visibleTop(height: height)
    guard isLoaded else { return max(0, first - height)..<(first + 3 * height) }
    func around(_ screens: Int) -> Range<Int> {
      let lower = max(0, first - screens * height)
      return lower..<max(lower, min(total, first + (screens + 1) * height))
    }
    let near = around(1)
    if near.isEmpty
      || (loaded.lowerBound <= near.lowerBound && near.upperBound <= loaded.upperBound)
    {
      return nil
    }
    return around(2)
  }

  /// Whether all rows are held that a screen of so many rows shows.
  public func holdsScreen(height: Int) -> Bool {
    let first = visibleTop(height: height)
    return isLoaded && loaded.lowerBound <= first
      && min(total, first + max(1, height)) <= loaded.upperBound
  }

  // MARK: Cursor

  /// Moves the cursor in a screen of so many rows, and scrolls so that it can be seen.
  public mutating func move(_ motion: Motion, height: Int) {
    let height = max(1, height)
    top = visibleTop(height: height)
    let lastTop = max(0, total - height)
    switch motion {
    case .by(let step): moveCursor(to: cursor + step)
    case .page(let step): scroll(step * height)
    case .halfPage(let step): scroll(step * max(1, height / 2))
    case .first: moveCursor(to: 0)
    case .last: moveCursor(to: total - 1)
    case .to(let position): moveCursor(to: position)
    case .screenTop: moveCursor(to: top)
    case .screenMiddle: moveCursor(to: top + (min(height, total - top) - 1) / 2)
    case .screenBottom: moveCursor(to: top + height - 1)
    }
    top = visibleTop(height: height)

    func scroll(_ step: Int) {
      top = min(max(0, top + step), lastTop)
      moveCursor(to: cursor + step)
    }
  }

  private mutating func moveCursor(to position: Int) {
    cursor = min(max(0, position), max(0, total - 1))
    selectedID = selectedRow?.id
  }

  /// The first row on a screen of so many rows: `top`, moved as little as the cursor needs.
  public func visibleTop(height: Int) -> Int {
    let height = max(1, height)
    var first = min(top, max(0, total - height))
    if cursor < first { first = cursor }
    if cursor >= first + height { first = cursor - height + 1 }
    return max(0, first)
  }

  // MARK: Marks

  /// Marks the selected record, or takes its mark away.
  public mutating func toggleMark() {
    guard let id = selectedRow?.id else { return }
    if marks.remove(id) == nil { marks.insert(id) }
  }

  /// Begins a range at the cursor, or marks all from where it began up to the cursor.
  ///
  /// - Returns: How many rows of the range were not held and so are not marked; the caller says so,
  ///   or reads and marks them itself.
  @discardableResult
  public mutating func markRange() -> Int {
    guard let open = anchor else {
      anchor = selectedRow.map { Anchor(id: $0.id, position: cursor) }
      return 0
    }
    anchor = nil
    let range = min(open.position, cursor)..<(max(open.position, cursor) + 1)
    let held = range.clamped(to: loaded)
    for position in held { if let row = row(at: position) { marks.insert(row.id) } }
    marks.insert(open.id)
    return range.count - held.count - (held.contains(open.position) ? 0 : 1)
  }

  /// Takes all marks away, and ends a range that was begun.
  public mutating func clearMarks() {
    marks = []
    anchor = nil
  }
}

/// A way to move in a list.
public enum Motion: Sendable, Equatable {
  /// By so many rows.
  case by(Int)
  /// By so many screens.
  case page(Int)
  /// By so many half screens.
  case halfPage(Int)
  case first, last
  /// To a position, from 0.
  case to(Int)
  case screenTop, screenMiddle, screenBottom
}

extension VirtualTable: Equatable where Row: Equatable {}
