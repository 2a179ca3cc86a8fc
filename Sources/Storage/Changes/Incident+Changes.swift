internal import GRDB
internal import Model

extension OpenIncident: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    try perform(in: db, context, exercise: nil)
  }

  /// Opens a real incident, or an exercise.
  func perform(
    in db: Database,
    _ context: ChangeContext,
    exercise: Exercise?
  ) throws -> Performed {
    try facts.check()
    // What an import brings is kept as its source states it.
    if source == nil { try facts.refuseFuture(context) }
    let openedAt = openedAt ?? context.now
    let (reference, order) = try Reference.next(at: openedAt, in: db)
    let incident = Incident(
      id: 0,
      reference: reference,
      version: 1,
      facts: facts.normalized,
      state: state,
      openedAt: openedAt,
      updatedAt: context.now,
      source: source,
      exercise: exercise
    )
    let id = try IncidentRecord.insert(incident, order: order, context, in: db)
    for entry in timeline {
      _ = try TimelineRecord.insert(entry, incident: id, context, in: db)
    }
    return Performed(
      subject: Subject(.incident, id),
      version: 1,
      reference: reference,
      incident: id,
      inverse: RemoveIncident(id: id, basedOn: 1, reason: "undo")
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let incident = try IncidentRecord.existing(subject.id, in: db)
    var fields = Conflict.differences(
      theirs: incident.facts.named + [("state", incident.state.label)],
      ours: facts.normalized.named + [("state", state.label)]
    )
    let added = try db.number(
      """
      SELECT (SELECT count(*) FROM timelineEntry WHERE incident = ?1 AND isRemoved = 0)
        + (SELECT count(*) FROM task WHERE incident = ?1 AND isRemoved = 0)
        + (SELECT count(*) FROM evidence WHERE incident = ?1 AND isRemoved = 0)
        + (SELECT count(*) FROM filing WHERE incident = ?1 AND isRemoved = 0)
        + (SELECT count(*) FROM decision WHERE incident = ?1)
      """,
      [subject.id]
    )
    if added != timeline.count {
      fields.append(
        Conflict.Difference(
          field: "entries",
          theirs: String(added),
          ours: String(timeline.count)
        )
      )
    }
    return fields
  }

  var journalled: OpenIncident {
    var change = self
    change.source?.document = ""
    return change
  }

  var lines: [String] {
    facts.named.filter { $0.0 != "title" && !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
      + (state == .reported ? [] : ["state: \(state.label)"])
      + (source.map { ["source: \($0.format) \($0.externalID)"] } ?? [])
  }
}

/// References such as `INC-2026-0042`: counted by year, never given twice.
enum Reference {
  static func next(
    _ letters: String = "INC",
    counter: String = "referenceCounter",
    at openedAt: Instant,
    in db: Database
  ) throws -> (text: String, order: Int64) {
    let year = Int64(CivilTime(openedAt).year)
    guard (1...9999).contains(year) else {
      throw StoreError.refused("a record is opened between the years 1 and 9999")
    }
    let number = try db.number(
      """
      INSERT INTO \(counter) (id, last) VALUES (?, 1)
      ON CONFLICT (id) DO UPDATE SET last = last + 1 RETURNING last
      """,
      [year]
    )
    let (y, n) = (String(year), String(number))
    let text =
      "\(letters)-" + String(repeating: "0", count: max(0, 4 - y.count)) + y + "-"
      + String(repeating: "0", count: max(0, 4 - n.count)) + n
    return (text, year * 10_000_000_000 + number)
  }
}

extension IncidentFacts {
  /// The facts that are stated, by name, as texts; for journal and conflicts.
  var named: [(String, String)] {
    let fixed: [IncidentEdit] = [
      .title(title), .summary(summary), .severity(severity), .outcome(outcome),
      .actions(Array(actions)), .data(data), .assets(assets), .tags(tags),
    ]
    let roles = IncidentRole.allCases.map { IncidentEdit.role($0, self.roles[$0]) }
    let instants = IncidentInstant.allCases.map { IncidentEdit.instant($0, self.instants[$0]) }
    let people = affected.map {
      IncidentEdit.affected(jurisdiction: $0.jurisdiction, people: $0)
    }
    let empty = IncidentFacts(title: "")
    return (fixed + roles + instants).map { edit in
      (edit.field, empty.current(of: edit) == edit ? "" : edit.text)
    } + [
      ("affected", people.map { "\($0.field): \($0.text)" }.joined(separator: ", ")),
      (
        "answers",
        answers.values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
          .joined(separator: ", ")
      ),
    ]
  }
}

extension EditIncident: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard !edits.isEmpty else { throw StoreError.refused("the edit sets nothing") }
    var incident = try IncidentRecord.existing(id, in: db)
    let subject = Subject(.incident, id)
    try checkVersion(incident.version, of: subject, context, in: db) {
      differences(from: incident.facts)
    }
    guard !incident.isRemoved else {
      throw StoreError.refused("\(incident.reference) was removed; restore it first")
    }
    for edit in edits { try edit.refuseFuture(context) }
    let old = incident.facts
    let back = edits.map { incident.facts.apply($0) }
    incident.facts = incident.facts.normalized
    try incident.facts.check(was: old)
    incident.version += 1
    incident.updatedAt = context.now
    try IncidentRecord.update(incident, was: old, context, in: db)
    return Performed(
      subject: subject,
      version: incident.version,
      reference: incident.reference,
      incident: id,
      inverse: EditIncident(id: id, basedOn: incident.version, edits: back.reversed())
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    differences(from: try IncidentRecord.existing(subject.id, in: db).facts)
  }

  /// The fields that the edits set and that the record says otherwise.
  private func differences(from facts: IncidentFacts) -> [Conflict.Difference] {
    var wanted = facts
    for edit in edits { _ = wanted.apply(edit) }
    wanted = wanted.normalized
    var seen: Set<String> = []
    return edits.compactMap { edit in
      guard seen.insert(edit.field).inserted else { return nil }
      let (theirs, ours) = (facts.current(of: edit), wanted.current(of: edit))
      return theirs == ours
        ? nil : Conflict.Difference(field: edit.field, theirs: theirs.text, ours: ours.text)
    }
  }

  var lines: [String] { edits.map { "\($0.field): \($0.text)" } }
}

