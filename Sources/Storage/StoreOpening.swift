internal import Glibc
internal import GRDB
internal import Model

/// Opens a store's file: looks, makes, migrates, and says what may be done with it.
enum StoreOpening {
  /// An open store.
  struct Opened {
    var connections: StoreConnections
    var lock: WriterLock?
    /// The error that changes are refused with; nil where they are not.
    var refusal: StoreError?
  }

  static func open(_ path: String, isReadOnly: Bool) throws -> Opened {
    switch try StoreFile.examine(path) {
    case .absent:
      guard !isReadOnly else {
        throw StoreError.failed("there is no store at \(path) to read")
      }
      try StoreFile.makeDirectory(StoreFile.directory(of: path))
      _ = try StoreFile.examine(path)
      let lock = try WriterLock(store: path)
      return try lock.hold {
        // Another process may have made it while this one waited.
        if try StoreFile.examine(path) == .absent { try NewStore.make(at: path) }
        return try openForWriting(path, lock)
      }
    case .store(let isWritable):
      if isReadOnly {
        return try openForReading(path, .readOnly("it was opened so"))
      }
      guard isWritable else {
        return try openForReading(path, .readOnly("\(path) or its directory cannot be written"))
      }
      let lock: WriterLock
      do {
        lock = try WriterLock(store: path)
      } catch StoreError.readOnly(let reason) {
        return try openForReading(path, .readOnly(reason))
      }
      return try lock.hold { try openForWriting(path, lock) }
    }
  }

  /// Opens under the lock: the first connection may find a log to recover.
  ///
  /// A store that is as it should be is read only, until something is written.
  private static func openForWriting(_ path: String, _ lock: WriterLock) throws -> Opened {
    let header = try Header(of: path)
    if header.schema > Schema.current {
      return try openForReading(
        path,
        .newerStore(found: String(header.schema), known: String(Schema.current))
      )
    }
    let connections = StoreConnections(path: path, isReadOnly: false)
    if header.schema < Schema.current || !header.usesLog || ReadOnlyFile.hasJournal(path) {
      try connections.writer().inDatabase { db in try Migrator.migrate(db, path: path) }
    } else {
      try connections.read { db in try Migrator.refuseNewer(try Migrator.schema(in: db)) }
    }
    if let stranger = try connections.read({ db in try strangeTrigger(in: db) }) {
      // It would act on whatever is written here, as if it had been written so.
      return try openForReading(
        path,
        .readOnly("the trigger \(stranger) in it is not tocsin's; see: tocsin verify")
      )
    }
    return Opened(connections: connections, lock: lock, refusal: nil)
  }

  /// The name of a trigger that no step makes; nil where there is none.
  private static func strangeTrigger(in db: Database) throws -> String? {
    try String.fetchCursor(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      .first { !Schema.triggers.contains($0) }
  }

  /// What the file's header says, read without writing anything.
  private struct Header {
    var schema: Int
    /// Whether the file has a write-ahead log.
    var usesLog: Bool

    init(of path: String) throws {
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { throw StoreError.failed("\(path): \(ErrorText.of(errno))") }
      defer { close(descriptor) }
      var bytes = [UInt8](repeating: 0, count: 64)
      guard pread(descriptor, &bytes, 64, 0) == 64 else {
        throw StoreError.notAStore(path: path, detail: "it has no header")
      }
      schema = Int(bytes[60...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
      usesLog = bytes[18] == 2 && bytes[19] == 2
    }
  }

  private static func openForReading(_ path: String, _ refusal: StoreError) throws -> Opened {
    var refusal = refusal
    let (connections, found): (StoreConnections, Int)
    do {
      (connections, found) = try reader(path)
    } catch let error as DatabaseError
      where error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY
    {
      // Without a log, a file that nobody can write cannot change under us either.
      guard !ReadOnlyFile.hasLog(path) else { throw error }
      (connections, found) = try reader(FileAddress.immutable(path))
    }
    guard found > 0 else { throw StoreError.notAStore(path: path, detail: "it has no schema") }
    if found > Schema.current {
      refusal = .newerStore(found: String(found), known: String(Schema.current))
    } else if found < Schema.current {
      throw StoreError.readOnly(
        "\(path) has schema \(found) and must be brought to \(Schema.current) first; "
          + "open it once for writing"
      )
    }
    return Opened(connections: connections, lock: nil, refusal: refusal)
  }

  private static func reader(_ path: String) throws -> (StoreConnections, schema: Int) {
    let connections = StoreConnections(path: path, isReadOnly: true)
    return (connections, try connections.read { db in try Migrator.schema(in: db) })
  }
}

/// Makes a new store complete beside its place, then puts it there: a crash leaves none or all.
enum NewStore {
  static func make(at path: String) throws {
    let draft = path + ".new"
    unlink(draft)
    unlink(draft + "-journal")
    let descriptor = Glibc.open(
      draft,
      O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
      0o600
    )
    guard descriptor >= 0 else {
      throw StoreError.failed("\(draft): \(ErrorText.of(errno))")
    }
    fchmod(descriptor, 0o600)
    close(descriptor)
    defer { unlink(draft) }
    var configuration = Connections.configuration(isReadOnly: false)
    configuration.journalMode = .default
    let queue = try DatabaseQueue(path: draft, configuration: configuration)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
      try Migrator.migrate(db, path: path)
    }
    try queue.close()
    guard link(draft, path) == 0 else {
      throw StoreError.failed("\(path): \(ErrorText.of(errno))")
    }
    unlink(draft)
    try Durable.syncDirectory(StoreFile.directory(of: path))
  }
}

/// Brings a store's tables to the schema of this program.
enum Migrator {
  static func schema(in db: Database) throws -> Int {
    Int(try Row.fetchOne(db, sql: "PRAGMA user_version")?.number(0) ?? 0)
  }

  /// Refuses a store that a newer program has written.
  static func refuseNewer(_ found: Int) throws {
    guard found <= Schema.current else {
      throw StoreError.newerStore(found: String(found), known: String(Schema.current))
    }
  }

  /// Runs the missing steps, each schema in one transaction: old or new, never between.
  static func migrate(_ db: Database, path: String) throws {
    let found = try schema(in: db)
    try refuseNewer(found)
    for number in found..<Schema.current {
      try db.inTransaction(.immediate) {
        for step in Schema.steps[number] { try db.execute(sql: step.sql) }
        try db.execute(sql: "PRAGMA user_version = \(number + 1)")
        return .commit
      }
    }
  }
}
