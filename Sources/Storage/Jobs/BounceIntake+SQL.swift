internal import GRDB
internal import Model

extension BounceIntake: SQLJob {
  /// How many mails one transaction takes.
  private static let stretch = 200

  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if !isDryRun, let reason = store.readOnlyReason { throw StoreError.readOnly(reason) }
    let keys = store.keys
    if let mailing {
      _ = try await store.read { try MailingRecord.present(mailing, in: $0) }
    }
    var summary = BounceImport()
    var overlay = BounceTaker.Overlay()
    while true {
      // Judging a mail takes longer than keeping it: nobody waits for that with the lock held.
      var mails: [BouncedMail] = []
      while mails.count < Self.stretch, let mail = try source.next() { mails.append(mail) }
      guard !mails.isEmpty else { break }
      let (taken, before) = (mails, summary)
      if isDryRun {
        let (known, now) = (overlay, store.now)
        (summary, overlay) = try await store.read { [self] db in
          var taker = BounceTaker(self, before, known, keys, in: db)
          for mail in taken { try taker.take(mail, at: now) }
          return (taker.summary, taker.overlay)
        }
      } else {
        summary = try await store.write(origin: origin) { [self] db, context, journal in
          var taker = BounceTaker(self, before, BounceTaker.Overlay(), keys, in: db)
          for mail in taken { try taker.take(mail, at: context.now) }
          try taker.write(context, &journal)
          return taker.summary
        }
      }
      let told = JobProgress(stage: .writing, done: summary.mails, total: 0)
      guard progress(told), !Task.isCancelled else { break }
    }
    for problem in source.refused { summary.addRefused(problem.at, problem.reason) }
    return summary
  }
}
