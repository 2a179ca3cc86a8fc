/// What happened, on two axes: when it happened, and when it was recorded.
///
/// Entries stand in the order of one axis; the other's time stands beside. Where that other time runs
/// backwards against the entry before, a `↥` says so: something was told late, or noted before
/// what led to it.
public struct TimelineView: Sendable {
  /// The axes.
  public enum Axis: Sendable, Equatable {
    case happened, recorded
  }

  /// A time on an axis.
  public struct Moment: Sendable, Equatable {
    /// Where it stands on the axis; only the order counts.
    public var order: Int64
    /// What is written: with its zone and no more precision than is known.
    public var text: String

    /// Makes a moment.
    public init(order: Int64, text: String) { (self.order, self.text) = (order, text) }
  }

  /// An entry.
  public struct Entry: Sendable, Equatable {
    /// When it happened; nil where that is not known.
    public var happened: Moment?
    /// When it was recorded.
    public var recorded: Moment
    /// What happened.
    public var line: Line
    /// Whether it is pinned.
    public var isPinned: Bool

    /// Makes an entry.
    public init(happened: Moment?, recorded: Moment, line: Line, isPinned: Bool = false) {
      (self.happened, self.recorded) = (happened, recorded)
      (self.line, self.isPinned) = (line, isPinned)
    }
  }

  /// The entries, in any order.
  public var entries: [Entry]
  /// The axis that orders them.
  public var axis: Axis
  /// Which entry is selected, in the order of the axis.
  public var cursor: Int
  /// What stands above the times of the two axes.
  public var headings: (happened: String, recorded: String)

  /// Makes a timeline.
  public init(
    entries: [Entry],
    axis: Axis = .happened,
    cursor: Int = 0,
    headings: (happened: String, recorded: String) = ("Happened", "Recorded")
  ) {
    (self.entries, self.axis, self.cursor, self.headings) = (entries, axis, cursor, headings)
  }

  /// The entries in the order of the axis; those without a time come last.
  public var ordered: [Entry] {
    entries.enumerated().sorted { left, right in
      let (first, second) = (order(left.element), order(right.element))
      return first == second ? left.offset < right.offset : first < second
    }.map(\.element)
  }

  private func order(_ entry: Entry) -> Int64 {
    axis == .happened ? entry.happened?.order ?? .max : entry.recorded.order
  }

  private func otherOrder(_ entry: Entry) -> Int64? {
    axis == .happened ? entry.recorded.order : entry.happened?.order
  }

  /// An entry as it is drawn.
  private struct Block {
    var lines: [Line]
    var isLate: Bool
    var entry: Entry
  }

  /// Draws the entries around the selected one, their texts wrapped; the other axis only where there
  /// is room.
  public func draw(isFocused: Bool, on canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty else { return }
    canvas.fill(rect)
    let ordered = ordered
    let mine = width { axis == .happened ? $0.happened?.text ?? "not known" : $0.recorded.text }
    let other = width { axis == .happened ? $0.recorded.text : $0.happened?.text ?? "not known" }
    let showsOther = rect.columns >= mine + other + 30
    let left = mine + (showsOther ? other + 2 : 0)
    let textColumns = max(1, rect.columns - left - 4)
    let (header, body) = rect.splitTop(1)
    drawHeader(mine, showsOther, on: &canvas, in: header)
    let cursor = min(max(0, cursor), max(0, ordered.count - 1))
    let (first, skipped) = start(ordered, cursor, textColumns, body.rows)
    var row = body.row - skipped
    for index in first..<max(first, ordered.count) where row < body.endRow {
      let lines = TextWrap.lines(ordered[index].line, width: textColumns, limit: body.rows)
      let block = Block(
        lines: lines,
        isLate: index > 0 && isLate(ordered[index], after: ordered[index - 1]),
        entry: ordered[index]
      )
      let place = Rect(column: body.column, row: row, columns: body.columns, rows: lines.count)
      draw(
        block,
        hidden: max(0, body.row - row),
        mine,
        showsOther ? other : 0,
        on: &canvas,
        in: place.intersection(body)
      )
      if index == cursor, place.row >= body.row {
        let line = Rect(column: place.column, row: place.row, columns: place.columns, rows: 1)
        canvas.select(line, isFocused ? .rowSelected : .rowSelectedUnfocused)
        if isFocused { canvas.cursor = Point(column: line.column, row: line.row) }
      }
      row += lines.count
    }
  }

