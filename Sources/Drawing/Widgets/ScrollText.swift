internal import Synchronization

/// Text to read: wrapped to the width, scrolled by lines, searched as one types.
public struct ScrollText: Sendable {
  /// The text, a line each before wrapping.
  public let lines: [Line]
  /// The lines as they were wrapped last; shared by all copies, whose lines are the same.
  private let wrapping = Wrapping()
  /// The first wrapped line on the screen.
  public private(set) var top = 0
  /// What is searched for; nil where nothing is.
  public private(set) var needle: String?

  /// Makes a text.
  public init(_ lines: [Line]) { self.lines = lines }

  /// Moves by a motion of a list whose rows are the wrapped lines.
  public mutating func move(_ motion: Motion, size: Size) {
    let count = wrapped(size.columns).count
    let last = max(0, count - size.rows)
    switch motion {
    case .by(let step): top += step
    case .page(let step): top += step * max(1, size.rows - 1)
    case .halfPage(let step): top += step * max(1, size.rows / 2)
    case .first: top = 0
    case .last: top = last
    case .to(let row): top = row
    case .screenTop, .screenMiddle, .screenBottom: break
    }
    top = min(max(0, top), last)
  }

  /// Searches on from the first line on the screen and goes to the hit.
  public mutating func find(_ text: String, size: Size) {
    needle = text.isEmpty ? nil : text.lowercased()
    guard let needle else { return }
    let all = wrapped(size.columns)
    let order = Array(all.indices[min(top + 1, all.count)...]) + Array(all.indices.prefix(top + 1))
    guard let hit = order.first(where: { all[$0].plain.lowercased().contains(needle) }) else {
      return
    }
    top = min(hit, max(0, all.count - size.rows))
  }

  /// Draws the lines that are on the screen.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let all = wrapped(rect.columns)
    for (index, line) in all.dropFirst(top).prefix(rect.rows).enumerated() {
      let row = Rect(column: rect.column, row: rect.row + index, columns: rect.columns, rows: 1)
      canvas.write(line, in: row)
      if let needle, line.plain.lowercased().contains(needle) { canvas.select(row, .match) }
    }
    canvas.cursor = Point(column: rect.column, row: rect.row)
  }

  /// How many wrapped lines lie below what is on the screen.
  public func below(_ size: Size) -> Int {
    max(0, wrapped(size.columns).count - top - size.rows)
  }

  private func wrapped(_ width: Int) -> [Line] {
    wrapping.last.withLock { last in
      if let last, last.width == width { return last.lines }
      let wrapped = lines.flatMap { TextWrap.lines($0, width: max(1, width)) }
      last = (width, wrapped)
      return wrapped
    }
  }

  /// What is drawn at each frame would otherwise be wrapped at each frame.
  private final class Wrapping: Sendable {
    let last = Mutex<(width: Int, lines: [Line])?>(nil)
  }
}

extension Line {
  /// The text without looks; for searching, never for output.
  var plain: String { spans.map(\.text).joined() }
}
