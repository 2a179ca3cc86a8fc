internal import GRDB
internal import Model

/// A part of an incident whose rows are compared with the journal.
protocol CheckedPart: IncidentPart where Facts: Equatable {
  associatedtype Adding: PartAddition where Adding.Taking.Part == Self
  associatedtype Editing: PartEdit where Editing.Part == Self
  static var table: String { get }
  /// Which rows come in without an entry of their own, as SQL.
  static var exempt: String { get }
  /// What is repeated in its rows and must follow from the others, as SQL that is true where it does not.
  static var contradiction: String { get }
  /// The columns of `row`.
  static var checkedColumns: String { get }
  static func row(_ row: Row) throws -> PartRow<Facts>
}

/// A part as the store has it.
struct PartRow<Facts> {
  var part: StoredPart<Facts>
  var recordedAt: Instant
  var recordedBy: String?
}

extension CheckedPart {
  static var exempt: String { "0" }
  static var contradiction: String { "0" }
}

extension TimelineRecord: CheckedPart {
  typealias Adding = AddTimelineEntry
  typealias Editing = EditTimelineEntry
  static let table = "timelineEntry"
  static var exempt: String { OpenedTimeline.condition }
  static var checkedColumns: String { columns }

  static func row(_ row: Row) throws -> PartRow<TimelineFacts> {
    let entry = try read(row)
    return PartRow(
      part: StoredPart(
        id: entry.id,
        incident: entry.incident,
        version: entry.version,
        facts: entry.facts,
        isRemoved: try row.flag(15)
      ),
      recordedAt: entry.recordedAt,
      recordedBy: entry.recordedBy
    )
  }
}

extension TaskRecord: CheckedPart {
  typealias Adding = AddTask
  typealias Editing = EditTask
  static let table = "task"
  static let contradiction = """
    isListed <> (isRemoved = 0 AND state IN ('to-do', 'doing')
      AND EXISTS (SELECT 1 FROM incident WHERE incident.id = task.incident AND isOpen = 1))
    """
  static var checkedColumns: String { columns }

  static func row(_ row: Row) throws -> PartRow<TaskFacts> {
    let task = try read(row)
    return PartRow(
      part: StoredPart(
        id: task.id,
        incident: task.incident,
        version: task.version,
        facts: task.facts,
        isRemoved: try row.flag(13)
      ),
      recordedAt: task.recordedAt
    )
  }
}

extension FilingRecord: CheckedPart {
  typealias Adding = AddFiling
  typealias Editing = EditFiling
  static let table = "filing"
  static var checkedColumns: String { columns }

  static func row(_ row: Row) throws -> PartRow<FilingFacts> {
    let filing = try read(row)
    return PartRow(
      part: StoredPart(
        id: filing.id,
        incident: filing.incident,
        version: filing.version,
        facts: filing.facts,
        isRemoved: try row.flag(18)
      ),
      recordedAt: filing.recordedAt
    )
  }
}

/// Parts of incidents: entries of the course, tasks, filings.
enum PartCheck<Part: CheckedPart>: FoldedCheck {
  static var kind: Subject.Kind { Part.kind }
  static var table: String { Part.table }
  static var tables: [CheckedTable] { [CheckedTable(Part.table, .none, ["*"])] }
  static var exempt: String { Part.exempt }

  static var actions: (adding: [String], others: [String]) {
    (
      [Part.Adding.name],
      [Part.Editing.name, Part.Adding.Taking.name, Part.Adding.Taking.Return.name]
    )
  }

  /// The entry that says what a part says; it is read only where the row is not what it writes.
  typealias Facts = KeptEntry

  static func fold(_ told: inout ToldRecord<KeptEntry>, _ entry: KeptEntry) throws {
    switch entry.action {
    case Part.Adding.name, Part.Editing.name: told.facts = entry.change == nil ? nil : entry
    case Part.Adding.Taking.name: told.isRemoved = true
    default: told.isRemoved = false
    }
  }

  static func stored(_ ids: [RecordID], in db: Database) throws -> [RecordID: PartRow<Part.Facts>] {
    var found: [RecordID: PartRow<Part.Facts>] = [:]
    try db.rows(
      """
      SELECT \(Part.checkedColumns) FROM \(Part.table)
      WHERE id IN (SELECT value FROM json_each(?))
      """,
      ["[\(ids.map(String.init).joined(separator: ","))]"]
    ) { found[try $0.number(0)] = try Part.row($0) }
    return found
  }

  static func problem(
    _ told: ToldRecord<KeptEntry>,
    _ stored: PartRow<Part.Facts>,
    _ id: RecordID,
    in db: Database
  ) throws -> String? {
    let part = stored.part
    var differences = Differences()
    differences.note(part.version == told.version, "version is")
    differences.note(part.isRemoved == told.isRemoved, "place on the lists is")
    if told.first.action == Part.Adding.name {
      differences.note(stored.recordedAt == told.first.at, "time of recording is")
      differences.note(stored.recordedBy ?? told.first.actor == told.first.actor, "author is")
      differences.note(told.first.incident ?? part.incident == part.incident, "incident is")
    }
    if differences.first == nil, let entry = told.facts {
      differences.note(try says(entry, part), "facts are")
    }
    return differences.first
  }

  /// Whether an entry says what a row does.
  ///
  /// Writing what would have been written is many times faster than reading what was.
  private static func says(_ entry: KeptEntry, _ part: StoredPart<Part.Facts>) throws -> Bool {
    if entry.action == Part.Editing.name {
      return try entry.read(Part.Editing.self).facts == part.facts
    }
    let change = Part.Adding(incident: part.incident, facts: part.facts)
    if try change.journalText() == entry.change { return true }
    let wanted: Part.Adding
    do {
      wanted = try entry.read()
    } catch {
      // An earlier program wrote it otherwise.
      return true
    }
    return wanted.facts == part.facts && wanted.incident == part.incident
  }

  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    try folded(in: db, note)
    guard Part.contradiction != "0" else { return }
    try db.rows("SELECT id FROM \(Part.table) WHERE \(Part.contradiction) ORDER BY id") {
      try note(
        Subject(Part.kind, try $0.number(0)),
        "",
        "what it is listed by is not what it says"
      )
    }
  }
}
