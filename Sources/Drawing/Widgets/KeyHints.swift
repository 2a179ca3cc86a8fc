/// The line of keys at the foot of the screen: as many as the width allows, the rest behind `?`.
public struct KeyHints: Sendable {
  /// One hint.
  public struct Hint: Sendable, Equatable {
    /// The key's name.
    public var key: String
    /// What it does, in a word or two.
    public var label: String
    /// Whether it can be used now.
    public var isEnabled: Bool

    /// Makes a hint.
    public init(key: String, label: String, isEnabled: Bool = true) {
      (self.key, self.label, self.isEnabled) = (key, label, isEnabled)
    }
  }
  /// The hints, the most needed first.
  public var hints: [Hint]
  /// Whether the last hint stays where not all fit: the one that leads to all others.
  public var keepsLast: Bool

  /// Makes the line.
  public init(_ hints: [Hint], keepsLast: Bool = false) {
    (self.hints, self.keepsLast) = (hints, keepsLast)
  }

  /// Draws the line over the whole rectangle.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    canvas.fill(rect, Style(.bar))
    var spans: [Span] = []
    var width = 0
    func columns(_ hint: Hint) -> Int {
      Text.width(of: hint.key) + Text.width(of: hint.label) + 3
    }
    var shown = hints.prefix { hint in
      width += columns(hint)
      return width <= rect.columns
    }
    if keepsLast, let last = hints.last, shown.count < hints.count {
      while !shown.isEmpty, shown.reduce(columns(last), { $0 + columns($1) }) > rect.columns {
        shown.removeLast()
      }
      shown.append(last)
    }
    for hint in shown {
      spans.append(Span(" \(hint.key)", hint.isEnabled ? .barKey : .bar, .bold))
      spans.append(Span(" \(hint.label) ", .bar, hint.isEnabled ? [] : .dim))
    }
    canvas.write(Line(spans), in: rect)
  }
}
