/// What a printer, a call centre or the post said became of one person's notice.
public struct ReturnNote: Hashable, Codable, Sendable {
  /// When it was taken in.
  public var at: Instant
  /// Who took it in.
  public var by: String
  /// The number of the batch.
  public var batch: RecordID
  /// The channel of the batch.
  public var channel: MailingChannel
  /// What was said.
  public var outcome: ReturnOutcome

  /// Makes a note.
  public init(
    at: Instant,
    by: String,
    batch: RecordID,
    channel: MailingChannel,
    outcome: ReturnOutcome
  ) {
    (self.at, self.by, self.batch) = (at, by, batch)
    (self.channel, self.outcome) = (channel, outcome)
  }
}

/// Asks what was said of a person in returns, oldest first; also what changed no state.
public struct RecipientReturns: Question {
  /// What comes back.
  public typealias Answer = [ReturnNote]
  /// The mailing.
  public var mailing: RecordID
  /// The person's number in it.
  public var number: Int64

  /// Makes the question.
  public init(mailing: RecordID, number: Int64) { (self.mailing, self.number) = (mailing, number) }
}
