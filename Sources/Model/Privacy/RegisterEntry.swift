/// What is known of a record of the privacy register.
///
/// The register keeps records of several kinds in one way: a document of facts, a reference, a version.
/// A new kind is a type of facts and a table.
public protocol RegisterFacts: Codable, Sendable, Equatable {
  /// Its kind.
  static var kind: Subject.Kind { get }
  /// How the journal names changes of the kind: `activity` in `activity.edit`.
  static var word: String { get }
  /// What people call the kind: `activity`.
  static var noun: String { get }
  /// One line that says what it is; foreign text that names nobody.
  var title: String { get }
  /// The facts by name, as texts; for journal and conflicts.
  var named: [(String, String)] { get }
}

/// A record of the privacy register as the store keeps it.
public struct RegisterEntry<Facts: RegisterFacts>: Identifiable, Codable, Sendable, Equatable {
  /// Its number in the store.
  public var id: RecordID
  /// What people call it, such as `ACT-0001`.
  public var reference: String
  /// How often it has been altered.
  public var version: Version
  /// What is known of it.
  public var facts: Facts
  /// When it came into the record.
  public var openedAt: Instant
  /// When it was last altered.
  public var updatedAt: Instant
  /// Whether it was taken off the list.
  public var isRemoved: Bool

  /// Makes an entry.
  public init(
    id: RecordID,
    reference: String,
    version: Version,
    facts: Facts,
    openedAt: Instant,
    updatedAt: Instant,
    isRemoved: Bool
  ) {
    (self.id, self.reference, self.version, self.facts) = (id, reference, version, facts)
    (self.openedAt, self.updatedAt, self.isRemoved) = (openedAt, updatedAt, isRemoved)
  }
}

/// What a record of the register says, as far as changes alter it.
public struct RegisterState<Facts: RegisterFacts>: Sendable, Equatable {
  /// What is known of it.
  public var facts: Facts
  /// Whether it is off the list.
  public var isRemoved: Bool

  /// Makes a state.
  public init(facts: Facts, isRemoved: Bool = false) {
    (self.facts, self.isRemoved) = (facts, isRemoved)
  }
}

/// A change of a record of the register.
///
/// What the record says afterwards follows from what it said before, the instant and the account alone:
/// the store writes by this, and `tocsin verify` works it out again from the journal.
public protocol RegisterChange<Facts>: Change {
  /// What it alters.
  associatedtype Facts: RegisterFacts

  /// What the record says after it.
  ///
  /// - Parameters:
  ///   - state: What it said before; nil where there was none.
  ///   - at: When the change is made.
  ///   - account: Who makes it.
  /// - Returns: What it says from then on.
  /// - Throws: `RefusedStep` where it cannot be made of this state.
  func after(
    _ state: RegisterState<Facts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RegisterState<Facts>
}

extension RegisterChange {
  /// The state of a record that is there and on its list.
  public func present(
    _ state: RegisterState<Facts>?
  ) throws(RefusedStep) -> RegisterState<Facts> {
    guard let state else { throw RefusedStep("there is no such \(Facts.noun)") }
    guard !state.isRemoved else {
      throw RefusedStep("the \(Facts.noun) was removed; restore it first")
    }
    return state
  }
}
