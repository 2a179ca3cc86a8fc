/// By what the person was found whom a mail that came back speaks of.
public enum BounceMatch: String, Codable, Sendable, CaseIterable, Vocabulary {
  /// Both that follow: they name the same person.
  case both
  /// The envelope's return path, checked under the mailing's key: nobody else can have made it.
  case returnPath
  /// The Message-ID of the mail that came back, checked in the same way.
  case messageID
  /// The address alone, which anybody can have written; a person said that it is to be taken.
  case address

  /// What people call it.
  public var label: String {
    switch self {
    case .both: "return path and Message-ID"
    case .returnPath: "return path"
    case .messageID: "Message-ID"
    case .address: "address only"
    }
  }

  /// Whether it names one mail to one person, and not whoever has the address.
  public var isOfOneMail: Bool { self != .address }
}

/// What becomes of a person whom a mail that came back speaks of.
public enum BounceOutcome: Hashable, Codable, Sendable {
  /// The person goes to another state.
  case moves(RecipientState)
  /// It is kept beside the person; the state stays.
  case noted
  /// It is counted and nothing else: the sender's server goes on trying.
  case counted

  /// The word that stands for it in the store.
  public var word: String {
    switch self {
    case .moves(let state): state.rawValue
    case .noted: "noted"
    case .counted: "counted"
    }
  }

  /// The outcome that a word stands for; nil where it stands for none.
  public init?(word: String) {
    switch word {
    case "noted": self = .noted
    case "counted": self = .counted
    default:
      guard let state = RecipientState(rawValue: word) else { return nil }
      self = .moves(state)
    }
  }
}

/// What mails that come back do to the people they speak of.
///
/// - A refusal of a dead address: bounced, hard. Any other refusal: bounced, soft, to be tried again.
/// - A complaint: complaint; nothing more is written to that person.
/// - Notices of delivery and automatic replies are kept beside the person and change nothing: that a
///   server took a mail, or a machine answered, is no proof that a person has read it.
/// - A delay is only counted: the server goes on trying, and says so when it gives up.
/// - Whoever is *uncertain* was written to, as the mail that came back proves: where it says no more
///   than that, the person is handed over.
/// - A mail about an earlier message changes nothing once the person was tried over another channel.
///   Where another e-mail was tried or waits since, only a dead address and a complaint count.
public enum BounceRule {
  /// What a mail says of one recipient, in its own words.
  public static func kind(of recipient: BounceRecipient, in kind: BounceKind) -> BounceKind {
    guard kind == .bounce || kind == .delayed || kind == .delivered else { return kind }
    return switch recipient.action {
    case .failed: .bounce
    case .delayed: .delayed
    case .delivered, .relayed, .expanded: .delivered
    case nil: kind
    }
  }

  /// What it does.
  ///
  /// - Parameters:
  ///   - kind: What the mail says of this recipient.
  ///   - isHard: Whether the address is dead; nil where nothing is known, which counts as soft.
  ///   - state: How the person stands.
  ///   - channel: The channel of the step that led there; nil where there was none.
  ///   - match: By what the person was found.
  ///   - isStale: Whether the mail answers an earlier message than the last one.
  /// - Returns: What becomes of the person.
  public static func outcome(
    of kind: BounceKind,
    isHard: Bool?,
    for state: RecipientState,
    over channel: MailingChannel?,
    by match: BounceMatch,
    isStale: Bool = false
  ) -> BounceOutcome {
    let isOverMail = channel == nil || channel == .email
    guard isOverMail else { return kind == .delayed ? .counted : .noted }
    var wanted: RecipientState?
    switch kind {
    case .bounce: wanted = isHard == true ? .bouncedHard : .bouncedSoft
    // Whoever only has the address proves by it no message of ours to somebody who is in doubt.
    case .complaint: wanted = state == .uncertain && !match.isOfOneMail ? nil : .complaint
    case .delayed, .delivered, .autoReply:
      // What only has the address may answer another mail.
      if state == .uncertain, match.isOfOneMail { wanted = .handedOver }
    case .notABounce: break
    }
    let isPassing = wanted == .bouncedSoft || wanted == .handedOver
    if state == .queued || isStale, isPassing { wanted = nil }
    guard let wanted, wanted != state, state.next.contains(wanted) else {
      return kind == .delayed ? .counted : .noted
    }
    return .moves(wanted)
  }

  /// Whether all people who share an address are meant, where a mail names the address alone.
  ///
  /// A dead address is dead for everybody who has it. What may pass, and a complaint, is of one mail;
  /// whose is not known where several share the address.
  public static func meansAll(of kind: BounceKind, isHard: Bool?) -> Bool {
    kind == .bounce && isHard == true
  }
}
