internal import GRDB
internal import Model

/// What is done with a backup before it takes the place of a store: mailings are held, and what was
/// erased since is erased again.
struct RestoredCopy {
  /// What was found and done.
  struct Outcome: Sendable {
    /// The mailings that are held.
    var held: [RestoredMailing] = []
    /// What was erased again, as people call it.
    var erased: [String] = []
    /// What was erased in the replaced store and cannot be here by itself: why.
    var kept: [String] = []
    /// The mailings that the replaced store had and the backup has not.
    var missing: [String] = []
    /// The entry of the journal that records the restore.
    var entry: JournalSequence = 0
  }

  /// The store that is replaced; nil where there is none or it cannot be read.
  let replaced: ReplacedStore?
  /// The newest entry of the backup.
  let backupHead: JournalSequence
  /// The newest entry of the replaced store; 0 where it is not known.
  let replacedHead: JournalSequence
  /// Where the replaced store is kept; nil where there was none.
  let keptAs: String?

  /// Does it, in the transaction that records the restore.
  func perform(
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws -> Outcome {
    var outcome = Outcome()
    try eraseMailings(&outcome, context, &journal, in: db)
    try eraseRequests(&outcome, context, &journal, in: db)
    try eraseStaff(&outcome, context, &journal, in: db)
    outcome.held = try held(in: db)
    outcome.missing = try missing(in: db)
    let restore = RecordRestore(
      backupHead: backupHead,
      replacedHead: replacedHead,
      keptAs: keptAs ?? "",
      held: outcome.held
    )
    outcome.entry = try journal.append(restore, try restore.perform(in: db, context)).entry
    return outcome
  }

  // MARK: Holding

  /// Every mailing of which somebody could still be told, with what the replaced store knows.
  private func held(in db: Database) throws -> [RestoredMailing] {
    // That of the copy, before anything of it was moved: both stores have the steps up to it.
    let step = try db.number("SELECT coalesce(max(id), 0) FROM ledgerStep")
    var mailings: [(id: RecordID, reference: String, people: Int64)] = []
    try db.rows(
      """
      SELECT id, reference, recipients FROM mailing
      WHERE erasedAt IS NULL AND isRemoved = 0 ORDER BY id
      """
    ) { mailings.append((try $0.number(0), try $0.text(1), try $0.number(2))) }
    return try mailings.map { mailing in
      var found = RestoredMailing(id: mailing.id, reference: mailing.reference, told: nil)
      found.lastBatch = try BatchRecord.lastNumber(of: mailing.id, replaced, db)
      guard let replaced else { return found }
      // An earlier restore whose question is not answered yet goes on with this one.
      let before = replaced.read { try MailingHoldRecord.find(mailing.id, in: $0) } ?? nil
      let told = replaced.read { old -> [String: Int]? in
        guard try ReplacedStore.goesOn(from: backupHead, old, db),
          try ReplacedStore.isSame(Subject(.mailing, mailing.id), old, db)
        else { return nil }
        var told: [String: Int] = [:]
        try ReplacedStore.told(
          of: mailing.id,
          after: step,
          upTo: mailing.people,
          in: old
        ) { told[$0.state.rawValue, default: 0] += 1 }
        return told
      }
      found.told = told ?? nil
      if let told = found.told, !told.isEmpty, let keptAs {
        found.sources = [Self.name(of: keptAs)]
      }
      if let before {
        found.sources += before.known.sources
        found.told = before.known.told.flatMap { earlier in
          found.told.map { $0.merging(earlier) { max($0, $1) } }
        }
      }
      return found
    }
  }

  /// A file's name without its folder: the store and what it replaced lie beside each other.
  private static func name(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }

  private func missing(in db: Database) throws -> [String] {
    guard let replaced else { return [] }
    return replaced.read { old in
      guard try old.tableExists("mailing") else { return [] }
      var missing: [String] = []
      try old.rows("SELECT id, reference FROM mailing WHERE isRemoved = 0 ORDER BY id") { row in
        let subject = Subject(.mailing, try row.number(0))
        if try !ReplacedStore.isSame(subject, old, db) { missing.append(try row.text(1)) }
      }
      return missing
    } ?? []
  }

  // MARK: Erasing again

  /// What the replaced store erased by changes of a name: record and entry, oldest first; each once.
  private func erasures(
    _ action: String,
    of kind: Subject.Kind,
    in db: Database
  ) -> [(id: RecordID, entry: JournalSequence)] {
    replaced?.read { old in
      var found: [(id: RecordID, entry: JournalSequence)] = []
      try old.rows(
        """
        SELECT subject, max(id) FROM journal WHERE subjectKind = ? AND action = ?
        GROUP BY subject ORDER BY subject
        """,
        [kind.rawValue, action]
      ) { row in
        let id = try row.number(0)
        guard try ReplacedStore.isSame(Subject(kind, id), old, db) else { return }
        found.append((id, try row.number(1)))
      }
      return found
    } ?? []
  }

  private func eraseMailings(
    _ outcome: inout Outcome,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    for (id, entry) in erasures(EraseMailing.name, of: .mailing, in: db) {
      guard var mailing = try MailingRecord.fetch(id, in: db), mailing.erasedAt == nil else {
        continue
      }
      var change = EraseMailing(id: id, basedOn: mailing.version, isOrdered: true)
      change.again = entry
      try EraseMailing.destroyKey(of: id, context, in: db)
      _ = try journal.append(change, try MailingChange.write(&mailing, in: db, inverse: nil))
      outcome.erased.append(mailing.reference)
    }
  }

  private func eraseRequests(
    _ outcome: inout Outcome,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    for (id, _) in erasures(EraseRequest.name, of: .request, in: db) {
      let request = try KeptTable<RequestFacts>.existing(id, in: db)
      guard request.facts.erasedAt == nil else { continue }
      // By the register's own rule, by which its checks play it again: one that is open stays.
      guard !request.facts.state.isOpen || request.isRemoved else {
        outcome.kept.append(
          "\(request.reference) was erased since and is open in the backup: end it, and erase it again"
        )
        continue
      }
      let change = EraseRequest(id: id, basedOn: request.version, isOrdered: true)
      let performed = try KeptWriter.write(change, context, in: db)
      try change.destroyKey(context, in: db)
      _ = try journal.append(change, performed)
      outcome.erased.append(request.reference)
    }
  }

  private func eraseStaff(
    _ outcome: inout Outcome,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    var count = 0
    for (id, _) in erasures(EraseStaff.name, of: .staff, in: db) {
      let staff = try KeptTable<StaffFacts>.existing(id, in: db)
      let isWhole =
        replaced?.read { old in
          try old.row("SELECT pseudonym LIKE 'erased-%' FROM staff WHERE id = ?", [id])?.flag(0)
        } ?? nil
      let change = EraseStaff(of: staff, namesOnly: isWhole == false)
      let performed = try change.perform(in: db, context)
      guard !performed.isIdle else { continue }
      _ = try journal.append(change, performed)
      count += 1
    }
    if count > 0 { outcome.erased.append("\(count) of the staff") }
  }
}
