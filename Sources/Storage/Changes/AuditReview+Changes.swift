internal import GRDB
internal import Model

extension SubmitForReview: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var audit = try AuditRecord.existing(id, in: db)
    try checkVersion(audit.version, of: subject, context, in: db) { [] }
    audit = try AuditRecord.answerable(id, in: db)
    let old = audit.state
    let wanted = places.map(Set.init)
    let scale = try FrameworkRecord.document(audit.framework, in: db)?.scale
    let items = try AuditItemRecord.list(of: id, in: db).filter { item in
      guard item.work != .inReview, item.work != .done else { return false }
      guard let wanted else { return item.result(at: context.now) != .notAssessed }
      return wanted.contains(item.place)
    }
    if let empty = items.first(where: { $0.result(at: context.now) == .notAssessed }) {
      throw StoreError.refused("\(empty.identifier) of \(audit.reference) is not assessed yet")
    }
    guard !items.isEmpty || (places == nil && old != .inReview) else {
      throw StoreError.refused("there is nothing in \(audit.reference) to be reviewed")
    }
    if places == nil { audit.state = .inReview }
    for var item in items {
      item.work = .inReview
      try AuditItemRecord.update(&item, scale, context, in: db)
    }
    try AuditRecord.update(&audit, at: context.now, in: db)
    return Performed(
      subject: subject,
      version: audit.version,
      reference: audit.reference,
      incident: nil,
      inverse: WithdrawReview(
        id: id,
        basedOn: audit.version,
        state: old,
        works: items.map { WithdrawReview.Work(place: $0.place, work: $0.work) }
      )
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let audit = try AuditRecord.existing(subject.id, in: db)
    guard places == nil, audit.state != .inReview else { return [] }
    return [
      Conflict.Difference(
        field: "state",
        theirs: audit.state.label,
        ours: AuditState.inReview.label
      )
    ]
  }

  var lines: [String] { places.map { ["items: \($0.count)"] } ?? [] }
}

extension WithdrawReview: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var audit = try AuditRecord.existing(id, in: db)
    try checkVersion(audit.version, of: subject, context, in: db) { [] }
    audit = try AuditRecord.alterable(id, in: db)
    guard context.isUndo else { throw StoreError.refused("a submission is taken back by undo") }
    let places = audit.state == .inReview && state != .inReview ? nil : works.map(\.place)
    audit.state = state
    let scale = try FrameworkRecord.document(audit.framework, in: db)?.scale
    // Only what is still in review goes back: what was reviewed since stays as the reviewer left it.
    for work in works {
      guard var item = try AuditItemRecord.find(id, place: work.place, in: db),
        item.work == .inReview
      else { continue }
      item.work = work.work
      try AuditItemRecord.update(&item, scale, context, in: db)
    }
    try AuditRecord.update(&audit, at: context.now, in: db)
    return Performed(
      subject: subject,
      version: audit.version,
      reference: audit.reference,
      incident: nil,
      inverse: SubmitForReview(id: id, basedOn: audit.version, places: places)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let audit = try AuditRecord.existing(subject.id, in: db)
    return audit.state == state
      ? []
      : [Conflict.Difference(field: "state", theirs: audit.state.label, ours: state.label)]
  }
}

