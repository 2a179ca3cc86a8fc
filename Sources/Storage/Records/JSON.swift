internal import Foundation

/// JSON as the store writes it: keys sorted, slashes plain, so that equal values are equal bytes.
enum JSON {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func value<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws
    -> Value
  {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }

  /// A list of words; the common cases cost nothing.
  static func words(_ words: [String]) throws -> String {
    words.isEmpty ? "[]" : try text(words)
  }

  static func words(_ text: String) throws -> [String] {
    text == "[]" ? [] : try value(text)
  }
}
