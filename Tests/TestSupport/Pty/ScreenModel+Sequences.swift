extension ScreenModel {
  mutating func control(_ byte: UInt8) {
    switch byte {
    case 0x07: bells += 1
    case 0x08: cursor.column = max(0, cursor.column - 1)
    case 0x09: cursor.column = min(columns - 1, (cursor.column / 8 + 1) * 8)
    case 0x0A: lineFeed()
    case 0x0D: cursor.column = 0
    case 0x0E: isLineDrawing = true
    case 0x0F: isLineDrawing = false
    default: violations.append("control character \(byte)")
    }
    if byte == 0x08 || byte == 0x0D || byte == 0x09 { isWrapPending = false }
  }

  mutating func escape(_ intermediates: String, _ final: Character) {
    switch (intermediates, final) {
    case ("", "7"): saveCursor()
    case ("", "8"): restoreCursor()
    case ("", "="): isKeypadOn = true
    case ("", ">"): isKeypadOn = false
    case ("", "D"): lineFeed()
    case ("", "E"):
      cursor.column = 0
      lineFeed()
    case ("", "M"):
      if cursor.row == scroll.lowerBound {
        scrollDown(1)
      } else {
        cursor.row = max(0, cursor.row - 1)
      }
    case ("(", "0"): isLineDrawing = true
    case ("(", "B"): isLineDrawing = false
    case (")", "0"), (")", "B"): break
    default: violations.append("ESC \(intermediates)\(final)")
    }
  }

  mutating func command(_ text: String) {
    commands.append(text)
    if text.hasPrefix("2;") { title = String(text.dropFirst(2)) }
    let isKnown = text.hasPrefix("52;c;") || text.hasPrefix("2;") || text.hasPrefix("0;")
    if !isKnown || text.hasSuffix("?") { violations.append("ESC ] \(text.prefix(40))") }
    if text.unicodeScalars.contains(where: { $0.value < 0x20 || Self.isHidden($0) }) {
      violations.append("control character in ESC ]")
    }
  }

  mutating func sequence(
    _ prefix: Character?,
    _ parameters: [Int],
    _ intermediates: String,
    _ final: Character
  ) {
    let known: Bool
    if prefix == "?", intermediates.isEmpty {
      known = privateSequence(parameters, final)
    } else if prefix == nil, intermediates.isEmpty {
      known = move(parameters, final) || edit(parameters, final) || other(parameters, final)
    } else {
      known = false
    }
    if !known {
      violations.append(
        "ESC [ \(prefix.map(String.init) ?? "")\(parameters)\(intermediates)\(final)"
      )
    }
  }

  private mutating func privateSequence(_ parameters: [Int], _ final: Character) -> Bool {
    // The Linux console's shape of the cursor.
    if final == "c", parameters == [0] || parameters == [1] { return true }
    guard final == "h" || final == "l" else { return false }
    let allowed: Set = [
      1, 7, 12, 25, 47, 1000, 1002, 1003, 1004, 1006, 1034, 1047, 1049, 2004, 2026,
    ]
    for mode in parameters {
      guard allowed.contains(mode) else { return false }
      if mode == 1049 || mode == 47 || mode == 1047 { switchScreen(on: final == "h") }
      if final == "h" {
        modes.insert(mode == 47 || mode == 1047 ? 1049 : mode)
      } else {
        modes.remove(mode == 47 || mode == 1047 ? 1049 : mode)
      }
    }
    return true
  }

  private mutating func move(_ parameters: [Int], _ final: Character) -> Bool {
    let first = max(1, parameters.first ?? 1)
    let before = isWrapPending
    isWrapPending = false
    switch final {
    case "A": cursor.row = max(0, cursor.row - first)
    case "B": cursor.row = min(rows - 1, cursor.row + first)
    case "C": cursor.column = min(columns - 1, cursor.column + first)
    case "D": cursor.column = max(0, cursor.column - first)
    case "G": cursor.column = min(columns, first) - 1
    case "d": cursor.row = min(rows, first) - 1
    case "Z": cursor.column = max(0, (cursor.column - 1) / 8 * 8)
    case "H", "f":
      let second = parameters.count > 1 ? max(1, parameters[1]) : 1
      cursor = (min(columns, second) - 1, min(rows, first) - 1)
    default:
      isWrapPending = before
      return false
    }
    return true
  }

  private mutating func edit(_ parameters: [Int], _ final: Character) -> Bool {
    let first = parameters.first ?? 0
    let count = max(1, first)
    let rest = columns - cursor.column
    switch final {
    case "J": eraseScreen(first)
    case "K": eraseLine(first)
    case "X": erase(cursor.row, cursor.column..<(cursor.column + min(count, rest)))
    case "P":
      grid[cursor.row].removeSubrange(cursor.column..<(cursor.column + min(count, rest)))
      grid[cursor.row] += Array(repeating: erased, count: min(count, rest))
    case "@":
      let new = Array(repeating: erased, count: min(count, rest))
      grid[cursor.row].insert(contentsOf: new, at: cursor.column)
      grid[cursor.row].removeLast(new.count)
    case "L", "M":
      guard scroll.contains(cursor.row) else { return true }
      let whole = scroll
      scroll = cursor.row...whole.upperBound
      if final == "L" { scrollDown(count) } else { scrollUp(count) }
      scroll = whole
    case "S": scrollUp(count)
    case "T": scrollDown(count)
    case "b": repeatLast(count)
    default: return false
    }
    return true
  }

  private mutating func other(_ parameters: [Int], _ final: Character) -> Bool {
    switch final {
    case "r":
      let top = max(1, parameters.first ?? 1) - 1
      let bottom = min(rows, parameters.count > 1 && parameters[1] > 0 ? parameters[1] : rows) - 1
      guard top < bottom || rows == 1 else { return true }
      scroll = top...bottom
      cursor = (0, 0)
    case "m": render(parameters.isEmpty ? [0] : parameters)
    case "h", "l":
      for mode in parameters {
        guard mode == 4 || mode == 34 else { return false }
        if mode == 4 { isInserting = final == "h" }
      }
    case "t": return title(parameters)
    default: return false
    }
    return true
  }

  /// Keeps the window's title or gives it back.
  private mutating func title(_ parameters: [Int]) -> Bool {
    switch parameters {
    case [22, 0, 0], [22, 2]: keptTitles.append(title)
    case [23, 0, 0], [23, 2]: title = keptTitles.popLast() ?? title
    default: return false
    }
    return true
  }

  /// What erasing leaves: the ground's colour stays, as in xterm.
  private var erased: Place {
    Place(text: " ", attributes: attributes.filter { $0.hasPrefix("4") && $0 != "4" })
  }

  private mutating func erase(_ row: Int, _ range: Range<Int>) {
    for column in range { grid[row][column] = erased }
  }

  private mutating func eraseLine(_ which: Int) {
    switch which {
    case 1: erase(cursor.row, 0..<(cursor.column + 1))
    case 2: erase(cursor.row, 0..<columns)
    default: erase(cursor.row, cursor.column..<columns)
    }
  }

  private mutating func eraseScreen(_ which: Int) {
    let rowsToErase =
      switch which {
      case 1: 0..<cursor.row
      case 2, 3: 0..<rows
      default: (cursor.row + 1)..<rows
      }
    for row in rowsToErase { erase(row, 0..<columns) }
    if which < 2 { eraseLine(which) }
  }

  private mutating func render(_ parameters: [Int]) {
    var index = 0
    while index < parameters.count {
      let number = parameters[index]
      index += 1
      switch number {
      case 0: attributes = []
      case 10...12: isLineDrawing = number == 11
      case 1...9: attributes.insert("\(number)")
      case 21, 22: attributes.subtract(["1", "2"])
      case 23...29: attributes.remove("\(number - 20)")
      case 38, 48:
        let length = index < parameters.count && parameters[index] == 5 ? 2 : 4
        guard index + length <= parameters.count else {
          violations.append("half a colour")
          return
        }
        let parts = parameters[index..<(index + length)].map { "\($0)" }.joined(separator: ";")
        setColour("\(number);\(parts)")
        index += length
      case 30...37, 40...47, 90...97, 100...107: setColour("\(number)")
      case 39: attributes = attributes.filter { !isForeground($0) }
      case 49: attributes = attributes.filter { !isBackground($0) }
      default: violations.append("ESC [ \(number) m")
      }
    }
  }

  private mutating func setColour(_ colour: String) {
    let isText = isForeground(colour)
    attributes = attributes.filter { isText ? !isForeground($0) : !isBackground($0) }
    attributes.insert(colour)
  }

  private func isForeground(_ attribute: String) -> Bool {
    attribute.count > 1 && (attribute.hasPrefix("3") || attribute.hasPrefix("9"))
  }

  private func isBackground(_ attribute: String) -> Bool {
    attribute.count > 1 && (attribute.hasPrefix("4") || attribute.hasPrefix("10"))
  }

  /// Signs that change how others look, or that nobody sees: never a program's to send.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .unassigned, .surrogate, .lineSeparator,
      .paragraphSeparator:
      true
    default: scalar.properties.isVariationSelector
    }
  }

  /// Whether a joiner may follow a scalar: in the words of scripts that need it.
  static func joins(_ scalar: Unicode.Scalar?) -> Bool {
    switch scalar?.properties.generalCategory {
    case .otherLetter, .nonspacingMark, .spacingMark: true
    default: false
    }
  }

  static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1160...0x11FF: return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      return 2
    default:
      return scalar.properties.isEmojiPresentation && scalar.value > 0xFF
        && !(0x1F1E6...0x1F1FF).contains(scalar.value) ? 2 : 1
    }
  }

  static func lineDrawing(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "q": "─"
    case "x": "│"
    case "l": "┌"
    case "k": "┐"
    case "m": "└"
    case "j": "┘"
    default: scalar
    }
  }
}
