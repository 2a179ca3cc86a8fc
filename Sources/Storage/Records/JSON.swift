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
    try plainWords(text) ?? value(text)
  }

  /// The words of a list as we write it, where none of them had to be escaped.
  ///
  /// Without a backslash, a quotation mark can only begin or end a word. Each row of a list of
  /// incidents has such a text, and a decoder takes longer for it than all else of the row.
  private static func plainWords(_ text: String) -> [String]? {
    if text == "[]" { return [] }
    let bytes = text.utf8
    guard bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]"),
      !bytes.contains(UInt8(ascii: "\\"))
    else { return nil }
    let pieces = bytes.dropFirst().dropLast().split(
      separator: UInt8(ascii: "\""),
      omittingEmptySubsequences: false
    )
    guard pieces.count >= 3, pieces.count % 2 == 1 else { return nil }
    var words: [String] = []
    for (index, piece) in pieces.enumerated() {
      if index % 2 == 1 {
        words.append(String(Substring(piece)))
      } else if index == 0 || index == pieces.count - 1 {
        guard piece.isEmpty else { return nil }
      } else {
        guard piece.elementsEqual(CollectionOfOne(UInt8(ascii: ","))) else { return nil }
      }
    }
    return words
  }
}
