internal import GRDB
internal import Model

/// Facts of the privacy register that SQLite keeps: which table, and what beside the document.
///
/// One file each. With its changes bound to it (`RegisterSQLChange`) there is nothing more to write.
protocol RegisterTable: RegisterFacts {
  static var table: String { get }
  /// The columns that repeat parts of the facts.
  static var columns: [String] { get }
  /// The values of `columns`.
  var values: [DatabaseValue] { get throws }
  /// What the next record is called, with the number it gets.
  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String
  /// Refuses facts that cannot be kept.
  func check(_ context: ChangeContext, in db: Database) throws
  /// Refuses a new record where there is one already that it would stand beside.
  func refuseTwin(in db: Database) throws
  /// The incident that a record speaks of, in whose history it stands; nil where there is none.
  var incidentOfEntry: RecordID? { get }
}

extension RegisterTable {
  func refuseTwin(in db: Database) throws {}
  var incidentOfEntry: RecordID? { nil }
}

/// Reads and writes records of the privacy register.
enum RegisterRecord<Facts: RegisterTable> {
  private static var head: String {
    "id, reference, version, facts, openedAt, updatedAt, isRemoved"
  }

  private static func read(_ row: Row) throws -> RegisterEntry<Facts> {
    RegisterEntry(
      id: try row.number(0),
      reference: try row.text(1),
      version: try row.number(2),
      facts: try JSON.value(try row.text(3)),
      openedAt: try row.instant(4),
      updatedAt: try row.instant(5),
      isRemoved: try row.flag(6)
    )
  }

  static func fetch(_ id: RecordID, in db: Database) throws -> RegisterEntry<Facts>? {
    try db.row("SELECT \(head) FROM \(Facts.table) WHERE id = ?", [id]).map(read)
  }

  static func existing(_ id: RecordID, in db: Database) throws -> RegisterEntry<Facts> {
    guard let entry = try fetch(id, in: db) else {
      throw StoreError.notFound(Subject(Facts.kind, id))
    }
    return entry
  }

  static func named(_ reference: String, in db: Database) throws -> RegisterEntry<Facts>? {
    try db.row("SELECT \(head) FROM \(Facts.table) WHERE reference = ?", [reference]).map(read)
  }

  /// The record of a reference that is on its list.
  static func present(_ reference: String, in db: Database) throws -> RegisterEntry<Facts> {
    guard let entry = try named(reference, in: db), !entry.isRemoved else {
      throw StoreError.refused("there is no \(Facts.noun) \(reference)")
    }
    return entry
  }

  /// The records that are on their list and meet a condition.
  static func list(
    where condition: String = "1",
    _ arguments: StatementArguments = [],
    order: String = "id",
    in db: Database
  ) throws -> [RegisterEntry<Facts>] {
    var entries: [RegisterEntry<Facts>] = []
    try db.rows(
      """
      SELECT \(head) FROM \(Facts.table) WHERE isRemoved = 0 AND (\(condition)) ORDER BY \(order)
      """,
      arguments
    ) { entries.append(try read($0)) }
    return entries
  }

  /// Puts a new record in, with values of columns that no facts repeat.
  static func insert(
    _ facts: Facts,
    with others: [(name: String, value: DatabaseValue)] = [],
    id given: RecordID? = nil,
    reference: String? = nil,
    _ context: ChangeContext,
    in db: Database
  ) throws -> (id: RecordID, reference: String) {
    try facts.check(context, in: db)
    let id = try given ?? nextID(in: db)
    let reference = try reference ?? Facts.reference(id, at: context.now, in: db)
    let names = Facts.columns + others.map(\.name)
    let now = context.now.milliseconds
    let head: StatementArguments = [id, reference, try JSON.text(facts), now, now]
    let values = try facts.values + others.map(\.value)
    try db.run(
      """
      INSERT INTO \(Facts.table) (version, id, reference, facts, openedAt, updatedAt,
        \(names.joined(separator: ", ")))
      VALUES (1, ?, ?, ?, ?, ?\(String(repeating: ", ?", count: names.count)))
      """,
      head + StatementArguments(values)
    )
    context.search.add(Facts.kind, id)
    return (id, reference)
  }

  /// The number that the next record gets; rows are never deleted.
  static func nextID(in db: Database) throws -> RecordID {
    try db.number("SELECT coalesce(max(id), 0) + 1 FROM \(Facts.table)")
  }

  static func update(
    _ entry: RegisterEntry<Facts>,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    if !context.isUndo, !entry.isRemoved { try entry.facts.check(context, in: db) }
    let head: StatementArguments = [
      entry.version, try JSON.text(entry.facts), context.now.milliseconds, entry.isRemoved,
    ]
    let sets = Facts.columns.map { "\($0) = ?" }.joined(separator: ", ")
    let values = StatementArguments(try entry.facts.values)
    try context.search.update(Facts.kind, entry.id, in: db) {
      try db.run(
        """
        UPDATE \(Facts.table) SET version = ?, facts = ?, updatedAt = ?, isRemoved = ?, \(sets)
        WHERE id = ?
        """,
        head + values + [entry.id]
      )
    }
  }
}

/// What the tables of the register have in common.
enum RegisterCheck {
  /// The most bytes of one record's facts.
  static let limit = 256 << 10

  /// Refuses a text without a word in it.
  static func words(_ text: String, _ sentence: String) throws {
    guard text.contains(where: { !$0.isWhitespace }) else { throw StoreError.refused(sentence) }
  }

  /// Refuses facts that are longer than a record may be.
  static func size(_ facts: some RegisterFacts) throws {
    guard try JSON.text(facts).utf8.count <= limit else {
      throw StoreError.refused("a record of the register has at most \(limit >> 10) KiB")
    }
  }

  /// A reference of letters and a number: `ACT-0001`.
  static func reference(_ letters: String, _ id: RecordID) -> String {
    let digits = String(id)
    return "\(letters)-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
