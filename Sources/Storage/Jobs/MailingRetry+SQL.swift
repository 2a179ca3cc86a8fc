internal import GRDB
internal import Model

extension MailingRetry: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if !isDryRun, let reason = store.readOnlyReason { throw StoreError.readOnly(reason) }
    let (keys, now) = (store.keys, store.now)
    var round = try await store.read { [self] in try RetryRound(self, keys, in: $0) }
    func tell() throws -> Bool {
      let told = JobProgress(stage: .writing, done: round.done, total: round.total)
      return progress(told) && !Task.isCancelled
    }
    while !round.isDone {
      let current = round
      if isDryRun {
        round = try await store.read { db in
          var round = current
          _ = try round.next(at: now, keys, in: db)
          return round
        }
      } else {
        round = try await store.write(origin: origin, cache: 8192) { db, context, journal in
          var round = current
          try round.perform(context, &journal, in: db)
          return round
        }
      }
      guard try tell() else { break }
    }
    return round.numbers
  }
}

/// One pass over those whom a notice did not reach, a stretch at a time.
struct RetryRound: Sendable {
  private let mailing: RecordID
  private let rule: RetryRule
  /// The last row that was looked at.
  private var position: Int64
  /// How many were looked at.
  private(set) var done = 0
  /// How many there were when it began.
  let total: Int
  private(set) var isDone = false
  private(set) var numbers = RetryNumbers()

  /// How many one transaction looks at: each is opened, to see what there is to write to.
  private static let stretch = 500
  private static let filter = LedgerFilter(states: [.bouncedSoft, .bouncedHard])

  init(_ job: MailingRetry, _ keys: KeyFolder, in db: Database) throws {
    (mailing, rule) = (job.mailing, job.rule)
    position = LedgerID.range(job.mailing).lowerBound
    let found = try MailingRecord.present(job.mailing, in: db)
    try MailingRecord.refuseUnfinished(found)
    if !job.isDryRun { try MailingRecord.refuseHeld(found, in: db) }
    total = try LedgerTallies.slots(of: job.mailing, Self.filter, in: db).values.reduce(0, +)
    isDone = total == 0
  }

  /// Decides for the next people, and counts what is decided.
  mutating func next(
    at now: Instant,
    _ keys: KeyFolder,
    in db: Database
  ) throws -> [RetryRule.Decision: [LedgerPlace]] {
    var reader = try LedgerReader(mailing, keys, in: db)
    guard reader.key != nil else {
      throw StoreError.refused("the recipients of \(reader.mailing.reference) were erased")
    }
    reader.isRevealed = true
    var merge = SlotMerge(
      try LedgerTallies.slots(of: mailing, Self.filter, in: db).keys.sorted(),
      from: position,
      isBackward: false,
      count: Self.stretch,
      in: db
    )
    var found: [RetryRule.Decision: [LedgerPlace]] = [:]
    var count = 0
    while count < Self.stretch, let next = try merge.next() {
      (count, position) = (count + 1, next.id)
      let decision = try decide(next.id, reader, at: now, in: db)
      numbers.count(decision)
      let language = try db.number("SELECT language FROM recipient WHERE id = ?", [next.id])
      found[decision, default: []].append(
        LedgerPlace(id: next.id, slot: next.slot, language: language)
      )
    }
    done += count
    isDone = count < Self.stretch
    return found
  }

  private func decide(
    _ id: Int64,
    _ reader: LedgerReader,
    at now: Instant,
    in db: Database
  ) throws -> RetryRule.Decision {
    guard let person = try reader.recipients([id]).first, let contact = person.contact else {
      return .none
    }
    let channel: MailingChannel? = try db.row(
      "SELECT channel FROM recipient JOIN ledgerStep ON ledgerStep.id = step WHERE recipient.id = ?",
      [id]
    ).flatMap { try $0.optionalWord(0) }
    let channels = reader.mailing.facts.channels
    // What a mail program gave back was no try: only what came back counts.
    let attempts = try db.number(
      """
      SELECT count(*) FROM recipientEvent JOIN ledgerStep ON ledgerStep.id = step
      WHERE recipient = ? AND after = ? AND (channel IS NULL OR channel = ?)
      """,
      [id, RecipientState.bouncedSoft.code, (channel ?? channels.first ?? .email).rawValue]
    )
    return rule.decision(
      for: RetryRule.Person(
        state: person.state,
        changedAt: person.changedAt,
        channel: channel,
        attempts: Int(attempts),
        protection: person.protection,
        reachable: RetryRule.reachable(contact)
      ),
      over: channels,
      now: now
    )
  }

  /// Moves the next people.
  mutating func perform(
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    let found = try next(at: context.now, context.keys, in: db)
    let mailing = try MailingRecord.existing(mailing, in: db)
    let steps = found.compactMap { decision, rows in
      RecipientStep(decision).map { ($0, rows) }
    }
    for (step, rows) in steps.sorted(by: { $0.0.cause < $1.0.cause }) {
      try LedgerSteps.move(rows, to: step, of: mailing, context, &journal, in: db)
    }
  }
}

extension RecipientStep {
  /// The step that a decision comes to; nil where somebody is left alone.
  fileprivate init?(_ decision: RetryRule.Decision) {
    switch decision {
    case .again(let channel):
      self.init(to: .queued, channel: channel, cause: "tried again over \(channel.label)")
    case .next(let channel):
      self.init(to: .queued, channel: channel, cause: "the next channel: \(channel.label)")
    case .unreachable: self.init(to: .unreachable, cause: "no channel is left")
    case .waits, .protected, .none: return nil
    }
  }
}
