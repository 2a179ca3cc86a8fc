internal import GRDB
internal import Model

extension SendingReport: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    try await store.write(origin: origin) { [self] db, context, journal in
      guard let wish = try SendingRecord.wish(of: mailing, process, in: db) else { return nil }
      try SendingRecord.note(
        activity,
        counts,
        until: waitsUntil,
        problem,
        of: mailing,
        context,
        in: db
      )
      if activity == .ended {
        _ = try journal.append(
          EndSending(mailing: mailing, counts: counts, problem: cause),
          MailingChange.performed(try MailingRecord.existing(mailing, in: db))
        )
      }
      return wish
    }
  }
}
