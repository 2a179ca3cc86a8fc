internal import Foundation
internal import GRDB
internal import Model

extension OfferIntake: SQLJob {
  /// How many codes are read at once.
  private static let stretch = 4096
  /// How many are written in one transaction.
  private static let batch = 65_536
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
    var summary = try await check(key, in: store, progress)
    summary.refused = Array((source.refused + summary.refused).prefix(Self.listed))
    summary.refusedCount += source.refusedCount
    guard summary.refusedCount == 0 || skipsBad else { return summary }
    try source.rewind()
    while true {
      var codes: [String] = []
      while codes.count < Self.batch {
        let next = try source.next(Self.stretch)
        if next.isEmpty { break }
        codes += next.map(\.code)
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
    }
  }

  /// Reads all of the source once: which codes are there twice.
  private func check(
    _ key: MailingKey,
    in store: SQLiteStore,
    _ progress: @Sendable (JobProgress) -> Bool
  ) async throws -> OfferImport {
    try source.rewind()
    var summary = OfferImport()
    var seen: Set<Int64> = []
    while true {
      let codes = try source.next(Self.stretch)
      if codes.isEmpty { return summary }
      let hashes = codes.map { ($0.line, key.blind(offer: $0.code)) }
      let known = try await store.read { [mailing] db in
        try hashes.filter { _, hash in try Self.isThere(hash, mailing, in: db) }.map(\.0)
      }
      let there = Set(known)
      for (line, hash) in hashes {
        let isNew = seen.insert(hash).inserted
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
      let told = JobProgress(stage: .checking, done: seen.count, total: 0)
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
    let first = try db.number("SELECT coalesce(max(id), 0) + 1 FROM offerCode")
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
