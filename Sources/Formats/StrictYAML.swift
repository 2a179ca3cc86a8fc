public import Model
internal import Yams

/// Why a YAML data file cannot be used.
public struct UnreadableYAML: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, as it was named to the reader.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// What is wrong there, and what should stand there.
  public var reason: String

  /// Makes an error.
  public init(file: String, line: Int, reason: String) {
    (self.file, self.line, self.reason) = (file, line, reason)
  }

  /// File, line and reason, as compilers write them.
  public var description: String { "\(file):\(line): \(reason)" }
}

/// A part of a YAML data file, read without tags, anchors and guesses: every scalar is text.
public struct StrictYAML {
  private let node: Node
  private let file: String

  /// Reads a file of at most 256 KiB that holds one mapping.
  ///
  /// - Throws: `UnreadableYAML` with the line of the first fault.
  public init(reading yaml: String, file: String) throws {
    func refuse(_ line: Int, _ reason: String) -> UnreadableYAML {
      UnreadableYAML(file: file, line: line, reason: reason)
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
  public func error(_ reason: String) -> UnreadableYAML {
    UnreadableYAML(file: file, line: node.mark?.line ?? 1, reason: reason)
  }

  /// The line on which it stands, from 1.
  public var line: Int { node.mark?.line ?? 1 }

  /// Whether a list stands here.
  public var isList: Bool { node.sequence != nil }

  /// Text as it stands there: `no`, `0x1F` and `~` are words like any other.
  public func text() throws -> String {
    guard case .scalar(let scalar) = node else { throw error("text should stand here") }
    return scalar.string
  }

  /// The elements of a list.
  public func elements() throws -> [StrictYAML] {
    guard let sequence = node.sequence else { throw error("a list should stand here") }
    return sequence.map { StrictYAML($0, file) }
  }

  /// The texts of a list; one text alone counts as a list of it.
  public func texts() throws -> [String] {
    try isList ? elements().map { try $0.text() } : [text()]
  }

  /// The keys and values of a mapping, in order.
  public func members() throws -> [(key: String, value: StrictYAML)] {
    guard let mapping = node.mapping else { throw error("keys with values should stand here") }
    return try mapping.map { key, value in
      (try StrictYAML(key, file).text(), StrictYAML(value, file))
    }
  }

  /// Throws at the first key that is not one of these.
  public func allow(_ keys: String...) throws {
    for (key, value) in try members() where !keys.contains(key) {
      throw value.error("unknown key \(key); known are \(keys.joined(separator: ", "))")
    }
  }

  /// The value under a key; nil where there is none.
  public func optional(_ key: String) -> StrictYAML? {
    guard let mapping = node.mapping else { return nil }
    return mapping.first { $0.key.scalar?.string == key }.map { StrictYAML($0.value, file) }
  }

  /// The value under a key that must be there.
  public func member(_ key: String) throws -> StrictYAML {
    guard let value = optional(key) else { throw error("\(key) is missing here") }
    return value
  }

  /// A word of a closed list.
  public func word<Word: Vocabulary>(_ type: Word.Type) throws -> Word {
    guard let word = Word(rawValue: try text()) else {
      throw error("one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }

  /// The words of a list, each of which must be known.
  public func words(in known: [String]) throws -> [String] {
    let words = try texts()
    if let strange = words.first(where: { !known.contains($0) }) {
      throw error("\(strange) is none of \(known.joined(separator: ", "))")
    }
    return words
  }
}
