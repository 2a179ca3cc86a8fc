/// All that is approved as one: the versions of the texts, what is filled in for all, and who gets what.
public struct NoticeEditionFacts: Hashable, Codable, Sendable {
  /// The day of the notice, as `2026-03-13`.
  public var date: String
  /// The channels of the mailing, first to last.
  public var channels: [MailingChannel]
  /// The duties that the mailing fulfils, by the ids of their rules.
  public var obligations: [String]
  /// The texts, by number.
  public var parts: [Part]
  /// Who is listed, by kind, and which text they get.
  public var shares: [Share]
  /// Who writes the e-mails; nil where nobody said when it was put up, or none are sent.
  public var sender: SendingIdentity?

  /// A text with what is the same in it for all who get it.
  public struct Part: Hashable, Codable, Sendable {
    /// The text, in the version that was put up, with what was confirmed of it.
    public var text: NoticeText
    /// The values by field; those that are not known are absent.
    ///
    /// Foreign text.
    public var values: [String: String]

    /// Makes a part.
    public init(text: NoticeText, values: [MergeField: String]) {
      self.text = text
      self.values = Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) })
    }

    /// The values by field.
    public var fields: [MergeField: String] {
      var fields: [MergeField: String] = [:]
      for (name, value) in values { MergeField(rawValue: name).map { fields[$0] = value } }
      return fields
    }
  }

  /// So many people of a kind, and the text that they get over each channel.
  public struct Share: Hashable, Codable, Sendable {
    /// What they have in common.
    public var kind: RecipientKind
    /// How many are listed, in whatever state.
    public var count: Int
    /// The texts' names by channel, in the mailing's order of channels; those without one are absent.
    public var texts: [Cover]

    /// Makes a share.
    public init(kind: RecipientKind, count: Int, texts: [Cover]) {
      (self.kind, self.count, self.texts) = (kind, count, texts)
    }

    /// Whether some channel has a text for them.
    public var isCovered: Bool { !texts.isEmpty }
  }

  /// A channel and the text that people of a kind get over it.
  public struct Cover: Hashable, Codable, Sendable {
    /// The channel.
    public var channel: MailingChannel
    /// The text's name.
    public var text: String

    /// Makes a cover.
    public init(channel: MailingChannel, text: String) {
      (self.channel, self.text) = (channel, text)
    }
  }

  /// Makes facts of their parts.
  public init(
    date: String,
    channels: [MailingChannel],
    obligations: [String],
    parts: [Part],
    shares: [Share],
    sender: SendingIdentity? = nil
  ) {
    (self.date, self.channels, self.obligations) = (date, channels, obligations)
    (self.parts, self.shares, self.sender) = (parts, shares, sender)
  }

  /// Works out what would be put up now.
  ///
  /// - Parameters:
  ///   - date: The day of the notice, as `2026-03-13`.
  ///   - mailing: What is known of the mailing.
  ///   - texts: Its texts.
  ///   - counts: How many are listed of each kind.
  ///   - incident: The incident that people are told of.
  ///   - organisation: Who tells them.
  ///   - plan: How e-mails are sent; nil where nobody said.
  public init(
    date: String,
    mailing: MailingFacts,
    texts: [NoticeText],
    counts: [RecipientKind: Int],
    incident: Incident,
    organisation: Organisation,
    plan: SendingPlan? = nil
  ) {
    let all = NoticeTexts(texts)
    self.init(
      date: date,
      channels: mailing.channels,
      obligations: mailing.obligations,
      parts: all.texts.map { text in
        Part(
          text: text,
          values: NoticeValues.shared(text.facts, incident, organisation, date: date)
        )
      },
      shares: counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { kind, count in
        Share(
          kind: kind,
          count: count,
          texts: mailing.channels.compactMap { channel in
            all.text(for: kind, over: channel).map { Cover(channel: channel, text: $0.name) }
          }
        )
      },
      sender: mailing.channels.contains(.email)
        ? plan?.identity(forTwo: organisation.needsSecondPerson) : nil
    )
  }

  /// The texts that people get.
  public var texts: NoticeTexts { NoticeTexts(parts.map(\.text)) }

  /// How many people are listed in each jurisdiction, and how many of them some text is for.
  public var byJurisdiction: [(jurisdiction: String, listed: Int, covered: Int)] {
    var found: [String: (listed: Int, covered: Int)] = [:]
    for share in shares {
      found[share.kind.jurisdiction, default: (0, 0)].listed += share.count
      if share.isCovered { found[share.kind.jurisdiction, default: (0, 0)].covered += share.count }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value.listed, $0.value.covered) }
  }

  /// SHA-256 over day, channels, texts with their versions, values, people, and who writes to them, in
  /// hexadecimal.
  ///
  /// What was confirmed of a text is not in it: that may be said later as well.
  public var digest: String {
    var out = Bytes(tag: "tocsin.notice.edition.1")
    out.append(date)
    out.append(Int64(channels.count))
    for channel in channels { out.append(channel.rawValue) }
    out.append(Int64(obligations.count))
    for obligation in obligations { out.append(obligation) }
    out.append(Int64(parts.count))
    for part in parts {
      out.append(part.text.versionName)
      out.append(part.text.digest)
      out.append(Int64(part.values.count))
      for (field, value) in part.values.sorted(by: { $0.key < $1.key }) {
        out.append(field)
        out.append(value)
      }
    }
    out.append(Int64(shares.count))
    for share in shares {
      out.append(share.kind.jurisdiction)
      out.append(share.kind.language)
      out.append(Int64(share.kind.protection.rawValue))
      out.append(Int64(share.count))
      out.append(Int64(share.texts.count))
      for cover in share.texts {
        out.append(cover.channel.rawValue)
        out.append(cover.text)
      }
    }
    sender?.add(to: &out)
    return Digest.sha256(out.bytes)
  }

  /// What another edition has otherwise, in a few words; empty where nothing.
  public func differences(from other: NoticeEditionFacts) -> [String] {
    var found: [String] = []
    if channels != other.channels { found.append("the channels were altered") }
    if obligations != other.obligations { found.append("the obligations were altered") }
    let old = Dictionary(other.parts.map { ($0.text.number, $0) }) { first, _ in first }
    let new = Dictionary(parts.map { ($0.text.number, $0) }) { first, _ in first }
    for number in Set(old.keys).union(new.keys).sorted() {
      switch (old[number], new[number]) {
      case (let before?, let after?):
        if before.text.version != after.text.version || before.text.digest != after.text.digest {
          found.append("text T\(number) was altered")
        } else if before.values != after.values {
          let names = Set(before.values.keys).union(after.values.keys).sorted()
          let changed = names.filter { before.values[$0] != after.values[$0] }
          found.append("in T\(number) \(changed.joined(separator: ", ")) was altered")
        }
      case (nil, _): found.append("text T\(number) was added")
      case (_, nil): found.append("text T\(number) was removed")
      }
    }
    if shares.map(\.kind) != other.shares.map(\.kind)
      || shares.map(\.count) != other.shares.map(\.count)
    {
      let (before, after) = (other, self)
      let total = { (facts: NoticeEditionFacts) in facts.shares.reduce(0) { $0 + $1.count } }
      found.append("the recipients were altered: \(total(before)), now \(total(after))")
    }
    if sender != other.sender {
      found.append(
        other.sender == nil
          ? "who writes the e-mails was not approved with them"
          : "who writes the e-mails was altered"
      )
    }
    if date != other.date { found.append("the day of the notice was altered") }
    if found.isEmpty, digest != other.digest { found.append("who gets which text was altered") }
    return found
  }
}

