internal import Foundation
internal import GRDB
internal import Model

/// Appends to the journal within one transaction.
struct JournalWriter {
  private var sequence: JournalSequence
  private var previous: [UInt8]
  private let database: Database
  private let context: ChangeContext
  private let origin: String
  private let claims: String
  private let bootClock: Int64
  private let randomBytes: @Sendable (Int) -> [UInt8]
  /// The texts of the changes, made ahead; nil where they are made one by one.
  private let texts: ChangeTexts?
  /// Whether an entry was written.
  private(set) var hasWritten = false
  /// The newest entry that may have overtaken a version of a statement; nil where none may have.
  private var overtaking: JournalSequence?
  /// The newest entry.
  var head: JournalSequence { sequence }

  init(
    _ database: Database,
    _ context: ChangeContext,
    origin: String,
    texts: ChangeTexts?,
    randomBytes: @escaping @Sendable (Int) -> [UInt8]
  ) throws {
    (sequence, previous) = try JournalRecord.head(in: database)
    (self.database, self.context, self.origin) = (database, context, origin)
    (self.randomBytes, self.texts) = (randomBytes, texts)
    claims = context.actor.claims.isEmpty ? "{}" : try JSON.text(context.actor.claims)
    bootClock = BootClock.milliseconds
  }

  /// Appends the entry of a change that was performed, and its details beside it.
  ///
  /// Of one that altered nothing no entry is written; its receipt names the last one.
  mutating func append(
    _ change: any SQLChange,
    _ performed: Performed,
    undoes: JournalSequence? = nil
  ) throws -> Receipt {
    try append(change, performed, undoes: undoes, isOwn: false)
  }

  /// Voids the versions of statements that the transaction has overtaken: once, however many entries it has.
  mutating func finish() throws {
    guard let cause = overtaking else { return }
    overtaking = nil
    for (id, reason) in try StatementEditionRecord.overtaken(in: database) {
      let void = MoveStatement(id: id, basedOn: nil, step: .void(cause: cause, reason: reason))
      _ = try append(void, try KeptWriter.write(void, context, in: database), isOwn: true)
    }
  }

  /// The same; `isOwn` says that the journal makes it of its own accord, so no text was made ahead.
  private mutating func append(
    _ change: any SQLChange,
    _ performed: Performed,
    undoes: JournalSequence? = nil,
    isOwn: Bool
  ) throws -> Receipt {
    let ahead = isOwn ? nil : try texts?.next()
    let plain = try ahead ?? change.journalText()
    guard !performed.isIdle else {
      return Receipt(
        entry: sequence,
        subject: performed.subject,
        version: performed.version,
        reference: performed.reference,
        isReversible: false
      )
    }
    // What the journal adds of its own accord follows from a change that was looked at.
    if sequence > 0, !isOwn {
      try MovedClock.refuse(type(of: change).name, origin, in: database)
    }
    hasWritten = true
    let trail = try TrailRecord.next(sequence + 1, of: performed.subject, in: database)
    let kept = try performed.journalled?.journalText() ?? plain
    let text = trail?.added(to: kept) ?? kept
    let inverse = try performed.inverse.map { try JSONBytes.text(NamedChange($0)) }
    let salt = randomBytes(16)
    let headline = change.headline
    let commitment = JournalLayout.commitment(
      salt: salt,
      details: JournalLayout.details(
        change: text,
        inverse: inverse,
        headline: headline,
        reference: performed.reference,
        incident: performed.incident
      )
    )
    let action = type(of: change).name
    let entry = JournalEntry(
      sequence: sequence + 1,
      at: context.now,
      bootClock: bootClock,
      boot: BootClock.boot,
      actor: context.actor,
      origin: origin,
      action: action,
      subject: performed.subject,
      version: performed.version,
      undoes: undoes,
      commitment: commitment,
      previous: previous
    )
    let hash = JournalLayout.hash(of: entry)
    try database.run(
      """
      INSERT INTO journal (id, at, bootClock, boot, uid, actor, claims, origin, action,
        subjectKind, subject, version, undoes, commitment, previous, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        entry.sequence, entry.at.milliseconds, entry.bootClock, entry.boot,
        Int64(entry.actor.uid), entry.actor.name, claims, origin, action,
        entry.subject.kind.rawValue, entry.subject.id, entry.version, undoes, Data(commitment),
        Data(previous), Data(hash),
      ]
    )
    try database.run(
      """
      INSERT INTO journalDetail (id, incident, reference, headline, change, inverse, salt)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        entry.sequence, performed.incident, performed.reference, headline, text, inverse,
        Data(salt),
      ]
    )
    (sequence, previous) = (entry.sequence, hash)
    let overtaken = try NoticeEditionRecord.voidOvertaken(
      by: change,
      performed,
      context,
      in: database
    )
    for (id, reason) in overtaken {
      _ = try append(
        VoidEdition(id: id, cause: entry.sequence, reason: reason),
        try NoticeEditionChange.performed(id, in: database),
        isOwn: true
      )
    }
    if try StatementEditionRecord.isTouched(by: action, performed, in: database) {
      overtaking = entry.sequence
    }
    return Receipt(
      entry: entry.sequence,
      subject: performed.subject,
      version: performed.version,
      reference: performed.reference,
      isReversible: inverse != nil
    )
  }
}
