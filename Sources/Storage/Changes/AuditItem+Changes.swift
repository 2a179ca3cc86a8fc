internal import GRDB
internal import Model

extension AnswerItem: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard !edits.isEmpty else { throw StoreError.refused("the answer sets nothing") }
    let isReview = edits.contains { if case .review = $0 { true } else { false } }
    guard !isReview || context.isUndo else {
      throw StoreError.refused("a review is given by reviewing")
    }
    let item = try AuditItemRecord.existing(id, in: db)
    try checkVersion(item.version, of: subject, context, in: db) {
      AuditItemEdits.differences(edits, from: item)
    }
    if !context.isUndo, item.work != .done, edits.contains(.work(.done)),
      try OrganisationRecord.current(in: db).organisation.needsSecondPerson
    {
      throw StoreError.refused(
        "\(item.identifier) is done once another account accepts it: submit it for review"
      )
    }
    return try AuditItemEdits.perform(edits, on: item, isAnswer: true, context, in: db)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    AuditItemEdits.differences(edits, from: try AuditItemRecord.existing(subject.id, in: db))
  }

  var lines: [String] { edits.map { "\($0.field): \($0.text)" } }
}

extension ReviewItem: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let item = try AuditItemRecord.existing(id, in: db)
    try checkVersion(item.version, of: subject, context, in: db) { [] }
    let audit = try AuditRecord.answerable(item.audit, in: db)
    guard item.work == .inReview else {
      throw StoreError.refused("\(item.identifier) of \(audit.reference) is not in review")
    }
    guard isAccepted || note.contains(where: { !$0.isWhitespace }) else {
      throw StoreError.refused("say why the answer is sent back")
    }
    let organisation = try OrganisationRecord.current(in: db).organisation
    if isAccepted, organisation.needsSecondPerson, item.answeredBy == context.actor.name {
      throw StoreError.refused(
        "\(context.actor.name) handed the answer over; another account must accept it"
      )
    }
    var edits: [AuditItemEdit] = isAccepted ? item.proposal?.edits ?? [] : []
    edits += [
      .proposal(nil), .work(isAccepted ? .done : .inProgress),
      .review(
        AuditReview(
          by: context.actor.name,
          at: context.now,
          isAccepted: isAccepted,
          note: note
        )
      ),
    ]
    return try AuditItemEdits.perform(edits, on: item, context, in: db)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let item = try AuditItemRecord.existing(subject.id, in: db)
    return AuditItemEdits.differences([.work(isAccepted ? .done : .inProgress)], from: item)
  }

  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    let found = try overtaken(on: subject, in: db)
    guard found.isEmpty else { return found }
    let now = try AuditItemRecord.existing(subject.id, in: db)
    return Conflict.movedOn(from: version, to: now.version)
  }

  var lines: [String] { note.isEmpty ? [] : ["note: \(note)"] }
}

/// What answering, reviewing and taking back have in common.
enum AuditItemEdits {
  /// What somebody stands for who sets it.
  private static let answering: Set = [
    "result", "reason", "score", "observation", "answers", "proposal",
  ]

  /// Sets things in an item; the inverse sets them back.
  ///
  /// `isAnswer` says that whoever acts answers by it, rather than reviews.
  static func perform(
    _ edits: [AuditItemEdit],
    on item: AuditItem,
    isAnswer: Bool = false,
    _ context: ChangeContext,
    in db: Database
  ) throws -> Performed {
    let audit = try AuditRecord.answerable(item.audit, in: db)
    var (item, edits) = (item, edits)
    // A new answer does not inherit somebody's word that ran out: it would count as not assessed.
    let sets = Set(edits.map(\.field))
    if !context.isUndo, sets.contains("result"), !sets.contains("attestation"),
      item.isExpired(at: context.now)
    {
      edits.append(.attestation(nil))
    }
    let back = edits.map { item.apply($0) }
    if isAnswer, !context.isUndo, !sets.isDisjoint(with: answering) {
      (item.answeredBy, item.answeredAt) = (context.actor.name, context.now)
    }
    for case .attestation(let attestation?) in edits where attestation.at > context.now {
      throw StoreError.refused("an attestation is not given in the future")
    }
    guard let framework = try FrameworkRecord.document(audit.framework, in: db) else {
      throw StoreError.notFound(Subject(.framework, audit.framework))
    }
    let requirement = try AuditItemRecord.requirement(of: item, in: db)
    if let fault = item.fault(requirement, framework.scale) {
      let name = requirement.reference.isEmpty ? requirement.identifier : requirement.reference
      throw StoreError.refused("\(name): \(fault)")
    }
    try AuditItemRecord.update(&item, framework.scale, context, in: db)
    try AuditRecord.touch(audit.id, at: context.now, in: db)
    return Performed(
      subject: Subject(.auditItem, item.id),
      version: item.version,
      reference: audit.reference,
      incident: nil,
      inverse: AnswerItem(id: item.id, basedOn: item.version, edits: back.reversed())
    )
  }

  /// The fields that edits set and that an item says otherwise.
  static func differences(
    _ edits: [AuditItemEdit],
    from item: AuditItem
  ) -> [Conflict.Difference] {
    var wanted = item
    for edit in edits { wanted.apply(edit) }
    var seen: Set<String> = []
    return edits.compactMap { edit in
      guard seen.insert(edit.field).inserted else { return nil }
      let (theirs, ours) = (item.current(of: edit), wanted.current(of: edit))
      return theirs == ours
        ? nil : Conflict.Difference(field: edit.field, theirs: theirs.text, ours: ours.text)
    }
  }
}
