extension Form {
  /// A row of the form, from the top of the first field.
  private struct Place {
    var field: Int
    var row: Int
    /// Rows of the value.
    var rows: Int
    var hasProblem: Bool
  }

  /// Draws the form in a box as large as it needs, scrolled to the field with the cursor.
  ///
  /// The last row of the rectangle tells the keys. Labels stand left of the values, or above them where
  /// it is narrow.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    guard let layout = layout(in: rect) else {
      canvas.write("The form needs more room.", .warning, in: rect)
      return
    }
    Frame.draw(Line(title, .heading, .bold), on: &canvas, in: layout.box)
    for place in layout.places { draw(place, layout.sheet, on: &canvas) }
    if fields.indices.contains(focus), !layout.help.isEmpty {
      let guidance = fields[focus].guidance
      // In one row what the option means goes before what is asked.
      let isOneRow = layout.help.rows == 1 && guidance.count > 1
      write(isOneRow ? Array(guidance.dropFirst()) : guidance, on: &canvas, in: layout.help)
    }
    write(live?(values) ?? [], on: &canvas, in: layout.live)
    drawButtons(on: &canvas, in: layout.buttons)
    drawKeys(on: &canvas, in: layout.foot)
    if layout.hasMore {
      let edge = layout.box.splitBottom(1).bottom.inset(columns: 2)
      canvas.write(" ↓ more ", .textMuted, in: edge, alignment: .right)
    }
  }

  /// Where all of a form stands on the screen: drawing, the mouse and moving by rows agree on it.
  private struct Layout {
    var box: Rect
    var places: [Place]
    var sheet: Sheet
    var help: Rect
    var live: Rect
    var buttons: Rect
    var foot: Rect
    var hasMore: Bool
  }

  /// Lays the form out; nil where there is no room for any.
  private func layout(in rect: Rect) -> Layout? {
    guard rect.columns > 8, rect.rows > 3 else { return nil }
    let (area, foot) = rect.splitBottom(1)
    let isNarrow = rect.columns < 50
    let labelColumns =
      isNarrow ? 0 : min(24, (fields.map { Text.width(of: $0.label) }.max() ?? 0) + 4)
    let places = places(isNarrow: isNarrow, height: area.rows)
    let height = (places.last.map { $0.row + $0.rows + ($0.hasProblem ? 1 : 0) } ?? 0)
    // What is wrong makes the box longer, but does not move what is above it.
    let problems = fields.filter { $0.problem != nil }.count
    // What a question says below the form may take lines; so may what the answers come to.
    let isGuided = fields.contains(where: \.isQuestion)
    let lines = live?(values).count ?? 0
    let more = (isGuided ? 3 : 0) + (lines > 0 ? lines + 2 : 0)
    var box = area.centred(columns: 84, rows: height + 5 + more)
    box.row = min(
      area.endRow - box.rows,
      area.centred(columns: 84, rows: height - problems + 5 + more).row
    )
    let room = Frame.room(in: box)
    // Where there is little room it belongs to the fields.
    let isLow = room.rows < 5
    let (upper, buttons) = room.splitBottom(isLow && fields.indices.contains(focus) ? 0 : 1)
    let isTight = room.rows < 14
    let (middle, below) = upper.splitBottom(lines == 0 || isLow ? 0 : isTight ? 1 : lines + 2)
    let (content, help) = middle.splitBottom(isLow ? 0 : isGuided && !isTight ? 4 : 1)
    let live = isTight ? below : below.splitTop(1).rest
    let scroll = scroll(places, isNarrow: isNarrow, height: height, room: content.rows)
    return Layout(
      box: box,
      places: places,
      sheet: Sheet(
        window: content,
        scroll: scroll,
        labelColumns: labelColumns,
        isNarrow: isNarrow
      ),
      help: help,
      live: live,
      buttons: buttons,
      foot: foot,
      hasMore: height - scroll > content.rows
    )
  }

  /// How many columns the values have.
  func valueColumns(in rect: Rect) -> Int? {
    guard let layout = layout(in: rect) else { return nil }
    return layout.sheet.rect(row: 0, rows: 1, label: false).columns
  }

  /// What stands at a point of the screen: a field and the row of its value, or a button (their
  /// places follow the fields'); nil where nothing of the form does.
  func place(at point: Point, in rect: Rect) -> (place: Int, row: Int)? {
    guard let layout = layout(in: rect) else { return nil }
    if layout.buttons.contains(point) {
      return buttonColumns(from: layout.buttons.column).firstIndex { $0.contains(point.column) }
        .map { (fields.count + $0, 0) }
    }
    guard layout.sheet.window.contains(point) else { return nil }
    let row = point.row - layout.sheet.window.row + layout.sheet.scroll
    guard
      let place = layout.places.last(where: { $0.row - (layout.sheet.isNarrow ? 1 : 0) <= row })
    else { return nil }
    return (place.field, row - place.row)
  }

  /// The part of the form that is on the screen.
  private struct Sheet {
    var window: Rect
    var scroll: Int
    var labelColumns: Int
    var isNarrow: Bool

    /// The place on the screen of a row of the form.
    func rect(row: Int, rows: Int, label: Bool) -> Rect {
      let line = Rect(
        column: window.column,
        row: window.row + row - scroll,
        columns: window.columns,
        rows: rows
      )
      if isNarrow { return line }
      let (left, right) = line.splitLeft(labelColumns)
      return label ? left : right
    }
  }

  private func places(isNarrow: Bool, height: Int) -> [Place] {
    var row = 0
    return fields.indices.map { index in
      let field = fields[index]
      let rows =
        switch field.content {
        case .line, .choice: 1
        case .text: max(2, min(6, height / 3))
        case .choices: max(1, field.options.count)
        case .question: index == focus ? max(1, field.options.count) : 1
        }
      if isNarrow { row += 1 }
      let place = Place(field: index, row: row, rows: rows, hasProblem: field.problem != nil)
      row += rows + (place.hasProblem ? 1 : 0)
      return place
    }
  }

  private func scroll(_ places: [Place], isNarrow: Bool, height: Int, room: Int) -> Int {
    guard height > room else { return 0 }
    guard fields.indices.contains(focus) else { return height - room }
    let place = places[focus]
    var first = place.row - (isNarrow ? 1 : 0)
    var last = place.row + place.rows + (place.hasProblem ? 1 : 0)
    switch fields[focus].content {
    case .choices(_, let cursor) where last - first > room,
      .question(_, let cursor) where last - first > room:
      first = place.row + cursor
      last = first + 1
    default: break
    }
    // The field in the middle, so that what comes before and after it can be seen.
    let middle = (first + last) / 2 - room / 2
    return min(max(0, min(middle, first)), height - room)
  }

  private func draw(_ place: Place, _ sheet: Sheet, on canvas: inout Canvas) {
    let field = fields[place.field]
    let isFocused = place.field == focus
    let label = Line([
      Span(isFocused ? "▸ " : "  ", .key), Span(field.label, isFocused ? .textStrong : .text),
      Span(field.isRequired ? " *" : "", .warning),
    ])
    let labelRow = sheet.isNarrow ? place.row - 1 : place.row
    canvas.writeClipped(label, in: sheet.rect(row: labelRow, rows: 1, label: true), sheet.window)
    let rect = sheet.rect(row: place.row, rows: place.rows, label: false)
    let role: Role =
      isPersonal
      ? .personal : place.hasProblem ? .fieldInvalid : isFocused ? .fieldFocused : .field
    // A field that is partly out of sight is drawn on its own and cut; only `choices` may be.
    switch field.content {
    case .line(let line):
      guard sheet.window.contains(Point(column: rect.column, row: rect.row)) else { break }
      line.draw(on: &canvas, in: rect, style: Style(role), isFocused: isFocused)
    case .text(var editor):
      let seen = rect.intersection(sheet.window)
      guard !seen.isEmpty else { break }
      editor.width = seen.columns
      editor.draw(on: &canvas, in: seen, style: Style(role), isFocused: isFocused)
    case .choice(let index):
      let text = field.options.indices.contains(index) ? field.options[index].label : ""
      let line = Line([
        Span("‹ ", .textMuted), Span(Untrusted(text), role), Span(" ›", .textMuted),
      ])
      canvas.writeClipped(line, in: rect, sheet.window)
      if isFocused { placeCursor(Point(column: rect.column + 2, row: rect.row), &canvas) }
    case .choices(let chosen, let cursor):
      for index in field.options.indices {
        let row = Rect(
          column: rect.column,
          row: rect.row + index,
          columns: rect.columns,
          rows: 1
        )
        let isHere = isFocused && index == cursor
        let line = Line([
          Span(chosen.contains(index) ? "[x] " : "[ ] ", .text),
          Span(Untrusted(field.options[index].label), isHere ? .fieldFocused : .text),
        ])
        canvas.writeClipped(line, in: row, sheet.window)
        if isHere { placeCursor(Point(column: row.column + 1, row: row.row), &canvas) }
      }
    case .question(let chosen, let cursor):
      guard isFocused, !field.options.isEmpty else {
        canvas.writeClipped(field.answerLine, in: rect.splitTop(1).top, sheet.window)
        if isFocused { placeCursor(Point(column: rect.column, row: rect.row), &canvas) }
        break
      }
      for (index, option) in field.options.enumerated() {
        let row = Rect(column: rect.column, row: rect.row + index, columns: rect.columns, rows: 1)
        let label = Span(Untrusted(option.label), index == cursor ? .fieldFocused : .text)
        let taken = Text.width(of: option.label)
        let gap = max(1, min(34, rect.columns - 4 - Text.width(of: option.mark)) - taken)
        let line = Line([
          Span(index == chosen ? "(x) " : "( ) ", .text), label,
          Span(String(repeating: " ", count: gap)), Span(option.mark, .textMuted),
        ])
        canvas.writeClipped(line, in: row, sheet.window)
        if index == cursor { placeCursor(Point(column: row.column + 1, row: row.row), &canvas) }
      }
    }
    if let problem = field.problem {
      let row = sheet.rect(row: place.row + place.rows, rows: 1, label: false)
      canvas.writeClipped(Line("! \(problem)", .danger), in: row, sheet.window)
    }
  }

  /// Writes lines one below the other, wrapped, as many as there is room for.
  private func write(_ lines: [Line], on canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty else { return }
    guard rect.rows > 1 else {
      if let first = lines.first { canvas.write(first, in: rect) }
      return
    }
    let wrapped = lines.flatMap { TextWrap.lines($0, width: rect.columns, limit: rect.rows) }
    for (index, line) in wrapped.prefix(rect.rows).enumerated() {
      let row = Rect(column: rect.column, row: rect.row + index, columns: rect.columns, rows: 1)
      canvas.write(line, in: row)
    }
  }

  private func placeCursor(_ point: Point, _ canvas: inout Canvas) {
    canvas.cursor = point
    canvas.isCursorVisible = false
  }

  private static let buttons = ["Save", "Cancel"]

  /// The columns of the buttons, a blank or bracket at either side.
  private func buttonColumns(from column: Int) -> [Range<Int>] {
    var start = column
    return Self.buttons.map { label in
      defer { start += label.count + 4 }
      return start..<(start + label.count + 2)
    }
  }

  private func drawButtons(on canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let places = buttonColumns(from: rect.column)
    for (index, label) in Self.buttons.enumerated() {
      let isChosen = focus == fields.count + index
      let text = isChosen ? "[\(label)]" : " \(label) "
      canvas.write(
        text,
        isChosen ? .rowSelected : .text,
        at: Point(column: places[index].lowerBound, row: rect.row),
        clip: rect
      )
      if isChosen {
        placeCursor(Point(column: places[index].lowerBound + 1, row: rect.row), &canvas)
      }
    }
    let column = (places.last?.upperBound ?? rect.column) + 2
    let wrong = fields.filter { $0.problem != nil }.count
    if wrong > 0 {
      canvas.write(
        Line(wrong == 1 ? "1 field is not right" : "\(wrong) fields are not right", .danger),
        in: Rect(column: column, row: rect.row, columns: rect.endColumn - column, rows: 1)
      )
    }
  }

  private func drawKeys(on canvas: inout Canvas, in rect: Rect) {
    var hints: [KeyHints.Hint] = [
      .init(key: "^X", label: "save"), .init(key: "Esc", label: "cancel"),
      .init(key: "Tab", label: "next field"),
    ]
    if fields.indices.contains(focus) {
      switch fields[focus].content {
      case .line: break
      case .text: hints.append(.init(key: "Enter", label: "new line"))
      case .choice: hints.append(.init(key: "Space", label: "change"))
      case .choices: hints.append(.init(key: "Space", label: "choose"))
      case .question: hints.append(.init(key: "Enter", label: "choose, next"))
      }
      if let extraKey { hints.append(extraKey) }
      switch fields[focus].content {
      case .line, .text: hints.append(.init(key: "^_", label: "undo"))
      case .choice, .choices, .question: break
      }
    }
    KeyHints(hints).draw(on: &canvas, in: rect)
  }
}

extension Canvas {
  /// Draws a line in a rectangle, if its row is in the window.
  fileprivate mutating func writeClipped(_ line: Line, in rect: Rect, _ window: Rect) {
    guard rect.row >= window.row, rect.row < window.endRow else { return }
    write(line, in: rect.intersection(window))
  }
}
