/// Text made fit for looking up hundreds of phrases in it.
struct PlainWords {
  /// The text.
  let bytes: [UInt8]
  /// Which runs of four bytes stand in the text, by a hash of them: most phrases need no search.
  private var index = [UInt64](repeating: 0, count: 256)

  /// Folds a text and takes away what could be mistaken for a word of the sentence: web addresses,
  /// mail addresses (`@` stands for one), reply codes and statuses that wrapping strews in.
  init(_ text: MailBytes) {
    bytes = PlainWords.words(text)
    guard bytes.count >= 4 else { return }
    for start in 0...(bytes.count - 4) {
      if let mark = PlainWords.mark(bytes, start) { index[mark >> 6] |= 1 << UInt64(mark & 63) }
    }
  }

  /// Whether a text with this mark may stand here.
  func isMarked(_ mark: Int) -> Bool { index[mark >> 6] & (1 << UInt64(mark & 63)) != 0 }

  /// The mark of the four bytes at a place; nil where there are fewer.
  static func mark(_ bytes: [UInt8], _ start: Int) -> Int? {
    guard start + 4 <= bytes.count else { return nil }
    let four =
      UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) << 16
      | UInt32(bytes[start + 3]) << 24
    return Int((four &* 0x9E37_79B1) >> 18)
  }

  /// The text in lower case (ASCII), every run of blanks and line breaks one space.
  static func folded(_ text: MailBytes) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    for byte in text {
      if byte.isMailSpace {
        if out.last != 32 { out.append(32) }
      } else {
        out.append(byte.lowered)
      }
    }
    return out
  }

  private static func words(_ text: MailBytes) -> [UInt8] {
    let text = folded(text)
    var out: [UInt8] = [32]
    out.reserveCapacity(text.count)
    for word in text.split(separator: 32) {
      var word = word
      if word.first([58, 47, 47]) != nil || word.begins(with: "www.") { continue }
      if word.first == 91 || word.first == 40 { word = word.dropFirst() }
      if isCode(word) { continue }
      if word.contains(64) {
        for found in MailAddresses.find(in: word).reversed() {
          word = (word[..<found.range.lowerBound] + [64] + word[found.range.upperBound...])[...]
        }
      }
      // Typographic apostrophes.
      if let quote = word.first([0xE2, 0x80, 0x99]) {
        word = (word[..<quote] + [39] + word[(quote + 3)...])[...]
      }
      out += word
      out.append(32)
    }
    return out
  }

  private static func isCode(_ word: MailBytes) -> Bool {
    guard let first = word.first, first == 52 || first == 53, word.count >= 3, word.count <= 15
    else { return false }
    return word.allSatisfy { $0.isDigit || $0 == 45 || $0 == 46 || $0 == 58 }
  }
}
