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
      return try checked(immutable(path))
    }
  }

  /// Whether a log with something in it lies beside a file.
  static func hasLog(_ path: String) -> Bool {
    var status = stat()
    return stat(path + "-wal", &status) == 0 && status.st_size > 0
  }

  /// The address under which SQLite takes a file for one that nobody alters.
  static func immutable(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF")
    let encoded = path.utf8.reduce(into: "") { text, byte in
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "/._-".utf8.contains(byte)
      text +=
        isPlain
        ? String(UnicodeScalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
    return "file:\(encoded)?immutable=1"
  }

  private static func checked(_ path: String) throws -> DatabaseQueue {
    var configuration = Connections.configuration(isReadOnly: true)
    configuration.journalMode = .default
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.read { db in _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") }
    return queue
  }
}
