internal import GRDB
internal import Model

extension EditionRelease: SQLJob {
  /// How many people one reading looks at before those found are moved.
  private static let stretch = 200_000
  /// How many are moved by number in one transaction.
  private static let most = 2000

  /// What one reading found.
  private struct Stretch: Sendable {
    var fit: [Int64] = []
    var unfit: [Int64] = []
    var uncovered = 0
    var incomplete = 0
    /// The last number that was looked at; nil at the end.
    var last: Int64?
  }

  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    let (edition, total) = try await store.read { [self] db in
      let edition = try NoticeEditionRecord.inForce(self.edition, in: db)
      return (edition, try MailingRecord.existing(edition.mailing, in: db).recipients)
    }
    var outcome = Outcome()
    let (plain, others) = edition.plainJurisdictions(needs)
    let isWhole = try await approve(plain, of: edition, store, origin) { done, total in
      outcome.approved = done
      return progress(JobProgress(stage: .writing, done: done, total: total))
    }
    guard isWhole else { return outcome }
    if others.isEmpty {
      outcome.isComplete = true
      return outcome
    }
    var position: Int64 = 0
    while true {
      let from = position
      let keys = store.keys
      let stretch = try await store.read { [self] db in
        try read(edition, after: from, keys, in: db)
      }
      outcome.uncovered += stretch.uncovered
      outcome.incomplete += stretch.incomplete
      for (numbers, state) in [(stretch.fit, RecipientState.approved), (stretch.unfit, .pending)] {
        for start in stride(from: 0, to: numbers.count, by: Self.most) {
          let part = Array(numbers[start..<min(start + Self.most, numbers.count)])
          let moved = try await move(part, to: state, of: edition, store, origin)
          outcome.altered += part.count - moved
          if state == .approved { outcome.approved += moved } else { outcome.returned += moved }
          let done = outcome.approved + outcome.returned
          let told = JobProgress(stage: .writing, done: done, total: total)
          guard progress(told), !Task.isCancelled else { return outcome }
        }
      }
      guard let last = stretch.last else { break }
      position = last
      let told = JobProgress(stage: .checking, done: Int(last), total: total)
      guard progress(told), !Task.isCancelled else { return outcome }
    }
    outcome.isComplete = true
    return outcome
  }

  /// Approves all who are pending in some jurisdictions, many at a time; false where it was cancelled.
  private func approve(
    _ jurisdictions: Set<String>,
    of edition: NoticeEdition,
    _ store: SQLiteStore,
    _ origin: String,
    tell: (Int, Int) -> Bool
  ) async throws -> Bool {
    guard !jurisdictions.isEmpty else { return true }
    let filter = LedgerFilter(states: [.pending], jurisdictions: jurisdictions)
    let step = RecipientStep(to: .approved, text: edition.name)
    var mover = try await store.read { db in
      try LedgerMover(of: edition.mailing, filter, nil, to: step, in: db)
    }
    let clock = ContinuousClock()
    while !mover.isDone {
      let current = mover
      let (next, start) = try await store.write(origin: origin, cache: 8192) {
        db,
        context,
        journal in
        _ = try NoticeEditionRecord.inForce(edition.id, in: db)
        var mover = current
        let start = clock.now
        try mover.perform(context, &journal, in: db)
        return (mover, start)
      }
      mover = next
      mover.adapt(to: clock.now - start)
      guard tell(mover.moved, mover.total), !Task.isCancelled else { return false }
    }
    return true
  }

  private func read(
    _ edition: NoticeEdition,
    after number: Int64,
    _ keys: KeyFolder,
    in db: Database
  ) throws -> Stretch {
    let mailing = try MailingRecord.present(edition.mailing, in: db)
    var scan = try NoticeScan(
      mailing,
      edition.facts.texts,
      channels: edition.facts.channels,
      needs,
      keys,
      after: number,
      in: db
    )
    var stretch = Stretch()
    for _ in 0..<Self.stretch {
      guard let found = try scan.next() else {
        stretch.last = nil
        return stretch
      }
      stretch.last = found.number
      let isFit = found.isCovered && found.lacks.isEmpty
      if found.state == .pending {
        if isFit {
          stretch.fit.append(found.number)
        } else if found.isCovered {
          stretch.incomplete += 1
        } else {
          stretch.uncovered += 1
        }
      } else if !isFit {
        stretch.unfit.append(found.number)
      }
    }
    return stretch
  }

  /// Moves people by number, as long as the edition is in force; whoever does not stand any more as it was
  /// read stays as somebody else left them.
  private func move(
    _ numbers: [Int64],
    to state: RecipientState,
    of edition: NoticeEdition,
    _ store: SQLiteStore,
    _ origin: String
  ) async throws -> Int {
    let step = RecipientStep(
      to: state,
      text: edition.name,
      cause: state == .approved ? "" : "\(edition.name) has no text for them"
    )
    let before: RecipientState = state == .approved ? .pending : .approved
    return try await store.write(origin: origin, cache: 8192) { db, context, journal in
      _ = try NoticeEditionRecord.inForce(edition.id, in: db)
      let unaltered = try numbers.filter { number in
        let row = try db.row(
          "SELECT slot FROM recipient WHERE id = ?",
          [LedgerID.recipient(edition.mailing, number)]
        )
        return try row.map { try LedgerID.state(try $0.number(0)) } == before
      }
      guard !unaltered.isEmpty else { return 0 }
      var mover = try LedgerMover(of: edition.mailing, .init(), unaltered, to: step, in: db)
      if !mover.isDone { try mover.perform(context, &journal, in: db) }
      return mover.moved
    }
  }
}

extension NoticeEdition {
  /// The jurisdictions in which everybody gets a text that needs nothing of its own, and the others.
  fileprivate func plainJurisdictions(
    _ needs: [String: [MergeField]]
  ) -> (plain: Set<String>, others: Set<String>) {
    let all = Set(facts.shares.map(\.kind.jurisdiction))
    let others = Set(
      facts.shares.filter { share in
        !share.texts.contains { needs[$0.text]?.isEmpty ?? true }
      }.map(\.kind.jurisdiction)
    )
    return (all.subtracting(others), others)
  }
}
