internal import GRDB
internal import Model

/// A job that SQLite can perform.
///
/// One file each, in `Jobs/`. What comes back is the protocol's parameter, as in `SQLQuestion`.
protocol SQLJob<Outcome>: Job {
  /// Does the work by the store's `read` and `write`, each transaction with its entries.
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome
}

/// Fails to build when a job of the model's list has no SQL.
private func require<each J: SQLJob>(_: (repeat each J).Type) {}
private func everyJobHasSQL() { require(AllJobs.self) }
