internal import GRDB
internal import Model

/// Turns rows of a source into sealed batches, beside the writer.
///
/// Reads the source twice: `check` sees whether all is well and which keys may come twice, `fill`
/// seals. Rows that name a reference again are left out; what shares an address or a telephone number
/// with an earlier row is told.
final class LedgerFiller: @unchecked Sendable {
  // @unchecked: used by one task at a time, first to check, then to fill.
  private let source: any RecipientSource
  private let key: MailingKey
  private let mailing: RecordID
  /// Looks up who has a key already, among those who were there before this import.
  private let known: (@Sendable (ContactKey, Int64) throws -> Bool)?
  private let rows = RecipientRows(capacity: 4096)
  private var position = 0
  private var sieve: KeySieve
  /// The lines at which suspect keys stood first.
  private var seen: [UInt64: Int] = [:]
  private var normalised: [UInt8] = []
  private var scratch: [UInt8] = []
  private var words: [[UInt8]] = []
  private var taken = 0
  private var added = 0
  /// What was found so far.
  private(set) var summary = RecipientImport()

  /// Makes a filler for about so many rows; `known` is given where the mailing has recipients already.
  init(
    _ source: any RecipientSource,
    _ key: MailingKey,
    mailing: RecordID,
    expecting: Int,
    known: (@Sendable (ContactKey, Int64) throws -> Bool)?
  ) {
    (self.source, self.key, self.mailing, self.known) = (source, key, mailing, known)
    sieve = KeySieve(expecting: expecting * 3)
  }

  /// Adds a key that a recipient of the mailing has already.
  func add(known hash: Int64) { sieve.add(UInt64(bitPattern: hash)) }

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
        rows.withContact(index) { contact in
          for kind in ContactKey.allCases where normalise(kind, contact) {
            sieve.add(name(kind))
          }
        }
      }
      count += rows.count
      try progress(count)
    }
    sieve.close()
    rows.removeAll()
    return count
  }

  /// Fills a batch with the next rows; `first` is the number of the first row of the whole import.
  ///
  /// As many rows of the source as `resume` says were brought in before and are only passed over.
  func fill(_ batch: LedgerBatch, from first: Int64, resume: (taken: Int, added: Int)) throws {
    batch.removeAll()
    let prefix = Kernel.randomBytes(8)
    var nonce = prefix + [0, 0, 0, 0]
    var digest = RunningDigest()
    while batch.count < batch.capacity {
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
      try rows.withContact(index) { contact in
        guard try isNew(contact, line: facts.line) else { return }
        added += 1
        guard taken > resume.taken else { return }
        let row = batch.count
        if row == 0 { batch.first = first + Int64(added) - 1 }
        for offset in 0..<4 { nonce[8 + offset] = UInt8(truncatingIfNeeded: row >> (offset * 8)) }
        for kind in ContactKey.allCases where normalise(kind, contact) {
          let hash = normalised.withUnsafeBytes { key.blind(kind, $0) }
          batch.keys[kind.rawValue].append(LedgerBatch.Key(hash: hash, index: Int32(row)))
        }
        let number = batch.first + Int64(row)
        try nonce.withUnsafeBytes { nonce in
          try key.seal(contact, for: number, nonce: nonce) { sealed in
            batch.sealed.append(contentsOf: sealed)
            LedgerDigest.row(
              LedgerID.recipient(mailing, number),
              protection: facts.protection,
              jurisdiction: words[Int(facts.jurisdiction)],
              language: words[Int(facts.language)],
              sealed: sealed,
              scratch: &scratch,
              into: &digest
            )
          }
        }
        batch.rows.append(
          LedgerBatch.Row(
            jurisdiction: facts.jurisdiction,
            language: facts.language,
            protection: facts.protection,
            end: batch.sealed.count
          )
        )
        let place = UInt32(facts.jurisdiction) << 16 | UInt32(facts.language)
        batch.tallies[place, default: 0] += 1
      }
      if taken == resume.taken, added != resume.added {
        throw StoreError.refused("the import that was broken off cannot be gone on with this input")
      }
    }
    batch.isLast = rows.count == 0
    (batch.taken, batch.added, batch.words) = (taken, added, source.words)
    batch.finish(of: mailing, rowsDigest: digest)
    summary.created = added
  }

  /// Whether a row brings in somebody who is not there yet; tells what it shares with others.
  private func isNew(_ contact: UnsafeRawBufferPointer, line: Int) throws -> Bool {
    for kind in ContactKey.allCases where normalise(kind, contact) {
      let name = name(kind)
      guard sieve.suspects.contains(name) else { continue }
      let earlier = seen[name]
      let isKnown = try earlier == nil && isInMailing(kind)
      guard earlier != nil || isKnown else {
        seen[name] = line
        continue
      }
      if summary.duplicates.count < RecipientImport.listed {
        summary.duplicates.append(.init(line: line, earlier: earlier, kind: kind))
      }
      switch kind {
      case .reference:
        summary.repeated += 1
        return false
      case .email: summary.sharedEmails += 1
      case .phone: summary.sharedPhones += 1
      }
    }
    return true
  }

  private func isInMailing(_ kind: ContactKey) throws -> Bool {
    guard let known else { return false }
    return try known(kind, normalised.withUnsafeBytes { key.blind(kind, $0) })
  }

  /// Normalises a key of a contact; false where there is nothing to be found by.
  private func normalise(_ kind: ContactKey, _ contact: UnsafeRawBufferPointer) -> Bool {
    let field: RecipientField =
      switch kind {
      case .reference: .reference
      case .email: .email
      case .phone: .phone
      }
    let value = RecipientRows.field(field, of: contact)
    guard !value.isEmpty else { return false }
    kind.normalise(value, into: &normalised)
    return !normalised.isEmpty
  }

  /// A name for the normalised key within this import.
  ///
  /// Blind indexes where the mailing has some to compare with; else a hash that is ten times as fast.
  private func name(_ kind: ContactKey) -> UInt64 {
    normalised.withUnsafeBytes { value in
      if known != nil { return UInt64(bitPattern: key.blind(kind, value)) }
      var hasher = Hasher()
      hasher.combine(kind.rawValue)
      hasher.combine(bytes: value)
      return UInt64(bitPattern: Int64(hasher.finalize()))
    }
  }
}
