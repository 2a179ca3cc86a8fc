/// One line of text to type into.
///
/// The cursor moves by characters as a reader counts them; the line scrolls sideways where it is
/// longer than its place.
public struct TextField: Sendable, Equatable {
  private var buffer: EditBuffer

  /// Makes a field with the cursor behind its text.
  public init(text: String = "") { buffer = EditBuffer(Self.oneLine(text)) }

  /// The text.
  public var text: String { buffer.text }

  /// How many characters stand before the cursor.
  public var cursor: Int { buffer.cursor }

  /// Replaces the text, as a step that can be undone; the cursor goes behind it.
  public mutating func replace(with text: String) { buffer.replace(with: Self.oneLine(text)) }

  /// Takes an event, and says whether it was one for the field.
  ///
  /// Characters and pasted text go in at the cursor (a pasted line break becomes a blank); arrows,
  /// Home, End, Backspace and Delete do what they say; `^A` `^E` `^B` `^F` move, `^U` `^K` `^W` cut,
  /// `^_` undoes and `^R` does again. Enter, Tab, Esc, Up and Down are left to the caller.
  @discardableResult
  public mutating func handle(_ event: InputEvent) -> Bool {
    switch event {
    case .key(let key): return buffer.handle(key)
    case .paste(let text):
      buffer.insert(Self.oneLine(text))
      return true
    default: return false
    }
  }

  /// Draws the field, and the cursor where the field takes the keys.
  public func draw(
    on canvas: inout Canvas,
    in rect: Rect,
    style: Style = Style(.field),
    isFocused: Bool = true
  ) {
    guard !rect.isEmpty else { return }
    let row = rect.splitTop(1).top
    canvas.fill(row, style)
    let text = self.text
    let column = Text.column(ofByte: buffer.cursorByte, in: text)
    // The line jumps by half its place, so that most keys repaint little.
    let jump = max(1, row.columns / 2)
    let over = isFocused ? column - row.columns + 2 : 0
    let scroll = over > 0 && row.columns > 2 ? (over + jump - 1) / jump * jump : max(0, over - 1)
    let line = Line([Span(Untrusted(text), style.role, style.emphasis)])
    canvas.write(line, at: Point(column: row.column - scroll, row: row.row), clip: row)
    let width = Text.width(of: line, upTo: scroll + row.columns)
    if scroll > 0, row.columns > 2 {
      canvas.write("‹", .placeholder, in: row.splitLeft(1).left)
    }
    if width > scroll + row.columns, row.columns > 2 {
      canvas.write("›", .placeholder, in: row.splitLeft(row.columns - 1).rest)
    }
    guard isFocused else { return }
    let place = min(max(0, column - scroll), row.columns - 1)
    canvas.cursor = Point(column: row.column + place, row: row.row)
    canvas.isCursorVisible = true
  }

  private static func oneLine(_ text: String) -> String {
    text.contains(where: \.isNewline)
      ? String(text.map { $0 == "\r\n" || $0 == "\n" || $0 == "\r" ? " " : $0 }) : text
  }
}
