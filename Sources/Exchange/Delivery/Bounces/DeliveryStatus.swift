internal import Model

/// A delivery status notification (RFC 3464, and RFC 6533 for addresses beyond ASCII).
///
/// Read as leniently as such mails are written: fields of a recipient may stand among those of the
/// message, empty lines may be missing, and the whole may lie in plain text where a gateway lost the
/// parts' boundaries.
struct DeliveryStatus {
  /// A recipient's fields.
  struct Recipient {
    var final: String?
    var original: String?
    var action: DeliveryAction?
    var status: MailStatus?
    var diagnosticType = ""
    var diagnostic: MailBytes = []
    var remoteHost = ""
  }

  private(set) var recipients: [Recipient] = []
  private(set) var reportingHost = ""
  private(set) var envelopeID: String?
  /// The Message-ID of the returned mail, which some hosts tell here.
  private(set) var messageID: String?
  /// Where the fields ended in the text.
  private(set) var end: Int

  private static let most = 5000

  /// Reads the fields of a part's content.
  init(_ content: MailBytes) {
    end = content.startIndex
    var current: Recipient?
    var position = content.startIndex
    while position < content.endIndex {
      let line = DeliveryStatus.field(content, at: position)
      position = line.end
      if line.isBlank {
        close(&current)
        continue
      }
      if let name = line.name { take(name, line.value, &current) }
    }
    end = position
    close(&current)
  }

  /// Finds the fields of a notification in plain text, which begins a line with `Final-Recipient:`.
  ///
  /// - Returns: What was read; nil where there are none. Its fields end where another header begins.
  static func inText(_ text: MailBytes) -> DeliveryStatus? {
    let lines = text.lines
    guard let known = lines.firstIndex(where: { $0.begins(with: "final-recipient:") }) else {
      return nil
    }
    func belongs(_ line: MailBytes) -> Bool {
      guard let name = line.first, name.isLetter || name.isMailSpace else { return false }
      if name.isMailSpace { return true }
      guard let colon = MailHeaders.nameEnd(line) else { return false }
      let field = line[..<colon]
      return names.contains(String(decoding: field.map(\.lowered), as: UTF8.self))
        || field.begins(with: "x-")
    }
    var first = known
    while first > 0, lines[first - 1].isEmpty || belongs(lines[first - 1]) { first -= 1 }
    var last = known
    while last + 1 < lines.count, lines[last + 1].isEmpty || belongs(lines[last + 1]) { last += 1 }
    return DeliveryStatus(text[lines[first].startIndex..<lines[last].endIndex])
  }

  private static let names: Set<String> = [
    "reporting-mta", "original-envelope-id", "dsn-gateway", "received-from-mta", "arrival-date",
    "final-recipient", "original-recipient", "action", "status", "remote-mta", "diagnostic-code",
    "last-attempt-date", "will-retry-until", "final-log-id", "content-type",
  ]

  private static func field(
    _ content: MailBytes,
    at start: Int
  ) -> (name: String?, value: MailBytes, isBlank: Bool, end: Int) {
    var end = content.next(10, from: start)
    let line = content[start..<end]
    if line.allSatisfy(\.isMailSpace) { return (nil, [], true, end + 1) }
    while end + 1 < content.endIndex, content[end + 1] == 32 || content[end + 1] == 9 {
      let next = content.next(10, from: end + 1)
      // A line of blanks continues nothing: it stands for an empty one.
      if content[(end + 1)..<next].allSatisfy(\.isMailSpace) { break }
      end = next
    }
    guard let colon = MailHeaders.nameEnd(line) else { return (nil, [], false, end + 1) }
    let name = String(decoding: line[..<colon].trimmed.map(\.lowered), as: UTF8.self)
    return (name, MailHeaders.unfold(content[(colon + 1)..<end]), false, end + 1)
  }

  private mutating func take(_ name: String, _ value: MailBytes, _ current: inout Recipient?) {
    switch name {
    case "reporting-mta":
      if reportingHost.isEmpty { reportingHost = DeliveryStatus.typed(value).value.text }
    case "original-envelope-id": envelopeID = Xtext.decode(value.text)
    case "x-original-message-id": messageID = MessageID.first(value)
    case "final-recipient":
      // A second one without an empty line between them.
      if current?.final != nil { close(&current) }
      current = current ?? Recipient()
      current?.final = DeliveryStatus.address(value)
    case "original-recipient":
      if current?.original != nil, current?.action != nil { close(&current) }
      current = current ?? Recipient()
      current?.original = DeliveryStatus.address(value)
    case "action":
      current = current ?? Recipient()
      current?.action = DeliveryStatus.action(value)
    case "status":
      current = current ?? Recipient()
      current?.status = DeliveryStatus.status(value)
    case "diagnostic-code":
      current = current ?? Recipient()
      let (type, text) = DeliveryStatus.typed(value)
      current?.diagnosticType = type
      current?.diagnostic = text
    case "remote-mta":
      current = current ?? Recipient()
      current?.remoteHost = DeliveryStatus.typed(value).value.text
    default: break
    }
  }

