/// By what a person is found, exactly.
public enum ContactKey: Int, Codable, Sendable, CaseIterable {
  case reference = 0
  case email = 1
  case phone = 2

  /// What people call it.
  public var label: String {
    switch self {
    case .reference: "reference"
    case .email: "e-mail address"
    case .phone: "telephone number"
    }
  }

  /// Writes the form in which two spellings of the same are equal over `out`.
  ///
  /// A reference without spaces around it; an address in lower case; the digits of a number, a
  /// leading `+` or `00` taken away. Empty means that there is nothing to be found by.
  public func normalise(_ text: UnsafeRawBufferPointer, into out: inout [UInt8]) {
    out.removeAll(keepingCapacity: true)
    switch self {
    case .reference: out.append(contentsOf: ContactKey.trimmed(text))
    case .email:
      let bytes = ContactKey.trimmed(text)
      guard bytes.allSatisfy({ $0 < 0x80 }) else {
        out.append(contentsOf: String(decoding: bytes, as: UTF8.self).lowercased().utf8)
        return
      }
      for byte in bytes { out.append((65...90).contains(byte) ? byte | 0x20 : byte) }
    case .phone:
      var isFirst = true
      var isInternational = false
      for byte in text {
        if isFirst, byte == UInt8(ascii: "+") { isInternational = true }
        if byte != 32 { isFirst = false }
        if (48...57).contains(byte) { out.append(byte) }
      }
      if !isInternational, out.starts(with: [48, 48]) { out.removeFirst(2) }
    }
  }

  /// The form in which two spellings of the same are equal.
  public func normalised(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    var text = text
    text.withUTF8 { normalise(UnsafeRawBufferPointer($0), into: &out) }
    return out
  }

  private static func trimmed(_ text: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
    var (start, end) = (text.startIndex, text.endIndex)
    while start < end, text[start] <= 32 { start += 1 }
    while start < end, text[end - 1] <= 32 { end -= 1 }
    return text[start..<end]
  }
}
