/// Who writes a mailing's e-mails, as far as it is approved with the texts.
///
/// Whoever could alter it alone after the approval could have a notice sent in another's name, or its
/// answers and bounces to somebody else.
public struct SendingIdentity: Hashable, Codable, Sendable {
  /// The address that stands in From.
  public var sender: String
  /// The name beside it.
  ///
  /// Foreign text.
  public var senderName: String
  /// Where bounces go.
  public var returnPath: String
  /// The mail program and its first arguments, which gets all addresses to see; nil where the organisation
  /// wants no second person: then who approves can set it as well.
  public var program: [String]?

  /// Makes an identity.
  public init(sender: String, senderName: String, returnPath: String, program: [String]? = nil) {
    (self.sender, self.senderName, self.returnPath) = (sender, senderName, returnPath)
    self.program = program
  }

  /// Who writes, in lines; foreign text.
  public var lines: [String] {
    [
      "from: \(senderName.isEmpty ? sender : "\(senderName) <\(sender)>")",
      "bounces to: \(returnPath)",
    ] + (program.map { ["mail program: \($0.joined(separator: " "))"] } ?? [])
  }

  /// Takes all of it into the digest of an edition.
  func add(to out: inout Bytes) {
    for text in [sender, senderName, returnPath] { out.append(text) }
    out.append(Int64(program?.count ?? -1))
    for word in program ?? [] { out.append(word) }
  }
}

extension SendingPlan {
  /// Who writes, as it is approved; nil while nobody said.
  public func identity(forTwo needsSecondPerson: Bool) -> SendingIdentity? {
    guard !sender.isEmpty else { return nil }
    return SendingIdentity(
      sender: sender,
      senderName: senderName,
      returnPath: bounceAddress,
      program: needsSecondPerson ? program : nil
    )
  }
}
