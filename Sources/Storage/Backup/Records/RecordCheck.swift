internal import GRDB
internal import Model

/// The comparison of the records of a kind with the journal.
///
/// Whoever adds a table writes a check for it or a line in `RecordChecks.named`; a test names tables that
/// neither has.
protocol RecordCheck: SendableMetatype {
  /// The tables that it looks at.
  static var tables: [CheckedTable] { get }
  /// Tells every record that is not what the journal says: which, of what incident, what is wrong.
  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws
}

/// All that is compared of records that belong to no mailing, to no register and to no list of staff:
/// those have checks of their own.
enum RecordChecks {
  /// One for each kind.
  static let all: [any RecordCheck.Type] = [
    IncidentCheck.self,
    PartCheck<TimelineRecord>.self,
    PartCheck<TaskRecord>.self,
    PartCheck<FilingRecord>.self,
    EvidenceCheck.self,
    LinkCheck.self,
    FilterCheck.self,
    OrganisationCheck.self,
    AuthorityCheck.self,
    DecisionCheck.self,
    AssessmentCheck.self,
    ReminderCheck.self,
    FindingCheck.self,
    AuditCheck.self,
    AuditItemCheck.self,
    SignatureCheck.self,
    AuditTallyCheck.self,
    FindingDueCheck.self,
    FrameworkCheck.self,
    CounterCheck.self,
    TallyCheck.self,
    StaffKeyCheck.self,
  ]

  /// The most that is told of one kind.
  private static let most = 100

  /// Compares all of them.
  static func run(
    in db: Database,
    _ report: inout RecordVerifier.Report,
    _ progress: (Int) -> Bool
  ) throws {
    // Stores of before are compared once they were brought to a schema that has all columns.
    guard try Migrator.schema(in: db) >= 3 else { return }
    for check in all {
      guard try check.tables.allSatisfy({ try db.tableExists($0.name) }) else { continue }
      guard progress(report.documents) else { throw CancellationError() }
      var told = 0
      do {
        try check.run(in: db) { subject, reference, problem in
          told += 1
          guard told <= most else { return }
          report.add(subject, reference, problem)
        }
      } catch  where isUnreadable(error) {
        let names = check.tables.map(\.name).joined(separator: ", ")
        report.add(Subject(.store, 1), "", "a row of \(names) holds what was never written")
      }
    }
  }

  /// Whether an error says that a row holds, or names, what no program of this kind ever wrote.
  static func isUnreadable(_ error: any Error) -> Bool {
    if case StoreError.notFound = error { return true }
    return error is RowDecodingError || error is UnknownWord || error is DecodingError
  }

  /// Why `updatedAt` is compared in no table, in those of `KeptVerifier` neither.
  ///
  /// What hangs from a record moves it too, and so do steps that have no entry of their own.
  static let touched =
    "when it was altered last, by which lists are sorted; the journal has the day"

  /// The tables that no check compares, each with why.
  static let named: [String: String] = [
    "journal": "recomputed from its first entry",
    "journalDetail": "compared with the commitments of the journal",
    "importSource":
      "its digest is compared with the journal; its text only its importer can digest",
    "obligation": "worked out anew from facts and rules wherever it is shown",
    "obligationHistory": "what was worked out earlier; the journal keeps the whole in its entries",
    "obligationCheck": "says what is to be worked out anew",
    "obligationText": "words that clocks are searched by",
    "obligationPhrase": "texts that waiting clocks share, worked out anew",
    "exerciseEnd": "when an exercise ended is compared with its incident; its score is a drill's",
    "mapping": "brought in from a published file, which has its digest",
    "mappingLink": "the lines of such a file",
    "auditScan": "what a scanner said; what came of it stands in items of audits",
    "scanFinding": "what a scan found, and which finding came of it",
    "auditScanAnswer": "the lines of a scan",
    "auditScanMatch": "the lines of a scan",
    "auditScanResult": "the lines of a scan",
    "phishingResult": "compared by digest with the exercise",
    "requestReminder": "compared with the journal where requests are",
  ]
}

/// An entry of the journal as a check of records reads it.
struct KeptEntry {
  var sequence: JournalSequence
  var subject: RecordID
  var action: String
  var version: Version
  var at: Instant
  var actor: String
  var reference: String
  var incident: RecordID?
  /// What it did; nil where its details were erased.
  var change: String?

  fileprivate init(_ row: Row) throws {
    (sequence, subject) = (try row.number(0), try row.number(1))
    (action, version) = (try row.text(2), try row.number(3))
    (at, actor) = (try row.instant(4), try row.text(5))
    (reference, incident) = (try row.optionalText(6) ?? "", try row.optionalNumber(7))
    change = try row.optionalText(8)
  }

