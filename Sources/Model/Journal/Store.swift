/// The record, behind three verbs: changes are applied, questions answered, jobs performed.
///
/// The dashboard, the commands, the importers and the tests all come through here, so that
/// versions, journal, undo and conflicts are each written once. A store never waits on the thread
/// that draws; each verb answers when the work is done, on the store's own queues.
public protocol Store: Sendable {
  /// Brings changes into the record, all or none, and answers when they are durable.
  ///
  /// - Parameters:
  ///   - changes: What is to be altered, applied in order.
  ///   - origin: Where it comes from, such as `dashboard` or `import veris`.
  /// - Returns: One receipt for each change, in order.
  /// - Throws: `StoreError`; then nothing at all has been altered.
  @discardableResult
  func apply(_ changes: [any Change], origin: String) async throws -> [Receipt]

  /// Answers a question from one snapshot of the record.
  ///
  /// - Throws: `StoreError`, or `CancellationError` when the asking task was cancelled.
  func answer<Q: Question>(_ question: Q) async throws -> Q.Answer

  /// Performs a job, transaction by transaction.
  ///
  /// - Parameters:
  ///   - job: What is to be done.
  ///   - origin: What the journal says where it was asked for.
  ///   - progress: Called now and then from any thread; false ends the job between two
  ///     transactions: what was done stays.
  /// - Returns: What was done.
  /// - Throws: `StoreError`, `CancellationError`, and what the job reads from outside throws.
  @discardableResult
  func perform<J: Job>(
    _ job: J,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> J.Outcome

  /// Takes changes back by their inverses, newest first, all or none.
  ///
  /// - Throws: `StoreError.conflict` where the record has moved on since, and
  ///   `StoreError.notReversible` where there is no inverse.
  @discardableResult
  func undo(_ entries: [JournalSequence], origin: String) async throws -> [Receipt]
}

extension Store {
  /// Brings one change into the record.
  @discardableResult
  public func apply(_ change: some Change, origin: String) async throws -> Receipt {
    let receipts = try await apply([change], origin: origin)
    guard let receipt = receipts.first else {
      throw StoreError.failed("the store gave no receipt")
    }
    return receipt
  }

  /// Performs a job whose progress nobody watches.
  @discardableResult
  public func perform<J: Job>(_ job: J, origin: String) async throws -> J.Outcome {
    try await perform(job, origin: origin) { _ in true }
  }
}

/// Why the record could not be altered or asked.
public enum StoreError: Error, Equatable, Sendable {
  /// Somebody else altered the record since it was read: both versions, for the conflict view.
  case conflict(Conflict)
  /// There is no such record (any more).
  case notFound(Subject)
  /// The change breaks a rule of the record; the sentence says which and what to do.
  case refused(String)
  /// The change has no inverse, or its details were erased.
  case notReversible(JournalSequence)
  /// The store was opened for reading only; the sentence says why.
  case readOnly(String)
  /// The store's file was written by a newer program.
  case newerStore(found: String, known: String)
  /// The file is not a Tocsin store, or is damaged; path and what was seen.
  case notAStore(path: String, detail: String)
  /// The disk, the file system or SQLite failed: nothing was saved. What happened, without values.
  case failed(String)
}

/// A change that was made for an older version of a record.
public struct Conflict: Equatable, Hashable, Codable, Sendable {
  /// The record.
  public var subject: Subject
  /// The version the change was made for.
  public var basedOn: Version
  /// The version the record has now.
  public var current: Version
  /// Who altered it last, and when.
  public var alteredBy: String
  /// When it was last altered.
  public var alteredAt: Instant
  /// The fields on which the two differ: name, the record's text now, the text that was wanted.
  public var fields: [Difference]

  /// One field of a conflict.
  public struct Difference: Equatable, Hashable, Codable, Sendable {
    /// The field's name.
    public var field: String
    /// What the record says now.
    ///
    /// Foreign text.
    public var theirs: String
    /// What the refused change wanted it to say.
    ///
    /// Foreign text.
    public var ours: String

    /// Makes a difference.
    public init(field: String, theirs: String, ours: String) {
      (self.field, self.theirs, self.ours) = (field, theirs, ours)
    }
  }

  /// Makes a conflict.
  public init(
    subject: Subject,
    basedOn: Version,
    current: Version,
    alteredBy: String,
    alteredAt: Instant,
    fields: [Difference]
  ) {
    (self.subject, self.basedOn, self.current) = (subject, basedOn, current)
    (self.alteredBy, self.alteredAt, self.fields) = (alteredBy, alteredAt, fields)
  }
}

extension StoreError: CustomStringConvertible {
  /// What happened, in a sentence; the command or pane adds the advice.
  public var description: String {
    switch self {
    case .conflict(let conflict):
      "\(conflict.subject.kind.rawValue) \(conflict.subject.id) was altered by "
        + "\(conflict.alteredBy) since it was read (version \(conflict.basedOn), now "
        + "\(conflict.current)); nothing was overwritten"
    case .notFound(let subject): "there is no \(subject.kind.rawValue) \(subject.id)"
    case .refused(let reason): reason
    case .notReversible(let entry): "journal entry \(entry) cannot be undone"
    case .readOnly(let reason): "the store is open for reading only: \(reason)"
    case .newerStore(let found, let known):
      "the store was written by a newer Tocsin (schema \(found); this program knows \(known))"
    case .notAStore(let path, let detail): "\(path) is not a Tocsin store: \(detail)"
    case .failed(let reason): "nothing was saved: \(reason)"
    }
  }
}
