import Foundation
import Testing

struct `Hostile text` {
  /// Each with what a person may see of it.
  static let cases: [(text: String, shown: String)] = [
    ("red \u{1B}[31malert\u{1B}[0m", "red ^[[31malert^[[0m"),
    ("title \u{1B}]0;owned\u{7}", "title ^[]0;owned^G"),
    ("c1 \u{9B}31m", "c1 <U+009B>31m"),
    ("back\u{8}\u{8}over", "back^H^Hover"),
    ("bidi \u{202E}gnp.exe", "bidi <U+202E>gnp.exe"),
    ("zero\u{200B}width", "zero<U+200B>width"),
    ("format %n%s%@ $<2000>", "format %n%s%@ $<2000>"),
    ("می‌خواهم 👩‍🚀 é", "می‌خواهم 👩‍🚀 é"),
  ]

  let tocsin: Tocsin

  init() throws { tocsin = try Tocsin() }

  @Test(arguments: cases)
  func `is kept as it is, shown as marks, and escaped in JSON`(text: String, shown: String) throws {
    #expect(try tocsin("incident", "add", "--title", text, "--summary", text).status == 0)
    let table = try tocsin("incident", "list")
    #expect(table.output.hasSuffix("  \(shown)\n"), "\(table.output.debugDescription)")
    let page = try tocsin("incident", "show", "INC-2026-0001").output
    #expect(page.hasPrefix("INC-2026-0001  \(shown)\n"))
    let json = try tocsin("incident", "list", "--json").output
    #expect(try list(json).first?["title"] as? String == text)
    for output in [table.output, page, json, try tocsin("journal").output] {
      #expect(acting(output).isEmpty, "\(output.debugDescription)")
    }
  }

  @Test(arguments: [
    ["incident", "show", "\u{1B}[2J"], ["\u{1B}[2J"], ["incident", "list", "--sort", "\u{1B}[2J"],
    ["incident", "list", "--filter", "severity:\u{1B}[2J"], ["import", "veris", "/\u{1B}[2J"],
    ["import", "register", "--map", "\u{1B}[2J", "-"], ["restore", "/\u{1B}[2J"],
    ["register", "show", "\u{1B}[2J"], ["register", "request", "show", "\u{1B}[2J"],
    ["dpia", "show", "\u{1B}[2J"],
    ["register", "add", "Orders", "--transfer", "Mailhaus@US=\u{1B}[2J"],
    ["import", "fides", "/\u{1B}[2J"],
  ])
  func `that was typed wrong is quoted as marks`(arguments: [String]) throws {
    let result = try tocsin.run(arguments)
    #expect(result.status != 0)
    #expect(result.errors.contains("^[[2J"), "\(result)")
    #expect(acting(result.errors + result.output).isEmpty)
  }
}

/// What in a text acts on a terminal, line breaks apart.
func acting(_ text: String) -> [Unicode.Scalar] {
  text.unicodeScalars.filter { scalar in
    guard scalar != "\n" else { return false }
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x200B, 0x202A...0x202E, 0x2066...0x2069: return true
    default: return false
    }
  }
}
