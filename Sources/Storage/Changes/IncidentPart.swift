internal import GRDB
internal import Model

/// A kind of record that hangs from an incident and is added, edited, taken off and put back.
///
/// With its four changes bound to it (`PartAddition` and the others) there is nothing more to write.
protocol IncidentPart {
  associatedtype Facts: Sendable
  /// Its kind.
  static var kind: Subject.Kind { get }
  /// What refusals call it: `the task`.
  static var noun: String { get }
  static func existing(_ id: RecordID, in db: Database) throws -> StoredPart<Facts>
  static func insert(
    _ facts: Facts,
    incident: RecordID,
    _ head: IncidentRecord.Head,
    _ context: ChangeContext,
    in db: Database
  ) throws -> RecordID
  static func update(
    _ part: StoredPart<Facts>,
    _ head: IncidentRecord.Head,
    _ context: ChangeContext,
    in db: Database
  ) throws
  /// The facts by name, as texts; for journal and conflicts.
  static func named(_ facts: Facts) -> [(String, String)]
  /// What the journal shows of them, line by line.
  static func lines(_ facts: Facts) -> [String]
}

/// A part as the record keeps it.
struct StoredPart<Facts> {
  var id: RecordID
  var incident: RecordID
  var version: Version
  var facts: Facts
  var isRemoved: Bool
}

/// Adds a part to an incident.
protocol PartAddition: SQLChange {
  associatedtype Taking: PartRemoval
  var incident: RecordID { get }
  var facts: Taking.Part.Facts { get }
  init(incident: RecordID, facts: Taking.Part.Facts)
}

/// Sets a part's facts.
protocol PartEdit: SQLChange {
  associatedtype Part: IncidentPart
  var id: RecordID { get }
  var facts: Part.Facts { get }
  init(id: RecordID, basedOn: Version?, facts: Part.Facts)
}

/// Takes a part off its list.
protocol PartRemoval: SQLChange {
  associatedtype Part: IncidentPart
  associatedtype Return: PartRestoration where Return.Part == Part
  var id: RecordID { get }
  init(id: RecordID, basedOn: Version?)
}

/// Puts a part back on its list.
protocol PartRestoration: SQLChange {
  associatedtype Part: IncidentPart
  associatedtype Taking: PartRemoval where Taking.Part == Part
  var id: RecordID { get }
  init(id: RecordID, basedOn: Version?)
}

extension PartAddition {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try IncidentRecord.addable(incident, in: db)
    let id = try Taking.Part.insert(facts, incident: incident, head, context, in: db)
    try IncidentRecord.touch(incident, at: context.now, in: db)
    return Performed(
      subject: Subject(Taking.Part.kind, id),
      version: 1,
      reference: head.reference,
      incident: incident,
      inverse: Taking(id: id, basedOn: 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try Taking.Part.overtaken(facts, subject, in: db)
  }

  var lines: [String] { Taking.Part.lines(facts) }
}

extension PartEdit {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var part = try Part.existing(id, in: db)
    try checkVersion(part.version, of: subject, context, in: db) {
      Conflict.differences(theirs: Part.named(part.facts), ours: Part.named(facts))
    }
    guard !part.isRemoved else {
      throw StoreError.refused("\(Part.noun) was removed; restore it first")
    }
    let inverse = Self(id: id, basedOn: part.version + 1, facts: part.facts)
    part.facts = facts
    return try Part.write(part, context, in: db, inverse: inverse)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try Part.overtaken(facts, subject, in: db)
  }

  var lines: [String] { Part.lines(facts) }
}

extension PartRemoval {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var part = try Part.existing(id, in: db)
    try checkVersion(part.version, of: subject, context, in: db) { [] }
    guard !part.isRemoved else { throw StoreError.refused("\(Part.noun) was removed already") }
    part.isRemoved = true
    return try Part.write(
      part,
      context,
      in: db,
      inverse: Return(id: id, basedOn: part.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(isRemoved: try Part.existing(subject.id, in: db).isRemoved, wanted: true)
  }
}

extension PartRestoration {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var part = try Part.existing(id, in: db)
    try checkVersion(part.version, of: subject, context, in: db) { [] }
    guard part.isRemoved else { throw StoreError.refused("\(Part.noun) was not removed") }
    part.isRemoved = false
    return try Part.write(
      part,
      context,
      in: db,
      inverse: Taking(id: id, basedOn: part.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try Part.existing(subject.id, in: db).isRemoved,
      wanted: false
    )
  }
}

extension IncidentPart {
  fileprivate static func write(
    _ part: StoredPart<Facts>,
    _ context: ChangeContext,
    in db: Database,
    inverse: any SQLChange
  ) throws -> Performed {
    let head = try IncidentRecord.addable(part.incident, in: db)
    var part = part
    part.version += 1
    try update(part, head, context, in: db)
    try IncidentRecord.touch(part.incident, at: context.now, in: db)
    return Performed(
      subject: Subject(kind, part.id),
      version: part.version,
      reference: head.reference,
      incident: part.incident,
      inverse: inverse
    )
  }

  fileprivate static func overtaken(
    _ facts: Facts,
    _ subject: Subject,
    in db: Database
  ) throws -> [Conflict.Difference] {
    let part = try existing(subject.id, in: db)
    return Conflict.differences(theirs: named(part.facts), ours: named(facts))
      + Removal.overtaken(isRemoved: part.isRemoved, wanted: false)
  }

  static func lines(_ facts: Facts) -> [String] {
    named(facts).filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
  }
}
