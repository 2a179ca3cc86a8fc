internal import GRDB
internal import Model

extension ConsentExport: SQLJob {
  /// How many records are read at once.
  private static let stretch = 4096

  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to hand people out, say to whom and why")
    }
    let rows = try await store.read { [purposes] db in
      let all: [ConsentPurpose] = try KeptTable.list(in: db)
      return try all.filter { purposes.isEmpty || purposes.contains($0.id) }
        .filter { $0.facts.erasedAt == nil }
        .map { try ConsentBoardRows.row($0, in: db) }
    }
    let total = rows.reduce(0) { $0 + $1.count(filter) }
    guard total > 0 else { throw StoreError.refused("no record passes; nothing was written") }
    let wanted = rows.filter { $0.count(filter) > 0 }.map(\.purpose)
    // Before anything is read, and again before the file is to be seen.
    try await store.write(origin: origin) { [self] db, context, _ in
      try checkAllowance(wanted, context, in: db)
    }
    let keys = store.keys
    var written: [RecordID: Int] = [:]
    for row in rows {
      var place = LedgerPage.Place.first
      while true {
        let page = try await store.read { [filter, place] db in
          try Self.page(row.purpose, filter, place, keys, in: db)
        }
        guard let last = page.last else { break }
        try sink.add(page, of: row)
        written[row.purpose.id, default: 0] += page.count
        let done = JobProgress(
          stage: .writing,
          done: written.values.reduce(0, +),
          total: total
        )
        guard progress(done), !Task.isCancelled else { throw CancellationError() }
        place = .after(last.number)
      }
    }
    let digest = try sink.finish()
    // Before anybody can read the file the journal says so.
    try await store.write(origin: origin) { [self, written] db, context, journal in
      try checkAllowance(wanted, context, in: db)
      for (id, count) in written.sorted(by: { $0.key < $1.key }) {
        let purpose = try PurposeRecord.open(id, in: db)
        _ = try journal.append(
          ExportConsents(
            purpose: id,
            filter: self.filter.text,
            count: count,
            file: digest,
            reason: self.reason
          ),
          PurposeRecord.performed(purpose)
        )
      }
    }
    try sink.publish()
    return written.values.reduce(0, +)
  }

  /// Refuses where a second person is asked for and none has allowed this, or it was used already.
  private func checkAllowance(
    _ purposes: [ConsentPurpose],
    _ context: ChangeContext,
    in db: Database
  ) throws {
    guard try OrganisationRecord.current(in: db).organisation.needsSecondPerson else { return }
    for purpose in purposes {
      var isAllowed = false
      try db.rows(
        """
        SELECT action, uid, change FROM journal
        JOIN journalDetail ON journalDetail.id = journal.id
        WHERE subjectKind = 'purpose' AND subject = ? AND action IN (?, ?) AND change IS NOT NULL
        ORDER BY journal.id
        """,
        [purpose.id, AllowConsentExport.name, ExportConsents.name]
      ) { row in
        let text = try row.text(2)
        if try row.text(0) == AllowConsentExport.name {
          let allowed = try JSON.value(text, as: AllowConsentExport.self)
          if allowed.filter == filter.text, allowed.reason == reason,
            try row.number(1) != Int64(context.actor.uid)
          {
            isAllowed = true
          }
        } else {
          let used = try JSON.value(text, as: ExportConsents.self)
          if used.filter == filter.text, used.reason == reason { isAllowed = false }
        }
      }
      guard isAllowed else {
        throw StoreError.refused(
          "an export of \(purpose.reference) needs a second person: another account runs the same "
            + "command with --allow first, with the same filter and reason"
        )
      }
    }
  }

  /// A stretch of records as they are; those who were erased are left out.
  private static func page(
    _ purpose: ConsentPurpose,
    _ filter: ConsentFilter,
    _ place: LedgerPage.Place,
    _ keys: KeyFolder,
    in db: Database
  ) throws -> [ConsentRecord] {
    var reader = try ConsentReader(purpose.id, keys, in: db)
    guard reader.key != nil else { return [] }
    reader.isRevealed = true
    let slots = try ConsentTallies.slots(of: purpose, filter, in: db)
      .filter { ConsentSlot(raw: $0.key).standing != .erased }
    guard !slots.isEmpty else { return [] }
    let start: Int64
    switch place {
    case .after(let number): start = ConsentID.consent(purpose.id, number)
    default: start = ConsentID.range(purpose.id).lowerBound
    }
    var merge = SlotMerge(
      slots.keys.sorted(),
      of: .consents,
      from: start,
      isBackward: false,
      count: stretch,
      in: db
    )
    var found: [Int64] = []
    while found.count < stretch, let next = try merge.next() { found.append(next.id) }
    return try reader.records(found)
  }
}
