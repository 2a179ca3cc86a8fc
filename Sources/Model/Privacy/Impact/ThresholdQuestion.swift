/// What is asked to find out whether processing needs a data protection impact assessment.
///
/// The nine criteria are those of WP248 rev.01 of the Article 29 Working Party (4 October 2017, III.B.a),
/// which the EDPB endorsed on 25 May 2018. Never renamed once released.
public enum ThresholdQuestion: String, Vocabulary {
  case extensiveEvaluation = "extensive-evaluation"
  case largeScaleSpecial = "large-scale-special"
  case publicMonitoring = "public-monitoring"
  case authorityList = "authority-list"
  case exemptList = "exempt-list"
  case scoring
  case automatedDecision = "automated-decision"
  case monitoring
  case sensitive
  case largeScale = "large-scale"
  case matching
  case vulnerable
  case innovative
  case preventsRight = "prevents-right"

  /// What kind of question it is: what a yes says.
  public enum Group: Sendable {
    /// GDPR article 35(3), or the authority's list: one yes is enough.
    case required
    /// The authority's list of what needs none.
    case exempt
    /// The nine criteria: two of them are enough.
    case criterion
  }

  /// What a yes says.
  public var group: Group {
    switch self {
    case .extensiveEvaluation, .largeScaleSpecial, .publicMonitoring, .authorityList: .required
    case .exemptList: .exempt
    default: .criterion
    }
  }

  /// The provision or the guideline that asks.
  public var citation: String {
    switch self {
    case .extensiveEvaluation: "GDPR art. 35(3)(a)"
    case .largeScaleSpecial: "GDPR art. 35(3)(b)"
    case .publicMonitoring: "GDPR art. 35(3)(c)"
    case .authorityList: "GDPR art. 35(4)"
    case .exemptList: "GDPR art. 35(5)"
    case .scoring: "WP248 criterion 1"
    case .automatedDecision: "WP248 criterion 2"
    case .monitoring: "WP248 criterion 3"
    case .sensitive: "WP248 criterion 4"
    case .largeScale: "WP248 criterion 5"
    case .matching: "WP248 criterion 6"
    case .vulnerable: "WP248 criterion 7"
    case .innovative: "WP248 criterion 8"
    case .preventsRight: "WP248 criterion 9"
    }
  }

  /// The question in a few words.
  public var label: String {
    switch self {
    case .extensiveEvaluation: "systematic and extensive evaluation with legal effect"
    case .largeScaleSpecial: "special categories or convictions on a large scale"
    case .publicMonitoring: "public places watched on a large scale"
    case .authorityList: "on the authority's list of what needs one"
    case .exemptList: "on the authority's list of what needs none"
    case .scoring: "evaluation or scoring"
    case .automatedDecision: "automated decisions with legal or similar effect"
    case .monitoring: "systematic monitoring"
    case .sensitive: "sensitive or highly personal data"
    case .largeScale: "a large scale"
    case .matching: "data sets matched or combined"
    case .vulnerable: "vulnerable people"
    case .innovative: "new technology or organisation"
    case .preventsRight: "keeps people from a right, a service or a contract"
    }
  }

  /// What the activity's own record suggests; nil where it says nothing of the question.
  ///
  /// A hint for whoever answers and no answer: scale and effects are for people to judge.
  public func hint(_ facts: ActivityFacts) -> String? {
    let categories = facts.data.map { $0.category.lowercased() }
    let special = categories.filter(DataCategory.special.contains)
    switch self {
    case .sensitive, .largeScaleSpecial:
      return special.isEmpty ? nil : "it holds \(special.joined(separator: ", "))"
    case .vulnerable:
      if categories.contains("children") { return "it holds data of children" }
      let people = facts.people.filter {
        let words = $0.lowercased()
        return ["staff", "employee", "child", "patient", "applicant"].contains {
          words.contains($0)
        }
      }
      return people.isEmpty ? nil : "its people are \(people.joined(separator: ", "))"
    case .largeScale:
      let numbers = facts.numbers.compactMap(\.count)
      return numbers.isEmpty ? nil : "\(numbers.reduce(0, +)) people are stated"
    default: return nil
    }
  }
}

/// The answer to one question, and why it is so.
public struct ThresholdAnswer: Codable, Sendable, Hashable {
  /// The question.
  public var question: ThresholdQuestion
  /// Whether it is so.
  public var isYes: Bool
  /// Why.
  ///
  /// Foreign text; not empty.
  public var why: String

  /// Makes an answer.
  public init(_ question: ThresholdQuestion, _ isYes: Bool, why: String) {
    (self.question, self.isYes, self.why) = (question, isYes, why)
  }
}

/// What the answers say together.
public enum ThresholdResult: Sendable, Hashable {
  /// Questions are open, and no answer decides by itself yet.
  case open(left: Int)
  /// An assessment must be made, by these provisions.
  case required([ThresholdQuestion])
  /// Two or more of the nine criteria are met.
  case indicated([ThresholdQuestion])
  /// The authority's list says that none is needed.
  case exempt
  /// At most one criterion is met.
  case notIndicated([ThresholdQuestion])

  /// The word by which it is stored and typed.
  public var word: String {
    switch self {
    case .open: "open"
    case .required: "required"
    case .indicated: "indicated"
    case .exempt: "exempt"
    case .notIndicated: "not-indicated"
    }
  }

  /// What it says, in a few words.
  public var text: String {
    switch self {
    case .open(let left): "\(left) question\(left == 1 ? "" : "s") open"
    case .required(let questions):
      "must be made: \(questions.map(\.citation).joined(separator: ", "))"
    case .indicated(let questions): "to be made: \(questions.count) of 9 criteria"
    case .exempt: "none needed: the authority's list"
    case .notIndicated(let questions): "not indicated: \(questions.count) of 9 criteria"
    }
  }

  /// Whether an assessment is to be made.
  public var isWanted: Bool {
    switch self {
    case .required, .indicated: true
    case .open, .exempt, .notIndicated: false
    }
  }
}

extension [ThresholdAnswer] {
  /// The answer to a question; nil where nobody has answered it.
  public func answer(to question: ThresholdQuestion) -> ThresholdAnswer? {
    first { $0.question == question }
  }

  /// What the answers say together.
  ///
  /// 1. A yes to article 35(3) or to the authority's list of art. 35(4): an assessment must be made.
  /// 2. Else a yes to the list of article 35(5), once those are answered with no: none is needed.
  /// 3. Else two or more of the nine criteria: one is to be made (WP248: "in most cases").
  /// 4. Else, while questions are open: nothing can be said.
  /// 5. Else none is indicated; one criterion alone may still be reason enough, so it says which.
  public var result: ThresholdResult {
    func yes(_ group: ThresholdQuestion.Group) -> [ThresholdQuestion] {
      ThresholdQuestion.allCases.filter {
        $0.group == group && answer(to: $0)?.isYes == true
      }
    }
    let open = ThresholdQuestion.allCases.filter { answer(to: $0) == nil }
    let (required, criteria) = (yes(.required), yes(.criterion))
    if !required.isEmpty { return .required(required) }
    if !yes(.exempt).isEmpty, !open.contains(where: { $0.group == .required }) { return .exempt }
    if criteria.count >= 2 { return .indicated(criteria) }
    return open.isEmpty ? .notIndicated(criteria) : .open(left: open.count)
  }
}
