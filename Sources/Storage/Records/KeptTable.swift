internal import GRDB
internal import Model

/// Facts that SQLite keeps in a table of their own: the columns of `KeptTable.head`, and some that repeat
/// what records are found and sorted by.
///
/// The columns are no generated ones: JSON functions may not be used in a schema that is not trusted.
///
/// One file each. With its table and this there is nothing more to write for a kind of record.
protocol KeptFacts: RecordFacts {
  /// The table.
  static var table: String { get }
  /// How lists are sorted, as SQL.
  static var order: String { get }
  /// The columns that repeat parts of the facts.
  static var columns: [String] { get }
  /// The values of `columns`.
  var values: [DatabaseValue] { get }
  /// What the next record is called, with the number it gets; empty for kinds that have no references.
  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String
  /// Refuses facts that the record cannot keep; `old` is what it has now, nil for a new one.
  ///
  /// Asked when a change is taken back too: what rests on other records must hold then as well, what
  /// only keeps nonsense out need not (`context.isUndo`).
  func check(
    _ id: RecordID,
    replacing old: Self?,
    _ context: ChangeContext,
    in db: Database
  ) throws
  /// The incident that a record speaks of, in whose history it stands; nil where there is none.
  var incidentOfRecord: RecordID? { get }
  /// Refuses to take a record off its list that others rest on.
  static func checkRemoval(_ record: KeptRecord<Self>, in db: Database) throws
}

extension KeptFacts {
  static var order: String { "id" }

  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String {
    ""
  }

  static func checkRemoval(_ record: KeptRecord<Self>, in db: Database) throws {}

  var incidentOfRecord: RecordID? { nil }
}

/// Reads and writes records of a kind.
enum KeptTable<Facts: KeptFacts> {
  /// The columns that all kinds have, in the order in which `read` wants them.
  static var head: String { "id, reference, version, facts, openedAt, updatedAt, isRemoved" }

  static func read(_ row: Row) throws -> KeptRecord<Facts> {
    KeptRecord(
      id: try row.number(0),
      reference: try row.text(1),
      version: try row.number(2),
      facts: try JSON.value(try row.text(3)),
      openedAt: try row.instant(4),
      updatedAt: try row.instant(5),
      isRemoved: try row.flag(6)
    )
  }

  static func fetch(_ id: RecordID, in db: Database) throws -> KeptRecord<Facts>? {
    try db.row("SELECT \(head) FROM \(Facts.table) WHERE id = ?", [id]).map(read)
  }

  static func existing(_ id: RecordID, in db: Database) throws -> KeptRecord<Facts> {
    guard let record = try fetch(id, in: db) else {
      throw StoreError.notFound(Subject(Facts.kind, id))
    }
    return record
  }

  /// The record that has a number and was not removed.
  static func present(_ id: RecordID, in db: Database) throws -> KeptRecord<Facts> {
    let record = try existing(id, in: db)
    guard !record.isRemoved else {
      throw StoreError.refused("the \(Facts.noun) was removed; restore it first")
    }
    return record
  }

  static func named(_ reference: String, in db: Database) throws -> KeptRecord<Facts>? {
    try db.row("SELECT \(head) FROM \(Facts.table) WHERE reference = ?", [reference]).map(read)
  }

  /// The record that has a reference and was not removed.
  static func present(_ reference: String, in db: Database) throws -> KeptRecord<Facts> {
    guard let record = try named(reference, in: db), !record.isRemoved else {
      throw StoreError.refused("there is no \(Facts.noun) \(reference)")
    }
    return record
  }

  /// The records that meet a condition, without those that were removed.
  static func list(
    where condition: String = "1",
    _ arguments: StatementArguments = [],
    order: String = Facts.order,
    withRemoved: Bool = false,
    in db: Database
  ) throws -> [KeptRecord<Facts>] {
    var records: [KeptRecord<Facts>] = []
    try db.rows(
      """
      SELECT \(head) FROM \(Facts.table)
      WHERE \(withRemoved ? "" : "isRemoved = 0 AND ")(\(condition)) ORDER BY \(order)
      """,
      arguments
    ) { records.append(try read($0)) }
    return records
  }

  /// The number that the next record gets; rows are never deleted.
  static func nextID(in db: Database) throws -> RecordID {
    try db.number("SELECT coalesce(max(id), 0) + 1 FROM \(Facts.table)")
  }

  /// Puts a new record in, with values of columns that no facts repeat; a reference where the kind's own
  /// rule does not give it.
  static func insert(
    _ facts: Facts,
    with others: [(name: String, value: DatabaseValue)] = [],
    id given: RecordID? = nil,
    reference: String? = nil,
    _ context: ChangeContext,
    in db: Database
  ) throws -> KeptRecord<Facts> {
    let id = try given ?? nextID(in: db)
    try facts.check(id, replacing: nil, context, in: db)
    let record = KeptRecord(
      id: id,
      reference: try reference ?? Facts.reference(id, at: context.now, in: db),
      version: 1,
      facts: facts,
      openedAt: context.now
    )
    let names = ["id", "reference", "version", "facts", "openedAt", "updatedAt"] + Facts.columns
    let now = context.now.milliseconds
    let head: StatementArguments = [id, record.reference, 1, try JSON.text(facts), now, now]
    try db.run(
      """
      INSERT INTO \(Facts.table) (\((names + others.map(\.name)).joined(separator: ", ")))
      VALUES (\((names.map { _ in "?" } + others.map { _ in "?" }).joined(separator: ", ")))
      """,
      head + StatementArguments(facts.values + others.map(\.value))
    )
    context.search.add(Facts.kind, id)
    return record
  }

  /// Writes what a record is from now on.
  static func update(
    _ record: KeptRecord<Facts>,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    let names = ["version", "facts", "updatedAt", "isRemoved"] + Facts.columns
    let head: StatementArguments = [
      record.version, try JSON.text(record.facts), context.now.milliseconds, record.isRemoved,
    ]
    try context.search.update(Facts.kind, record.id, in: db) {
      try db.run(
        """
        UPDATE \(Facts.table) SET \(names.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?
        """,
        head + StatementArguments(record.facts.values) + [record.id]
      )
    }
  }
}

extension RecordList: SQLQuestion where Facts: KeptFacts {
  func fetch(in db: Database, _ context: AskContext) throws -> [KeptRecord<Facts>] {
    try KeptTable<Facts>.list(in: db)
  }
}
