import Drawing
import Model
import Panes

/// Text to read over the screen.
struct ReaderView: Sendable {
  let title: String
  var text: ScrollText
  /// What is being typed to search for; nil where nothing is.
  var needle: String?

  func handle(_ key: Key, _ size: Size) -> OverlayResult {
    var next = self
    let room = Size(columns: size.columns - 4, rows: size.rows - 3)
    if let needle {
      switch key {
      case .enter:
        next.text.find(needle, size: room)
        next.needle = nil
      case .escape: next.needle = nil
      case .backspace: next.needle = String(needle.dropLast())
      case .character(let letter): next.needle = needle + String(letter)
      default: break
      }
      return .stays(.reader(next))
    }
    switch key {
    case .escape, .character("q"), .enter: return .closes([])
    case .character("/"): next.needle = ""
    case .character("n"): next.text.find(text.needle ?? "", size: room)
    case .down, .character("j"): next.text.move(.by(1), size: room)
    case .up, .character("k"): next.text.move(.by(-1), size: room)
    case .pageDown, .character(" "), .control("f"): next.text.move(.page(1), size: room)
    case .pageUp, .control("b"): next.text.move(.page(-1), size: room)
    case .control("d"): next.text.move(.halfPage(1), size: room)
    case .control("u"): next.text.move(.halfPage(-1), size: room)
    case .home, .character("g"): next.text.move(.first, size: room)
    case .end, .character("G"): next.text.move(.last, size: room)
    default: break
    }
    return .stays(.reader(next))
  }

  /// As much of the screen as the text needs; all of it where the text is longer.
  private func box(_ rect: Rect) -> Rect {
    let length = text.below(Size(columns: rect.columns - 4, rows: 0)) + 3
    return length >= rect.rows - 2
      ? rect : rect.centred(columns: min(rect.columns, 80), rows: max(8, length))
  }

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let room = Frame.draw(Line(Untrusted(title), .heading, .bold), on: &canvas, in: box(rect))
    let (body, foot) = room.splitBottom(1)
    text.draw(on: &canvas, in: body)
    guard let needle else {
      let below = text.below(Size(columns: body.columns, rows: body.rows))
      ReadingFoot.draw(below: below, on: &canvas, in: foot)
      return
    }
    canvas.write(Line([Span("/", .key), Span(Untrusted(needle), .match)]), in: foot)
    canvas.cursor = Point(column: foot.column + 1 + needle.count, row: foot.row)
    canvas.isCursorVisible = true
  }
}

/// The help page of the present view, made from the table of actions.
struct HelpView: Sendable {
  var page: HelpPage

  init(rows: [BoundAction<RootAction>]) {
    let ordered = ActionSection.allCases.flatMap { section in
      rows.filter { $0.section == section }
    }
    page = HelpPage(
      rows: ordered.map {
        HelpPage.Row(
          section: $0.section.rawValue,
          keys: $0.keys.map(\.name).joined(separator: " "),
          id: $0.id,
          help: $0.help,
          disabledReason: $0.availability.reason
        )
      }
    )
  }

  func handle(_ key: Key, _ size: Size) -> OverlayResult {
    var next = self
    let stays = next.page.handle(key, size: HelpPage.textSize(in: size))
    return stays ? .stays(.help(next)) : .closes([])
  }
}

/// The palette of all actions.
struct PaletteView: Sendable {
  var palette: Palette
  let rows: [BoundAction<RootAction>]

  init(rows: [BoundAction<RootAction>]) {
    self.rows = rows
    palette = Palette(
      entries: rows.map {
        Palette.Entry(
          label: $0.label,
          note: $0.help,
          key: $0.keys.first?.name ?? "",
          disabledReason: $0.availability.reason
        )
      }
    )
  }

  func handle(_ key: Key) -> OverlayResult {
    var next = self
    switch next.palette.handle(key) {
    case .none: return .stays(.palette(next))
    case .cancelled: return .closes([])
    case .chosen(let index): return .closes([rows[index].make()])
    case .refused(let reason):
      return OverlayResult(next: .palette(next), actions: [.toasted(Toast(.notice, reason))])
    }
  }
}

/// Two versions of one record: what somebody else saved, and what was to be saved here.
struct ConflictView: Sendable {
  let conflict: Conflict
  /// What brings ours in on top of theirs.
  let retry: RootAction
  /// What gives ours up.
  let give: RootAction
  private var text: ScrollText

  init(conflict: Conflict, retry: RootAction, give: RootAction) {
    (self.conflict, self.retry, self.give) = (conflict, retry, give)
    text = ScrollText(Self.lines(conflict))
  }

  func handle(_ key: Key, _ size: Size) -> OverlayResult {
    var next = self
    let box = box(Rect(size))
    let room = Size(columns: box.columns - 4, rows: box.rows - 3)
    switch key {
    case .character("m"): return .closes([retry])
    case .character("t"), .escape: return .closes([give])
    case .down, .character("j"): next.text.move(.by(1), size: room)
    case .up, .character("k"): next.text.move(.by(-1), size: room)
    case .pageDown, .character(" "): next.text.move(.page(1), size: room)
    case .pageUp: next.text.move(.page(-1), size: room)
    default: break
    }
    return .stays(.conflict(next))
  }

  private static func lines(_ conflict: Conflict) -> [Line] {
    var lines: [Line] = [
      Line([
        Span(Untrusted(conflict.alteredBy), .textStrong),
        Span(" saved this at \(Look.minute(conflict.alteredAt)) UTC while you were editing."),
      ]),
      Line("Nothing was overwritten.", .textMuted),
    ]
    for field in conflict.fields {
      lines += [Line(""), Line(Untrusted(field.field), .heading)]
      lines.append(Line([Span("  theirs  ", .textMuted), Span(Untrusted(field.theirs))]))
      lines.append(
        Line([Span("  mine    ", .textMuted), Span(Untrusted(field.ours), .textStrong)])
      )
    }
    return lines
  }

  /// As large as the text needs, and the line of keys.
  private func box(_ rect: Rect) -> Rect {
    let columns = min(rect.columns, 100)
    let rows = text.below(Size(columns: columns - 4, rows: 0)) + text.top + 4
    return rect.centred(columns: columns, rows: rows)
  }

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let room = Frame.draw(Line("Two versions", .warning, .bold), on: &canvas, in: box(rect))
    let (body, foot) = room.splitBottom(1)
    text.draw(on: &canvas, in: body)
    let isNarrow = foot.columns < 56
    canvas.write(
      Line([
        Span("m", .key, .bold), Span(isNarrow ? " mine  " : " save mine on top   "),
        Span("t", .key, .bold), Span(isNarrow ? " theirs" : " keep theirs"),
      ]),
      in: foot
    )
    let below = text.below(Size(columns: body.columns, rows: body.rows))
    if below > 0 {
      canvas.write(Line("\(below) more below", .textMuted), in: foot, alignment: .right)
    }
  }
}
