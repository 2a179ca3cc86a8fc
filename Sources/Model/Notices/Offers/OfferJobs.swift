/// Where codes of support come from: read several times, first to see whether all is well.
///
/// Codes are secrets: who has one can use it.
public protocol OfferSource: RowSource {
  /// About how many there are; nil where nobody knows before the end.
  var expected: Int? { get }
  /// The next codes with their lines, at most so many; none at the end.
  func next(_ count: Int) throws -> [(line: Int, code: String)]
}

extension OfferSource {
  /// Nobody knows, unless the source says so.
  public var expected: Int? { nil }
}

/// What an import of codes did.
public struct OfferImport: Codable, Sendable, Equatable {
  /// How many codes came in.
  public var added = 0
  /// How many rows were not taken; what is there twice among them.
  public var refusedCount = 0
  /// What was not taken, as far as it is listed.
  public var refused: [ImportProblem] = []
  /// Whether one of these took the rest of the input with it, so that bad rows cannot be skipped.
  public var isCutOff = false

  /// Makes an import of nothing.
  public init() {}
}

/// Brings codes of support into a pool, sealed; one that any pool of the mailing has is refused.
///
/// Where a row is bad or a code is there twice, none is taken, unless `skipsBad`.
public struct OfferIntake: Job {
  /// What was done.
  public typealias Outcome = OfferImport
  /// The mailing.
  public var mailing: RecordID
  /// The pool.
  public var pool: String
  /// Where the codes come from.
  public var source: any OfferSource
  /// Whether the good rows of a source with bad ones are taken.
  public var skipsBad: Bool

  /// Makes the job.
  public init(
    into mailing: RecordID,
    pool: String,
    from source: any OfferSource,
    skipsBad: Bool = false
  ) {
    (self.mailing, self.pool, self.source) = (mailing, pool, source)
    self.skipsBad = skipsBad
  }
}

/// Gives everybody who is offered support a code, each person one and each code to one person.
///
/// In the order of the list, in short transactions; broken off, the same job goes on. Only those who are
/// to be told still get one: whoever was told got a notice without it. Who came in with a code of the own
/// keeps it, also where a pool has the same: then it is that person's and nobody else gets it. Where a pool
/// runs out, the others stay without.
public struct OfferAssignment: Job {
  /// What was done.
  public struct Outcome: Sendable, Equatable {
    /// How many got a code.
    public var assigned = 0
    /// How many have one of their own.
    public var own = 0
    /// How many found their pool empty.
    public var without = 0
    /// How many of their own codes somebody else was given out of a pool before.
    public var sharedCount = 0
    /// The numbers of those, as far as they are listed.
    public var shared: [Int64] = []

    /// How many are listed.
    public static let listed = 100

    /// Makes an outcome of nothing.
    public init() {}
  }

  /// The mailing.
  public var mailing: RecordID

  /// Makes the job.
  public init(of mailing: RecordID) { self.mailing = mailing }
}

/// Codes that came in: numbers and a digest, no code.
///
/// Made by the import alone.
public struct AddOffers: Change {
  /// What the journal calls it.
  public static let name = "offers.add"
  /// The mailing.
  public var mailing: RecordID
  /// The pool.
  public var pool: String
  /// The number of the first.
  public var first: Int64
  /// How many.
  public var count: Int
  /// SHA-256 over number, index and sealed code of each, in order of number; hexadecimal.
  public var codes: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "brought \(count) support codes into \(pool)" }

  /// Makes the change.
  public init(mailing: RecordID, pool: String, first: Int64, count: Int, codes: String) {
    (self.mailing, self.pool, self.first) = (mailing, pool, first)
    (self.count, self.codes) = (count, codes)
  }
}

/// Codes that people were given: numbers and a digest, no code and no person.
///
/// Made by the job alone.
public struct AssignOffers: Change {
  /// What the journal calls it.
  public static let name = "offers.assign"
  /// The mailing.
  public var mailing: RecordID
  /// How many.
  public var count: Int
  /// The first number of a recipient among them.
  public var first: Int64
  /// The last number of a recipient among them.
  public var last: Int64
  /// SHA-256 over the numbers of code and recipient, in order of code; hexadecimal.
  public var pairs: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "gave support codes to \(count) recipients" }

  /// Makes the change.
  public init(mailing: RecordID, count: Int, first: Int64, last: Int64, pairs: String) {
    (self.mailing, self.count, self.first) = (mailing, count, first)
    (self.last, self.pairs) = (last, pairs)
  }
}

/// Takes codes of support out of a pool again: those that nobody has.
///
/// All free ones of the pool, or those that a source names; where one of these is not there or somebody
/// has it, none is taken out. What was taken out stays sealed, to prove what came in.
public struct OfferRemoval: Job {
  /// What was done.
  public struct Outcome: Sendable, Equatable {
    /// How many were taken out.
    public var removed = 0
    /// What was not read, or not taken out; then nothing was.
    public var refused: [ImportProblem] = []
    /// How many of these there are.
    public var refusedCount = 0

    /// Makes an outcome of nothing.
    public init() {}
  }

  /// The mailing.
  public var mailing: RecordID
  /// The pool.
  public var pool: String
  /// The codes that are meant; nil for all of the pool that nobody has.
  public var source: (any OfferSource)?
  /// Why; not empty.
  public var reason: String

  /// Makes the job.
  public init(
    from mailing: RecordID,
    pool: String,
    _ source: (any OfferSource)? = nil,
    reason: String
  ) {
    (self.mailing, self.pool, self.source, self.reason) = (mailing, pool, source, reason)
  }
}

/// Codes that were taken out of a pool: a number and a digest, no code.
///
/// Made by the job alone.
public struct RemoveOffers: Change {
  /// What the journal calls it.
  public static let name = "offers.remove"
  /// The mailing.
  public var mailing: RecordID
  /// The pool.
  public var pool: String
  /// How many.
  public var count: Int
  /// Why.
  public var reason: String
  /// SHA-256 over number, index and sealed code of each, in order of number; hexadecimal.
  public var codes: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    "took \(count) support codes out of \(pool): \(firstLine(reason))"
  }

  /// Makes the change.
  public init(mailing: RecordID, pool: String, count: Int, reason: String, codes: String) {
    (self.mailing, self.pool, self.count) = (mailing, pool, count)
    (self.reason, self.codes) = (reason, codes)
  }
}
