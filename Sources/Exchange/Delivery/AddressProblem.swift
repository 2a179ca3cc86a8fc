/// Why no e-mail can be written to an address; quotes nothing of it.
public enum AddressProblem: Sendable, Equatable, CustomStringConvertible {
  /// There is none.
  case missing
  /// It holds control characters, which could begin a header field or a line of their own.
  case controlCharacters
  /// It holds letters beyond ASCII, which only SMTPUTF8 carries.
  case needsSMTPUTF8
  /// It is no plain `local@domain`.
  case notPlain

  /// What is wrong with an address; nil where it can be written to.
  public init?(_ address: String) {
    let scalars = address.unicodeScalars
    if address.allSatisfy(\.isWhitespace) {
      self = .missing
    } else if scalars.contains(where: { $0.value < 32 || 0x7F...0x9F ~= $0.value }) {
      self = .controlCharacters
    } else if scalars.contains(where: { $0.value > 0x7F }) {
      self = .needsSMTPUTF8
    } else if !MailMessage.isAddress(address) || address.prefix(while: { $0 != "@" }).count > 64 {
      self = .notPlain
    } else {
      return nil
    }
  }

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .missing: "no e-mail address"
    case .controlCharacters: "the e-mail address holds control characters"
    case .needsSMTPUTF8:
      "the e-mail address has letters beyond ASCII, which only SMTPUTF8 carries; that is not done "
        + "here"
    case .notPlain: "the e-mail address is none that can be written to"
    }
  }
}
