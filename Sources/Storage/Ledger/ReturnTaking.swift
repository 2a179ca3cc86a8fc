internal import GRDB
internal import Model

/// Takes returns, in the caller's transaction: whom a row speaks of, and what follows from it.
struct ReturnTaking {
  private let job: ReturnIntake
  private let reader: LedgerReader
  private let key: MailingKey
  private let words: [Int64: String]
  /// Where those write a day down who call, print and carry: the organisation's zone, and UTC.
  private let zones: [Zone]

  init(_ job: ReturnIntake, _ keys: KeyFolder, in db: Database) throws {
    self.job = job
    var reader = try LedgerReader(job.mailing, keys, in: db)
    guard let key = reader.key else {
      throw StoreError.refused("the recipients of \(reader.mailing.reference) were erased")
    }
    reader.isRevealed = true
    (self.reader, self.key) = (reader, key)
    words = try LedgerTallies.words(in: db)
    let organisation = try OrganisationRecord.current(in: db).organisation
    zones = [.utc] + (organisation.zone.map { [$0] } ?? [])
  }

  /// Whom a row speaks of, and of which batch.
  struct Target {
    var person: Int64
    var batch: BatchRecord.Found
    /// The step with which the person was claimed for the batch.
    var step: Int64
  }

  /// Why a row cannot be taken.
  private struct Unfit: Error {
    var reason: String
  }

  /// What is wrong with a row, without quoting it; nil where nothing is.
  func problem(_ row: ReturnRow, at now: Instant, in db: Database) throws -> String? {
    if let problem = ContactRecord.problem(row.edit) { return problem }
    do {
      let target = try target(row, in: db)
      return try problem(on: row.day, target, at: now, in: db)
    } catch let error as Unfit {
      return error.reason
    }
  }

  /// Why nothing can have come back of a batch on a day; nil where something can.
  ///
  /// A day is one where the person lives, where the organisation is, or of UTC: nobody says which.
  private func problem(
    on day: String,
    _ target: Target,
    at now: Instant,
    in db: Database
  ) throws -> String? {
    guard !day.isEmpty else { return nil }
    let slot = try db.number("SELECT slot FROM recipient WHERE id = ?", [target.person])
    let place = words[LedgerID.jurisdiction(slot)] ?? ""
    let zones = zones + JurisdictionZones.zones(of: place)
    func days(_ instant: Instant) -> [String] {
      zones.map { CivilTime(instant, offset: $0.offset(at: instant)).isoDate }
    }
    if day > days(now).max() ?? day { return "the day is yet to come" }
    let batch = target.batch.batch
    let since = batch.fixedAt ?? batch.openedAt
    if day < days(since).min() ?? day {
      return "the day is before batch \(batch.number) was handed over, "
        + CivilTime(since).isoDate
    }
    return nil
  }

