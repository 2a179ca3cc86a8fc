internal import GRDB
internal import Model

extension StartAudit: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let head = try FrameworkRecord.head(framework, in: db)
    guard !head.isRemoved else {
      throw StoreError.refused("the framework \(head.identifier) was removed; restore it first")
    }
    guard var whole = try FrameworkRecord.document(framework, in: db) else {
      throw StoreError.notFound(Subject(.framework, framework))
    }
    whole.requirements = try RequirementRecord.list(of: framework, in: db)
    var facts = facts
    if let fault = facts.fault { throw StoreError.refused(fault) }
    let known = whole.groups.map(\.id)
    if let strange = facts.groups.first(where: { !known.contains($0) }) {
      let list = known.isEmpty ? "it has none" : "there are \(known.joined(separator: ", "))"
      throw StoreError.refused("\(head.name) has no group \(strange); \(list)")
    }
    if facts.groups.isEmpty { facts.groups = whole.groups.filter(\.isDefault).map(\.id) }
    var lines = AuditLines(whole, groups: facts.groups)
    guard lines.items > 0 else {
      throw StoreError.refused("\(head.name) has nothing to answer in this scope")
    }
    if let previous { try takeOver(previous, into: whole, &lines, context, in: db) }
    let (reference, order) = try AuditReference.next(at: context.now, in: db)
    let digest = try db.row("SELECT digest FROM framework WHERE id = ?", [framework])?.text(0)
    let id = try AuditRecord.insert(
      Audit(
        id: 0,
        reference: reference,
        version: 1,
        framework: framework,
        previous: previous,
        state: isPlanned ? .planned : .open,
        facts: facts,
        startedAt: context.now,
        updatedAt: context.now
      ),
      order: order,
      digest: digest ?? "",
      lines: lines.lines.count,
      in: db
    )
    try AuditItemRecord.insert(lines.lines, audit: id, framework: framework, in: db)
    return Performed(
      subject: Subject(.audit, id),
      version: 1,
      reference: reference,
      incident: nil,
      inverse: RemoveAudit(id: id, basedOn: 1)
    )
  }

  private func takeOver(
    _ previous: RecordID,
    into whole: Framework,
    _ lines: inout AuditLines,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    let audit = try AuditRecord.existing(previous, in: db)
    guard !audit.isRemoved else {
      throw StoreError.refused("\(audit.reference) was removed; restore it first")
    }
    let old = try AuditSides.side(of: audit, now: context.now, in: db)
    lines.takeOver(
      into: whole,
      from: old,
      reference: audit.reference,
      mappings: try AuditSides.mappings(between: old.framework, and: whole, in: db)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let audit = try AuditRecord.existing(subject.id, in: db)
    return Removal.overtaken(isRemoved: audit.isRemoved, wanted: false)
  }

  var lines: [String] {
    [
      ("title", facts.title), ("scope", facts.scope),
      ("groups", facts.groups.joined(separator: ", ")), ("from", facts.from),
      ("until", facts.until), ("auditor", facts.auditor),
      ("reviewers", facts.reviewers.joined(separator: ", ")),
      ("months", facts.months.map(String.init) ?? ""),
    ].filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
  }
}

