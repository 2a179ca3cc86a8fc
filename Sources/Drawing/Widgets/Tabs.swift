/// A row of tabs, one of them selected; the selected one is told by brackets too, not by colour alone.
public struct Tabs: Sendable {
  /// The titles, from left to right.
  public var titles: [String]
  /// Which one is selected, from 0.
  public var selected: Int
  /// Whether the part of the screen they belong to takes the keys.
  public var isFocused: Bool

  /// Makes a row of tabs.
  public init(titles: [String], selected: Int, isFocused: Bool) {
    (self.titles, self.selected, self.isFocused) = (titles, selected, isFocused)
  }

  /// Draws the tabs; where they do not all fit, those around the selected one.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    guard !titles.isEmpty else { return }
    let selected = min(max(0, selected), titles.count - 1)
    let widths = titles.map { Text.width(of: $0) + 2 }
    var first = 0
    while first < selected, widths[first...selected].reduce(0, +) + 2 > rect.columns { first += 1 }
    var spans = [Span(first > 0 ? "‹" : " ", .textMuted)]
    for index in first..<max(first, titles.count) {
      let isSelected = index == selected
      let role: Role = isSelected ? (isFocused ? .tabActive : .heading) : .tab
      let title = titles[index]
      spans.append(Span(isSelected ? "[\(title)]" : " \(title) ", role, isSelected ? .bold : []))
    }
    canvas.write(Line(spans), in: rect)
  }
}
