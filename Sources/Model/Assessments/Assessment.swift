/// What was answered to the questions of a method.
public struct AssessmentFacts: Codable, Sendable, Equatable {
  /// By which method.
  public var method: AssessmentMethod
  /// The answers, in the method's order.
  public var answers: [Answer]
  /// What it came to: the risk, the result and the reason in words, as they were then.
  public var risk: RiskLevel
  /// The result in a line.
  public var result: String
  /// Why, in a sentence.
  public var reason: String

  /// One answer.
  public struct Answer: Codable, Sendable, Hashable {
    /// The step.
    public var step: AssessmentStep.ID
    /// The choice.
    public var choice: String
    /// Which fact of the incident gave it, such as `data exposed: health`; empty where an officer did.
    ///
    /// Foreign text.
    public var source: String

    /// Makes an answer.
    public init(step: AssessmentStep.ID, choice: String, source: String = "") {
      (self.step, self.choice, self.source) = (step, choice, source)
    }
  }

  /// Makes an assessment of complete answers; nil where one is missing or not offered.
  ///
  /// - Parameters:
  ///   - method: By which method.
  ///   - answers: The choices by step.
  ///   - sources: Which fact gave an answer, by step.
  public init?(
    _ method: AssessmentMethod,
    _ answers: [String: String],
    sources: [String: String] = [:]
  ) {
    let outcome = method.outcome(answers)
    guard let risk = outcome.risk else { return nil }
    self.method = method
    self.answers = method.steps.compactMap { step in
      answers[step.id].map { Answer(step: step.id, choice: $0, source: sources[step.id] ?? "") }
    }
    (self.risk, result, reason) = (risk, outcome.result, outcome.reason)
  }

  /// An assessment as it was written down, whatever the method's questions are today.
  public init(
    frozen method: AssessmentMethod,
    answers: [Answer],
    risk: RiskLevel,
    result: String,
    reason: String
  ) {
    (self.method, self.answers, self.risk) = (method, answers, risk)
    (self.result, self.reason) = (result, reason)
  }

  /// The choices by step.
  public var choices: [String: String] {
    Dictionary(answers.map { ($0.step, $0.choice) }) { $1 }
  }

  /// What it came to, in a line.
  public var text: String { "\(method.label): \(risk.label) (\(result))" }
}

/// An assessment as the record keeps it.
///
/// It is never edited: a later one of the same method stands beside it.
public struct Assessment: Codable, Sendable, Equatable, Identifiable {
  /// Its number in the store.
  public var id: RecordID
  /// The incident it belongs to.
  public var incident: RecordID
  /// Which one of its method it is in the incident: 1 is the first.
  public var edition: Int
  /// What was answered.
  public var facts: AssessmentFacts
  /// When it was written down.
  public var recordedAt: Instant
  /// The account that wrote it down.
  public var recordedBy: String

  /// Makes an assessment.
  public init(
    id: RecordID,
    incident: RecordID,
    edition: Int,
    facts: AssessmentFacts,
    recordedAt: Instant,
    recordedBy: String
  ) {
    (self.id, self.incident, self.edition, self.facts) = (id, incident, edition, facts)
    (self.recordedAt, self.recordedBy) = (recordedAt, recordedBy)
  }
}

extension [Assessment] {
  /// The one of a method that stands: the newest.
  public func current(_ method: AssessmentMethod) -> Assessment? {
    filter { $0.facts.method == method }.max { $0.edition < $1.edition }
  }
}

/// Asks for the assessments of an incident, newest first.
public struct IncidentAssessments: Question {
  /// What comes back.
  public typealias Answer = [Assessment]
  /// Which incident.
  public var incident: RecordID

  /// Makes the question.
  public init(incident: RecordID) { self.incident = incident }
}

/// Records an assessment beside earlier ones.
public struct RecordAssessment: Change {
  /// What the journal calls it.
  public static let name = "assessment.record"
  /// Which incident.
  public var incident: RecordID
  /// The edition of its method that it follows; 0 where it is the first.
  public var follows: Int
  /// What was answered.
  public var facts: AssessmentFacts

  /// The record that it alters.
  public var subject: Subject { Subject(.assessment, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "\(facts.method.label): \(facts.risk.label)" }

  /// Makes the change.
  public init(incident: RecordID, follows: Int, facts: AssessmentFacts) {
    (self.incident, self.follows, self.facts) = (incident, follows, facts)
  }
}
