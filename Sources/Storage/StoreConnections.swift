internal import CSQLite
internal import GRDB
internal import Model
internal import Synchronization

/// The connections to a store's file, each opened when it is first needed.
///
/// GRDB's pool opens its writer first, and puts an empty transaction into the log through it, which
/// the last close then has to bring back into the file. Each connection reads the whole schema: some
/// milliseconds. A dashboard that is only looked at needs one that reads, and nothing else.
final class StoreConnections: Sendable {
  /// The file, or the address under which SQLite is to open it.
  private let path: String
  /// Whether no connection that writes is ever opened.
  private let isReadOnly: Bool
  private let readers = Mutex(Readers())
  private let opened = Mutex<DatabaseQueue?>(nil)

  private struct Readers {
    var all: [DatabaseQueue] = []
    /// Those that nobody uses, the one that was used last at the end.
    var idle: [DatabaseQueue] = []
    var isClosed = false
  }

  init(path: String, isReadOnly: Bool) {
    (self.path, self.isReadOnly) = (path, isReadOnly)
  }

  /// Reads from one snapshot, on the calling thread.
  func read<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
    let reader = try take()
    defer { readers.withLock { $0.idle.append(reader) } }
    return try reader.read(body)
  }

  /// The connection that writes.
  func writer() throws -> DatabaseQueue {
    try opened.withLock { opened in
      if let opened { return opened }
      guard !isReadOnly else { throw StoreError.readOnly("it was opened so") }
      let writer = try DatabaseQueue(
        path: FileAddress.existing(path),
        configuration: Connections.configuration(isReadOnly: false)
      )
      try writer.inDatabase { db in try Connections.secureWriter(db) }
      opened = writer
      return writer
    }
  }

  /// Closes all; what is being read meanwhile ends.
  ///
  /// Readers first: the writer's close brings the log back into the file only when it is the last.
  func close() throws {
    let readers = readers.withLock { readers in
      readers.isClosed = true
      return readers.all
    }
    for reader in readers {
      reader.interrupt()
      try reader.close()
    }
    if let writer = opened.withLock({ $0 }) {
      try writer.close()
    } else if !isReadOnly {
      clearLog()
    }
  }

  private func take() throws -> DatabaseQueue {
    let idle = try readers.withLock { readers in
      guard !readers.isClosed else { throw StoreError.failed("the store is closed") }
      return readers.idle.popLast()
    }
    if let idle { return idle }
    let reader = try DatabaseQueue(
      path: path,
      configuration: Connections.configuration(isReadOnly: true)
    )
    let isClosed = readers.withLock { readers in
      readers.all.append(reader)
      return readers.isClosed
    }
    guard !isClosed else {
      try reader.close()
      throw StoreError.failed("the store is closed")
    }
    return reader
  }

  /// Has SQLite remove the empty log that readers leave behind: it does so when the last connection
  /// is closed, but only for one that may write.
  private func clearLog() {
    var connection: OpaquePointer?
    defer { sqlite3_close_v2(connection) }
    guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
      return
    }
    sqlite3_exec(connection, "PRAGMA schema_version", nil, nil, nil)
  }
}
