/// Destroys the key of a mailing's recipients, in the file and in the log beside it.
public struct MailingErasure: Job {
  /// What was done.
  public struct Outcome: Sendable, Equatable {
    /// The receipt of the change.
    public var receipt: Receipt
    /// Whether the log beside the file could be emptied; where somebody was reading, it still holds
    /// the wrapped key until it is written over.
    public var isLogEmpty: Bool

    /// Makes an outcome.
    public init(receipt: Receipt, isLogEmpty: Bool) {
      (self.receipt, self.isLogEmpty) = (receipt, isLogEmpty)
    }
  }

  /// The change.
  public var change: EraseMailing

  /// Makes the job.
  public init(_ change: EraseMailing) { self.change = change }
}
