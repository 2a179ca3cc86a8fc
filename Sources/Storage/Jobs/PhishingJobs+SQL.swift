internal import GRDB
internal import Model

extension PhishingIntake: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    try await store.write(origin: origin) { [self] db, context, journal in
      if replaces {
        let old = try KeptTable<PhishingFacts>.list(
          where: "name = ? COLLATE NOCASE",
          [name],
          in: db
        )
        for exercise in old {
          let change = RemoveRecord<PhishingFacts>(id: exercise.id, basedOn: exercise.version)
          _ = try journal.append(change, try change.perform(in: db, context))
        }
      }
      guard results.contains(where: { $0.reached >= .sent }) else {
        throw StoreError.refused("nothing was sent to anybody yet; there are no results to keep")
      }
      let key = try StaffKey.find(context.keys, in: db)
      let id = try KeptTable<PhishingFacts>.nextID(in: db)
      var outcome = Outcome(id: id, results: results.count, unknown: 0)
      // By pseudonym and not as they came: the order of a file may tell who is who.
      var found: [(staff: Staff?, result: PhishingResult)] = []
      for (index, result) in results.enumerated() {
        if index % 256 == 0,
          !progress(JobProgress(stage: .writing, done: index, total: results.count))
        {
          throw CancellationError()
        }
        let staff = try key.flatMap { key in
          try StaffRecord.find(emailTag: key.tag(.email, result.email), in: db)
        }
        if staff == nil { outcome.unknown += 1 }
        found.append((staff, result))
      }
      found.sort {
        ($0.staff?.id ?? .max, $0.result.order) < ($1.staff?.id ?? .max, $1.result.order)
      }
      for (index, pair) in found.enumerated() {
        try PhishingRecord.insert(pair.result, pair.staff, index + 1, of: id, in: db)
      }
      let organisation = try OrganisationRecord.current(in: db).organisation
      let first = results.compactMap(\.sentAt).min() ?? context.now
      let rows = try PhishingRecord.digest(of: id, in: db)
      let change = AddRecord(
        PhishingFacts(
          name: name,
          sentOn: DayNumber(first, in: organisation.zone ?? .utc),
          lure: lure,
          count: rows.count,
          results: rows.digest
        )
      )
      _ = try journal.append(change, try change.perform(in: db, context))
      return outcome
    }
  }
}

extension PhishingResult {
  /// The order of results of people whom nobody knows: by what happened, and by nothing else.
  fileprivate var order: Int64 {
    Int64(reached.rawValue) << 50 | (sentAt?.milliseconds ?? 0) & (1 << 50 - 1)
  }
}

extension PhishingReveal: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("to see results by person, say why")
    }
    return try await store.write(origin: origin) { [self] db, context, journal in
      guard try OrganisationRecord.current(in: db).organisation.privacyOfStaff.showsNames else {
        throw StoreError.refused(
          "the organisation shows no results of phishing exercises by person; it would have to say "
            + "why it wants to: tocsin organisation set --phishing-names REASON"
        )
      }
      let exercise = try KeptTable<PhishingFacts>.present(id, in: db)
      let key = try StaffKey.find(context.keys, in: db)
      var found: Outcome = []
      for row in try PhishingRecord.rows(of: id, in: db) {
        guard let number = row.staff else { continue }
        let facts = try KeptTable<StaffFacts>.existing(number, in: db).facts
        found.append(
          Row(
            staff: number,
            pseudonym: facts.pseudonym,
            identity: key?.open(facts),
            reached: row.reached,
            isReported: row.isReported
          )
        )
      }
      _ = try journal.append(
        RevealPhishing(id: id, reason: reason),
        Performed(
          subject: Subject(.phishing, id),
          version: exercise.version,
          reference: exercise.facts.name,
          incident: nil,
          inverse: nil
        )
      )
      return found.sorted { ($1.reached, $0.pseudonym) < ($0.reached, $1.pseudonym) }
    }
  }
}
