internal import GRDB
internal import Model

extension RecipientClaim: SQLJob {
  /// How many are looked at in one transaction at most: the rest waits for another channel or text.
  private static let stretch = 4000

  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    try await store.write(origin: origin) { [self] db, context, journal in
      try claim(context, &journal, in: db)
    }
  }

  private func claim(
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws -> Outcome {
    let signal = try SendingRecord.signal(of: mailing, process, edition, in: db)
    var outcome = Outcome(signal: signal, position: position)
    guard signal.isGo, limit > 0 else { return outcome }
    _ = try MailingRecord.present(mailing, in: db)
    var reader = try LedgerReader(mailing, context.keys, in: db)
    guard let key = reader.key else {
      throw StoreError.refused("the recipients of \(reader.mailing.reference) were erased")
    }
    reader.isRevealed = true
    let chosen = try next(reader, &outcome, in: db)
    let groups = Dictionary(grouping: chosen, by: \.text)
    for (text, recipients) in groups.sorted(by: { $0.key < $1.key }) {
      let numbers = recipients.map(\.recipient.number)
      let step = try mark(numbers, text, context, &journal, in: db)
      outcome.people += recipients.map { _, recipient in
        Person(
          recipient: recipient,
          step: step,
          text: text,
          at: context.now,
          returnTag: key.tag(for: recipient.number),
          messageTag: key.tag(for: recipient.number, step: step)
        )
      }
    }
    outcome.people.sort { $0.recipient.number < $1.recipient.number }
    return outcome
  }

  /// The next who wait for an e-mail and have a text.
  private func next(
    _ reader: LedgerReader,
    _ outcome: inout Outcome,
    in db: Database
  ) throws -> [(text: String, recipient: Recipient)] {
    let filter = LedgerFilter(states: [.queued], jurisdictions: jurisdictions)
    var merge = SlotMerge(
      try LedgerTallies.slots(of: mailing, filter, in: db).keys.sorted(),
      from: LedgerID.recipient(mailing, position),
      isBackward: false,
      count: limit,
      in: db
    )
    let guarding = try ContactGuard(of: mailing, in: db)
    var (chosen, seen): ([(text: String, recipient: Recipient)], Int) = ([], 0)
    while chosen.count < limit, seen < Self.stretch {
      guard let row = try merge.next() else {
        outcome.isAtEnd = true
        break
      }
      (seen, outcome.position) = (seen + 1, LedgerID.number(row.id))
      guard try waitsForMail(row.id, in: db), let recipient = try reader.recipients([row.id]).first
      else { continue }
      guard try guarding.allows(row.id, in: db) else {
        outcome.withoutConsent += 1
        continue
      }
      if let text = text(recipient) {
        chosen.append((text, recipient))
      } else {
        outcome.withoutText += 1
      }
    }
    return chosen
  }

  private func waitsForMail(_ id: Int64, in db: Database) throws -> Bool {
    let row = try db.row(
      """
      SELECT step, ledgerStep.channel, cause FROM recipient JOIN ledgerStep ON ledgerStep.id = step
      WHERE recipient.id = ?
      """,
      [id]
    )
    guard let row else { return false }
    // Who was given back in this sending is not tried again by itself, unless it was only put off.
    let isDue =
      try row.number(0) <= floor || row.text(2) == RecipientSettlement.quietCause
    return try isDue && row.optionalText(1) == MailingChannel.email.rawValue
  }

  private func mark(
    _ numbers: [Int64],
    _ text: String,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws -> Int64 {
    var mover = try LedgerMover(
      of: mailing,
      .init(),
      numbers,
      to: RecipientStep(
        to: .uncertain,
        channel: .email,
        text: text,
        cause: "marked for the hand-over"
      ),
      in: db
    )
    try mover.perform(context, &journal, in: db)
    guard mover.moved == numbers.count, let step = mover.lastStep else {
      throw StoreError.failed("\(mover.moved) recipients were marked where \(numbers.count) wait")
    }
    return step
  }
}
