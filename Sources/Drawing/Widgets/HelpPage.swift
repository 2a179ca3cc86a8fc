/// All keys of a view by section, narrowed as one types.
public struct HelpPage: Sendable {
  /// One action.
  public struct Row: Sendable, Equatable {
    /// The group it belongs to.
    public var section: String
    /// Its keys by name, such as `j Down`; may be empty.
    public var keys: String
    /// Its name, such as `incident.edit`.
    public var id: String
    /// What it does.
    public var help: String
    /// Why it cannot be used now; nil where it can.
    public var disabledReason: String?

    /// Makes a row.
    public init(
      section: String,
      keys: String,
      id: String,
      help: String,
      disabledReason: String? = nil
    ) {
      (self.section, self.keys, self.id) = (section, keys, id)
      (self.help, self.disabledReason) = (help, disabledReason)
    }
  }

  private let rows: [Row]
  private var needle = ""
  private var isSearching = false
  private var text: ScrollText

  /// Makes the page; rows of one section stand together.
  public init(rows: [Row]) {
    self.rows = rows
    text = ScrollText(HelpPage.lines(rows))
  }

  /// Takes a key; returns false when the page is to be closed.
  public mutating func handle(_ key: Key, size: Size) -> Bool {
    if isSearching {
      switch key {
      case .escape:
        isSearching = false
        narrow("")
      case .enter: isSearching = false
      case .backspace: narrow(String(needle.dropLast()))
      case .character(let letter): narrow(needle + String(letter))
      default: break
      }
      return true
    }
    switch key {
    case .character("/"): isSearching = true
    case .escape where !needle.isEmpty: narrow("")
    case .escape, .character("q"), .character("?"), .enter: return false
    case .down, .character("j"): text.move(.by(1), size: size)
    case .up, .character("k"): text.move(.by(-1), size: size)
    case .pageDown, .character(" "), .control("f"): text.move(.page(1), size: size)
    case .pageUp, .control("b"): text.move(.page(-1), size: size)
    case .control("d"): text.move(.halfPage(1), size: size)
    case .control("u"): text.move(.halfPage(-1), size: size)
    case .home, .character("g"): text.move(.first, size: size)
    case .end, .character("G"): text.move(.last, size: size)
    default: break
    }
    return true
  }

  private mutating func narrow(_ typed: String) {
    needle = typed
    let wanted = typed.lowercased()
    let left =
      wanted.isEmpty
      ? rows
      : rows.filter { "\($0.keys) \($0.id) \($0.help)".lowercased().contains(wanted) }
    text = ScrollText(HelpPage.lines(left))
  }

  /// The room that the text has in a frame of a size.
  public static func textSize(in size: Size) -> Size {
    Size(columns: size.columns - 4, rows: size.rows - 3)
  }

  /// Draws the page over the rectangle.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let room = Frame.draw(Line("Keys", .heading, .bold), on: &canvas, in: rect)
    let (body, foot) = room.splitBottom(1)
    text.draw(on: &canvas, in: body)
    if isSearching || !needle.isEmpty {
      let prompt = Line([Span("/", .key), Span(Untrusted(needle), .match)])
      canvas.write(prompt, in: foot)
      if isSearching {
        canvas.cursor = Point(
          column: foot.column + 1 + Text.width(of: Untrusted(needle)),
          row: foot.row
        )
        canvas.isCursorVisible = true
      }
    } else {
      let below = text.below(Size(columns: body.columns, rows: body.rows))
      ReadingFoot.draw(below: below, on: &canvas, in: foot)
    }
  }

  private static func lines(_ rows: [Row]) -> [Line] {
    var lines: [Line] = []
    var section = ""
    let keyColumns = rows.map { Text.width(of: $0.keys) }.filter { $0 <= 18 }.max() ?? 0
    for row in rows {
      if row.section != section {
        if !lines.isEmpty { lines.append(Line("")) }
        lines.append(Line(row.section, .heading, .bold))
        section = row.section
      }
      let gap = String(repeating: " ", count: max(1, keyColumns + 2 - Text.width(of: row.keys)))
      var spans = [Span("  \(row.keys)", .key), Span(gap), Span(row.help)]
      if row.keys.isEmpty { spans.append(Span("  :\(row.id)", .textMuted)) }
      if let reason = row.disabledReason { spans.append(Span("  (\(reason))", .textMuted)) }
      lines.append(Line(spans))
    }
    return lines.isEmpty ? [Line("No key fits.", .textMuted)] : lines
  }
}
