/// Asks in which of some jurisdictions somebody waits for an e-mail.
///
/// Who waits for another channel, and who was given back in this sending, does not count.
public struct MailWaiting: Question {
  /// What comes back.
  public typealias Answer = Set<String>
  /// The mailing.
  public var mailing: RecordID
  /// The newest step with which one may have been queued.
  public var floor: Int64
  /// Among which jurisdictions.
  public var jurisdictions: Set<String>

  /// Makes the question.
  public init(mailing: RecordID, floor: Int64, in jurisdictions: Set<String>) {
    (self.mailing, self.floor, self.jurisdictions) = (mailing, floor, jurisdictions)
  }
}
