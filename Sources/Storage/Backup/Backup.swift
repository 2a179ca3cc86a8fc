internal import Glibc
internal import GRDB
public import Model

/// What a backup holds.
public struct BackupReport: Codable, Sendable, Equatable {
  /// Where it was written.
  public var path: String
  /// Its size in bytes.
  public var size: Int64
  /// The newest journal entry in it.
  public var head: JournalSequence
  /// That entry's hash in hexadecimal.
  public var headHash: String
  /// How many incidents it holds, removed ones included.
  public var incidents: Int

  /// Makes a report.
  public init(
    path: String,
    size: Int64,
    head: JournalSequence,
    headHash: String,
    incidents: Int
  ) {
    (self.path, self.size, self.head) = (path, size, head)
    (self.headHash, self.incidents) = (headHash, incidents)
  }
}

/// What a restore did.
public struct RestoreReport: Codable, Sendable, Equatable {
  /// The store that was put back.
  public var path: String
  /// The newest journal entry of the backup.
  public var backupHead: JournalSequence
  /// The newest journal entry of the store that was replaced; 0 where there was none or it could
  /// not be read.
  public var replacedHead: JournalSequence
  /// Where the replaced file is kept; nil where there was none.
  public var keptAs: String?
  /// The journal entry that records the restore.
  public var entry: JournalSequence
  /// The mailings that are held until an officer says what was sent since the backup.
  public var held: [RestoredMailing]
  /// What the replaced store had erased since, and was erased again.
  public var erased: [String]
  /// What it had erased since and an officer must erase again: which and why.
  public var notErased: [String]
  /// The mailings that the replaced store had and the backup has not.
  public var missing: [String]

  /// Makes a report.
  public init(
    path: String,
    backupHead: JournalSequence,
    replacedHead: JournalSequence,
    keptAs: String?,
    entry: JournalSequence,
    held: [RestoredMailing] = [],
    erased: [String] = [],
    notErased: [String] = [],
    missing: [String] = []
  ) {
    (self.path, self.backupHead, self.replacedHead) = (path, backupHead, replacedHead)
    (self.keptAs, self.entry) = (keptAs, entry)
    (self.held, self.erased, self.notErased, self.missing) = (held, erased, notErased, missing)
  }
}

/// Copies of the store that are whole, and their way back.
public enum Backup {
  /// Writes a copy of a store as it stands at one moment, while others go on writing.
  ///
  /// The copy is made beside its place, checked (pages, schema, every journal entry), and only then
  /// gets its name. It is 0600; a link in the last part of the path is not followed.
  ///
  /// - Parameters:
  ///   - store: The store's file.
  ///   - target: Where the copy goes; its directory must exist.
  ///   - force: Whether a file that has the name already is replaced.
  ///   - progress: Called while the copy is checked; false cancels and leaves nothing behind.
  /// - Returns: What was written.
  /// - Throws: `StoreError`, `CancellationError`.
  public static func write(
    from store: String,
    to target: String,
    force: Bool = false,
    progress: (Int64, Int64) -> Bool = { _, _ in true }
  ) throws -> BackupReport {
    do {
      guard case .store = try StoreFile.examine(store) else {
        throw StoreError.failed("there is no store at \(store)")
      }
      try checkTarget(target, force: force)
      let copy = try Copy(of: store, beside: target)
      var report = try check(copy.path, named: store, progress)
      try copy.finish(as: target, force: force)
      report.path = target
      return report
    } catch {
      throw StoreError.from(error, path: store)
    }
  }

