internal import GRDB
internal import Model

/// The comparison of one kind of rows of a mailing with the journal.
///
/// The entries that made the rows are played again, and every column that they set is compared. No check
/// needs a key, so all of them go on working when the recipients were erased. Whoever adds a table writes a
/// check for it, and a line in `MailingChecks`; a test names tables and columns that no check knows.
protocol MailingPartCheck: SendableMetatype {
  /// The tables that it looks at.
  static var tables: [CheckedTable] { get }
  /// What is wrong, in sentences.
  static func problems(_ mailing: RecordID, in db: Database) throws -> [String]
}

/// All that is compared of mailings.
enum MailingChecks {
  /// One for each kind of rows.
  static let all: [any MailingPartCheck.Type] = [
    MailingFactsCheck.self,
    StepCheck.self,
    NoticeTextCheck.self,
    EditionCheck.self,
    PublicationCheck.self,
    SendingCheck.self,
    DeliveryCheck.self,
    BounceCheck.self,
    ContactCheck.self,
    BatchCheck.self,
    ReturnCheck.self,
    OfferCheck.self,
    MatterCheck.self,
    ConsentCheck.self,
  ]

  /// The tables of all of them, and of the ledger.
  static var tables: [CheckedTable] {
    LedgerCheck.tables + TrailCheck.tables + all.flatMap { $0.tables }
  }

  /// What is wrong with a mailing; nothing in a store of a schema that had no such rows.
  static func problems(_ mailing: RecordID, in db: Database) throws -> [String] {
    guard try db.tableExists("publication") else { return [] }
    return try all.flatMap { check in
      try guarding(check.tables) { try check.problems(mailing, in: db).prefix(20) }
    }
  }

  /// Runs a check; what it cannot read was never written.
  static func guarding(
    _ tables: [CheckedTable],
    _ body: () throws -> some Sequence<String>
  ) throws -> [String] {
    func unreadable() -> [String] {
      ["a row of \(tables.map(\.name).joined(separator: ", ")) holds what was never written"]
    }
    do {
      return Array(try body())
    } catch is RowDecodingError {
      return unreadable()
    } catch is UnknownWord {
      return unreadable()
    } catch is DecodingError {
      return unreadable()
    } catch let error as StoreError {
      if case .refused(let reason) = error { return [reason] }
      if case .notFound = error { return [error.description] }
      throw error
    }
  }

  /// The tables that hold rows of a mailing that is not there.
  static func strangers(in db: Database) throws -> [String] {
    let last = try db.number("SELECT coalesce(max(id), 0) FROM mailing")
    return try tables.filter { table in
      guard try db.tableExists(table.name) else { return false }
      return try hasStrangers(table, last, in: db)
    }.map(\.name)
  }

  private static func hasStrangers(
    _ table: CheckedTable,
    _ last: RecordID,
    in db: Database
  ) throws -> Bool {
    switch table.owner {
    case .none: return false
    case .anywhere(let column):
      return try db.row(
        "SELECT 1 FROM \(table.name) WHERE \(column) NOT IN (SELECT id FROM mailing) LIMIT 1"
      ) != nil
    case .mailing(let column):
      return try hasStranger(table.name, column, of: "mailing", in: db)
    case .row(let column, let other):
      return try hasStranger(table.name, column, of: other, in: db)
    case .person(let column):
      // Of each mailing that is there all people are compared; one that was deleted is named.
      let least = try db.row("SELECT min(\(column)) FROM \(table.name)")?.optionalNumber(0)
      let most = try db.row("SELECT max(\(column)) FROM \(table.name)")?.optionalNumber(0)
      return least ?? .max < LedgerID.range(1).lowerBound
        || most ?? .min > LedgerID.range(last).upperBound
    }
  }

  /// Goes from each value of a column to the next, so many rows with the same one cost nothing.
  private static func hasStranger(
    _ table: String,
    _ column: String,
    of other: String,
    in db: Database
  ) throws -> Bool {
    var value = Int64.min
    while let next = try db.row("SELECT min(\(column)) FROM \(table) WHERE \(column) > ?", [value])?
      .optionalNumber(0)
    {
      guard try db.row("SELECT 1 FROM \(other) WHERE id = ?", [next]) != nil else { return true }
      value = next
    }
    return false
  }
}
