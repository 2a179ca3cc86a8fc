/// Several values in one line of text, and the marks inside of one.
public enum FieldList {
  /// The values of a line, without space around them; empty ones are left out.
  public static func items(_ text: String) -> [String] {
    var items: [String] = []
    var item = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        if character != ";", character != "\\" { item.append("\\") }
        item.append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == ";" || character.isNewline {
        items.append(item)
        item = ""
      } else {
        item.append(character)
      }
    }
    if isEscaped { item.append("\\") }
    items.append(item)
    return items.map(trimmed).filter { !$0.isEmpty }
  }

  /// Values as a line that `items` reads.
  public static func joined(_ values: [String]) -> String {
    values.map { $0.replacing("\\", with: "\\\\").replacing(";", with: "\\;") }
      .joined(separator: "; ")
  }

  /// Two texts with a mark between them; the first alone where there is no second.
  static func pair(_ first: String, _ mark: String, _ second: String) -> String {
    second.isEmpty ? first : first + mark + second
  }

  /// The two sides of the first such mark.
  static func split(_ text: String, at mark: Character) -> (String, String) {
    guard let index = text.firstIndex(of: mark) else { return (trimmed(text), "") }
    return (trimmed(text[..<index]), trimmed(text[text.index(after: index)...]))
  }

  /// What stands in square brackets at the end; nil where nothing does.
  static func bracket(_ text: String) -> (rest: String, bracket: String?) {
    guard text.last == "]", let start = text.lastIndex(of: "[") else { return (text, nil) }
    let inside = text[text.index(after: start)...].dropLast()
    // What begins with no digit belongs to the text.
    guard let first = inside.first, first.isNumber || first == "?" else { return (text, nil) }
    return (trimmed(text[..<start]), trimmed(inside))
  }

  /// The text without space around it.
  static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// A category of data as it is typed.
  static func text(_ held: HeldData) -> String {
    let words = pair(held.category, " = ", held.why)
    guard let justified = held.justified else { return words }
    return "\(words) [\(pair(justified.plain, " ", held.justifiedBy))]"
  }

  /// A processor as it is typed.
  static func text(_ processor: ProcessorContract) -> String {
    let words = pair(processor.name, " @ ", processor.place)
    guard processor.from != nil || processor.until != nil else { return words }
    let from = processor.from?.plain ?? "?"
    return "\(words) [\(pair("\(from) to", " ", processor.until?.plain ?? ""))]"
  }
}
