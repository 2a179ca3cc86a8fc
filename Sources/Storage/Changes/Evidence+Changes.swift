internal import GRDB
internal import Model

extension AddEvidence: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try IncidentRecord.addable(incident, in: db)
    let id = try EvidenceRecord.insert(facts, incident: incident, context, in: db)
    try IncidentRecord.touch(incident, at: context.now, in: db)
    return Performed(
      subject: Subject(.evidence, id),
      version: 1,
      reference: head.reference,
      incident: incident,
      inverse: RemoveEvidence(id: id, basedOn: 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try EvidenceChange.overtaken(title: facts.title, note: facts.note, subject, in: db)
  }

  var lines: [String] {
    [
      ("path", facts.path), ("sha256", facts.sha256), ("size", String(facts.size)),
      ("copied", facts.isCopied ? "yes" : "no"), ("note", facts.note),
    ].filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
  }
}

extension EditEvidence: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var (evidence, isRemoved) = try EvidenceRecord.existing(id, in: db)
    try checkVersion(evidence.version, of: subject, context, in: db) {
      EvidenceChange.differences(evidence, title: title, note: note)
    }
    guard !isRemoved else {
      throw StoreError.refused("the evidence was removed; restore it first")
    }
    let old = evidence.facts
    (evidence.facts.title, evidence.facts.note) = (title, note)
    return try EvidenceChange.write(
      &evidence,
      isRemoved: false,
      context,
      in: db,
      inverse: EditEvidence(
        id: id,
        basedOn: evidence.version + 1,
        title: old.title,
        note: old.note
      )
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try EvidenceChange.overtaken(title: title, note: note, subject, in: db)
  }

  var lines: [String] { ["title: \(title)"] + (note.isEmpty ? [] : ["note: \(note)"]) }
}

extension RemoveEvidence: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var (evidence, isRemoved) = try EvidenceRecord.existing(id, in: db)
    try checkVersion(evidence.version, of: subject, context, in: db) { [] }
    guard !isRemoved else { throw StoreError.refused("the evidence was removed already") }
    return try EvidenceChange.write(
      &evidence,
      isRemoved: true,
      context,
      in: db,
      inverse: RestoreEvidence(id: id, basedOn: evidence.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try EvidenceRecord.existing(subject.id, in: db).isRemoved,
      wanted: true
    )
  }
}

extension RestoreEvidence: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var (evidence, isRemoved) = try EvidenceRecord.existing(id, in: db)
    try checkVersion(evidence.version, of: subject, context, in: db) { [] }
    guard isRemoved else { throw StoreError.refused("the evidence was not removed") }
    return try EvidenceChange.write(
      &evidence,
      isRemoved: false,
      context,
      in: db,
      inverse: RemoveEvidence(id: id, basedOn: evidence.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try EvidenceRecord.existing(subject.id, in: db).isRemoved,
      wanted: false
    )
  }
}

extension RecordCustody: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var (evidence, isRemoved) = try EvidenceRecord.existing(id, in: db)
    try checkVersion(evidence.version, of: subject, context, in: db) { [] }
    try EvidenceRecord.addCustody(kind, note: note, to: id, context, in: db)
    return try EvidenceChange.write(
      &evidence,
      isRemoved: isRemoved,
      context,
      in: db,
      inverse: nil
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] { ["custody: \(kind.label)"] + (note.isEmpty ? [] : ["note: \(note)"]) }
}

/// What the changes of evidence have in common.
private enum EvidenceChange {
  static func write(
    _ evidence: inout Evidence,
    isRemoved: Bool,
    _ context: ChangeContext,
    in db: Database,
    inverse: (any SQLChange)?
  ) throws -> Performed {
    let head = try IncidentRecord.addable(evidence.incident, in: db)
    evidence.version += 1
    try EvidenceRecord.update(evidence, isRemoved: isRemoved, context, in: db)
    try IncidentRecord.touch(evidence.incident, at: context.now, in: db)
    return Performed(
      subject: Subject(.evidence, evidence.id),
      version: evidence.version,
      reference: head.reference,
      incident: evidence.incident,
      inverse: inverse
    )
  }

  static func differences(
    _ evidence: Evidence,
    title: String,
    note: String
  ) -> [Conflict.Difference] {
    Conflict.differences(
      theirs: [("title", evidence.facts.title), ("note", evidence.facts.note)],
      ours: [("title", title), ("note", note)]
    )
  }

  static func overtaken(
    title: String,
    note: String,
    _ subject: Subject,
    in db: Database
  ) throws -> [Conflict.Difference] {
    let (evidence, isRemoved) = try EvidenceRecord.existing(subject.id, in: db)
    return differences(evidence, title: title, note: note)
      + Removal.overtaken(isRemoved: isRemoved, wanted: false)
  }
}
