internal import Model

/// Recipients in the words of a report that has no fields for them.
enum TextRecipients {
  /// A recipient with the lines that speak of it.
  struct Found {
    var address: String
    var text: [UInt8]
    fileprivate var isOwn: Bool
  }

  private enum Role { case head, reply, named }

  /// So many bytes are looked at of a line, and of what is said of one recipient.
  private static let longest = 8 << 10

  /// Finds whom the words speak of.
  ///
  /// An address is a recipient where it begins a line (qmail, Exim, Postfix, sendmail), where it
  /// stands behind a reply code in a transcript, or behind words such as "deliver message to"; the
  /// lines up to the next one are its own. The mail's own recipients are its senders and count only
  /// where there are no others.
  static func find(_ words: MailBytes, sentTo: [String]) -> [Found] {
    var found: [Found] = []
    var places: [String: Int] = [:]
    var current: Int?
    var sinceOwn: [UInt8] = []
    var before: MailBytes = []
    for line in words.lines {
      let isBlank = line.allSatisfy(\.isMailSpace)
      var isReply = false
      if !isBlank, let (address, role) = recipient(line, before: before) {
        let key = address.lowercased()
        isReply = role == .reply
        if let known = places[key] {
          current = known
          if role != .named { found[known].isOwn = true }
          if role == .reply { found[known].text += sinceOwn }
        } else if found.count < 2000 {
          let text = role == .reply ? sinceOwn : []
          found.append(Found(address: address, text: text, isOwn: role != .named))
          current = found.count - 1
          places[key] = current
        }
        sinceOwn = []
      } else if !isBlank, sinceOwn.count < longest {
        sinceOwn += line.prefix(longest)
        sinceOwn.append(10)
      }
      if let open = current, found[open].text.count < longest {
        found[open].text += line.prefix(longest)
        found[open].text.append(10)
        // What follows a reply in a transcript is said of the next recipient.
        if isReply { current = nil }
      }
      if !isBlank { before = line }
    }
    return chosen(found, sentTo: sentTo)
  }

  private static func chosen(_ found: [Found], sentTo: [String]) -> [Found] {
    let senders = Set(sentTo.map { $0.lowercased() })
    let others = found.filter {
      !senders.contains($0.address.lowercased()) && !isService($0.address)
    }
    let people = others.isEmpty ? found.filter { !isService($0.address) } : others
    let wanted = people.isEmpty ? found : people
    let own = wanted.filter(\.isOwn)
    return own.isEmpty ? wanted : own
  }

  private static func recipient(
    _ line: MailBytes,
    before: MailBytes
  ) -> (address: String, role: Role)? {
    guard line.contains(64), let first = MailAddresses.find(in: line.prefix(2000)).first else {
      return nil
    }
    let lead = line[..<first.range.lowerBound].trimmed
      .drop { [32, 9, 34, 39, 42, 45, 60, 62, 91].contains($0) || $0 >= 0x80 }
    if lead.isEmpty {
      let last = PlainWords.folded(before.trimmed)[...]
      if introductions.contains(where: { last.suffix($0.count).elementsEqual($0) }) { return nil }
      return (first.address, .head)
    }
    if lead.allSatisfy({ $0.isDigit || $0 == 46 || $0 == 45 || $0 == 60 || $0 == 32 }),
      lead.first == 52 || lead.first == 53
    {
      return (first.address, .reply)
    }
    var plain = PlainWords.folded(lead)[...]
    while let last = plain.last, [32, 58, 60, 34, 39, 40, 91].contains(last) { plain.removeLast() }
    guard !foreign.contains(where: { plain.begins(with: $0) }) else { return nil }
    guard leads.contains(where: { plain.suffix($0.count).elementsEqual($0) }) else { return nil }
    return (first.address, .named)
  }

  /// What stands at the end of the line before an address that is the sender's.
  private static let introductions = [
    "sent by", "message from", "sender:", "from:", "your message",
  ]
  .map { Array($0.utf8) }
  /// Beginnings of lines whose address is no recipient that failed.
  private static let foreign: [StaticString] = [
    "to:", "from", "cc:", "subject", "reply", "mail from", "sender", "contact", "please",
    "for help",
    "if you", "x-", "message-id", "generating", "envelope-from",
  ]
  private static let leads = [
    " mail to", " message to", " delivered to", " deliver to", "undeliverable to", "delivery to",
    "recipient", "recipients", "recipient(s)", "recipient address", "final-recipient", "userid",
    "attempts", "addressed to", "rcpt to", "mailbox", " user", "address", "addresses", "sent to",
    " email to", " e-mail to", "destinataire", "empfänger", "destinatario", "original-recipient",
    "user address", "rcpt", "email address",
  ].map { Array($0.utf8) }

  /// Addresses that reports name so that people can ask.
  private static func isService(_ address: String) -> Bool {
    let local = address.prefix { $0 != "@" }.lowercased()
    return ["postmaster", "mailer-daemon", "abuse", "support", "helpdesk", "noreply", "no-reply"]
      .contains(local)
  }
}
