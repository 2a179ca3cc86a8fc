internal import GRDB
internal import Model

/// What follows when a batch is gathered: it is fixed, written, handed over and closed, each step in
/// the record before the next one begins.
struct BatchHandOver: Sendable {
  let id: RecordID
  let mailing: RecordID
  let sink: any BatchSink
  /// What the texts merge; nil where the batch is complete already.
  var texts: (any BatchTexts)?

  /// How many lines are read or marked at once.
  private static let stretch = 2000

  /// Does what is left of it; `reason` says to whom it goes this time, and why.
  func run(
    in store: SQLiteStore,
    origin: String,
    reason: String,
    _ progress: @Sendable (JobProgress) -> Bool
  ) async throws -> MailingBatch {
    var found = try await store.read { [id] in try BatchRecord.existing(id, in: $0) }
    if found.batch.state == .gathering { try await fix(in: store, origin) }
    found = try await store.read { [id] in try BatchRecord.existing(id, in: $0) }
    let files = try await write(found, in: store, progress)
    try await disclose(files, reason: reason, in: store, origin)
    found = try await store.read { [id] in try BatchRecord.existing(id, in: $0) }
    while found.batch.state != .closed {
      found = try await mark(in: store, origin)
      let told = JobProgress(stage: .writing, done: found.handled, total: found.batch.count)
      guard progress(told), !Task.isCancelled else { throw CancellationError() }
    }
    return found.batch
  }

  /// Decides that nobody else comes into the batch, and which contacts are in its files.
  private func fix(in store: SQLiteStore, _ origin: String) async throws {
    // Reading all lines takes long where there are many: nobody waits for that with the lock held.
    let (count, lines) = try await store.read { [id] in try BatchRecord.linesDigest(of: id, in: $0)
    }
    try await store.write(origin: origin) { [id, mailing, texts] db, context, journal in
      let mailing = try MailingRecord.present(mailing, in: db)
      var found = try BatchRecord.existing(id, in: db)
      guard found.batch.state == .gathering else { return }
      try BatchApproval.check(found, of: mailing, in: db)
      try ContactGuard(of: mailing.id, in: db).check(found, of: mailing, in: db)
      // Only now it is known which texts are in it, and what these merge.
      if let texts {
        let wanted = found.batch.channel.columns(
          merging: try BatchRecord.texts(in: found, in: db).reduce(into: []) {
            $0.formUnion(texts.fields(of: $1))
          }
        )
        found.batch.columns = found.batch.columns.filter { wanted.contains($0) }
      }
      try BatchRecord.fix(found, count, lines, of: mailing, context, &journal, in: db)
    }
  }

  /// Writes the files; they are on the disk when this returns.
  private func write(
    _ found: BatchRecord.Found,
    in store: SQLiteStore,
    _ progress: @Sendable (JobProgress) -> Bool
  ) async throws -> [BatchFile] {
    let keys = store.keys
    try sink.begin(found.batch)
    var last: Int64 = 0
    while last < Int64(found.batch.count) {
      let first = last + 1
      let rows = try await store.read { [id, mailing] db in
        try Self.rows(of: id, found.mark, mailing, from: first, keys, in: db)
      }
      guard let end = rows.last?.line else {
        throw StoreError.failed("lines of batch \(found.batch.number) are gone; see tocsin verify")
      }
      try sink.write(rows)
      last = end
      let told = JobProgress(stage: .writing, done: Int(last), total: found.batch.count)
      guard progress(told), !Task.isCancelled else { throw CancellationError() }
    }
    // Files without a name are gone with the export; with a name they can be handed to the printer.
    try await store.read { [mailing, id] db in
      let batch = try BatchRecord.existing(id, in: db)
      guard batch.batch.state != .closed else { return }
      try BatchApproval.check(batch, of: try MailingRecord.present(mailing, in: db), in: db)
    }
    return try sink.finish()
  }

