internal import GRDB
internal import Model

extension OfferRemoval: SQLJob {
  /// How many codes of a source are read at once.
  private static let stretch = 4096
  /// How many are taken out in one transaction.
  private static let batch: Int64 = 20_000
  /// How many refused rows are listed; the rest is counted.
  private static let listed = 100

  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to take codes out of a pool, say why")
    }
    let key = try await store.read { [mailing, pool, reason] db in
      let found = try MailingRecord.present(mailing, in: db)
      try ReasonCheck.refuse(reason, of: mailing, [], store.keys, in: db)
      guard let key = try MailingRecord.key(mailing, store.keys, in: db) else {
        throw StoreError.refused("the recipients of \(found.reference) were erased")
      }
      guard !pool.isEmpty, try OfferRecord.pools(of: mailing, in: db)[pool] != nil else {
        throw StoreError.refused("\(found.reference) has no pool \(pool)")
      }
      return key
    }
    var outcome = Outcome()
    var watch = ImportWatch()
    if let source {
      outcome = try await check(source, key, in: store, &watch)
      guard outcome.refusedCount == 0 else { return outcome }
      try source.rewind()
    }
    while true {
      var hashes: [Int64]?
      if let source {
        let codes = try source.next(Self.stretch).map(\.code)
        try watch.compare(codes, taken: outcome.removed > 0)
        if codes.isEmpty { return outcome }
        hashes = codes.map { key.blind(offer: $0) }
      }
      let meant = hashes
      let removed = try await store.write(origin: origin, cache: 16_384) {
        db,
        context,
        journal in
        try remove(meant, &journal, in: db)
      }
      outcome.removed += removed
      if source == nil, removed == 0 { return outcome }
      let told = JobProgress(stage: .writing, done: outcome.removed, total: 0)
      guard progress(told), !Task.isCancelled else { throw CancellationError() }
    }
  }

  /// Reads all of the source once: each code must be in the pool, and nobody may have it.
  private func check(
    _ source: any OfferSource,
    _ key: MailingKey,
    in store: SQLiteStore,
    _ watch: inout ImportWatch
  ) async throws -> Outcome {
    var outcome = Outcome()
    try source.rewind()
    while true {
      let codes = try source.next(Self.stretch)
      if codes.isEmpty { break }
      watch.remember(codes.map(\.code))
      let problems = try await store.read { [mailing, pool] db in
        try codes.compactMap { line, code in
          try Self.problem(key.blind(offer: code), mailing, pool, in: db)
            .map { ImportProblem(at: "line \(line)", reason: $0) }
        }
      }
      outcome.refusedCount += problems.count
      outcome.refused += problems.prefix(Self.listed - min(Self.listed, outcome.refused.count))
    }
    try source.refuseCutOff("no code was taken out")
    outcome.refused = Array((source.refused + outcome.refused).prefix(Self.listed))
    outcome.refusedCount += source.refusedCount
    return outcome
  }

  /// Why a code cannot be taken out; nil where it can.
  private static func problem(
    _ hash: Int64,
    _ mailing: RecordID,
    _ pool: String,
    in db: Database
  ) throws -> String? {
    let row = try db.row(
      "SELECT pool, person FROM offerCode WHERE mailing = ? AND hash = ?",
      [mailing, hash]
    )
    guard let row else { return "the mailing does not have this code" }
    if try row.optionalNumber(1) != nil { return "somebody has this code" }
    return try row.text(0) == pool ? nil : "the code is in another pool"
  }

  /// Takes codes out that nobody has: those of some indexes, or the first of the pool.
  private func remove(
    _ hashes: [Int64]?,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws -> Int {
    let found = try MailingRecord.present(mailing, in: db)
    var ids: [Int64] = []
    if let hashes {
      for hash in Set(hashes) {
        let row = try db.row(
          """
          SELECT id FROM offerCode WHERE mailing = ? AND hash = ? AND pool = ? AND person IS NULL
          """,
          [mailing, hash, pool]
        )
        // Somebody may have been given it meanwhile: that stays.
        if let row { ids.append(try row.number(0)) }
      }
    } else {
      try db.rows(
        """
        SELECT id FROM offerCode WHERE mailing = ? AND pool = ? AND person IS NULL
        ORDER BY id LIMIT ?
        """,
        [mailing, pool, Self.batch]
      ) { ids.append(try $0.number(0)) }
    }
    guard !ids.isEmpty else { return 0 }
    let entry = journal.head + 1
    var digest = RunningDigest()
    for id in ids.sorted() {
      try db.run(
        """
        INSERT INTO offerRemoval (id, mailing, pool, hash, sealed, entry)
        SELECT id, mailing, pool, hash, sealed, ? FROM offerCode WHERE id = ?
        """,
        [entry, id]
      )
      guard
        let row = try db.row("SELECT hash, sealed FROM offerRemoval WHERE id = ?", [id])
      else { throw StoreError.failed("a code is gone; see tocsin verify") }
      digest.update(id, try row.number(0))
      digest.update(counted: try row.block(1))
      try db.run("DELETE FROM offerCode WHERE id = ?", [id])
    }
    try OfferRecord.add(imported: -ids.count, to: pool, of: mailing, in: db)
    _ = try journal.append(
      RemoveOffers(
        mailing: mailing,
        pool: pool,
        count: ids.count,
        reason: reason,
        codes: digest.text
      ),
      MailingChange.performed(found)
    )
    return ids.count
  }
}