extension MoveIncident: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var incident = try IncidentRecord.existing(id, in: db)
    let subject = Subject(.incident, id)
    try checkVersion(incident.version, of: subject, context, in: db) {
      differences(from: incident.state)
    }
    guard !incident.isRemoved else {
      throw StoreError.refused("\(incident.reference) was removed; restore it first")
    }
    guard incident.state != state else {
      throw StoreError.refused("\(incident.reference) is \(state.label) already")
    }
    guard incident.exercise?.end == nil || !state.isOpen else {
      throw StoreError.refused(
        "\(incident.reference) is an exercise that has ended; undo its end, or start another"
      )
    }
    let hasReason = reason.contains { !$0.isWhitespace }
    guard hasReason || context.isUndo || state.isOpen == incident.state.isOpen else {
      throw StoreError.refused(
        state.isOpen
          ? "reopening \(incident.reference) needs a reason"
          : "closing \(incident.reference) needs a reason"
      )
    }
    let old = incident.state
    incident.state = state
    incident.version += 1
    incident.updatedAt = context.now
    try IncidentRecord.update(incident, was: incident.facts, context, in: db)
    return Performed(
      subject: subject,
      version: incident.version,
      reference: incident.reference,
      incident: id,
      inverse: MoveIncident(
        id: id,
        basedOn: incident.version,
        state: old,
        reason: "taken back"
      )
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    differences(from: try IncidentRecord.head(subject.id, in: db).state)
  }

  private func differences(from current: IncidentState) -> [Conflict.Difference] {
    Conflict.differences(theirs: [("state", current.label)], ours: [("state", state.label)])
  }

  var lines: [String] {
    ["state: \(state.label)"] + (reason.isEmpty ? [] : ["reason: \(reason)"])
  }
}

