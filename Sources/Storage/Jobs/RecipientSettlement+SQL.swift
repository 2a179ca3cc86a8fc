internal import GRDB
internal import Model

extension RecipientSettlement: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    try await store.write(origin: origin) { [self] db, context, journal in
      var settled = 0
      let marked = try people.filter { try isMarked($0, in: db) }
      for (step, group) in Dictionary(grouping: marked, by: Self.step)
        .sorted(by: { ($0.key.state.code, $0.key.text) < ($1.key.state.code, $1.key.text) })
      {
        try settle(group, step, context, &journal, in: db)
        settled += group.count
      }
      if try SendingRecord.wish(of: mailing, process, in: db) != nil {
        try SendingRecord.note(
          .sending,
          counts,
          until: nil,
          problem,
          of: mailing,
          context,
          in: db
        )
      }
      return settled
    }
  }

  /// Whether a person stands as the hand-over left them.
  private func isMarked(_ person: Person, in db: Database) throws -> Bool {
    guard
      let row = try db.row(
        "SELECT slot, step FROM recipient WHERE id = ?",
        [LedgerID.recipient(mailing, person.number)]
      )
    else { return false }
    return try LedgerID.state(try row.number(0)) == .uncertain && row.number(1) == person.step
  }

  private static func step(_ person: Person) -> RecipientStep {
    switch person.fate {
    case .handedOver:
      RecipientStep(
        to: .handedOver,
        channel: .email,
        text: person.text,
        cause: "the mail program took it"
      )
    case .returned(let cause):
      RecipientStep(to: .queued, channel: .email, text: person.text, cause: cause)
    case .unfit(let cause):
      RecipientStep(to: .bouncedHard, channel: .email, text: person.text, cause: cause)
    }
  }

  private func settle(
    _ group: [Person],
    _ step: RecipientStep,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    var mover = try LedgerMover(of: mailing, .init(), group.map(\.number), to: step, in: db)
    // What a mail program said of a message is true, whatever became of the store meanwhile.
    mover.isHeldToo = true
    try mover.perform(context, &journal, in: db)
    guard mover.moved == group.count, let number = mover.lastStep else {
      throw StoreError.failed("\(mover.moved) recipients were settled where \(group.count) stand")
    }
    let messages = group.compactMap { person -> DeliveryRecord.Message? in
      guard case .handedOver(let id, let digest) = person.fate else { return nil }
      return DeliveryRecord.Message(number: person.number, id: id, digest: digest)
    }
    guard !messages.isEmpty else { return }
    let digest = try DeliveryRecord.insert(messages, of: mailing, step: number, in: db)
    _ = try journal.append(
      RecordDeliveries(mailing: mailing, step: number, count: messages.count, messages: digest),
      MailingChange.performed(try MailingRecord.existing(mailing, in: db))
    )
  }
}
