internal import Glibc
internal import GRDB
public import Model

/// What `doctor` shows about a store.
public struct StoreFacts: Codable, Sendable, Equatable {
  /// A file or directory as the kernel describes it.
  public struct Permission: Codable, Sendable, Equatable {
    /// Where it lies.
    public var path: String
    /// Its permission bits in octal, such as `0600`.
    public var mode: String
    /// The number of the account it belongs to.
    public var owner: UInt32
    /// Whether nobody else may read or write it, and it belongs to this account.
    public var isPrivate: Bool
  }

  /// The store's file.
  public var path: String
  /// Its size in bytes, and that of the log beside it.
  public var size: Int64
  /// Size of the write-ahead log in bytes; 0 where there is none.
  public var logSize: Int64
  /// The store's schema.
  public var schema: Int
  /// The schema this program writes.
  public var knownSchema: Int
  /// The version of SQLite that is linked.
  public var sqliteVersion: String
  /// Known faults of that version that matter here; empty where there are none.
  public var sqliteFaults: [String]
  /// The pragmas in force on the connection that writes, by name; on the reading one where the
  /// store cannot be written.
  public var pragmas: [String: String]
  /// Whether SQLite's defensive mode is in force on that connection.
  public var isDefensive: Bool
  /// Whether the store can be written.
  public var isWritable: Bool
  /// Why not; nil where it can.
  public var readOnlyReason: String?
  /// The file and its directory.
  public var permissions: [Permission]
  /// The file system it lies on, such as `ext4`; nil where the kernel does not say.
  public var fileSystem: String?
  /// The newest journal entry.
  public var head: JournalSequence
  /// That entry's hash in hexadecimal.
  public var headHash: String
  /// When the record was last verified; nil where nothing is known of it.
  public var verified: VerificationMark?
  /// How many records there are, by table.
  public var counts: [String: Int]

  /// Whether somebody ever opened the file for writing: a backup's copy nobody does.
  public static func isInUse(_ path: String) -> Bool {
    var status = stat()
    return lstat(WriterLock.path(for: path), &status) == 0
  }

  /// Reads the facts of a store, opening it as the program does.
  ///
  /// - Throws: `StoreError` with what opening it would throw.
  public static func read(path: String) throws -> StoreFacts {
    do {
      guard case .store = try StoreFile.examine(path) else {
        throw StoreError.failed("there is no store at \(path)")
      }
      let opened = try StoreOpening.open(path, isReadOnly: false)
      defer {
        try? opened.lock?.acquire()
        try? opened.connections.close()
        opened.lock?.release()
      }
      return try read(path, opened)
    } catch {
      throw StoreError.from(error, path: path)
    }
  }

  private static func read(_ path: String, _ opened: StoreOpening.Opened) throws -> StoreFacts {
    func settings(_ db: Database) throws -> (pragmas: [String: String], isDefensive: Bool) {
      (try Connections.pragmas(in: db), Connections.isDefensive(db))
    }
    let settings =
      opened.lock == nil
      ? try opened.connections.read { try settings($0) }
      : try opened.connections.writer().inDatabase { try settings($0) }
    return try opened.connections.read { db in
      let version = try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? ""
      let (head, hash) = try JournalRecord.head(in: db)
      var counts: [String: Int] = [:]
      let tables = [
        "incident", "timelineEntry", "task", "evidence", "link", "savedFilter", "filing",
        "decision", "obligation", "reminder", "framework", "requirement", "mapping",
      ]
      for table in tables {
        counts[table] = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)")
      }
      counts["journal"] = Int(head)
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      defer { close(descriptor) }
      let reason: String? = opened.refusal.map { refusal in
        if case .readOnly(let reason) = refusal { reason } else { refusal.description }
      }
      return StoreFacts(
        path: path,
        size: size(path),
        logSize: size(path + "-wal"),
        schema: try Migrator.schema(in: db),
        knownSchema: Schema.current,
        sqliteVersion: version,
        sqliteFaults: SQLiteFault.of(version: version),
        pragmas: settings.pragmas,
        isDefensive: settings.isDefensive,
        isWritable: opened.refusal == nil,
        readOnlyReason: reason,
        permissions: [path, StoreFile.directory(of: path)].compactMap(permission),
        fileSystem: FileSystem(descriptor: descriptor)?.name,
        head: head,
        headHash: Hex.text(hash),
        verified: try VerificationRecord.standing(in: db),
        counts: counts
      )
    }
  }

  private static func size(_ path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }

  private static func permission(_ path: String) -> Permission? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    let mode = String(status.st_mode & 0o7777, radix: 8)
    return Permission(
      path: path,
      mode: String(repeating: "0", count: max(0, 4 - mode.count)) + mode,
      owner: status.st_uid,
      isPrivate: status.st_uid == geteuid() && status.st_mode & 0o077 == 0
    )
  }
}

/// Faults of SQLite that matter to a store that several processes write.
enum SQLiteFault {
  /// The faults of a version such as `3.40.1`.
  static func of(version: String) -> [String] {
    let parts = version.split(separator: ".").compactMap { Int($0) }
    guard parts.count == 3 else { return ["the version \(version) is not understood"] }
    let number = parts[0] * 1_000_000 + parts[1] * 1000 + parts[2]
    // sqlite.org, release notes of 3.51.3 (2026-03-13): fixed there and in two older lines.
    let isFixedEarlier =
      (parts[1] == 44 && parts[2] >= 6) || (parts[1] == 50 && parts[2] >= 7)
    guard number >= 3_007_000, number <= 3_051_002, !isFixedEarlier else { return [] }
    return [
      "WAL reset: two connections that write or checkpoint at the same moment can lose pages "
        + "(SQLite 3.7.0 to 3.51.2); Tocsin's lock file keeps them apart"
    ]
  }
}
