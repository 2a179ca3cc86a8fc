/// What the rulebook says to one duty on the facts of one incident.
public struct Obligation: Codable, Sendable, Hashable {
  /// The rule's id, such as `EU-GDPR-33-SA`.
  public var id: String
  /// The jurisdiction, such as `EU` or `US-CA`.
  public var jurisdiction: String
  /// Who is told.
  public var recipient: String
  /// The provision.
  public var law: String
  /// Whether and when it is due.
  public var state: State
  /// The facts on which the answer rests, and what could not be tested; in the order of the rule.
  public var because: [String]
  /// How sure the rulebook is of this rule.
  public var confidence: Rule.Confidence
  /// How the deadline was worked out; nil where there is none.
  public var reckoning: Reckoning?
  /// The version of the law's file.
  public var version: Int

  /// Makes an answer.
  public init(
    id: String,
    jurisdiction: String,
    recipient: String,
    law: String,
    state: State,
    because: [String],
    confidence: Rule.Confidence,
    reckoning: Reckoning?,
    version: Int
  ) {
    (self.id, self.jurisdiction, self.recipient, self.law) = (id, jurisdiction, recipient, law)
    (self.state, self.because, self.confidence) = (state, because, confidence)
    (self.reckoning, self.version) = (reckoning, version)
  }

  /// Whether and when a duty is due.
  public enum State: Codable, Sendable, Hashable {
    /// It is due; `provisional` where an earlier notice was not sent yet.
    case due(Deadline)
    /// It is owed without a number: without undue delay.
    case noFixedDeadline(clockStart: String?, provisional: Bool)
    /// It does not arise.
    case none
    /// It may be owed, but the event that starts its clock is not known.
    case clockNotStarted(missing: [FactKey])
    /// Whether it is owed cannot be said without these.
    case undetermined(missing: [FactKey])
    /// Law enforcement has asked for a delay; what stands without it, where that has a date.
    case held(without: Deadline?)
  }

  /// An instant by which something must be done.
  public struct Deadline: Codable, Sendable, Hashable {
    /// The instant, without any rounding in the sender's favour.
    public var due: Instant
    /// What the law would still tolerate.
    public var latest: Instant
    /// Whether it rests on an earlier notice that was not sent yet.
    public var provisional: Bool
    /// The key that started the clock.
    public var clockStart: String

    /// Makes a deadline.
    public init(due: Instant, latest: Instant, provisional: Bool, clockStart: String) {
      (self.due, self.latest, self.provisional) = (due, latest, provisional)
      self.clockStart = clockStart
    }
  }
}

extension Obligation.State {
  /// The word that answers carry.
  public var word: String {
    switch self {
    case .due: "due"
    case .noFixedDeadline: "noFixedDeadline"
    case .none: "none"
    case .clockNotStarted: "clockNotStarted"
    case .undetermined: "undetermined"
    case .held: "held"
    }
  }

  /// The state as it is shown to people.
  public var label: String {
    switch self {
    case .due: "due"
    case .noFixedDeadline: "no fixed deadline"
    case .none: "not owed"
    case .clockNotStarted: "clock not started"
    case .undetermined: "undetermined"
    case .held: "held"
    }
  }

  // Inlined into a closure it ends the optimiser of Swift 6.3.1 with a fault (CopyPropagation).
  /// The instant by which it is due; nil where there is none.
  @inline(never)
  public var due: Instant? {
    guard case .due(let deadline) = self else { return nil }
    return deadline.due
  }

  /// The deadline that stands, or would stand without a hold.
  @inline(never)
  public var deadline: Obligation.Deadline? {
    switch self {
    case .due(let deadline): deadline
    case .held(let deadline): deadline
    default: nil
    }
  }

  /// The facts that are missing.
  public var missing: [FactKey] {
    switch self {
    case .clockNotStarted(let keys), .undetermined(let keys): keys
    default: []
    }
  }

  /// Whether something is owed now, by a date or without one.
  ///
  /// The triggers of `M0013_CreateObligation` say the same.
  public var isOwed: Bool {
    switch self {
    case .due, .held, .noFixedDeadline: true
    case .none, .clockNotStarted, .undetermined: false
    }
  }

  /// Whether something is, or may be, owed.
  public var isOpen: Bool { self != .none }
}
