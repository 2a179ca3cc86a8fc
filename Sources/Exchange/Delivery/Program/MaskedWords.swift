public import Model

/// What a mail program said, without people in it.
///
/// It speaks of the person whose message it was given, and sometimes of others: of whoever is in its
/// queue, or whom it forwards to.
public enum MaskedWords {
  /// How many characters are kept.
  public static let limit = 400

  /// The text on one line; whatever looks like an address, a telephone number or another long number is
  /// masked, whoever it is of, and so is what is known of the person.
  public static func line(_ text: String, of contact: RecipientContact?) -> String {
    var words = text
    if let contact {
      let secrets = [
        (contact.email, contact.masked.email), (contact.name, contact.masked.name),
        (contact.reference, contact.masked.reference), (contact.phone, contact.masked.phone),
        // Servers name an unknown user by the mailbox alone.
        (String(contact.email.prefix { $0 != "@" }), "•••"),
      ]
      for (secret, mask) in secrets where secret.count > 1 {
        words = Self.replacing(secret, in: words, with: mask)
      }
    }
    let line = MaskedNumbers.masked(
      words.split(whereSeparator: \.isWhitespace).map { word in
        word.contains("@") || isPacked(word) ? masked(word) : String(word)
      }
    ).joined(separator: " ")
    return line.count > limit ? line.prefix(limit) + "…" : line
  }

  /// A text with each place masked at which a secret stands, whatever the letter case.
  private static func replacing(_ secret: String, in text: String, with mask: String) -> String {
    let wanted = secret.map { $0.lowercased() }
    let all = Array(text)
    let folded = all.map { $0.lowercased() }
    var (out, index) = ("", 0)
    while index < all.count {
      let end = index + wanted.count
      if end <= all.count, folded[index..<end].elementsEqual(wanted) {
        out += mask
        index = end
      } else {
        out.append(all[index])
        index += 1
      }
    }
    return out
  }

  /// Whether a word is an address without its `@`, as in return paths and logs: `ada=example.org`,
  /// `ada%example.org`.
  private static func isPacked(_ word: Substring) -> Bool {
    guard let sign = word.lastIndex(where: { "=%".contains($0) }) else { return false }
    let (name, host) = (word[..<sign], word[word.index(after: sign)...])
    // What log lines call servers is no person's.
    guard !name.isEmpty, !["relay", "host", "helo", "client"].contains(name.lowercased()) else {
      return false
    }
    let labels = host.prefix { $0.isLetter || $0.isNumber || ".-".contains($0) }
      .split(separator: ".")
    return labels.count > 1 && labels.last?.allSatisfy(\.isLetter) == true
  }

  /// A word with an `@`: the first letter, and what closes it.
  private static func masked(_ word: Substring) -> String {
    let isInside: (Character) -> Bool = { !"<>()[]\"',;:".contains($0) }
    guard let start = word.firstIndex(where: isInside), let end = word.lastIndex(where: isInside)
    else { return String(word) }
    return word[..<start] + "\(word[start])•••@•••" + word[word.index(after: end)...]
  }
}
