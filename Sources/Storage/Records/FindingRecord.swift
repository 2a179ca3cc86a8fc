internal import GRDB
internal import Model

/// Reads and writes findings.
enum FindingRecord {
  private static let columns = """
    finding.id, finding.reference, finding.version, finding.facts, finding.standing,
    finding.openedAt, finding.updatedAt, finding.item, finding.isRemoved, \(StatedTime.columns)
    """

  private static func read(_ row: Row) throws -> Finding {
    Finding(
      id: try row.number(0),
      reference: try row.text(1),
      version: try row.number(2),
      facts: try JSON.value(try row.text(3)),
      standing: try JSON.value(try row.text(4)),
      openedAt: try row.instant(5),
      updatedAt: try row.instant(6),
      due: try row.statedTime(9),
      item: try row.optionalNumber(7).map { Subject(.auditItem, $0) },
      isRemoved: try row.flag(8)
    )
  }

  static func fetch(_ id: RecordID, in db: Database) throws -> Finding? {
    try db.row("SELECT \(columns) FROM finding WHERE id = ?", [id]).map(read)
  }

  static func existing(_ id: RecordID, in db: Database) throws -> Finding {
    guard let finding = try fetch(id, in: db) else {
      throw StoreError.notFound(Subject(.finding, id))
    }
    return finding
  }

  static func named(_ reference: String, in db: Database) throws -> Finding? {
    try db.row("SELECT \(columns) FROM finding WHERE reference = ?", [reference]).map(read)
  }

  /// The findings that meet a condition, in the order of lists.
  static func list(
    where condition: String,
    _ arguments: StatementArguments,
    _ window: RowWindow,
    in db: Database
  ) throws -> [Finding] {
    var findings: [Finding] = []
    try db.rows(
      """
      SELECT \(columns) FROM finding WHERE \(condition)
      ORDER BY severityOrder DESC, dueOrder, referenceOrder LIMIT ? OFFSET ?
      """,
      arguments + [window.count, window.start]
    ) { findings.append(try read($0)) }
    return findings
  }

  /// When a finding is due: the time that was set, else what the organisation's rule says.
  static func due(
    _ facts: FindingFacts,
    openedAt: Instant,
    in db: Database
  ) throws -> StatedTime? {
    if let due = facts.due { return due }
    let organisation = try OrganisationRecord.current(in: db).organisation
    return (organisation.findingDays ?? .usual).due(
      facts.severity,
      openedAt: openedAt,
      zone: organisation.zone ?? .utc
    )
  }

  static func insert(
    _ facts: FindingFacts,
    item: Subject?,
    _ context: ChangeContext,
    in db: Database
  ) throws -> (id: RecordID, reference: String) {
    try check(facts)
    let (reference, order) = try Reference.next(
      "FND",
      counter: "findingCounter",
      at: context.now,
      in: db
    )
    let now = context.now.milliseconds
    let head: StatementArguments = [reference, order, item?.id, now, now]
    try db.run(
      """
      INSERT INTO finding (reference, referenceOrder, version, item, openedAt, updatedAt,
        \(repeated), \(StatedTime.columns))
      VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      head + (try values(facts, FindingStanding()))
        + StatedTime.values(try due(facts, openedAt: context.now, in: db))
    )
    let id = db.lastInsertedRowID
    context.search.add(.finding, id)
    return (id, reference)
  }

  static func update(_ finding: Finding, _ context: ChangeContext, in db: Database) throws {
    try check(finding.facts)
    let head: StatementArguments = [
      finding.version, finding.isRemoved, context.now.milliseconds,
    ]
    let values = try values(finding.facts, finding.standing)
    try context.search.update(.finding, finding.id, in: db) {
      try db.run(
        """
        UPDATE finding SET version = ?, isRemoved = ?, updatedAt = ?,
          (\(repeated)) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?),
          (\(StatedTime.columns)) = (?, ?, ?, ?, ?, ?)
        WHERE id = ?
        """,
        head + values + StatedTime.values(finding.due) + [finding.id]
      )
    }
  }

  /// The documents, and the columns that repeat parts of them.
  private static let repeated = """
    facts, standing, acceptedUntil, title, text, rootCause, actions, owner, severity, state
    """

  /// The values of `repeated`.
  private static func values(
    _ facts: FindingFacts,
    _ standing: FindingStanding
  ) throws -> StatementArguments {
    let acceptance = standing.state == .accepted ? standing.acceptance : nil
    let documents = (facts: try JSON.text(facts), standing: try JSON.text(standing))
    return [
      documents.facts, documents.standing, acceptance?.expires.latest.milliseconds, facts.title,
      facts.text, facts.rootCause, words(facts.actions), facts.owner ?? "",
      facts.severity.rawValue, standing.state.rawValue,
    ]
  }

  /// What search finds of corrective actions.
  static func words(_ actions: [CorrectiveAction]) -> String {
    actions.flatMap { [$0.title, $0.owner ?? ""] }.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static func check(_ facts: FindingFacts) throws {
    func hasWords(_ text: String) -> Bool { text.contains { !$0.isWhitespace } }
    guard hasWords(facts.title) else { throw StoreError.refused("a finding needs a title") }
    guard facts.actions.allSatisfy({ hasWords($0.title) }) else {
      throw StoreError.refused("a corrective action needs a title")
    }
  }
}
