/// Names that stand in the header of our own mails, as narrowly as they are taken.
public enum MailName {
  /// The letters of a dot-atom (RFC 5322, 3.2.3).
  private static let atom = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~".utf8
  )
  private static let label = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-".utf8
  )

  /// Whether a text is a plain address: a dot-atom of at most 64 letters, `@`, and a host's name.
  public static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && text.utf8.count <= 254 && parts[0].utf8.count <= 64
      && isDotAtom(parts[0]) && !parts[0].hasPrefix("-") && isHost(parts[1])
  }

  /// Whether a text is a list's id (RFC 2919): a dot-atom with a dot in it, of at most 255 letters.
  public static func isListID(_ text: String) -> Bool {
    text.utf8.count <= 255 && text.contains(".") && isDotAtom(text[...])
  }

  private static func isDotAtom(_ text: Substring) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { word in
      !word.isEmpty && word.utf8.allSatisfy { atom.contains($0) }
    }
  }

  private static func isHost(_ text: Substring) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { word in
      1...63 ~= word.utf8.count && !word.hasPrefix("-") && !word.hasSuffix("-")
        && word.utf8.allSatisfy { label.contains($0) }
    }
  }
}
