internal import GRDB
internal import Model

extension SendingStart: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    try await store.write(origin: origin) { [self] db, context, journal in
      let found = try MailingRecord.present(mailing, in: db)
      try MailingRecord.refuseUnfinished(found)
      try MailingRecord.refuseHeld(found, in: db)
      try MailingRecord.refuseExercise(found, in: db)
      guard found.facts.channels.contains(.email) else {
        throw StoreError.refused("the people of \(found.reference) are told by no e-mail")
      }
      if let lease = try SendingRecord.lease(of: mailing, in: db), lease.isActive,
        lease.process != process
      {
        throw StoreError.refused(
          "\(found.reference) is being sent already, by process \(lease.process.id) of "
            + "\(lease.actor)"
        )
      }
      try SendingRecord.begin(mailing, process, context, in: db)
      _ = try journal.append(
        StartSending(mailing: mailing, process: process.id, program: program),
        MailingChange.performed(found)
      )
      return try db.number("SELECT coalesce(max(id), 0) FROM ledgerStep")
    }
  }
}
