internal import GRDB
internal import Model

extension MailingRelease: SQLJob {
  /// How many are moved by number in one transaction.
  private static let most = 2000
  /// What the ledger says of why they are uncertain.
  static let cause = "put back from a backup: may have been told since"

  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("say from what it is known")
    }
    let (hold, channel) = try await store.read { [self] db in
      let found = try MailingRecord.present(mailing, in: db)
      try MailingRecord.refuseUnfinished(found)
      guard let hold = try MailingHoldRecord.find(mailing, in: db) else {
        throw StoreError.refused("\(found.reference) is not held")
      }
      try ReasonCheck.refuse(reason, of: mailing, [], store.keys, in: db)
      return (hold, found.facts.channels.first ?? .email)
    }
    var outcome = Outcome()
    switch word {
    case .nothing:
      if let count = hold.known.count, count > 0 {
        throw StoreError.refused(
          "that nothing was sent is not so: \(hold.known.words); say --uncertain, and settle them"
        )
      }
    case .uncertain:
      let people = try await named(hold, in: store)
      outcome.isNamed = people != nil
      let isWhole =
        if let people {
          try await mark(people, hold, in: store, origin, progress, &outcome.uncertain)
        } else {
          try await markAll(over: channel, hold, in: store, origin, progress, &outcome.uncertain)
        }
      guard isWhole else { return outcome }
      outcome.left = try await left(of: people, hold, in: store)
      guard outcome.left == 0 else { return outcome }
    }
    try await store.write(origin: origin) { [self, outcome] db, context, journal in
      let found = try MailingRecord.present(mailing, in: db)
      guard try MailingHoldRecord.find(mailing, in: db)?.entry == hold.entry else {
        throw StoreError.refused("somebody else said what was sent of \(found.reference) meanwhile")
      }
      _ = try journal.append(
        ReleaseMailing(
          mailing: mailing,
          restore: hold.entry,
          word: word,
          uncertain: outcome.uncertain,
          reason: reason
        ),
        MailingChange.performed(found)
      )
    }
    outcome.isReleased = true
    return outcome
  }

  // MARK: Whom the replaced stores name

  /// The people whom the kept files name and who are to be taken as uncertain, by the channel over which
  /// they were told last; nil where one of the files cannot be read any more, or nobody knows.
  private func named(
    _ hold: MailingHold,
    in store: SQLiteStore
  ) async throws -> [MailingChannel: [Int64]]? {
    guard hold.known.told != nil else { return nil }
    let folder = StoreFile.directory(of: store.path)
    return try await store.read { [mailing] db in
      guard let head = try MailingHoldRecord.backupHead(of: hold, in: db) else { return nil }
      let step = try Self.lastStep(before: hold, in: db)
      let people = try MailingRecord.existing(mailing, in: db).recipients
      var found: [Int64: ReplacedStore.Told] = [:]
      for source in hold.known.sources {
        guard let kept = ReplacedStore("\(folder)/\(source)"),
          let told = kept.read({ old -> [Int64: ReplacedStore.Told]? in
            guard try ReplacedStore.goesOn(from: head, old, db) else { return nil }
            var told: [Int64: ReplacedStore.Told] = [:]
            try ReplacedStore.told(of: mailing, after: step, upTo: Int64(people), in: old) {
              told[$0.number] = $0
            }
            return told
          }), let told
        else { return nil }
        // The newest store first; but where something went out in an older one alone, by that one.
        found.merge(told) { $0.isTold || !$1.isTold ? $0 : $1 }
      }
      let numbers = try found.values.filter { try isToTake($0, after: step, in: db) }
        .map(\.number).sorted()
      return Dictionary(grouping: numbers) { found[$0]?.channel ?? .email }
    }
  }

  /// Whether somebody whom the replaced store names is to become uncertain by this word.
  ///
  /// Whom this word took before it was broken off is not; nor who is told, provably. Who was handed over
  /// before the backup is where something went out since: an answer alone tells nobody anew.
  private func isToTake(
    _ told: ReplacedStore.Told,
    after step: Int64,
    in db: Database
  ) throws -> Bool {
    let id = LedgerID.recipient(mailing, told.number)
    guard
      let row = try db.row(
        """
        SELECT slot, channel, batch FROM recipient JOIN ledgerStep ON ledgerStep.id = step
        WHERE recipient.id = ?
        """,
        [id]
      )
    else { return false }
    let isTaken =
      try db.row(
        """
        SELECT 1 FROM recipientEvent JOIN ledgerStep ON ledgerStep.id = step
        WHERE recipient = ? AND step > ? AND after = ? AND cause = ? LIMIT 1
        """,
        [id, step, RecipientState.uncertain.code, Self.cause]
      ) != nil
    guard !isTaken else { return false }
    let state = try LedgerID.state(try row.number(0))
    switch state {
    case .acknowledged, .deliveredByPost, .spokeByPhone: return false
    case .handedOver: return told.isTold
    case .uncertain:
      // Those in a batch are settled by its export; the others are asked for over the last channel.
      let channel: MailingChannel? = try row.optionalWord(1)
      return try told.isTold && row.optionalNumber(2) == nil
        && (channel ?? .email) != (told.channel ?? .email)
    default: return true
    }
  }

  /// How many of those who were to be taken are not uncertain, nor told provably.
  private func left(
    of people: [MailingChannel: [Int64]]?,
    _ hold: MailingHold,
    in store: SQLiteStore
  ) async throws -> Int {
    guard let people else { return 0 }
    return try await store.read { [mailing] db in
      try people.values.joined().count { number in
        let state = try Self.state(of: number, mailing, in: db)
        return state != .uncertain && state?.isReached != true
      }
    }
  }

  /// The last step that the backup had: what came since the restore stands behind it.
  private static func lastStep(before hold: MailingHold, in db: Database) throws -> Int64 {
    // Steps are made in the order of the entries that name them.
    let first = try db.row(
      """
      SELECT min(json_extract(change, '$.step')) FROM journal
      JOIN journalDetail ON journalDetail.id = journal.id
      WHERE journal.id > ? AND action IN (?, ?)
      """,
      [hold.entry, AddRecipients.name, MoveRecipients.name]
    )?.optionalNumber(0)
    if let first { return first - 1 }
    return try db.number("SELECT coalesce(max(id), 0) FROM ledgerStep")
  }

  // MARK: Marking

  /// The states through which somebody becomes uncertain.
  private static let ways: [(from: RecipientState, to: RecipientState)] = [
    (.exempt, .pending), (.pending, .approved), (.approved, .queued), (.bouncedSoft, .queued),
    (.bouncedHard, .queued), (.complaint, .queued), (.unreachable, .queued), (.handedOver, .queued),
    (.uncertain, .queued), (.queued, .uncertain),
  ]
  /// The states from which everybody becomes uncertain where nobody knows who was told.
  ///
  /// Nobody can be reached any more who is unreachable: that is no way of having been told.
  private static let open: Set<RecipientState> = [
    .pending, .approved, .bouncedSoft, .bouncedHard, .queued,
  ]

  /// Marks people by number; false where it was broken off.
  private func mark(
    _ people: [MailingChannel: [Int64]],
    _ hold: MailingHold,
    in store: SQLiteStore,
    _ origin: String,
    _ progress: (JobProgress) -> Bool,
    _ count: inout Int
  ) async throws -> Bool {
    let total = people.values.reduce(0) { $0 + $1.count }
    for (channel, numbers) in people.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      for start in stride(from: 0, to: numbers.count, by: Self.most) {
        let part = Array(numbers[start..<min(start + Self.most, numbers.count)])
        count += try await store.write(origin: origin, cache: 8192) {
          [self] db, context, journal in
          try requireHold(hold, in: db)
          return try Self.ways.reduce(0) { done, way in
            let standing = try part.filter { try Self.state(of: $0, mailing, in: db) == way.from }
            guard !standing.isEmpty else { return done }
            var mover = try mover(standing, to: way.to, over: channel, in: db)
            try mover.perform(context, &journal, in: db)
            return way.to == .uncertain ? done + mover.moved : done
          }
        }
        let told = JobProgress(stage: .writing, done: count, total: total)
        guard progress(told), !Task.isCancelled else { return false }
      }
    }
    return true
  }

  /// Marks all who are not told, many at a time; false where it was broken off.
  private func markAll(
    over channel: MailingChannel,
    _ hold: MailingHold,
    in store: SQLiteStore,
    _ origin: String,
    _ progress: (JobProgress) -> Bool,
    _ count: inout Int
  ) async throws -> Bool {
    for way in Self.ways where Self.open.contains(way.from) {
      let work = try await store.read { [self] db in
        try mover(nil, from: way.from, to: way.to, over: channel, in: db)
      }
      let (done, isHeld) = try await store.perform(work, origin: origin, progress: progress) {
        [self] _, db in try requireHold(hold, in: db)
      }
      if way.to == .uncertain { count += done.moved }
      guard !isHeld || done.isDone else { return false }
    }
    return true
  }

  private func mover(
    _ numbers: [Int64]?,
    from state: RecipientState? = nil,
    to next: RecipientState,
    over channel: MailingChannel,
    in db: Database
  ) throws -> LedgerMover {
    var mover = try LedgerMover(
      of: mailing,
      state.map { LedgerFilter(states: [$0]) } ?? LedgerFilter(),
      numbers,
      to: RecipientStep(to: next, channel: channel, cause: Self.cause),
      in: db
    )
    mover.isHeldToo = true
    return mover
  }

  /// Refuses to go on where somebody else ended the hold meanwhile: people may be on their way.
  private func requireHold(_ hold: MailingHold, in db: Database) throws {
    guard try MailingHoldRecord.find(mailing, in: db)?.entry == hold.entry else {
      throw StoreError.refused("somebody else said what was sent of \(hold.reference) meanwhile")
    }
  }

  private static func state(
    of number: Int64,
    _ mailing: RecordID,
    in db: Database
  ) throws -> RecipientState? {
    try db.row("SELECT slot FROM recipient WHERE id = ?", [LedgerID.recipient(mailing, number)])
      .map { try LedgerID.state(try $0.number(0)) }
  }
}

extension ReleaseMailing: JournalledByJob {
  static let maker = "a mailing is released by a job"

  var lines: [String] {
    ["restored by entry \(restore)", "sent since: \(word.rawValue)", "uncertain: \(uncertain)"]
      + ["because: \(reason)"]
  }
}
