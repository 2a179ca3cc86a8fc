extension Canvas {
  /// Draws a line of text, cut off at a rectangle, and tells the columns it took.
  ///
  /// This is the one way for text to reach a cell, the program's own and foreign alike. Controls
  /// stand as `^[`, whatever could mislead as `<U+202E>` (in the role `.mark` where the text is
  /// foreign), tabs become blanks, a line break `↵`; combining marks beyond what a cell holds are
  /// counted, `<+92>`. The work is bounded by the columns of `clip`, not by the text.
  ///
  /// - Parameters:
  ///   - line: What to draw.
  ///   - point: Where its first column stands; may lie left of `clip`.
  ///   - clip: The cells that may be drawn.
  /// - Returns: The columns from `point` to the end of the text, or to the end of `clip` where the
  ///   text reaches further.
  @discardableResult
  public mutating func write(_ line: Line, at point: Point, clip: Rect) -> Int {
    draw(line, at: point, clip: clip).columns
  }

  /// Draws a line of the program's own words; see ``write(_:at:clip:)-(Line,_,_)``.
  @discardableResult
  public mutating func write(
    _ text: String,
    _ role: Role = .text,
    _ emphasis: Emphasis = [],
    at point: Point,
    clip: Rect
  ) -> Int {
    draw(Line(text, role, emphasis), at: point, clip: clip).columns
  }

  /// Draws a line of foreign text; see ``write(_:at:clip:)-(Line,_,_)``.
  @discardableResult
  public mutating func write(
    _ text: Untrusted,
    _ role: Role = .text,
    _ emphasis: Emphasis = [],
    at point: Point,
    clip: Rect
  ) -> Int {
    draw(Line(text, role, emphasis), at: point, clip: clip).columns
  }

  /// Draws a line in the first row of a rectangle; what does not fit is cut with an ellipsis.
  public mutating func write(
    _ line: Line,
    in rect: Rect,
    alignment: Alignment = .left,
    ellipsis: Bool = true
  ) {
    guard !rect.isEmpty else { return }
    let row = Rect(column: rect.column, row: rect.row, columns: rect.columns, rows: 1)
    var start = Point(column: rect.column, row: rect.row)
    if alignment != .left {
      let free = max(0, rect.columns - Text.width(of: line, upTo: rect.columns))
      start.column += alignment == .right ? free : free / 2
    }
    let drawn = draw(line, at: start, clip: row)
    guard !drawn.isComplete, ellipsis else { return }
    let last = Point(column: row.endColumn - 1, row: row.row)
    put(SafeGlyph(content: .scalar("…"), width: 1), at: last, drawn.style, clip: row)
  }

  /// Draws the program's own words in the first row of a rectangle, cut with an ellipsis.
  public mutating func write(
    _ text: String,
    _ role: Role = .text,
    _ emphasis: Emphasis = [],
    in rect: Rect,
    alignment: Alignment = .left,
    ellipsis: Bool = true
  ) {
    write(Line(text, role, emphasis), in: rect, alignment: alignment, ellipsis: ellipsis)
  }

  /// Draws foreign text in the first row of a rectangle, cut with an ellipsis.
  public mutating func write(
    _ text: Untrusted,
    _ role: Role = .text,
    _ emphasis: Emphasis = [],
    in rect: Rect,
    alignment: Alignment = .left,
    ellipsis: Bool = true
  ) {
    write(Line(text, role, emphasis), in: rect, alignment: alignment, ellipsis: ellipsis)
  }

  /// How far a line was drawn.
  private struct Drawn {
    var columns = 0
    var isComplete = true
    var style = Style(.text)
  }

  private mutating func draw(_ line: Line, at point: Point, clip: Rect) -> Drawn {
    let area = clip.intersection(bounds)
    var drawn = Drawn()
    guard area.row <= point.row, point.row < area.endRow, !area.isEmpty else {
      drawn.columns = Text.width(of: line, upTo: max(0, clip.endColumn - point.column))
      return drawn
    }
    let limit = area.endColumn - point.column
    for span in line.spans {
      drawn.style = span.style
      draw(span, from: point, limit: limit, clip: area, &drawn)
      if !drawn.isComplete { break }
    }
    return drawn
  }

  private mutating func draw(
    _ span: Span,
    from point: Point,
    limit: Int,
    clip: Rect,
    _ drawn: inout Drawn
  ) {
    span.withBytes { bytes in
      let plain = writePlain(
        bytes,
        at: Point(column: point.column + drawn.columns, row: point.row),
        span.style,
        clip: clip
      )
      drawn.columns += plain
      guard plain < bytes.count else { return }
      var scanner = GlyphScanner(bytes, from: plain)
      while let glyph = scanner.next() {
        let width = glyph.columns(at: drawn.columns)
        let place = Point(column: point.column + drawn.columns, row: point.row)
        if glyph.kind != .tab || drawn.columns >= limit {
          guard drawn.columns + (glyph.kind.isAtomic ? width : 1) <= limit else {
            drawn.isComplete = false
            return
          }
        }
        drawn.columns = min(limit, drawn.columns + width)
        if glyph.kind == .tab {
          fill(Rect(column: place.column, row: place.row, columns: width, rows: 1), in: clip, span)
        } else {
          draw(glyph, of: bytes, at: place, span, clip: clip)
        }
      }
    }
  }

  private mutating func fill(_ rect: Rect, in clip: Rect, _ span: Span) {
    fill(rect.intersection(clip), span.style)
  }

  private mutating func draw(
    _ glyph: Glyph,
    of bytes: UnsafeBufferPointer<UInt8>,
    at place: Point,
    _ span: Span,
    clip: Rect
  ) {
    let style =
      glyph.kind.isMark && span.isForeign
      ? Style(.mark, span.style.emphasis) : span.style
    func scalar(_ value: UInt32) -> SafeGlyph.Content {
      .scalar(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    switch glyph.kind {
    case .scalar:
      put(SafeGlyph(content: scalar(glyph.value), width: glyph.width), at: place, style, clip: clip)
    case .cluster:
      let part = UnsafeBufferPointer(rebasing: bytes[glyph.start..<glyph.end])
      let content = SafeGlyph.Content.cluster(String(decoding: part, as: UTF8.self))
      put(SafeGlyph(content: content, width: glyph.width), at: place, style, clip: clip)
    case .tab, .newline, .caret, .number, .overflow:
      var column = place.column
      for letter in glyph.markText.unicodeScalars {
        let at = Point(column: column, row: place.row)
        put(SafeGlyph(content: .scalar(letter), width: 1), at: at, style, clip: clip)
        column += 1
      }
    }
  }
}

extension Span {
  /// The bytes of the text, whole UTF-8, without a copy where it stands in one piece already.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
    var copy = text
    return copy.withUTF8(body)
  }
}

extension Glyph {
  /// The letters of a mark.
  var markText: String {
    switch kind {
    case .newline: "↵"
    case .caret: "^" + String(Character(Unicode.Scalar(UInt8(value ^ 0x40))))
    case .number:
      "<U+" + String(repeating: "0", count: max(0, 4 - String(value, radix: 16).count))
        + String(value, radix: 16, uppercase: true) + ">"
    case .overflow: "<+\(value)>"
    case .scalar, .cluster, .tab: ""
    }
  }
}

extension Glyph.Kind {
  /// Whether it stands for something that is not drawn as it is.
  var isMark: Bool {
    switch self {
    case .newline, .caret, .number, .overflow: true
    case .scalar, .cluster, .tab: false
    }
  }

  /// Whether it is drawn whole or not at all.
  var isAtomic: Bool { self == .scalar || self == .cluster }
}
