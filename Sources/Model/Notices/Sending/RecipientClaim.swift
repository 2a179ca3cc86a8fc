/// Marks the next people who wait for an e-mail as uncertain, and gives back who they are: the last
/// thing before they are handed over.
///
/// One transaction with an entry in the journal for each text. Whoever is marked here and not settled
/// afterwards stays uncertain: nobody is ever written to again without a person's word.
public struct RecipientClaim: Job {
  /// The mailing.
  public var mailing: RecordID
  /// The process that holds the lease.
  public var process: SendingProcess
  /// The edition that is sent; nil where it need not be in force.
  public var edition: RecordID?
  /// Behind which number to look.
  public var position: Int64
  /// The newest step with which one may have been queued.
  public var floor: Int64
  /// How many are marked at most.
  public var limit: Int
  /// In which jurisdictions.
  public var jurisdictions: Set<String>
  /// The version of the text that a person gets; nil leaves the person out.
  public var text: @Sendable (Recipient) -> String?

  /// Makes the job.
  public init(
    mailing: RecordID,
    process: SendingProcess,
    edition: RecordID?,
    position: Int64,
    floor: Int64,
    limit: Int,
    jurisdictions: Set<String>,
    text: @escaping @Sendable (Recipient) -> String?
  ) {
    (self.mailing, self.process, self.edition) = (mailing, process, edition)
    (self.position, self.floor, self.limit) = (position, floor, limit)
    (self.jurisdictions, self.text) = (jurisdictions, text)
  }

  /// A person who was marked.
  public struct Person: Sendable, Equatable {
    /// The person, the contact as it is.
    public var recipient: Recipient
    /// The step with which the person was marked.
    public var step: Int64
    /// The version of the text.
    public var text: String
    /// When the person was marked; the message's date.
    public var at: Instant
    /// What goes into the return path.
    public var returnTag: ReturnTag
    /// What goes into the Message-ID.
    public var messageTag: ReturnTag

    /// Makes a person.
    public init(
      recipient: Recipient,
      step: Int64,
      text: String,
      at: Instant,
      returnTag: ReturnTag,
      messageTag: ReturnTag
    ) {
      (self.recipient, self.step, self.text, self.at) = (recipient, step, text, at)
      (self.returnTag, self.messageTag) = (returnTag, messageTag)
    }
  }

  /// What was marked.
  public struct Outcome: Sendable, Equatable {
    /// What is wanted of the sender, and whether the edition is in force.
    ///
    /// Nobody is marked unless it is to go on and may.
    public var signal: SendingSignal.Answer
    /// The people, in order of number.
    public var people: [Person] = []
    /// How many were passed over because no text is for them.
    public var withoutText = 0
    /// How many were passed over because their contact was corrected and waits for a second person.
    public var withoutConsent = 0
    /// The last number that was looked at.
    public var position: Int64
    /// Whether nobody is left behind it.
    public var isAtEnd = false

    /// Makes an outcome of nobody.
    public init(signal: SendingSignal.Answer, position: Int64) {
      (self.signal, self.position) = (signal, position)
    }
  }
}
