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

  /// Makes the line.
  public init(_ hints: [Hint]) { self.hints = hints }

  /// Draws the line over the whole rectangle.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    canvas.fill(rect, Style(.bar))
    var spans: [Span] = []
    var width = 0
    for hint in hints {
      let needed = Text.width(of: hint.key) + Text.width(of: hint.label) + 3
      guard width + needed <= rect.columns else { break }
      width += needed
      spans.append(Span(" \(hint.key)", hint.isEnabled ? .barKey : .bar, .bold))
      spans.append(Span(" \(hint.label) ", .bar, hint.isEnabled ? [] : .dim))
    }
    canvas.write(Line(spans), in: rect)
  }
}
