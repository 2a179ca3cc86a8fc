/// A request that came in and was written down.
///
/// Made by the store alone, in the transaction that seals who made it.
public struct LogRequest: RecordChange {
  /// What the journal calls it.
  public static let name = "request.log"
  /// What is known of it, without who it is.
  public var facts: RequestFacts
  /// The key that who it is is sealed with, as it is kept; the store says so when it takes it in.
  public var key: OpenMailing.Key?

  /// The record that it alters.
  public var subject: Subject { Subject(.request, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "request came in: \(firstLine(facts.title))" }
  /// All that the record says after it.
  public var whole: RequestFacts? { facts }

  /// Makes the change.
  public init(_ facts: RequestFacts, key: OpenMailing.Key? = nil) {
    (self.facts, self.key) = (facts, key)
  }

  /// What the record says after it.
  public func after(
    _ state: RecordState<RequestFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<RequestFacts> {
    guard state == nil else { throw RefusedStep("the request is there already") }
    return RecordState(facts: facts)
  }
}

/// Who made a request was read, and why.
///
/// Made by the store alone, in the transaction that reads it.
public struct RevealRequest: RecordChange {
  /// What the journal calls it.
  public static let name = "request.reveal"
  /// Which request.
  public var id: RecordID
  /// Why.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.request, id) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "read who made the request: \(firstLine(reason))" }

  /// Makes the change.
  public init(id: RecordID, reason: String) { (self.id, self.reason) = (id, reason) }

  /// What the record says after it: what it said before.
  public func after(
    _ state: RecordState<RequestFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<RequestFacts> {
    guard let state else { throw RefusedStep("there is no such request") }
    return state
  }
}

/// Destroys the key to who made a request; what is left is what was done, and when.
public struct EraseRequest: RecordChange, Alteration {
  /// What the journal calls it.
  public static let name = "request.erase"
  /// Which request.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Whether somebody ordered it by the request's name though no rule says that it is due.
  public var isOrdered: Bool

  /// The record that it alters.
  public var subject: Subject { Subject(.request, id) }
  /// What it does, in a few words.
  public var headline: String { "erased who made the request" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, isOrdered: Bool) {
    (self.id, self.basedOn, self.isOrdered) = (id, basedOn, isOrdered)
  }

  /// What the record says after it.
  public func after(
    _ state: RecordState<RequestFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<RequestFacts> {
    guard var state else { throw RefusedStep("there is no such request") }
    guard state.facts.erasedAt == nil else {
      throw RefusedStep("who made the request was erased already")
    }
    guard !state.facts.state.isOpen || state.isRemoved else {
      throw RefusedStep("the request is open; it is answered first")
    }
    state.facts.erasedAt = at
    return state
  }
}
