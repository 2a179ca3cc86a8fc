/// What was decided about telling somebody.
public enum NoticeDecision: String, Vocabulary {
  case notify
  case doNotNotify = "do-not-notify"
  case later

  /// The word as it is shown.
  public var label: String {
    switch self {
    case .notify: "notify"
    case .doNotNotify: "do not notify"
    case .later: "notify later"
    }
  }

  /// What somebody has decided, as it follows on that word: `decided not to notify`.
  public var infinitive: String {
    switch self {
    case .notify: "to notify"
    case .doNotNotify: "not to notify"
    case .later: "to notify later"
    }
  }
}

/// Why it was decided so, in the words of the W3C Data Privacy Vocabulary's breach terms where it has
/// them.
public enum DecisionGround: String, Vocabulary {
  case riskLikely = "risk-likely"
  case highRiskLikely = "high-risk-likely"
  case noRisk = "no-risk"
  case noHighRisk = "no-high-risk"
  case encrypted = "data-unintelligible"
  case highRiskRemoved = "high-risk-removed"
  case disproportionateEffort = "disproportionate-effort"
  case notPersonalData = "not-personal-data"
  case belowThreshold = "below-threshold"
  case notReached = "law-does-not-reach"
  case lawEnforcement = "law-enforcement-delay"
  case investigating = "still-investigating"
  case contract = "contract"
  case voluntary
  case other

  /// The ground as it is shown.
  public var label: String { rawValue.split(separator: "-").joined(separator: " ") }
}

/// A decision with its reasons, frozen with what it rested on.
public struct DecisionFacts: Codable, Sendable, Equatable {
  /// The duty, by the rule's id; empty for the incident as a whole.
  public var rule: String
  /// What was decided.
  public var decision: NoticeDecision
  /// Why.
  public var ground: DecisionGround
  /// The reasoning in free words.
  ///
  /// Foreign text; not empty.
  public var reasoning: String
  /// Who decided.
  ///
  /// Foreign text; not empty.
  public var decidedBy: String
  /// When.
  public var decidedAt: StatedTime
  /// What the worksheet or the rulebook recommended; empty where nothing did.
  public var recommendation: String
  /// Why the decision differs from the recommendation; empty where it does not.
  ///
  /// Foreign text.
  public var difference: String
  /// The ENISA worksheet, where one was filled in.
  public var worksheet: SeverityWorksheet?
  /// The facts of the incident that it rested on, as they stood: name and value.
  public var inputs: [String]
  /// What the assessments recommended that stood when it was made.
  public var recommendations: [Recommendation]
  /// The effects of the breach, for the register of article 33(5) GDPR; nil where nobody stated them.
  ///
  /// Foreign text.
  public var effects: String?
  /// The remedial action taken, likewise.
  ///
  /// Foreign text.
  public var remedy: String?

  /// Makes a decision.
  public init(
    rule: String = "",
    decision: NoticeDecision,
    ground: DecisionGround,
    reasoning: String,
    decidedBy: String,
    decidedAt: StatedTime,
    recommendation: String = "",
    difference: String = "",
    worksheet: SeverityWorksheet? = nil,
    inputs: [String] = [],
    recommendations: [Recommendation] = [],
    effects: String? = nil,
    remedy: String? = nil
  ) {
    (self.rule, self.decision, self.ground, self.reasoning) = (rule, decision, ground, reasoning)
    (self.decidedBy, self.decidedAt, self.recommendation) = (decidedBy, decidedAt, recommendation)
    (self.difference, self.worksheet, self.inputs) = (difference, worksheet, inputs)
    (self.recommendations, self.effects, self.remedy) = (recommendations, effects, remedy)
  }
}

extension DecisionFacts {
  /// What was recommended, where the recommendation begins with one of the decisions; nil where
  /// nothing was, or something else.
  public var recommended: NoticeDecision? {
    let text = recommendation.lowercased()
    return NoticeDecision.allCases
      .filter { text.hasPrefix($0.label) || text.hasPrefix($0.rawValue) }
      .max { $0.label.count < $1.label.count }
  }
}

/// A decision as the record keeps it.
///
/// It is never edited: a later one stands beside it.
public struct Decision: Codable, Sendable, Equatable, Identifiable {
  /// Its number in the store.
  public var id: RecordID
  /// The incident it belongs to.
  public var incident: RecordID
  /// How often it has been altered: 2 once it is approved or refused.
  public var version: Version
  /// What was decided.
  public var facts: DecisionFacts
  /// When it was written down.
  public var recordedAt: Instant
  /// The account that wrote it down.
  public var recordedBy: String
  /// Who approved it, and when; nil while nobody has.
  public var approval: Approval?
  /// Who refused it, when and why; nil while nobody has.
  public var refusal: Refusal?

  /// A second person's consent.
  public struct Approval: Codable, Sendable, Equatable {
    /// The account.
    public var by: String
    /// When.
    public var at: Instant