  /// What it did; throws where that was erased, or is no such change.
  func read<C: SQLChange>(_ type: C.Type = C.self) throws -> C {
    guard let change else { throw UnknownWord(type: "an erased change") }
    return try JSON.value(change, as: type)
  }

  /// Walks through the entries of a kind that have one of the actions, record by record, each from its
  /// first on.
  static func each(
    of kind: Subject.Kind,
    _ actions: [String],
    in db: Database,
    _ body: (KeptEntry) throws -> Void
  ) throws {
    try db.rows(
      """
      SELECT journal.id, subject, action, version, at, actor, reference, incident, change
      FROM journal LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = ? AND action IN (SELECT value FROM json_each(?))
      ORDER BY subject, journal.id
      """,
      [kind.rawValue, try JSON.text(actions)]
    ) { try body(KeptEntry($0)) }
  }
}

/// What the journal says of one record.
struct ToldRecord<Facts> {
  /// What is known of it; nil where the journal does not say any more.
  var facts: Facts?
  var version: Version = 0
  var isRemoved = false
  /// The entry that it came in with.
  var first: KeptEntry
}

/// A check that folds the entries of each record into what it must say now.
///
/// What is in memory does not grow with the records: they are folded and compared in batches.
protocol FoldedCheck: RecordCheck {
  /// What the journal says of a record.
  associatedtype Facts
  /// The record as it stands in the store.
  associatedtype Stored
  static var kind: Subject.Kind { get }
  static var table: String { get }
  /// The action that a record comes in with, and those that alter it.
  static var actions: (adding: [String], others: [String]) { get }
  /// Which rows come in without an entry of their own, as SQL.
  static var exempt: String { get }
  static func fold(_ told: inout ToldRecord<Facts>, _ entry: KeptEntry) throws
  static func stored(_ ids: [RecordID], in db: Database) throws -> [RecordID: Stored]
  /// What is wrong with a record; nil where nothing is.
  static func problem(
    _ told: ToldRecord<Facts>,
    _ stored: Stored,
    _ id: RecordID,
    in db: Database
  ) throws -> String?
}

extension FoldedCheck {
  static var exempt: String { "0" }

  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    try folded(in: db, note)
  }

  /// Compares every record that the journal or the store has.
  static func folded(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    var batch: [(id: RecordID, told: ToldRecord<Facts>)] = []
    try KeptEntry.each(of: kind, actions.adding + actions.others, in: db) { entry in
      if batch.last?.id != entry.subject {
        if batch.count >= 256 {
          try compare(batch, in: db, note)
          batch.removeAll(keepingCapacity: true)
        }
        batch.append((entry.subject, ToldRecord(first: entry)))
      }
      let last = batch.count - 1
      batch[last].told.version = entry.version
      do {
        try fold(&batch[last].told, entry)
      } catch let error as DatabaseError {
        throw error
      } catch {
        // What an earlier program wrote otherwise, or was erased, is not known.
        batch[last].told.facts = nil
      }
    }
    try compare(batch, in: db, note)
    try db.rows(
      """
      SELECT id FROM \(table) WHERE NOT (\(exempt)) AND NOT EXISTS (SELECT 1 FROM journal
        WHERE subjectKind = ?1 AND subject = \(table).id
          AND action IN (SELECT value FROM json_each(?2)))
      ORDER BY id
      """,
      [kind.rawValue, try JSON.text(actions.adding)]
    ) { try note(Subject(kind, try $0.number(0)), "", "no entry of the journal has added it") }
  }

  private static func compare(
    _ batch: [(id: RecordID, told: ToldRecord<Facts>)],
    in db: Database,
    _ note: (Subject, String, String) throws -> Void
  ) throws {
    guard !batch.isEmpty else { return }
    let stored: [RecordID: Stored]
    do {
      stored = try Self.stored(batch.map(\.id), in: db)
    } catch let error as DatabaseError {
      throw error
    } catch {
      // One of them cannot be read: which, and the others are compared all the same.
      if let only = batch.first, batch.count == 1 {
        return try note(
          Subject(kind, only.id),
          only.told.first.reference,
          "it holds what was never written"
        )
      }
      for one in batch { try compare([one], in: db, note) }
      return
    }
    for (id, told) in batch {
      let problem: String? =
        if let record = stored[id] {
          try Self.problem(told, record, id, in: db)
        } else {
          "it was deleted"
        }
      guard let problem else { continue }
      try note(Subject(kind, id), told.first.reference, problem)
    }
  }
}

/// Collects what differs, and tells the first.
struct Differences {
  private(set) var first: String?

  /// Notes that something is not what the journal says, unless it is.
  mutating func note(_ isSame: Bool, _ what: @autoclosure () -> String) {
    if first == nil, !isSame { first = "its \(what()) not what the journal says" }
  }
}
