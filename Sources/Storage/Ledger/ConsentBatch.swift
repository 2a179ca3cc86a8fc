internal import Crypto
internal import Model

/// Consent records that are sealed and ready to be written: a stretch of numbers for each purpose, one
/// transaction.
///
/// Flat memory that is used again and again; no object for a row.
final class ConsentBatch: SealedBatch, @unchecked Sendable {
  // @unchecked: filled by one task, then handed to the writer, then filled again; never both.
  /// How many rows there is room for, of all purposes together.
  let capacity: Int
  /// The rows, by purpose as a place in the source's catalogue.
  private(set) var parts: [Part] = []
  /// The channels that rows name by their place.
  var words: [String] = []
  /// How many rows of the input were taken when this batch was full, left out ones included.
  var taken = 0
  /// Whether the input is at its end.
  var isLast = false

  /// The rows of one purpose.
  struct Part {
    /// The number of the first row.
    var first: Int64 = 1
    var rows: [Row] = []
    /// The sealed subjects, one behind another.
    var sealed: [UInt8] = []
    /// What the rows are found by, in the order of the index.
    var keys: [Key] = []
    var digest = RunningDigest()
  }

  /// A row beside its subject.
  struct Row {
    var at: Int64
    var tag: Int64
    var version: RecordID
    var channel: UInt16
    var state: ConsentState
    /// Whether the record or an earlier row may have something of the same person.
    var isKnown: Bool
    /// Where its sealed subject ends.
    var end: Int
  }

  /// A blind index and the row it leads to.
  struct Key: Comparable {
    var tag: Int64
    var index: Int32

    static func < (left: Key, right: Key) -> Bool {
      left.tag != right.tag ? left.tag < right.tag : left.index < right.index
    }
  }

  init(capacity: Int, purposes: Int) {
    self.capacity = capacity
    parts = (0..<purposes).map { _ in Part() }
  }

  var count: Int { parts.reduce(0) { $0 + $1.rows.count } }

  func removeAll() {
    for index in parts.indices {
      parts[index].rows.removeAll(keepingCapacity: true)
      parts[index].sealed.removeAll(keepingCapacity: true)
      parts[index].keys.removeAll(keepingCapacity: true)
      parts[index].digest = RunningDigest()
    }
  }

  /// Changes the rows of a purpose in place.
  func withPart<Result>(_ place: Int, _ body: (inout Part) throws -> Result) rethrows -> Result {
    try body(&parts[place])
  }

  /// Sorts the keys.
  func finish() {
    for index in parts.indices { parts[index].keys.sort() }
  }
}

/// The bytes that the journal's digests of consents are made of; writer and `verify` share them.
enum ConsentDigest {
  /// The digest that stands in place of what is sealed once who it is was erased: over that and the tag.
  ///
  /// It can be made of nothing else, for what is sealed begins with bytes that nobody can guess.
  static func commitment(_ sealed: UnsafeRawBufferPointer, _ tag: Int64) -> SHA256.Digest {
    var hash = SHA256()
    hash.update(bufferPointer: sealed)
    withUnsafeBytes(of: tag.bigEndian) { hash.update(bufferPointer: $0) }
    return hash.finalize()
  }

  /// A row as it came in.
  static func row(
    _ consent: Int64,
    _ state: ConsentState,
    at: Int64,
    version: RecordID,
    channel: [UInt8],
    commitment: UnsafeRawBufferPointer,
    scratch: inout [UInt8],
    into digest: inout RunningDigest
  ) {
    scratch.removeAll(keepingCapacity: true)
    for number in [consent, state.code, at, version, Int64(channel.count)] {
      withUnsafeBytes(of: number.bigEndian) { scratch.append(contentsOf: $0) }
    }
    scratch.append(contentsOf: channel)
    scratch.append(contentsOf: commitment)
    scratch.withUnsafeBytes { digest.update($0) }
  }
}
