internal import Model

/// Words by which a refusal is judged, looked through once, however many recipients they speak of.
final class BounceEvidence {
  private let bytes: MailBytes

  /// So many bytes are looked at: a report that is longer says no more about why.
  private static let longest = 16 << 10

  init(_ bytes: MailBytes) { self.bytes = bytes.prefix(BounceEvidence.longest) }

  /// Reply code, status and step, as the words tell them.
  private(set) lazy var reply = SMTPReply(bytes)
  private lazy var words = PlainWords(bytes)
  /// The reason that telling phrases give.
  private(set) lazy var telling = BouncePhrases.reason(in: words, of: BouncePhrases.telling)
  /// The reason that vague phrases give.
  private(set) lazy var vague = BouncePhrases.reason(in: words, of: BouncePhrases.vague)
  /// Whether the words are what Exchange and Postfix say for an unknown mailbox, whatever status they
  /// give with it.
  private(set) lazy var isPlainDenial = words.bytes[...].first(BounceEvidence.plainDenial) != nil

  private static let plainDenial = Array("recipient address rejected: access denied".utf8)
}
