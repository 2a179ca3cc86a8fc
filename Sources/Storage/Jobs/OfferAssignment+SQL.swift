internal import GRDB
internal import Model

extension OfferAssignment: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    let giving = try await store.read { [mailing] in try OfferGiving(of: mailing, in: $0) }
    return try await store.perform(giving, origin: origin, progress: progress).work.outcome
  }
}
