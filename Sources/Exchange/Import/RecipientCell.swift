internal import Model

/// What cells of recipients may hold; reasons quote nothing of them.
enum RecipientCell {
  /// A code that means nothing.
  struct Wrong: Error {
    var reason: String
  }

  /// A cell without spaces around it.
  static func trimmed(_ cell: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var (start, end) = (0, cell.count)
    while start < end, cell[start] <= 32, cell[start] != 0 { start += 1 }
    while start < end, cell[end - 1] <= 32, cell[end - 1] != 0 { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: cell[start..<end])
  }

  /// What is wrong with the text of a cell.
  static func problem(_ cell: UnsafeRawBufferPointer, limit: Int) -> String? {
    guard cell.count <= limit else { return "longer than \(limit) bytes" }
    var (high, hasNul) = (UInt8(0), false)
    for byte in cell {
      high |= byte
      if byte == 0 { hasNul = true }
    }
    if hasNul { return "a NUL character, which no text may hold" }
    if high >= 0x80, String(validating: cell, as: UTF8.self) == nil {
      return "bytes that are not UTF-8"
    }
    return nil
  }

  /// Whether a cell that is not empty holds nothing that could be seen, such as U+200B alone.
  static func isUnseen(_ cell: UnsafeRawBufferPointer) -> Bool {
    // Most begin with a letter that is plainly there.
    guard let first = cell.first, first >= 0x80 else { return false }
    return String(decoding: cell, as: UTF8.self).isUnseen
  }

  /// What is wrong with an e-mail address; an empty one is none.
  ///
  /// One `@` with something before and behind it, no spaces: what a mail program will take, not what
  /// RFC 5322 allows.
  static func emailProblem(_ cell: UnsafeRawBufferPointer) -> String? {
    guard !cell.isEmpty else { return nil }
    var (at, count) = (0, 0)
    for (index, byte) in cell.enumerated() {
      if byte == UInt8(ascii: "@") { (at, count) = (index, count + 1) }
      if byte <= 32 || byte == 127 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") {
        return "not an e-mail address: it holds a space, comma or control character"
      }
    }
    return count == 1 && at > 0 && at < cell.count - 1
      ? nil : "not an e-mail address: one @ with something before and behind it is needed"
  }

  /// What is wrong with a telephone number; an empty one is none.
  static func phoneProblem(_ cell: UnsafeRawBufferPointer) -> String? {
    guard !cell.isEmpty else { return nil }
    var digits = 0
    for byte in cell {
      switch byte {
      case 48...57: digits += 1
      case 32, UInt8(ascii: "+"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "/"):
        break
      default: return "not a telephone number: digits, spaces and + ( ) - . / only"
      }
    }
    return (4...20).contains(digits) ? nil : "not a telephone number: 4 to 20 digits are needed"
  }

  /// A jurisdiction as the rules name it; Member States of the EU may stand without `EU-`.
  static func jurisdiction(_ text: String?) -> Result<String, Wrong> {
    guard let text, !text.isEmpty else { return .success("unknown") }
    let code = text.uppercased()
    let found =
      switch code {
      case "UK": "GB"
      case "EL", "EU-EL": "EU-GR"
      default: Jurisdiction.memberStates.contains(code) ? "EU-\(code)" : code
      }
    if let problem = Jurisdiction.problem(with: found) { return .failure(Wrong(reason: problem)) }
    return .success(found)
  }

  /// A language tag of letters, digits and hyphens, in lower case; empty where nobody knows.
  static func language(_ text: String?) -> Result<String, Wrong> {
    guard let text, !text.isEmpty else { return .success("") }
    guard let tag = LanguageTag.reading(text) else {
      return .failure(Wrong(reason: "not a language tag such as de or pt-br"))
    }
    return .success(tag)
  }

  /// The code of a protection; nil where the word means none.
  static func protection(_ cell: UnsafeRawBufferPointer) -> UInt8? {
    if cell.isEmpty { return 0 }
    guard cell.count <= 24 else { return nil }
    switch String(decoding: cell, as: UTF8.self).lowercased()
      .filter({ $0.isLetter || $0.isNumber })
    {
    case "none", "no", "0", "false": return UInt8(RecipientProtection.none.rawValue)
    case "child", "minor": return UInt8(RecipientProtection.child.rawValue)
    case "deceased": return UInt8(RecipientProtection.deceased.rawValue)
    case "represented", "representative", "legalrepresentative":
      return UInt8(RecipientProtection.represented.rawValue)
    default: return nil
    }
  }
}
