internal import GRDB
internal import Model

/// Facts that SQLite keeps in a table of their own: `id`, `version`, `facts`, `recordedAt`, `isRemoved`,
/// and columns that repeat what records are found and sorted by.
///
/// The columns are no generated ones: JSON functions may not be used in a schema that is not trusted.
///
/// With its table and this there is nothing more to write for a kind of record.
protocol KeptFacts: RecordFacts {
  /// The table.
  static var table: String { get }
  /// How lists are sorted, as SQL.
  static var order: String { get }
  /// The columns that repeat parts of the facts.
  static var repeated: [String] { get }
  /// The values of `repeated`.
  var repeatedValues: [any DatabaseValueConvertible] { get }
  /// Refuses facts that the record cannot keep; `old` is what it has now, nil for a new one.
  func check(
    _ id: RecordID,
    replacing old: Self?,
    _ context: ChangeContext,
    in db: Database
  ) throws
  /// Refuses to take a record off the lists that others rest on.
  static func checkRemoval(_ record: KeptRecord<Self>, in db: Database) throws
}

extension KeptFacts {
  static func checkRemoval(_ record: KeptRecord<Self>, in db: Database) throws {}

  /// Refuses a value that another record of the kind has; the words say what to do.
  ///
  /// Whatever the letter case, unless it is `exact`: the collation must be that of the column's index, or
  /// every row is looked at for every row of a list.
  func refuseTaken(
    _ column: String,
    _ value: String,
    exact: Bool = false,
    by id: RecordID,
    _ words: @autoclosure () -> String,
    in db: Database
  ) throws {
    guard !value.isEmpty else { return }
    let row = try db.row(
      """
      SELECT 1 FROM \(Self.table)
      WHERE \(column) = ? COLLATE \(exact ? "BINARY" : "NOCASE") AND isRemoved = 0
        AND \(column) <> '' AND id <> ?
      """,
      [value, id]
    )
    if row != nil { throw StoreError.refused(words()) }
  }
}

/// Reads and writes records of a kind.
enum KeptTable<Facts: KeptFacts> {
  static var columns: String { "id, version, facts, recordedAt, isRemoved" }

  static func read(_ row: Row) throws -> KeptRecord<Facts> {
    KeptRecord(
      id: try row.number(0),
      version: try row.number(1),
      facts: try JSON.value(try row.text(2)),
      recordedAt: try row.instant(3),
      isRemoved: try row.flag(4)
    )
  }

  static func fetch(_ id: RecordID, in db: Database) throws -> KeptRecord<Facts>? {
    try db.row("SELECT \(columns) FROM \(Facts.table) WHERE id = ?", [id]).map(read)
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
      throw StoreError.refused("\(Facts.noun) was removed; put it back first")
    }
    return record
  }

  static func list(
    where condition: String = "isRemoved = 0",
    _ arguments: StatementArguments = [],
    in db: Database
  ) throws -> [KeptRecord<Facts>] {
    var records: [KeptRecord<Facts>] = []
    try db.rows(
      "SELECT \(columns) FROM \(Facts.table) WHERE \(condition) ORDER BY \(Facts.order), id",
      arguments
    ) { records.append(try read($0)) }
    return records
  }

  /// The number that the next record will have; none is ever deleted.
  static func nextID(in db: Database) throws -> RecordID {
    try db.number("SELECT coalesce(max(id), 0) + 1 FROM \(Facts.table)")
  }

  static func insert(_ facts: Facts, _ context: ChangeContext, in db: Database) throws -> RecordID {
    let id = try nextID(in: db)
    try facts.check(id, replacing: nil, context, in: db)
    let names = (["id", "version", "facts", "recordedAt"] + Facts.repeated)
    try db.run(
      """
      INSERT INTO \(Facts.table) (\(names.joined(separator: ", ")))
      VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))
      """,
      [id, 1, try JSON.text(facts), context.now.milliseconds]
        + StatementArguments(facts.repeatedValues)
    )
    return id
  }

  /// Writes what a record is from now on; its version goes up by one.
  static func update(
    _ record: inout KeptRecord<Facts>,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    if !record.isRemoved {
      let old = try existing(record.id, in: db)
      try record.facts.check(record.id, replacing: old.facts, context, in: db)
    }
    record.version += 1
    let names = ["version", "facts", "isRemoved"] + Facts.repeated
    try db.run(
      """
      UPDATE \(Facts.table) SET \(names.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?
      """,
      [record.version, try JSON.text(record.facts), record.isRemoved]
        + StatementArguments(record.facts.repeatedValues) + [record.id]
    )
  }
}

extension RecordList: SQLQuestion where Facts: KeptFacts {
  func fetch(in db: Database, _ context: AskContext) throws -> [KeptRecord<Facts>] {
    try KeptTable<Facts>.list(in: db)
  }
}
