/// Which text a person gets over a channel, and what the texts merge.
public protocol BatchTexts: Sendable {
  /// The edition that must be in force while people are taken; nil where there are no texts.
  var edition: RecordID? { get }
  /// The fields of a contact that one of the texts merges.
  var fields: Set<RecipientField> { get }
  /// The fields of a contact that one version of a text merges, such as `E1/T3.2`.
  func fields(of text: String) -> Set<RecipientField>
  /// The name of the version for a person, such as `E1/T3.2`; nil where no text is for that person.
  func text(for recipient: Recipient, over channel: MailingChannel) -> String?
}

extension BatchTexts {
  /// Where nobody knows which text merges what, each merges all.
  public func fields(of text: String) -> Set<RecipientField> { fields }
}

/// Hands recipients to a printer, a call centre or an SMS service, as one batch.
///
/// Those who wait for the channel are claimed (uncertain) with the number of the batch; the batch is
/// fixed; its files are written and are on the disk; then, and not before, its recipients are handed over
/// and the batch is closed. Killed anywhere in between, the next export of the channel goes on with the
/// same batch and writes the same bytes; it takes nobody more into it. Where the approval under which it
/// was begun is over by then, it is refused: such a batch can be given up (`BatchGivingUp`).
public struct BatchExport: Job {
  /// What was done.
  public struct Outcome: Sendable, Equatable {
    /// The batch, closed.
    public var batch: MailingBatch
    /// Whether a batch that had been broken off was gone on with.
    public var isResumed: Bool
    /// How many wait for the channel and have no address or number for it; they go on waiting.
    public var withoutAddress: Int
    /// How many wait for the channel and have no text; they go on waiting.
    public var withoutText: Int
    /// How many wait for the channel and have a corrected contact that waits for a second person.
    public var withoutConsent: Int

    /// Makes an outcome.
    public init(
      batch: MailingBatch,
      isResumed: Bool,
      withoutAddress: Int,
      withoutText: Int,
      withoutConsent: Int = 0
    ) {
      (self.batch, self.isResumed) = (batch, isResumed)
      (self.withoutAddress, self.withoutText) = (withoutAddress, withoutText)
      self.withoutConsent = withoutConsent
    }
  }

  /// The mailing.
  public var mailing: RecordID
  /// Over which channel.
  public var channel: MailingChannel
  /// To whom the batch goes, and why; not empty.
  public var reason: String
  /// Whether those who are approved are taken too, if this is the first channel that reaches them.
  public var takesApproved: Bool
  /// Only those of these jurisdictions; nil for all.
  public var jurisdictions: Set<String>?
  /// At most so many; nil for all.
  public var limit: Int?
  /// Whether each text stands in a file of its own beside the batch's.
  public var writesTexts: Bool
  /// Whether it goes as registered post.
  public var isRegistered: Bool
  /// Which text a person gets.
  public var texts: any BatchTexts
  /// Where the files go.
  public var sink: any BatchSink

  /// Makes the job.
  public init(
    of mailing: RecordID,
    over channel: MailingChannel,
    reason: String,
    takesApproved: Bool = false,
    jurisdictions: Set<String>? = nil,
    limit: Int? = nil,
    writesTexts: Bool = false,
    isRegistered: Bool = false,
    texts: any BatchTexts,
    into sink: any BatchSink
  ) {
    (self.mailing, self.channel, self.reason) = (mailing, channel, reason)
    (self.takesApproved, self.jurisdictions) = (takesApproved, jurisdictions)
    (self.limit, self.writesTexts, self.isRegistered) = (limit, writesTexts, isRegistered)
    (self.texts, self.sink) = (texts, sink)
  }
}

/// Writes the files of a closed batch again, which must come out as they were.
public struct BatchRewriting: Job {
  /// The batch.
  public typealias Outcome = MailingBatch
  /// The mailing.
  public var mailing: RecordID
  /// The number of the batch.
  public var number: RecordID
  /// To whom it goes this time, and why; not empty.
  public var reason: String
  /// Where the files go.
  public var sink: any BatchSink

  /// Makes the job.
  public init(
    of mailing: RecordID,
    _ number: RecordID,
    reason: String,
    into sink: any BatchSink
  ) {
    (self.mailing, self.number, self.reason, self.sink) = (mailing, number, reason, sink)
  }
}
