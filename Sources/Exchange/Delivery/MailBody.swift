internal import Foundation

/// A text on its way into a part of a mail.
enum MailBody {
  /// The part's fields, an empty line and its lines, in the shorter one of the two encodings.
  static func lines(_ text: String, type: String) -> [String] {
    // The text's own line breaks are those of mail, whatever they were.
    let plain = text.split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r\n" || $0 == "\r"
    }.joined(separator: "\n")
    let bytes = Array(plain.utf8)
    let foreign = bytes.count { !(32...126 ~= $0) && $0 != 10 || $0 == 61 }
    let isBase64 = foreign * 6 > bytes.count
    let encoding = isBase64 ? "base64" : "quoted-printable"
    let body = isBase64 ? wrapped(base64(crlf(bytes))) : quotedPrintable(bytes)
    return [
      "Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: \(encoding)", "",
    ] + body
  }

  /// Base64 on one line.
  static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// Text has CR LF line breaks where it is encoded as a whole (RFC 2045, 6.8).
  private static func crlf(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { $0 == 10 ? [13, 10] : [$0] }
  }

  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    var rest = text[...]
    while !rest.isEmpty {
      lines.append(String(rest.prefix(76)))
      rest = rest.dropFirst(76)
    }
    return lines
  }

  /// Quoted-printable lines of at most 76 characters.
  ///
  /// A dot and the word From at the beginning of a line are encoded too: some programs act on them.
  private static func quotedPrintable(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 10, omittingEmptySubsequences: false).flatMap { line -> [String] in
      var lines: [String] = []
      var current = ""
      for (index, byte) in zip(line.indices, line) {
        let isLast = index == line.endIndex - 1
        let acts = byte == 46 || line[index...].starts(with: [70, 114, 111, 109, 32])
        let isPlain = (33...126 ~= byte && byte != 61) || (byte == 32 && !isLast)
        let isCoded = !isPlain || (acts && current.isEmpty)
        let piece = isCoded ? code(byte) : String(UnicodeScalar(byte))
        // A soft break takes one place, except behind the line's last character.
        if current.utf8.count + piece.utf8.count > (isLast ? 76 : 75) {
          lines.append(current + "=")
          current = acts ? code(byte) : piece
        } else {
          current += piece
        }
      }
      return lines + [current]
    }
  }

  private static func code(_ byte: UInt8) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let code = [61, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    return String(decoding: code, as: UTF8.self)
  }
}
