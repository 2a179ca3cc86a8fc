/// Tries people again whom a notice did not reach, by a rule.
///
/// Soft ones are queued again, exhausted and hard ones go to the next channel of the mailing or, where
/// none is left, become unreachable. Protected people, and those of whom a complaint came, are left
/// alone. Works in short transactions: broken off, what was done stays, and the same job goes on.
public struct MailingRetry: Job {
  /// How many people it concerned.
  public typealias Outcome = RetryNumbers
  /// The mailing.
  public var mailing: RecordID
  /// The rule.
  public var rule: RetryRule
  /// Whether nothing is altered, only counted.
  public var isDryRun: Bool

  /// Makes the job.
  public init(of mailing: RecordID, by rule: RetryRule = RetryRule(), isDryRun: Bool = false) {
    (self.mailing, self.rule, self.isDryRun) = (mailing, rule, isDryRun)
  }
}
