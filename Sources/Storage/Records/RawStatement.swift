internal import CSQLite
internal import GRDB

/// A statement that is stepped through SQLite's own interface: no value is made for a row.
///
/// For the ledger alone, where rows come by the million. What is bound is copied by nobody and must
/// live until the step.
final class RawStatement {
  private let connection: OpaquePointer
  private let statement: OpaquePointer

  init(_ sql: String, in db: Database) throws {
    guard let connection = db.sqliteConnection else {
      throw StoreErrorText.closed
    }
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v3(
      connection,
      sql,
      -1,
      UInt32(SQLITE_PREPARE_PERSISTENT),
      &statement,
      nil
    )
    guard code == SQLITE_OK, let statement else { throw Self.error(connection, code) }
    (self.connection, self.statement) = (connection, statement)
  }

  deinit { sqlite3_finalize(statement) }

  /// Binds a number.
  func bind(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(statement, index, value) }

  /// Binds bytes that live until the step.
  func bind(_ index: Int32, _ bytes: UnsafeRawBufferPointer) {
    sqlite3_bind_blob(statement, index, bytes.baseAddress, Int32(bytes.count), nil)
  }

  /// Binds a text whose bytes live until the step.
  func bind(text index: Int32, _ bytes: UnsafeRawBufferPointer) {
    let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    sqlite3_bind_text(statement, index, start, Int32(bytes.count), nil)
  }

  /// Runs it to its end; for statements that give no rows.
  func run() throws {
    let code = sqlite3_step(statement)
    guard code == SQLITE_DONE else { throw Self.error(connection, code) }
    sqlite3_reset(statement)
  }

  /// Goes to the next row; false at the end, and then it can be bound anew.
  func next() throws -> Bool {
    let code = sqlite3_step(statement)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else { throw Self.error(connection, code) }
    sqlite3_reset(statement)
    return false
  }

  /// Gives up the rows that are left.
  func reset() { sqlite3_reset(statement) }

  /// A number of the present row.
  func number(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  /// Bytes of the present row, valid until the next step.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
  }

  private static func error(_ connection: OpaquePointer, _ code: Int32) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection))
    )
  }
}

private enum StoreErrorText {
  static let closed = DatabaseError(resultCode: .SQLITE_MISUSE, message: "the store is closed")
}
