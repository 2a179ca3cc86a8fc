internal import GRDB
internal import Model

extension BatchGivingUp: SQLJob {
  /// How many lines one transaction looks at.
  private static let stretch = 2000

  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to give a batch up, say why")
    }
    let lock = try ExportLock(storePath: store.path)
    defer { withExtendedLifetime(lock) {} }
    let id = try await begin(in: store, origin)
    var (returned, line): (Int, Int64) = (0, 0)
    while true {
      let from = line
      let (next, count, found) = try await giveBack(id, after: from, in: store, origin)
      returned += count
      guard let next else { return Outcome(batch: found.batch, returned: returned) }
      line = next
      let told = JobProgress(stage: .writing, done: Int(line), total: found.batch.count)
      guard progress(told), !Task.isCancelled else { throw CancellationError() }
    }
  }

  /// Writes down that the batch is given up; nobody else comes into it then, and nobody leaves with it.
  private func begin(in store: SQLiteStore, _ origin: String) async throws -> RecordID {
    let (count, lines) = try await store.read { [self] db in
      guard let found = try BatchRecord.find(number, of: mailing, in: db),
        found.batch.state == .gathering
      else { return (0, "") }
      return try BatchRecord.linesDigest(of: found.id, in: db)
    }
    return try await store.write(origin: origin) { [self] db, context, journal in
      let mailing = try MailingRecord.present(mailing, in: db)
      try MailingRecord.refuseHeld(mailing, in: db)
      try ReasonCheck.refuse(reason, of: mailing.id, [], context.keys, in: db)
      guard let found = try BatchRecord.find(number, of: mailing.id, in: db) else {
        throw StoreError.refused("\(mailing.reference) has no batch \(number)")
      }
      guard found.batch.state != .closed else {
        throw StoreError.refused(
          found.batch.isGivenUp
            ? "batch \(number) was given up already"
            : "batch \(number) is closed: those in it were handed over; it cannot be given up"
        )
      }
      guard !found.batch.isGivenUp else { return found.id }
      if found.batch.state == .gathering {
        try BatchRecord.fix(found, count, lines, of: mailing, context, &journal, in: db)
      }
      _ = try journal.append(
        GiveUpBatch(mailing: mailing.id, number: number, reason: reason),
        MailingChange.performed(mailing)
      )
      try db.run("UPDATE mailingBatch SET isGivenUp = 1 WHERE id = ?", [found.id])
      return found.id
    }
  }

  /// Puts the next people back into the queue; closes the batch behind the last one.
  ///
  /// - Returns: The last line that was looked at, nil at the end; how many went back; the batch.
  private func giveBack(
    _ id: RecordID,
    after line: Int64,
    in store: SQLiteStore,
    _ origin: String
  ) async throws -> (line: Int64?, count: Int, found: BatchRecord.Found) {
    try await store.write(origin: origin, cache: 8192) { [self] db, context, journal in
      let mailing = try MailingRecord.existing(mailing, in: db)
      let found = try BatchRecord.existing(id, in: db)
      var (places, last): ([LedgerPlace], Int64?) = ([], nil)
      try db.rows(
        """
        SELECT line, recipient.id, recipient.slot, recipient.language, ledgerStep.batch
        FROM batchLine JOIN recipient ON recipient.id = person
        JOIN ledgerStep ON ledgerStep.id = recipient.step
        WHERE batchLine.batch = ? AND line > ? ORDER BY line LIMIT ?
        """,
        [id, line, Self.stretch]
      ) { row in
        last = try row.number(0)
        let slot = try row.number(2)
        // Who was taken elsewhere meanwhile, by an officer's word, stays there.
        guard try LedgerID.state(slot) == .uncertain,
          try row.optionalNumber(4) == found.batch.number
        else { return }
        places.append(
          LedgerPlace(id: try row.number(1), slot: slot, language: try row.number(3))
        )
      }
      try LedgerSteps.move(
        places.sorted { $0.id < $1.id },
        to: RecipientStep(
          to: .queued,
          channel: found.batch.channel,
          cause: "batch \(found.batch.number) was given up"
        ),
        of: mailing,
        context,
        &journal,
        in: db
      )
      guard last == nil else { return (last, places.count, found) }
      try BatchRecord.close(
        found,
        handedOver: found.batch.handedOver,
        of: mailing,
        context,
        &journal,
        in: db
      )
      return (nil, places.count, try BatchRecord.existing(id, in: db))
    }
  }
}
