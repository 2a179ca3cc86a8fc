/// Measuring of text in columns.
public enum Text {
  /// The columns of a text when drawn in one line.
  public static func width(of text: String) -> Int { width(of: Line(text)) }

  /// The columns of foreign text when drawn in one line, its marks included.
  public static func width(of text: Untrusted) -> Int { width(of: Line(text)) }

  /// The columns of a line when drawn.
  public static func width(of line: Line) -> Int { width(of: line, upTo: .max) }

  /// The columns of a line; stops counting once past a limit, so that long text costs no more.
  public static func width(of line: Line, upTo limit: Int) -> Int {
    var columns = 0
    for span in line.spans {
      span.withBytes { bytes in
        var scanner = GlyphScanner(bytes)
        while columns <= limit, let glyph = scanner.next() {
          columns += glyph.columns(at: columns)
        }
      }
    }
    return columns
  }
}

/// Breaking of text into lines by the columns it is drawn in.
///
/// Breaks at line breaks (LF and CR LF), then at blanks, and inside a word only where it is longer
/// than a line; never inside what is drawn as one. Blanks at a break are left out. An empty
/// text is one empty line.
public enum TextWrap {
  /// Breaks foreign text into lines of at most so many columns.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - width: Columns of a line, at least 1; a glyph of two columns stands alone where 1 is given.
  ///   - limit: Most lines wanted; the text after them is not looked at.
  /// - Returns: The lines, at least one.
  public static func lines(_ text: Untrusted, width: Int, limit: Int = .max) -> [Line] {
    lines(Line(text), width: width, limit: limit)
  }

  /// Breaks a line of spans into lines of at most so many columns, each span keeping its look.
  public static func lines(_ line: Line, width: Int, limit: Int = .max) -> [Line] {
    if line.spans.count == 1, let span = line.spans.first {
      return pieces(of: span.text, width: width, limit: limit).map { text in
        var piece = span
        piece.text = text
        return Line([piece])
      }
    }
    var whole = line.spans.map(\.text).joined()
    let ranges = whole.withUTF8 { Self.ranges($0, width: width, limit: limit) }
    return ranges.map { line.bytes($0) }
  }

  /// Breaks a text into pieces of at most so many columns.
  static func pieces(of text: String, width: Int, limit: Int = .max) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      ranges(bytes, width: width, limit: limit).map {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[$0]), as: UTF8.self)
      }
    }
  }

  /// The bytes of each line.
  static func ranges(
    _ bytes: UnsafeBufferPointer<UInt8>,
    width: Int,
    limit: Int
  ) -> [Range<Int>] {
    var breaker = LineBreaker(width: max(1, width))
    var scanner = GlyphScanner(bytes)
    while breaker.lines.count < limit, let glyph = scanner.next() {
      switch glyph.kind {
      case .newline:
        let hasReturn = glyph.start > breaker.start && bytes[glyph.start - 1] == 0x0D
        breaker.endLine(at: hasReturn ? glyph.start - 1 : glyph.start, next: glyph.end)
      case .caret
      where glyph.value == 0x0D && glyph.end < bytes.count && bytes[glyph.end] == 0x0A:
        continue
      case .tab: breaker.takeBlank(glyph)
      case .scalar where bytes[glyph.start] == 0x20: breaker.takeBlank(glyph)
      default: breaker.take(glyph)
      }
    }
    if breaker.lines.count < limit { breaker.endLine(at: bytes.count, next: bytes.count) }
    return Array(breaker.lines.prefix(limit))
  }
}

/// Collects lines from glyphs.
private struct LineBreaker {
  let width: Int
  /// The lines that are done, as bytes of the text.
  private(set) var lines: [Range<Int>] = []
  /// First byte of the line that is being filled.
  private(set) var start = 0
  private var columns = 0
  /// The last run of blanks: its bytes, and the columns of the line up to its end.
  private var blank: (bytes: Range<Int>, columns: Int)?
  /// The last place where a cut does not tear what belongs together.
  private var cut: (byte: Int, columns: Int) = (0, 0)

  init(width: Int) { self.width = width }

  mutating func takeBlank(_ glyph: Glyph) {
    columns += glyph.columns(at: columns)
    let first = blank.flatMap { $0.bytes.upperBound == glyph.start ? $0.bytes.lowerBound : nil }
    blank = ((first ?? glyph.start)..<glyph.end, columns)
  }

  mutating func take(_ glyph: Glyph) {
    if !glyph.isAttached { cut = (glyph.start, columns) }
    columns += glyph.width
    while columns > width, glyph.start > start {
      if let last = blank {
        // Blanks at the very start of a line that cannot hold the word after them just go.
        if last.bytes.lowerBound > start { lines.append(start..<last.bytes.lowerBound) }
        drop(to: last.bytes.upperBound, columns: last.columns)
      } else {
        // A word longer than the line: torn inside a glyph's company only if nothing else helps.
        let place =
          cut.byte > start ? cut : (byte: glyph.start, columns: columns - glyph.width)
        lines.append(start..<place.byte)
        drop(to: place.byte, columns: place.columns)
      }
    }
  }

  mutating func endLine(at end: Int, next: Int) {
    var end = end
    if columns > width, let last = blank, last.bytes.upperBound == end {
      end = max(start, last.bytes.lowerBound)
    }
    lines.append(start..<max(start, end))
    (start, columns, blank, cut) = (next, 0, nil, (next, 0))
  }

  private mutating func drop(to byte: Int, columns taken: Int) {
    start = byte
    columns -= taken
    cut.columns -= taken
    blank = nil
  }
}

extension Line {
  /// The part of a line that some bytes of its joined text make up.
  fileprivate func bytes(_ range: Range<Int>) -> Line {
    var result = Line()
    var offset = 0
    for span in spans {
      let bytes = span.text.utf8
      let from = max(range.lowerBound - offset, 0)
      let to = min(range.upperBound - offset, bytes.count)
      if from < to {
        var piece = span
        let start = bytes.index(bytes.startIndex, offsetBy: from)
        piece.text = String(span.text[start..<bytes.index(bytes.startIndex, offsetBy: to)])
        result.spans.append(piece)
      }
      offset += bytes.count
    }
    return result
  }
}
