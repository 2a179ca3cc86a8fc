internal import GRDB
internal import Model

extension ConsentIntake: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    if let readOnlyReason = store.readOnlyReason { throw StoreError.readOnly(readOnlyReason) }
    let (keys, purposes) = (store.keys, source.catalogue.purposes)
    let openings = try await store.read { db in
      try purposes.map { purpose in
        _ = try PurposeRecord.open(purpose.id, in: db)
        let kept = try PurposeRecord.key(purpose.id, keys, in: db)
        let data = kept == nil ? MailingKey.newData(Kernel.randomBytes) : []
        return ConsentFiller.Opening(
          key: kept ?? ConsentKey(data: data, purpose: purpose.id),
          next: try PurposeRecord.records(purpose.id, in: db) + 1,
          newData: kept == nil ? data : nil
        )
      }
    }
    let there = openings.reduce(0) { $0 + Int($1.next) - 1 }
    let filler = ConsentFiller(
      source,
      openings,
      expecting: expected + there,
      known: there > 0 ? lookup(purposes.map(\.id), in: store) : nil
    )
    if there > 0 { try await addKnown(purposes.map(\.id), to: filler, in: store) }
    func tell(_ stage: JobProgress.Stage, _ done: Int, _ total: Int) throws {
      let told = JobProgress(stage: stage, done: done, total: total)
      guard progress(told), !Task.isCancelled else { throw CancellationError() }
    }
    let total = try filler.check { try tell(.checking, $0, 0) }
    if skipsBad { try source.refuseCutOff("no record was brought in") }
    let (refused, refusedCount, digest) = (source.refused, source.refusedCount, source.digest)
    let isCutOff = source.cutOff != nil
    var summary = ConsentImport()
    if refusedCount == 0 || skipsBad, total > 0 {
      try source.rewind()
      let superseded = try await pump(filler, openings, store, origin) {
        guard source.digest == digest, source.refusedCount == refusedCount else {
          throw StoreError.refused(
            "the input was altered while it was read; what was read until then is in: import what "
              + "it says now"
          )
        }
      } tell: {
        try tell(.writing, $0, total)
      }
      summary = filler.summary
      summary.superseded = superseded
    }
    (summary.refused, summary.refusedCount) = (refused, refusedCount)
    summary.isCutOff = isCutOff
    return summary
  }

  /// Fills one batch while the other is written; gives how many records were overtaken.
  private func pump(
    _ filler: ConsentFiller,
    _ openings: [ConsentFiller.Opening],
    _ store: SQLiteStore,
    _ origin: String,
    checkingInput isUnaltered: () throws -> Void,
    tell: (Int) throws -> Void
  ) async throws -> Int {
    let size = min(batch, ConsentWriter.segmentSize)
    let ids = openings.map(\.key.purpose)
    var unkept = openings.map(\.newData)
    var superseded = 0
    try await BatchPump.run(
      ConsentBatch(capacity: size, purposes: ids.count),
      ConsentBatch(capacity: size, purposes: ids.count)
    ) { batch in
      try filler.fill(batch)
    } write: { batch in
      if batch.isLast { try isUnaltered() }
      let keys = unkept
      superseded += try await store.write(origin: origin, cache: 8192) { db, context, journal in
        var overtaken = 0
        for (place, part) in batch.parts.enumerated() where !part.rows.isEmpty {
          if let data = keys[place] {
            let purpose = try PurposeRecord.open(ids[place], in: db)
            try PurposeRecord.keep(data, of: purpose, context, &journal, in: db)
          }
          overtaken += try ConsentWriter.write(
            part,
            channels: batch.words,
            of: ids[place],
            context,
            &journal,
            in: db
          )
        }
        return overtaken
      }
      for (place, part) in batch.parts.enumerated() where !part.rows.isEmpty {
        unkept[place] = nil
      }
      if !batch.isLast { try tell(batch.taken) }
    }
    return superseded
  }

  /// Looks up whether a purpose has what a row says.
  private func lookup(
    _ purposes: [RecordID],
    in store: SQLiteStore
  ) -> @Sendable (Int, ConsentFiller.Said) throws -> Bool {
    { place, said in
      try store.readNow { db in
        var isKnown = false
        try db.rows(
          """
          SELECT slot, at, word FROM consentSegment
          CROSS JOIN consentKey ON part = consentSegment.id
          CROSS JOIN consent ON consent.id = consentKey.consent
          CROSS JOIN ledgerWord ON ledgerWord.id = slot >> 16 & 65535
          WHERE purpose = ? AND consentKey.tag = ?
          """,
          [purposes[place], said.tag]
        ) { row in
          let slot = ConsentSlot(raw: try row.number(0))
          if try row.number(1) == said.at, slot.state == said.state, slot.version == said.version,
            try row.text(2) == said.channel
          {
            isKnown = true
          }
        }
        return isKnown
      }
    }
  }

  /// Tells the filler of all that the purposes have.
  private func addKnown(
    _ purposes: [RecordID],
    to filler: ConsentFiller,
    in store: SQLiteStore
  ) async throws {
    try await store.read { db in
      let words = try LedgerTallies.words(in: db)
      for purpose in purposes {
        let statement = try RawStatement(
          "SELECT tag, at, slot FROM consent WHERE id BETWEEN ? AND ? AND tag <> 0",
          in: db
        )
        let range = ConsentID.range(purpose)
        statement.bind(1, range.lowerBound)
        statement.bind(2, range.upperBound)
        while try statement.next() {
          let slot = ConsentSlot(raw: statement.number(2))
          guard let state = slot.state, let channel = words[slot.channel] else {
            throw UnknownWord(type: "ConsentRecord")
          }
          filler.add(
            known: .init(
              tag: statement.number(0),
              at: statement.number(1),
              state: state,
              version: slot.version,
              channel: channel
            ),
            of: purpose
          )
        }
      }
    }
  }
}
