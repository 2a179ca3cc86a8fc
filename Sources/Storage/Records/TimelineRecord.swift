internal import GRDB
internal import Model

/// Reads and writes timeline entries.
enum TimelineRecord: IncidentPart {
  static let kind = Subject.Kind.timelineEntry
  static let noun = "the entry"

  static let columns = """
    id, incident, version, text, source, isPinned, isInSummary, \(StatedTime.columns),
    recordedAt, recordedBy, isRemoved
    """

  static func read(_ row: Row) throws -> TimelineEntry {
    TimelineEntry(
      id: try row.number(0),
      incident: try row.number(1),
      version: try row.number(2),
      facts: TimelineFacts(
        happened: try row.statedTime(7),
        text: try row.text(3),
        source: try row.text(4),
        isPinned: try row.flag(5),
        isInSummary: try row.flag(6)
      ),
      recordedAt: try row.instant(13),
      recordedBy: try row.text(14)
    )
  }

  static func existing(_ id: RecordID, in db: Database) throws -> StoredPart<TimelineFacts> {
    guard let row = try db.row("SELECT \(columns) FROM timelineEntry WHERE id = ?", [id]) else {
      throw StoreError.notFound(Subject(.timelineEntry, id))
    }
    let entry = try read(row)
    return StoredPart(
      id: id,
      incident: entry.incident,
      version: entry.version,
      facts: entry.facts,
      isRemoved: try row.flag(15)
    )
  }

  /// An incident's entries: pinned first, then by when it happened, unknown times last.
  static func list(of incident: RecordID, in db: Database) throws -> [TimelineEntry] {
    var entries: [TimelineEntry] = []
    try db.rows(
      """
      SELECT \(columns) FROM timelineEntry WHERE incident = ? AND isRemoved = 0
      ORDER BY isPinned DESC, earliest IS NULL, earliest, id
      """,
      [incident]
    ) { entries.append(try read($0)) }
    return entries
  }

  static func insert(
    _ facts: TimelineFacts,
    incident: RecordID,
    _ head: IncidentRecord.Head,
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID {
    try insert(facts, incident: incident, context, in: db)
  }

  /// Writes an entry of an incident that is being opened.
  static func insert(
    _ facts: TimelineFacts,
    incident: RecordID,
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID {
    try check(facts)
    try db.run(
      """
      INSERT INTO timelineEntry (incident, version, text, source, isPinned, isInSummary,
        \(StatedTime.columns), recordedAt, recordedBy)
      VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [incident, facts.text, facts.source, facts.isPinned, facts.isInSummary]
        + StatedTime.values(facts.happened) + [context.now.milliseconds, context.actor.name]
    )
    let id = db.lastInsertedRowID
    context.search.add(.timelineEntry, id)
    return id
  }

  static func update(
    _ entry: StoredPart<TimelineFacts>,
    _ head: IncidentRecord.Head,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    try check(entry.facts)
    try context.search.update(.timelineEntry, entry.id, in: db) {
      try db.run(
        """
        UPDATE timelineEntry SET version = ?, text = ?, source = ?, isPinned = ?, isInSummary = ?,
          (\(StatedTime.columns)) = (?, ?, ?, ?, ?, ?), isRemoved = ?
        WHERE id = ?
        """,
        [
          entry.version, entry.facts.text, entry.facts.source, entry.facts.isPinned,
          entry.facts.isInSummary,
        ] + StatedTime.values(entry.facts.happened) + [entry.isRemoved, entry.id]
      )
    }
  }

  static func named(_ facts: TimelineFacts) -> [(String, String)] {
    [
      ("happened", facts.happened?.plainWithZone ?? ""), ("text", facts.text),
      ("source", facts.source), ("pinned", facts.isPinned ? "yes" : "no"),
      ("in summary", facts.isInSummary ? "yes" : "no"),
    ]
  }

  static func lines(_ facts: TimelineFacts) -> [String] {
    named(facts).filter { !$0.1.isEmpty && $0.1 != "no" }.map { "\($0.0): \($0.1)" }
  }

  private static func check(_ facts: TimelineFacts) throws {
    guard facts.text.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("a timeline entry needs a text")
    }
  }
}