  /// Puts a backup in the place of a store.
  ///
  /// The backup is copied and checked first; the replaced file is kept beside the store with its
  /// log. That it happened is the restored journal's newest entry. Programs that have the store open
  /// go over to the restored one by themselves.
  ///
  /// Mailings of the backup are held: people may have been told since. What the replaced store had
  /// erased since, as far as it can be read, is erased again.
  ///
  /// - Parameters:
  ///   - backup: The backup.
  ///   - store: The store's file; there may be none.
  ///   - origin: What put it back; under a clock that was given it says so, and a real store refuses it.
  ///   - options: Clock and actor for the journal entry.
  ///   - progress: Called while the backup is checked; false cancels, nothing is replaced then.
  /// - Returns: What was put back, and where the replaced file is kept.
  /// - Throws: `StoreError.refused` where the backup does not verify, other `StoreError`s,
  ///   `CancellationError`; then the store is as it was.
  public static func restore(
    from backup: String,
    to store: String,
    origin: String = "restore",
    options: SQLiteStore.Options = .init(),
    progress: @Sendable (Int64, Int64) -> Bool = { _, _ in true }
  ) async throws -> RestoreReport {
    do {
      try StoreFile.makeDirectory(StoreFile.directory(of: store))
      try StoreFile.examinePlainFile(backup)
      try checkTarget(store, force: true)
      let copy = try Copy(of: backup, beside: store)
      let report = try check(copy.path, named: backup, progress)
      let lock = try WriterLock(store: store)
      try lock.acquire()
      defer { lock.release() }
      let replacedHead = head(of: store)
      let keptAs = exists(store) ? keptName(store, at: options.now()) : nil
      let done = try await settle(
        RestoredCopy(
          replaced: exists(store) ? ReplacedStore(store) : nil,
          backupHead: report.head,
          replacedHead: replacedHead,
          keptAs: keptAs
        ),
        in: copy.path,
        origin,
        options
      )
      if let keptAs { try keep(store, as: keptAs) }
      try copy.finish(as: store, force: keptAs != nil)
      lock.touch(head: done.entry)
      return RestoreReport(
        path: store,
        backupHead: report.head,
        replacedHead: replacedHead,
        keptAs: keptAs,
        entry: done.entry,
        held: done.held,
        erased: done.erased,
        notErased: done.kept,
        missing: done.missing
      )
    } catch {
      throw StoreError.from(error, path: backup)
    }
  }

  /// Brings the copy to today's schema, holds its mailings, erases again what was erased since and
  /// appends to its journal, before anybody else can see it.
  private static func settle(
    _ restored: RestoredCopy,
    in path: String,
    _ origin: String,
    _ options: SQLiteStore.Options
  ) async throws -> RestoredCopy.Outcome {
    var options = options
    options.isReadOnly = false
    let store = try SQLiteStore(path: path, options: options)
    let done = try await store.write(origin: origin) { db, context, journal in
      try restored.perform(context, &journal, in: db)
    }
    _ = try await store.emptyLog()
    try store.close()
    guard !ReadOnlyFile.hasLog(path) else {
      throw StoreError.failed("\(path): the log could not be written back")
    }
    return done
  }

