/// One line of the journal as it is shown.
public struct JournalLine: Identifiable, Codable, Sendable, Equatable {
  /// The entry itself.
  public var entry: JournalEntry
  /// The entry's sequence.
  public var id: JournalSequence { entry.sequence }
  /// What the user calls the record, such as `INC-2026-0042`.
  ///
  /// Empty where it has no name.
  public var reference: String
  /// What was done, in a few words; empty once the details were erased.
  ///
  /// Foreign text.
  public var headline: String
  /// The fields that were altered with the new value, where the details still exist.
  ///
  /// Foreign text.
  public var details: [String]
  /// Whether the entry can be undone (it has an inverse and was not undone yet).
  public var isReversible: Bool
  /// Whether the incident that the record is or belongs to is an exercise.
  public var isExercise: Bool

  /// Makes a line.
  public init(
    entry: JournalEntry,
    reference: String,
    headline: String,
    details: [String],
    isReversible: Bool,
    isExercise: Bool = false
  ) {
    (self.entry, self.reference, self.headline) = (entry, reference, headline)
    (self.details, self.isReversible, self.isExercise) = (details, isReversible, isExercise)
  }
}

/// Which lines of the journal are wanted.
public struct JournalFilter: Codable, Sendable, Hashable {
  /// Only what was done to this record and to what belongs to it.
  public var subject: Subject?
  /// Only what this account did.
  public var actor: String?
  /// Only actions that begin so, such as `incident`.
  public var action: String?
  /// Only entries at or after this instant.
  public var since: Instant?
  /// Only entries before this instant.
  public var until: Instant?
  /// Only entries after this one.
  public var after: JournalSequence?

  /// Makes a filter; what is nil does not restrict.
  public init(
    subject: Subject? = nil,
    actor: String? = nil,
    action: String? = nil,
    since: Instant? = nil,
    until: Instant? = nil,
    after: JournalSequence? = nil
  ) {
    (self.subject, self.actor, self.action) = (subject, actor, action)
    (self.since, self.until, self.after) = (since, until, after)
  }
}

/// Asks for a window of the journal, newest first.
public struct JournalWindow: Question {
  /// What comes back.
  public typealias Answer = Page<JournalLine>
  /// Which lines.
  public var filter: JournalFilter
  /// Which stretch of them.
  public var window: RowWindow

  /// Makes the question.
  public init(_ filter: JournalFilter = JournalFilter(), _ window: RowWindow) {
    (self.filter, self.window) = (filter, window)
  }
}

/// Asks for the newest entry's sequence and hash: what to write down elsewhere as a witness.
public struct JournalHead: Question {
  /// The journal's end.
  public struct Answer: Codable, Sendable, Equatable {
    /// Sequence of the newest entry; 0 for an empty journal.
    public var sequence: JournalSequence
    /// Hash of the newest entry, 32 bytes.
    public var hash: [UInt8]

    /// Makes the answer.
    public init(sequence: JournalSequence, hash: [UInt8]) {
      (self.sequence, self.hash) = (sequence, hash)
    }
  }

  /// Makes the question.
  public init() {}
}

/// Asks which records were altered after an entry: how views learn what to read again.
public struct ChangesSince: Question {
  /// What has happened since.
  public struct Answer: Codable, Sendable, Equatable {
    /// Sequence of the newest entry.
    public var head: JournalSequence
    /// The records that were altered, each once, newest first; at most 1 000.
    public var subjects: [Subject]

    /// Makes the answer.
    public init(head: JournalSequence, subjects: [Subject]) {
      (self.head, self.subjects) = (head, subjects)
    }
  }
  /// The last entry that was seen.
  public var after: JournalSequence

  /// Makes the question.
  public init(after: JournalSequence) { self.after = after }
}
