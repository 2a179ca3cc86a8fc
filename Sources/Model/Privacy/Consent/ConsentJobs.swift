/// Brings consent records in: reads the source, then seals and writes, side by side.
///
/// Where the source has rows that cannot be read, none is brought in, unless `skipsBad`. Rows that say
/// what is in the record already are left out, so an import that was killed or cancelled is gone on
/// with by importing the same input again.
public struct ConsentIntake: Job {
  /// What was done.
  public typealias Outcome = ConsentImport
  /// Where the records come from; read twice.
  public var source: any ConsentSource
  /// Whether the good rows of a source with bad ones are brought in.
  public var skipsBad: Bool
  /// About how many rows there are, as far as anybody knows.
  public var expected: Int
  /// How many rows are written in one transaction, at most a segment of the index.
  public var batch: Int

  /// Makes the job.
  public init(
    from source: any ConsentSource,
    skipsBad: Bool = false,
    expecting expected: Int = 1 << 20,
    batch: Int = 65_536
  ) {
    (self.source, self.skipsBad, self.expected) = (source, skipsBad, expected)
    self.batch = batch
  }
}

/// Writes down that people who consented have withdrawn, or said something else again.
///
/// Refused where the purpose has no record of one of them; then nobody's is written down. The version
/// of what they said last stays beside the new record.
public struct ConsentStatement: Job {
  /// What was done.
  public struct Outcome: Sendable, Equatable {
    /// The purposes, and how many records each got.
    public var added: [RecordID: Int]

    /// Makes an outcome.
    public init(added: [RecordID: Int]) { self.added = added }
  }
  /// The purpose; nil for all in which the person consents.
  public var purpose: RecordID?
  /// The whole reference of the person.
  ///
  /// Personal.
  public var reference: String
  /// What was said.
  public var state: ConsentState
  /// When.
  public var at: StatedTime
  /// Over which channel; foreign text.
  public var channel: String
  /// How it is known; foreign text, sealed.
  public var source: String

  /// Makes the job.
  public init(
    of reference: String,
    purpose: RecordID?,
    state: ConsentState = .withdrawn,
    at: StatedTime,
    channel: String = "",
    source: String = ""
  ) {
    (self.purpose, self.reference, self.state, self.at) = (purpose, reference, state, at)
    (self.channel, self.source) = (channel, source)
  }
}

/// Reads records as they are, and writes into the journal who saw which and why, in one transaction.
public struct ConsentReveal: Job {
  /// Which records; of one or several purposes.
  public typealias Outcome = [ConsentRecord]
  /// The records, by purpose and number.
  public var records: [RecordID: [Int64]]
  /// Why; not empty.
  public var reason: String

  /// Makes the job.
  public init(_ records: [RecordID: [Int64]], reason: String) {
    (self.records, self.reason) = (records, reason)
  }

  /// Makes the job for records that were read masked.
  public init(_ records: [ConsentRecord], reason: String) {
    self.init(
      Dictionary(grouping: records, by: \.purpose).mapValues { $0.map(\.number) },
      reason: reason
    )
  }
}

/// Erases who one person is from the consent records; what was said stays as numbers.
///
/// The sealed text is overwritten, and the log beside the file emptied.
public struct ConsentErasure: Job {
  /// What was done.
  public struct Outcome: Sendable, Equatable {
    /// How many records, by purpose.
    public var records: [RecordID: Int]
    /// Whether the log beside the file could be emptied; where somebody was reading, it still holds
    /// what was sealed until it is written over.
    public var isLogEmpty: Bool

    /// Makes an outcome.
    public init(records: [RecordID: Int], isLogEmpty: Bool) {
      (self.records, self.isLogEmpty) = (records, isLogEmpty)
    }
  }
  /// The whole reference of the person.
  ///
  /// Personal.
  public var reference: String
  /// The purpose; nil for all.
  public var purpose: RecordID?
  /// On what ground, such as the reference of a rights request; names nobody.
  public var reason: String

  /// Makes the job.
  public init(of reference: String, purpose: RecordID? = nil, reason: String) {
    (self.reference, self.purpose, self.reason) = (reference, purpose, reason)
  }
}

/// Destroys the key to all who consented to a purpose, in the file and in the log beside it.
///
/// Before their time, and where the organisation wants a second person, one account orders it and another
/// erases.
public struct PurposeErasure: Job {
  /// What was done.
  public struct Outcome: Sendable, Equatable {
    /// The receipt of the change.
    public var receipt: Receipt
    /// Whether nothing older is left in the log.
    public var isLogEmpty: Bool
    /// Whether they are erased; else it was ordered, and a second person must erase them.
    public var isErased: Bool

    /// Makes an outcome.
    public init(receipt: Receipt, isLogEmpty: Bool, isErased: Bool = true) {
      (self.receipt, self.isLogEmpty, self.isErased) = (receipt, isLogEmpty, isErased)
    }
  }
  /// The change.
  public var change: ErasePurpose

  /// Makes the job.
  public init(_ change: ErasePurpose) { self.change = change }
}

/// Where exported consent records go.
public protocol ConsentSink: AnyObject, Sendable {
  /// Takes records, in order.
  func add(_ records: [ConsentRecord], of row: PurposeRow) throws
  /// Ends the file and gives its SHA-256, in hexadecimal; it is not to be seen yet.
  func finish() throws -> String
  /// Lets it be seen under its name.
  func publish() throws
}

/// Hands references of people out, to a file; the journal says what, how many and why before the file
/// is to be seen.
public struct ConsentExport: Job {
  /// How many records were written.
  public typealias Outcome = Int
  /// The purposes; empty for all.
  public var purposes: [RecordID]
  /// Which records.
  public var filter: ConsentFilter
  /// To whom they go and why; not empty.
  public var reason: String
  /// Where they go.
  public var sink: any ConsentSink

  /// Makes the job.
  public init(
    _ filter: ConsentFilter,
    of purposes: [RecordID] = [],
    reason: String,
    into sink: any ConsentSink
  ) {
    (self.purposes, self.filter) = (purposes, filter)
    (self.reason, self.sink) = (reason, sink)
  }
}
