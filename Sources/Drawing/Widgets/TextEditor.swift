/// Lines of text to type into, wrapped at a width.
public struct TextEditor: Sendable, Equatable {
  private var buffer: EditBuffer
  /// The column that Up and Down aim at, while they follow each other.
  private var aim: Int?
  /// Columns at which lines are wrapped, both to move by and to draw.
  ///
  /// Set it to the columns of the place the text is drawn in; there it is never wider than the place.
  public var width = 72

  /// Makes an editor with the cursor behind its text.
  public init(text: String = "") { buffer = EditBuffer(Self.plainBreaks(text)) }

  /// The text, with line feeds between lines.
  public var text: String { buffer.text }

  /// How many characters stand before the cursor.
  public var cursor: Int { buffer.cursor }

  /// Whether the cursor is in the first row.
  public var isAtTop: Bool { place(in: rows(width)).row == 0 }

  /// Whether the cursor is in the last row.
  public var isAtBottom: Bool {
    let rows = rows(width)
    return place(in: rows).row == rows.count - 1
  }

  /// Replaces the text, as a step that can be undone.
  public mutating func replace(with text: String) { buffer.replace(with: Self.plainBreaks(text)) }

  /// Takes an event, and says whether it was one for the editor: the keys of ``TextField``, Enter for a
  /// new line, and Up, Down, PgUp and PgDn.
  @discardableResult
  public mutating func handle(_ event: InputEvent) -> Bool {
    switch event {
    case .key(.up): moveRows(-1)
    case .key(.down): moveRows(1)
    case .key(.pageUp): moveRows(-10)
    case .key(.pageDown): moveRows(10)
    case .key(.enter): edit { $0.insert("\n") }
    case .key(let key):
      aim = nil
      return buffer.handle(key)
    case .paste(let text): edit { $0.insert(Self.plainBreaks(text)) }
    default: return false
    }
    return true
  }

  private mutating func edit(_ change: (inout EditBuffer) -> Void) {
    aim = nil
    change(&buffer)
  }

  // MARK: Rows

  /// A wrapped row: its bytes and its characters.
  private struct Row {
    var bytes: Range<Int>
    var text: String
  }

  private func rows(_ width: Int) -> [Row] {
    var text = buffer.text
    return text.withUTF8 { bytes in
      TextWrap.ranges(bytes, width: max(1, width), limit: .max).map {
        Row(
          bytes: $0,
          text: String(decoding: UnsafeBufferPointer(rebasing: bytes[$0]), as: UTF8.self)
        )
      }
    }
  }

  /// The row and column of the cursor.
  private func place(in rows: [Row]) -> (row: Int, column: Int) {
    let byte = buffer.cursorByte
    let row = rows.lastIndex { $0.bytes.lowerBound <= byte } ?? 0
    let column = Text.column(ofByte: byte - rows[row].bytes.lowerBound, in: rows[row].text)
    return (row, column)
  }

  private mutating func moveRows(_ step: Int) {
    let rows = rows(width)
    let here = place(in: rows)
    let column = aim ?? here.column
    let target = rows[min(max(0, here.row + step), rows.count - 1)]
    var position = 0
    var bytes = 0
    while position < buffer.characters.count, bytes < target.bytes.lowerBound {
      bytes += buffer.characters[position].utf8.count
      position += 1
    }
    while position < buffer.characters.count, bytes < target.bytes.upperBound {
      let next = bytes + buffer.characters[position].utf8.count
      let end = Text.column(ofByte: next - target.bytes.lowerBound, in: target.text)
      guard end <= column, next <= target.bytes.upperBound else { break }
      bytes = next
      position += 1
    }
    buffer.move(to: position)
    aim = column
  }

  /// Draws the rows around the cursor, and the cursor where the editor takes the keys.
  public func draw(
    on canvas: inout Canvas,
    in rect: Rect,
    style: Style = Style(.field),
    isFocused: Bool = true
  ) {
    guard !rect.isEmpty else { return }
    canvas.fill(rect, style)
    let rows = rows(min(width, rect.columns))
    let place = place(in: rows)
    // The rows jump by half the height, so that most keys repaint one of them.
    let jump = max(1, rect.rows / 2)
    let over = isFocused ? place.row - rect.rows + 1 : 0
    let top = over > 0 ? min((over + jump - 1) / jump * jump, place.row) : 0
    for (index, row) in rows.dropFirst(top).prefix(rect.rows).enumerated() {
      let line = Rect(column: rect.column, row: rect.row + index, columns: rect.columns, rows: 1)
      canvas.write(
        Untrusted(row.text),
        style.role,
        style.emphasis,
        in: line,
        ellipsis: false
      )
    }
    let hidden = rows.count - top - rect.rows
    if hidden > 0 {
      canvas.write(
        Line("\(hidden) more", .placeholder),
        in: rect.splitBottom(1).bottom,
        alignment: .right
      )
    }
    guard isFocused else { return }
    canvas.cursor = Point(
      column: rect.column + min(place.column, rect.columns - 1),
      row: rect.row + place.row - top
    )
    canvas.isCursorVisible = true
  }

  private static func plainBreaks(_ text: String) -> String {
    text.contains(where: { $0 == "\r\n" || $0 == "\r" })
      ? String(text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 }) : text
  }
}
