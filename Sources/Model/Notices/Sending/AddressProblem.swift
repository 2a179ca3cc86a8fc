/// Why no e-mail can be written to an address; quotes nothing of it.
///
/// Its words stand as the cause of the step with which a person went to *bounced, hard* although nothing
/// was sent.
public enum AddressProblem: String, Sendable, Equatable, CaseIterable, CustomStringConvertible {
  /// There is none.
  case missing
  /// It holds control characters, which could begin a header field or a line of their own.
  case controlCharacters
  /// It holds letters beyond ASCII, which only SMTPUTF8 carries.
  case needsSMTPUTF8
  /// It is no plain `local@domain`.
  case notPlain

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
