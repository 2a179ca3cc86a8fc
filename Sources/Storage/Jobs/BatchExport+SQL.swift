internal import GRDB
internal import Model

extension BatchExport: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to hand contacts over, say to whom and why")
    }
    guard MailingChannel.exported.contains(channel) else {
      throw StoreError.refused("nothing is exported for \(channel.label)")
    }
    let lock = try ExportLock(storePath: store.path)
    defer { withExtendedLifetime(lock) {} }
    guard channel == .post || !isRegistered else {
      throw StoreError.refused("only post is registered")
    }
    let unfinished = try await store.write(origin: origin) { [self] db, context, journal in
      let found = try MailingRecord.present(mailing, in: db)
      try MailingRecord.refuseExercise(found, in: db)
      try MailingRecord.refuseUnfinished(found)
      try MailingRecord.refuseHeld(found, in: db)
      try ReasonCheck.refuse(reason, of: mailing, [], context.keys, in: db)
      let unfinished = try BatchRecord.unfinished(of: mailing, over: channel, in: db)
      if let unfinished {
        try BatchApproval.check(unfinished, of: found, in: db)
        let change = ResumeBatch(
          mailing: mailing,
          number: unfinished.batch.number,
          reason: reason
        )
        _ = try journal.append(change, MailingChange.performed(found))
      }
      return unfinished
    }
    var claim: BatchClaim?
    let id: RecordID
    if let unfinished {
      // Who would be taken into it now was not meant then: it is fixed with those who are in it.
      id = unfinished.id
    } else {
      let done = try await gather(in: store, origin, progress)
      guard let batch = done.batch else { throw StoreError.refused(try await nobody(done, store)) }
      (claim, id) = (done, batch)
    }
    let handing = BatchHandOver(id: id, mailing: mailing, sink: sink, texts: texts)
    let batch = try await handing.run(in: store, origin: origin, reason: reason, progress)
    return Outcome(
      batch: batch,
      isResumed: unfinished != nil,
      withoutAddress: claim?.withoutAddress ?? 0,
      withoutText: claim?.withoutText ?? 0,
      withoutConsent: claim?.withoutConsent ?? 0
    )
  }

  /// Claims all who wait, as far as they are wanted.
  private func gather(
    in store: SQLiteStore,
    _ origin: String,
    _ progress: @Sendable (JobProgress) -> Bool
  ) async throws -> BatchClaim {
    let claim = try await store.read { [self] in try BatchClaim(self, in: $0) }
    let (done, isHeld) = try await store.perform(claim, origin: origin, progress: progress)
    guard !isHeld else { throw CancellationError() }
    return done
  }

  /// Why there is no batch, in a sentence.
  private func nobody(_ claim: BatchClaim, _ store: SQLiteStore) async throws -> String {
    let found = try await store.read { [mailing] in try MailingRecord.existing(mailing, in: $0) }
    var why: [String] = []
    if claim.withoutAddress > 0 {
      let what = channel == .post ? "postal address" : "telephone number"
      why.append("\(claim.withoutAddress) have no \(what)")
    }
    if claim.withoutText > 0 { why.append("\(claim.withoutText) have no text") }
    if claim.withoutConsent > 0 {
      why.append(
        "of \(claim.withoutConsent) the corrected contact waits for a second person (tocsin mailing "
          + "consent)"
      )
    }
    return "nobody in \(found.reference) waits for \(channel.label)"
      + (why.isEmpty ? "" : " and can be told: \(why.joined(separator: ", "))")
  }
}

extension BatchRewriting: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to hand contacts over, say to whom and why")
    }
    let found = try await store.write(origin: origin) {
      [mailing, number, reason] db, context, journal in
      let mailing = try MailingRecord.present(mailing, in: db)
      try MailingRecord.refuseHeld(mailing, in: db)
      try ReasonCheck.refuse(reason, of: mailing.id, [], context.keys, in: db)
      guard let found = try BatchRecord.find(number, of: mailing.id, in: db) else {
        throw StoreError.refused("\(mailing.reference) has no batch \(number)")
      }
      guard found.batch.state == .closed else {
        throw StoreError.refused(
          "batch \(number) is unfinished; the next export for \(found.batch.channel.label) goes on "
            + "with it"
        )
      }
      guard !found.batch.isGivenUp else {
        throw StoreError.refused("batch \(number) was given up; nobody gets it")
      }
      _ = try journal.append(
        ReopenBatchFiles(mailing: mailing.id, number: number, reason: reason),
        MailingChange.performed(mailing)
      )
      return found
    }
    let handing = BatchHandOver(id: found.id, mailing: mailing, sink: sink)
    return try await handing.run(in: store, origin: origin, reason: reason, progress)
  }
}
