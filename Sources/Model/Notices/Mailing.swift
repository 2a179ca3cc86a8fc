/// A way in which a notice reaches people, in the order in which they are tried.
public enum MailingChannel: String, Codable, Sendable, CaseIterable {
  case email, post, telephone, sms
  case publicNotice = "public-notice"

  /// What people call it.
  public var label: String {
    switch self {
    case .email: "e-mail"
    case .post: "post"
    case .telephone: "telephone"
    case .sms: "SMS"
    case .publicNotice: "public notice"
    }
  }
}

/// How far a mailing is as a whole.
public enum MailingState: String, Codable, Sendable, CaseIterable {
  /// Its recipients are being gathered; none of them is being told yet.
  case draft
  /// Some are told, others are to be told still.
  case telling
  /// Everybody who is listed was told, or cannot be, or need not be.
  case told
  /// The key to its recipients was destroyed; what is left are counts and proof.
  case erased
}

/// What is known of a mailing.
public struct MailingFacts: Hashable, Codable, Sendable {
  /// One line that says who is told of what.
  public var name: String
  /// The duties it fulfils, by the ids of their rules.
  public var obligations: [String]
  /// The ways in which people are told, first to last; each once.
  public var channels: [MailingChannel]
  /// Until when its recipients are kept; from then on they may be erased without another word.
  public var keepUntil: StatedTime?

  /// Makes facts.
  public init(
    name: String,
    obligations: [String] = [],
    channels: [MailingChannel] = [.email],
    keepUntil: StatedTime? = nil
  ) {
    self.name = name
    self.obligations = Set(obligations).sorted()
    self.channels = channels.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    self.keepUntil = keepUntil
  }

  /// The facts by name, as texts; for the journal and conflicts.
  public var named: [(String, String)] {
    [
      ("name", name), ("obligations", obligations.joined(separator: ", ")),
      ("channels", channels.map(\.label).joined(separator: ", ")),
      ("kept until", keepUntil?.plainWithZone ?? ""),
    ]
  }
}

/// One round of telling people about an incident.
public struct Mailing: Hashable, Codable, Sendable {
  /// Its number.
  public var id: RecordID
  /// What people call it, such as `MLG-2026-0001`.
  public var reference: String
  /// How often it was altered.
  public var version: Version
  /// The incident that people are told of.
  public var incident: RecordID
  /// What people call that incident.
  public var incidentReference: String
  /// What is known of it.
  public var facts: MailingFacts
  /// How far it is.
  public var state: MailingState
  /// How many recipients it has.
  public var recipients: Int
  /// When it was opened.
  public var openedAt: Instant
  /// When the key to its recipients was destroyed; nil where it is there.
  public var erasedAt: Instant?
  /// Whether an import broke off and waits to be gone on with.
  public var hasUnfinishedImport: Bool
  /// Whether it was taken off the lists.
  public var isRemoved: Bool
  /// Whether nobody is told anything until an officer says what was sent since the backup that was put
  /// back: `MailingHold`.
  public var isHeld: Bool

  /// Makes a mailing.
  public init(
    id: RecordID,
    reference: String,
    version: Version,
    incident: RecordID,
    incidentReference: String,
    facts: MailingFacts,
    state: MailingState,
    recipients: Int,
    openedAt: Instant,
    erasedAt: Instant?,
    hasUnfinishedImport: Bool,
    isRemoved: Bool,
    isHeld: Bool = false
  ) {
    (self.id, self.reference, self.version) = (id, reference, version)
    (self.incident, self.incidentReference) = (incident, incidentReference)
    (self.facts, self.state, self.recipients) = (facts, state, recipients)
    (self.openedAt, self.erasedAt) = (openedAt, erasedAt)
    (self.hasUnfinishedImport, self.isRemoved) = (hasUnfinishedImport, isRemoved)
    self.isHeld = isHeld
  }
}
