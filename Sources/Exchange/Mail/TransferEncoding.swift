/// How a part's bytes were made fit for mail (RFC 2045, 6).
enum TransferEncoding {
  case identity, base64, quotedPrintable

  /// The encoding that a field names; identity for names that nobody knows.
  init(_ value: MailBytes?) {
    let value = (value ?? []).trimmed
    if value.begins(with: "base64") {
      self = .base64
    } else if value.begins(with: "quoted-printable") {
      self = .quotedPrintable
    } else {
      self = .identity
    }
  }

  /// The bytes that were meant; what is no code is left out (base64) or stands as it is.
  func decode(_ bytes: MailBytes) -> MailBytes {
    switch self {
    case .identity: bytes
    case .base64: TransferEncoding.base64(bytes)[...]
    case .quotedPrintable: TransferEncoding.quotedPrintable(bytes, isWord: false)[...]
    }
  }

  /// Decodes base64; anything that is no code is passed over, padding ends it.
  static func base64(_ bytes: MailBytes) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 3 / 4)
    var (bits, count): (UInt32, Int) = (0, 0)
    for byte in bytes {
      let value: UInt32
      switch byte {
      case 65...90: value = UInt32(byte) - 65
      case 97...122: value = UInt32(byte) - 71
      case 48...57: value = UInt32(byte) + 4
      case 43: value = 62
      case 47: value = 63
      case 61:
        // Some join pieces, each with its own padding.
        (bits, count) = (0, 0)
        continue
      default: continue
      }
      bits = (bits << 6 | value) & 0xFF_FFFF
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return out
  }

  /// Decodes quoted-printable, or the Q encoding of header words; a broken code stands as it is.
  static func quotedPrintable(_ bytes: MailBytes, isWord: Bool) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == 61 {
        if index + 2 < bytes.endIndex, let high = bytes[index + 1].hexDigit,
          let low = bytes[index + 2].hexDigit
        {
          out.append(high << 4 | low)
          index += 3
          continue
        }
        // A soft line break, with the blanks that some hosts add to lines.
        let rest = bytes[(index + 1)...].drop { $0 == 32 || $0 == 9 || $0 == 13 }
        if !isWord, rest.isEmpty || rest.first == 10 {
          index = rest.isEmpty ? bytes.endIndex : rest.startIndex + 1
          continue
        }
      }
      out.append(isWord && byte == 95 ? 32 : byte)
      index += 1
    }
    return out
  }
}
