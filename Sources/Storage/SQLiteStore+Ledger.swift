internal import GRDB
public import Model

/// The ledger of recipients: what is too much for one change, each with its own entries in the
/// journal.
extension SQLiteStore {
  /// Brings recipients into a mailing: reads the source, then seals and writes, side by side.
  ///
  /// Where the source has rows that cannot be read, none is brought in, unless `skipsBad`. Each
  /// transaction holds rows, index, tallies and the point to resume from together, so an import that
  /// was killed or cancelled is gone on with by importing the same input again.
  ///
  /// - Parameters:
  ///   - mailing: The mailing.
  ///   - source: Where the recipients come from; read twice.
  ///   - skipsBad: Whether the good rows of a source with bad ones are brought in.
  ///   - expecting: About how many rows there are, as far as anybody knows.
  ///   - batch: How many rows are written in one transaction, at most a segment.
  ///   - origin: What the journal says where they came from.
  ///   - progress: Called now and then from any thread; false cancels.
  /// - Returns: What was done.
  /// - Throws: `StoreError`, `CancellationError`, what the source throws.
  @concurrent public func addRecipients(
    to mailing: RecordID,
    from source: any RecipientSource,
    skipsBad: Bool = false,
    expecting: Int = 1 << 20,
    batch: Int = 131_072,
    origin: String,
    progress: @escaping @Sendable (LedgerProgress) -> Bool = { _ in true }
  ) async throws -> RecipientImport {
    if let readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    let keys = keys
    let opening = try await read { db in
      let found = try MailingRecord.present(mailing, in: db)
      guard let key = try MailingRecord.key(mailing, keys, in: db) else {
        throw StoreError.refused("the recipients of \(found.reference) were erased")
      }
      return (found, key, try LedgerWriter.unfinished(mailing, in: db))
    }
    let (found, key, unfinished) = opening
    let first = unfinished?.first ?? Int64(found.recipients) + 1
    let filler = LedgerFiller(
      source,
      key,
      mailing: mailing,
      expecting: max(expecting, found.recipients),
      known: first > 1 ? try lookup(mailing, below: first) : nil
    )
    if first > 1 { try await addKnown(to: filler, mailing, below: first) }
    func tell(_ stage: LedgerProgress.Stage, _ done: Int, _ total: Int) throws {
      let told = LedgerProgress(stage: stage, done: done, total: total)
      guard progress(told), !Task.isCancelled else { throw CancellationError() }
    }
    let total = try filler.check { try tell(.checking, $0, 0) }
    let (refused, refusedCount, digest) = (source.refused, source.refusedCount, source.digest)
    var summary = RecipientImport()
    if refusedCount == 0 || skipsBad, total > 0 || unfinished != nil {
      var current = LedgerWriter.Import(
        mailing: mailing,
        input: key.name(of: source.digest),
        first: first
      )
      if let unfinished {
        guard unfinished.input == current.input else {
          throw StoreError.refused(
            "an import into \(found.reference) was broken off; import the same input again first, "
              + "with the same options, or give it up with --end-import"
          )
        }
        (current.taken, current.added) = (unfinished.taken, unfinished.added)
      }
      let resume = (taken: current.taken, added: current.added)
      try source.rewind()
      let size = min(batch, LedgerWriter.segmentSize)
      try await pump(filler, current, resume, size: size, origin) {
        guard source.digest == digest, source.refusedCount == refusedCount else {
          throw StoreError.refused(
            "the input was altered while it was read: import what it says now, or give this up with "
              + "--end-import"
          )
        }
      } tell: {
        try tell(.writing, $0, total)
      }
      summary = filler.summary
      summary.resumedAt = resume.added
    }
    (summary.refused, summary.refusedCount) = (refused, refusedCount)
    return summary
  }

  /// Fills one batch while the other is written.
  private func pump(
    _ filler: LedgerFiller,
    _ start: LedgerWriter.Import,
    _ resume: (taken: Int, added: Int),
    size: Int,
    _ origin: String,
    checkingInput isUnaltered: () throws -> Void,
    tell: (Int) throws -> Void
  ) async throws {
    var current = start
    var (front, back) = (LedgerBatch(capacity: size), LedgerBatch(capacity: size))
    try filler.fill(front, from: start.first, resume: resume)
    while true {
      let (writing, filling, state) = (front, back, current)
      async let filled: Void = Self.fill(
        filler,
        writing.isLast ? nil : filling,
        from: start.first,
        resume
      )
      if writing.isLast { try isUnaltered() }
      try await write(origin: origin, cache: 8192) { db, context, journal in
        try LedgerWriter.write(writing, of: state, context, &journal, in: db)
      }
      try await filled
      (current.taken, current.added) = (writing.taken, writing.added)
      if writing.isLast { return }
      try tell(writing.taken)
      swap(&front, &back)
    }
  }

  @concurrent private static func fill(
    _ filler: LedgerFiller,
    _ batch: LedgerBatch?,
    from first: Int64,
    _ resume: (taken: Int, added: Int)
  ) async throws {
    guard let batch else { return }
    try filler.fill(batch, from: first, resume: resume)
  }

