internal import Model

/// A mail that may have come back, taken apart: the report's own words, and what it returns.
struct ReturnedMail {
  let message: MailPart
  /// The message and all its parts, not those of messages that it encloses.
  let parts: [MailPart]
  /// The words of the report, up to the returned message.
  let words: MailBytes
  /// Whether a returned message begins behind the words, in the same text.
  let isFollowed: Bool
  /// The header fields of the returned message.
  let returned: MailHeaders?
  /// Where the mail was sent to, the envelope's addresses first.
  let sentTo: [String]

  init(_ message: MailPart, limits: MailLimits) {
    self.message = message
    parts = message.all
    let text = ReturnedMail.text(parts)
    let (end, next) = ReturnedMail.cut(text)
    words = text[..<end]
    isFollowed = next < text.endIndex
    returned =
      ReturnedMail.enclosed(parts)
      ?? (isFollowed ? ReturnedMail.fields(text[next...], limits) : nil)
    let names = [
      "x-original-to", "delivered-to", "envelope-to", "x-envelope-to", "x-delivered-to", "to",
    ]
    sentTo = MailAddresses.list(names.flatMap { message.headers.all($0) }, most: 20)
  }

  /// The Message-ID of the returned message, or of the one that is answered.
  var originalMessageID: String? {
    if let id = returned?.bytes("message-id") { return MessageID.first(id) }
    if let id = message.headers.bytes("in-reply-to") { return MessageID.first(id) }
    guard let all = message.headers.bytes("references"), let last = all.lastIndex(of: 60) else {
      return nil
    }
    return MessageID.first(all[last...])
  }

  /// To whom the returned message was written.
  var originalTo: [String] { MailAddresses.list(returned?.all("to") ?? [], most: 20) }

  /// The part of a type; nil where there is none.
  func part(_ names: String...) -> MailPart? { parts.first { names.contains($0.type.name) } }

  private static let enclosing: Set<String> = [
    "message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers",
    "message/global-headers", "text/rfc822",
  ]

  /// Whether a part is a returned message without saying so.
  private static func isBare(_ part: MailPart) -> Bool {
    part.headers.has("received") || part.headers.has("message-id")
  }

  private static func enclosed(_ parts: [MailPart]) -> MailHeaders? {
    let found = parts.dropFirst().lazy.compactMap { part -> MailHeaders? in
      if enclosing.contains(part.type.name) {
        let headers = part.enclosedHeaders
        return headers.fields.isEmpty ? nil : headers
      }
      return isBare(part) ? part.headers : nil
    }
    return found.first
  }

  /// The report's text: its plain parts up to the first that is none, else its HTML.
  private static func text(_ parts: [MailPart]) -> MailBytes {
    var (plain, html): ([UInt8], [UInt8]) = ([], [])
    for part in parts where part.parts.isEmpty {
      let isFirst = part.headers.end == parts[0].headers.end
      if enclosing.contains(part.type.name) || (!isFirst && isBare(part)) { break }
      if part.type.name == "message/delivery-status" || part.type.name.hasPrefix("message/global") {
        break
      }
      if part.type.name == "text/html" {
        if html.isEmpty { html = Array(part.text.utf8) }
      } else if part.type.isText || part.type.isMultipart {
        plain += part.text.utf8
        plain.append(10)
      }
      if plain.count > 256 << 10 { break }
    }
    return plain.allSatisfy(\.isMailSpace) ? html[...] : plain[...]
  }

  /// Where the report's words end, and where the returned message begins.
  private static func cut(_ text: MailBytes) -> (end: Int, next: Int) {
    for line in text.lines {
      let after = min(line.endIndex + 1, text.endIndex)
      if starts.contains(where: { line.begins(with: $0) }) {
        return (line.startIndex, line.startIndex)
      }
      let words = line.trimmed
      guard !words.isEmpty, words.count < 120 else { continue }
      if announcements.contains(where: { words.begins(with: $0) }) {
        return (line.startIndex, after)
      }
      guard words.prefix(2).allSatisfy({ $0 == 45 || $0 == 61 || $0 == 42 }) else { continue }
      let plain = PlainWords.folded(words)[...]
      if marks.contains(where: { plain.first($0) != nil }) { return (line.startIndex, after) }
    }
    return (text.endIndex, text.endIndex)
  }

  /// Header fields that a report has none of.
  private static let starts: [StaticString] = [
    "received:", "return-path:", "dkim-signature:", "x-received:", "arc-seal:",
    "content-type: message/rfc822",
  ]
  private static let announcements: [StaticString] = [
    "original message follows", "message headers follow", "message header follows",
    "original message headers", "below is a copy of the original message",
    "original mail as follows", "original message:", "a copy of the original message",
  ]
  /// What stands between the dashes of a line that announces the returned message.
  private static let marks = [
    "original message", "returned message", "unsent message", "copy of", "original mail",
    "undelivered message", "message text", "message follows", "message header",
    "header of the original", "returned mail follows", "nachrichtenkopf",
  ].map { Array($0.utf8) }

  private static func fields(_ text: MailBytes, _ limits: MailLimits) -> MailHeaders? {
    let headers = MailHeaders(text.drop(while: \.isMailSpace), limits: limits)
    return headers.fields.isEmpty ? nil : headers
  }
}
