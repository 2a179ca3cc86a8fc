internal import GRDB
internal import Model

extension AddRecord: SQLChange where Facts: KeptFacts {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let id = try KeptTable<Facts>.insert(facts, context, in: db)
    return Performed(
      subject: Subject(Facts.kind, id),
      version: 1,
      reference: facts.title,
      incident: nil,
      inverse: RemoveRecord<Facts>(id: id, basedOn: 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try KeptTable<Facts>.overtaken(facts, subject, in: db)
  }

  var lines: [String] { KeptTable<Facts>.lines(facts) }
}

extension EditRecord: SQLChange where Facts: KeptFacts {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var record = try KeptTable<Facts>.existing(id, in: db)
    try checkVersion(record.version, of: subject, context, in: db) {
      Conflict.differences(theirs: record.facts.named, ours: facts.named)
    }
    guard !record.isRemoved else {
      throw StoreError.refused("\(Facts.noun) was removed; put it back first")
    }
    let old = record.facts
    record.facts = facts
    return try KeptTable<Facts>.write(
      &record,
      context,
      in: db,
      inverse: EditRecord(id: id, basedOn: record.version + 1, facts: old),
      isIdle: old == facts
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    try KeptTable<Facts>.overtaken(facts, subject, in: db)
  }

  var lines: [String] { KeptTable<Facts>.lines(facts) }
}

extension RemoveRecord: SQLChange where Facts: KeptFacts {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var record = try KeptTable<Facts>.existing(id, in: db)
    try checkVersion(record.version, of: subject, context, in: db) { [] }
    guard !record.isRemoved else { throw StoreError.refused("\(Facts.noun) was removed already") }
    try Facts.checkRemoval(record, in: db)
    record.isRemoved = true
    return try KeptTable<Facts>.write(
      &record,
      context,
      in: db,
      inverse: PutBackRecord<Facts>(id: id, basedOn: record.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try KeptTable<Facts>.existing(subject.id, in: db).isRemoved,
      wanted: true
    )
  }
}

extension PutBackRecord: SQLChange where Facts: KeptFacts {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var record = try KeptTable<Facts>.existing(id, in: db)
    try checkVersion(record.version, of: subject, context, in: db) { [] }
    guard record.isRemoved else { throw StoreError.refused("\(Facts.noun) was not removed") }
    record.isRemoved = false
    return try KeptTable<Facts>.write(
      &record,
      context,
      in: db,
      inverse: RemoveRecord<Facts>(id: id, basedOn: record.version + 1)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try KeptTable<Facts>.existing(subject.id, in: db).isRemoved,
      wanted: false
    )
  }
}

extension KeptTable {
  static func write(
    _ record: inout KeptRecord<Facts>,
    _ context: ChangeContext,
    in db: Database,
    inverse: (any SQLChange)?,
    isIdle: Bool = false
  ) throws -> Performed {
    if !isIdle { try update(&record, context, in: db) }
    return Performed(
      subject: Subject(Facts.kind, record.id),
      version: record.version,
      reference: record.facts.title,
      incident: nil,
      inverse: inverse,
      isIdle: isIdle
    )
  }

  static func overtaken(_ facts: Facts, _ subject: Subject, in db: Database) throws
    -> [Conflict.Difference]
  {
    let now = try existing(subject.id, in: db)
    let named = Conflict.differences(theirs: now.facts.named, ours: facts.named)
    // What has no name for people may differ too.
    let others: [Conflict.Difference] =
      named.isEmpty && now.facts != facts
      ? [.init(field: Facts.noun, theirs: "altered since", ours: "as it was")] : []
    return named + others + Removal.overtaken(isRemoved: now.isRemoved, wanted: false)
  }

  static func lines(_ facts: Facts) -> [String] {
    facts.named.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
  }
}
