/// Work on the record that gives something back, or that is too much for one transaction.
///
/// A job is a plain value; its SQL stands in Storage, one file each. Each of its transactions is whole by
/// itself and has its own entries in the journal, so a job that is cancelled or killed between two of
/// them leaves a record that is right, and can be gone on with.
public protocol Job: Sendable {
  /// What comes back.
  associatedtype Outcome: Sendable
}

/// How far a job is.
public struct JobProgress: Sendable, Hashable {
  /// What is being done.
  public enum Stage: Sendable { case checking, writing }
  /// What is being done.
  public var stage: Stage
  /// How many rows are done.
  public var done: Int
  /// How many there are; 0 where that is not known yet.
  public var total: Int

  /// Makes a progress.
  public init(stage: Stage, done: Int, total: Int) {
    (self.stage, self.done, self.total) = (stage, done, total)
  }
}
