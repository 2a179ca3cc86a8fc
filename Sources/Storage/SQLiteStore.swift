internal import Glibc
internal import GRDB
public import Model
internal import Synchronization

/// The record in one SQLite file, shared by the processes of one account.
///
/// Durable when `apply` returns: write-ahead log, `synchronous=FULL` on the writer. Every write
/// holds a lock on a side file across processes for as long as transaction and checkpoint last.
/// Nothing here waits on the calling thread but `init`, `close` and the first write, which opens the
/// connection for it.
public final class SQLiteStore: Store {
  /// How a store is opened and what it takes from outside.
  public struct Options: Sendable {
    /// Whether nothing may be written, not even by SQLite itself.
    public var isReadOnly: Bool
    /// The present instant.
    public var now: @Sendable () -> Instant
    /// Who acts.
    public var actor: Actor
    /// So many random bytes, at most 256.
    public var randomBytes: @Sendable (Int) -> [UInt8]
    /// The folder with the key that wraps data keys; nil for the one beside the store.
    public var keys: String?

    /// Makes options; what is not given comes from the kernel.
    public init(
      isReadOnly: Bool = false,
      now: (@Sendable () -> Instant)? = nil,
      actor: Actor? = nil,
      randomBytes: (@Sendable (Int) -> [UInt8])? = nil,
      keys: String? = nil
    ) {
      self.isReadOnly = isReadOnly
      self.now = now ?? Kernel.now
      self.actor = actor ?? KernelIdentity.current(environment: [:])
      self.randomBytes = randomBytes ?? Kernel.randomBytes
      self.keys = keys
    }
  }

  /// Where the file lies.
  public let path: String
  /// Whether changes are refused.
  public var isReadOnly: Bool { readOnlyReason != nil }
  /// Why changes are refused; nil where they are not.
  public let readOnlyReason: String?
  /// The error that a change is refused with.
  private let refusal: StoreError?
  private let options: Options
  private let lock: WriterLock?
  private let state: Mutex<State?>
  private let lanes = ReadLanes(count: Connections.readers)

  /// More changes than this in one transaction are an import.
  private static let large = 500

  /// The connections, and which file they are open on.
  private struct State {
    var connections: StoreConnections
    var file: FileIdentity?
    /// Whether a write failed in a way that leaves doubt about what SQLite believes is on the disk.
    var isDoubtful = false
  }

  /// Opens a store, or makes a new one: file 0600 in a directory 0700.
  ///
  /// A store of an older schema is brought to this program's; one of a newer schema is opened for
  /// reading only. A file or directory that cannot be written gives a store for reading only.
  ///
  /// - Throws: `StoreError.refused` with the command that sets permissions right,
  ///   `StoreError.notAStore` with what was seen, `StoreError.failed`.
  public init(path: String, options: Options = Options()) throws {
    self.path = path
    self.options = options
    signal(SIGXFSZ, SIG_IGN)  // A file size limit is an error to report, not a way to die.
    do {
      let opened = try StoreOpening.open(path, isReadOnly: options.isReadOnly)
      lock = opened.lock
      refusal = opened.refusal
      readOnlyReason = opened.refusal.map { refusal in
        if case .readOnly(let reason) = refusal { reason } else { refusal.description }
      }
      state = Mutex(State(connections: opened.connections, file: FileIdentity(path: path)))
    } catch {
      throw StoreError.from(error, path: path)
    }
  }

  /// Brings changes into the record, all or none.
  @discardableResult
  public func apply(_ changes: [any Change], origin: String) async throws -> [Receipt] {
    let changes = try changes.map { change in
      guard let change = change as? any SQLChange else {
        throw StoreError.failed("this store has no SQL for \(type(of: change).name)")
      }
      return change
    }
    let isLarge = changes.count > Self.large
    let texts = isLarge ? ChangeTexts(changes) : nil
    return try await write(origin: origin, isUndo: false, cache: isLarge ? 65_536 : nil, texts) {
      db,
      context,
      journal in
      try changes.map { change in
        try journal.append(change, try change.perform(in: db, context))
      }
    }
  }

