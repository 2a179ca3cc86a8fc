/// An enhanced mail system status code (RFC 3463): class, subject, detail.
public struct MailStatus: Hashable, Sendable, CustomStringConvertible {
  /// 2 for success, 4 for what may pass, 5 for good.
  public var kind: Int
  /// What it is about: 1 addresses, 2 mailboxes, 3 systems, 4 network, 5 protocol, 6 content, 7
  /// security and policy.
  public var subject: Int
  /// What of it.
  public var detail: Int

  /// Makes a status; nil where a number is out of its range.
  public init?(_ kind: Int, _ subject: Int, _ detail: Int) {
    guard kind == 2 || kind == 4 || kind == 5, 0...999 ~= subject, 0...999 ~= detail else {
      return nil
    }
    (self.kind, self.subject, self.detail) = (kind, subject, detail)
  }

  /// Whether it says nothing but its class.
  public var isGeneric: Bool { subject == 0 && detail == 0 }

  /// The code as it is written: `5.1.1`.
  public var description: String { "\(kind).\(subject).\(detail)" }
}

/// What a delivery status notification says was done for a recipient (RFC 3464, 2.3.3).
public enum DeliveryAction: String, Vocabulary {
  case failed, delayed, delivered, relayed, expanded
}

/// What a mail that came back says of one recipient; its texts are foreign.
public struct BounceRecipient: Hashable, Sendable {
  /// The address that it speaks of: the final recipient of a delivery status notification.
  public var address: String
  /// The address as we wrote to it, where it is told and another one.
  public var originalAddress: String?
  /// What was done, where it was told.
  public var action: DeliveryAction?
  /// The status of the notification, else the one that the text gives.
  public var status: MailStatus?
  /// The status that the refusing server gave in its reply.
  public var replyStatus: MailStatus?
  /// The refusing server's SMTP reply code, 400 to 599.
  public var replyCode: Int?
  /// Why.
  public var reason: BounceReason
  /// Whether the address itself is dead; nil where nothing can be known of it.
  public var isHard: Bool?
  /// The kind of diagnostic, in lower case: `smtp`, `x-unix`; empty where it was not told.
  public var diagnosticType = ""
  /// The refusing server's words, on one line; empty where there are none.
  public var diagnostic = ""
  /// The host that refused; empty where it was not told.
  public var remoteHost = ""

  /// Makes what is said of a recipient.
  public init(address: String, reason: BounceReason = .unknown, isHard: Bool? = nil) {
    (self.address, self.reason, self.isHard) = (address, reason, isHard)
  }

  /// The more telling one of the two statuses.
  public var tellingStatus: MailStatus? {
    guard let status else { return replyStatus }
    return status.isGeneric ? replyStatus ?? status : status
  }
}

/// What a mail that came back says, with all that finds the mail which it answers; texts are foreign.
public struct BounceVerdict: Hashable, Sendable {
  /// What the mail is.
  public var kind: BounceKind
  /// Whom it speaks of, in its order; no address twice.
  ///
  /// Empty where that cannot be known.
  public var recipients: [BounceRecipient] = []
  /// Where it was sent to, the envelope's addresses first: a return path of our own names the
  /// mailing and the recipient.
  public var returnPaths: [String] = []
  /// The Message-ID of the mail that came back, without its brackets.
  public var originalMessageID: String?
  /// The envelope id that was given when the mail was sent (RFC 3461, ENVID), decoded.
  public var originalEnvelopeID: String?
  /// To whom the returned mail was written.
  public var originalTo: [String] = []
  /// The host that reports; empty where it was not told.
  public var reportingHost = ""
  /// What kind of complaint (RFC 5965, 7.3): `abuse`, `fraud`, `opt-out`; nil for other mails.
  public var feedbackType: String?

  /// Makes a verdict.
  public init(_ kind: BounceKind) { self.kind = kind }
}
