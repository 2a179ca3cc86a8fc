internal import GRDB
internal import Model

extension OfferAssignment: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    var giving = try await store.read { [mailing] in try OfferGiving(of: mailing, in: $0) }
    let clock = ContinuousClock()
    while !giving.isDone {
      let current = giving
      let (next, start) = try await store.write(origin: origin, cache: 8192) {
        db,
        context,
        journal in
        var giving = current
        let start = clock.now
        try giving.perform(context, &journal, in: db)
        return (giving, start)
      }
      giving = next
      giving.adapt(to: clock.now - start)
      let told = JobProgress(stage: .writing, done: giving.looked, total: giving.total)
      guard progress(told), !Task.isCancelled else { break }
    }
    return giving.outcome
  }
}
