internal import GRDB
internal import Model

/// Reads and writes tasks.
enum TaskRecord: IncidentPart {
  static let kind = Subject.Kind.task
  static let noun = "the task"

  static let columns = """
    task.id, task.incident, task.version, task.title, task.owner, task.state,
    \(StatedTime.columns), task.recordedAt, task.isRemoved
    """

  static func read(_ row: Row) throws -> IncidentTask {
    IncidentTask(
      id: try row.number(0),
      incident: try row.number(1),
      version: try row.number(2),
      facts: TaskFacts(
        title: try row.text(3),
        owner: try row.optionalText(4),
        due: try row.statedTime(6),
        state: try row.word(5)
      ),
      recordedAt: try row.instant(12)
    )
  }

  static func existing(_ id: RecordID, in db: Database) throws -> StoredPart<TaskFacts> {
    guard let row = try db.row("SELECT \(columns) FROM task WHERE id = ?", [id]) else {
      throw StoreError.notFound(Subject(.task, id))
    }
    let task = try read(row)
    return StoredPart(
      id: id,
      incident: task.incident,
      version: task.version,
      facts: task.facts,
      isRemoved: try row.flag(13)
    )
  }

  /// An incident's tasks: open ones first, then by due time, those without one last.
  static func list(of incident: RecordID, in db: Database) throws -> [IncidentTask] {
    var tasks: [IncidentTask] = []
    try db.rows(
      """
      SELECT \(columns) FROM task WHERE incident = ? AND isRemoved = 0
      ORDER BY state IN ('to-do', 'doing') DESC, dueOrder, id
      """,
      [incident]
    ) { tasks.append(try read($0)) }
    return tasks
  }

  static func insert(
    _ facts: TaskFacts,
    incident: RecordID,
    _ head: IncidentRecord.Head,
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID {
    try check(facts)
    try db.run(
      """
      INSERT INTO task (incident, version, title, owner, state, \(StatedTime.columns), recordedAt,
        isListed)
      VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [incident, facts.title, facts.owner, facts.state.rawValue] + StatedTime.values(facts.due)
        + [context.now.milliseconds, head.isOpen && facts.state.isOpen]
    )
    let id = db.lastInsertedRowID
    context.search.add(.task, id)
    return id
  }

  static func update(
    _ task: StoredPart<TaskFacts>,
    _ head: IncidentRecord.Head,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    try check(task.facts)
    try context.search.update(.task, task.id, in: db) {
      try db.run(
        """
        UPDATE task SET version = ?, title = ?, owner = ?, state = ?,
          (\(StatedTime.columns)) = (?, ?, ?, ?, ?, ?), isRemoved = ?, isListed = ?
        WHERE id = ?
        """,
        [task.version, task.facts.title, task.facts.owner, task.facts.state.rawValue]
          + StatedTime.values(task.facts.due)
          + [
            task.isRemoved, head.isOpen && !task.isRemoved && task.facts.state.isOpen, task.id,
          ]
      )
    }
  }

  static func named(_ facts: TaskFacts) -> [(String, String)] {
    [
      ("title", facts.title), ("owner", facts.owner ?? ""),
      ("due", facts.due?.plainWithZone ?? ""), ("state", facts.state.label),
    ]
  }

  private static func check(_ facts: TaskFacts) throws {
    guard facts.title.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("a task needs a title")
    }
  }
}
