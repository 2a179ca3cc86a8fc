/// The words of an HTML document, as near to what it shows as reading a mail needs.
enum HTMLText {
  private static let silent: Set<String> = ["style", "script", "title"]
  private static let breaking: Set<String> = [
    "br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "pre", "hr", "blockquote", "td",
  ]
  private static let entities: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "#39": "'",
  ]

  /// Takes tags, styles and comments away; elements that begin a line do so.
  static func plain(_ html: String) -> String {
    var out = ""
    var rest = html[...]
    while let open = rest.firstIndex(where: { $0 == "<" || $0 == "&" }) {
      out += rest[..<open]
      rest = rest[open...]
      if rest.first == "&" {
        rest = entity(rest, &out)
      } else if rest.hasPrefix("<!--") {
        rest = after("-->", rest)
      } else if let close = rest.firstIndex(of: ">") {
        let name = rest[rest.index(after: open)..<close].prefix {
          $0.isLetter || $0.isNumber || $0 == "/"
        }
        .lowercased()
        rest = rest[rest.index(after: close)...]
        if silent.contains(name) {
          rest = afterElement(name, rest)
        } else if breaking.contains(name.hasPrefix("/") ? String(name.dropFirst()) : name) {
          out += "\n"
        }
      } else {
        // A tag that never ends: what follows is of no use.
        return out
      }
    }
    return out + rest
  }

  private static func after(_ end: String, _ rest: Substring) -> Substring {
    guard let found = rest.firstRange(of: end) else { return "" }
    return rest[found.upperBound...]
  }

  /// What follows a silent element; all that is left where nothing closes it.
  private static func afterElement(_ name: String, _ rest: Substring) -> Substring {
    var place = rest
    while let end = place.firstRange(of: "</") {
      place = place[end.upperBound...]
      if place.prefix(name.count).lowercased() == name { return after(">", place) }
    }
    return rest
  }

  private static func entity(_ rest: Substring, _ out: inout String) -> Substring {
    guard let end = rest.prefix(10).firstIndex(of: ";"),
      let text = entities[String(rest[rest.index(after: rest.startIndex)..<end])]
    else {
      out += "&"
      return rest.dropFirst()
    }
    out += text
    return rest[rest.index(after: end)...]
  }
}
