internal import GRDB
internal import Model

extension MailingErasure: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    let (receipt, isErased, untold) = try await store.write(origin: origin) {
      [change] db, context, journal in
      let mailing = try MailingRecord.present(change.id, in: db)
      let untold = try ErasureRules.people(of: mailing.id, in: db).untold
      let whileTelling = change.whileTelling ?? false
      // The first of two only orders it; what refuses an erasing refuses its order too.
      if change.isOrdered, try ErasureRules.needsTwo(in: db),
        try !ErasureRules.isOver(mailing, context, in: db),
        try ErasureRules.order(for: mailing, in: db) == nil
      {
        try ErasureRules.check(mailing, whileTelling: whileTelling, context, in: db)
        let order = OrderErasure(
          id: mailing.id,
          basedOn: change.basedOn,
          recipients: mailing.recipients
        )
        return (try journal.append(order, try order.perform(in: db, context)), false, untold)
      }
      return (try journal.append(change, try change.perform(in: db, context)), true, untold)
    }
    guard isErased else {
      return Outcome(receipt: receipt, isLogEmpty: true, isErased: false, untold: untold)
    }
    // The key is gone whatever becomes of the log: what may still lie there is said, not thrown.
    return Outcome(
      receipt: receipt,
      isLogEmpty: (try? await store.emptyLog()) ?? false,
      untold: untold
    )
  }
}
