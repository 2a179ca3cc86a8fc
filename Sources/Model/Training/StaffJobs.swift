/// A row of a list of staff.
public struct StaffRow: Sendable, Hashable {
  /// The line of the input, from 1.
  public var line: Int
  /// Who it is.
  public var identity: StaffIdentity
  /// The name of the group.
  public var group: String
  /// Roles; nil where the list does not say.
  public var roles: [String]?
  /// The first day; nil where the list does not say.
  public var joined: DayNumber?
  /// The day from which the person is not there any more; nil where the list does not say.
  public var left: DayNumber?

  /// Makes a row.
  public init(
    line: Int,
    identity: StaffIdentity,
    group: String,
    roles: [String]? = nil,
    joined: DayNumber? = nil,
    left: DayNumber? = nil
  ) {
    (self.line, self.identity, self.group) = (line, identity, group)
    (self.roles, self.joined, self.left) = (roles, joined, left)
  }
}

/// Brings a list of staff in: new ones are added, known ones altered where the list says otherwise.
///
/// Not a change, for what a change sets stands in the journal. All or none; each person has an entry of
/// their own, which can be undone.
public struct StaffIntake: Job {
  /// What came of it.
  public struct Outcome: Sendable, Equatable, Codable {
    /// How many were added.
    public var added = 0
    /// How many were altered.
    public var altered = 0
    /// How many stand there so already.
    public var same = 0
    /// How many were not on the list and are marked as having left.
    public var left = 0
    /// How many groups were added.
    public var groups = 0
    /// Whether names were kept, sealed.
    public var keepsNames = true

    /// Makes an outcome of nothing.
    public init() {}
  }

  /// The rows.
  public var rows: [StaffRow]
  /// Whether the list is of everybody: who is not on it has left.
  public var isComplete: Bool

  /// Makes the job.
  public init(_ rows: [StaffRow], isComplete: Bool = false) {
    (self.rows, self.isComplete) = (rows, isComplete)
  }
}

/// Reads the names of staff; the journal says who looked and why.
public struct StaffReveal: Job {
  /// The identities by number; without those whose names are not kept.
  public typealias Outcome = [RecordID: StaffIdentity]
  /// Whose.
  public var staff: [RecordID]
  /// Why; not empty.
  public var reason: String

  /// Makes the job.
  public init(of staff: [RecordID], reason: String) { (self.staff, self.reason) = (staff, reason) }
}

/// Erases what leads to persons, in the record and in its log.
public struct StaffErasure: Job {
  /// What came of it.
  public struct Outcome: Sendable, Equatable {
    /// How many were erased.
    public var count: Int
    /// Whether the database's log was emptied of them too; somebody may have been reading.
    public var isLogEmpty: Bool

    /// Makes an outcome.
    public init(count: Int, isLogEmpty: Bool) {
      (self.count, self.isLogEmpty) = (count, isLogEmpty)
    }
  }
  /// Whom.
  public var staff: [RecordID]
  /// Whether only the sealed names go, and pseudonyms stay.
  public var namesOnly: Bool

  /// Makes the job.
  public init(of staff: [RecordID], namesOnly: Bool = false) {
    (self.staff, self.namesOnly) = (staff, namesOnly)
  }
}

/// A row of a file of completions.
public struct CompletionRow: Sendable, Hashable {
  /// The line of the input, from 1.
  public var line: Int
  /// Who: a personnel number, an e-mail address or a pseudonym.
  public var person: String
  /// The code of the course; empty where all rows are of one.
  public var course: String
  /// The label of the version; empty for the one in force on the day.
  public var version: String
  /// On which day.
  public var on: DayNumber

  /// Makes a row.
  public init(line: Int, person: String, course: String, version: String = "", on: DayNumber) {
    (self.line, self.person, self.course) = (line, person, course)
    (self.version, self.on) = (version, on)
  }
}

/// Brings a file of completions in; each is an entry of its own, which can be undone.
///
/// A job, for persons are found by what identifies them, which no change may hold.
public struct CompletionIntake: Job {
  /// What came of it.
  public struct Outcome: Sendable, Equatable {
    /// How many were added.
    public var added = 0
    /// How many are in the record already.
    public var repeated = 0
    /// The rows that name nobody on the list of staff, or no course; reasons quote no cell.
    public var refused: [ImportProblem] = []

    /// Makes an outcome of nothing.
    public init() {}
  }
  /// The rows.
  public var rows: [CompletionRow]
  /// The course of rows that name none; nil where each does.
  public var course: RecordID?
  /// What the record says where it is known from, such as the name of the file.
  public var source: String
  /// Whether the good rows are taken where others are refused.
  public var skipsBad: Bool

  /// Makes the job.
  public init(
    _ rows: [CompletionRow],
    of course: RecordID? = nil,
    source: String,
    skipsBad: Bool = false
  ) {
    (self.rows, self.course) = (rows, course)
    (self.source, self.skipsBad) = (source, skipsBad)
  }
}
