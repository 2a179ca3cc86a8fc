/// A list of actions that narrows, best fit first, as one types.
public struct Palette: Sendable {
  /// One action.
  public struct Entry: Sendable, Equatable {
    /// What is matched and shown.
    public var label: String
    /// What stands beside it.
    public var note: String
    /// The key that does it.
    public var key: String
    /// Why it cannot be used now; nil where it can.
    public var disabledReason: String?

    /// Makes an entry.
    public init(label: String, note: String, key: String, disabledReason: String? = nil) {
      (self.label, self.note, self.key) = (label, note, key)
      self.disabledReason = disabledReason
    }
  }

  /// What a key did.
  public enum Outcome: Sendable, Equatable {
    case none, cancelled
    /// The entry with this number was chosen.
    case chosen(Int)
    /// An entry was meant that cannot be used now; why.
    case refused(String)
  }

  private let entries: [Entry]
  /// What was typed.
  public private(set) var query = ""
  /// Numbers of the entries that fit, best first.
  public private(set) var matches: [Int]
  private var cursor = 0

  /// Makes a palette of actions.
  public init(entries: [Entry]) {
    self.entries = entries
    matches = Array(entries.indices)
  }

  /// Takes a key.
  public mutating func handle(_ key: Key) -> Outcome {
    switch key {
    case .escape, .control("c"), .control("p"): return .cancelled
    case .enter:
      guard matches.indices.contains(cursor) else { return .none }
      let index = matches[cursor]
      return entries[index].disabledReason.map { .refused($0) } ?? .chosen(index)
    case .down, .tab, .control("n"): cursor = min(cursor + 1, max(0, matches.count - 1))
    case .up, .backTab: cursor = max(0, cursor - 1)
    case .pageDown: cursor = min(cursor + 10, max(0, matches.count - 1))
    case .pageUp: cursor = max(0, cursor - 10)
    case .backspace: search(String(query.dropLast()))
    case .control("u"): search("")
    case .character(let letter): search(query + String(letter))
    default: break
    }
    return .none
  }

  private mutating func search(_ text: String) {
    query = text
    cursor = 0
    let scored = entries.indices.compactMap { index -> (index: Int, score: Int)? in
      let entry = entries[index]
      let label = FuzzyMatch.score(text, in: entry.label)
      let note = FuzzyMatch.score(text, in: entry.note).map { $0 - 20 }
      return [label, note].compactMap(\.self).max().map { (index, $0) }
    }
    matches = scored.sorted { ($0.score, $1.index) > ($1.score, $0.index) }.map(\.index)
  }

  /// Draws the palette in the upper middle of a rectangle.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let height = min(rect.rows, 16)
    let box = rect.centred(columns: min(72, rect.columns), rows: height)
    let room = Frame.draw(Line("Actions", .heading, .bold), on: &canvas, in: box)
    let (field, below) = room.splitTop(1)
    // Where it is narrow, what an action does stands below the list, and not beside its name.
    let isNarrow = room.columns < 50
    let (list, foot) = below.splitBottom(isNarrow ? 1 : 0)
    canvas.fill(field, Style(.fieldFocused))
    canvas.write(
      Line([Span("> ", .fieldFocused), Span(Untrusted(query), .fieldFocused)]),
      in: field
    )
    canvas.cursor = Point(
      column: field.column + 2 + Text.width(of: Untrusted(query)),
      row: field.row
    )
    canvas.isCursorVisible = true
    let top = max(0, min(cursor - list.rows / 2, matches.count - list.rows))
    for (place, index) in matches.enumerated().dropFirst(top).prefix(list.rows) {
      let entry = entries[index]
      let row = Rect(
        column: list.column,
        row: list.row + place - top,
        columns: list.columns,
        rows: 1
      )
      let isEnabled = entry.disabledReason == nil
      let gap = String(repeating: " ", count: max(1, 20 - Text.width(of: entry.label)))
      let words = entry.disabledReason ?? entry.note
      canvas.write(
        Line(
          [Span(entry.label, isEnabled ? .textStrong : .textMuted)]
            + (isNarrow ? [] : [Span(gap), Span(words, .textMuted)])
        ),
        in: Rect(column: row.column, row: row.row, columns: max(0, row.columns - 8), rows: 1)
      )
      if isNarrow, place == cursor { canvas.write(Line(words, .textMuted), in: foot) }
      canvas.write(Line(entry.key, .key), in: row, alignment: .right)
      if place == cursor { canvas.select(row) }
    }
    if matches.isEmpty {
      canvas.write(Line("No action fits.", .textMuted), in: list.splitTop(1).top)
    }
  }
}
