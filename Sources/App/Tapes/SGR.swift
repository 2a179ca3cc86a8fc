import Drawing

extension Theme {
  /// The SGR sequence that sets the look of a cell, whatever was set before (ECMA-48 8.3.117).
  func sequence(_ role: Role, _ emphasis: Emphasis) -> String {
    let look = resolve(role, emphasis)
    var codes = ["0"]
    if look.attributes.contains(.bold) { codes.append("1") }
    if look.attributes.contains(.dim) { codes.append("2") }
    if look.attributes.contains(.underline) { codes.append("4") }
    if look.attributes.contains(.reverse) { codes.append("7") }
    codes += Self.codes(look.foreground, base: 30) + Self.codes(look.background, base: 40)
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }

  private static func codes(_ colour: Colour, base: Int) -> [String] {
    switch colour {
    case .standard: []
    case .indexed(let index) where index < 8: ["\(base + Int(index))"]
    case .indexed(let index) where index < 16: ["\(base + 52 + Int(index))"]
    case .indexed(let index): ["\(base + 8)", "5", "\(index)"]
    case .rgb(let red, let green, let blue): ["\(base + 8)", "2", "\(red)", "\(green)", "\(blue)"]
    }
  }
}

/// A canvas as plain text, rows ended by newlines, without blanks at their ends and personal data.
enum ScreenText {
  static func text(of canvas: Canvas) -> String {
    let canvas = canvas.withoutPersonal
    return (0..<canvas.size.rows).map { row in
      var text = canvas.text(ofRow: row)
      while text.last == " " { text.removeLast() }
      return text + "\n"
    }.joined()
  }
}
