/// Writes down what came back from a person; its text is sealed.
///
/// Not a change, for what a change sets stands in the journal.
public struct MatterIntake: Job {
  /// The number that the matter has from now on.
  public typealias Outcome = RecordID
  /// The mailing.
  public var mailing: RecordID
  /// What is wanted.
  public var kind: MatterKind
  /// The number of the recipient; nil for somebody who is not on the list.
  public var recipient: Int64?
  /// Over which channel it came.
  public var channel: MailingChannel
  /// When it came in.
  public var receivedAt: StatedTime
  /// What came in.
  public var text: String

  /// Makes the job.
  public init(
    into mailing: RecordID,
    _ kind: MatterKind,
    from recipient: Int64?,
    over channel: MailingChannel,
    receivedAt: StatedTime,
    text: String
  ) {
    (self.mailing, self.kind, self.recipient) = (mailing, kind, recipient)
    (self.channel, self.receivedAt, self.text) = (channel, receivedAt, text)
  }

  /// The most bytes that a text or answer has.
  public static let limit = 200_000
}

/// Writes down what somebody was answered; sealed like the matter.
public struct MatterAnswer: Job {
  /// The version that the matter has from now on.
  public typealias Outcome = Version
  /// The mailing.
  public var mailing: RecordID
  /// The number of the matter.
  public var number: RecordID
  /// What was answered.
  public var text: String

  /// Makes the job.
  public init(of mailing: RecordID, _ number: RecordID, text: String) {
    (self.mailing, self.number, self.text) = (mailing, number, text)
  }
}

/// Reads a matter with its text and answer; the journal says who looked and why.
public struct MatterReveal: Job {
  /// The matter.
  public typealias Outcome = MailingMatter
  /// The mailing.
  public var mailing: RecordID
  /// The number of the matter.
  public var number: RecordID
  /// Why; not empty.
  public var reason: String

  /// Makes the job.
  public init(of mailing: RecordID, _ number: RecordID, reason: String) {
    (self.mailing, self.number, self.reason) = (mailing, number, reason)
  }
}
