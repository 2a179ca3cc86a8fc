import Drawing

/// The parts of a pane that share its place and are turned through, from left to right.
public protocol PaneTab: RawRepresentable<Int>, CaseIterable, Equatable, Sendable
where AllCases == [Self] {
  /// What stands in the row of tabs.
  var title: String { get }
}

extension PaneTab {
  /// The tab so many steps further to the right; behind the last comes the first.
  func turned(by step: Int) -> Self { Self.allCases.turned(from: self, by: step) ?? self }

  /// Draws the row of tabs with this one selected.
  func draw(isFocused: Bool, on canvas: inout Canvas, in rect: Rect) {
    Tabs(titles: Self.allCases.map(\.title), selected: rawValue, isFocused: isFocused)
      .draw(on: &canvas, in: rect)
  }
}

extension Array where Element: Equatable {
  /// The element so many steps behind another one, in a circle; nil where that is not there.
  func turned(from element: Element, by step: Int) -> Element? {
    guard let index = firstIndex(of: element) else { return nil }
    return self[((index + step) % count + count) % count]
  }
}

/// The rows of the table of actions by which tabs are turned.
enum TabRows {
  /// Makes the rows for a pane whose action for a turn is given.
  static func rows<State: Sendable, Action: Sendable>(
    help: String = "Turn to the next tab",
    _ make: @escaping @Sendable (Int) -> Action
  ) -> [ActionRow<State, Action>] {
    [
      ActionRow(
        "tab.next",
        keys: [.character("]")],
        label: "next tab",
        help: help,
        section: .move,
        hint: 8,
        action: { _ in make(1) }
      ),
      ActionRow(
        "tab.previous",
        keys: [.character("[")],
        label: "tab before",
        help: "Turn to the tab before",
        section: .move,
        action: { _ in make(-1) }
      ),
    ]
  }
}
