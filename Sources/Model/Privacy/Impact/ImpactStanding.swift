/// Where an impact assessment stands.
public enum ImpactState: String, Vocabulary {
  /// Threshold questions are open.
  case threshold
  /// An assessment is to be made or is being made, and nothing is decided.
  case draft
  /// A high risk is left: the authority is to be consulted, or was and has not answered.
  case consult
  /// A decision waits for a second person.
  case waiting
  /// An activity is otherwise than when it was decided.
  case stale
  /// Its day of review has passed.
  case review
  case decided
  case stopped
  case notNeeded = "not-needed"

  /// The word as it is shown to people.
  public var label: String {
    switch self {
    case .threshold: "questions open"
    case .draft: "in the making"
    case .consult: "consult authority"
    case .waiting: "waits for approval"
    case .stale: "stale"
    case .review: "review due"
    case .decided: "decided"
    case .stopped: "stopped"
    case .notNeeded: "not needed"
    }
  }

  /// Whether somebody has to do something about it.
  public var isDue: Bool { self == .waiting || self == .stale || self == .review }
}

/// An impact assessment with where it stands.
public struct ImpactRow: Identifiable, Codable, Sendable, Equatable {
  /// The assessment.
  public var assessment: ImpactAssessment
  /// Where it stands.
  public var state: ImpactState
  /// What is otherwise in its activities than when it was decided.
  public var differences: [ImpactDifference]

  /// The assessment's number.
  public var id: RecordID { assessment.id }

  /// Works out where an assessment stands.
  ///
  /// - Parameters:
  ///   - assessment: The assessment.
  ///   - activities: All activities that are on their list.
  ///   - now: The present.
  public init(_ assessment: ImpactAssessment, activities: [Activity], at now: Instant) {
    self.assessment = assessment
    let facts = assessment.facts
    let own = Set(facts.activities)
    differences =
      facts.decision?.differences(activities.filter { own.contains($0.reference) }) ?? []
    guard let decision = facts.decision else {
      if case .open = facts.threshold.result {
        state = .threshold
      } else {
        state = facts.needsConsultation ? .consult : .draft
      }
      return
    }
    let isReviewDue = facts.review.map { $0.latest < now } == true
    state =
      if decision.isWaiting {
        .waiting
      } else if !differences.isEmpty {
        .stale
      } else if isReviewDue {
        .review
      } else {
        switch decision.outcome {
        case .notNeeded: .notNeeded
        case .stop: .stopped
        case .consult: .consult
        case .go, .goWithMeasures: .decided
        }
      }
  }
}

/// An activity of which nobody has asked whether it needs an impact assessment.
public struct ImpactGap: Identifiable, Codable, Sendable, Equatable {
  /// The activity's number.
  public var id: RecordID
  /// What people call the activity.
  public var reference: String
  /// What the activity is called.
  ///
  /// Foreign text.
  public var name: String
  /// Who answers for the activity; nil where nobody does.
  ///
  /// Foreign text.
  public var owner: String?
  /// What its record suggests, as questions and why.
  public var hints: [Hint]

  /// What the record of an activity suggests of a question.
  public struct Hint: Codable, Sendable, Equatable {
    /// The question.
    public var question: ThresholdQuestion
    /// Why; may quote foreign text.
    public var why: String

    /// Makes a hint.
    public init(_ question: ThresholdQuestion, why: String) {
      (self.question, self.why) = (question, why)
    }
  }

  /// What is missing, and by which provision.
  public static let text = "no threshold assessment (GDPR art. 35(1))"

  /// Makes the gap of an activity.
  public init(_ activity: Activity) {
    (id, reference, name) = (activity.id, activity.reference, activity.facts.name)
    owner = activity.facts.owner
    hints = ThresholdQuestion.allCases.compactMap { question in
      question.hint(activity.facts).map { Hint(question, why: $0) }
    }
  }

  /// The activities that no assessment names, of those for which the organisation answers itself.
  ///
  /// - Parameters:
  ///   - activities: The activities that are on their list.
  ///   - assessments: The assessments that are on theirs.
  /// - Returns: The gaps, those with most hints first.
  public static func list(_ activities: [Activity], _ assessments: [ImpactAssessment])
    -> [ImpactGap]
  {
    let known = Set(assessments.flatMap(\.facts.activities))
    return activities.filter { $0.facts.role != .processor && !known.contains($0.reference) }
      .map(ImpactGap.init)
      .sorted { ($1.hints.count, $0.reference) < ($0.hints.count, $1.reference) }
  }
}
