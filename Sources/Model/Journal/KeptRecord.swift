/// What is known of a record that hangs from no other: a course, a plan, a member of staff.
///
/// With this and its row in the store there is nothing more to write: adding, editing, removing and
/// putting back, the journal, undo and the check against it are the same for all of them.
public protocol RecordFacts: Codable, Sendable, Hashable {
  /// Its kind.
  static var kind: Subject.Kind { get }
  /// What the journal's actions begin with: `course`.
  ///
  /// Never renamed once released.
  static var word: String { get }
  /// What refusals and headlines call one: `the course`.
  static var noun: String { get }
  /// How people name it in a line; empty where its name is personal.
  var title: String { get }
  /// The facts by name, as texts, for the journal and conflicts; nothing personal.
  var named: [(String, String)] { get }
}

/// A record with its facts, as the store keeps it.
public struct KeptRecord<Facts: RecordFacts>: Codable, Sendable, Hashable, Identifiable {
  /// Its number in the store.
  public var id: RecordID
  /// How often it was altered.
  public var version: Version
  /// What is known of it.
  public var facts: Facts
  /// When it was written down.
  public var recordedAt: Instant
  /// Whether it was taken off the lists.
  public var isRemoved: Bool

  /// Makes a record.
  public init(
    id: RecordID,
    version: Version,
    facts: Facts,
    recordedAt: Instant,
    isRemoved: Bool = false
  ) {
    (self.id, self.version, self.facts) = (id, version, facts)
    (self.recordedAt, self.isRemoved) = (recordedAt, isRemoved)
  }
}

/// Asks for all records of a kind that were not removed, by their titles, then by number.
public struct RecordList<Facts: RecordFacts>: Question {
  /// What comes back.
  public typealias Answer = [KeptRecord<Facts>]

  /// Makes the question.
  public init() {}
}
