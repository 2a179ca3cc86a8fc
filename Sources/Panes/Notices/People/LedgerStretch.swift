import Drawing
public import Model

/// A stretch of the ledger that is asked for, and at which positions of the list its rows stand.
///
/// Without a filter a position is a place in the ledger. With one it is not: the list is read on from
/// rows that are held, and from its ends, so that no row is left out between two stretches.
public struct LedgerStretch: Sendable, Equatable {
  /// How the positions follow from the rows.
  enum Anchor: Sendable, Equatable {
    /// The first row stands there.
    case from(Int)
    /// The row behind the last one stands there.
    case upTo(Int)
    /// The last row is the last of all.
    case last
    /// The first row stands about there.
    case about(Int)
  }

  /// Where it lies in the ledger.
  var place: LedgerPage.Place
  /// How many rows are wanted.
  var count: Int
  /// At which positions they stand.
  var anchor: Anchor

  /// How far behind what is held a list that is filtered is read on; further away it is guessed.
  static let reach = 4000

  /// The stretch for positions of a list.
  init<Row: LedgerRow>(_ wanted: Range<Int>, of table: VirtualTable<Row>, isFiltered: Bool) {
    count = wanted.count
    let held = table.loaded
    if !table.isLoaded || wanted.lowerBound == 0 {
      (place, anchor) = (.first, .from(0))
    } else if !isFiltered {
      // A number is a place from 1.
      (place, anchor) = (.after(Int64(wanted.lowerBound)), .from(wanted.lowerBound))
    } else if wanted.upperBound >= table.total {
      (place, anchor) = (.last, .last)
    } else if let before = table.row(at: wanted.lowerBound - 1) {
      (place, anchor) = (.after(before.number), .from(wanted.lowerBound))
    } else if let behind = table.row(at: wanted.upperBound) {
      (place, anchor) = (.before(behind.number), .upTo(wanted.upperBound))
    } else if wanted.lowerBound >= held.upperBound, let last = table.rows.last,
      wanted.upperBound - held.upperBound <= Self.reach
    {
      count = wanted.upperBound - held.upperBound
      (place, anchor) = (.after(last.number), .from(held.upperBound))
    } else if wanted.upperBound <= held.lowerBound, let first = table.rows.first,
      held.lowerBound - wanted.lowerBound <= Self.reach
    {
      count = held.lowerBound - wanted.lowerBound
      (place, anchor) = (.before(first.number), .upTo(held.lowerBound))
    } else {
      (place, anchor) = (.at(wanted.lowerBound), .about(wanted.lowerBound))
    }
  }

  /// The stretch that reads again what is on the screen and around it.
  init<Row: LedgerRow>(again table: VirtualTable<Row>, height: Int, isFiltered: Bool) {
    let first = max(0, table.visibleTop(height: height) - height)
    count = max(height * 4, 1)
    if first == 0 || !table.isLoaded {
      (place, anchor) = (.first, .from(0))
    } else if !isFiltered {
      (place, anchor) = (.after(Int64(first)), .from(first))
    } else if let row = table.row(at: first) {
      // Rows before it may have come or gone since.
      (place, anchor) = (.after(row.number - 1), .about(first))
    } else if let row = table.rows.first {
      (place, anchor) = (.after(row.number - 1), .about(table.loaded.lowerBound))
    } else {
      (place, anchor) = (.first, .from(0))
    }
  }

  /// The position of the first of so many rows out of a total; and whether it is a guess.
  func start(_ rows: Int, of total: Int) -> (position: Int, isAbout: Bool) {
    let end = max(0, total - rows)
    // Fewer than were asked for: the list ends there, wherever it was thought to.
    let isShort = rows < count
    switch anchor {
    case .last: return (end, false)
    case .from(let start): return (isShort ? end : min(start, end), false)
    case .upTo(let end): return (isShort ? 0 : max(0, end - rows), false)
    case .about(let start): return isShort ? (end, false) : (min(start, end), start > 0)
    }
  }
}

/// A row of a ledger, by its number from 1.
public protocol LedgerRow: Identifiable, Sendable where ID == Int64 {
  /// The number.
  var number: Int64 { get }
}

extension Recipient: LedgerRow {
  /// The number in the mailing.
  public var id: Int64 { number }
}
