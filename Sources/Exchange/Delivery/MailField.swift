/// A header field on its way out: words that may stand in it, folded to its lines.
enum MailField {
  /// A party as To and From have it, in words between which a line may end.
  static func party(_ party: MailMessage.Party) -> [String] {
    guard !party.name.isEmpty else { return [party.address] }
    let name = plain(party.name)
    let isPlain = name.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == 32 }
    let isShort = name.utf8.count <= 60
    if isPlain, isShort {
      return name.split(separator: " ").map(String.init) + ["<\(party.address)>"]
    }
    return encoded(name) + ["<\(party.address)>"]
  }

  /// Several parties, with commas between them.
  static func list(_ parties: [MailMessage.Party]) -> [String] {
    var words: [String] = []
    for (index, party) in parties.enumerated() {
      var own = MailField.party(party)
      if index < parties.count - 1, let last = own.popLast() { own.append(last + ",") }
      words += own
    }
    return words
  }

  /// Any text: as it stands where it is printable ASCII, else as encoded words (RFC 2047).
  static func words(_ text: String) -> [String] {
    let text = plain(text)
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    // Runs of blanks, long words, and what looks like an encoded word would not come back equal.
    let isPlain =
      text.utf8.allSatisfy { 32...126 ~= $0 } && !text.contains("=?")
      && !words.contains { $0.isEmpty || $0.utf8.count > 60 }
    return isPlain ? words : text.isEmpty ? [] : encoded(text)
  }

  /// The lines of a field, none longer than 76 characters if its words allow it.
  static func lines(_ name: String, _ words: [String]) -> [String] {
    var lines = ["\(name):"]
    for word in words {
      if lines[lines.count - 1].utf8.count + 1 + word.utf8.count <= 76 {
        lines[lines.count - 1] += " \(word)"
      } else if lines == ["\(name):"] {
        // A field's first line must not be empty behind its name.
        lines[0] += " \(word)"
      } else {
        lines.append(" \(word)")
      }
    }
    return lines
  }

  /// The text on one line: every control character, which could begin another one, is a blank.
  private static func plain(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isBreak = scalar.value < 32 || 0x7F...0x9F ~= scalar.value
      out.append(isBreak || scalar == "\u{2028}" || scalar == "\u{2029}" ? " " : scalar)
    }
    return String(out)
  }

  /// Encoded words of at most 75 characters, none of which ends inside a character.
  private static func encoded(_ text: String) -> [String] {
    var words: [String] = []
    var piece: [UInt8] = []
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      // The first line has the field's name before it.
      if piece.count + bytes.count > 39 {
        words.append("=?utf-8?B?\(MailBody.base64(piece))?=")
        piece = []
      }
      piece += bytes
    }
    words.append("=?utf-8?B?\(MailBody.base64(piece))?=")
    return words
  }
}
