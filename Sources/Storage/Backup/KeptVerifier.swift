internal import GRDB
internal import Model

/// Works out every kept record again from the journal, and compares.
///
/// A row must say what its last change left it saying, and its columns what its document says; when it was
/// altered last is not compared (`RecordChecks.touched`). Where the
/// details of an entry were erased, what the record said then is not known: it is compared again from
/// the next entry on that says all of it.
enum KeptVerifier {
  /// The kinds that are compared, and as part of what they are counted.
  private static let kinds:
    [(any KeptFacts.Type, any WritableKeyPath<RecordVerifier.Report, Int> & Sendable)] = [
      (ActivityFacts.self, \.register),
      (RetentionFacts.self, \.register),
      (HoldFacts.self, \.register),
      (DeletionFacts.self, \.register),
      (RequestFacts.self, \.register),
      (ImpactFacts.self, \.register),
      (PurposeFacts.self, \.register),
      (ConsentVersionFacts.self, \.register),
      (StatementFacts.self, \.register),
      (StatementEditionFacts.self, \.register),
      (DisclosureFacts.self, \.register),
      (StaffGroupFacts.self, \.training),
      (StaffFacts.self, \.training),
      (CourseFacts.self, \.training),
      (TrainingPlanFacts.self, \.training),
      (CompletionFacts.self, \.training),
      (PhishingFacts.self, \.training),
    ]

  /// The tables that are compared.
  static var tables: [String] { kinds.map { $0.0.table } }

  /// Compares all tables; nothing in a store from before there were any.
  static func check(_ db: Database, _ report: inout RecordVerifier.Report) throws {
    for (kind, count) in kinds { try check(kind, count, db, &report) }
  }

  /// What the journal says of one record.
  private struct Told<Facts: KeptFacts> {
    /// Nil where it is not known.
    var facts: Facts?
    var isRemoved = false
    var version: Version = 0
    var called = ""
    var openedAt: Instant
    var problem: String?

    mutating func fold(_ change: any KeptChange, at: Instant, by account: String) throws {
      guard let state = try change.folded(facts, isRemoved, at: at, by: account, Facts.self) else {
        throw UnknownWord(type: "RecordChange")
      }
      (facts, isRemoved) = (state.facts, state.isRemoved)
    }

    /// Takes in an entry of which only the action is known, or that only alters what is not known.
    mutating func note(_ action: String, _ whole: Facts?) {
      facts = whole
      switch action {
      case RemoveRecord<Facts>.name: isRemoved = true
      case PutBackRecord<Facts>.name: isRemoved = false
      default: break
      }
    }
  }

  private static func told<Facts: KeptFacts>(
    _ type: Facts.Type,
    in db: Database
  ) throws -> [RecordID: Told<Facts>] {
    var told: [RecordID: Told<Facts>] = [:]
    try db.rows(
      """
      SELECT journal.subject, action, version, at, actor, change, reference
      FROM journal LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = ? ORDER BY journal.id
      """,
      [Facts.kind.rawValue]
    ) { row in
      let (id, action) = (try row.number(0), try row.text(1))
      // A link to a record is an entry of it too, and alters nothing that it says.
      if let type = ChangeCatalogue.type(named: action), !(type is any KeptChange.Type) { return }
      let isFirst = told[id] == nil
      var entry = try told[id] ?? Told(openedAt: row.instant(3))
      entry.version = try row.number(2)
      if let called = try row.optionalText(6) { entry.called = called }
      if let text = try row.optionalText(5) {
        do {
          guard let change = try ChangeCatalogue.change(named: action, text) as? any KeptChange
          else { throw UnknownWord(type: "RecordChange") }
          if isFirst || entry.facts != nil {
            try entry.fold(change, at: try row.instant(3), by: try row.text(4))
          } else {
            entry.note(action, change.whole as? Facts)
          }
        } catch {
          entry.problem =
            entry.problem ?? "an entry of the journal cannot have been made of what it said before"
        }
      } else {
        entry.note(action, nil)
      }
      told[id] = entry
    }
    return told
  }

  private static func check<Facts: KeptFacts>(
    _ type: Facts.Type,
    _ count: WritableKeyPath<RecordVerifier.Report, Int>,
    _ db: Database,
    _ report: inout RecordVerifier.Report
  ) throws {
    guard try db.tableExists(Facts.table) else { return }
    var told = try told(type, in: db)
    let columns = ([KeptTable<Facts>.head] + Facts.columns).joined(separator: ", ")
    try db.rows("SELECT \(columns) FROM \(Facts.table) ORDER BY id") { row in
      let id = try row.number(0)
      report[keyPath: count] += 1
      let problem = try compare(row, told.removeValue(forKey: id))
      if let problem {
        report.add(Subject(Facts.kind, id), (try? row.text(1)) ?? "", problem)
      }
    }
    for (id, entry) in told.sorted(by: { $0.key < $1.key }) {
      // Of a kind without references the journal has what the record says, which may be erased.
      report.add(Subject(Facts.kind, id), entry.called, "it was deleted")
    }
  }

  private static func compare<Facts: KeptFacts>(_ row: Row, _ told: Told<Facts>?) throws -> String?
  {
    guard let told else { return "no entry of the journal has added it" }
    let record: KeptRecord<Facts>
    do {
      record = try KeptTable<Facts>.read(row)
    } catch is RowDecodingError {
      return "a field does not have the type it was written with"
    } catch is UnknownWord {
      return "a field holds a word that was never written"
    } catch is DecodingError {
      return "a field holds what was never written"
    }
    if let problem = told.problem { return problem }
    if record.version != told.version { return "its version is not the one in the journal" }
    if record.openedAt != told.openedAt { return "it was not opened when it says" }
    if let facts = told.facts, record.facts != facts {
      let first = zip(record.facts.named, facts.named).first { $0.0.1 != $0.1.1 }
      return "it does not say what the journal says" + (first.map { ": \($0.0.0)" } ?? "")
    }
    let values = record.facts.values
    if values != values.indices.map({ row[7 + $0] as DatabaseValue }) {
      return "what it is found by is not what it says"
    }
    if record.isRemoved != told.isRemoved {
      return "whether it was removed is not as in the journal"
    }
    guard told.facts != nil else { return nil }
    return record.called == told.called ? nil : "its reference is not the one in the journal"
  }
}

extension KeptChange {
  /// What the record says after it, for one who does not know of which kind it is; nil where it is of
  /// another kind.
  fileprivate func folded<Other: KeptFacts>(
    _ facts: Other?,
    _ isRemoved: Bool,
    at: Instant,
    by account: String,
    _ type: Other.Type
  ) throws -> RecordState<Other>? {
    let state = (facts as? Facts).map { RecordState(facts: $0, isRemoved: isRemoved) }
    return try after(state, at: at, by: account) as? RecordState<Other>
  }
}
