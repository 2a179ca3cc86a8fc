internal import GRDB
internal import Model

/// Takes recipients who wait for a channel into a batch, a transaction at a time.
struct BatchClaim: Sendable {
  private let job: BatchExport
  /// The last row that was looked at.
  private var position: Int64
  /// How many rows one transaction looks at.
  private var size = 1000
  /// The batch, once somebody is in it.
  private(set) var batch: RecordID?
  private var number: RecordID = 0
  private var columns: [BatchColumn]
  /// How many were taken.
  private(set) var taken = 0
  /// How many rows wait for the channel, as far as it was known when the claim began.
  private(set) var total = 0
  /// How many have no address or number for the channel.
  private(set) var withoutAddress = 0
  /// How many have no text.
  private(set) var withoutText = 0
  /// How many have a corrected contact that waits for a second person.
  private(set) var withoutConsent = 0
  /// Whether nobody is left to be taken.
  private(set) var isDone = false

  /// What one transaction takes.
  private static let aim = Duration.milliseconds(32)

  init(_ job: BatchExport, in db: Database) throws {
    self.job = job
    position = LedgerID.range(job.mailing).lowerBound
    columns = job.channel.columns(merging: job.texts.fields)
    total = try slots(in: db).values.reduce(0, +)
    isDone = total == 0
  }

  private func slots(in db: Database) throws -> [Int64: Int] {
    let filter = LedgerFilter(
      states: job.takesApproved ? [.queued, .approved] : [.queued],
      jurisdictions: job.jurisdictions
    )
    return try LedgerTallies.slots(of: job.mailing, filter, in: db)
  }

  /// Makes the next transaction as long as it may be.
  mutating func adapt(to time: Duration) {
    let ratio = Self.aim / max(time, .microseconds(100))
    size = max(100, min(10_000, Int(Double(size) * min(2, max(0.2, ratio)))))
  }

  /// Takes the next stretch.
  mutating func perform(
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    let found = try MailingRecord.present(job.mailing, in: db)
    if let edition = job.texts.edition,
      try !NoticeEditionRecord.isInForce(edition, of: job.mailing, in: db)
    {
      throw StoreError.refused(
        "the approval of the texts is void; nobody else was taken into a batch"
      )
    }
    var reader = try LedgerReader(job.mailing, context.keys, in: db)
    reader.isRevealed = true
    let (ids, slots) = try next(in: db)
    var claimed: [String: [LedgerPlace]] = [:]
    var approved: [String: [LedgerPlace]] = [:]
    var texts: [String] = []
    let left = job.limit.map { $0 - taken } ?? .max
    var count = 0
    var channels: [Int64: MailingChannel?] = [:]
    let guarding = try ContactGuard(of: job.mailing, in: db)
    for (id, place) in zip(ids, slots) {
      guard count < left else { break }
      let isQueued = try LedgerID.state(place.slot) == .queued
      if isQueued, try !isQueuedHere(id, &channels, in: db) { continue }
      guard let recipient = try reader.recipients([id]).first, let contact = recipient.contact
      else { continue }
      // Who is approved is told over the first of the mailing's channels that reaches the person.
      let order = found.facts.channels
      guard isQueued || order.first(where: { $0.reaches(contact) }) == job.channel else { continue }
      guard job.channel.reaches(contact) else {
        withoutAddress += 1
        continue
      }
      guard let text = job.texts.text(for: recipient, over: job.channel) else {
        withoutText += 1
        continue
      }
      guard try guarding.allows(id, in: db) else {
        withoutConsent += 1
        continue
      }
      count += 1
      if claimed[text] == nil { texts.append(text) }
      claimed[text, default: []].append(place)
      if recipient.state == .approved { approved[text, default: []].append(place) }
    }
    if count >= left { isDone = true }
    guard count > 0 else { return }
    let batch = try self.batch ?? open(found, context, &journal, in: db)
    var steps: [Int64: Int64] = [:]
    for text in texts {
      let rows = claimed[text] ?? []
      func step(_ state: RecipientState) -> RecipientStep {
        RecipientStep(
          to: state,
          channel: job.channel,
          text: text,
          cause: "batch \(number)",
          batch: number
        )
      }
      // Those who were approved only come into the queue now.
      let entering = approved[text] ?? []
      try LedgerSteps.move(entering, to: step(.queued), of: found, context, &journal, in: db)
      let waiting = rows.map { row -> LedgerPlace in
        var row = row
        row.slot = LedgerID.slot(found.id, .queued, LedgerID.jurisdiction(row.slot))
        return row
      }
      let claim = try LedgerSteps.move(
        waiting,
        to: step(.uncertain),
        of: found,
        context,
        &journal,
        in: db
      )
      if let claim { for row in rows { steps[row.id] = claim } }
    }
    try write(steps, into: batch, in: db)
    taken += count
  }

