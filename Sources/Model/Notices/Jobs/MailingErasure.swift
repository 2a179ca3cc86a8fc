/// Destroys the key of a mailing's recipients, in the file and in the log beside it.
///
/// Where a second person must order it and nobody else has, this account's order is kept and nothing is
/// destroyed.
public struct MailingErasure: Job {
  /// What was done.
  public struct Outcome: Sendable, Equatable {
    /// The receipt of the change.
    public var receipt: Receipt
    /// Whether the log beside the file could be emptied; where somebody was reading, it still holds
    /// the wrapped key until it is written over.
    public var isLogEmpty: Bool
    /// Whether the key was destroyed; else it was only ordered, and a second person must do it.
    public var isErased: Bool
    /// How many people were not told yet.
    public var untold: Int

    /// Makes an outcome.
    public init(receipt: Receipt, isLogEmpty: Bool, isErased: Bool = true, untold: Int = 0) {
      (self.receipt, self.isLogEmpty) = (receipt, isLogEmpty)
      (self.isErased, self.untold) = (isErased, untold)
    }
  }

  /// The change.
  public var change: EraseMailing

  /// Makes the job.
  public init(_ change: EraseMailing) { self.change = change }
}
