/// Asks how a mailing is sent, and by whom at the moment.
public struct MailingSending: Question {
  /// The mailing.
  public var mailing: RecordID

  /// Makes the question.
  public init(mailing: RecordID) { self.mailing = mailing }

  /// How a mailing is sent.
  public struct Answer: Codable, Sendable, Equatable {
    /// The plan; nil where nobody made one.
    public var plan: SendingPlan?
    /// Who sends, or did last; nil where nobody ever did.
    public var lease: SendingLease?
    /// How many are marked and not settled: with a sender at work those it has in hand, without one
    /// those of whom nobody knows whether they were written to.
    public var uncertain: Int
    /// The newest step of the mailing.
    public var lastStep: Int64

    /// Makes an answer.
    public init(plan: SendingPlan?, lease: SendingLease?, uncertain: Int, lastStep: Int64) {
      (self.plan, self.lease, self.uncertain) = (plan, lease, uncertain)
      self.lastStep = lastStep
    }
  }
}

/// Asks the least that a sender must know between two hand-overs.
public struct SendingSignal: Question {
  /// The mailing.
  public var mailing: RecordID
  /// The sender that asks.
  public var process: SendingProcess
  /// The edition that it sends; nil where it need not be in force.
  public var edition: RecordID?

  /// Makes the question.
  public init(mailing: RecordID, process: SendingProcess, edition: RecordID?) {
    (self.mailing, self.process, self.edition) = (mailing, process, edition)
  }

  /// What is wanted, and what may be.
  public struct Answer: Codable, Sendable, Equatable {
    /// What is wanted of the sender; nil where the lease is another's by now.
    public var wish: SendingWish?
    /// Whether the edition is in force.
    public var isApproved: Bool

    /// Makes an answer.
    public init(wish: SendingWish?, isApproved: Bool) {
      (self.wish, self.isApproved) = (wish, isApproved)
    }

    /// Whether somebody may be handed over.
    public var isGo: Bool { wish == .run && isApproved }
  }
}

/// Asks what was handed over to a person, oldest first.
public struct RecipientDeliveries: Question {
  /// What comes back; empty where nothing was.
  public typealias Answer = [Delivery]
  /// The mailing.
  public var mailing: RecordID
  /// The person's number in it.
  public var number: Int64

  /// Makes the question.
  public init(mailing: RecordID, number: Int64) { (self.mailing, self.number) = (mailing, number) }
}

/// Asks for the person whom a tag names; nil where the tag was not made under the mailing's key, or
/// the people were erased.
public struct TaggedRecipient: Question {
  /// What comes back, the contact masked.
  public typealias Answer = Recipient?
  /// The tag.
  public var tag: ReturnTag

  /// Makes the question.
  public init(_ tag: ReturnTag) { self.tag = tag }
}

/// One message that was handed over to a mail program.
public struct Delivery: Hashable, Codable, Sendable {
  /// The step with which the person was handed over.
  public var step: Int64
  /// When that was kept.
  public var at: Instant
  /// The version of the text.
  public var text: String
  /// The Message-ID without brackets.
  public var messageID: String
  /// SHA-256 of the message as it was handed over; hexadecimal.
  public var digest: String

  /// Makes a delivery.
  public init(step: Int64, at: Instant, text: String, messageID: String, digest: String) {
    (self.step, self.at, self.text) = (step, at, text)
    (self.messageID, self.digest) = (messageID, digest)
  }
}