  /// Whether somebody who is queued was queued for this channel: that of the step that did it.
  private func isQueuedHere(
    _ id: Int64,
    _ channels: inout [Int64: MailingChannel?],
    in db: Database
  ) throws -> Bool {
    let step = try db.number("SELECT step FROM recipient WHERE id = ?", [id])
    if let known = channels[step] { return known == job.channel }
    let channel: MailingChannel? = try db.row("SELECT channel FROM ledgerStep WHERE id = ?", [step])
      .flatMap { try $0.optionalWord(0) }
    channels[step] = .some(channel)
    return channel == job.channel
  }

  /// The next rows that wait, in order; ends the claim where there are no more.
  private mutating func next(in db: Database) throws -> (ids: [Int64], places: [LedgerPlace]) {
    var merge = SlotMerge(
      try slots(in: db).keys.sorted(),
      from: position,
      isBackward: false,
      count: size,
      in: db
    )
    let statement = try RawStatement("SELECT language FROM recipient WHERE id = ?", in: db)
    var places: [LedgerPlace] = []
    while places.count < size, let next = try merge.next() {
      statement.bind(1, next.id)
      guard try statement.next() else { continue }
      places.append(LedgerPlace(id: next.id, slot: next.slot, language: statement.number(0)))
      statement.reset()
    }
    position = places.last?.id ?? position
    if places.count < size { isDone = true }
    return (places.map(\.id), places)
  }

  /// Begins the batch, now that there is somebody for it.
  private mutating func open(
    _ found: Mailing,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws -> RecordID {
    guard
      try BatchRecord.unfinished(of: job.mailing, over: job.channel, in: db) == nil
    else {
      throw StoreError.refused(
        "another export for \(job.channel.label) is under way; try again when it is done"
      )
    }
    let (id, number) = try BatchRecord.insert(
      job.mailing,
      job.channel,
      columns,
      hasTexts: job.writesTexts,
      isRegistered: job.isRegistered,
      reason: job.reason,
      context,
      in: db
    )
    (batch, self.number) = (id, number)
    _ = try journal.append(
      OpenBatch(
        mailing: job.mailing,
        number: number,
        channel: job.channel,
        columns: columns,
        hasTexts: job.writesTexts,
        reason: job.reason,
        isRegistered: job.isRegistered
      ),
      MailingChange.performed(found)
    )
    return id
  }

  /// Writes the lines of those who were claimed, in order of number, behind those that are there.
  private func write(_ steps: [Int64: Int64], into batch: RecordID, in db: Database) throws {
    let found = try BatchRecord.existing(batch, in: db)
    guard found.batch.state == .gathering, found.batch.count == taken else {
      throw StoreError.refused("another program goes on with this batch; try again when it is done")
    }
    let statement = try RawStatement(
      "INSERT INTO batchLine (batch, line, person, step) VALUES (?, ?, ?, ?)",
      in: db
    )
    statement.bind(1, batch)
    var line = Int64(taken)
    for (person, step) in steps.sorted(by: { $0.key < $1.key }) {
      line += 1
      statement.bind(2, line)
      statement.bind(3, person)
      statement.bind(4, step)
      try statement.run()
    }
    try db.run("UPDATE mailingBatch SET count = ? WHERE id = ?", [line, batch])
  }
}
