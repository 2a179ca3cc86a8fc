/// Addresses that tell SQLite more of a file than its path.
enum FileAddress {
  /// A file that must be there: SQLite makes none in its place.
  static func existing(_ path: String) -> String { address(path, "mode=rw") }

  /// A file that nobody alters.
  static func immutable(_ path: String) -> String { address(path, "immutable=1") }

  private static func address(_ path: String, _ parameter: String) -> String {
    let digits = Array("0123456789ABCDEF")
    let encoded = path.utf8.reduce(into: "") { text, byte in
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "/._-".utf8.contains(byte)
      text +=
        isPlain
        ? String(UnicodeScalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
    return "file:\(encoded)?\(parameter)"
  }
}
