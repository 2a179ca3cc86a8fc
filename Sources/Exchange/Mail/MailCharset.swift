#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Bytes of a named character set as text.
enum MailCharset {
  /// Reads bytes; what the set does not have becomes U+FFFD, nothing is refused.
  ///
  /// Without a name, or with one that nobody knows, bytes are UTF-8 if they can be, else
  /// Windows-1252, which is what such senders mean most often.
  static func text(_ bytes: MailBytes, _ name: String?) -> String {
    if bytes.allSatisfy({ $0 < 0x80 && $0 != 27 }) {
      guard let name, name.hasPrefix("utf-7") || name.hasPrefix("utf-16") else {
        return bytes.text
      }
    }
    switch canonical(name) {
    case "utf-8": return bytes.text
    case "iso-8859-1", "windows-1252": return latin(bytes)
    // Every line begins in ASCII again (RFC 1468), also where the escape for it was lost.
    case "iso-2022-jp": return byLine(bytes)
    case let known?: return converted(bytes, known) ?? guess(bytes)
    case nil: return guess(bytes)
    }
  }

  private static func guess(_ bytes: MailBytes) -> String {
    // ISO-2022-JP tells itself by its escapes.
    if bytes.first([27, 36, 66]) != nil || bytes.first([27, 36, 64]) != nil {
      return byLine(bytes)
    }
    return plain(bytes)
  }

  private static func byLine(_ bytes: MailBytes) -> String {
    var out = ""
    for line in bytes.lines {
      if !out.isEmpty { out += "\n" }
      out += line.contains(27) ? converted(line, "iso-2022-jp") ?? line.text : plain(line)
    }
    return out
  }

  private static func plain(_ line: MailBytes) -> String {
    let isUTF8 = line.withUnsafeBufferPointer { $0.validUTF8Prefix == $0.count }
    return isUTF8 ? line.text : latin(line)
  }

  private static func latin(_ bytes: MailBytes) -> String {
    var out = String.UnicodeScalarView()
    for byte in bytes {
      if 0x80..<0xA0 ~= byte {
        out.append(Unicode.Scalar(windows1252[Int(byte) - 0x80]) ?? "\u{FFFD}")
      } else {
        out.append(Unicode.Scalar(byte))
      }
    }
    return String(out)
  }

  /// What Windows-1252 has at 80 to 9F, where ISO 8859-1 has controls.
  private static let windows1252: [UInt16] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]

  /// The sets that the C library is asked for: it is never given a name out of a mail.
  private static let known: Set<String> = [
    "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7",
    "iso-8859-8", "iso-8859-9", "iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-15",
    "iso-8859-16", "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255",
    "windows-1256", "windows-1257", "windows-1258", "koi8-r", "koi8-u", "tis-620", "iso-2022-jp",
    "shift_jis", "euc-jp", "euc-kr", "gb2312", "gbk", "gb18030", "big5", "utf-16", "utf-16be",
    "utf-16le", "utf-7",
  ]

  private static let aliases: [String: String] = [
    "utf8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8", "latin1": "iso-8859-1",
    "iso8859-1": "iso-8859-1", "iso_8859-1": "iso-8859-1", "cp1252": "windows-1252",
    "latin2": "iso-8859-2", "cp1250": "windows-1250", "cp1251": "windows-1251",
    "iso8859-15": "iso-8859-15", "latin9": "iso-8859-15", "sjis": "shift_jis",
    "shift-jis": "shift_jis", "x-sjis": "shift_jis", "cp932": "shift_jis",
    "windows-31j": "shift_jis", "iso-2022-jp-2": "iso-2022-jp", "ks_c_5601-1987": "euc-kr",
    "gb_2312-80": "gb2312", "x-gbk": "gbk", "cp936": "gbk", "big5-hkscs": "big5",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-11": "tis-620", "windows-874": "tis-620",
  ]

  private static func canonical(_ name: String?) -> String? {
    guard let name = name?.lowercased(), !name.isEmpty else { return nil }
    let plain = aliases[name] ?? name
    if plain == "utf-8" || plain == "iso-8859-1" || plain == "windows-1252" { return plain }
    return known.contains(plain) ? plain : nil
  }

  /// Asks the C library, which has the tables; nil where it lacks this one.
  private static func converted(_ bytes: MailBytes, _ name: String) -> String? {
    // The names that glibc has for what mail calls by others.
    let local = ["shift_jis": "CP932", "gb2312": "GBK", "windows-1255": "CP1255"][name] ?? name
    guard let converter = iconv_open("UTF-8", local),
      UInt(bitPattern: converter) != UInt.max
    else { return nil }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var out: [UInt8] = []
    var piece = [CChar](repeating: 0, count: 4096)
    input.withUnsafeMutableBufferPointer { input in
      piece.withUnsafeMutableBufferPointer { piece in
        var next = input.baseAddress
        var left = input.count
        while left > 0 {
          let before = left
          var target = piece.baseAddress
          var room = piece.count
          let result = iconv(converter, &next, &left, &target, &room)
          let code = errno
          out += piece.prefix(piece.count - room).map { UInt8(bitPattern: $0) }
          if result >= 0 { break }
          if code == E2BIG, before != left || room < piece.count { continue }
          // A byte that is none of this set, or the beginning of a character that is cut off.
          out += [0xEF, 0xBF, 0xBD]
          guard left > 0, let here = next else { break }
          next = here + 1
          left -= 1
        }
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