  private func width(_ text: (Entry) -> String) -> Int {
    min(24, max(9, entries.map { Text.width(of: Untrusted(text($0))) }.max() ?? 0))
  }

  private func isLate(_ entry: Entry, after before: Entry) -> Bool {
    guard let here = otherOrder(entry), let there = otherOrder(before) else { return false }
    return here < there
  }

  /// The first entry on the screen, and how many of its rows are above it.
  private func start(
    _ ordered: [Entry],
    _ cursor: Int,
    _ columns: Int,
    _ height: Int
  ) -> (first: Int, skipped: Int) {
    guard ordered.indices.contains(cursor) else { return (0, 0) }
    func rows(_ index: Int) -> Int {
      TextWrap.lines(ordered[index].line, width: columns, limit: max(1, height)).count
    }
    var first = cursor
    var used = rows(cursor)
    // As much before the selected entry as after it.
    while first > 0, used + rows(first - 1) <= max(height / 2, rows(cursor)) {
      first -= 1
      used += rows(first)
    }
    // What would stay empty below the last entry belongs to what stands before.
    var below = used
    for index in (cursor + 1)..<max(cursor + 1, ordered.count) where below < height {
      below += rows(index)
    }
    var skipped = 0
    while first > 0, below < height {
      first -= 1
      below += rows(first)
      skipped = max(0, below - height)
    }
    return (first, skipped)
  }

  private func drawHeader(
    _ mine: Int,
    _ showsOther: Bool,
    on canvas: inout Canvas,
    in rect: Rect
  ) {
    canvas.fill(rect, Style(.columnHeader))
    let names =
      axis == .happened
      ? (headings.happened, headings.recorded) : (headings.recorded, headings.happened)
    canvas.write(names.0, .columnSorted, in: rect.splitLeft(mine).left)
    if showsOther {
      canvas.write(names.1, .columnHeader, in: rect.splitLeft(mine + 2).rest)
    }
  }

  private func draw(
    _ block: Block,
    hidden: Int,
    _ mine: Int,
    _ other: Int,
    on canvas: inout Canvas,
    in rect: Rect
  ) {
    guard !rect.isEmpty else { return }
    let entry = block.entry
    let happened = entry.happened.map { Line(Untrusted($0.text)) } ?? Line("not known", .textMuted)
    let recorded = Line(Untrusted(entry.recorded.text), .textMuted)
    let (time, rest) = rect.splitLeft(mine)
    if hidden == 0 { canvas.write(axis == .happened ? happened : recorded, in: time) }
    var body = rest
    if other > 0 {
      let (second, more) = rest.splitLeft(2).rest.splitLeft(other)
      if hidden == 0 { canvas.write(axis == .happened ? recorded : happened, in: second) }
      body = more
    }
    for (index, text) in block.lines.enumerated().dropFirst(hidden).prefix(body.rows) {
      let row = Rect(
        column: body.column,
        row: body.row + index - hidden,
        columns: body.columns,
        rows: 1
      )
      let sign = index > 0 ? "│" : entry.isPinned ? "◆" : "●"
      canvas.write(
        Line([
          Span(index == 0 && block.isLate ? "↥" : " ", .warning),
          Span(sign, entry.isPinned && index == 0 ? .chartAccent : .chart), Span("  "),
        ]),
        in: row
      )
      canvas.write(text, in: row.splitLeft(4).rest)
    }
  }
}
