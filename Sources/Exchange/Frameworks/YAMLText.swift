/// YAML as this program writes it: block style, texts plain where that is safe, long ones folded.
struct YAMLText {
  /// What was written.
  private(set) var text = ""
  private var indent = 0
  /// Whether the next key follows a list mark on its line.
  private var isAfterMark = false

  /// Writes a key with a word that means the same without quotes.
  mutating func word(_ key: String, _ word: String) { line(key, " " + word) }

  /// Writes a key with a text; nothing where the text is empty.
  mutating func text(_ key: String, _ value: String, evenEmpty: Bool = false) {
    guard !value.isEmpty || evenEmpty else { return }
    line(key, " " + scalar(value, room: 100 - indent - key.utf8.count - 4))
  }

  /// Writes a key with texts; nothing where there are none.
  mutating func list(_ key: String, _ values: [String]) {
    guard !values.isEmpty else { return }
    line(key, "")
    for value in values {
      text += Self.spaces(indent + 2) + "- "
      indent += 2
      text += scalar(value, room: 100 - indent - 2) + "\n"
      indent -= 2
    }
  }

  /// Writes a key with a mapping below it.
  mutating func object(_ key: String, _ body: (inout YAMLText) -> Void) {
    line(key, "")
    indent += 2
    body(&self)
    indent -= 2
  }

  /// Writes a key with a list of mappings; nothing where there are none.
  mutating func objects<Element>(
    _ key: String,
    _ elements: [Element],
    _ body: (inout YAMLText, Element) -> Void
  ) {
    guard !elements.isEmpty else { return }
    line(key, "")
    for element in elements {
      text += Self.spaces(indent + 2) + "- "
      isAfterMark = true
      indent += 4
      body(&self, element)
      indent -= 4
    }
  }

  private mutating func line(_ key: String, _ rest: String) {
    if !isAfterMark { text += Self.spaces(indent) }
    isAfterMark = false
    text += scalarKey(key) + ":" + rest + "\n"
  }

  private func scalarKey(_ key: String) -> String { Self.isPlain(key) ? key : Self.quoted(key) }

  private func scalar(_ value: String, room: Int) -> String {
    if Self.isPlain(value), value.utf8.count <= max(40, room) { return value }
    let lines = value.split(separator: "\n", omittingEmptySubsequences: false)
    let canStandInBlock =
      Self.isPrintable(value) && !lines.contains { $0.last == " " || $0.first == " " || $0.isEmpty }
    guard canStandInBlock else { return blockOrQuoted(value, lines) }
    if lines.count == 1 {
      guard !value.contains("  "), value.utf8.count > 60 else { return Self.quoted(value) }
      return ">-\n" + Self.folded(value, indent: indent + 2)
    }
    return "|-\n" + Self.indented(lines, indent + 2)
  }

  /// A text with empty or moved-in lines: as a block that keeps them, where YAML can.
  private func blockOrQuoted(_ value: String, _ lines: [Substring]) -> String {
    let isSafe =
      Self.isPrintable(value) && lines.count > 1 && lines.first?.isEmpty == false
      && lines.first?.first != " " && lines.last?.isEmpty == false
      && !lines.contains { $0.last == " " }
    return isSafe ? "|-\n" + Self.indented(lines, indent + 2) : Self.quoted(value)
  }

  private static func indented(_ lines: [Substring], _ indent: Int) -> String {
    lines.map { $0.isEmpty ? "" : spaces(indent) + $0 }.joined(separator: "\n")
  }

  private static func folded(_ value: String, indent: Int) -> String {
    var (lines, line): ([String], String) = ([], "")
    for word in value.split(separator: " ") {
      if !line.isEmpty, indent + line.count + word.count + 1 > 98 {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? word : " " + word
    }
    return (lines + [line]).map { spaces(indent) + $0 }.joined(separator: "\n")
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// Whether nothing in a text is a control character, or a break that YAML sees and `\n` is not.
  private static func isPrintable(_ value: String) -> Bool {
    value.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 10, 32..<127, 0xA0..<0x2028, 0x202A..<0xD800, 0xE000..<0xFEFF, 0xFF00..<0xFFFE: true
      case 0x10000...: true
      default: false
      }
    }
  }

  /// Whether a text needs no quotes: letters, digits and a few marks, and no word of YAML's own.
  private static func isPlain(_ value: String) -> Bool {
    guard let first = value.unicodeScalars.first, let last = value.unicodeScalars.last else {
      return false
    }
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
    guard first.properties.isAlphabetic, !words.contains(value.lowercased()) else { return false }
    guard last != " ", last != ":" else { return false }
    var previous: Unicode.Scalar = " "
    for scalar in value.unicodeScalars {
      let isMark = " .,;/-_()+'%=:".unicodeScalars.contains(scalar)
      let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      guard isMark || isWord || scalar == "§" || scalar == "’" else { return false }
      if previous == ":", scalar == " " { return false }
      if previous == " ", scalar == " " { return false }
      previous = scalar
    }
    return true
  }

  private static func quoted(_ value: String) -> String {
    var out = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      default:
        if isPrintable(String(scalar)) {
          out.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          let width = scalar.value > 0xFFFF ? 8 : 4
          out +=
            (width == 8 ? "\\U" : "\\u")
            + String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
      }
    }
    return out + "\""
  }
}
