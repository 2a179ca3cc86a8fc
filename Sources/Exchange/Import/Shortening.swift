/// The text on one line: tabs, line breaks and runs of spaces become one space, none at the ends.
func oneLine(_ text: some StringProtocol) -> String {
  var text = String(text)
  return text.withUTF8 { bytes in
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var (index, isPending) = (0, false)
    while index < bytes.count {
      let length = spaceLength(bytes, at: index)
      if length > 0 {
        isPending = !out.isEmpty
        index += length
        continue
      }
      if isPending { out.append(0x20) }
      isPending = false
      out.append(bytes[index])
      index += 1
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// How many bytes the space or line break at a place has; 0 where there is none.
private func spaceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
  func isNext(_ offset: Int, _ values: ClosedRange<UInt8>) -> Bool {
    index + offset < bytes.count && values.contains(bytes[index + offset])
  }
  return switch bytes[index] {
  case 0x20, 0x09...0x0D: 1
  case 0xC2 where isNext(1, 0x85...0x85): 2
  case 0xE2 where isNext(1, 0x80...0x80) && isNext(2, 0xA8...0xA9): 3
  default: 0
  }
}

/// The text cut to a number of characters, with a mark where something is missing.
func cut(_ text: String, to length: Int) -> String {
  guard text.utf8.count > length else { return text }
  // Counting characters is slow, and in ASCII they are bytes.
  if text.utf8.allSatisfy({ $0 < 128 }) {
    return String(decoding: text.utf8.prefix(length - 1), as: UTF8.self) + "…"
  }
  return text.count > length ? "\(text.prefix(length - 1))…" : text
}

/// The first sentence of a text, on one line and without its full stop.
///
/// A sentence has 20 letters or more and ends before a space; what comes after the first 400 is not
/// looked at.
func firstSentence(_ text: String) -> String {
  var line = oneLine(head(of: text, scalars: 400))
  let marks: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?")]
  return line.withUTF8 { bytes in
    var (previous, count, end) = (UInt8(ascii: " "), 0, bytes.count)
    for (index, byte) in bytes.enumerated() {
      if byte == 0x20, count >= 20, marks.contains(previous) {
        end = index
        break
      }
      previous = byte
      // The first bytes of scalars alone.
      if byte & 0xC0 != 0x80 { count += 1 }
    }
    if previous == marks[0] { end -= 1 }
    return String(decoding: UnsafeBufferPointer(rebasing: bytes[..<end]), as: UTF8.self)
  }
}

/// The first scalars of a text, at most so many.
private func head(of text: String, scalars: Int) -> String {
  guard text.utf8.count > scalars else { return text }
  var text = text
  return text.withUTF8 { bytes in
    var (count, end) = (0, bytes.count)
    for (index, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
      if count == scalars {
        end = index
        break
      }
      count += 1
    }
    return String(decoding: UnsafeBufferPointer(rebasing: bytes[..<end]), as: UTF8.self)
  }
}
