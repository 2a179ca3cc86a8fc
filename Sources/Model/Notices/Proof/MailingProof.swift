/// Where the proof of a mailing goes, piece by piece, in the order of these methods.
///
/// All pieces but the journal are of one snapshot of the record; the journal goes on to the entry that
/// closes the proof. They come on one thread at a time.
public protocol ProofSink: AnyObject, Sendable {
  /// Takes what is known of the mailing as a whole.
  func begin(_ facts: ProofFacts) throws
  /// Takes a document: a version of a text, an edition, the manifest of a batch.
  func take(_ document: ProofDocument) throws
  /// Takes the one person who is named, where somebody is.
  func take(_ person: ProofPerson) throws
  /// Takes the next person, in order of number.
  func take(_ row: ProofRow) throws
  /// Says what all that came in so far comes to: SHA-256, hexadecimal.
  ///
  /// The journal keeps it in the entry that closes the proof.
  func content() throws -> String
  /// Says what the manifest and the instructions come to, the journal's head aside: SHA-256,
  /// hexadecimal.
  ///
  /// The journal keeps it beside `content`.
  func manifest() throws -> String
  /// Takes the next entry of the journal, from the first to the head.
  func take(_ entry: ProofEntry) throws
  /// Takes the head, which is the entry that closes the proof, and its hash.
  func end(_ head: JournalSequence, _ hash: [UInt8]) throws
}

/// What a proof says of a mailing as a whole.
public struct ProofFacts: Sendable, Equatable {
  /// The mailing.
  public var mailing: Mailing
  /// How many stand how, by jurisdiction and language.
  public var tallies: [MailingStatus.Tally]
  /// How many came to a state on a day, over a channel.
  public var days: [MailingDays.Row]
  /// The newest entry of the mailing in what is shown; later ones are not in the rows.
  public var at: JournalSequence
  /// When it was made.
  public var madeAt: Instant

  /// Makes facts.
  public init(
    mailing: Mailing,
    tallies: [MailingStatus.Tally],
    days: [MailingDays.Row],
    at: JournalSequence,
    madeAt: Instant
  ) {
    (self.mailing, self.tallies, self.days) = (mailing, tallies, days)
    (self.at, self.madeAt) = (at, madeAt)
  }
}

/// A file of a proof that the record has whole.
public struct ProofDocument: Sendable, Equatable {
  /// What it is.
  public enum Kind: String, Sendable, CaseIterable {
    case text, edition, batch
  }
  /// What it is.
  public var kind: Kind
  /// What people call it, such as `T1.2`.
  public var name: String
  /// Its content.
  public var bytes: [UInt8]

  /// Makes a document.
  public init(_ kind: Kind, name: String, bytes: [UInt8]) {
    (self.kind, self.name, self.bytes) = (kind, name, bytes)
  }
}

/// What a proof says of one person: nothing that names the person.
public struct ProofRow: Sendable, Equatable {
  /// A step and the state that it led to.
  public struct Step: Sendable, Equatable {
    /// The number of the step; the journal has who took it, when, over which channel and why.
    public var step: Int64
    /// The state that it led to.
    public var state: RecipientState

    /// Makes a step.
    public init(_ step: Int64, _ state: RecipientState) { (self.step, self.state) = (step, state) }
  }

  /// A message that was handed over to a mail program.
  public struct Message: Sendable, Equatable {
    /// The step with which the person was handed over.
    public var step: Int64
    /// The Message-ID without brackets.
    public var id: String
    /// SHA-256 of the message as it was handed over.
    public var digest: [UInt8]

    /// Makes a message.
    public init(step: Int64, id: String, digest: [UInt8]) {
      (self.step, self.id, self.digest) = (step, id, digest)
    }
  }

  /// The person's number in the mailing.
  public var number: Int64
  /// The jurisdiction.
  public var jurisdiction: String
  /// The language; empty where nobody said.
  public var language: String
  /// When the state was last set.
  public var changedAt: Instant
  /// The channel of the last step that had one.
  public var channel: MailingChannel?
  /// The version of the text that the person was sent last (`SentText`); else empty.
  public var text: String
  /// The messages that were handed over, oldest first.
  public var messages: [Message]
  /// What stands for the person's reference (`LedgerLayout.commitment`); empty where it was erased.
  public var person: [UInt8]
  /// All steps, oldest first: the first is the one with which the person was listed.
  public var steps: [Step]

  /// Makes a row.
  public init(
    number: Int64,
    jurisdiction: String,
    language: String,
    changedAt: Instant,
    channel: MailingChannel?,
    text: String,
    messages: [Message],
    person: [UInt8],
    steps: [Step]
  ) {
    (self.number, self.jurisdiction, self.language) = (number, jurisdiction, language)
    (self.changedAt, self.channel, self.text) = (changedAt, channel, text)
    (self.messages, self.person, self.steps) = (messages, person, steps)
  }

  /// How the person stands.
  public var state: RecipientState { steps.last?.state ?? .pending }
}

/// An entry of the journal in a proof.
public enum ProofEntry: Sendable, Equatable {
  /// One of this mailing, whole; its details nil where they were erased.
  case own(JournalEntry, JournalDetails?)
  /// Another one: its place in the chain alone.
  case other(JournalSequence, JournalLink)
}