  private static func check(
    _ copy: String,
    named source: String,
    _ progress: (Int64, Int64) -> Bool
  ) throws -> BackupReport {
    let queue = try ReadOnlyFile.open(copy)
    defer { try? queue.close() }
    let incidents = try queue.read { db in
      let found = try Migrator.schema(in: db)
      guard found <= Schema.current else {
        throw StoreError.newerStore(found: String(found), known: String(Schema.current))
      }
      let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
      guard application == Schema.applicationID else {
        throw StoreError.notAStore(path: source, detail: "it belongs to another program")
      }
      let pages = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)")
      guard pages == "ok" else {
        throw StoreError.notAStore(path: source, detail: "it is damaged: \(pages ?? "?")")
      }
      return try Int.fetchOne(db, sql: "SELECT count(*) FROM incident") ?? 0
    }
    let journal = try JournalVerifier.verify(path: copy, progress: progress)
    if let bad = journal.firstBad {
      throw StoreError.refused(
        "the journal of \(source) does not verify: entry \(bad.sequence): \(bad.problem)"
      )
    }
    var status = stat()
    stat(copy, &status)
    return BackupReport(
      path: copy,
      size: Int64(status.st_size),
      head: journal.head,
      headHash: journal.headHash,
      incidents: incidents
    )
  }

  /// The newest journal entry of a store that may be damaged or not there; 0 then.
  private static func head(of path: String) -> JournalSequence {
    guard exists(path), let queue = try? ReadOnlyFile.open(path) else { return 0 }
    defer { try? queue.close() }
    let head = try? queue.read { db in
      try Int64.fetchOne(db, sql: "SELECT max(id) FROM journal")
    }
    return head.flatMap(\.self) ?? 0
  }

  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// A name beside the store that is still free, with the time in it.
  private static func keptName(_ store: String, at now: Instant) -> String {
    let time = now.description.filter { $0 != ":" && $0 != "-" }
    var name = "\(store).replaced-\(time)"
    var number = 2
    while exists(name) {
      name = "\(store).replaced-\(time)-\(number)"
      number += 1
    }
    return name
  }

  /// Gives a store a second name and moves its log there: a log left behind would be applied to
  /// the new file.
  ///
  /// The store keeps its own name until the new file takes it, so that it is never missing.
  private static func keep(_ store: String, as kept: String) throws {
    // With the log written back, a crash between the steps loses nothing either.
    if let queue = try? DatabaseQueue(
      path: store,
      configuration: Connections.configuration(isReadOnly: false)
    ) {
      try? queue.inDatabase { db in
        _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
      try? queue.close()
    }
    guard link(store, kept) == 0 else {
      throw StoreError.failed("\(kept): \(ErrorText.of(errno))")
    }
    for suffix in ["-wal", "-shm"] where exists(store + suffix) {
      guard rename(store + suffix, kept + suffix) == 0 else {
        throw StoreError.failed("\(store + suffix): \(ErrorText.of(errno))")
      }
    }
  }

  private static func checkTarget(_ target: String, force: Bool) throws {
    var status = stat()
    guard lstat(target, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StoreError.refused("\(target) is not a plain file and is not replaced")
    }
    guard force else {
      throw StoreError.refused("\(target) exists already; name another file or use --force")
    }
  }

  /// A copy in the making, under a name beside its place; removed unless it is finished.
  private final class Copy {
    let path: String
    private var isFinished = false

    /// Copies a database as one reader sees it: all pages in one step, from one snapshot.
    ///
    /// Not `VACUUM INTO`: from a read-only connection SQLite 3.40 fails on tables with generated
    /// columns ("26 columns but 29 values"). Freed pages come along, but `secure_delete` has
    /// overwritten them.
    init(of source: String, beside target: String) throws {
      path = "\(target).\(Hex.text(Kernel.randomBytes(4))).part"
      let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else { throw StoreError.failed("\(path): \(ErrorText.of(errno))") }
      fchmod(descriptor, 0o600)
      defer { close(descriptor) }
      let queue = try ReadOnlyFile.open(source)
      defer { try? queue.close() }
      var configuration = Connections.configuration(isReadOnly: false)
      configuration.journalMode = .default
      let copy = try DatabaseQueue(path: path, configuration: configuration)
      try queue.backup(to: copy, pagesPerStep: -1)
      // A backup is one file: without this it would ask for a log of its own when it is opened.
      try copy.inDatabase { db in _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
      guard fsync(descriptor) == 0 else {
        throw StoreError.failed("\(path): \(ErrorText.of(errno))")
      }
    }

    deinit {
      guard !isFinished else { return }
      for suffix in ["", "-wal", "-shm", "-journal", ".lock"] { unlink(path + suffix) }
    }

    func finish(as target: String, force: Bool) throws {
      let isDone =
        if force { rename(path, target) == 0 } else { link(path, target) == 0 }
      guard isDone else {
        let code = errno
        throw code == EEXIST
          ? StoreError.refused("\(target) exists already; name another file or use --force")
          : StoreError.failed("\(target): \(ErrorText.of(code))")
      }
      isFinished = true
      for suffix in ["", "-wal", "-shm", "-journal", ".lock"] { unlink(path + suffix) }
      try Durable.syncDirectory(StoreFile.directory(of: target))
    }
  }
}
