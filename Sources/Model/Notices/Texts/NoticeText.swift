/// For whom a text is written.
public enum NoticeAudience: String, Vocabulary {
  /// Everybody who is not protected.
  case everyone
  /// A child, or those who answer for it.
  case child
  /// The heirs or next of kin of somebody who has died.
  case deceased
  /// A person whom somebody represents by law.
  case represented

  /// Whether it is written for people who are protected so.
  public func takes(_ protection: RecipientProtection) -> Bool {
    switch self {
    case .everyone: protection == .none
    case .child: protection == .child
    case .deceased: protection == .deceased
    case .represented: protection == .represented
    }
  }

  /// The audience as it is shown.
  public var label: String {
    switch self {
    case .represented: "legal representative"
    default: rawValue
    }
  }
}

/// What a text says, and to whom: everything that its digest covers.
public struct NoticeTextFacts: Hashable, Codable, Sendable {
  /// The channels that it is for; each once, in the order of all channels.
  ///
  /// None where it is sent to nobody of the ledger: a line for regulators.
  public var channels: [MailingChannel]
  /// Its language as a tag in lower case: `de`, `pt-br`.
  public var language: String
  /// The jurisdictions that it is for, sorted; `EU` and `US` stand for all of theirs.
  ///
  /// None where it is for all that no other text names.
  public var jurisdictions: [String]
  /// For whom it is written.
  public var audience: NoticeAudience
  /// Whether it is for those too whose language has no text.
  public var takesOtherLanguages: Bool
  /// What it is about, on one line; may hold merge fields.
  ///
  /// Foreign text.
  public var subject: String
  /// What it says: a Mustache template over plain lines, headings (`#`) and lists (`-`).
  ///
  /// Foreign text.
  public var body: String
  /// The shipped draft that it began as; empty where there was none.
  public var draft: String

  /// The longest subject, in bytes of UTF-8.
  public static let longestSubject = 400
  /// The longest body, in bytes of UTF-8.
  public static let longestBody = 64 << 10

  /// Makes facts.
  public init(
    channels: [MailingChannel] = [.email],
    language: String,
    jurisdictions: [String] = [],
    audience: NoticeAudience = .everyone,
    takesOtherLanguages: Bool = false,
    subject: String,
    body: String,
    draft: String = ""
  ) {
    self.channels = MailingChannel.allCases.filter(channels.contains)
    self.language = language.lowercased()
    self.jurisdictions = Set(jurisdictions).sorted()
    (self.audience, self.takesOtherLanguages) = (audience, takesOtherLanguages)
    (self.subject, self.body, self.draft) = (subject, body, draft)
  }

  /// The facts by name, as texts; for the journal and conflicts.
  public var named: [(String, String)] {
    [
      ("channels", channels.map(\.label).joined(separator: ", ")), ("language", language),
      ("jurisdictions", jurisdictions.joined(separator: ", ")), ("audience", audience.label),
      ("other languages", takesOtherLanguages ? "yes" : ""), ("subject", subject),
      ("text", body), ("draft", draft),
    ]
  }

  /// SHA-256 over all that it says and to whom, in hexadecimal.
  public var digest: String {
    var out = Bytes(tag: "tocsin.notice.text.1")
    out.append(Int64(channels.count))
    for channel in channels { out.append(channel.rawValue) }
    out.append(language)
    out.append(Int64(jurisdictions.count))
    for jurisdiction in jurisdictions { out.append(jurisdiction) }
    out.append(audience.rawValue)
    out.append(takesOtherLanguages ? 1 : 0)
    out.append(subject)
    out.append(body)
    return Digest.sha256(out.bytes)
  }
}

/// A version of a text of a mailing: what a person is told, by which channel, in which language.
public struct NoticeText: Hashable, Codable, Sendable {
  /// The text's number in the store; the same for all its versions.
  public var id: RecordID
  /// The mailing.
  public var mailing: RecordID
  /// Its number in the mailing, from 1; never given to another.
  public var number: Int
  /// Which version this is: 1 when it was added, one more with each edit.
  public var version: Version
  /// What it says, and to whom.
  public var facts: NoticeTextFacts
  /// When this version was written.
  public var writtenAt: Instant
  /// Who wrote it.
  public var writtenBy: String
  /// What people have confirmed of this version, by content and item.
  public var confirmations: [NoticeConfirmation]
  /// Whether it was taken out of the mailing.
  public var isRemoved: Bool

  /// What people call the text: `T1`.
  public var name: String { "T\(number)" }
  /// What people call this version: `T1.2`.
  public var versionName: String { "\(name).\(version)" }
  /// SHA-256 over what it says and to whom, in hexadecimal.
  public var digest: String { facts.digest }

  /// Makes a version of a text.
  public init(
    id: RecordID,
    mailing: RecordID,
    number: Int,
    version: Version,
    facts: NoticeTextFacts,
    writtenAt: Instant,
    writtenBy: String,
    confirmations: [NoticeConfirmation] = [],
    isRemoved: Bool = false
  ) {
    (self.id, self.mailing, self.number, self.version) = (id, mailing, number, version)
    (self.facts, self.writtenAt, self.writtenBy) = (facts, writtenAt, writtenBy)
    (self.confirmations, self.isRemoved) = (confirmations, isRemoved)
  }
}

/// What a person has confirmed of one thing that a law wants of a text, or does not want in it.
///
/// A machine sees headings and words; whether a sentence says what the law asks is for a person.
public struct NoticeConfirmation: Hashable, Codable, Sendable {
  /// What was found.
  public enum Verdict: String, Vocabulary {
    /// The text says it; or, of what is forbidden, does not say it.
    case holds
    /// The law does not ask for it here; the reason says why.
    case notApplicable = "not-applicable"

    /// The word as it is shown.
    public var label: String { self == .holds ? "confirmed" : "does not apply" }
  }

  /// The list of contents, such as `gdpr-34-2`.
  public var content: String
  /// The item in it; `forbidden/` and the item for what must not be said.
  public var item: String
  /// What was found.
  public var verdict: Verdict
  /// Why; needed where the item does not apply, or speaks against what was seen.
  ///
  /// Foreign text.
  public var reason: String
  /// Who confirmed it.
  public var by: String
  /// When.
  public var at: Instant

  /// Makes a confirmation.
  public init(
    content: String,
    item: String,
    verdict: Verdict,
    reason: String = "",
    by: String,
    at: Instant
  ) {
    (self.content, self.item, self.verdict) = (content, item, verdict)
    (self.reason, self.by, self.at) = (reason, by, at)
  }
}