extension DecideAwareness: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var incident = try IncidentRecord.existing(id, in: db)
    let subject = Subject(.incident, id)
    try checkVersion(incident.version, of: subject, context, in: db) {
      differences(from: incident.awareness)
    }
    guard !incident.isRemoved else {
      throw StoreError.refused("\(incident.reference) was removed; restore it first")
    }
    if let decision {
      guard decision.grounds.contains(where: { !$0.isWhitespace }) else {
        throw StoreError.refused("a decision on awareness needs its grounds")
      }
      try context.refuseFuture(decision.awareAt, of: IncidentInstant.aware.label)
    } else if incident.awareness == nil {
      throw StoreError.refused("\(incident.reference) has no decision on awareness to withdraw")
    }
    let old = incident.awareness
    incident.awareness = decision
    incident.version += 1
    incident.updatedAt = context.now
    try IncidentRecord.write(decision, of: id, in: db)
    try IncidentRecord.update(incident, was: incident.facts, context, in: db)
    return Performed(
      subject: subject,
      version: incident.version,
      reference: incident.reference,
      incident: id,
      inverse: DecideAwareness(id: id, basedOn: incident.version, decision: old)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    differences(from: try IncidentRecord.existing(subject.id, in: db).awareness)
  }

  private func differences(from current: AwarenessDecision?) -> [Conflict.Difference] {
    current == decision
      ? []
      : [
        Conflict.Difference(
          field: "awareness",
          theirs: Self.text(current),
          ours: Self.text(decision)
        )
      ]
  }

  private static func text(_ decision: AwarenessDecision?) -> String {
    decision.map { "\($0.awareAt.plainWithZone), by \($0.decidedBy): \($0.grounds)" } ?? "none"
  }

  var lines: [String] { ["awareness: \(Self.text(decision))"] }
}

extension RemoveIncident: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try IncidentRecord.head(id, in: db)
    let subject = Subject(.incident, id)
    try checkVersion(head.version, of: subject, context, in: db) { [] }
    guard !head.isRemoved else {
      throw StoreError.refused("\(head.reference) was removed already")
    }
    try IncidentRecord.setRemoved(true, id, context, in: db)
    return Performed(
      subject: subject,
      version: head.version + 1,
      reference: head.reference,
      incident: id,
      inverse: RestoreIncident(id: id, basedOn: head.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try Removal.overtaken(
      isRemoved: IncidentRecord.head(subject.id, in: db).isRemoved,
      wanted: true
    )
  }

  var lines: [String] { reason.isEmpty ? [] : ["reason: \(reason)"] }
}

extension RestoreIncident: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try IncidentRecord.head(id, in: db)
    let subject = Subject(.incident, id)
    try checkVersion(head.version, of: subject, context, in: db) { [] }
    guard head.isRemoved else { throw StoreError.refused("\(head.reference) was not removed") }
    try IncidentRecord.setRemoved(false, id, context, in: db)
    return Performed(
      subject: subject,
      version: head.version + 1,
      reference: head.reference,
      incident: id,
      inverse: RemoveIncident(id: id, basedOn: head.version + 1, reason: "taken back")
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try Removal.overtaken(
      isRemoved: IncidentRecord.head(subject.id, in: db).isRemoved,
      wanted: false
    )
  }
}

extension RenewSource: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var incident = try IncidentRecord.existing(id, in: db)
    let subject = Subject(.incident, id)
    try checkVersion(incident.version, of: subject, context, in: db) { [] }
    guard let old = incident.source, old.format == source.format,
      old.externalID == source.externalID
    else {
      throw StoreError.refused(
        "\(incident.reference) was not imported as \(source.format) \(source.externalID)"
      )
    }
    incident.version += 1
    incident.updatedAt = context.now
    try IncidentRecord.write(source, of: id, in: db)
    try IncidentRecord.update(incident, was: incident.facts, context, in: db)
    return Performed(
      subject: subject,
      version: incident.version,
      reference: incident.reference,
      incident: id,
      inverse: RenewSource(id: id, basedOn: incident.version, source: old)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try IncidentRecord.existing(subject.id, in: db).source?.digest ?? ""
    return Conflict.differences(theirs: [("source", now)], ours: [("source", source.digest)])
  }

  var journalled: RenewSource {
    var change = self
    change.source.document = ""
    return change
  }

  var lines: [String] { ["source: \(source.format) \(source.externalID)"] }
}

/// What removing and restoring records of all kinds have in common.
enum Removal {
  static func overtaken(isRemoved: Bool, wanted: Bool) -> [Conflict.Difference] {
    func word(_ removed: Bool) -> String { removed ? "removed" : "listed" }
    return isRemoved == wanted
      ? [] : [Conflict.Difference(field: "list", theirs: word(isRemoved), ours: word(wanted))]
  }
}
