/// Gives an unfinished batch up: whoever was taken into it and has not left goes back to the queue.
///
/// Whoever is handed over by then, or was taken elsewhere by an officer's word, stays there. Broken off, it
/// is gone on with by performing it again; meanwhile no export goes on with the batch.
public struct BatchGivingUp: Job {
  /// What was done.
  public struct Outcome: Sendable, Equatable {
    /// The batch, closed.
    public var batch: MailingBatch
    /// How many went back to the queue.
    public var returned: Int

    /// Makes an outcome.
    public init(batch: MailingBatch, returned: Int) {
      (self.batch, self.returned) = (batch, returned)
    }
  }

  /// The mailing.
  public var mailing: RecordID
  /// The number of the batch.
  public var number: RecordID
  /// Why; not empty.
  public var reason: String

  /// Makes the job.
  public init(of mailing: RecordID, _ number: RecordID, reason: String) {
    (self.mailing, self.number, self.reason) = (mailing, number, reason)
  }
}
