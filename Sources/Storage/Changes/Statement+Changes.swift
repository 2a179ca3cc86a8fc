internal import GRDB
internal import Model

extension CorrectStatement: KeptChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let today = try StatementReading.today(context.now, in: db)
    guard correction.on <= today else {
      throw StoreError.refused("\(correction.on.iso) is still to come; say when it was corrected")
    }
    if let version = correction.version {
      let known = try StatementEditionRecord.list(of: id, in: db)
        .contains { $0.facts.number == version && $0.facts.published != nil }
      guard known else { throw StoreError.refused("version \(version) was never published") }
    }
    return try KeptWriter.write(self, context, in: db)
  }

  func inverse(of old: Model.Statement) -> (any SQLChange)? {
    EditStatement(id: id, basedOn: old.version + 1, facts: old.facts)
  }

  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    try movedOn(subject, since: version, in: db)
  }

  var lines: [String] { [correction.text] }
}

extension ProposeStatement: KeptChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let found = try KeptTable<StatementFacts>.existing(statement, in: db)
    guard !found.isRemoved else {
      throw StoreError.refused("\(found.reference) was removed; restore it first")
    }
    if let live = try StatementEditionRecord.list(
      of: statement,
      where: "state IN ('waiting', 'approved')",
      in: db
    ).first {
      throw StoreError.refused(
        "version \(live.facts.number) \(live.facts.state.standing)"
          + "; to put up another, withdraw it first"
      )
    }
    let today = try StatementReading.today(context.now, in: db)
    try StatementEditionCheck.day(date, of: statement, today: today, in: db)
    let draft = try StatementReading.draft(of: found, date: date, in: db)
    if let problem = draft.problems.first {
      throw StoreError.refused("\(found.reference) cannot be put up: \(problem)")
    }
    try StatementEditionCheck.digest(digest, of: draft.content)
    let facts = StatementEditionFacts(
      statement: statement,
      reference: found.reference,
      number: try StatementEditionRecord.nextNumber(of: statement, in: db),
      content: draft.content,
      needsTwo: try OrganisationRecord.current(in: db).organisation.needsSecondPerson,
      approval: .init(uid: context.actor.uid, by: context.actor.name, at: context.now)
    )
    let record = try KeptTable.insert(
      facts,
      reference: "\(found.reference)/\(facts.number)",
      context,
      in: db
    )
    var said = self
    said.edition = facts
    return Performed(
      subject: Subject(.statementEdition, record.id),
      version: 1,
      reference: record.reference,
      incident: nil,
      inverse: nil,
      journalled: said
    )
  }

  func inverse(of old: StatementEdition) -> (any SQLChange)? { nil }

  var lines: [String] { ["digest: \(digest)", "day: \(date.iso)"] }
}

extension MoveStatement: KeptChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let edition = try KeptTable<StatementEditionFacts>.existing(id, in: db)
    var said = self
    switch step {
    case .approve(let digest, _):
      said.step = .approve(digest: digest, uid: context.actor.uid)
      try StatementEditionCheck.isFresh(edition, in: db)
    case .publish:
      try StatementEditionCheck.isFresh(edition, in: db)
      try StatementEditionCheck.isPublishable(edition, in: db)
      if let ends = edition.facts.content.security?.expires, ends <= context.now {
        throw StoreError.refused(
          "the security.txt of version \(edition.facts.number) ended on \(ends); withdraw it and put it up anew"
        )
      }
    case .supersede(let number):
      let next = try StatementEditionRecord.list(of: edition.facts.statement, in: db)
        .first { $0.facts.number == number }
      guard next?.facts.state == .approved else {
        throw StoreError.refused("version \(number) is not approved, and takes no other's place")
      }
    case .void:
      throw StoreError.refused("a version becomes void by what is altered")
    case .refuse, .withdraw: break
    }
    var performed = try KeptWriter.write(said, context, in: db)
    performed.journalled = said
    return performed
  }

  func inverse(of old: StatementEdition) -> (any SQLChange)? { nil }

  var lines: [String] {
    switch step {
    case .approve(let digest, _): ["digest: \(digest)"]
    case .publish(let manifest): ["manifest: \(manifest)"]
    case .refuse(let reason), .withdraw(let reason): ["because: \(reason)"]
    case .supersede(let number): ["by version \(number)"]
    case .void(let cause, let reason): ["because: \(reason)", "by entry \(cause)"]
    }
  }
}

/// What changes of versions have in common.
enum StatementEditionCheck {
  static func digest(_ digest: String, of content: StatementContent) throws {
    guard digest == content.digest else {
      throw StoreError.refused(
        "the text or what it rests on was altered since it was shown: what stands now has the digest "
          + "\(content.digest.prefix(12)); look at it, then approve that"
      )
    }
  }

  /// How many days before the present a version may be dated.
  static let most = 30

  /// Refuses a day that a version cannot have.
  ///
  /// Its day stands on the site, and times count from it: so it is not still to come, not long past, and
  /// not before the day of a version that was published.
  static func day(
    _ date: DayNumber,
    of statement: RecordID,
    today: DayNumber,
    in db: Database
  ) throws {
    guard date <= today else { throw StoreError.refused("\(date.iso) is still to come") }
    guard date >= DayNumber(count: today.count - most) else {
      throw StoreError.refused(
        "\(date.iso) is more than \(most) days back; a statement says what is so when it is put up"
      )
    }
    let last = try StatementEditionRecord.list(of: statement, in: db)
      .filter { $0.facts.published != nil }.max { $0.facts.content.date < $1.facts.content.date }
    if let last, date < last.facts.content.date {
      throw StoreError.refused(
        "version \(last.facts.number) was published as of \(last.facts.content.date.iso); "
          + "\(date.iso) lies before that"
      )
    }
  }

  /// Refuses a version that the record would not give any more.
  static func isFresh(_ edition: StatementEdition, in db: Database) throws {
    let facts = edition.facts
    guard facts.state.isLive else { return }
    let statement = try KeptTable<StatementFacts>.existing(facts.statement, in: db)
    let now = try StatementReading.draft(again: edition, statement, in: db)
    guard now.content.digest == facts.digest, facts.content.digest == facts.digest else {
      throw StoreError.refused(
        "version \(facts.number) is not what the record says any more; withdraw it and put up another"
      )
    }
  }

  /// Refuses what may not be published yet.
  static func isPublishable(_ edition: StatementEdition, in db: Database) throws {
    let needsTwo = try OrganisationRecord.current(in: db).organisation.needsSecondPerson
    guard !needsTwo || edition.facts.approvals.count > 1 else {
      throw StoreError.refused(
        "version \(edition.facts.number) was approved by one person, and the organisation wants two by now; "
          + "withdraw it and put it up again"
      )
    }
    let others = try StatementEditionRecord.list(
      of: edition.facts.statement,
      where: "state = 'published'",
      in: db
    )
    if let other = others.first, other.id != edition.id {
      throw StoreError.refused(
        "version \(other.facts.number) is published; it is superseded in the same change"
      )
    }
  }
}
