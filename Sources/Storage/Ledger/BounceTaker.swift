internal import Foundation
internal import GRDB
internal import Model

/// Takes a stretch of mails that came back to the people they speak of.
struct BounceTaker {
  private let db: Database
  private var matcher: BounceMatcher
  /// What was done, added up.
  private(set) var summary: BounceImport
  /// How people stand by now, who were touched; kept from stretch to stretch where nothing is written.
  private(set) var overlay: Overlay
  private var moves: [Move: [LedgerPlace]] = [:]
  private var notes: [RecordID: Notes] = [:]

  /// What is known beside the record, where nothing is written.
  struct Overlay: Sendable {
    var standing: [Int64: Standing] = [:]
    var mails: [RecordID: Set<[UInt8]>] = [:]
  }

  /// How a person stands.
  struct Standing: Sendable {
    var slot: Int64
    var language: Int64
    var channel: MailingChannel?
  }

  /// Those who go to one state for one reason.
  private struct Move: Hashable {
    var mailing: RecordID
    var state: RecipientState
    var reason: BounceReason

    /// The order of states: somebody may go through several of them in one stretch.
    static let order: [RecipientState] = [.handedOver, .bouncedSoft, .bouncedHard, .complaint]

    var rank: Int { Self.order.firstIndex(of: state) ?? Self.order.count }
  }

  /// What is kept for a mailing.
  private struct Notes {
    var mails: [[UInt8]] = []
    var lines: [(person: Int64, mail: [UInt8], note: BounceNote)] = []
    var outcomes: [String: Int] = [:]
    var matches: [String: Int] = [:]
  }

  init(
    _ job: BounceIntake,
    _ summary: BounceImport,
    _ overlay: Overlay,
    _ keys: KeyFolder,
    in db: Database
  ) {
    (self.db, self.summary, self.overlay) = (db, summary, overlay)
    matcher = BounceMatcher(
      job.mailing,
      takesAddresses: job.takesAddresses,
      keys,
      in: db
    )
  }

  /// Judges a mail; nothing is written yet.
  mutating func take(_ mail: BouncedMail, at now: Instant) throws {
    summary.mails += 1
    summary.kinds[mail.verdict.kind, default: 0] += 1
    guard mail.verdict.kind != .notABounce else { return }
    switch try matcher.find(mail.verdict) {
    case .unmatched(let reason): summary.addUnmatched(mail.place, reason)
    case .refused(let reason): summary.addRefused(mail.place, reason)
    case .addressed(let people): try tell(people, mail)
    case .people(let people):
      var isNew = false
      for (mailing, found) in Dictionary(grouping: people, by: { $0.person >> 32 })
        .sorted(by: { $0.key < $1.key })
      {
        guard let name = try matcher.key(mailing)?.name(of: mail.digest),
          try self.isNew(name, mailing)
        else { continue }
        isNew = true
        overlay.mails[mailing, default: []].insert(name)
        notes[mailing, default: Notes()].mails.append(name)
        for person in found { try take(person, mail.verdict, name, mailing, at: now) }
      }
      if !isNew { summary.known += 1 }
    }
  }

  /// Tells of a mail that names people by the address alone; nothing is kept of it.
  private mutating func tell(_ people: [BounceMatcher.Match], _ mail: BouncedMail) throws {
    var words: [String] = []
    for person in people {
      let mailing = person.person >> 32
      guard let name = try matcher.key(mailing)?.name(of: mail.digest),
        try isNew(name, mailing)
      else { continue }
      let kind =
        person.recipient.map { BounceRule.kind(of: $0, in: mail.verdict.kind) }
        ?? mail.verdict.kind
      let reason = person.recipient?.reason ?? Self.reason(of: kind)
      let reference = try MailingRecord.existing(mailing, in: db).reference
      words.append(
        "recipient \(LedgerID.number(person.person)) of \(reference): \(kind.label), \(reason.label)"
      )
    }
    // All of it was confirmed and taken in before.
    guard !words.isEmpty else {
      summary.known += 1
      return
    }
    summary.addByAddress(mail.place, words.joined(separator: "; "))
  }

  private func isNew(_ name: [UInt8], _ mailing: RecordID) throws -> Bool {
    guard overlay.mails[mailing]?.contains(name) != true else { return false }
    let row = try db.row(
      "SELECT 1 FROM bounceMail WHERE mailing = ? AND digest = ?",
      [mailing, Data(name)]
    )
    return row == nil
  }

