internal import GRDB
internal import Model

extension ProofReading: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    if let named { try await reveal(named, in: store, origin) }
    let (keys, now) = (store.keys, store.now)
    let (facts, content, manifest) = try await store.read { [self] db in
      try snapshot(keys, now, in: db, progress)
    }
    let head = try await store.write(origin: origin) { [mailing] db, _, journal in
      let change = CloseProof(
        mailing: mailing,
        at: facts.at,
        people: facts.mailing.recipients,
        content: content,
        manifest: manifest
      )
      let found = try MailingRecord.existing(mailing, in: db)
      return try journal.append(change, MailingChange.performed(found)).entry
    }
    try await store.read { [self] db in
      try ProofJournal.each(of: mailing, through: head, in: db) { try sink.take($0) }
      guard let row = try db.row("SELECT hash FROM journal WHERE id = ?", [head]) else {
        throw StoreError.failed("the entry that closes the proof is not there any more")
      }
      try sink.end(head, try row.block(0))
    }
    return facts
  }

  /// Says in the journal who is named and why, before anything is read.
  private func reveal(_ named: Named, in store: SQLiteStore, _ origin: String) async throws {
    guard named.reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to name somebody, say why")
    }
    try await store.write(origin: origin) { [mailing] db, context, journal in
      let found = try MailingRecord.existing(mailing, in: db)
      guard found.erasedAt == nil else {
        throw StoreError.refused("the recipients of \(found.reference) were erased")
      }
      try ReasonCheck.refuse(named.reason, of: mailing, [named.number], context.keys, in: db)
      guard (1...Int64(max(1, found.recipients))).contains(named.number) else {
        throw StoreError.refused("\(found.reference) has no recipient \(named.number)")
      }
      _ = try journal.append(
        RevealRecipients(
          mailing: mailing,
          numbers: [named.number],
          reason: "proof: \(named.reason)"
        ),
        MailingChange.performed(found)
      )
    }
  }

  /// Gives all but the journal to the sink.
  private func snapshot(
    _ keys: KeyFolder,
    _ now: Instant,
    in db: Database,
    _ progress: (JobProgress) -> Bool
  ) throws -> (ProofFacts, content: String, manifest: String) {
    let mailing = try MailingRecord.existing(mailing, in: db)
    let context = AskContext(now: now, keys: keys)
    let facts = ProofFacts(
      mailing: mailing,
      tallies: try MailingStatus(id: mailing.id).fetch(in: db, context).tallies,
      days: try MailingDays(id: mailing.id).fetch(in: db, context),
      at: try TrailRecord.end(of: mailing.id, in: db).last,
      madeAt: now
    )
    try sink.begin(facts)
    for document in try ProofDocuments.all(of: mailing.id, in: db) { try sink.take(document) }
    if let named { try sink.take(try person(named.number, mailing, context, in: db)) }
    let key = try MailingRecord.key(mailing.id, keys, in: db)
    var people = try ProofPeople(mailing.id, key, in: db)
    while let row = try people.next() {
      try sink.take(row)
      if row.number % 16_384 == 0 {
        let told = JobProgress(stage: .checking, done: Int(row.number), total: mailing.recipients)
        guard progress(told), !Task.isCancelled else { throw CancellationError() }
      }
    }
    return (facts, try sink.content(), try sink.manifest())
  }

  /// One person by name, of the snapshot that all the rest is of.
  private func person(
    _ number: Int64,
    _ mailing: Mailing,
    _ context: AskContext,
    in db: Database
  ) throws -> ProofPerson {
    var reader = try LedgerReader(mailing.id, context.keys, in: db)
    reader.isRevealed = true
    let row = LedgerID.recipient(mailing.id, number)
    guard let key = reader.key, let found = try reader.recipients([row]).first else {
      throw StoreError.refused("the recipients of \(mailing.reference) were erased")
    }
    let versions = try ContactRecord.versions(of: number, reader, in: db)
    return ProofPerson(
      recipient: found,
      contacts: versions.count < 2 ? [] : versions,
      events: try RecipientHistory(mailing: mailing.id, number: number).fetch(in: db, context),
      bounces: try RecipientBounces(mailing: mailing.id, number: number).fetch(in: db, context),
      opening: key.opening(of: number),
      editions: try NoticeEditionRecord.list(of: mailing.id, in: db),
      deliveries: try DeliveryRecord.list(of: mailing.id, number, in: db),
      plan: try SendingRecord.plan(of: mailing.id, in: db),
      mailing: mailing.reference
    )
  }
}

/// The documents of a mailing that its proof has whole.
enum ProofDocuments {
  static func all(of mailing: RecordID, in db: Database) throws -> [ProofDocument] {
    var found: [ProofDocument] = []
    for text in try NoticeRecord.list(of: mailing, withRemoved: true, in: db) {
      for version in try NoticeRecord.versions(of: mailing, text.number, in: db) {
        found.append(
          ProofDocument(.text, name: version.versionName, bytes: Array(try JSON.text(version).utf8))
        )
      }
    }
    for edition in try NoticeEditionRecord.list(of: mailing, in: db).reversed() {
      found.append(
        ProofDocument(.edition, name: edition.name, bytes: Array(try JSON.text(edition).utf8))
      )
    }
    for batch in try BatchRecord.list(of: mailing, in: db) {
      found.append(
        ProofDocument(
          .batch,
          name: "B\(batch.number)",
          bytes: Array(try JSON.text(batch).utf8)
        )
      )
    }
    return found
  }
}

/// The journal as a proof shows it: entries of the mailing whole, the others as links.
enum ProofJournal {
  static func each(
    of mailing: RecordID,
    through last: JournalSequence,
    in db: Database,
    _ body: (ProofEntry) throws -> Void
  ) throws {
    var owners = MailingOwners()
    try db.rows(
      """
      SELECT \(JournalRecord.columns), salt, change, inverse, headline, reference, incident
      FROM journal LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE journal.id <= ? ORDER BY journal.id
      """,
      [last]
    ) { row in
      let entry = try JournalRecord.entry(row)
      let change = try row.optionalText(16)
      guard owners.mailing(of: entry.subject, change) == mailing else {
        return try body(.other(entry.sequence, JournalLink(of: entry)))
      }
      guard let change else { return try body(.own(entry, nil)) }
      try body(
        .own(
          entry,
          JournalDetails(
            salt: try row.block(15),
            change: change,
            inverse: try row.optionalText(17),
            headline: try row.text(18),
            reference: try row.text(19),
            incident: try row.optionalNumber(20)
          )
        )
      )
    }
  }
}
