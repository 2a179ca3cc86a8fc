/// A terminal as far as ncurses uses one: a screen of cells, a cursor, modes, and a list of all that
/// it should never have been sent.
public struct ScreenModel: Sendable {
  /// One place on the screen.
  public struct Place: Hashable, Sendable {
    /// What stands there with its marks; empty for the right half of a wide sign.
    public var text = " "
    /// Numbers of `ESC [ m` in force, colours with their parts.
    public var attributes: Set<String> = []
  }

  /// Columns of the screen.
  public private(set) var columns: Int
  /// Rows of the screen.
  public private(set) var rows: Int
  /// Where the cursor stands, from 0.
  public internal(set) var cursor = (column: 0, row: 0)
  /// Private modes that are on: 1049 the alternate screen, 2004 paste marks and so on.
  public internal(set) var modes: Set<Int> = [7, 25]
  /// Whether the keypad sends sequences.
  public internal(set) var isKeypadOn = false
  /// Whether the graphic character set is on.
  public internal(set) var isLineDrawing = false
  /// What no program of ours may send, in words.
  public internal(set) var violations: [String] = []
  /// Texts sent to the clipboard and titles: bodies of `ESC ]`.
  public internal(set) var commands: [String] = []
  /// What the window is called.
  public internal(set) var title = ""
  /// The titles that the terminal keeps, the last kept behind.
  public internal(set) var keptTitles: [String] = []
  /// Bodies of `ESC P`.
  public internal(set) var deviceStrings: [String] = []
  /// How often the bell rang.
  public internal(set) var bells = 0

  var grid: [[Place]]
  var attributes: Set<String> = []
  var scroll: ClosedRange<Int>
  var isWrapPending = false
  var isInserting = false
  private var otherGrid: [[Place]] = []
  private var saved = (column: 0, row: 0)
  private var tokenizer = OutputTokenizer()
  private var lastText: Unicode.Scalar?
  private var lastScalar: Unicode.Scalar?

  /// Makes an empty screen.
  public init(columns: Int, rows: Int) {
    (self.columns, self.rows) = (max(1, columns), max(1, rows))
    grid = Self.blank(self.columns, self.rows)
    scroll = 0...(self.rows - 1)
  }

  private static func blank(_ columns: Int, _ rows: Int) -> [[Place]] {
    Array(repeating: Array(repeating: Place(), count: columns), count: rows)
  }

  /// The text of a row without blanks at its end.
  public func text(ofRow row: Int) -> String {
    guard grid.indices.contains(row) else { return "" }
    var text = grid[row].map(\.text).joined()
    while text.last == " " { text.removeLast() }
    return text
  }

  /// All rows.
  public var text: String { (0..<rows).map(text(ofRow:)).joined(separator: "\n") }

  /// The place at a column and row.
  public func place(column: Int, row: Int) -> Place { grid[row][column] }

  /// Modes that a program must have taken back at its end.
  public var modesLeftOn: [String] {
    var left = modes.subtracting([7, 25, 12, 1034]).sorted().map { "mode \($0)" }
    if !modes.contains(25) { left.append("cursor hidden") }
    if !modes.contains(7) { left.append("no wrap") }
    if isKeypadOn { left.append("keypad") }
    if isInserting { left.append("insert") }
    if isLineDrawing { left.append("line drawing") }
    if !attributes.isEmpty { left.append("attributes \(attributes.sorted())") }
    if scroll != 0...(rows - 1) { left.append("scroll region \(scroll)") }
    if !tokenizer.unfinished.isEmpty { left.append("half a sequence") }
    return left
  }

  /// Takes another size; what no longer fits is cut off.
  public mutating func resize(columns: Int, rows: Int) {
    (self.columns, self.rows) = (max(1, columns), max(1, rows))
    for screen in [\ScreenModel.grid, \ScreenModel.otherGrid] where !self[keyPath: screen].isEmpty {
      var lines = self[keyPath: screen].prefix(self.rows).map { line in
        Array(line.prefix(self.columns))
          + Array(repeating: Place(), count: max(0, self.columns - line.count))
      }
      while lines.count < self.rows {
        lines.append(Array(repeating: Place(), count: self.columns))
      }
      self[keyPath: screen] = lines
    }
    scroll = 0...(self.rows - 1)
    cursor = (min(cursor.column, self.columns - 1), min(cursor.row, self.rows - 1))
    isWrapPending = false
  }

