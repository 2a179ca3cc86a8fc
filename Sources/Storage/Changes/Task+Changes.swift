internal import GRDB
internal import Model

extension TaskFacts {
  /// The facts by name, as texts.
  var named: [(String, String)] {
    [
      ("title", title), ("owner", owner ?? ""), ("due", due?.plainWithZone ?? ""),
      ("state", state.label),
    ]
  }

  var lines: [String] { named.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" } }
}

extension AddTask: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try IncidentRecord.addable(incident, in: db)
    let id = try TaskRecord.insert(
      facts,
      incident: incident,
      isOpen: head.isOpen,
      context,
      in: db
    )
    try IncidentRecord.touch(incident, at: context.now, in: db)
    return Performed(
      subject: Subject(.task, id),
      version: 1,
      reference: head.reference,
      incident: incident,
      inverse: RemoveTask(id: id, basedOn: 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try TaskChange.overtaken(facts, subject, in: db)
  }

  var lines: [String] { facts.lines }
}

extension EditTask: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var (task, isRemoved) = try TaskRecord.existing(id, in: db)
    try checkVersion(task.version, of: subject, context, in: db) {
      Conflict.differences(theirs: task.facts.named, ours: facts.named)
    }
    guard !isRemoved else { throw StoreError.refused("the task was removed; restore it first") }
    let old = task.facts
    task.facts = facts
    return try TaskChange.write(
      &task,
      isRemoved: false,
      context,
      in: db,
      inverse: EditTask(id: id, basedOn: task.version + 1, facts: old)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try TaskChange.overtaken(facts, subject, in: db)
  }

  var lines: [String] { facts.lines }
}

extension RemoveTask: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var (task, isRemoved) = try TaskRecord.existing(id, in: db)
    try checkVersion(task.version, of: subject, context, in: db) { [] }
    guard !isRemoved else { throw StoreError.refused("the task was removed already") }
    return try TaskChange.write(
      &task,
      isRemoved: true,
      context,
      in: db,
      inverse: RestoreTask(id: id, basedOn: task.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try TaskRecord.existing(subject.id, in: db).isRemoved,
      wanted: true
    )
  }
}

extension RestoreTask: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var (task, isRemoved) = try TaskRecord.existing(id, in: db)
    try checkVersion(task.version, of: subject, context, in: db) { [] }
    guard isRemoved else { throw StoreError.refused("the task was not removed") }
    return try TaskChange.write(
      &task,
      isRemoved: false,
      context,
      in: db,
      inverse: RemoveTask(id: id, basedOn: task.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try TaskRecord.existing(subject.id, in: db).isRemoved,
      wanted: false
    )
  }
}

/// What the changes of tasks have in common.
private enum TaskChange {
  static func write(
    _ task: inout IncidentTask,
    isRemoved: Bool,
    _ context: ChangeContext,
    in db: Database,
    inverse: any SQLChange
  ) throws -> Performed {
    let head = try IncidentRecord.addable(task.incident, in: db)
    task.version += 1
    try TaskRecord.update(task, isRemoved: isRemoved, isOpen: head.isOpen, context, in: db)
    try IncidentRecord.touch(task.incident, at: context.now, in: db)
    return Performed(
      subject: Subject(.task, task.id),
      version: task.version,
      reference: head.reference,
      incident: task.incident,
      inverse: inverse
    )
  }

  static func overtaken(
    _ facts: TaskFacts,
    _ subject: Subject,
    in db: Database
  ) throws -> [Conflict.Difference] {
    let (task, isRemoved) = try TaskRecord.existing(subject.id, in: db)
    return Conflict.differences(theirs: task.facts.named, ours: facts.named)
      + Removal.overtaken(isRemoved: isRemoved, wanted: false)
  }
}