  private mutating func take(
    _ found: BounceMatcher.Match,
    _ verdict: BounceVerdict,
    _ name: [UInt8],
    _ mailing: RecordID,
    at now: Instant
  ) throws {
    guard var standing = try standing(of: found.person) else { return }
    let kind = found.recipient.map { BounceRule.kind(of: $0, in: verdict.kind) } ?? verdict.kind
    let state = try LedgerID.state(standing.slot)
    let outcome = BounceRule.outcome(
      of: kind,
      isHard: found.recipient?.isHard,
      for: state,
      over: standing.channel,
      by: found.match,
      isStale: found.isStale
    )
    let reason = found.recipient?.reason ?? Self.reason(of: kind)
    if case .moves(let next) = outcome {
      moves[Move(mailing: mailing, state: next, reason: reason), default: []].append(
        LedgerPlace(id: found.person, slot: standing.slot, language: standing.language)
      )
      standing.slot = LedgerID.slot(mailing, next, LedgerID.jurisdiction(standing.slot))
      standing.channel = .email
    }
    overlay.standing[found.person] = standing
    summary.count(outcome, by: found.match)
    notes[mailing]?.outcomes[outcome.word, default: 0] += 1
    notes[mailing]?.matches[found.match.rawValue, default: 0] += 1
    notes[mailing]?.lines.append(
      (
        found.person, name,
        BounceNote(
          at: now,
          kind: kind,
          reason: reason,
          status: found.recipient?.tellingStatus?.description ?? "",
          match: found.match,
          outcome: outcome
        )
      )
    )
  }

  /// The reason of a mail that names no recipient.
  private static func reason(of kind: BounceKind) -> BounceReason {
    switch kind {
    case .complaint: .complaint
    case .autoReply: .autoReply
    case .delivered: .delivered
    case .delayed: .deferred
    case .bounce, .notABounce: .unknown
    }
  }

  private func standing(of person: Int64) throws -> Standing? {
    if let known = overlay.standing[person] { return known }
    return try db.row(
      """
      SELECT slot, language, channel FROM recipient JOIN ledgerStep ON ledgerStep.id = step
      WHERE recipient.id = ?
      """,
      [person]
    ).map {
      Standing(
        slot: try $0.number(0),
        language: try $0.number(1),
        channel: try $0.optionalWord(2)
      )
    }
  }

  /// Writes what was judged: steps, what is kept of each mail, tallies, entries of the journal.
  mutating func write(_ context: ChangeContext, _ journal: inout JournalWriter) throws {
    let sorted = moves.sorted { left, right in
      let (one, other) = (left.key, right.key)
      return (one.mailing, one.rank, one.reason.rawValue)
        < (other.mailing, other.rank, other.reason.rawValue)
    }
    for (move, rows) in sorted {
      try LedgerSteps.move(
        rows.sorted { $0.id < $1.id },
        to: RecipientStep(
          to: move.state,
          channel: .email,
          cause: "a mail came back: \(move.reason.label)"
        ),
        of: try MailingRecord.existing(move.mailing, in: db),
        context,
        &journal,
        in: db
      )
    }
    for (mailing, kept) in notes.sorted(by: { $0.key < $1.key }) {
      try write(kept, of: try MailingRecord.existing(mailing, in: db), &journal)
    }
    (moves, notes) = ([:], [:])
  }

  private func write(_ kept: Notes, of mailing: Mailing, _ journal: inout JournalWriter) throws {
    let entry = journal.head + 1
    for name in kept.mails {
      try db.run(
        "INSERT INTO bounceMail (mailing, digest, entry) VALUES (?, ?, ?)",
        [mailing.id, Data(name), entry]
      )
    }
    var digest = RunningDigest()
    for (index, line) in kept.lines.enumerated() {
      let note = line.note
      note.add(person: line.person, mail: line.mail, to: &digest)
      try db.run(
        """
        INSERT INTO bounce (entry, line, person, digest, kind, reason, status, matchedBy, outcome)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          entry, index + 1, line.person, Data(line.mail), note.kind.rawValue,
          note.reason.rawValue, note.status, note.match.rawValue, note.outcome.word,
        ]
      )
      try db.run(
        """
        INSERT INTO bounceTally (mailing, reason, outcome, count) VALUES (?, ?, ?, 1)
        ON CONFLICT DO UPDATE SET count = count + 1
        """,
        [mailing.id, note.reason.rawValue, note.outcome.word]
      )
    }
    let receipt = try journal.append(
      TakeBounces(
        mailing: mailing.id,
        mails: kept.mails.count,
        outcomes: kept.outcomes,
        matches: kept.matches,
        rows: digest.text
      ),
      MailingChange.performed(mailing)
    )
    guard receipt.entry == entry else {
      throw StoreError.failed("an entry of the journal came in between")
    }
  }
}
