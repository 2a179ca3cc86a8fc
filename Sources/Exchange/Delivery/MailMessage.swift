public import Model

/// Why a message cannot be written.
public struct UnfitMail: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong; may quote foreign text.
  public var description: String

  /// Makes an error.
  public init(description: String) { self.description = description }
}

/// A mail that is to be sent: its header fields and one text, with or without HTML beside it.
///
/// Whatever the texts hold, nothing in them begins a field, a part or a line of its own: addresses and
/// ids are refused where they are not plain, all other text is encoded (RFC 2047, RFC 2045). No line
/// is longer than 76 characters, but for addresses that are.
public struct MailMessage: Sendable, Hashable {
  /// A person or an office with an address.
  public struct Party: Sendable, Hashable {
    /// How they are called; may be empty.
    public var name: String
    /// Their address, plain ASCII.
    public var address: String

    /// Makes a party.
    public init(_ address: String, name: String = "") {
      (self.address, self.name) = (address, name)
    }
  }

  /// Who writes; where nobody is named the host's mail program sets who it runs for.
  public var from: Party?
  /// To whom.
  public var to: [Party]
  /// What it is about.
  public var subject: String
  /// The text.
  public var text: String
  /// The same as HTML; nil for none.
  public var html: String?
  /// When it was written.
  public var date: Instant
  /// Its unique id without brackets, `local@domain`; where none is given the mail program makes one.
  public var id: String?
  /// Where bounces are to go, by the envelope: it stands in no field.
  ///
  /// `returnPath(_:tag:)` makes one that names the recipient.
  public var returnPath: String?
  /// The list that it belongs to (RFC 2919), such as `notices.example.org`.
  public var listID: String?

  /// Makes a message.
  public init(to: [Party], subject: String, text: String, date: Instant) {
    (self.to, self.subject, self.text, self.date) = (to, subject, text, date)
  }

  /// A return path that names what was sent to whom: `bounces+m7.r42@example.org` (VERP).
  ///
  /// - Parameters:
  ///   - base: The address to which bounces go.
  ///   - tag: Letters, digits, `.`, `-`, `_` and `=` only.
  /// - Returns: The address; nil where base or tag is not fit, or it would be too long.
  public static func returnPath(_ base: String, tag: String) -> String? {
    guard MailMessage.isAddress(base), !tag.isEmpty, let at = base.lastIndex(of: "@"),
      tag.utf8.allSatisfy({ $0.isLetter || $0.isDigit || [45, 46, 61, 95].contains($0) })
    else { return nil }
    let path = "\(base[..<at])+\(tag)\(base[at...])"
    // RFC 5321, 4.5.3.1.1: a local part has 64 octets at most.
    guard path.utf8.count - base[at...].utf8.count <= 64, isAddress(path) else { return nil }
    return path
  }

  /// Whether a text is a plain address: no spaces, no control characters, no leading hyphen that a
  /// program could take for an option.
  public static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.hasPrefix("-")
      && text.utf8.count <= 254
      && text.unicodeScalars.allSatisfy {
        $0.value > 0x20 && $0.value < 0x7F && !",;:<>\"()[]\\".unicodeScalars.contains($0)
      }
  }

  /// The whole message.
  ///
  /// - Parameter lineEnd: LF for a mail program's standard input, CR LF for SMTP and files.
  /// - Returns: ASCII only.
  /// - Throws: `UnfitMail` where an address or an id is not plain, or nobody is to get it.
  public func bytes(lineEnd: String = "\n") throws -> [UInt8] {
    guard !to.isEmpty else { throw UnfitMail(description: "a mail to nobody") }
    for address in (to + (from.map { [$0] } ?? [])).map(\.address) + (returnPath.map { [$0] } ?? [])
    {
      guard MailMessage.isAddress(address) else {
        throw UnfitMail(description: "\(address) is no plain mail address")
      }
    }
    if let id, !MailMessage.isAddress(id) {
      throw UnfitMail(description: "\(id) is no plain message id")
    }
    if let listID, !MailMessage.isAddress("a@\(listID)") {
      throw UnfitMail(description: "\(listID) is no plain list id")
    }
    var lines: [String] = []
    if let from { lines += MailField.lines("From", MailField.party(from)) }
    lines += MailField.lines("To", MailField.list(to))
    lines += MailField.lines("Subject", MailField.words(subject))
    lines += ["Date: \(MailMessage.date(date))"]
    if let id { lines += ["Message-ID: <\(id)>"] }
    if let listID { lines += ["List-Id: <\(listID)>"] }
    lines += ["Auto-Submitted: auto-generated", "MIME-Version: 1.0"]
    if let html {
      // Neither of the two encodings can write "=_".
      let boundary = "=_tocsin_alternative"
      lines += ["Content-Type: multipart/alternative; boundary=\"\(boundary)\"", ""]
      lines += ["--\(boundary)"] + MailBody.lines(text, type: "text/plain")
      lines += ["--\(boundary)"] + MailBody.lines(html, type: "text/html")
      lines += ["--\(boundary)--"]
    } else {
      lines += MailBody.lines(text, type: "text/plain")
      // The message's end is the end of its last line.
      if text.last?.isNewline == true, lines.last == "" { lines.removeLast() }
    }
    return Array((lines.joined(separator: lineEnd) + lineEnd).utf8)
  }

  /// A date as mail writes it (RFC 5322, 3.3), in UTC.
  private static func date(_ instant: Instant) -> String {
    let civil = CivilTime(instant)
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return "\(days[civil.weekday - 1]), \(civil.day) \(months[civil.month - 1]) \(civil.year) "
      + "\(civil.isoTime) +0000"
  }
}
