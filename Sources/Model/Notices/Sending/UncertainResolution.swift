/// A person's word on those of whom nobody knows whether they were written to.
///
/// Refused while somebody sends: those that it has in hand are no one else's to decide on.
public struct UncertainResolution: Job {
  /// How many it was about.
  public typealias Outcome = Int
  /// The mailing.
  public var mailing: RecordID
  /// Only these, by number; nil for all.
  public var numbers: [Int64]?
  /// Whether they were written to; else they are queued again.
  public var isSent: Bool
  /// Why, or from what it is known; may be empty.
  public var reason: String

  /// Makes the job.
  public init(mailing: RecordID, numbers: [Int64]? = nil, isSent: Bool, reason: String = "") {
    (self.mailing, self.numbers) = (mailing, numbers)
    (self.isSent, self.reason) = (isSent, reason)
  }
}
