/// Writes down what became of people who were marked: the first thing after they were handed over.
///
/// One transaction. Somebody who is no longer marked by the same step was decided on meanwhile, by a
/// person's word, and is left alone.
public struct RecipientSettlement: Job {
  /// How many were settled.
  public typealias Outcome = Int
  /// The mailing.
  public var mailing: RecordID
  /// The process.
  public var process: SendingProcess
  /// Who, and what became of them.
  public var people: [Person]
  /// What the sender has done so far.
  public var counts: SendingCounts
  /// What the mail program last said; addresses masked.
  public var problem: String

  /// Why somebody was given back for whom quiet hours began before the hand-over; the sending takes such
  /// people again when they are over.
  public static let quietCause = "quiet hours began before the hand-over"

  /// Makes the job.
  public init(
    mailing: RecordID,
    process: SendingProcess,
    people: [Person],
    counts: SendingCounts,
    problem: String = ""
  ) {
    (self.mailing, self.process, self.people) = (mailing, process, people)
    (self.counts, self.problem) = (counts, problem)
  }

  /// What became of a person.
  public enum Fate: Sendable, Equatable {
    /// The program took the message: its id, and SHA-256 of it as it was handed over.
    case handedOver(messageID: String, digest: [UInt8])
    /// The program surely did not take it, or was never started: waits again.
    case returned(cause: String)
    /// No e-mail can be written to the person.
    case unfit(cause: String)
  }

  /// A person and what became of the hand-over.
  public struct Person: Sendable, Equatable {
    /// The number.
    public var number: Int64
    /// The step with which the person was marked.
    public var step: Int64
    /// The version of the text.
    public var text: String
    /// What became of it.
    public var fate: Fate

    /// Makes a person.
    public init(number: Int64, step: Int64, text: String, fate: Fate) {
      (self.number, self.step, self.text, self.fate) = (number, step, text, fate)
    }
  }
}
