/// Header text beyond ASCII (RFC 2047): `=?utf-8?q?caf=C3=A9?=`.
enum EncodedWords {
  /// The text of an unfolded value; words that cannot be read stand as they are.
  ///
  /// Blanks between two encoded words go, and neighbours in one charset are joined before they are
  /// decoded: senders cut words in the middle of a character.
  static func decode(_ value: MailBytes) -> String {
    guard value.first([61, 63]) != nil else { return MailCharset.text(value, nil) }
    var out = ""
    var (plain, position) = (value.startIndex, value.startIndex)
    var word: (charset: String, bytes: [UInt8])?
    func flush() {
      if let word { out += MailCharset.text(word.bytes[...], word.charset) }
      word = nil
    }
    while let start = value.first([61, 63], from: position) {
      guard let next = EncodedWords.word(value, at: start) else {
        position = start + 2
        continue
      }
      let between = value[plain..<start]
      if word == nil || between.contains(where: { !$0.isMailSpace }) {
        flush()
        out += MailCharset.text(between, nil)
      }
      if word?.charset == next.charset {
        word?.bytes += next.bytes
      } else {
        flush()
        word = (next.charset, next.bytes)
      }
      (plain, position) = (next.end, next.end)
    }
    flush()
    return out + MailCharset.text(value[plain...], nil)
  }

  private static func word(
    _ value: MailBytes,
    at start: Int
  ) -> (charset: String, bytes: [UInt8], end: Int)? {
    let charsetEnd = value.next(63, from: start + 2)
    // charset ? encoding ? text ?=
    guard charsetEnd - start < 60, charsetEnd + 2 < value.endIndex, value[charsetEnd + 2] == 63
    else { return nil }
    // No further than a word may reach: a field of thousands of beginnings takes no longer for it.
    let near = value[..<min(start + 2000, value.endIndex)]
    guard charsetEnd + 3 <= near.endIndex, let end = near.first([63, 61], from: charsetEnd + 3)
    else { return nil }
    let text = value[(charsetEnd + 3)..<end]
    // RFC 2231 adds a language behind an asterisk.
    let charset = value[(start + 2)..<charsetEnd].prefix { $0 != 42 }.text.lowercased()
    switch value[charsetEnd + 1].lowered {
    case 98: return (charset, TransferEncoding.base64(text), end + 2)
    case 113: return (charset, TransferEncoding.quotedPrintable(text, isWord: true), end + 2)
    default: return nil
    }
  }
}