  /// Takes what a program sent.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    for token in tokenizer.feed(bytes) {
      switch token {
      case .text(let scalar): put(scalar)
      case .control(let byte): control(byte)
      case .sequence(let prefix, let parameters, let intermediates, let final):
        sequence(prefix, parameters, intermediates, final)
      case .escape(let intermediates, let final): escape(intermediates, final)
      case .command(let text): command(text)
      case .device(let text): deviceStrings.append(text)
      case .invalid(let bytes): violations.append("invalid bytes \(bytes)")
      }
    }
  }

  // MARK: Text

  mutating func put(_ scalar: Unicode.Scalar) {
    let width = Self.width(of: scalar)
    let isJoiner = (scalar == "\u{200C}" || scalar == "\u{200D}") && Self.joins(lastScalar)
    lastScalar = scalar
    if Self.isHidden(scalar), !isJoiner {
      violations.append("U+\(String(scalar.value, radix: 16, uppercase: true))")
    }
    if width == 0 { return join(scalar) }
    if isWrapPending || cursor.column + width > columns { wrap() }
    if isInserting {
      grid[cursor.row].insert(
        contentsOf: Array(repeating: Place(), count: width),
        at: cursor.column
      )
      grid[cursor.row].removeLast(width)
    }
    let shown = isLineDrawing ? Self.lineDrawing(scalar) : scalar
    grid[cursor.row][cursor.column] = Place(text: String(Character(shown)), attributes: attributes)
    if width == 2, cursor.column + 1 < columns {
      grid[cursor.row][cursor.column + 1] = Place(text: "", attributes: attributes)
    }
    lastText = scalar
    cursor.column += width
    if cursor.column >= columns {
      cursor.column = columns - 1
      isWrapPending = true
    }
  }

  private mutating func join(_ mark: Unicode.Scalar) {
    var column = isWrapPending ? cursor.column : cursor.column - 1
    while column > 0, grid[cursor.row][column].text.isEmpty { column -= 1 }
    guard column >= 0 else { return }
    grid[cursor.row][column].text.unicodeScalars.append(mark)
  }

  private mutating func wrap() {
    isWrapPending = false
    guard modes.contains(7) else { return }
    cursor.column = 0
    lineFeed()
  }

  mutating func lineFeed() {
    isWrapPending = false
    if cursor.row == scroll.upperBound {
      scrollUp(1)
    } else if cursor.row < rows - 1 {
      cursor.row += 1
    }
  }

  mutating func scrollUp(_ count: Int) {
    for _ in 0..<min(count, scroll.count) {
      grid.remove(at: scroll.lowerBound)
      grid.insert(Array(repeating: Place(), count: columns), at: scroll.upperBound)
    }
  }

  mutating func scrollDown(_ count: Int) {
    for _ in 0..<min(count, scroll.count) {
      grid.remove(at: scroll.upperBound)
      grid.insert(Array(repeating: Place(), count: columns), at: scroll.lowerBound)
    }
  }

  mutating func repeatLast(_ count: Int) {
    guard let lastText else { return }
    for _ in 0..<min(count, columns * rows) { put(lastText) }
  }

  // MARK: Screens

  mutating func switchScreen(on: Bool) {
    if on, !modes.contains(1049) {
      saved = cursor
      otherGrid = grid
      grid = Self.blank(columns, rows)
    } else if !on, modes.contains(1049) {
      grid = otherGrid
      otherGrid = []
      cursor = (min(saved.column, columns - 1), min(saved.row, rows - 1))
    }
    isWrapPending = false
  }

  mutating func saveCursor() { saved = cursor }
  mutating func restoreCursor() { cursor = saved }
}

extension ScreenModel: CustomStringConvertible {
  /// The screen as text, for failed expectations.
  public var description: String { "\(columns)x\(rows), modes \(modes.sorted()):\n\(text)" }
}
