internal import GRDB
internal import Model

extension RecipientMove: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    let mover = try await store.read { [self] db in
      let found = try MailingRecord.existing(mailing, in: db)
      try MailingRecord.refuseUnfinished(found)
      if [.queued, .uncertain, .handedOver, .exempt].contains(step.state) {
        try MailingRecord.refuseHeld(found, in: db)
      }
      try ReasonCheck.refuse(step.cause, of: mailing, numbers ?? [], store.keys, in: db)
      let mover = try LedgerMover(of: mailing, filter, numbers, to: step, in: db)
      if mover.takesUncertain, let lease = try SendingRecord.lease(of: mailing, in: db),
        lease.isActive
      {
        throw StoreError.refused(
          "some are uncertain because process \(lease.process.id) is handing them over just now; "
            + "stop the sending first"
        )
      }
      return mover
    }
    return try await store.perform(mover, origin: origin, progress: progress) { mover, db in
      // A sender that began meanwhile has people in hand: they are its own until they are settled.
      mover.leavesUncertain =
        try SendingRecord.lease(of: mover.mailing, in: db)?.isActive ?? false
    }.work.moved
  }
}
