internal import Foundation
internal import GRDB
internal import Model

extension ReturnIntake: SQLJob {
  /// How many rows are read, and then taken, at once.
  private static let stretch = 1000
  /// How many refused rows are listed; the rest is counted.
  private static let listed = 100

  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    var watch = ImportWatch()
    var summary = try await check(in: store, &watch, progress)
    if skipsBad { try source.refuseCutOff("nothing was taken") }
    summary.refused += source.refused
    summary.refusedCount += source.refusedCount
    func line(_ problem: ImportProblem) -> Int {
      Int(problem.at.drop { !$0.isNumber }.prefix { $0.isNumber }) ?? 0
    }
    summary.refused.sort { line($0) < line($1) }
    summary.refused = Array(summary.refused.prefix(Self.listed))
    if let cutOff = source.cutOff {
      summary.isCutOff = true
      if !summary.refused.contains(cutOff) { summary.refused.append(cutOff) }
    }
    guard summary.refusedCount == 0 || skipsBad else { return summary }
    let digest = source.digest
    let input = try await store.read { [mailing] db in
      let reader = try LedgerReader(mailing, store.keys, in: db)
      guard let key = reader.key else {
        throw StoreError.refused("the recipients of \(reader.mailing.reference) were erased")
      }
      return key.name(of: Array("returns:".utf8) + digest)
    }
    summary.importedAt = try await store.read { [mailing] db in
      try db.row(
        "SELECT at FROM returnInput WHERE mailing = ? AND input = ?",
        [mailing, Data(input)]
      )?.instant(0)
    }
    try source.rewind()
    var done = 0
    while true {
      let rows = try source.next(Self.stretch)
      try watch.compare(rows, taken: done > 0)
      if rows.isEmpty { break }
      let part = try await store.write(origin: origin, cache: 8192) { [self] db, context, journal in
        var taking = try ReturnTaking(self, context.keys, in: db)
        return try taking.take(rows, context, &journal, in: db)
      }
      summary.add(part)
      done += rows.count
      let told = JobProgress(stage: .writing, done: done, total: 0)
      guard progress(told), !Task.isCancelled else { throw CancellationError() }
    }
    if summary.importedAt == nil, summary.taken + summary.known > 0 {
      try await store.write(origin: origin) { [mailing] db, context, _ in
        try db.run(
          "INSERT OR IGNORE INTO returnInput (mailing, input, at) VALUES (?, ?, ?)",
          [mailing, Data(input), context.now.milliseconds]
        )
      }
    }
    return summary
  }

  /// Reads all of the source once: which rows can be taken.
  private func check(
    in store: SQLiteStore,
    _ watch: inout ImportWatch,
    _ progress: @Sendable (JobProgress) -> Bool
  ) async throws -> ReturnImport {
    try source.rewind()
    var summary = ReturnImport()
    var done = 0
    while true {
      let rows = try source.next(Self.stretch)
      if rows.isEmpty { return summary }
      watch.remember(rows)
      let refused = try await store.read { [self] db in
        let taking = try ReturnTaking(self, store.keys, in: db)
        return try rows.compactMap { row in
          try taking.problem(row, at: store.now, in: db).map {
            ImportProblem(at: "line \(row.line)", reason: $0)
          }
        }
      }
      summary.refusedCount += refused.count
      summary.refused += refused.prefix(Self.listed - min(Self.listed, summary.refused.count))
      done += rows.count
      let told = JobProgress(stage: .checking, done: done, total: 0)
      guard progress(told), !Task.isCancelled else { throw CancellationError() }
    }
  }
}

extension ReturnImport {
  /// Adds what a part did.
  mutating func add(_ part: ReturnImport) {
    taken += part.taken
    corrected += part.corrected
    known += part.known
    noted += part.noted
    for (state, count) in part.moved { moved[state, default: 0] += count }
  }
}
