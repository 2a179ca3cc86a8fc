internal import GRDB
internal import Model

extension RecipientIntake: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    let keys = store.keys
    let opening = try await store.read { [mailing] db in
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
      expecting: max(expected, found.recipients),
      known: first > 1 ? lookup(below: first, in: store) : nil
    )
    if first > 1 { try await addKnown(to: filler, below: first, in: store) }
    func tell(_ stage: JobProgress.Stage, _ done: Int, _ total: Int) throws {
      let told = JobProgress(stage: stage, done: done, total: total)
      guard progress(told), !Task.isCancelled else { throw CancellationError() }
    }
    let total = try filler.check { try tell(.checking, $0, 0) }
    if skipsBad { try source.refuseCutOff("nobody was brought in") }
    let (refused, refusedCount, digest) = (source.refused, source.refusedCount, source.digest)
    let isCutOff = source.cutOff != nil
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
      try await pump(filler, current, resume, size: size, store, origin) {
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
    summary.isCutOff = isCutOff
    return summary
  }

  /// Fills one batch while the other is written.
  private func pump(
    _ filler: LedgerFiller,
    _ start: LedgerWriter.Import,
    _ resume: (taken: Int, added: Int),
    size: Int,
    _ store: SQLiteStore,
    _ origin: String,
    checkingInput isUnaltered: () throws -> Void,
    tell: (Int) throws -> Void
  ) async throws {
    var current = start
    let first = start.first
    try await BatchPump.run(LedgerBatch(capacity: size), LedgerBatch(capacity: size)) { batch in
      try filler.fill(batch, from: first, resume: resume)
    } write: { batch in
      let state = current
      if batch.isLast { try isUnaltered() }
      try await store.write(origin: origin, cache: 8192) { db, context, journal in
        try LedgerWriter.write(batch, of: state, context, &journal, in: db)
      }
      (current.taken, current.added) = (batch.taken, batch.added)
      if !batch.isLast { try tell(batch.taken) }
    }
  }

  /// Looks up whether a key is there among the recipients below a number.
  private func lookup(
    below first: Int64,
    in store: SQLiteStore
  ) -> @Sendable (ContactKey, Int64) throws -> Bool {
    let limit = LedgerID.recipient(mailing, first)
    return { [mailing] kind, hash in
      try store.readNow { db in
        try !LedgerReader.rows(kind, hash, of: mailing, below: limit, in: db).isEmpty
      }
    }
  }

  /// Tells the filler of all keys that recipients below a number have.
  private func addKnown(
    to filler: LedgerFiller,
    below first: Int64,
    in store: SQLiteStore
  ) async throws {
    let limit = LedgerID.recipient(mailing, first)
    try await store.read { [mailing] db in
      let statement = try RawStatement(
        """
        SELECT hash FROM ledgerSegment CROSS JOIN blind ON segment = ledgerSegment.id
        WHERE mailing = ?1 AND recipient < ?2
        UNION ALL SELECT hash FROM contactKey WHERE mailing = ?1 AND person < ?2
        """,
        in: db
      )
      statement.bind(1, mailing)
      statement.bind(2, limit)
      while try statement.next() { filler.add(known: statement.number(0)) }
    }
  }
}
