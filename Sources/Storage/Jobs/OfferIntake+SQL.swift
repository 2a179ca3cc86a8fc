internal import Foundation
internal import GRDB
internal import Model

extension OfferIntake: SQLJob {
  /// How many codes are read at once.
  private static let stretch = 4096
  /// How many are written in one transaction.
  private static let batch = 65_536
  /// For how many codes the sieve is made where nobody knows how many there are.
  private static let unknown = 8_000_000
  /// How many refused rows are listed; the rest is counted.
  private static let listed = 100

  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    let line = OfferLine(pool: pool, provider: "-", months: 1)
    if let problem = OfferPlan([line]).problem { throw StoreError.refused(problem) }
    let key = try await store.read { [mailing] db in
      let found = try MailingRecord.present(mailing, in: db)
      guard let key = try MailingRecord.key(mailing, store.keys, in: db) else {
        throw StoreError.refused("the recipients of \(found.reference) were erased")
      }
      return key
    }
    var watch = ImportWatch()
    let suspects = try await sift(key, in: store, &watch, progress)
    if skipsBad { try source.refuseCutOff("no code was taken") }
    var summary = try await check(key, suspects, in: store, &watch, progress)
    summary.refused = Array((source.refused + summary.refused).prefix(Self.listed))
    summary.refusedCount += source.refusedCount
    if let cutOff = source.cutOff {
      summary.isCutOff = true
      if !summary.refused.contains(cutOff) { summary.refused.append(cutOff) }
    }
    guard summary.refusedCount == 0 || skipsBad else { return summary }
    try source.rewind()
    watch.rewind()
    while true {
      var (codes, isAtEnd): ([String], Bool) = ([], false)
      while codes.count < Self.batch, !isAtEnd {
        let next = try source.next(Self.stretch).map(\.code)
        try watch.compare(next, taken: summary.added > 0)
        isAtEnd = next.isEmpty
        codes += next
      }
      if codes.isEmpty { return summary }
      let taking = codes
      summary.added += try await store.write(origin: origin, cache: 16_384) {
        db,
        context,
        journal in
        try add(taking, key, context, &journal, in: db)
      }
      let told = JobProgress(stage: .writing, done: summary.added, total: 0)
      guard progress(told), !Task.isCancelled else { throw CancellationError() }
      if isAtEnd { return summary }
    }
  }

  /// Reads all of the source once: the indexes of codes that may be there twice, and a few that are not.
  ///
  /// What is kept does not grow with the codes.
  private func sift(
    _ key: MailingKey,
    in store: SQLiteStore,
    _ watch: inout ImportWatch,
    _ progress: @Sendable (JobProgress) -> Bool
  ) async throws -> Set<UInt64> {
    try source.rewind()
    var sieve = KeySieve(expecting: source.expected ?? Self.unknown)
    var done = 0
    while true {
      let codes = try source.next(Self.stretch).map(\.code)
      if codes.isEmpty { return sieve.suspects }
      watch.remember(codes)
      for code in codes { sieve.add(UInt64(bitPattern: key.blind(offer: code))) }
      done += codes.count
      let told = JobProgress(stage: .checking, done: done, total: 0)
      guard progress(told), !Task.isCancelled else { throw CancellationError() }
    }
  }

  /// Reads all of the source again: which codes are there twice.
  private func check(
    _ key: MailingKey,
    _ suspects: Set<UInt64>,
    in store: SQLiteStore,
    _ watch: inout ImportWatch,
    _ progress: @Sendable (JobProgress) -> Bool
  ) async throws -> OfferImport {
    try source.rewind()
    var summary = OfferImport()
    var seen: Set<Int64> = []
    var done = 0
    while true {
      let codes = try source.next(Self.stretch)
      try watch.compare(codes.map(\.code), taken: false)
      if codes.isEmpty { return summary }
      let hashes = codes.map { ($0.line, key.blind(offer: $0.code)) }
      let known = try await store.read { [mailing] db in
        try hashes.filter { _, hash in try Self.isThere(hash, mailing, in: db) }.map(\.0)
      }
      let there = Set(known)
      for (line, hash) in hashes {
        let isNew =
          !suspects.contains(UInt64(bitPattern: hash)) || seen.insert(hash).inserted
        guard !isNew || there.contains(line) else { continue }
        summary.refusedCount += 1
        guard summary.refused.count < Self.listed else { continue }
        summary.refused.append(
          ImportProblem(
            at: "line \(line)",
            reason: isNew ? "the mailing has this code already" : "the code stands here twice"
          )
        )
      }
      done += codes.count
      let told = JobProgress(stage: .checking, done: done, total: 0)
      guard progress(told), !Task.isCancelled else { throw CancellationError() }
    }
  }

  private static func isThere(_ hash: Int64, _ mailing: RecordID, in db: Database) throws -> Bool {
    try db.row("SELECT 1 FROM offerCode WHERE mailing = ? AND hash = ?", [mailing, hash]) != nil
  }

  /// Seals codes that are not there yet.
  private func add(
    _ codes: [String],
    _ key: MailingKey,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws -> Int {
    let found = try MailingRecord.present(mailing, in: db)
    let first = try OfferRecord.nextNumber(in: db)
    var digest = RunningDigest()
    var number = first
    for code in codes {
      let hash = key.blind(offer: code)
      guard try !Self.isThere(hash, mailing, in: db) else { continue }
      let sealed = try key.seal(Array(code.utf8), as: .offer, number)
      try db.run(
        "INSERT INTO offerCode (id, mailing, pool, hash, sealed) VALUES (?, ?, ?, ?, ?)",
        [number, mailing, pool, hash, Data(sealed)]
      )
      digest.update(number, hash)
      digest.update(counted: sealed)
      number += 1
    }
    let count = Int(number - first)
    guard count > 0 else { return 0 }
    try OfferRecord.add(imported: count, to: pool, of: mailing, in: db)
    _ = try journal.append(
      AddOffers(mailing: mailing, pool: pool, first: first, count: count, codes: digest.text),
      MailingChange.performed(found)
    )
    return count
  }
}
