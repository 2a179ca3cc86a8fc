public import Model
// Yams is imported here, not in Exchange and Rulebook: both read strict YAML, and neither may import
// the other.
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
public struct StrictYAML: Sendable {
  /// The line on which it stands, from 1.
  public let line: Int
  private let file: String
  private let content: Content

  private enum Content: Sendable {
    case text(String)
    case list([StrictYAML])
    case mapping([(key: String, value: StrictYAML)])
  }

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
      // The basic resolver guesses at no types, which takes most of the time of others.
      let parser = try Parser(yaml: yaml, resolver: .basic, encoding: .utf8)
      guard let root = try parser.singleRoot() else { throw refuse(1, "the file is empty") }
      // Nodes hold their anchors weakly: the parser must live until they were looked for.
      self = try withExtendedLifetime(parser) { try StrictYAML(root, file) }
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

  private init(_ node: Node, _ file: String) throws {
    (line, self.file) = (node.mark?.line ?? 1, file)
    func refuse(_ node: Node, _ reason: String) -> UnreadableYAML {
      UnreadableYAML(file: file, line: node.mark?.line ?? 1, reason: reason)
    }
    guard node.anchor == nil else {
      throw refuse(node, "anchors and aliases (& and *) are not read")
    }
    switch node {
    case .scalar(let scalar): content = .text(scalar.string)
    case .sequence(let sequence):
      content = .list(try sequence.map { try StrictYAML($0, file) })
    case .mapping(let mapping):
      content = .mapping(
        try mapping.map { key, value in
          guard case .scalar(let scalar) = key, key.anchor == nil else {
            throw refuse(key, "text should stand here")
          }
          return (scalar.string, try StrictYAML(value, file))
        }
      )
    case .alias: throw refuse(node, "anchors and aliases (& and *) are not read")
    }
  }

  /// The first line on which something begins like an anchor or an alias.
  ///
  /// Looked for before parsing: aliases used as keys are expanded while the parser compares keys.
  private static func lineWithAnchor(_ yaml: String) -> Int? {
    var line = 1
    var (canBegin, isComment) = (true, false)
    var quote: UInt8?
    var previous: UInt8 = 32
    for byte in yaml.utf8 {
      if byte == 10 {
        line += 1
        (canBegin, isComment, quote, previous) = (true, false, nil, 32)
        continue
      }
      if isComment { continue }
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "#"), previous == 32 {
        isComment = true
      } else if canBegin, byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") {
        return line
      } else if canBegin, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
        canBegin = false
      } else if byte != 32 {
        canBegin = "[{,".utf8.contains(byte)
      } else if previous == UInt8(ascii: "-") || previous == UInt8(ascii: ":")
        || previous == UInt8(ascii: "?")
      {
        canBegin = true
      }
      previous = byte
    }
    return nil
  }

  /// An error at this place.
  public func error(_ reason: String) -> UnreadableYAML {
    UnreadableYAML(file: file, line: line, reason: reason)
  }

  /// Whether a list stands here.
  public var isList: Bool {
    if case .list = content { true } else { false }
  }

  /// Whether keys with values stand here.
  public var isMapping: Bool {
    if case .mapping = content { true } else { false }
  }

  /// Text as it stands there: `no`, `0x1F` and `~` are words like any other.
  public func text() throws -> String {
    guard case .text(let text) = content else { throw error("text should stand here") }
    return text
  }

  /// The elements of a list.
  public func elements() throws -> [StrictYAML] {
    guard case .list(let elements) = content else { throw error("a list should stand here") }
    return elements
  }

  /// The texts of a list; one text alone counts as a list of it.
  public func texts() throws -> [String] {
    isList ? try elements().map { try $0.text() } : [try text()]
  }

  /// The keys and values of a mapping, in order.
  public func members() throws -> [(key: String, value: StrictYAML)] {
    guard case .mapping(let members) = content else {
      throw error("keys with values should stand here")
    }
    return members
  }

  /// Throws at the first key that is not one of these.
  public func allow(_ keys: String...) throws {
    for (key, value) in try members() where !keys.contains(key) {
      throw value.error("unknown key \(key); known are \(keys.joined(separator: ", "))")
    }
  }

  /// The value under a key; nil where there is none.
  public func optional(_ key: String) -> StrictYAML? {
    guard case .mapping(let members) = content else { return nil }
    return members.first { $0.key == key }?.value
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
