#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Some of a mail's bytes.
typealias MailBytes = ArraySlice<UInt8>

extension UInt8 {
  /// Space, tab, carriage return or line feed.
  var isMailSpace: Bool { self == 32 || self == 9 || self == 10 || self == 13 }
  var isDigit: Bool { self &- 48 < 10 }
  /// The letter in lower case, ASCII only.
  var lowered: UInt8 { self &- 65 < 26 ? self | 32 : self }
  var isLetter: Bool { (self | 32) &- 97 < 26 }
  /// The value of a hexadecimal digit.
  var hexDigit: UInt8? {
    switch self {
    case 48...57: self - 48
    case 65...70: self - 55
    case 97...102: self - 87
    default: nil
    }
  }
}

extension ArraySlice<UInt8> {
  /// Without blanks and line breaks at both ends.
  var trimmed: MailBytes {
    var (start, end) = (startIndex, endIndex)
    while start < end, self[start].isMailSpace { start += 1 }
    while end > start, self[end - 1].isMailSpace { end -= 1 }
    return self[start..<end]
  }

  /// The bytes as text; what is no UTF-8 becomes U+FFFD.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// Where a sequence of bytes first stands, from an index on.
  func first(_ needle: [UInt8], from start: Int? = nil) -> Int? {
    let from = start ?? startIndex
    guard from >= startIndex, from <= endIndex else { return nil }
    return self[from...].withUnsafeBytes { here in
      needle.withUnsafeBytes { needle in
        guard let base = here.baseAddress, let wanted = needle.baseAddress else { return nil }
        var offset = 0
        while offset + needle.count <= here.count {
          let room = here.count - needle.count - offset + 1
          guard let found = memchr(base + offset, Int32(needle[0]), room) else { return nil }
          if memcmp(found, wanted, needle.count) == 0 {
            return from + (UnsafeRawPointer(found) - base)
          }
          offset = UnsafeRawPointer(found) - base + 1
        }
        return nil
      }
    }
  }

  /// Where a byte first stands, from an index on; the end where it does not.
  func next(_ byte: UInt8, from start: Int) -> Int {
    guard start < endIndex else { return endIndex }
    return self[start...].withUnsafeBytes { here in
      guard let base = here.baseAddress, let found = memchr(base, Int32(byte), here.count) else {
        return endIndex
      }
      return start + (UnsafeRawPointer(found) - base)
    }
  }

  /// Whether the bytes begin with a text in lower case, whatever their own case.
  func begins(with text: StaticString) -> Bool {
    guard count >= text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { wanted in
      for offset in 0..<wanted.count where self[startIndex + offset].lowered != wanted[offset] {
        return false
      }
      return true
    }
  }

  /// The lines, without their ends.
  var lines: [MailBytes] {
    var lines: [MailBytes] = []
    var start = startIndex
    while start < endIndex {
      let end = next(10, from: start)
      lines.append(self[start..<end])
      start = end + 1
    }
    return lines
  }
}

extension String {
  /// The text's bytes.
  var mailBytes: MailBytes { Array(utf8)[...] }
}
