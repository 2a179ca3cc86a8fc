/// The parameters of a catalogue, as they read where they are inserted.
struct OscalParameters {
  /// No parameter reads longer: parameters name others, and could grow without end.
  private static let maximumLength = 8192

  private var nodes: [String: JSON] = [:]
  private var words: [String: String] = [:]

  /// Gathers the parameters of a catalogue, wherever they stand.
  init(_ root: JSON) {
    collect(root)
    for id in nodes.keys.sorted() {
      words[id] = String(word(id, open: []).prefix(Self.maximumLength))
    }
  }

  private mutating func collect(_ node: JSON) {
    for parameter in node.list("params") {
      if let id = parameter["id"]?.text { nodes[id] = parameter }
    }
    for key in ["groups", "controls"] { for inner in node.list(key) { collect(inner) } }
  }

  /// The text with every insertion of a parameter filled in.
  func filled(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    return Self.replaced(text) { id in words[id] ?? "[\(id)]" }
  }

  /// How a parameter reads: its value, its choices, or what an organisation has to put there.
  private mutating func word(_ id: String, open: Set<String>) -> String {
    if let known = words[id] { return known }
    // A ring, or a chain that no catalogue has.
    guard let node = nodes[id], !open.contains(id), open.count < 16 else { return "[\(id)]" }
    let values = node.list("values").compactMap(\.text)
    if !values.isEmpty { return values.joined(separator: ", ") }
    let inner = open.union([id])
    let choices = (node["select"]?.list("choice") ?? []).compactMap(\.text)
    let word: String
    if !choices.isEmpty {
      let filled = choices.map { choice in
        Self.replaced(choice) { self.word($0, open: inner) }.trimmed
      }
      let many = node["select"]?["how-many"]?.text == "one-or-more" ? " (one or more)" : ""
      word = "[Selection\(many): \(filled.joined(separator: "; "))]"
    } else {
      let label = node["label"]?.text ?? ""
      word = "[Assignment: \(label.isEmpty ? id : Self.replaced(label) { "[\($0)]" })]"
    }
    let short = String(word.prefix(Self.maximumLength))
    if open.isEmpty { words[id] = short }
    return short
  }

  /// Replaces `{{ insert: param, id }}` and the older `{{ id }}`.
  private static func replaced(_ text: String, by word: (String) -> String) -> String {
    var (result, rest) = ("", Substring(text))
    while let start = rest.firstRange(of: "{{") {
      guard let end = rest[start.upperBound...].firstRange(of: "}}") else { break }
      let inside = String(rest[start.upperBound..<end.lowerBound]).trimmed
      let parts = inside.split(whereSeparator: { $0 == "," || $0 == ":" || $0.isWhitespace })
      result += rest[..<start.lowerBound]
      switch parts.count {
      case 1: result += word(String(parts[0]))
      case 3 where parts[0] == "insert" && parts[1] == "param": result += word(String(parts[2]))
      default: result += rest[start.lowerBound..<end.upperBound]
      }
      rest = rest[end.upperBound...]
      // The published texts leave a space between an insertion and the mark that follows.
      let next = rest.drop { $0 == " " }
      if let mark = next.first, ";.,:)".contains(mark) { rest = next }
    }
    return result + rest
  }
}
