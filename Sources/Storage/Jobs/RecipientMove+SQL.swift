internal import GRDB
internal import Model

extension RecipientMove: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    var mover = try await store.read { [self] db in
      try MailingRecord.refuseUnfinished(try MailingRecord.existing(mailing, in: db))
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
    let clock = ContinuousClock()
    while !mover.isDone {
      let current = mover
      let (next, start) = try await store.write(origin: origin, cache: 8192) {
        db,
        context,
        journal in
        var mover = current
        let start = clock.now
        // A sender that began meanwhile has people in hand: they are its own until they are settled.
        mover.leavesUncertain =
          try SendingRecord.lease(of: mover.mailing, in: db)?.isActive ?? false
        try mover.perform(context, &journal, in: db)
        return (mover, start)
      }
      mover = next
      mover.adapt(to: clock.now - start)
      let told = JobProgress(stage: .writing, done: mover.moved, total: mover.total)
      guard progress(told), !Task.isCancelled else { break }
    }
    return mover.moved
  }
}
