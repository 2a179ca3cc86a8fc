/// A question before something is done.
///
/// It starts on Cancel, and what cannot be undone asks for a typed word.
public struct Dialog: Sendable {
  /// What a key did.
  public enum Outcome: Sendable, Equatable {
    case none, cancelled, confirmed
  }

  /// What is asked.
  public let title: String
  /// What will and what will not change.
  public let lines: [Line]
  /// The word that must be typed; nil asks for a plain yes.
  public let typedWord: String?
  /// The label of the button that does it.
  public let doLabel: String
  /// What was typed so far.
  public private(set) var typed = ""
  /// Whether the button that does it is chosen; Cancel is at first.
  public private(set) var isOnDo = false

  /// Makes a dialog.
  public init(title: String, lines: [Line], typedWord: String?, doLabel: String) {
    (self.title, self.lines, self.typedWord, self.doLabel) = (title, lines, typedWord, doLabel)
  }

  /// Takes a key.
  ///
  /// Without a word to type `y` does it and `n` cancels; Enter takes the button.
  public mutating func handle(_ key: Key) -> Outcome {
    switch key {
    case .escape: return .cancelled
    case .enter:
      guard let typedWord else { return isOnDo ? .confirmed : .cancelled }
      return typed == typedWord ? .confirmed : typed.isEmpty ? .cancelled : .none
    case .backspace: typed = String(typed.dropLast())
    case .character(let letter) where typedWord != nil: typed.append(letter)
    case .character("y"), .character("Y"): return .confirmed
    case .character("n"), .character("N"), .character("q"): return .cancelled
    case .left, .right, .tab, .backTab, .character("h"), .character("l"): isOnDo.toggle()
    default: break
    }
    return .none
  }

  /// Draws the dialog in the middle of a rectangle.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let width = min(
      rect.columns,
      max(
        46,
        (lines.map { Text.width(of: $0, upTo: rect.columns) }.max() ?? 0) + 4,
        Text.width(of: Untrusted(title)) + 8
      )
    )
    let body = lines.flatMap { TextWrap.lines($0, width: max(1, width - 4)) }
    let box = rect.centred(columns: width, rows: body.count + 4)
    let room = Frame.draw(Line(Untrusted(title), .heading, .bold), on: &canvas, in: box)
    let (text, foot) = room.splitBottom(2)
    for (index, line) in body.prefix(text.rows).enumerated() {
      canvas.write(
        line,
        in: Rect(column: text.column, row: text.row + index, columns: text.columns, rows: 1)
      )
    }
    if body.count > text.rows, !text.isEmpty {
      let hidden = text.splitBottom(1).bottom
      canvas.fill(hidden)
      canvas.write("… \(body.count - text.rows + 1) more lines", .warning, in: hidden)
    }
    let buttons = foot.splitBottom(1).bottom
    guard let typedWord else {
      canvas.write(
        Line([
          button("Cancel", "n", !isOnDo), Span("   "), button(doLabel, "y", isOnDo),
        ]),
        in: buttons
      )
      canvas.cursor = Point(column: buttons.column, row: buttons.row)
      return
    }
    let prompt = "Type \(typedWord) and Enter: "
    canvas.write(
      Line([
        Span(prompt, .warning), Span(Untrusted(typed), .fieldFocused), Span(" ", .fieldFocused),
      ]),
      in: buttons
    )
    canvas.cursor = Point(
      column: buttons.column + Text.width(of: prompt) + Text.width(of: Untrusted(typed)),
      row: buttons.row
    )
    canvas.isCursorVisible = true
  }

  private func button(_ label: String, _ key: String, _ isChosen: Bool) -> Span {
    Span(isChosen ? "[\(label) (\(key))]" : " \(label) (\(key)) ", isChosen ? .rowSelected : .text)
  }
}