    /// Makes an approval.
    public init(by: String, at: Instant) { (self.by, self.at) = (by, at) }
  }

  /// A second person's refusal.
  public struct Refusal: Codable, Sendable, Equatable {
    /// The account.
    public var by: String
    /// When.
    public var at: Instant
    /// Why.
    ///
    /// Foreign text.
    public var reason: String

    /// Makes a refusal.
    public init(by: String, at: Instant, reason: String) {
      (self.by, self.at, self.reason) = (by, at, reason)
    }
  }

  /// Whether an account has decided it: who wrote it down, or is named as who decided.
  public func isBy(_ account: String) -> Bool {
    recordedBy == account || facts.decidedBy.lowercased() == account.lowercased()
  }

  /// Makes a decision.
  public init(
    id: RecordID,
    incident: RecordID,
    version: Version,
    facts: DecisionFacts,
    recordedAt: Instant,
    recordedBy: String,
    approval: Approval? = nil,
    refusal: Refusal? = nil
  ) {
    (self.id, self.incident, self.version, self.facts) = (id, incident, version, facts)
    (self.recordedAt, self.recordedBy, self.approval) = (recordedAt, recordedBy, approval)
    self.refusal = refusal
  }
}

/// Asks for the decisions of an incident, newest first.
public struct IncidentDecisions: Question {
  /// What comes back.
  public typealias Answer = [Decision]
  /// Which incident.
  public var incident: RecordID

  /// Makes the question.
  public init(incident: RecordID) { self.incident = incident }
}

/// Records a decision.
public struct RecordDecision: Change {
  /// What the journal calls it.
  public static let name = "decision.record"
  /// Which incident.
  public var incident: RecordID
  /// What was decided.
  public var facts: DecisionFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.decision, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    "decided \(facts.decision.infinitive)\(facts.rule.isEmpty ? "" : ": \(facts.rule)")"
  }

  /// Makes the change.
  public init(incident: RecordID, facts: DecisionFacts) {
    (self.incident, self.facts) = (incident, facts)
  }
}

/// Approves a decision; the account must be another than the one that wrote it down.
public struct ApproveDecision: Alteration {
  /// What the journal calls it.
  public static let name = "decision.approve"
  /// Which decision.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.decision, id) }
  /// What it does, in a few words.
  public var headline: String { "approved decision" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Refuses consent to a decision; the account must be another than the one that decided.
///
/// The decision stands in the record as refused; a later one takes its place.
public struct RefuseDecision: Alteration {
  /// What the journal calls it.
  public static let name = "decision.refuse"
  /// Which decision.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Why; not empty.
  ///
  /// Foreign text.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.decision, id) }
  /// What it does, in a few words.
  public var headline: String { "refused decision" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, reason: String) {
    (self.id, self.basedOn, self.reason) = (id, basedOn, reason)
  }
}

/// Asks which decisions wait for a second person's consent, the oldest first.
///
/// Empty where the organisation asks for none. A decision that a later one on the same duty has
/// overtaken waits for nobody.
public struct PendingApprovals: Question {
  /// A decision that waits.
  public struct Row: Codable, Sendable, Equatable, Identifiable {
    /// The decision.
    public var decision: Decision
    /// Its incident's reference.
    public var reference: String
    /// Its incident's title.
    ///
    /// Foreign text.
    public var title: String
    /// Whether the incident is an exercise.
    public var isExercise: Bool
    /// The decision's number.
    public var id: RecordID { decision.id }
    /// The reference, marked where the incident is an exercise.
    public var markedReference: String { Exercise.marked(reference, isExercise) }

    /// Makes a row.
    public init(decision: Decision, reference: String, title: String, isExercise: Bool = false) {
      (self.decision, self.reference, self.title) = (decision, reference, title)
      self.isExercise = isExercise
    }
  }
  /// What comes back: at most 100 of them.
  public typealias Answer = [Row]

  /// Makes the question.
  public init() {}
}

extension Incident {
  /// The facts that a decision about notices rests on, as they stand: name and value.
  ///
  /// Foreign text.
  public var decisionInputs: [String] {
    var inputs = ["version: \(version)", "outcome: \(facts.outcome.label)"]
    if let severity = facts.severity { inputs.append("severity: \(severity.label)") }
    for instant in IncidentInstant.allCases {
      if let time = facts.instants[instant] {
        inputs.append("\(instant.label): \(time.plainWithZone)")
      }
    }
    if let awareness {
      inputs.append("aware by decision: \(awareness.awareAt.plainWithZone), \(awareness.grounds)")
    }
    for people in facts.affected {
      inputs.append("affected \(people.jurisdiction): \(people.text)")
    }
    inputs.append("data: \(facts.data.text)")
    for (key, value) in facts.answers.values.sorted(by: { $0.key < $1.key }) {
      inputs.append("\(key): \(value)")
    }
    return inputs
  }
}
