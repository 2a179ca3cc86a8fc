internal import Crypto
internal import GRDB
internal import Model

/// Turns rows of a source into sealed batches, beside the writer.
///
/// Reads the source twice: `check` sees whether all is well, who may come twice and what may be said
/// twice, `fill` seals. What was said already is left out.
final class ConsentFiller: @unchecked Sendable {
  // @unchecked: used by one task at a time, first to check, then to fill.
  /// What a purpose's rows are sealed with, and which number the next one gets.
  struct Opening: Sendable {
    var key: ConsentKey
    var next: Int64
    /// The data of a key that was made just now; nil where the record has it.
    var newData: [UInt8]?
  }

  private let source: any ConsentSource
  private let rows = ConsentRows(capacity: 4096)
  private var openings: [Opening]
  /// Looks up whether a purpose, by its place, has what a row says already; nil where all are empty.
  private let known: (@Sendable (Int, Said) throws -> Bool)?
  private var position = 0
  private var sieve: KeySieve
  /// The lines at which what may be said twice stood first.
  private var seen: [UInt64: Int] = [:]
  private var normalised: [UInt8] = []
  private var scratch: [UInt8] = []
  private var words: [[UInt8]] = []
  private var taken = 0
  /// What was found so far.
  private(set) var summary = ConsentImport()

  /// What a row says, by what the record finds it.
  struct Said: Hashable, Sendable {
    var tag: Int64
    var at: Int64
    var state: ConsentState
    var version: RecordID
    var channel: String

    /// A name for it that is the same in file and record.
    func name(_ purpose: RecordID) -> UInt64 {
      var hash = UInt64(bitPattern: tag) ^ 0x9E37_79B9_7F4A_7C15
      func mix(_ number: UInt64) {
        hash = (hash ^ number) &* 0xBF58_476D_1CE4_E5B9
        hash ^= hash >> 29
      }
      mix(UInt64(bitPattern: at))
      mix(UInt64(truncatingIfNeeded: purpose << 20 | version << 2 | state.code))
      for byte in channel.utf8 { mix(UInt64(byte)) }
      return hash
    }
  }

  init(
    _ source: any ConsentSource,
    _ openings: [Opening],
    expecting: Int,
    known: (@Sendable (Int, Said) throws -> Bool)?
  ) {
    (self.source, self.openings, self.known) = (source, openings, known)
    sieve = KeySieve(expecting: expecting * 2)
  }

  /// Tells of something that the record has already.
  func add(known said: Said, of purpose: RecordID) {
    sieve.add(person(said.tag, purpose))
    sieve.add(said.name(purpose))
  }

  /// Reads all of the source once.
  ///
  /// - Returns: How many rows can be brought in; repeated ones are counted.
  func check(_ progress: (Int) throws -> Void) throws -> Int {
    try source.rewind()
    var count = 0
    while true {
      try source.fill(rows)
      guard rows.count > 0 else { break }
      for index in 0..<rows.count {
        let facts = rows.facts[index]
        let said = said(index, facts)
        let purpose = source.catalogue.purposes[facts.purpose].id
        sieve.add(person(said.tag, purpose))
        sieve.add(said.name(purpose))
      }
      count += rows.count
      try progress(count)
    }
    sieve.close()
    rows.removeAll()
    return count
  }

  /// Fills a batch with the next rows.
  func fill(_ batch: ConsentBatch) throws {
    batch.removeAll()
    let prefix = Kernel.randomBytes(8)
    var nonce = prefix + [0, 0, 0, 0]
    var count = 0
    while count < batch.capacity {
      if position == rows.count {
        try source.fill(rows)
        position = 0
        if rows.count == 0 { break }
        for word in source.words[words.count...] { words.append(Array(word.utf8)) }
      }
      let index = position
      position += 1
      taken += 1
      let facts = rows.facts[index]
      let purpose = source.catalogue.purposes[facts.purpose].id
      let said = said(index, facts)
      guard try isNew(said, facts, purpose) else { continue }
      for offset in 0..<4 { nonce[8 + offset] = UInt8(truncatingIfNeeded: count >> (offset * 8)) }
      count += 1
      try add(index, said, facts, nonce, to: batch)
    }
    batch.isLast = rows.count == 0
    (batch.taken, batch.words) = (taken, source.words)
    batch.finish()
  }

  private func add(
    _ index: Int,
    _ said: Said,
    _ facts: ConsentRows.Facts,
    _ nonce: [UInt8],
    to batch: ConsentBatch
  ) throws {
    let opening = openings[facts.purpose]
    let purpose = opening.key.purpose
    openings[facts.purpose].next += 1
    try batch.withPart(facts.purpose) { part in
      if part.rows.isEmpty { part.first = opening.next }
      part.keys.append(.init(tag: said.tag, index: Int32(part.rows.count)))
      try rows.withSubject(index) { subject in
        try nonce.withUnsafeBytes { nonce in
          try opening.key.seal(subject, for: opening.next, nonce: nonce) { sealed in
            part.sealed.append(contentsOf: sealed)
            let commitment = ConsentDigest.commitment(sealed, said.tag)
            commitment.withUnsafeBytes {
              ConsentDigest.row(
                ConsentID.consent(purpose, opening.next),
                facts.state,
                at: facts.at,
                version: facts.version,
                channel: words[facts.channel],
                commitment: $0,
                scratch: &scratch,
                into: &part.digest
              )
            }
          }
        }
      }
      part.rows.append(
        .init(
          at: facts.at,
          tag: said.tag,
          version: facts.version,
          channel: UInt16(truncatingIfNeeded: facts.channel),
          state: facts.state,
          isKnown: sieve.suspects.contains(person(said.tag, purpose)),
          end: part.sealed.count
        )
      )
    }
    summary.created += 1
    summary.added[purpose, default: [:]][facts.state, default: 0] += 1
  }

  /// Whether a row says something that was not said yet.
  private func isNew(_ said: Said, _ facts: ConsentRows.Facts, _ purpose: RecordID) throws -> Bool {
    let name = said.name(purpose)
    guard sieve.suspects.contains(name) else { return true }
    let earlier = seen[name]
    guard try earlier != nil || known?(facts.purpose, said) ?? false else {
      seen[name] = facts.line
      return true
    }
    summary.repeated += 1
    if summary.duplicates.count < RecipientImport.listed {
      summary.duplicates.append(.init(line: facts.line, earlier: earlier))
    }
    return false
  }

  private func said(_ index: Int, _ facts: ConsentRows.Facts) -> Said {
    rows.withSubject(index) { subject in
      ContactKey.reference.normalise(PackedFields.field(0, of: subject), into: &normalised)
    }
    return Said(
      tag: normalised.withUnsafeBytes { openings[facts.purpose].key.tag($0) },
      at: facts.at,
      state: facts.state,
      version: facts.version,
      channel: source.words[facts.channel]
    )
  }

  private func person(_ tag: Int64, _ purpose: RecordID) -> UInt64 {
    UInt64(bitPattern: tag) ^ UInt64(truncatingIfNeeded: purpose) &* 0x9E37_79B9_7F4A_7C15
  }
}