  /// The next lines of a batch, with contacts as they were when it was fixed.
  private static func rows(
    of id: RecordID,
    _ mark: JournalSequence?,
    _ mailing: RecordID,
    from first: Int64,
    _ keys: KeyFolder,
    in db: Database
  ) throws -> [BatchRow] {
    var reader = try LedgerReader(mailing, keys, in: db)
    guard reader.key != nil else {
      throw StoreError.refused("the recipients of \(reader.mailing.reference) were erased")
    }
    (reader.isRevealed, reader.mark) = (true, mark)
    var lines: [(line: Int64, person: Int64, text: String)] = []
    try db.rows(
      """
      SELECT line, person, text FROM batchLine JOIN ledgerStep ON ledgerStep.id = step
      WHERE batchLine.batch = ? AND line >= ? ORDER BY line LIMIT ?
      """,
      [id, first, stretch]
    ) { lines.append((try $0.number(0), try $0.number(1), try $0.text(2))) }
    return try lines.map { line, person, text in
      guard let recipient = try reader.recipients([person]).first else {
        throw StoreError.failed("a recipient of a batch is gone; see tocsin verify")
      }
      return BatchRow(line: line, recipient: recipient, text: text)
    }
  }

  /// Writes down which files are on the disk; refuses where they came out otherwise than before.
  private func disclose(
    _ files: [BatchFile],
    reason: String,
    in store: SQLiteStore,
    _ origin: String
  ) async throws {
    try await store.write(origin: origin) { [id, mailing] db, context, journal in
      let mailing = try MailingRecord.existing(mailing, in: db)
      let found = try BatchRecord.existing(id, in: db)
      guard found.batch.files.isEmpty || found.batch.files == files else {
        throw StoreError.refused(
          "the files of batch \(found.batch.number) came out otherwise than they were written first; "
            + "hand over nothing of them, and see tocsin verify"
        )
      }
      if found.batch.state == .fixed {
        try db.run("UPDATE mailingBatch SET state = 'written' WHERE id = ?", [id])
      }
      try db.run("UPDATE mailingBatch SET files = ? WHERE id = ?", [try JSON.text(files), id])
      _ = try journal.append(
        DiscloseBatch(
          mailing: mailing.id,
          number: found.batch.number,
          count: found.batch.count,
          reason: reason,
          files: files
        ),
        MailingChange.performed(mailing)
      )
    }
  }

  /// Marks the next stretch as handed over; closes the batch behind the last one.
  private func mark(in store: SQLiteStore, _ origin: String) async throws -> BatchRecord.Found {
    try await store.write(origin: origin, cache: 8192) { [id, mailing] db, context, journal in
      let mailing = try MailingRecord.existing(mailing, in: db)
      let found = try BatchRecord.existing(id, in: db)
      guard found.batch.state == .written else { return found }
      var places: [String: [LedgerPlace]] = [:]
      var texts: [String] = []
      var looked = 0
      var count = 0
      // Who was taken elsewhere meanwhile, by an officer's word, stays there.
      try db.rows(
        """
        SELECT recipient.id, recipient.slot, recipient.language, claim.text,
          recipient.slot >> 16 & 65535, last.batch
        FROM batchLine JOIN ledgerStep AS claim ON claim.id = batchLine.step
        JOIN recipient ON recipient.id = person JOIN ledgerStep AS last ON last.id = recipient.step
        WHERE batchLine.batch = ? AND line > ? ORDER BY line LIMIT ?
        """,
        [id, found.handled, Self.stretch]
      ) { row in
        looked += 1
        guard try row.number(4) == Int64(RecipientState.uncertain.code),
          try row.optionalNumber(5) == found.batch.number
        else { return }
        let text = try row.text(3)
        if places[text] == nil { texts.append(text) }
        places[text, default: []].append(
          LedgerPlace(id: try row.number(0), slot: try row.number(1), language: try row.number(2))
        )
        count += 1
      }
      for text in texts {
        try LedgerSteps.move(
          places[text] ?? [],
          to: RecipientStep(
            to: .handedOver,
            channel: found.batch.channel,
            text: text,
            cause: "batch \(found.batch.number)",
            batch: found.batch.number
          ),
          of: mailing,
          context,
          &journal,
          in: db
        )
      }
      let handled = found.handled + looked
      let handedOver = found.batch.handedOver + count
      try db.run(
        "UPDATE mailingBatch SET handled = ?, handedOver = ? WHERE id = ?",
        [handled, handedOver, id]
      )
      if handled == found.batch.count || looked == 0 {
        try BatchRecord.close(
          found,
          handedOver: handedOver,
          of: mailing,
          context,
          &journal,
          in: db
        )
      }
      return try BatchRecord.existing(id, in: db)
    }
  }
}
