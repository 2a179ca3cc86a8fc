/// People who get the same: of a jurisdiction, language and protection.
public struct RecipientKind: Hashable, Codable, Sendable, Comparable {
  /// The jurisdiction; `unknown` where nobody said.
  public var jurisdiction: String
  /// The language; empty where nobody said.
  public var language: String
  /// Why they are not written to like others.
  public var protection: RecipientProtection

  /// Makes a kind.
  public init(jurisdiction: String, language: String, protection: RecipientProtection = .none) {
    (self.jurisdiction, self.language) = (jurisdiction, language)
    self.protection = protection
  }

  /// Orders by jurisdiction, language, protection.
  public static func < (left: RecipientKind, right: RecipientKind) -> Bool {
    (left.jurisdiction, left.language, left.protection.rawValue)
      < (right.jurisdiction, right.language, right.protection.rawValue)
  }
}

extension Recipient {
  /// What decides which text the person gets.
  public var kind: RecipientKind {
    RecipientKind(jurisdiction: jurisdiction, language: language, protection: protection)
  }
}

/// The texts of a mailing, and who gets which of them over which channel.
///
/// Where a text names a person's jurisdiction, only such texts count for that person: a state that
/// has a form of its own never gets the common one. A protected person gets a text that is written for
/// them, or none. Of those that are left the one in the person's language wins, then the one with the
/// lowest number.
public struct NoticeTexts: Hashable, Codable, Sendable {
  /// The texts, by number; removed ones are left out.
  public let texts: [NoticeText]

  /// Makes a set of texts.
  public init(_ texts: [NoticeText]) {
    self.texts = texts.filter { !$0.isRemoved }.sorted { $0.number < $1.number }
  }

  /// The text that a person gets over a channel; nil where none is for that person.
  public func text(for recipient: Recipient, over channel: MailingChannel) -> NoticeText? {
    text(for: recipient.kind, over: channel)
  }

  /// The text that people of a kind get over a channel; nil where none is for them.
  public func text(for kind: RecipientKind, over channel: MailingChannel) -> NoticeText? {
    // Whatever the channel: a law that wants its own form wants it in a letter, too; whoever it is
    // written for: it is no less the law of a child.
    let home = texts.filter { text in
      !text.facts.channels.isEmpty
        && (text.facts.audience == .everyone || text.facts.audience.takes(kind.protection))
    }.flatMap(\.facts.jurisdictions)
      .filter { Self.covers($0, kind.jurisdiction) }.max { $0.utf8.count < $1.utf8.count }
    var best: (text: NoticeText, rank: Int)?
    for text in texts
    where text.facts.channels.contains(channel) && text.facts.audience.takes(kind.protection) {
      let named = text.facts.jurisdictions
      guard home.map(named.contains) ?? named.isEmpty,
        let rank = Self.rank(text.facts, kind.language)
      else { continue }
      if rank > best?.rank ?? -1 { best = (text, rank) }
    }
    return best?.text
  }

  /// Whether a code stands for a jurisdiction: itself, or a part of it.
  private static func covers(_ code: String, _ jurisdiction: String) -> Bool {
    jurisdiction == code || jurisdiction.hasPrefix("\(code)-")
  }

  /// How well a text's language fits a person's, from 0; nil where it does not.
  private static func rank(_ facts: NoticeTextFacts, _ language: String) -> Int? {
    let wanted = language.lowercased()
    if wanted.isEmpty { return facts.takesOtherLanguages ? 1 : 0 }
    if facts.language == wanted { return 3 }
    if base(of: facts.language) == base(of: wanted) { return 2 }
    return facts.takesOtherLanguages ? 1 : nil
  }

  /// The language of a tag without its country or script.
  public static func base(of tag: String) -> String {
    String(tag.prefix { $0 != "-" && $0 != "_" })
  }
}
