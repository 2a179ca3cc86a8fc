/// One column of a table: its heading, its width, and what a row shows in it.
public struct TableColumn<Row>: Sendable {
  /// How wide a column is.
  public enum Width: Sendable, Equatable {
    /// Always so many columns of the screen.
    case fixed(Int)
    /// At least so many, and a share of what is left by weight.
    case flexible(minimum: Int, weight: Int)

    var minimum: Int {
      switch self {
      case .fixed(let columns): max(1, columns)
      case .flexible(let columns, _): max(1, columns)
      }
    }

    var weight: Int {
      if case .flexible(_, let weight) = self { max(1, weight) } else { 0 }
    }
  }

  /// Names it in orders and settings.
  public var id: String
  /// The heading.
  public var title: String
  /// How wide it is.
  public var width: Width
  /// Where its text stands.
  public var alignment: Alignment
  /// How much it matters; where the screen is narrow, columns of low priority go first.
  public var priority: Int
  /// What a row shows.
  public var cell: @Sendable (Row) -> Line

  /// Makes a column.
  public init(
    _ id: String,
    title: String,
    width: Width,
    alignment: Alignment = .left,
    priority: Int = 0,
    cell: @escaping @Sendable (Row) -> Line
  ) {
    (self.id, self.title, self.width) = (id, title, width)
    (self.alignment, self.priority, self.cell) = (alignment, priority, cell)
  }
}

/// Which columns of a table are shown in a width, and where.
struct TableLayout: Equatable {
  /// A column that is shown.
  struct Place: Equatable {
    /// Its index in the table's columns.
    var index: Int
    /// Its first column of the screen, from the left of the table.
    var start: Int
    /// Its columns of the screen.
    var columns: Int
  }

  /// Columns of the screen for the sign of a mark.
  static let gutter = 1
  /// Columns of the screen between two columns.
  static let gap = 1

  private(set) var places: [Place] = []

  /// What of a column matters for its place: not its cells, which a layout never asks for.
  private struct Shape {
    var minimum: Int
    var weight: Int
    var priority: Int
  }

  /// Lays columns out: drops those of low priority until the rest fits, then shares what is left.
  init<Row>(_ columns: [TableColumn<Row>], width: Int) {
    self.init(
      columns.map {
        Shape(minimum: $0.width.minimum, weight: $0.width.weight, priority: $0.priority)
      },
      width: width
    )
  }

  private init(_ columns: [Shape], width: Int) {
    let room = width - Self.gutter
    guard room > 0 else { return }
    var kept = Array(columns.indices)
    func needed() -> Int {
      kept.reduce(0) { $0 + columns[$1].minimum } + Self.gap * max(0, kept.count - 1)
    }
    while kept.count > 1, needed() > room {
      // Of equals the rightmost goes.
      let lowest = kept.map { columns[$0].priority }.min()
      guard let at = kept.lastIndex(where: { columns[$0].priority == lowest }) else { break }
      kept.remove(at: at)
    }
    var left = max(0, room - needed())
    var weights = kept.reduce(0) { $0 + columns[$1].weight }
    var start = Self.gutter
    for index in kept {
      let weight = columns[index].weight
      let share = weights > 0 ? left * weight / weights : 0
      left -= share
      weights -= weight
      let columns = min(columns[index].minimum + share, width - start)
      places.append(Place(index: index, start: start, columns: columns))
      start += columns + Self.gap
    }
  }
}