  /// Looks up whether a key is there among the recipients below a number.
  private func lookup(
    _ mailing: RecordID,
    below first: Int64
  ) throws -> @Sendable (ContactKey, Int64) throws -> Bool {
    let limit = LedgerID.recipient(mailing, first)
    return { [self] kind, hash in
      try readNow { db in
        try !LedgerReader.rows(kind, hash, of: mailing, below: limit, in: db).isEmpty
      }
    }
  }

  /// Tells the filler of all keys that recipients below a number have.
  private func addKnown(
    to filler: LedgerFiller,
    _ mailing: RecordID,
    below first: Int64
  ) async throws {
    let limit = LedgerID.recipient(mailing, first)
    try await read { db in
      let statement = try RawStatement(
        """
        SELECT hash FROM ledgerSegment CROSS JOIN blind ON segment = ledgerSegment.id
        WHERE mailing = ? AND recipient < ?
        """,
        in: db
      )
      statement.bind(1, mailing)
      statement.bind(2, limit)
      while try statement.next() { filler.add(known: statement.number(0)) }
    }
  }

  /// Takes recipients to another state, as a job that can be cancelled between its transactions.
  ///
  /// Each transaction is kept short (about 30 ms, as measured), is whole by itself and has an entry in
  /// the journal. Those that stand so already are left alone.
  ///
  /// - Parameters:
  ///   - mailing: The mailing.
  ///   - filter: Which recipients.
  ///   - numbers: Only these, by number; nil for all that pass the filter.
  ///   - step: The state they go to, and why.
  ///   - origin: What the journal says where it came from.
  ///   - progress: Called after each transaction; false ends the job there.
  /// - Returns: How many were moved.
  /// - Throws: `StoreError.refused` where one that passes may not go there; then none was moved.
  @concurrent public func moveRecipients(
    of mailing: RecordID,
    filter: LedgerFilter = .init(),
    numbers: [Int64]? = nil,
    to step: RecipientStep,
    origin: String,
    progress: @escaping @Sendable (LedgerProgress) -> Bool = { _ in true }
  ) async throws -> Int {
    if let readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    var job = try await read { db in
      guard try LedgerWriter.unfinished(mailing, in: db) == nil else {
        throw StoreError.refused(
          "an import into this mailing was broken off: import the same input again first, or give it "
            + "up with --end-import"
        )
      }
      return try LedgerJob(of: mailing, filter, numbers, to: step, in: db)
    }
    let clock = ContinuousClock()
    while !job.isDone {
      let current = job
      let (next, start) = try await write(origin: origin, cache: 8192) { db, context, journal in
        var job = current
        let start = clock.now
        try job.perform(context, &journal, in: db)
        return (job, start)
      }
      job = next
      job.adapt(to: clock.now - start)
      let told = LedgerProgress(stage: .writing, done: job.moved, total: job.total)
      guard progress(told), !Task.isCancelled else { break }
    }
    return job.moved
  }

  /// Reads recipients as they are, and writes into the journal who saw whom and why, in one
  /// transaction.
  ///
  /// - Parameters:
  ///   - numbers: Which recipients.
  ///   - mailing: The mailing.
  ///   - reason: Why; not empty.
  ///   - origin: What the journal says where it was asked.
  /// - Returns: The recipients that are there, in order of number.
  /// - Throws: `StoreError.refused` without a reason, or where they were erased.
  public func reveal(
    _ numbers: [Int64],
    of mailing: RecordID,
    reason: String,
    origin: String
  ) async throws -> [Recipient] {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to see contacts unmasked, say why")
    }
    let wanted = Set(numbers).filter { (1...0xFFFF_FFFF).contains($0) }.sorted()
    return try await write(origin: origin) { db, context, journal in
      var reader = try LedgerReader(mailing, context.keys, in: db)
      guard reader.key != nil else {
        throw StoreError.refused("the recipients of \(reader.mailing.reference) were erased")
      }
      reader.isRevealed = true
      let found = try reader.recipients(wanted.map { LedgerID.recipient(mailing, $0) })
      guard !found.isEmpty else { return [] }
      _ = try journal.append(
        RevealRecipients(mailing: mailing, numbers: found.map(\.number), reason: reason),
        MailingChange.performed(reader.mailing)
      )
      return found
    }
  }

  /// Destroys the key of a mailing's recipients, in the file and in the log beside it.
  ///
  /// - Returns: The receipt, and whether the log could be emptied; where somebody was reading, it
  ///   still holds the wrapped key until it is written over.
  public func erase(
    _ change: EraseMailing,
    origin: String
  ) async throws -> (receipt: Receipt, isLogEmpty: Bool) {
    let receipt = try await apply(change, origin: origin)
    // The key is gone whatever becomes of the log: what may still lie there is said, not thrown.
    return (receipt, (try? await emptyLog()) ?? false)
  }
}
