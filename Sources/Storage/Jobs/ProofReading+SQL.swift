internal import GRDB
internal import Model

extension ProofReading: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    let (keys, now) = (store.keys, store.now)
    return try await store.read { [self] db in
      let mailing = try MailingRecord.existing(mailing, in: db)
      let head = try JournalRecord.head(in: db)
      let facts = ProofFacts(
        mailing: mailing,
        tallies: try MailingStatus(id: mailing.id).fetch(in: db, AskContext(now: now, keys: keys))
          .tallies,
        days: try MailingDays(id: mailing.id).fetch(in: db, AskContext(now: now, keys: keys)),
        head: head.sequence,
        headHash: head.hash,
        madeAt: now
      )
      try sink.begin(facts)
      for document in try ProofDocuments.all(of: mailing.id, in: db) { try sink.take(document) }
      let key = try MailingRecord.key(mailing.id, keys, in: db)
      var people = try ProofPeople(mailing.id, key, in: db)
      while let row = try people.next() {
        try sink.take(row)
        if row.number % 16_384 == 0 {
          let told = JobProgress(
            stage: .checking,
            done: Int(row.number),
            total: mailing.recipients
          )
          guard progress(told), !Task.isCancelled else { throw CancellationError() }
        }
      }
      try ProofJournal.each(of: mailing.id, in: db) { try sink.take($0) }
      return facts
    }
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
    in db: Database,
    _ body: (ProofEntry) throws -> Void
  ) throws {
    var own: Set<Subject> = [Subject(.mailing, mailing)]
    try db.rows("SELECT id FROM notice WHERE mailing = ?", [mailing]) {
      own.insert(Subject(.notice, try $0.number(0)))
    }
    try db.rows("SELECT id FROM noticeEdition WHERE mailing = ?", [mailing]) {
      own.insert(Subject(.edition, try $0.number(0)))
    }
    try db.rows("SELECT id FROM publication WHERE mailing = ?", [mailing]) {
      own.insert(Subject(.publication, try $0.number(0)))
    }
    try db.rows(
      """
      SELECT \(JournalRecord.columns), salt, change, inverse, headline, reference, incident
      FROM journal LEFT JOIN journalDetail ON journalDetail.id = journal.id ORDER BY journal.id
      """
    ) { row in
      let entry = try JournalRecord.entry(row)
      guard own.contains(entry.subject) else {
        return try body(.other(entry.sequence, JournalLink(of: entry)))
      }
      guard let change = try row.optionalText(16) else { return try body(.own(entry, nil)) }
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
