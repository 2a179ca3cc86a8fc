public import Model

extension AddressProblem {
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
}
