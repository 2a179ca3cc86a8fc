/// What is known of a finding.
public struct FindingFacts: Codable, Sendable, Equatable {
  /// What was found, in a line.
  ///
  /// Foreign text; not empty.
  public var title: String
  /// What was found, at length.
  ///
  /// Foreign text.
  public var text: String
  /// How bad it is.
  public var severity: Severity
  /// What the auditor calls it; nil is not graded.
  public var grade: AuditGrade?
  /// Who answers for the mending; nil where nobody does yet.
  ///
  /// Foreign text.
  public var owner: String?
  /// When it is due where somebody set a time; nil lets the organisation's rule decide.
  public var due: StatedTime?
  /// Why it came about.
  ///
  /// Foreign text.
  public var rootCause: String
  /// The work that mends it, in the order it was written down; counted from 1.
  public var actions: [CorrectiveAction]

  /// Makes the facts of a finding.
  public init(
    title: String,
    text: String = "",
    severity: Severity,
    grade: AuditGrade? = nil,
    owner: String? = nil,
    due: StatedTime? = nil,
    rootCause: String = "",
    actions: [CorrectiveAction] = []
  ) {
    (self.title, self.text, self.severity, self.grade) = (title, text, severity, grade)
    (self.owner, self.due, self.rootCause, self.actions) = (owner, due, rootCause, actions)
  }

  /// The actions that are not done.
  public var openActions: [CorrectiveAction] { actions.filter { $0.done == nil } }
}

/// What a look at a mended finding showed.
public struct EffectivenessCheck: Codable, Sendable, Equatable {
  /// Whether the mending holds.
  public var isEffective: Bool
  /// What was looked at, and what was seen.
  ///
  /// Foreign text; not empty.
  public var note: String
  /// When the look was recorded.
  public var at: Instant
  /// The account that recorded it.
  public var by: String

  /// Makes a check.
  public init(isEffective: Bool, note: String, at: Instant, by: String) {
    (self.isEffective, self.note, self.at, self.by) = (isEffective, note, at, by)
  }
}

/// Somebody's decision to live with a gap for a time.
public struct RiskAcceptance: Codable, Sendable, Equatable {
  /// Who accepts the risk.
  ///
  /// Foreign text; not empty.
  public var acceptedBy: String
  /// Why.
  ///
  /// Foreign text; not empty.
  public var reason: String
  /// Until when; from then on the finding counts as open again.
  public var expires: StatedTime
  /// When it was recorded.
  public var at: Instant
  /// The account that recorded it.
  public var by: String

  /// Makes an acceptance.
  public init(acceptedBy: String, reason: String, expires: StatedTime, at: Instant, by: String) {
    (self.acceptedBy, self.reason, self.expires) = (acceptedBy, reason, expires)
    (self.at, self.by) = (at, by)
  }
}

/// What else than the work of people put a finding where it stands.
public enum FindingCause: String, Vocabulary {
  /// A scan.
  case scan
  /// Somebody's judgement that there never was a gap.
  case falsePositive = "false-positive"

  /// The cause as it is shown to people.
  public var label: String { self == .falsePositive ? "false positive" : rawValue }
}

/// Where a finding stands, and what that rests on.
public struct FindingStanding: Codable, Sendable, Equatable {
  /// The state as it was last set.
  public var state: FindingState
  /// Why it was set so.
  ///
  /// Foreign text; may be empty.
  public var reason: String
  /// The last look at whether the mending holds; nil where there was none since it was opened.
  public var check: EffectivenessCheck?
  /// The acceptance that `accepted` rests on; nil in any other state.
  public var acceptance: RiskAcceptance?
  /// When it was closed; nil while it is not.
  public var closedAt: Instant?
  /// What put it there; nil for the work of people.
  public var cause: FindingCause?

  /// Makes a standing; a finding begins open.
  public init(
    state: FindingState = .open,
    reason: String = "",
    check: EffectivenessCheck? = nil,
    acceptance: RiskAcceptance? = nil,
    closedAt: Instant? = nil,
    cause: FindingCause? = nil
  ) {
    (self.state, self.reason, self.check) = (state, reason, check)
    (self.acceptance, self.closedAt, self.cause) = (acceptance, closedAt, cause)
  }
}

/// A gap that was found, until it is mended, or accepted for a time.
public struct Finding: Identifiable, Codable, Sendable, Equatable {
  /// Its number in the store.
  public var id: RecordID
  /// What the user calls it, such as `FND-2026-0001`.
  public var reference: String
  /// How often it has been altered.
  public var version: Version
  /// What is known of it.
  public var facts: FindingFacts
  /// Where it stands.
  public var standing: FindingStanding
  /// When it was opened.
  public var openedAt: Instant
  /// When it was last altered.
  public var updatedAt: Instant
  /// When it is due: the time that was set, or the rule's, whose source then names the rule.
  public var due: StatedTime?
  /// The audit item it came from; nil for one that stands alone.
  public var item: Subject?
  /// Whether it was taken off the list.
  public var isRemoved: Bool

  /// Makes a finding.
  public init(
    id: RecordID,
    reference: String,
    version: Version,
    facts: FindingFacts,
    standing: FindingStanding,
    openedAt: Instant,
    updatedAt: Instant,
    due: StatedTime?,
    item: Subject?,
    isRemoved: Bool
  ) {
    (self.id, self.reference, self.version) = (id, reference, version)
    (self.facts, self.standing) = (facts, standing)
    (self.openedAt, self.updatedAt, self.due) = (openedAt, updatedAt, due)
    (self.item, self.isRemoved) = (item, isRemoved)
  }

  /// Whether it was accepted, and the acceptance has run out.
  public func isAcceptanceExpired(at now: Instant) -> Bool {
    guard standing.state == .accepted, let acceptance = standing.acceptance else { return false }
    return acceptance.expires.latest < now
  }

  /// Where it stands at an instant: an acceptance that ran out counts as open again.
  public func state(at now: Instant) -> FindingState {
    isAcceptanceExpired(at: now) ? .open : standing.state
  }

  /// Whether it is still open though its time has passed.
  public func isOverdue(at now: Instant) -> Bool {
    state(at: now).isOpen && due.map { $0.latest < now } == true
  }

  /// Where it stands at an instant, in words that say where an acceptance ran out.
  public func stateText(at now: Instant) -> String {
    guard let acceptance = standing.acceptance, standing.state == .accepted else {
      let cause = standing.state == .closed ? standing.cause : nil
      return standing.state.label + (cause.map { " (\($0.label))" } ?? "")
    }
    return isAcceptanceExpired(at: now)
      ? "open (acceptance expired \(acceptance.expires.plainWithZone))"
      : "accepted until \(acceptance.expires.plainWithZone)"
  }
}