  private mutating func close(_ current: inout Recipient?) {
    // A block that names nobody is none of a recipient.
    if let recipient = current, recipient.final != nil || recipient.original != nil,
      recipients.count < DeliveryStatus.most
    {
      recipients.append(recipient)
      current = nil
    } else if current?.action == nil {
      current = nil
    }
  }

  /// A value behind its type: `rfc822; a@b`; without one the type is empty.
  static func typed(_ value: MailBytes) -> (type: String, value: MailBytes) {
    guard let semicolon = value.firstIndex(of: 59) else { return ("", value.trimmed) }
    let type = value[..<semicolon].trimmed
    guard !type.isEmpty, type.count <= 40, type.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 64 })
    else { return ("", value.trimmed) }
    return (
      String(decoding: type.map(\.lowered), as: UTF8.self), value[(semicolon + 1)...].trimmed
    )
  }

  /// An address out of its field, decoded by its type; nil where none is given.
  static func address(_ value: MailBytes) -> String? {
    var (type, address) = typed(value)
    if address.first == 60 { address = address.dropFirst() }
    if let end = address.lastIndex(of: 62) { address = address[..<end] }
    let text = MailCharset.text(address.prefix(1000), nil)
    guard !text.isEmpty else { return nil }
    return type == "utf-8" ? Xtext.decodeUTF8(text) : Xtext.decode(text)
  }

  private static func action(_ value: MailBytes) -> DeliveryAction? {
    let word = value.prefix { $0.isLetter }
    if word.begins(with: "fail") { return .failed }
    return DeliveryAction(rawValue: String(decoding: word.map(\.lowered), as: UTF8.self))
  }

  private static func status(_ value: MailBytes) -> MailStatus? {
    for index in value.indices where value[index].isDigit {
      return SMTPReply.status(value, at: index)?.0
    }
    return nil
  }
}

/// Addresses and envelope ids in the form in which SMTP carries them.
enum Xtext {
  /// Decodes xtext (RFC 3461, 4) where a code stands for what could not be written plainly.
  ///
  /// Hosts are to decode such fields before they report them, and most do. So `+` stays what it is
  /// unless its digits stand for `+`, `=` or something that is no printable ASCII: an address such
  /// as `user+41@example.org` is a plain one.
  static func decode(_ text: String) -> String {
    guard text.utf8.contains(43) else { return text }
    let bytes = text.mailBytes
    var out: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == 43, index + 2 < bytes.endIndex, let value = code(bytes, index + 1) {
        if value == 43 || value == 61 || value == 32 || value > 126 {
          out.append(value)
          index += 3
          continue
        }
      }
      out.append(bytes[index])
      index += 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Decodes the utf-8-addr forms (RFC 6533, 3): `\x{E9}` stands for a character.
  static func decodeUTF8(_ text: String) -> String {
    var out = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "\\x{") {
      out += rest[..<start.lowerBound]
      let digits = rest[start.upperBound...].prefix(7).prefix { $0.isHexDigit }
      let end = digits.endIndex
      if let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value),
        value > 31, end < rest.endIndex, rest[end] == "}"
      {
        out.unicodeScalars.append(scalar)
        rest = rest[rest.index(after: end)...]
      } else {
        out += rest[start]
        rest = rest[start.upperBound...]
      }
    }
    return out + rest
  }

  private static func code(_ bytes: MailBytes, _ index: Int) -> UInt8? {
    // Upper case only.
    guard !(97...102 ~= bytes[index]), !(97...102 ~= bytes[index + 1]),
      let high = bytes[index].hexDigit, let low = bytes[index + 1].hexDigit
    else { return nil }
    return high << 4 | low
  }
}

/// Message-IDs (RFC 5322, 3.6.4).
enum MessageID {
  /// The first one of a value, without its brackets; nil where there is none.
  static func first(_ value: MailBytes) -> String? {
    var value = value.trimmed
    if let open = value.firstIndex(of: 60) {
      value = value[(open + 1)...].drop { $0 == 60 }
      value = value[..<(value.firstIndex(of: 62) ?? value.endIndex)]
    }
    let id = value.trimmed
    guard !id.isEmpty, id.count <= 998, id.allSatisfy({ $0 > 32 && $0 != 127 }) else { return nil }
    return id.text
  }
}
