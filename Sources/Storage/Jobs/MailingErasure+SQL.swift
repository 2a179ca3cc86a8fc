internal import GRDB
internal import Model

extension MailingErasure: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    let receipt = try await store.apply(change, origin: origin)
    // The key is gone whatever becomes of the log: what may still lie there is said, not thrown.
    return Outcome(receipt: receipt, isLogEmpty: (try? await store.emptyLog()) ?? false)
  }
}
