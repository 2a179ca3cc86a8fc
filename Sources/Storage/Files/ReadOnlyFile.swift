internal import Glibc
internal import GRDB
internal import Model

/// A database file opened for reading alone, wherever it lies.
enum ReadOnlyFile {
  /// Opens it; where its directory cannot be written and there is no log, as a file that nobody
  /// alters.
  static func open(_ path: String) throws -> DatabaseQueue {
    do {
      return try checked(path)
    } catch let error as DatabaseError
      where error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY
    {
      guard !hasLog(path) else { throw error }
      return try checked(FileAddress.immutable(path))
    }
  }

  /// Whether a log with something in it lies beside a file.
  static func hasLog(_ path: String) -> Bool {
    var status = stat()
    return stat(path + "-wal", &status) == 0 && status.st_size > 0
  }

  /// Whether a rollback journal lies beside a file: only a connection that may write can roll back.
  static func hasJournal(_ path: String) -> Bool {
    var status = stat()
    return stat(path + "-journal", &status) == 0 && status.st_size > 0
  }

  private static func checked(_ path: String) throws -> DatabaseQueue {
    var configuration = Connections.configuration(isReadOnly: true)
    configuration.journalMode = .default
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.read { db in _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") }
    return queue
  }
}