extension EditAudit: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard !edits.isEmpty else { throw StoreError.refused("the edit sets nothing") }
    var audit = try AuditRecord.existing(id, in: db)
    try checkVersion(audit.version, of: subject, context, in: db) { differences(from: audit) }
    audit = try AuditRecord.alterable(id, in: db)
    let old = audit.state
    let back = edits.map { audit.apply($0) }
    guard audit.state == old || context.isUndo || isAllowed(old, audit.state) else {
      throw StoreError.refused(
        "\(audit.reference) is \(old.label); it cannot become "
          + audit.state.label
      )
    }
    if let fault = audit.facts.fault { throw StoreError.refused(fault) }
    try AuditRecord.update(&audit, at: context.now, in: db)
    return Performed(
      subject: subject,
      version: audit.version,
      reference: audit.reference,
      incident: nil,
      inverse: EditAudit(id: id, basedOn: audit.version, edits: back.reversed())
    )
  }

  private func isAllowed(_ old: AuditState, _ new: AuditState) -> Bool {
    switch (old, new) {
    case (.planned, .open), (.open, .planned), (.inReview, .open): true
    default: false
    }
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    differences(from: try AuditRecord.existing(subject.id, in: db))
  }

  private func differences(from audit: Audit) -> [Conflict.Difference] {
    var wanted = audit
    for edit in edits { wanted.apply(edit) }
    var seen: Set<String> = []
    return edits.compactMap { edit in
      guard seen.insert(edit.field).inserted else { return nil }
      let (theirs, ours) = (audit.current(of: edit), wanted.current(of: edit))
      return theirs == ours
        ? nil : Conflict.Difference(field: edit.field, theirs: theirs.text, ours: ours.text)
    }
  }

  var lines: [String] { edits.map { "\($0.field): \($0.text)" } }
}

extension RemoveAudit: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var audit = try AuditRecord.existing(id, in: db)
    try checkVersion(audit.version, of: subject, context, in: db) { [] }
    guard !audit.isRemoved else {
      throw StoreError.refused("\(audit.reference) is removed already")
    }
    guard audit.state != .signed else {
      throw StoreError.refused("\(audit.reference) is signed and locked; open it again first")
    }
    audit.isRemoved = true
    try AuditRecord.update(&audit, at: context.now, in: db)
    return Performed(
      subject: subject,
      version: audit.version,
      reference: audit.reference,
      incident: nil,
      inverse: RestoreAudit(id: id, basedOn: audit.version)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(isRemoved: try AuditRecord.existing(id, in: db).isRemoved, wanted: true)
  }

  var lines: [String] { reason.isEmpty ? [] : ["reason: \(reason)"] }
}

extension RestoreAudit: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var audit = try AuditRecord.existing(id, in: db)
    try checkVersion(audit.version, of: subject, context, in: db) { [] }
    guard audit.isRemoved else {
      throw StoreError.refused("\(audit.reference) is not removed")
    }
    audit.isRemoved = false
    try AuditRecord.update(&audit, at: context.now, in: db)
    return Performed(
      subject: subject,
      version: audit.version,
      reference: audit.reference,
      incident: nil,
      inverse: RemoveAudit(id: id, basedOn: audit.version)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(isRemoved: try AuditRecord.existing(id, in: db).isRemoved, wanted: false)
  }
}

/// What two audits are compared by.
enum AuditSides {
  /// An audit with its framework and items.
  static func side(
    of audit: Audit,
    now: Instant,
    in db: Database
  ) throws -> AuditDifference.Side {
    guard var framework = try FrameworkRecord.document(audit.framework, in: db) else {
      throw StoreError.notFound(Subject(.framework, audit.framework))
    }
    framework.requirements = try RequirementRecord.list(of: audit.framework, in: db)
    return AuditDifference.Side(
      framework: framework,
      items: try AuditItemRecord.list(of: audit.id, in: db),
      at: try AuditRecord.counting(audit, now: now, in: db)
    )
  }

  /// The mappings of the record between two frameworks.
  static func mappings(
    between one: Framework,
    and other: Framework,
    in db: Database
  ) throws -> [FrameworkMapping] {
    let names = Set([one.identifier, other.identifier] + one.aliases + other.aliases)
    var mappings: [FrameworkMapping] = []
    for row in try MappingRecord.rows(where: "", [], in: db)
    where names.contains(row.sourceFramework) && names.contains(row.targetFramework) {
      if let mapping = try WholeMapping(id: row.id).fetch(
        in: db,
        AskContext(now: Instant(milliseconds: 0))
      ) {
        mappings.append(mapping)
      }
    }
    return mappings
  }
}