  /// Takes rows in order; those that cannot be taken are passed over.
  mutating func take(
    _ rows: [ReturnRow],
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws -> ReturnImport {
    var summary = ReturnImport()
    var fresh: [(row: ReturnRow, target: Target)] = []
    var news: [(row: ReturnRow, target: Target)] = []
    var seen: Set<Place> = []
    for row in rows where try problem(row, at: context.now, in: db) == nil {
      let target = try target(row, in: db)
      let place = Place(batch: target.batch.id, person: target.person, outcome: row.outcome)
      let isKnown = try db.row(
        "SELECT 1 FROM batchReturn WHERE batch = ? AND person = ? AND outcome = ?",
        [place.batch, place.person, row.outcome.rawValue]
      )
      guard isKnown == nil, seen.insert(place).inserted else {
        summary.known += 1
        // What is said again may come with a contact that nobody knew then.
        if try isNews(row.edit, of: target.person, in: db) { news.append((row, target)) }
        continue
      }
      fresh.append((row, target))
      if !row.edit.isEmpty { news.append((row, target)) }
    }
    summary.taken = fresh.count
    summary.corrected = try correct(news, &journal, in: db)
    try move(fresh, &summary, context, &journal, in: db)
    try record(seen, &journal, in: db)
    return summary
  }

  private struct Place: Hashable, Comparable {
    var batch: Int64
    var person: Int64
    var outcome: ReturnOutcome

    static func < (left: Place, right: Place) -> Bool {
      (left.batch, left.person, left.outcome.rawValue)
        < (right.batch, right.person, right.outcome.rawValue)
    }
  }

  // MARK: Whom a row speaks of

  private func target(_ row: ReturnRow, in db: Database) throws -> Target {
    var number = row.batch ?? job.batch
    var person: Int64?
    if let place = row.place {
      guard let batch = number else {
        throw Unfit(reason: "a line of a batch needs the number of the batch")
      }
      let found = try self.batch(batch, in: db)
      guard let listed = try BatchRecord.person(on: place, of: found.id, in: db) else {
        throw Unfit(reason: "batch \(batch) has no line \(place)")
      }
      person = listed
    }
    if let stated = row.number {
      guard (1...0xFFFF_FFFF).contains(stated), stated <= Int64(reader.mailing.recipients) else {
        throw Unfit(reason: "there is no recipient \(stated)")
      }
      let id = LedgerID.recipient(job.mailing, stated)
      guard person ?? id == id else {
        throw Unfit(reason: "the line of the batch and the number are of two recipients")
      }
      person = id
    }
    if !row.reference.isEmpty, person == nil {
      let found = try reader.find(.reference, row.reference)
      guard let only = found.first else { throw Unfit(reason: "nobody has this reference") }
      guard found.count == 1 else { throw Unfit(reason: "several people have this reference") }
      person = only
    }
    guard let person else {
      throw Unfit(reason: "the row names nobody: a number, a reference, or batch and line")
    }
    if number == nil { number = try BatchRecord.last(of: person, in: db)?.batch.number }
    guard let number else {
      throw Unfit(reason: "recipient \(LedgerID.number(person)) was in no batch")
    }
    let batch = try self.batch(number, in: db)
    guard let step = try BatchRecord.step(of: person, in: batch.id, db) else {
      throw Unfit(reason: "recipient \(LedgerID.number(person)) is not in batch \(number)")
    }
    return Target(person: person, batch: batch, step: step)
  }

  private func batch(_ number: RecordID, in db: Database) throws -> BatchRecord.Found {
    guard let found = try BatchRecord.find(number, of: job.mailing, in: db) else {
      if let past = try MailingHoldRecord.lastBatch(of: job.mailing, in: db), number <= past.number
      {
        throw Unfit(
          reason: "batch \(number) is not in this store: it was put back from a backup "
            + "(entry \(past.entry)), and the batch is of the store that was replaced; "
            + "name people by reference"
        )
      }
      throw Unfit(reason: "there is no batch \(number)")
    }
    guard found.batch.state == .closed else {
      throw Unfit(reason: "batch \(number) is unfinished; export it to its end first")
    }
    return found
  }

  // MARK: What follows

  /// Whether an edit says something that the person's contact never said.
  ///
  /// A file that is imported again must not put an old address in place of what was corrected since.
  private func isNews(_ edit: ContactEdit, of person: Int64, in db: Database) throws -> Bool {
    guard !edit.isEmpty else { return false }
    return try !ContactRecord.versions(of: LedgerID.number(person), reader, in: db).contains {
      guard let contact = $0.contact else { return false }
      return edit.applied(to: contact) == contact
    }
  }

  /// Seals what is known of contacts now.
  private func correct(
    _ rows: [(row: ReturnRow, target: Target)],
    _ journal: inout JournalWriter,
    in db: Database
  ) throws -> Int {
    var correction = try ContactRecord.Correction(job.mailing, key, behind: journal.head, in: db)
    for (row, target) in rows {
      guard let stored = try reader.stored(target.person) else { continue }
      try correction.set(row.edit.applied(to: stored), of: target.person, insteadOf: stored, in: db)
    }
    try correction.finish(reason: "a file of returns", of: reader.mailing, &journal)
    return correction.count
  }

  /// Takes people where the returns lead, a row at a time where one speaks of the same person again.
  private func move(
    _ rows: [(row: ReturnRow, target: Target)],
    _ summary: inout ReturnImport,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    var rest = rows
    while !rest.isEmpty {
      var (round, later): ([RecipientStep: [LedgerPlace]], [(row: ReturnRow, target: Target)]) =
        ([:], [])
      var order: [RecipientStep] = []
      var persons: Set<Int64> = []
      for (row, target) in rest {
        guard persons.insert(target.person).inserted else {
          later.append((row, target))
          continue
        }
        guard let (place, step) = try step(row, target, in: db) else {
          summary.noted += 1
          continue
        }
        if round[step] == nil { order.append(step) }
        round[step, default: []].append(place)
      }
      for step in order {
        let places = (round[step] ?? []).sorted { $0.id < $1.id }
        try LedgerSteps.move(places, to: step, of: reader.mailing, context, &journal, in: db)
        summary.moved[step.state, default: 0] += places.count
      }
      rest = later
    }
  }

  /// The step that a row leads to; nil where it leaves the person as it stands.
  private func step(
    _ row: ReturnRow,
    _ target: Target,
    in db: Database
  ) throws -> (LedgerPlace, RecipientStep)? {
    guard
      let found = try db.row(
        """
        SELECT slot, language, last.batch, claim.text FROM recipient
        JOIN ledgerStep AS last ON last.id = recipient.step
        JOIN ledgerStep AS claim ON claim.id = ?
        WHERE recipient.id = ?
        """,
        [target.step, target.person]
      )
    else { return nil }
    let slot = try found.number(0)
    let batch = target.batch.batch
    let way = batch.channel == .post ? row.edit.address : row.edit.phone
    guard
      let state = row.outcome.step(
        from: try LedgerID.state(slot),
        over: batch.channel,
        isRegistered: batch.isRegistered,
        isLastAttempt: try found.optionalNumber(2) == batch.number,
        hasNewContact: way?.isEmpty == false
      )
    else { return nil }
    let day = row.day.isEmpty ? "" : " on \(row.day)"
    return (
      LedgerPlace(id: target.person, slot: slot, language: try found.number(1)),
      RecipientStep(
        to: state,
        channel: batch.channel,
        text: try found.text(3),
        cause: "batch \(batch.number): \(row.outcome.label)\(day)",
        batch: batch.number
      )
    )
  }

  /// Writes down what was said, each once.
  private func record(
    _ places: Set<Place>,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    guard !places.isEmpty else { return }
    let sorted = places.sorted()
    let receipt = try journal.append(
      RecordReturns(
        mailing: job.mailing,
        count: sorted.count,
        returns: Self.digest(sorted.map { ($0.batch, $0.person, $0.outcome.rawValue) })
      ),
      MailingChange.performed(reader.mailing)
    )
    for place in sorted {
      try db.run(
        "INSERT INTO batchReturn (batch, person, outcome, entry) VALUES (?, ?, ?, ?)",
        [place.batch, place.person, place.outcome.rawValue, receipt.entry]
      )
    }
  }

  /// The digest over returns, in order of batch, person and outcome.
  static func digest(_ rows: [(batch: Int64, person: Int64, outcome: String)]) -> String {
    var digest = RunningDigest()
    for row in rows {
      digest.update(row.batch, row.person)
      digest.update(counted: Array(row.outcome.utf8))
    }
    return digest.text
  }
}
