internal import GRDB
internal import Model

extension OpenFinding: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    if let item {
      guard item.kind == .auditItem else {
        throw StoreError.refused("a finding comes from an audit item, or stands alone")
      }
      _ = try LinkRecord.end(item, in: db)
    }
    try facts.refuseFuture(context)
    let (id, reference) = try FindingRecord.insert(facts, item: item, context, in: db)
    return Performed(
      subject: Subject(.finding, id),
      version: 1,
      reference: reference,
      incident: nil,
      inverse: RemoveFinding(id: id, basedOn: 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try FindingRecord.existing(subject.id, in: db)
    return Conflict.differences(theirs: now.facts.named, ours: facts.named)
      + Conflict.differences(
        theirs: [("state", now.standing.state.label)],
        ours: [("state", FindingState.open.label)]
      ) + Removal.overtaken(isRemoved: now.isRemoved, wanted: false)
  }

  var lines: [String] { facts.lines + (item.map { ["from: \($0.name)"] } ?? []) }
}

extension EditFinding: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var finding = try FindingChange.begin(self, id, context, in: db) {
      Conflict.differences(theirs: $0.facts.named, ours: facts.named)
    }
    try facts.refuseFuture(context)
    let old = finding.facts
    finding.facts = facts
    // A recorded day stays where the rule was altered since; another severity asks the rule anew.
    if facts.due != old.due || facts.severity != old.severity {
      finding.due = try FindingRecord.due(facts, openedAt: finding.openedAt, in: db)
    }
    return try FindingChange.write(
      &finding,
      context,
      in: db,
      inverse: EditFinding(id: id, basedOn: finding.version + 1, facts: old)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try FindingRecord.existing(subject.id, in: db)
    return Conflict.differences(theirs: now.facts.named, ours: facts.named)
      + Removal.overtaken(isRemoved: now.isRemoved, wanted: false)
  }

  var lines: [String] { facts.lines }
}

extension MoveFinding: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var finding = try FindingChange.begin(self, id, context, in: db) { _ in [] }
    let old = finding.standing
    do {
      finding.standing = try FindingStanding.after(
        step,
        on: finding,
        at: context.now,
        by: context.actor.name
      )
    } catch {
      throw StoreError.refused("\(finding.reference): \(error.description)")
    }
    return try FindingChange.write(
      &finding,
      context,
      in: db,
      inverse: ReturnFinding(id: id, basedOn: finding.version + 1, standing: old)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try FindingRecord.existing(subject.id, in: db)
    return Conflict.differences(
      theirs: [("state", now.standing.state.label)],
      ours: [("state", step.state.label)]
    ) + Removal.overtaken(isRemoved: now.isRemoved, wanted: false)
  }

  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    let found = try overtaken(on: subject, in: db)
    guard found.isEmpty else { return found }
    let now = try FindingRecord.existing(subject.id, in: db)
    return Conflict.movedOn(from: version, to: now.version)
  }

  var lines: [String] { step.named.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" } }
}

extension ReturnFinding: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard context.isUndo else {
      throw StoreError.refused("an earlier standing is put back by undo alone")
    }
    var finding = try FindingChange.begin(self, id, context, in: db) { _ in [] }
    let old = finding.standing
    finding.standing = standing
    return try FindingChange.write(
      &finding,
      context,
      in: db,
      inverse: ReturnFinding(id: id, basedOn: finding.version + 1, standing: old)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try FindingRecord.existing(subject.id, in: db)
    return Conflict.differences(
      theirs: [("state", now.standing.state.label)],
      ours: [("state", standing.state.label)]
    )
  }

  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    let found = try overtaken(on: subject, in: db)
    guard found.isEmpty else { return found }
    let now = try FindingRecord.existing(subject.id, in: db)
    return Conflict.movedOn(from: version, to: now.version)
  }

  var lines: [String] { ["state: \(standing.state.label)"] }
}

extension RemoveFinding: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var finding = try FindingChange.begin(self, id, context, in: db) { _ in [] }
    finding.isRemoved = true
    return try FindingChange.write(
      &finding,
      context,
      in: db,
      inverse: RestoreFinding(id: id, basedOn: finding.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try FindingRecord.existing(subject.id, in: db).isRemoved,
      wanted: true
    )
  }
}

extension RestoreFinding: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var finding = try FindingRecord.existing(id, in: db)
    try checkVersion(finding.version, of: subject, context, in: db) { [] }
    guard finding.isRemoved else {
      throw StoreError.refused("\(finding.reference) was not removed")
    }
    finding.isRemoved = false
    return try FindingChange.write(
      &finding,
      context,
      in: db,
      inverse: RemoveFinding(id: id, basedOn: finding.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try FindingRecord.existing(subject.id, in: db).isRemoved,
      wanted: false
    )
  }
}

/// What the changes of findings have in common.
private enum FindingChange {
  /// The finding that a change is made on; refused where it was removed or altered since.
  static func begin(
    _ change: some SQLChange,
    _ id: RecordID,
    _ context: ChangeContext,
    in db: Database,
    fields: (Finding) -> [Conflict.Difference]
  ) throws -> Finding {
    let finding = try FindingRecord.existing(id, in: db)
    try change.checkVersion(finding.version, of: change.subject, context, in: db) {
      fields(finding)
    }
    guard !finding.isRemoved else {
      throw StoreError.refused("\(finding.reference) was removed; restore it first")
    }
    return finding
  }

  static func write(
    _ finding: inout Finding,
    _ context: ChangeContext,
    in db: Database,
    inverse: any SQLChange
  ) throws -> Performed {
    finding.version += 1
    try FindingRecord.update(finding, context, in: db)
    return Performed(
      subject: Subject(.finding, finding.id),
      version: finding.version,
      reference: finding.reference,
      incident: nil,
      inverse: inverse
    )
  }
}

extension FindingFacts {
  /// What is known, by name, as texts; for journal and conflicts.
  fileprivate var named: [(String, String)] {
    let work = actions.map { action -> String in
      var parts = [action.title]
      if let owner = action.owner { parts.append(owner) }
      if let due = action.due { parts.append("due \(due.plainWithZone)") }
      if let done = action.done { parts.append("done \(done.plainWithZone)") }
      return parts.joined(separator: ", ")
    }
    return [
      ("title", title), ("text", text), ("severity", severity.label),
      ("grade", grade?.label ?? ""), ("owner", owner ?? ""), ("due", due?.plainWithZone ?? ""),
      ("root cause", rootCause), ("actions", work.joined(separator: "; ")),
    ]
  }

  fileprivate var lines: [String] { named.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" } }

  /// Refuses work that would be done at a time still to come.
  fileprivate func refuseFuture(_ context: ChangeContext) throws {
    for action in actions { try context.refuseFuture(action.done, of: "done") }
  }
}

extension FindingStep {
  /// The state that it leads to.
  fileprivate var state: FindingState {
    switch self {
    case .begin, .check(false, _): .inProgress
    case .remedy: .remedied
    case .check(true, _): .verified
    case .close, .dismiss: .closed
    case .accept: .accepted
    case .reopen: .open
    }
  }

  fileprivate var named: [(String, String)] {
    let reasons: [(String, String)] =
      switch self {
      case .begin, .remedy: []
      case .check(_, let note): [("note", note)]
      case .close(let reason), .dismiss(let reason), .reopen(let reason): [("reason", reason)]
      case .accept(let person, let reason, let expires):
        [("accepted by", person), ("reason", reason), ("until", expires.plainWithZone)]
      }
    return [("state", state.label)] + reasons
  }
}
