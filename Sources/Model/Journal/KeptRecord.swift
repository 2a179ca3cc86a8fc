/// What is known of a record that hangs from no other: a course, a processing activity, a legal hold.
///
/// With this and its row in the store there is nothing more to write: adding, editing, removing and
/// putting back, the journal, undo and the check against it are the same for all of them.
public protocol RecordFacts: Codable, Sendable, Equatable {
  /// Its kind.
  static var kind: Subject.Kind { get }
  /// What the journal's actions begin with: `activity` in `activity.edit`.
  ///
  /// Never renamed once released.
  static var word: String { get }
  /// What people call the kind: `activity`.
  static var noun: String { get }
  /// One line that says what it is; foreign text that names nobody, so empty where its name is
  /// personal.
  var title: String { get }
  /// The facts by name, as texts, for the journal and conflicts; nothing personal.
  var named: [(String, String)] { get }
}

/// A record with its facts, as the store keeps it.
public struct KeptRecord<Facts: RecordFacts>: Identifiable, Codable, Sendable, Equatable {
  /// Its number in the store.
  public var id: RecordID
  /// What people call it, such as `ACT-0001`; empty for kinds that are called by what they say.
  public var reference: String
  /// How often it was altered.
  public var version: Version
  /// What is known of it.
  public var facts: Facts
  /// When it came into the record.
  public var openedAt: Instant
  /// When it was last altered.
  public var updatedAt: Instant
  /// Whether it was taken off its list.
  public var isRemoved: Bool

  /// Makes a record.
  public init(
    id: RecordID,
    reference: String = "",
    version: Version,
    facts: Facts,
    openedAt: Instant,
    updatedAt: Instant? = nil,
    isRemoved: Bool = false
  ) {
    (self.id, self.reference, self.version, self.facts) = (id, reference, version, facts)
    (self.openedAt, self.updatedAt) = (openedAt, updatedAt ?? openedAt)
    self.isRemoved = isRemoved
  }

  /// What the journal calls it: the reference, or what it says of itself.
  public var called: String { reference.isEmpty ? facts.title : reference }
}

extension KeptRecord: Hashable where Facts: Hashable {}

/// Asks for all records of a kind that were not removed, in the order of their list, then by number.
public struct RecordList<Facts: RecordFacts>: Question {
  /// What comes back.
  public typealias Answer = [KeptRecord<Facts>]

  /// Makes the question.
  public init() {}
}

/// What a record says, as far as changes alter it.
public struct RecordState<Facts: RecordFacts>: Sendable, Equatable {
  /// What is known of it.
  public var facts: Facts
  /// Whether it is off its list.
  public var isRemoved: Bool

  /// Makes a state.
  public init(facts: Facts, isRemoved: Bool = false) {
    (self.facts, self.isRemoved) = (facts, isRemoved)
  }
}

/// A change of a kept record.
///
/// What the record says afterwards follows from what it said before, the instant and the account alone:
/// the store writes by this, and `tocsin verify` works it out again from the journal.
public protocol RecordChange<Facts>: Change {
  /// What it alters.
  associatedtype Facts: RecordFacts

  /// What the record says after it.
  ///
  /// - Parameters:
  ///   - state: What it said before; nil where there was none.
  ///   - at: When the change is made.
  ///   - account: Who makes it.
  /// - Returns: What it says from then on.
  /// - Throws: `RefusedStep` where it cannot be made of this state.
  func after(
    _ state: RecordState<Facts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<Facts>

  /// All that the record says after it, where the change carries that; else nil.
  ///
  /// By this a record is known again after the details of earlier entries were erased.
  var whole: Facts? { get }
}

extension RecordChange {
  /// Most changes say only what they alter.
  public var whole: Facts? { nil }

  /// The state of a record that is there and on its list.
  public func present(_ state: RecordState<Facts>?) throws(RefusedStep) -> RecordState<Facts> {
    guard let state else { throw RefusedStep("there is no such \(Facts.noun)") }
    guard !state.isRemoved else {
      throw RefusedStep("the \(Facts.noun) was removed; restore it first")
    }
    return state
  }
}
