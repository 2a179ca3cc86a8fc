/// Entries to choose from by cursor or by letter.
public struct Menu: Sendable {
  /// One entry.
  public struct Entry: Sendable, Equatable {
    /// The letter that chooses it.
    public var key: Character?
    /// What it does; foreign text allowed.
    public var label: String
    /// What stands beside it, quietly; foreign text allowed.
    public var note: String
    /// Why it cannot be chosen; nil where it can.
    public var disabledReason: String?

    /// Makes an entry.
    public init(key: Character?, label: String, note: String = "", disabledReason: String? = nil) {
      (self.key, self.label, self.note, self.disabledReason) = (key, label, note, disabledReason)
    }
  }

  /// What a key did.
  public enum Outcome: Sendable, Equatable {
    case none, cancelled
    /// The entry with this number was chosen.
    case chosen(Int)
    /// An entry was meant that cannot be chosen; why.
    case refused(String)
  }

  /// The heading.
  public var title: String
  /// The entries, in order.
  public let entries: [Entry]
  /// The entry under the cursor.
  public private(set) var cursor = 0

  /// Makes a menu.
  public init(title: String, entries: [Entry]) { (self.title, self.entries) = (title, entries) }

  /// Takes a key: letters choose, arrows move, Enter chooses, Esc and `q` cancel.
  ///
  /// `j` and `k` move unless an entry has that letter.
  public mutating func handle(_ key: Key) -> Outcome {
    if case .character(let letter) = key,
      let index = entries.firstIndex(where: { $0.key == letter })
    {
      return choose(index)
    }
    switch key {
    case .down, .character("j"), .tab: cursor = min(cursor + 1, max(0, entries.count - 1))
    case .up, .character("k"), .backTab: cursor = max(cursor - 1, 0)
    case .home, .character("g"): cursor = 0
    case .end, .character("G"): cursor = max(0, entries.count - 1)
    case .pageDown: cursor = min(cursor + 10, max(0, entries.count - 1))
    case .pageUp: cursor = max(cursor - 10, 0)
    case .enter: return entries.isEmpty ? .cancelled : choose(cursor)
    case .escape, .character("q"): return .cancelled
    default: break
    }
    return .none
  }

  private func choose(_ index: Int) -> Outcome {
    entries[index].disabledReason.map { .refused($0) } ?? .chosen(index)
  }

  /// Draws the menu in the middle of a rectangle.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let labelWidth = entries.map { Text.width(of: Untrusted($0.label)) }.max() ?? 0
    let noteWidth =
      entries.map {
        Text.width(of: Untrusted($0.disabledReason ?? $0.note))
      }.max() ?? 0
    let width = max(Text.width(of: title) + 8, labelWidth + min(noteWidth, 72) + 10)
    let box = rect.centred(columns: width, rows: entries.count + 2)
    let room = Frame.draw(Line(title, .heading, .bold), on: &canvas, in: box)
    let top = max(0, min(cursor - room.rows / 2, entries.count - room.rows))
    for (index, entry) in entries.enumerated().dropFirst(top).prefix(room.rows) {
      let row = Rect(
        column: room.column,
        row: room.row + index - top,
        columns: room.columns,
        rows: 1
      )
      let isEnabled = entry.disabledReason == nil
      let gap = String(
        repeating: " ",
        count: max(1, labelWidth - Text.width(of: Untrusted(entry.label)) + 2)
      )
      canvas.write(
        Line([
          Span(entry.key.map { "\($0)" } ?? " ", .key, .bold), Span("  "),
          Span(Untrusted(entry.label), isEnabled ? .text : .textMuted), Span(gap),
          Span(Untrusted(entry.disabledReason ?? entry.note), .textMuted),
        ]),
        in: row
      )
      if index == cursor {
        canvas.select(row)
        canvas.cursor = Point(column: row.column, row: row.row)
      }
    }
  }
}