  /// Takes changes back, newest first, all or none.
  @discardableResult
  public func undo(_ entries: [JournalSequence], origin: String) async throws -> [Receipt] {
    let newestFirst = Set(entries).sorted(by: >)
    let isLarge = newestFirst.count > Self.large
    return try await write(origin: origin, isUndo: true, cache: isLarge ? 65_536 : nil) {
      db,
      context,
      journal in
      try newestFirst.map { sequence in
        let reversal = try JournalRecord.reversal(of: sequence, in: db)
        let overtaken = try reversal.change.overtaken(
          on: reversal.subject,
          since: reversal.version,
          in: db
        )
        guard overtaken.isEmpty else {
          throw StoreError.conflict(try reversal.conflict(overtaken, in: db))
        }
        return try journal.append(
          reversal.inverse,
          try reversal.inverse.perform(in: db, context),
          undoes: sequence
        )
      }
    }
  }

  /// Answers a question from one snapshot of the record.
  public func answer<Q: Question>(_ question: Q) async throws -> Q.Answer {
    guard let fetch = QuestionCatalogue.fetch(Q.self) else {
      throw StoreError.failed("this store has no SQL for \(Q.self)")
    }
    let context = AskContext(now: options.now(), keys: keys)
    return try await read { try fetch(question, $0, context) }
  }

  /// Performs a job, transaction by transaction.
  @discardableResult
  public func perform<J: Job>(
    _ job: J,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> J.Outcome {
    guard let job = job as? any SQLJob<J.Outcome> else {
      throw StoreError.failed("this store has no SQL for \(J.self)")
    }
    return try await job.run(in: self, origin: origin, progress: progress)
  }

  /// Walks through the incidents that pass a filter, with their timelines, one at a time.
  ///
  /// Reads one snapshot and keeps one incident in memory; `body` runs on the store's queue.
  public func eachIncident(
    filter: Filter = Filter(),
    order: IncidentOrder = .standard,
    withTimeline: Bool = true,
    _ body: @escaping @Sendable (Incident, [TimelineEntry]) throws -> Void
  ) async throws {
    let filter = try FilterSQL(filter, now: options.now())
    try await read { db in
      let cursor = try Row.fetchCursor(
        db,
        sql: """
          SELECT incident.id FROM incident WHERE \(filter.condition)
          ORDER BY \(OrderSQL(order).terms())
          """,
        arguments: filter.arguments
      )
      while let row = try cursor.next() {
        guard let incident = try IncidentRecord.fetch(try row.number(0), in: db) else { continue }
        try body(
          incident,
          withTimeline ? try TimelineRecord.list(of: incident.id, in: db) : []
        )
      }
    }
  }

  /// Closes the store; questions and changes fail from then on.
  ///
  /// The last one to close writes the log back into the file, under the lock.
  public func close() throws {
    guard let connections = state.withLock({ $0.take() })?.connections else { return }
    do {
      try lock?.acquire()
      defer { lock?.release() }
      try connections.close()
    } catch {
      throw StoreError.from(error, path: path)
    }
  }

  deinit { try? close() }

  /// The connections, opened anew where the file was replaced (by a restore) or a disk error left
  /// doubt about what was written.
  private func connections() throws -> StoreConnections {
    try state.withLock { current in
      guard let open = current else { throw StoreError.failed("the store is closed") }
      let file = FileIdentity(path: path)
      if file == open.file && !open.isDoubtful { return open.connections }
      guard file != nil else {
        throw StoreError.failed("\(path) is not there any more; nothing was made in its place")
      }
      let again = try StoreOpening.open(path, isReadOnly: isReadOnly)
      try? open.connections.close()
      current = State(connections: again.connections, file: FileIdentity(path: path))
      return again.connections
    }
  }

  /// The folder with the key that wraps data keys.
  var keys: KeyFolder { KeyFolder(directory: options.keys ?? KeyFolder.usual(for: path)) }

  /// The present instant.
  var now: Instant { options.now() }

  /// Reads from one snapshot.
  func read<Answer: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Answer
  ) async throws -> Answer {
    do {
      return try await lanes.read({ [self] in try connections() }, body)
    } catch {
      throw StoreError.from(error, path: path)
    }
  }

