/// By which method the risk to people is assessed.
public enum AssessmentMethod: String, Vocabulary {
  /// ENISA, "Recommendations for a methodology of the assessment of severity of personal data
  /// breaches", December 2013.
  case enisa
  /// The factors of the EDPB's Guidelines 9/2022, section IV.B, with the cases of 01/2021.
  case edpb

  /// What it is called.
  public var label: String {
    switch self {
    case .enisa: "ENISA worksheet"
    case .edpb: "EDPB risk factors"
    }
  }

  /// Where it stands.
  public var citation: String {
    switch self {
    case .enisa: "ENISA, severity of personal data breaches (2013)"
    case .edpb: "EDPB Guidelines 9/2022, IV.B, and 01/2021"
    }
  }

  /// What it asks, in order.
  public var steps: [AssessmentStep] {
    switch self {
    case .enisa: EnisaWorksheet.steps
    case .edpb: EdpbFactors.steps
    }
  }

  /// The step of a name.
  public func step(_ id: String) -> AssessmentStep? { steps.first { $0.id == id } }
}

/// One question of a guided assessment.
public struct AssessmentStep: Sendable, Identifiable {
  /// Names it in answers.
  public let id: String
  /// What it is about, in a word or two.
  public let label: String
  /// What it asks, as a sentence.
  public let question: String
  private let choices: [AssessmentChoice]
  private let branches: (step: String, choices: [String: [AssessmentChoice]])?

  init(_ id: String, _ label: String, _ question: String, _ choices: [AssessmentChoice]) {
    (self.id, self.label, self.question, self.choices) = (id, label, question, choices)
    branches = nil
  }

  /// A question whose choices depend on the answer to an earlier one.
  init(
    _ id: String,
    _ label: String,
    _ question: String,
    by step: String,
    _ choices: [String: [AssessmentChoice]]
  ) {
    (self.id, self.label, self.question, self.choices) = (id, label, question, [])
    branches = (step, choices)
  }

  /// The choices, given what was answered before; empty while an earlier answer is missing.
  public func choices(_ answers: [String: String]) -> [AssessmentChoice] {
    guard let branches else { return choices }
    return answers[branches.step].flatMap { branches.choices[$0] } ?? []
  }

  /// The choice that was made; nil while none was, or one that is not offered.
  public func choice(_ answers: [String: String]) -> AssessmentChoice? {
    guard let value = answers[id] else { return nil }
    return choices(answers).first { $0.value == value }
  }

  /// Every choice there can be; for what checks and documents them.
  public var allChoices: [AssessmentChoice] {
    choices + (branches?.choices.sorted { $0.key < $1.key }.flatMap(\.value) ?? [])
  }
}

/// One answer that a guided assessment offers.
public struct AssessmentChoice: Sendable, Hashable {
  /// Names it in answers.
  public let value: String
  /// What it says, in a few words.
  public let label: String
  /// What it means, with an example.
  public let meaning: String
  /// What it counts: quarters of a point with ENISA, and with the EDPB 0 lowers, 1 leaves, 2 raises.
  public let weight: Int
  /// The weight as it is shown: `+0.25`, `raises`; empty where it counts nothing.
  public let mark: String

  init(_ value: String, _ label: String, _ weight: Int = 0, _ mark: String = "", _ meaning: String)
  {
    (self.value, self.label, self.meaning) = (value, label, meaning)
    (self.weight, self.mark) = (weight, mark)
  }
}

/// How much the people concerned have to fear: the three steps of the GDPR, 33(1) and 34(1).
///
/// The raw value is the answer to the fact `risk`.
public enum RiskLevel: String, Vocabulary, Comparable {
  case unlikely, risk, high

  /// The level as it is shown.
  public var label: String {
    switch self {
    case .unlikely: "likely no risk"
    case .risk: "risk"
    case .high: "high risk"
    }
  }

  /// Orders by how much there is to fear.
  public static func < (left: RiskLevel, right: RiskLevel) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .unlikely: 0
    case .risk: 1
    case .high: 2
    }
  }
}

/// What an assessment comes to.
///
/// A recommendation: the law is applied by people.
public struct AssessmentOutcome: Sendable, Equatable {
  /// What it recommends to take the risk for; nil while answers are missing.
  public var risk: RiskLevel?
  /// The result in a line: `4 x 0.75 + 0.5 = 3.5: high`; while answers are missing, what is certain.
  public var result: String
  /// Why, or what the level means for people, in a sentence.
  public var reason: String
  /// What was not answered yet, in order.
  public var missing: [AssessmentStep.ID]
  /// The numbers of a complete ENISA worksheet; nil with the EDPB.
  public var worksheet: SeverityWorksheet?

  /// Makes an outcome.
  public init(
    risk: RiskLevel?,
    result: String,
    reason: String,
    missing: [AssessmentStep.ID] = [],
    worksheet: SeverityWorksheet? = nil
  ) {
    (self.risk, self.result, self.reason) = (risk, result, reason)
    (self.missing, self.worksheet) = (missing, worksheet)
  }
}

extension AssessmentMethod {
  /// What answers come to, by step; those to steps it does not have are an error of the caller and
  /// are not looked at.
  public func outcome(_ answers: [String: String]) -> AssessmentOutcome {
    switch self {
    case .enisa: EnisaWorksheet.outcome(answers)
    case .edpb: EdpbFactors.outcome(answers)
    }
  }
}
