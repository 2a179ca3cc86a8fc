internal import Model

/// Recipients that are sealed and ready to be written: one stretch of numbers, one transaction.
///
/// Flat memory that is used again and again; no object for a row.
final class LedgerBatch: SealedBatch, @unchecked Sendable {
  // @unchecked: filled by one task, then handed to the writer, then filled again; never both.
  /// How many rows there is room for.
  let capacity: Int
  /// The number of the first row.
  var first: Int64 = 1
  /// What is known of the rows beside their contact.
  var rows: [Row] = []
  /// The sealed contacts, one behind another.
  var sealed: [UInt8] = []
  /// What the rows are found by, in the order of the index for each kind.
  var keys: [[Key]] = ContactKey.allCases.map { _ in [] }
  /// How many, by jurisdiction and language as places in `words`.
  var tallies: [UInt32: Int] = [:]
  /// The words that rows name by their place.
  var words: [String] = []
  /// How many rows of the input were taken when this batch was full, left out ones included.
  var taken = 0
  /// How many were added by the import so far, this batch included.
  var added = 0
  /// Whether the input is at its end.
  var isLast = false
  /// Digests of the rows and of their keys, for the journal.
  var digests = (rows: "", keys: "")

  /// A row beside its contact.
  struct Row {
    var jurisdiction: UInt16
    var language: UInt16
    var protection: UInt8
    /// Where its sealed contact ends.
    var end: Int
  }

  /// What protected rows are counted by.
  struct Protected: Hashable {
    var jurisdiction: UInt16
    var language: UInt16
    var protection: UInt8

    init(_ row: Row) {
      (jurisdiction, language, protection) = (row.jurisdiction, row.language, row.protection)
    }
  }

  /// A blind index and the row it leads to.
  struct Key: Comparable {
    var hash: Int64
    var index: Int32

    static func < (left: Key, right: Key) -> Bool {
      left.hash != right.hash ? left.hash < right.hash : left.index < right.index
    }
  }

  init(capacity: Int) {
    self.capacity = capacity
    rows.reserveCapacity(capacity)
    // Grown by doubling it would need twice the memory that it fills.
    sealed.reserveCapacity(capacity * 160)
  }

  var count: Int { rows.count }

  func removeAll() {
    rows.removeAll(keepingCapacity: true)
    sealed.removeAll(keepingCapacity: true)
    for kind in keys.indices { keys[kind].removeAll(keepingCapacity: true) }
    tallies.removeAll(keepingCapacity: true)
  }

  /// Sorts the keys and makes the digests.
  func finish(of mailing: RecordID, rowsDigest: RunningDigest) {
    var digest = RunningDigest()
    for kind in keys.indices {
      keys[kind].sort()
      for key in keys[kind] {
        LedgerDigest.key(
          kind: kind,
          hash: key.hash,
          recipient: LedgerID.recipient(mailing, first + Int64(key.index)),
          into: &digest
        )
      }
    }
    digests = (rowsDigest.text, digest.text)
  }
}

/// The bytes that the journal's digests of a ledger are made of; writer and `verify` share them.
enum LedgerDigest {
  /// A row as it came in: who it is, where the person lives, and the sealed contact.
  static func row(
    _ recipient: Int64,
    protection: UInt8,
    jurisdiction: [UInt8],
    language: [UInt8],
    sealed: UnsafeRawBufferPointer,
    scratch: inout [UInt8],
    into digest: inout RunningDigest
  ) {
    scratch.removeAll(keepingCapacity: true)
    append(recipient, to: &scratch)
    scratch.append(protection)
    for word in [jurisdiction, language] {
      append(Int64(word.count), to: &scratch)
      scratch.append(contentsOf: word)
    }
    append(Int64(sealed.count), to: &scratch)
    scratch.append(contentsOf: sealed)
    scratch.withUnsafeBytes { digest.update($0) }
  }

  /// An entry of the index.
  static func key(kind: Int, hash: Int64, recipient: Int64, into digest: inout RunningDigest) {
    var parts = (Int64(kind).bigEndian, hash.bigEndian, recipient.bigEndian)
    withUnsafeBytes(of: &parts) { digest.update($0) }
  }

  /// A recipient that went from one state to another.
  static func event(
    _ recipient: Int64,
    _ before: Int64,
    _ after: Int64,
    into digest: inout RunningDigest
  ) {
    LedgerLayout.event(
      mailing: recipient >> 32,
      number: LedgerID.number(recipient),
      from: before,
      to: after,
      into: &digest
    )
  }

  /// A message that was handed over: whose it is, its id, and its own digest.
  static func message(
    _ recipient: Int64,
    _ id: String,
    _ message: [UInt8],
    into digest: inout RunningDigest
  ) {
    LedgerLayout.message(
      mailing: recipient >> 32,
      number: LedgerID.number(recipient),
      id: id,
      message: message,
      into: &digest
    )
  }

  private static func append(_ number: Int64, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }
}