/// What was put up for approval, and what became of it.
///
/// It is never edited. Whatever is altered later of texts, channels, merged facts or recipients voids
/// it, in the same transaction.
public struct NoticeEdition: Hashable, Codable, Sendable, Identifiable {
  /// What became of it.
  public enum State: String, Vocabulary {
    /// Waits for a second person.
    case waiting
    /// In force: what it covers may be sent.
    case approved
    /// A second person refused it.
    case refused
    /// Somebody took it back.
    case withdrawn
    /// Something was altered since.
    case void

    /// The state as it is shown.
    public var label: String { self == .waiting ? "waits for a second person" : rawValue }
  }

  /// Somebody's consent.
  public struct Approval: Hashable, Codable, Sendable {
    /// The account's number, from the kernel.
    public var uid: UInt32
    /// The account's name.
    public var by: String
    /// When.
    public var at: Instant

    /// Makes an approval.
    public init(uid: UInt32, by: String, at: Instant) {
      (self.uid, self.by, self.at) = (uid, by, at)
    }
  }

  /// How it ended.
  public struct End: Hashable, Codable, Sendable {
    /// Who did what ended it.
    public var by: String
    /// When.
    public var at: Instant
    /// Why.
    ///
    /// Foreign text.
    public var reason: String

    /// Makes an end.
    public init(by: String, at: Instant, reason: String) {
      (self.by, self.at, self.reason) = (by, at, reason)
    }
  }

  /// Its number in the store.
  public var id: RecordID
  /// The mailing.
  public var mailing: RecordID
  /// Its number in the mailing, from 1.
  public var number: Int
  /// How often it was altered: each approval, and its end.
  public var version: Version
  /// What became of it.
  public var state: State
  /// What was put up.
  public var facts: NoticeEditionFacts
  /// Its digest, as it was approved.
  public var digest: String
  /// What the texts were checked against, and what came of it, line by line.
  public var checks: [String]
  /// Who approved it, in order; the first put it up.
  public var approvals: [Approval]
  /// How it ended; nil while it waits or is in force.
  public var end: End?

  /// What people call it: `E1`.
  public var name: String { "E\(number)" }
  /// Whether what it covers may be sent.
  public var isInForce: Bool { state == .approved }

  /// Makes an edition.
  public init(
    id: RecordID,
    mailing: RecordID,
    number: Int,
    version: Version,
    state: State,
    facts: NoticeEditionFacts,
    digest: String,
    checks: [String],
    approvals: [Approval],
    end: End? = nil
  ) {
    (self.id, self.mailing, self.number, self.version) = (id, mailing, number, version)
    (self.state, self.facts, self.digest, self.checks) = (state, facts, digest, checks)
    (self.approvals, self.end) = (approvals, end)
  }

  /// What fills a text of this edition for all who get it; empty where it has no such text.
  public func values(for text: NoticeText) -> [MergeField: String] {
    facts.parts.first { $0.text.number == text.number }?.fields ?? [:]
  }

  /// How a step in the telling of a person names what the person was sent: `E1/T3.2`.
  public func reference(of text: NoticeText) -> String { "\(name)/\(text.versionName)" }
}
