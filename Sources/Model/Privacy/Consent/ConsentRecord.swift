/// What is sealed of a record: who it is, when in which words, and how it is known.
///
/// All of it is foreign text, and personal.
public struct ConsentSubject: Hashable, Codable, Sendable {
  /// The organisation's name for the person: a customer number, an address.
  public var reference: String
  /// When it was said, in the words of the source.
  public var when: String
  /// The zone in which those words were read.
  public var zone: String
  /// Where the record comes from: a form, a system, a file.
  public var source: String

  /// Makes a subject.
  public init(reference: String, when: String = "", zone: String = "", source: String = "") {
    (self.reference, self.when, self.zone, self.source) = (reference, when, zone, source)
  }

  /// Makes a subject of its fields in the order in which they are sealed.
  public init(_ fields: [String]) {
    func field(_ index: Int) -> String { fields.indices.contains(index) ? fields[index] : "" }
    self.init(reference: field(0), when: field(1), zone: field(2), source: field(3))
  }

  /// The fields in the order in which they are sealed.
  public var fields: [String] { [reference, when, zone, source] }

  /// How many fields are sealed.
  public static let fieldCount = 4

  /// The subject as it is shown to those who did not ask to see it.
  public var masked: ConsentSubject {
    ConsentSubject(
      reference: reference.contains("@")
        ? ContactMask.email(reference) : ContactMask.tail(reference),
      when: when,
      zone: zone,
      source: source.isEmpty ? "" : ContactMask.dots
    )
  }
}

/// What one person said about one purpose at one time.
public struct ConsentRecord: Codable, Sendable, Equatable, Hashable {
  /// The purpose.
  public var purpose: RecordID
  /// Its number among the purpose's records, from 1.
  public var number: Int64
  /// What was said.
  public var state: ConsentState
  /// Whether it is what counts now.
  public var standing: ConsentStanding
  /// Over which channel; empty where nobody said.
  ///
  /// Foreign text.
  public var channel: String
  /// The version of the notice that was seen; nil where nobody said.
  public var version: RecordID?
  /// When it was said; the first instant that is meant.
  public var at: Instant
  /// Who said it; nil where that was erased.
  public var subject: ConsentSubject?
  /// Whether the subject is given as it is.
  public var isRevealed: Bool

  /// Makes a record.
  public init(
    purpose: RecordID,
    number: Int64,
    state: ConsentState,
    standing: ConsentStanding,
    channel: String,
    version: RecordID?,
    at: Instant,
    subject: ConsentSubject?,
    isRevealed: Bool = false
  ) {
    (self.purpose, self.number, self.state, self.standing) = (purpose, number, state, standing)
    (self.channel, self.version, self.at) = (channel, version, at)
    (self.subject, self.isRevealed) = (subject, isRevealed)
  }
}

/// So many records that are alike in all that is counted.
public struct ConsentTally: Codable, Sendable, Equatable, Hashable {
  /// The purpose.
  public var purpose: RecordID
  /// Whether they are what counts now.
  public var standing: ConsentStanding
  /// What was said.
  public var state: ConsentState
  /// Over which channel; empty where nobody said.
  ///
  /// Foreign text.
  public var channel: String
  /// Under which version; nil where nobody said.
  public var version: RecordID?
  /// How many; more than none.
  public var count: Int

  /// Makes a tally.
  public init(
    purpose: RecordID,
    standing: ConsentStanding,
    state: ConsentState,
    channel: String,
    version: RecordID?,
    count: Int
  ) {
    (self.purpose, self.standing, self.state) = (purpose, standing, state)
    (self.channel, self.version, self.count) = (channel, version, count)
  }
}
