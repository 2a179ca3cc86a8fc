/// Asks for the batches of a mailing, oldest first.
public struct MailingBatches: Question {
  /// What comes back.
  public typealias Answer = [MailingBatch]
  /// The mailing.
  public var mailing: RecordID

  /// Makes the question.
  public init(of mailing: RecordID) { self.mailing = mailing }
}
