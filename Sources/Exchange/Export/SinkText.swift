/// Foreign text on its way into a document that a person or a browser reads.
///
/// What acts on a terminal, turns text around or shows nothing stands as `<U+202E>`, so that a
/// document shows the same everywhere. Each sink then escapes what means something to it.
enum SinkText {
  /// The text by its lines; blanks at both ends are dropped, tabs become blanks.
  static func lines(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      let shown = visible(line).drop { $0 == " " }
      return String(shown.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The text on one line.
  static func line(_ text: String) -> String {
    lines(text).filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The text on its line, blanks at both ends kept.
  static func shown(_ text: String) -> String { visible(text) }

  private static func visible(_ text: some StringProtocol) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\t" {
        out.append(" ")
      } else if scalar.acts {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
        out.append(contentsOf: "<U+\(zeros)\(digits)>".unicodeScalars)
      } else {
        out.append(scalar)
      }
    }
    return String(out)
  }

  /// One line as Markdown text: nothing in it is read as markup, a link, HTML or a code block.
  static func markdown(_ line: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
      if "\\`*_[]<>&|~#$!{}".unicodeScalars.contains(scalar) { out.append("\\") }
      out.append(scalar)
    }
    // A dash, a plus, an equals sign or a number with a stop begins a list or underlines a heading.
    let first = out.first
    let digits = out.prefix { ("0"..."9").contains($0) }
    let after = out.dropFirst(digits.count).first
    if first == "-" || first == "+" || first == "=" {
      out.insert("\\", at: out.startIndex)
    } else if !digits.isEmpty, after == "." || after == ")" {
      out.insert("\\", at: out.index(out.startIndex, offsetBy: digits.count))
    }
    // Some readers make links of bare addresses.
    return String(out).replacing("://", with: "\\://")
      .replacing("www.", with: "www\\.")
  }

  /// One line as text of HTML, between tags or in a quoted attribute.
  static func html(_ line: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
      switch scalar {
      case "&": out.append(contentsOf: "&amp;".unicodeScalars)
      case "<": out.append(contentsOf: "&lt;".unicodeScalars)
      case ">": out.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": out.append(contentsOf: "&quot;".unicodeScalars)
      case "'": out.append(contentsOf: "&#39;".unicodeScalars)
      default: out.append(scalar)
      }
    }
    return String(out)
  }
}
