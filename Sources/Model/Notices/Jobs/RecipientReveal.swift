/// Reads recipients as they are, and writes into the journal who saw whom and why, in one
/// transaction.
///
/// `StoreError.refused` without a reason, or where the recipients were erased.
public struct RecipientReveal: Job {
  /// The recipients that are there, in order of number.
  public typealias Outcome = [Recipient]
  /// The mailing.
  public var mailing: RecordID
  /// Which recipients.
  public var numbers: [Int64]
  /// Why; not empty.
  public var reason: String

  /// Makes the job.
  public init(of mailing: RecordID, _ numbers: [Int64], reason: String) {
    (self.mailing, self.numbers, self.reason) = (mailing, numbers, reason)
  }
}
