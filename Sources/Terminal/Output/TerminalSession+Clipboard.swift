internal import Drawing

/// What became of a text that was sent to the terminal's clipboard.
public enum CopyResult: Hashable, Sendable {
  /// It was sent. Terminals do not say whether they took it: "sent to the terminal's clipboard".
  case sent
  /// It is too long for what terminals take; nothing was sent. The limit is in bytes of text.
  case tooLong(limit: Int)
  /// This terminal has no clipboard that we could reach.
  case unavailable
}

extension TerminalSession {
  /// More bytes of Base64 than this are cut off by common terminals and multiplexers.
  public nonisolated static let largestCopy = 74_994

  /// Sends a text to the terminal's clipboard (OSC 52).
  ///
  /// Never asks for it back.
  public func copy(_ text: String) -> CopyResult {
    guard isOn, !isLost else { return .unavailable }
    guard let sequence = Clipboard.sequence(for: text, through: capabilities.clipboard) else {
      return capabilities.clipboard == .none
        ? .unavailable : .tooLong(limit: Self.largestCopy / 4 * 3)
    }
    send(sequence)
    return .sent
  }

  /// Names the terminal's window until the session leaves it.
  ///
  /// The text goes through the sink for foreign text: what would act on the terminal is a visible mark.
  public func setTitle(_ title: String) {
    guard capabilities.hasTitle else { return }
    let sequence = "\u{1B}]2;\(Clipboard.title(title, isUTF8: capabilities.isUTF8))\u{1B}\\"
    guard sequence != titleSequence else { return }
    titleSequence = sequence
    send(sequence)
  }
}

/// The sequences that carry text past the screen.
enum Clipboard {
  /// The bytes to send; nil where there is no way or the text is too long.
  static func sequence(for text: String, through way: Capabilities.Clipboard) -> String? {
    let encoded = base64(Array(text.utf8))
    guard encoded.utf8.count <= TerminalSession.largestCopy else { return nil }
    let plain = "\u{1B}]52;c;\(encoded)\u{07}"
    switch way {
    case .none:
      return nil
    case .plain:
      return plain
    case .tmux:
      return plain + "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\"
    case .screen:
      // GNU screen takes strings of 768 bytes at most, and joins what it passes on.
      var rest = Substring(plain)
      var result = ""
      while !rest.isEmpty {
        result += "\u{1B}P\(rest.prefix(250))\u{1B}\\"
        rest = rest.dropFirst(250)
      }
      return result
    }
  }

  /// A title as plain text, 100 characters at most.
  static func title(_ title: String, isUTF8: Bool) -> String {
    let plain = String(Text.plain(Untrusted(title)).prefix(100))
    return isUTF8 ? plain : String(plain.map { $0.isASCII ? $0 : "?" })
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = 0
      for offset in 0..<3 {
        bits = bits << 8 | (offset < group.count ? Int(group[start + offset]) : 0)
      }
      for digit in 0..<4 {
        let isPadding = digit > group.count
        let value = bits >> (18 - 6 * digit) & 63
        result.append(isPadding ? UInt8(ascii: "=") : alphabet[value])
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