  /// Reads from one snapshot, on the calling thread: for work that is off the main one already.
  func readNow<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
    do {
      return try connections().read(body)
    } catch {
      throw StoreError.from(error, path: path)
    }
  }

  /// Writes in one transaction, under the lock, with a journal to append to.
  ///
  /// So many kilobytes of pages are kept meanwhile as `cache` says: a large import would otherwise write
  /// pages out and read them back again and again.
  func write<Answer: Sendable>(
    origin: String,
    isUndo: Bool = false,
    cache: Int? = nil,
    _ texts: ChangeTexts? = nil,
    _ body: @escaping @Sendable (Database, ChangeContext, inout JournalWriter) throws -> Answer
  ) async throws -> Answer {
    if let refusal { throw refusal }
    guard let lock else { throw StoreError.readOnly("the store has no lock file") }
    let (now, actor, keys) = (options.now(), options.actor, keys)
    let randomBytes = options.randomBytes
    do {
      let writer = try connections().writer()
      let file = FileIdentity(path: path)
      return try await writer.writeWithoutTransaction { [path] db in
        try lock.hold {
          guard FileIdentity(path: path) == file else {
            throw StoreError.failed("the store was replaced at this moment; try again")
          }
          if let cache { try db.execute(sql: "PRAGMA cache_size = -\(cache)") }
          defer { if cache != nil { try? db.execute(sql: "PRAGMA cache_size = -4096") } }
          var answer: Answer?
          var head: JournalSequence?
          try db.inTransaction(.immediate) {
            let context = ChangeContext(
              now: now,
              actor: actor,
              isUndo: isUndo,
              keys: keys,
              randomBytes: randomBytes
            )
            var journal = try JournalWriter(
              db,
              context,
              origin: origin,
              texts: texts,
              randomBytes: randomBytes
            )
            answer = try body(db, context, &journal)
            try journal.finish()
            try context.search.finish(in: db)
            head = journal.hasWritten ? journal.head : nil
            return .commit
          }
          if let head { lock.touch(head: head) }
          guard let answer else { throw StoreError.failed("the transaction gave no answer") }
          return answer
        }
      }
    } catch {
      if (error as? DatabaseError)?.resultCode == .SQLITE_IOERR {
        state.withLock { $0?.isDoubtful = true }
      }
      throw StoreError.from(error, path: path)
    }
  }

  /// Writes the log back into the file and empties it, so that nothing older is left in it.
  ///
  /// - Returns: False where somebody was reading and it could not be emptied.
  func emptyLog() async throws -> Bool {
    guard let lock else { return false }
    do {
      return try await connections().writer().writeWithoutTransaction { db in
        try lock.hold {
          let row = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
          return try row?.number(0) == 0
        }
      }
    } catch {
      throw StoreError.from(error, path: path)
    }
  }
}

/// Which file stands under a path: two files never have the same.
struct FileIdentity: Equatable {
  private let device: UInt64
  private let number: UInt64

  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
  }
}

extension JournalRecord.Reversal {
  /// The conflict of an undo: what stands there now against what the undone change had set.
  func conflict(_ fields: [Conflict.Difference], in db: Database) throws -> Conflict {
    let current = try db.row(
      """
      SELECT version FROM journal WHERE subjectKind = ? AND subject = ? ORDER BY id DESC LIMIT 1
      """,
      [subject.kind.rawValue, subject.id]
    )
    return try .between(
      version,
      and: try current?.number(0) ?? version,
      of: subject,
      in: db,
      fields: fields
    )
  }
}
