/// Says what a sender is doing, and that it is there; gives back what is wanted of it.
public struct SendingReport: Job {
  /// What is wanted; nil where the lease is another's by now.
  public typealias Outcome = SendingWish?
  /// The mailing.
  public var mailing: RecordID
  /// The process.
  public var process: SendingProcess
  /// What it is doing; `ended` gives the lease back.
  public var activity: SendingActivity
  /// What it has done.
  public var counts: SendingCounts
  /// Until when it waits.
  public var waitsUntil: Instant?
  /// What the mail program last said, or why the sender ended early; addresses masked.
  ///
  /// Shown, and gone with the next sending.
  public var problem: String
  /// The same without what the mail program said: the journal keeps it.
  public var cause: String

  /// Makes the job.
  public init(
    mailing: RecordID,
    process: SendingProcess,
    activity: SendingActivity,
    counts: SendingCounts,
    waitsUntil: Instant? = nil,
    problem: String = "",
    cause: String = ""
  ) {
    (self.mailing, self.process, self.activity) = (mailing, process, activity)
    (self.counts, self.waitsUntil) = (counts, waitsUntil)
    (self.problem, self.cause) = (problem, cause)
  }
}
