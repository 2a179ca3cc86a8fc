/// A purpose with its versions and how many consent, from running tallies.
public struct PurposeRow: Identifiable, Codable, Sendable, Equatable {
  /// The purpose.
  public var purpose: ConsentPurpose
  /// Its versions, by when they were first shown.
  public var versions: [ConsentVersion]
  /// The tallies; none of zero.
  public var tallies: [ConsentTally]
  /// From when on it is to be erased who consented; nil while nothing says so.
  public var dueAt: Instant?

  /// The purpose's number.
  public var id: RecordID { purpose.id }

  /// Makes a row.
  public init(
    purpose: ConsentPurpose,
    versions: [ConsentVersion],
    tallies: [ConsentTally],
    dueAt: Instant? = nil
  ) {
    (self.purpose, self.versions, self.tallies) = (purpose, versions, tallies)
    self.dueAt = dueAt
  }

  /// How many records there are, whatever they say.
  public var total: Int { tallies.reduce(0) { $0 + $1.count } }

  /// How many records pass a filter.
  public func count(_ filter: ConsentFilter) -> Int {
    tallies.reduce(0) { sum, tally in
      filter.passes(tally, version(tally.version)?.facts) ? sum + tally.count : sum
    }
  }

  /// How many people say this now.
  public func count(_ state: ConsentState) -> Int { count(ConsentFilter(states: [state])) }

  /// How many people consent now under a version that is no longer right.
  public var stale: Int { count(.stale) }

  /// The version of a number; nil where it is none of the purpose's.
  public func version(_ id: RecordID?) -> ConsentVersion? { versions.first { $0.id == id } }

  /// The version of a label, whatever the letter case.
  public func version(labelled label: String) -> ConsentVersion? {
    versions.first { $0.facts.label.lowercased() == label.lowercased() }
  }
}

/// Asks for all purposes with versions and numbers; removed ones are left out.
///
/// Answered from running tallies, whatever the number of records.
public struct ConsentBoard: Question {
  /// What comes back, in the order in which purposes were added.
  public typealias Answer = [PurposeRow]

  /// Makes the question.
  public init() {}
}

/// Asks for a stretch of a purpose's consent records in order of number, subjects masked.
public struct ConsentPage: Question {
  /// A stretch of records.
  public struct Answer: Codable, Sendable, Equatable {
    /// The rows, in order of number.
    public var rows: [ConsentRecord]
    /// How many pass the filter, counted exactly.
    public var total: Int

    /// Makes an answer.
    public init(rows: [ConsentRecord], total: Int) { (self.rows, self.total) = (rows, total) }
  }

  /// The purpose.
  public var purpose: RecordID
  /// Which records.
  public var filter: ConsentFilter
  /// Where the stretch lies.
  public var place: LedgerPage.Place
  /// How many rows are wanted.
  public var count: Int

  /// Makes the question.
  public init(
    purpose: RecordID,
    filter: ConsentFilter = .init(),
    place: LedgerPage.Place,
    count: Int
  ) {
    (self.purpose, self.filter, self.place) = (purpose, filter, place)
    self.count = max(0, count)
  }
}

/// Asks for all that a person said, subjects masked; oldest first within each purpose.
public struct FindConsents: Question {
  /// What comes back; at most 1000 for each purpose.
  public typealias Answer = [ConsentRecord]
  /// The purpose; nil for all.
  public var purpose: RecordID?
  /// The whole reference.
  ///
  /// Personal: it is not kept anywhere.
  public var reference: String

  /// Makes the question.
  public init(purpose: RecordID? = nil, reference: String) {
    (self.purpose, self.reference) = (purpose, reference)
  }
}
