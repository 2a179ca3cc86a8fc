public import Model

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
    case text(String, isPlain: Bool)
    case list([StrictYAML])
    case mapping([(key: String, value: StrictYAML)])
  }

  /// Reads a file that holds one mapping.
  ///
  /// - Parameters:
  ///   - yaml: The file's text.
  ///   - file: The file's name, for errors.
  ///   - maximumBytes: How long the text may be.
  /// - Throws: `UnreadableYAML` with the line of the first fault.
  public init(reading yaml: String, file: String, maximumBytes: Int = 256 << 10) throws {
    try self.init(reading: Array(yaml.utf8), file: file, maximumBytes: maximumBytes)
  }

  /// Reads the bytes of a file that holds one mapping.
  ///
  /// - Parameters:
  ///   - bytes: What the file holds, in UTF-8.
  ///   - file: The file's name, for errors.
  ///   - maximumBytes: How many bytes there may be.
  /// - Throws: `UnreadableYAML` with the line of the first fault.
  public init(reading bytes: [UInt8], file: String, maximumBytes: Int = 256 << 10) throws {
    guard bytes.count <= maximumBytes else {
      let limit =
        maximumBytes >= 1 << 20 ? "\(maximumBytes >> 20) MiB" : "\(maximumBytes >> 10) KiB"
      throw UnreadableYAML(file: file, line: 1, reason: "longer than \(limit)")
    }
    self = try YAMLEvents.read(bytes, file: file)
    _ = try members()
  }

  init(text: String, isPlain: Bool, line: Int, file: String) {
    (self.line, self.file, content) = (line, file, .text(text, isPlain: isPlain))
  }

  init(list: [StrictYAML], line: Int, file: String) {
    (self.line, self.file, content) = (line, file, .list(list))
  }

  init(mapping: [(key: String, value: StrictYAML)], line: Int, file: String) {
    (self.line, self.file, content) = (line, file, .mapping(mapping))
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

  /// Whether nothing stands here: no text at all, or `null` or `~` without quotes.
  public var isNull: Bool {
    guard case .text(let text, true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// Text as it stands there: `no`, `0x1F` and `~` are words like any other.
  public func text() throws -> String {
    guard case .text(let text, _) = content else { throw error("text should stand here") }
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
