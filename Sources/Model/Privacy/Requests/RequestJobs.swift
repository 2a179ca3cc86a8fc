/// Writes down a request that came in, and seals who made it.
///
/// Gives the number of the request and its reference.
public struct RequestIntake: Job {
  /// What was written down.
  public struct Outcome: Sendable, Equatable {
    /// The request's number.
    public var id: RecordID
    /// Its reference.
    public var reference: String

    /// Makes an outcome.
    public init(id: RecordID, reference: String) { (self.id, self.reference) = (id, reference) }
  }
  /// What is known of it; what is sealed is filled in.
  public var facts: RequestFacts
  /// Who made it, in which words; ignored where a matter is taken over.
  public var person: RequestPerson
  /// The matter of a mailing that is handed over: mailing and number; nil for none.
  ///
  /// Contact and words are taken from there without anybody reading them.
  public var matter: Matter?

  /// A matter of a mailing.
  public struct Matter: Sendable, Hashable {
    /// The mailing.
    public var mailing: RecordID
    /// The number of the matter.
    public var number: RecordID

    /// Names a matter.
    public init(mailing: RecordID, number: RecordID) {
      (self.mailing, self.number) = (mailing, number)
    }
  }

  /// Makes the job.
  public init(_ facts: RequestFacts, from person: RequestPerson, matter: Matter? = nil) {
    (self.facts, self.person, self.matter) = (facts, person, matter)
  }
}

/// Answers or refuses a request, and seals the text of the answer.
///
/// Gives the request's version.
public struct RequestAnswer: Job {
  /// What comes back.
  public typealias Outcome = Version
  /// Which request.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// How it ends; with a ground it is refused.
  public var end: RequestEnd
  /// The text that went to the person.
  public var text: String

  /// Makes the job.
  public init(id: RecordID, basedOn: Version?, end: RequestEnd, text: String) {
    (self.id, self.basedOn, self.end, self.text) = (id, basedOn, end, text)
  }
}

/// Reads who made a request, and the answer; the journal keeps that and why.
public struct RequestReveal: Job {
  /// What was sealed.
  public struct Outcome: Sendable, Equatable {
    /// Who made it, and in which words.
    public var person: RequestPerson
    /// The text of the answer; nil where none is kept.
    public var answer: String?

    /// Makes an outcome.
    public init(person: RequestPerson, answer: String?) {
      (self.person, self.answer) = (person, answer)
    }
  }
  /// Which request.
  public var id: RecordID
  /// Why it is read.
  public var reason: String

  /// Makes the job.
  public init(id: RecordID, reason: String) { (self.id, self.reason) = (id, reason) }
}

/// Destroys the key to who made a request, and empties the log.
public struct RequestErasure: Job {
  /// What was done.
  public struct Outcome: Sendable, Equatable {
    /// The entry.
    public var receipt: Receipt
    /// Whether nothing older is left in the log.
    public var isLogEmpty: Bool

    /// Makes an outcome.
    public init(receipt: Receipt, isLogEmpty: Bool) {
      (self.receipt, self.isLogEmpty) = (receipt, isLogEmpty)
    }
  }
  /// The change.
  public var change: EraseRequest

  /// Makes the job.
  public init(_ change: EraseRequest) { self.change = change }
}
