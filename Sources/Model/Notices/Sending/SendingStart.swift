/// Takes the lease to send a mailing: one process at a time sends.
///
/// Refused where another one that is there holds it, where the mailing is told by no e-mail, or its
/// import broke off.
public struct SendingStart: Job {
  /// The newest step there is: who was queued with a later one waits for the next sending.
  public typealias Outcome = Int64
  /// The mailing.
  public var mailing: RecordID
  /// The process.
  public var process: SendingProcess
  /// The mail program and its arguments.
  public var program: [String]

  /// Makes the job.
  public init(mailing: RecordID, process: SendingProcess, program: [String]) {
    (self.mailing, self.process, self.program) = (mailing, process, program)
  }
}
