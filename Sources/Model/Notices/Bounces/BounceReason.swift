/// What a mail that came back is.
public enum BounceKind: String, Vocabulary {
  /// The mail was not delivered, and nobody tries any more.
  case bounce
  /// The mail was not delivered yet; its sender's server keeps trying.
  case delayed
  /// The mail was delivered, relayed or spread over a list.
  case delivered
  /// A machine answers for a person who may have got the mail: a vacation notice, a receipt.
  case autoReply
  /// Somebody complained of the mail, or asks for no more of it.
  case complaint
  /// Something else: most often the mail of a person.
  case notABounce

  /// The kind as it is shown to people.
  public var label: String {
    switch self {
    case .autoReply: "auto reply"
    case .notABounce: "not a bounce"
    default: rawValue
    }
  }
}

/// Why a mail did not reach a recipient, in one word.
public enum BounceReason: String, Vocabulary {
  /// There is no such mailbox.
  case userUnknown
  /// There is no such domain or host.
  case hostUnknown
  /// The mailbox has moved elsewhere.
  case hasMoved
  /// The domain or host takes no mail at all.
  case notAccepting
  /// The mailbox has no room.
  case mailboxFull
  /// The mailbox or account is disabled, suspended, locked.
  case mailboxDisabled
  /// The message is larger than is taken.
  case tooLarge
  /// The time for trying has run out.
  case expired
  /// Hosts could not be reached, or sent the message in circles.
  case networkError
  /// A system on the way is broken or short of room.
  case systemError
  /// The program that files the mail failed.
  case mailerError
  /// The recipient, or what filters for them, does not want this mail.
  case filtered
  /// The message was taken for spam.
  case spamRejected
  /// A virus was found, or suspected.
  case virusFound
  /// The message's form or content was refused.
  case contentRejected
  /// SPF, DKIM or DMARC did not agree.
  case authFailed
  /// TLS or a login is asked for.
  case securityRefused
  /// The sending host is on a list, has no name in the DNS or a bad reputation.
  case blocked
  /// The sender's address or domain was refused.
  case senderRejected
  /// The server does not pass mail on for us.
  case relayDenied
  /// Too much at once; also greylisting.
  case rateLimited
  /// A rule of the receiving side that it does not explain.
  case policy
  /// The servers did not agree on the protocol, or an address was malformed.
  case protocolError
  /// Put off without a reason.
  case deferred
  /// Refused without a reason that is known.
  case unknown
  /// No failure: it was delivered.
  case delivered
  /// No failure: a machine answered.
  case autoReply
  /// No failure: somebody complained.
  case complaint

  /// Whether the address itself is dead, so that mail to it can never arrive.
  ///
  /// Only where it was said for good; an address that is only full, locked or slow may live again.
  public var isHard: Bool {
    switch self {
    case .userUnknown, .hostUnknown, .hasMoved, .notAccepting: true
    default: false
    }
  }

  /// The reason as it is shown to people.
  public var label: String {
    switch self {
    case .userUnknown: "no such mailbox"
    case .hostUnknown: "no such domain"
    case .hasMoved: "has moved"
    case .notAccepting: "takes no mail"
    case .mailboxFull: "mailbox full"
    case .mailboxDisabled: "mailbox disabled"
    case .tooLarge: "message too large"
    case .expired: "time ran out"
    case .networkError: "network"
    case .systemError: "system error"
    case .mailerError: "mailer failed"
    case .filtered: "filtered"
    case .spamRejected: "taken for spam"
    case .virusFound: "virus"
    case .contentRejected: "content refused"
    case .authFailed: "SPF, DKIM or DMARC"
    case .securityRefused: "TLS or login asked"
    case .blocked: "our host blocked"
    case .senderRejected: "our address refused"
    case .relayDenied: "relaying denied"
    case .rateLimited: "too much at once"
    case .policy: "policy"
    case .protocolError: "protocol"
    case .deferred: "put off"
    case .unknown: "not said"
    case .delivered: "delivered"
    case .autoReply: "auto reply"
    case .complaint: "complaint"
    }
  }
}
