internal import GRDB
internal import Model

/// A change of the privacy register that SQLite can bring into the record.
///
/// What is written is what the change itself says, so that `tocsin verify` finds out by the same rule.
protocol RegisterSQLChange: SQLChange, RegisterChange where Facts: RegisterTable {
  /// What takes it back; nil where nothing can.
  func inverse(of old: RegisterEntry<Facts>) -> (any SQLChange)?
}

extension RegisterSQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    try RegisterWriter.write(self, context, in: db)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try RegisterRecord<Facts>.existing(subject.id, in: db).isRemoved,
      wanted: false
    )
  }

  /// What the record says after it, for one who does not know of which kind it is.
  func folded(_ state: Any?, at: Instant, by account: String) throws -> Any {
    try after(state as? RegisterState<Facts>, at: at, by: account)
  }
}

/// Brings changes of the register into their tables.
enum RegisterWriter {
  static func write<C: RegisterSQLChange>(
    _ change: C,
    _ context: ChangeContext,
    in db: Database
  ) throws -> Performed {
    var entry = try RegisterRecord<C.Facts>.existing(change.subject.id, in: db)
    try change.checkVersion(entry.version, of: change.subject, context, in: db) {
      (change as? EditEntry<C.Facts>).map {
        Conflict.differences(theirs: entry.facts.named, ours: $0.facts.named)
      } ?? []
    }
    let old = entry
    let state = try state(after: change, old, context)
    (entry.facts, entry.isRemoved) = (state.facts, state.isRemoved)
    entry.version += 1
    let isIdle = old.facts == entry.facts && old.isRemoved == entry.isRemoved
    if !isIdle { try RegisterRecord<C.Facts>.update(entry, context, in: db) }
    return Performed(
      subject: change.subject,
      version: isIdle ? old.version : entry.version,
      reference: entry.reference,
      incident: entry.facts.incidentOfEntry,
      inverse: isIdle ? nil : change.inverse(of: old),
      isIdle: isIdle
    )
  }

  static func state<C: RegisterSQLChange>(
    after change: C,
    _ entry: RegisterEntry<C.Facts>,
    _ context: ChangeContext
  ) throws -> RegisterState<C.Facts> {
    do {
      return try change.after(
        RegisterState(facts: entry.facts, isRemoved: entry.isRemoved),
        at: context.now,
        by: context.actor.name
      )
    } catch {
      throw StoreError.refused("\(entry.reference): \(error.description)")
    }
  }
}

extension AddEntry: SQLChange, RegisterSQLChange where Facts: RegisterTable {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    try facts.refuseTwin(in: db)
    let (id, reference) = try RegisterRecord.insert(facts, context, in: db)
    return Performed(
      subject: Subject(Facts.kind, id),
      version: 1,
      reference: reference,
      incident: facts.incidentOfEntry,
      inverse: RemoveEntry<Facts>(id: id, basedOn: 1)
    )
  }

  func inverse(of old: RegisterEntry<Facts>) -> (any SQLChange)? { nil }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try RegisterRecord<Facts>.existing(subject.id, in: db)
    return Conflict.differences(theirs: now.facts.named, ours: facts.named)
      + Removal.overtaken(isRemoved: now.isRemoved, wanted: false)
  }

  var lines: [String] { facts.lines }
}

extension EditEntry: SQLChange, RegisterSQLChange where Facts: RegisterTable {
  func inverse(of old: RegisterEntry<Facts>) -> (any SQLChange)? {
    EditEntry(id: id, basedOn: old.version + 1, facts: old.facts)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try RegisterRecord<Facts>.existing(subject.id, in: db)
    return Conflict.differences(theirs: now.facts.named, ours: facts.named)
      + Removal.overtaken(isRemoved: now.isRemoved, wanted: false)
  }

  var lines: [String] { facts.lines }
}

extension RemoveEntry: SQLChange, RegisterSQLChange where Facts: RegisterTable {
  func inverse(of old: RegisterEntry<Facts>) -> (any SQLChange)? {
    RestoreEntry<Facts>(id: id, basedOn: old.version + 1)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    Removal.overtaken(
      isRemoved: try RegisterRecord<Facts>.existing(subject.id, in: db).isRemoved,
      wanted: true
    )
  }
}

extension RestoreEntry: SQLChange, RegisterSQLChange where Facts: RegisterTable {
  func inverse(of old: RegisterEntry<Facts>) -> (any SQLChange)? {
    RemoveEntry<Facts>(id: id, basedOn: old.version + 1)
  }
}

extension JustifyData: RegisterSQLChange {
  func inverse(of old: Activity) -> (any SQLChange)? {
    EditActivity(id: id, basedOn: old.version + 1, facts: old.facts)
  }

  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    try RegisterMove.overtaken(ActivityFacts.self, subject, since: version, in: db)
  }

  var lines: [String] { ["\(category): \(why)", "on: \(on.plainWithZone)"] }
}

extension RecordStock: RegisterSQLChange {
  func inverse(of old: RetentionRule) -> (any SQLChange)? {
    EditRetention(id: id, basedOn: old.version + 1, facts: old.facts)
  }

  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    try RegisterMove.overtaken(RetentionFacts.self, subject, since: version, in: db)
  }

  var lines: [String] {
    ["number: \(stock.count.map(String.init) ?? "unknown")"]
      + (stock.triggered.map { ["of: \($0.plainWithZone)"] } ?? [])
      + (stock.run.map { ["command: \($0.arguments.joined(separator: " "))"] } ?? [])
  }
}

/// What changes have in common that say less than all they set.
enum RegisterMove {
  /// Any later change is somebody's work that taking back would overwrite.
  static func overtaken<Facts: RegisterTable>(
    _ type: Facts.Type,
    _ subject: Subject,
    since version: Version,
    in db: Database
  ) throws -> [Conflict.Difference] {
    let now = try RegisterRecord<Facts>.existing(subject.id, in: db)
    return Removal.overtaken(isRemoved: now.isRemoved, wanted: false)
      + Conflict.movedOn(from: version, to: now.version)
  }
}

extension RegisterFacts {
  /// What the journal shows of the facts, line by line.
  var lines: [String] { named.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" } }
}