extension SignAudit: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var audit = try AuditRecord.existing(id, in: db)
    try checkVersion(audit.version, of: subject, context, in: db) { [] }
    audit = try AuditRecord.answerable(id, in: db)
    guard earlier == nil || context.isUndo else {
      throw StoreError.refused("an earlier signature is put back by undo alone")
    }
    let old = audit.state
    guard try AuditRecord.content(of: id, in: db).digest == digest else {
      throw StoreError.refused("\(audit.reference) says something else than what was to be signed")
    }
    let expected = try db.row("SELECT digest FROM framework WHERE id = ?", [audit.framework])
    let kept = try db.row("SELECT frameworkDigest FROM audit WHERE id = ?", [id])
    guard try expected?.text(0) == kept?.text(0) else {
      throw StoreError.refused("the framework of \(audit.reference) was altered")
    }
    if let earlier {
      try insert(earlier, in: db)
      audit.state = earlier.isComplete ? .signed : old
    } else {
      audit.state = try sign(audit, context, in: db) ? .signed : old
    }
    try AuditRecord.update(&audit, at: context.now, in: db)
    return Performed(
      subject: subject,
      version: audit.version,
      reference: audit.reference,
      incident: nil,
      // What locks the audit is opened again by reopening, with a reason, and by nothing else.
      inverse: audit.state == .signed
        ? nil
        : ReopenAudit(
          id: id,
          basedOn: audit.version,
          reason: "the signature was taken back",
          state: old
        )
    )
  }

  /// Keeps a signature; true where it locks the audit.
  private func sign(_ audit: Audit, _ context: ChangeContext, in db: Database) throws -> Bool {
    let needsTwo = try OrganisationRecord.current(in: db).organisation.needsSecondPerson
    let name = context.actor.name
    let waiting = try db.row(
      """
      SELECT id, signedBy FROM auditSignature
      WHERE audit = ? AND isComplete = 0 AND digest = ? ORDER BY id DESC LIMIT 1
      """,
      [id, digest]
    )
    if needsTwo, let waiting {
      let first = try waiting.text(1)
      guard first != name else {
        throw StoreError.refused("\(name) signed already; another account must sign too")
      }
      try db.run(
        "UPDATE auditSignature SET secondBy = ?, secondAt = ?, isComplete = 1 WHERE id = ?",
        [name, context.now.milliseconds, try waiting.number(0)]
      )
      return true
    }
    try insert(
      AuditSignature(digest: digest, by: name, at: context.now, isComplete: !needsTwo),
      in: db
    )
    return !needsTwo
  }

  private func insert(_ signature: AuditSignature, in db: Database) throws {
    // A first signature under other content does not wait any more.
    try db.run("DELETE FROM auditSignature WHERE audit = ? AND isComplete = 0", [id])
    try db.run(
      """
      INSERT INTO auditSignature (audit, digest, signedBy, signedAt, secondBy, secondAt, isComplete)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        id, signature.digest, signature.by, signature.at.milliseconds, signature.second?.by,
        signature.second?.at.milliseconds, signature.isComplete,
      ]
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let last = try AuditRecord.signatures(of: subject.id, in: db).last
    let stands = last?.digest == digest && last?.reopening == nil
    return stands
      ? [] : [Conflict.Difference(field: "signature", theirs: "none", ours: digest)]
  }

  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    let found = try overtaken(on: subject, in: db)
    guard found.isEmpty else { return found }
    let now = try AuditRecord.existing(subject.id, in: db)
    return Conflict.movedOn(from: version, to: now.version)
  }

  var lines: [String] { ["content: \(digest)"] }
}

extension ReopenAudit: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var audit = try AuditRecord.existing(id, in: db)
    try checkVersion(audit.version, of: subject, context, in: db) { [] }
    guard let last = try AuditRecord.signatures(of: id, in: db).last, last.reopening == nil else {
      throw StoreError.refused("\(audit.reference) is not signed")
    }
    guard last.isComplete || context.isUndo else {
      throw StoreError.refused("\(audit.reference) waits for a second signature; it is not locked")
    }
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("say why the audit is opened again")
    }
    guard state != .signed, state != .planned else {
      throw StoreError.refused("an audit is opened again as open or in review")
    }
    if last.isComplete {
      try db.run(
        """
        UPDATE auditSignature SET reopenedBy = ?, reopenedAt = ?, reason = ?
        WHERE audit = ? AND isComplete = 1 AND reopenedBy IS NULL
        """,
        [context.actor.name, context.now.milliseconds, reason, id]
      )
    } else {
      try db.run("DELETE FROM auditSignature WHERE audit = ? AND isComplete = 0", [id])
    }
    audit.state = state
    try AuditRecord.update(&audit, at: context.now, in: db)
    return Performed(
      subject: subject,
      version: audit.version,
      reference: audit.reference,
      incident: nil,
      // A signature that held is never put back: who signs again signs what is there then.
      inverse: last.isComplete
        ? nil
        : SignAudit(
          id: id,
          basedOn: audit.version,
          digest: last.digest,
          earlier: last
        )
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let audit = try AuditRecord.existing(subject.id, in: db)
    return audit.state == state
      ? []
      : [Conflict.Difference(field: "state", theirs: audit.state.label, ours: state.label)]
  }

  var lines: [String] { ["reason: \(reason)"] }
}
