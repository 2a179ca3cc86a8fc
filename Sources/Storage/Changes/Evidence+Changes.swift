internal import GRDB
internal import Model

extension AddEvidence: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try incident.map { try IncidentRecord.addable($0, in: db) }
    let id = try EvidenceRecord.insert(facts, incident: incident, context, in: db)
    for subject in proves ?? [] {
      let link = RecordLink(evidence: id, proves: subject)
      guard try !LinkRecord.exists(link, in: db) else { continue }
      try LinkRecord.insert(
        link,
        fromIncident: incident,
        toIncident: try LinkRecord.end(subject, in: db).incident,
        in: db
      )
    }
    if let incident { try IncidentRecord.touch(incident, at: context.now, in: db) }
    return Performed(
      subject: Subject(.evidence, id),
      version: 1,
      reference: head?.reference ?? "",
      incident: incident,
      inverse: RemoveEvidence(id: id, basedOn: 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try EvidenceChange.overtaken(
      title: facts.title,
      note: facts.note,
      dates: facts.dates ?? EvidenceDates(),
      subject,
      in: db
    )
  }

  var lines: [String] {
    var named: [(String, String)] = [
      ("path", facts.path), ("sha256", facts.sha256), ("size", String(facts.size)),
      ("copied", facts.isCopied ? "yes" : "no"), ("note", facts.note),
    ]
    if let run = facts.run {
      named.append(("command", run.arguments.joined(separator: " ")))
      named.append(("status", String(run.status)))
      named.append(("host", run.host))
    }
    let subjects: [Subject] = proves ?? []
    named.append(("proves", subjects.map(\.name).joined(separator: ", ")))
    for (name, value) in facts.dates?.named ?? [] { named.append((name, value)) }
    return named.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
  }
}

extension EditEvidence: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var (evidence, isRemoved) = try EvidenceRecord.existing(id, in: db)
    try checkVersion(evidence.version, of: subject, context, in: db) {
      EvidenceChange.differences(evidence, title: title, note: note, dates: dates)
    }
    guard !isRemoved else {
      throw StoreError.refused("the evidence was removed; restore it first")
    }
    let old = evidence.facts
    (evidence.facts.title, evidence.facts.note) = (title, note)
    if let dates { evidence.facts.dates = dates == EvidenceDates() ? nil : dates }
    return try EvidenceChange.write(
      &evidence,
      isRemoved: false,
      context,
      in: db,
      inverse: EditEvidence(
        id: id,
        basedOn: evidence.version + 1,
        title: old.title,
        note: old.note,
        dates: dates.map { _ in old.dates ?? EvidenceDates() }
      )
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try EvidenceChange.overtaken(title: title, note: note, dates: dates, subject, in: db)
  }

  var lines: [String] {
    var lines = ["title: \(title)"]
    if !note.isEmpty { lines.append("note: \(note)") }
    for date in dates?.named ?? [] where !date.value.isEmpty {
      lines.append("\(date.name): \(date.value)")
    }
    return lines
  }
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
    let head = try evidence.incident.map { try IncidentRecord.addable($0, in: db) }
    evidence.version += 1
    try EvidenceRecord.update(evidence, isRemoved: isRemoved, context, in: db)
    if let incident = evidence.incident {
      try IncidentRecord.touch(incident, at: context.now, in: db)
    }
    return Performed(
      subject: Subject(.evidence, evidence.id),
      version: evidence.version,
      reference: head?.reference ?? "",
      incident: evidence.incident,
      inverse: inverse
    )
  }

  /// The fields that a change says otherwise; dates only where it states any.
  static func differences(
    _ evidence: Evidence,
    title: String,
    note: String,
    dates: EvidenceDates?
  ) -> [Conflict.Difference] {
    var theirs = [("title", evidence.facts.title), ("note", evidence.facts.note)]
    var ours = [("title", title), ("note", note)]
    if let dates {
      for date in (evidence.facts.dates ?? EvidenceDates()).named {
        theirs.append((date.name, date.value))
      }
      for date in dates.named { ours.append((date.name, date.value)) }
    }
    return Conflict.differences(theirs: theirs, ours: ours)
  }

  static func overtaken(
    title: String,
    note: String,
    dates: EvidenceDates?,
    _ subject: Subject,
    in db: Database
  ) throws -> [Conflict.Difference] {
    let (evidence, isRemoved) = try EvidenceRecord.existing(subject.id, in: db)
    return differences(evidence, title: title, note: note, dates: dates)
      + Removal.overtaken(isRemoved: isRemoved, wanted: false)
  }
}
