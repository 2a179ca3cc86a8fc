internal import Model
internal import Yams

/// A part of a YAML data file, read without tags, anchors and guesses: every scalar is text.
struct StrictYAML {
  private let node: Node
  private let file: String

  /// Reads a file of at most 256 KiB that holds one mapping.
  init(reading yaml: String, file: String) throws {
    func refuse(_ line: Int, _ reason: String) -> UnreadableMapping {
      UnreadableMapping(file: file, line: line, reason: reason)
    }
    guard yaml.utf8.count <= 256 << 10 else { throw refuse(1, "longer than 256 KiB") }
    if let line = StrictYAML.lineWithAnchor(yaml) {
      throw refuse(line, "anchors and aliases (& and *) are not read")
    }
    do {
      let parser = try Parser(yaml: yaml, encoding: .utf8)
      guard let root = try parser.singleRoot() else { throw refuse(1, "the file is empty") }
      // Nodes hold their anchors weakly: the parser must live until they were looked for.
      let anchored = withExtendedLifetime(parser) { StrictYAML.anchored(root) }
      if let anchored {
        throw refuse(anchored.mark?.line ?? 1, "anchors and aliases (& and *) are not read")
      }
      (node, self.file) = (root, file)
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        throw refuse(mark.line, problem)
      case .duplicatedKeysInMapping(let keys, let context):
        throw refuse(context.mark.line, "\(keys.joined(separator: ", ")) stands here twice")
      default: throw refuse(1, "this is no YAML")
      }
    }
    _ = try members()
  }

  private init(_ node: Node, _ file: String) { (self.node, self.file) = (node, file) }

  /// The first line on which something begins like an anchor or an alias.
  ///
  /// Looked for before parsing: aliases used as keys are expanded while the parser compares keys.
  private static func lineWithAnchor(_ yaml: String) -> Int? {
    for (index, line) in yaml.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      var canBegin = true
      var quote: UInt8?
      var previous: UInt8 = 32
      for byte in line.utf8 {
        if let open = quote {
          if byte == open { quote = nil }
        } else if byte == UInt8(ascii: "#"), previous == 32 {
          break
        } else if canBegin, byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") {
          return index + 1
        } else if canBegin, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
          canBegin = false
        } else if byte != 32 {
          canBegin = "[{,".utf8.contains(byte)
        } else if "-:?".utf8.contains(previous) {
          canBegin = true
        }
        previous = byte
      }
    }
    return nil
  }

  private static func anchored(_ node: Node) -> Node? {
    if node.anchor != nil { return node }
    switch node {
    case .mapping(let mapping):
      for (key, value) in mapping {
        if let found = anchored(key) ?? anchored(value) { return found }
      }
    case .sequence(let sequence):
      for element in sequence {
        if let found = anchored(element) { return found }
      }
    default: break
    }
    return nil
  }

  /// An error at this place.
  func error(_ reason: String) -> UnreadableMapping {
    UnreadableMapping(file: file, line: node.mark?.line ?? 1, reason: reason)
  }

  var isList: Bool { node.sequence != nil }

  /// Text as it stands there: `no`, `0x1F` and `~` are words like any other.
  func text() throws -> String {
    guard case .scalar(let scalar) = node else { throw error("text should stand here") }
    return scalar.string
  }

  func elements() throws -> [StrictYAML] {
    guard let sequence = node.sequence else { throw error("a list should stand here") }
    return sequence.map { StrictYAML($0, file) }
  }

  /// The texts of a list; one text alone counts as a list of it.
  func texts() throws -> [String] {
    try isList ? elements().map { try $0.text() } : [text()]
  }

  func members() throws -> [(key: String, value: StrictYAML)] {
    guard let mapping = node.mapping else { throw error("keys with values should stand here") }
    return try mapping.map { key, value in
      (try StrictYAML(key, file).text(), StrictYAML(value, file))
    }
  }

  /// Throws at the first key that is not one of these.
  func allow(_ keys: String...) throws {
    for (key, value) in try members() where !keys.contains(key) {
      throw value.error("unknown key \(key); known are \(keys.joined(separator: ", "))")
    }
  }

  func optional(_ key: String) -> StrictYAML? {
    guard let mapping = node.mapping else { return nil }
    return mapping.first { $0.key.scalar?.string == key }.map { StrictYAML($0.value, file) }
  }

  func member(_ key: String) throws -> StrictYAML {
    guard let value = optional(key) else { throw error("\(key) is missing here") }
    return value
  }

  func word<Word: Vocabulary>(_ type: Word.Type) throws -> Word {
    guard let word = Word(rawValue: try text()) else {
      throw error("one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }

  /// The words of a list, each of which must be known.
  func words(in known: [String]) throws -> [String] {
    let words = try texts()
    if let strange = words.first(where: { !known.contains($0) }) {
      throw error("\(strange) is none of \(known.joined(separator: ", "))")
    }
    return words
  }
}
