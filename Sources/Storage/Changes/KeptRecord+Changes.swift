internal import GRDB
internal import Model

/// A change of a kept record that SQLite can bring into its table.
///
/// What is written is what the change itself says, so that `tocsin verify` finds out by the same rule.
protocol KeptChange: SQLChange, RecordChange where Facts: KeptFacts {
  /// What takes it back; nil where nothing can.
  func inverse(of old: KeptRecord<Facts>) -> (any SQLChange)?
}

extension KeptChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    try KeptWriter.write(self, context, in: db)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try KeptTable<Facts>.existing(subject.id, in: db)
    guard let whole else { return Removal.overtaken(isRemoved: now.isRemoved, wanted: false) }
    let named = Conflict.differences(theirs: now.facts.named, ours: whole.named)
    // What has no name for people may differ too.
    let others: [Conflict.Difference] =
      named.isEmpty && now.facts != whole
      ? [.init(field: Facts.noun, theirs: "altered since", ours: "as it was")] : []
    return named + others + Removal.overtaken(isRemoved: now.isRemoved, wanted: false)
  }

  /// Any later change is somebody's work that taking back would overwrite.
  ///
  /// For changes that say less than all they set.
  func movedOn(_ subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    let now = try KeptTable<Facts>.existing(subject.id, in: db)
    return Removal.overtaken(isRemoved: now.isRemoved, wanted: false)
      + Conflict.movedOn(from: version, to: now.version)
  }

  var lines: [String] { whole?.lines ?? [] }
}

/// Brings changes of kept records into their tables.
enum KeptWriter {
  static func write<C: KeptChange>(
    _ change: C,
    _ context: ChangeContext,
    in db: Database
  ) throws -> Performed {
    let old = try KeptTable<C.Facts>.existing(change.subject.id, in: db)
    try change.checkVersion(old.version, of: change.subject, context, in: db) {
      change.whole.map {
        Conflict.differences(theirs: old.facts.named, ours: $0.named)
      } ?? []
    }
    var record = old
    let state = try state(after: change, old, context)
    (record.facts, record.isRemoved) = (state.facts, state.isRemoved)
    let isIdle = old.facts == record.facts && old.isRemoved == record.isRemoved
    if !isIdle {
      record.version += 1
      if record.isRemoved {
        if !old.isRemoved { try C.Facts.checkRemoval(old, in: db) }
      } else {
        try record.facts.check(record.id, replacing: old.facts, context, in: db)
      }
      try KeptTable<C.Facts>.update(record, context, in: db)
    }
    return Performed(
      subject: change.subject,
      version: record.version,
      reference: record.called,
      incident: record.facts.incidentOfRecord,
      inverse: isIdle ? nil : change.inverse(of: old),
      isIdle: isIdle
    )
  }

  static func state<C: KeptChange>(
    after change: C,
    _ record: KeptRecord<C.Facts>,
    _ context: ChangeContext
  ) throws -> RecordState<C.Facts> {
    do {
      return try change.after(
        RecordState(facts: record.facts, isRemoved: record.isRemoved),
        at: context.now,
        by: context.actor.name
      )
    } catch {
      let name = record.reference.isEmpty ? "" : "\(record.reference): "
      throw StoreError.refused(name + error.description)
    }
  }
}

extension AddRecord: SQLChange, KeptChange where Facts: KeptFacts {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let record = try KeptTable<Facts>.insert(facts, context, in: db)
    return Performed(
      subject: Subject(Facts.kind, record.id),
      version: 1,
      reference: record.called,
      incident: facts.incidentOfRecord,
      inverse: RemoveRecord<Facts>(id: record.id, basedOn: 1)
    )
  }

  func inverse(of old: KeptRecord<Facts>) -> (any SQLChange)? { nil }
}

extension EditRecord: SQLChange, KeptChange where Facts: KeptFacts {
  func inverse(of old: KeptRecord<Facts>) -> (any SQLChange)? {
    EditRecord(id: id, basedOn: old.version + 1, facts: old.facts)
  }
}

extension RemoveRecord: SQLChange, KeptChange where Facts: KeptFacts {
  func inverse(of old: KeptRecord<Facts>) -> (any SQLChange)? {
    PutBackRecord<Facts>(id: id, basedOn: old.version + 1)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try KeptTable<Facts>.existing(subject.id, in: db).isRemoved,
      wanted: true
    )
  }
}

extension PutBackRecord: SQLChange, KeptChange where Facts: KeptFacts {
  func inverse(of old: KeptRecord<Facts>) -> (any SQLChange)? {
    RemoveRecord<Facts>(id: id, basedOn: old.version + 1)
  }
}

extension RecordFacts {
  /// What the journal shows of the facts, line by line.
  var lines: [String] { named.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" } }
}
