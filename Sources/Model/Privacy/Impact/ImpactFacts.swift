/// What the data protection officer advised: GDPR article 35(2).
public struct OfficerOpinion: Codable, Sendable, Hashable {
  /// Who; empty where the organisation has none.
  ///
  /// Foreign text.
  public var name: String
  /// When; nil where the organisation has no officer.
  public var on: StatedTime?
  /// The advice, or why there is no officer to ask.
  ///
  /// Foreign text; not empty.
  public var advice: String
  /// Whether the advice is followed.
  public var isFollowed: Bool
  /// Why not; foreign text, empty where it is.
  public var whyNot: String

  /// Makes an opinion.
  public init(
    name: String,
    on: StatedTime?,
    advice: String,
    isFollowed: Bool = true,
    whyNot: String = ""
  ) {
    (self.name, self.on, self.advice) = (name, on, advice)
    (self.isFollowed, self.whyNot) = (isFollowed, whyNot)
  }

  /// The opinion in a line.
  public var text: String {
    guard !name.isEmpty else { return "no officer to be asked: \(advice)" }
    let then = isFollowed ? "followed" : "not followed: \(whyNot)"
    return "\(name)\(on.map { ", \($0.plain)" } ?? ""): \(advice) (\(then))"
  }
}

/// What the people concerned or their representatives said: GDPR article 35(9).
public struct PeopleViews: Codable, Sendable, Hashable {
  /// Whether they were sought.
  public var isSought: Bool
  /// What they said and how they were asked, or why they were not.
  ///
  /// Foreign text; not empty; names nobody.
  public var text: String
  /// When; nil where they were not sought.
  public var on: StatedTime?

  /// Makes views.
  public init(isSought: Bool, text: String, on: StatedTime? = nil) {
    (self.isSought, self.text, self.on) = (isSought, text, on)
  }

  /// The views in a line.
  public var line: String {
    isSought ? "\(on.map { "\($0.plain): " } ?? "")\(text)" : "not sought: \(text)"
  }
}

/// That the supervisory authority was consulted before: GDPR article 36.
public struct PriorConsultation: Codable, Sendable, Hashable {
  /// Which authority; foreign text.
  public var authority: String
  /// When it was asked.
  public var asked: StatedTime
  /// When it answered, or when it was clear that it would not; nil while that is open.
  public var answered: StatedTime?
  /// What it advised, or that the period passed without advice; foreign text.
  public var advice: String

  /// Makes a consultation.
  public init(
    authority: String,
    asked: StatedTime,
    answered: StatedTime? = nil,
    advice: String = ""
  ) {
    (self.authority, self.asked, self.answered) = (authority, asked, answered)
    self.advice = advice
  }

  /// Up to when the authority has time: eight weeks from the request, which it may extend by six.
  ///
  /// GDPR article 36(2). In days, without the rules of Regulation 1182/71 for the last day.
  public var weeksEnd: Instant { asked.latest + .seconds(8 * 7 * 86_400) }

  /// The consultation in a line.
  public var text: String {
    let then = answered.map { "\($0.plain): \(advice)" } ?? "no answer yet"
    return "\(authority), asked \(asked.plain); \(then)"
  }
}

/// What is known of a data protection impact assessment: GDPR article 35.
public struct ImpactFacts: RecordFacts {
  /// Its kind.
  public static let kind = Subject.Kind.impactAssessment
  /// How the journal names its changes.
  public static let word = "dpia"
  /// What people call it.
  public static let noun = "impact assessment"

  /// What it is called.
  ///
  /// Foreign text; not empty.
  public var title: String
  /// The activities it is about, by reference; at least one.
  public var activities: [String]
  /// The answers to the threshold questions, in the order of the questions.
  public var threshold: [ThresholdAnswer] = []
  /// The processing and its purposes: article 35(7)(a); foreign text.
  public var description = ""
  /// Why it is necessary and proportionate: article 35(7)(b); foreign text.
  public var necessity = ""
  /// The risks to people: article 35(7)(c); by number.
  public var risks: [ImpactRisk] = []
  /// The measures against them: article 35(7)(d); by number.
  public var measures: [ImpactMeasure] = []
  /// What the data protection officer advised; nil where nobody has asked.
  public var opinion: OfficerOpinion?
  /// What the people concerned said; nil where nobody has said whether they were asked.
  public var views: PeopleViews?
  /// That the authority was consulted before; nil where it was not.
  public var consultation: PriorConsultation?
  /// What was decided; nil while nothing is.
  public var decision: ImpactDecision?
  /// What was decided before, and no longer holds; oldest first.
  public var earlier: [ImpactDecision] = []
  /// When it is to be looked at again: article 35(11); nil where no day was set.
  public var review: StatedTime?

  /// Makes an assessment of which only the subject is known.
  public init(title: String, activities: [String]) {
    self.title = title
    self.activities = activities.map { $0.uppercased() }
  }

  /// The facts by name, as texts; for journal and conflicts.
  public var named: [(String, String)] {
    let answers = threshold.map { "\($0.question.rawValue) \($0.isYes ? "yes" : "no"): \($0.why)" }
    return [
      ("title", title), ("activities", activities.joined(separator: ", ")),
      ("threshold", FieldList.joined(answers)), ("description", description),
      ("necessity", necessity), ("risks", FieldList.joined(risks.map(\.text))),
      ("measures", FieldList.joined(measures.map(\.text))), ("opinion", opinion?.text ?? ""),
      ("views", views?.line ?? ""), ("consultation", consultation?.text ?? ""),
      ("decision", decision?.text ?? ""),
      ("earlier decisions", FieldList.joined(earlier.map(\.text))),
      ("review", review?.plainWithZone ?? ""),
    ]
  }

  /// The highest risk that is left; nil where no risk was named.
  public var residual: RiskHeight? { risks.map(\.residual.level).max() }

  /// Whether the authority must be consulted before anything is done: a high risk is left, and it was not
  /// consulted, or has not answered yet.
  public var needsConsultation: Bool {
    residual == .high && consultation?.answered == nil
  }

  /// Sets an answer in its place.
  public mutating func answer(_ answer: ThresholdAnswer) {
    threshold.removeAll { $0.question == answer.question }
    threshold.append(answer)
    let order = ThresholdQuestion.allCases
    threshold.sort {
      (order.firstIndex(of: $0.question) ?? 0) < (order.firstIndex(of: $1.question) ?? 0)
    }
  }

  /// The number that the next risk gets.
  public var nextRisk: Int { (risks.map(\.number).max() ?? 0) + 1 }
  /// The number that the next measure gets.
  public var nextMeasure: Int { (measures.map(\.number).max() ?? 0) + 1 }

  /// The facts without what may go on after a decision: how far measures are, the day of review.
  public var settled: ImpactFacts {
    var facts = self
    facts.review = nil
    facts.measures = measures.map {
      ImpactMeasure(number: $0.number, what: $0.what)
    }
    return facts
  }
}

/// A data protection impact assessment as the record keeps it.
public typealias ImpactAssessment = KeptRecord<ImpactFacts>
/// Adds an impact assessment.
public typealias AddImpact = AddRecord<ImpactFacts>
/// Replaces what is known of an impact assessment.
public typealias EditImpact = EditRecord<ImpactFacts>
/// Takes an impact assessment off the list.
public typealias RemoveImpact = RemoveRecord<ImpactFacts>
/// Puts an impact assessment back on the list.
public typealias RestoreImpact = PutBackRecord<ImpactFacts>
