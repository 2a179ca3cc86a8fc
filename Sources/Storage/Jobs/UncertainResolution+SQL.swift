internal import GRDB
internal import Model

extension UncertainResolution: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    // One transaction: no sender can begin in the middle of it and mark more.
    try await store.write(origin: origin) { [self] db, context, journal in
      let found = try MailingRecord.present(mailing, in: db)
      if let lease = try SendingRecord.lease(of: mailing, in: db), lease.isActive {
        throw StoreError.refused(
          "\(found.reference) is being sent by process \(lease.process.id): stop it first, so that "
            + "nobody is uncertain only because the hand-over is going on"
        )
      }
      let meant = try numbers.map { Set($0).sorted() } ?? uncertain(in: db)
      guard !meant.isEmpty else { return 0 }
      for number in meant where try !isUncertain(number, in: db) {
        throw StoreError.refused("recipient \(number) of \(found.reference) is not uncertain")
      }
      try MailingRecord.refuseHeld(found, in: db)
      try ReasonCheck.refuse(reason, of: mailing, numbers ?? [], context.keys, in: db)
      let word = isSent ? "a person's word: it was sent" : "a person's word: to be sent again"
      let isGiven = reason.contains { !$0.isWhitespace }
      var moved = 0
      // Each goes on over the channel over which it is uncertain: an e-mail that broke off, or what the
      // store that a backup has replaced says.
      for (channel, numbers) in try byChannel(meant, in: db) {
        var mover = try LedgerMover(
          of: mailing,
          .init(),
          numbers,
          to: RecipientStep(
            to: isSent ? .handedOver : .queued,
            channel: channel,
            cause: isGiven ? "\(word); \(reason)" : word
          ),
          in: db
        )
        try mover.perform(context, &journal, in: db)
        moved += mover.moved
      }
      return moved
    }
  }

  private func byChannel(
    _ numbers: [Int64],
    in db: Database
  ) throws -> [(channel: MailingChannel, numbers: [Int64])] {
    var groups: [MailingChannel: [Int64]] = [:]
    for number in numbers {
      let channel: MailingChannel? = try db.row(
        "SELECT channel FROM recipient JOIN ledgerStep ON ledgerStep.id = step WHERE recipient.id = ?",
        [LedgerID.recipient(mailing, number)]
      ).flatMap { try $0.optionalWord(0) }
      groups[channel ?? .email, default: []].append(number)
    }
    return MailingChannel.allCases.compactMap { channel in groups[channel].map { (channel, $0) } }
  }

  /// All who are uncertain outside of batches, by number; those in a batch are settled by its export.
  private func uncertain(in db: Database) throws -> [Int64] {
    var found: [Int64] = []
    let slots = try LedgerTallies.slots(of: mailing, LedgerFilter(states: [.uncertain]), in: db)
    for slot in slots.keys {
      try db.rows(
        """
        SELECT recipient.id FROM recipient INDEXED BY recipientSlot
        CROSS JOIN ledgerStep ON ledgerStep.id = step WHERE slot = ? AND batch IS NULL
        """,
        [slot]
      ) {
        found.append(LedgerID.number(try $0.number(0)))
      }
    }
    return found.sorted()
  }

  private func isUncertain(_ number: Int64, in db: Database) throws -> Bool {
    guard (1...0xFFFF_FFFF).contains(number),
      let row = try db.row(
        """
        SELECT slot FROM recipient JOIN ledgerStep ON ledgerStep.id = step
        WHERE recipient.id = ? AND batch IS NULL
        """,
        [LedgerID.recipient(mailing, number)]
      )
    else { return false }
    return try LedgerID.state(try row.number(0)) == .uncertain
  }
}
