internal import GRDB
internal import Model

extension TimelineFacts {
  /// The facts by name, as texts.
  var named: [(String, String)] {
    [
      ("happened", happened?.plainWithZone ?? ""), ("text", text), ("source", source),
      ("pinned", isPinned ? "yes" : "no"), ("in summary", isInSummary ? "yes" : "no"),
    ]
  }

  var lines: [String] {
    named.filter { !$0.1.isEmpty && $0.1 != "no" }.map { "\($0.0): \($0.1)" }
  }
}

extension AddTimelineEntry: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try IncidentRecord.addable(incident, in: db)
    let id = try TimelineRecord.insert(facts, incident: incident, context, in: db)
    try IncidentRecord.touch(incident, at: context.now, in: db)
    return Performed(
      subject: Subject(.timelineEntry, id),
      version: 1,
      reference: head.reference,
      incident: incident,
      inverse: RemoveTimelineEntry(id: id, basedOn: 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try TimelineChange.overtaken(facts, subject, in: db)
  }

  var lines: [String] { facts.lines }
}

extension EditTimelineEntry: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var (entry, isRemoved) = try TimelineRecord.existing(id, in: db)
    try checkVersion(entry.version, of: subject, context, in: db) {
      Conflict.differences(theirs: entry.facts.named, ours: facts.named)
    }
    guard !isRemoved else {
      throw StoreError.refused("the entry was removed from the timeline; restore it first")
    }
    let old = entry.facts
    entry.facts = facts
    return try TimelineChange.write(
      &entry,
      isRemoved: false,
      context,
      in: db,
      inverse: EditTimelineEntry(id: id, basedOn: entry.version + 1, facts: old)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try TimelineChange.overtaken(facts, subject, in: db)
  }

  var lines: [String] { facts.lines }
}

extension RemoveTimelineEntry: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var (entry, isRemoved) = try TimelineRecord.existing(id, in: db)
    try checkVersion(entry.version, of: subject, context, in: db) { [] }
    guard !isRemoved else { throw StoreError.refused("the entry was removed already") }
    return try TimelineChange.write(
      &entry,
      isRemoved: true,
      context,
      in: db,
      inverse: RestoreTimelineEntry(id: id, basedOn: entry.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try TimelineRecord.existing(subject.id, in: db).isRemoved,
      wanted: true
    )
  }
}

extension RestoreTimelineEntry: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var (entry, isRemoved) = try TimelineRecord.existing(id, in: db)
    try checkVersion(entry.version, of: subject, context, in: db) { [] }
    guard isRemoved else { throw StoreError.refused("the entry was not removed") }
    return try TimelineChange.write(
      &entry,
      isRemoved: false,
      context,
      in: db,
      inverse: RemoveTimelineEntry(id: id, basedOn: entry.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try TimelineRecord.existing(subject.id, in: db).isRemoved,
      wanted: false
    )
  }
}

/// What the changes of timeline entries have in common.
private enum TimelineChange {
  static func write(
    _ entry: inout TimelineEntry,
    isRemoved: Bool,
    _ context: ChangeContext,
    in db: Database,
    inverse: any SQLChange
  ) throws -> Performed {
    let head = try IncidentRecord.addable(entry.incident, in: db)
    entry.version += 1
    try TimelineRecord.update(entry, isRemoved: isRemoved, context, in: db)
    try IncidentRecord.touch(entry.incident, at: context.now, in: db)
    return Performed(
      subject: Subject(.timelineEntry, entry.id),
      version: entry.version,
      reference: head.reference,
      incident: entry.incident,
      inverse: inverse
    )
  }

  static func overtaken(
    _ facts: TimelineFacts,
    _ subject: Subject,
    in db: Database
  ) throws -> [Conflict.Difference] {
    let (entry, isRemoved) = try TimelineRecord.existing(subject.id, in: db)
    return Conflict.differences(theirs: entry.facts.named, ours: facts.named)
      + Removal.overtaken(isRemoved: isRemoved, wanted: false)
  }
}
