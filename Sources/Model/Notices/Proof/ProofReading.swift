/// Gives all that the proof of a mailing is made of to a sink, from one snapshot of the record, and
/// closes it by an entry of the journal (`CloseProof`) that the proof ends with.
///
/// Where somebody is named, the journal has why before anything is read. `RecordProof` says afterwards
/// that a proof was made.
public struct ProofReading: Job {
  /// What is known of the mailing as a whole.
  public typealias Outcome = ProofFacts
  /// The mailing.
  public var mailing: RecordID
  /// Where it goes.
  public var sink: any ProofSink
  /// Who is named in it; nil where nobody is.
  public var named: Named?

  /// A person who is named, and why.
  public struct Named: Sendable {
    /// The person's number in the mailing.
    public var number: Int64
    /// Why; not empty.
    public var reason: String

    /// Names a person.
    public init(_ number: Int64, reason: String) { (self.number, self.reason) = (number, reason) }
  }

  /// Makes the job.
  public init(of mailing: RecordID, into sink: any ProofSink, naming named: Named? = nil) {
    (self.mailing, self.sink, self.named) = (mailing, sink, named)
  }
}

/// Says in the journal that a proof was made: its seal, and of whom it speaks by name.
public struct RecordProof: Change {
  /// What the journal calls it.
  public static let name = "mailing.proof"
  /// The mailing.
  public var mailing: RecordID
  /// The newest entry of the journal in it.
  public var head: JournalSequence
  /// SHA-256 of its list of digests; hexadecimal.
  public var seal: String
  /// Who is named in it, by number; nil where nobody is.
  public var recipient: Int64?
  /// Why; empty where nobody is named.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    let whom = recipient.map { " with recipient \($0)" } ?? ""
    return "wrote a proof\(whom), \(seal.prefix(12))"
  }

  /// Makes the change.
  public init(
    mailing: RecordID,
    head: JournalSequence,
    seal: String,
    recipient: Int64? = nil,
    reason: String = ""
  ) {
    (self.mailing, self.head, self.seal) = (mailing, head, seal)
    (self.recipient, self.reason) = (recipient, reason)
  }
}

/// Asks for what opens a person's place in a proof, with which everybody can see that it is theirs; nil
/// where there is no such person, or the people were erased.
///
/// It is given out with the person's name or not at all: whoever asks has said why before.
public struct ProofOpening: Question {
  /// 32 bytes.
  public typealias Answer = [UInt8]?
  /// The mailing.
  public var mailing: RecordID
  /// The person's number in it.
  public var number: Int64

  /// Makes the question.
  public init(mailing: RecordID, number: Int64) { (self.mailing, self.number) = (mailing, number) }
}
