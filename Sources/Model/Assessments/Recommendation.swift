/// What an assessment recommends for a decision, frozen with it.
///
/// A recommendation only: the decision is a person's, and where it differs it says why.
public struct Recommendation: Codable, Sendable, Hashable {
  /// By which method.
  public var method: AssessmentMethod
  /// The assessment.
  public var assessment: RecordID
  /// Which one of its method it was in the incident.
  public var edition: Int
  /// What it takes the risk for.
  public var risk: RiskLevel
  /// Its result in a line.
  public var result: String
  /// What that comes to for the duty; nil where the duty does not ask for the risk.
  public var decision: NoticeDecision?

  /// Makes the recommendation of an assessment for a duty.
  ///
  /// - Parameters:
  ///   - assessment: The assessment.
  ///   - rule: The duty; empty for the incident as a whole, where a notice is called for unless there
  ///     is likely no risk.
  ///   - pack: The rules, which know whether the duty asks for the risk; nil while they are not read.
  public init(_ assessment: Assessment, for rule: String, _ pack: RulePack?) {
    let facts = assessment.facts
    (method, self.assessment, edition) = (facts.method, assessment.id, assessment.edition)
    (risk, result) = (facts.risk, facts.result)
    decision =
      rule.isEmpty
      ? (facts.risk == .unlikely ? .doNotNotify : .notify)
      : pack?.decision(rule, at: facts.risk)
  }

  /// The recommendation in a line: `ENISA worksheet 2: high risk, so notify (4 x 1 + 0.5 = ...)`.
  public var text: String {
    let advice =
      decision.map { ", so \($0.label)" } ?? ", on which this duty does not depend"
    return "\(method.label) \(edition): \(risk.label)\(advice) (\(result))"
  }

  /// The recommendations of an incident's standing assessments for a duty.
  public static func all(
    _ assessments: [Assessment],
    for rule: String,
    _ pack: RulePack?
  ) -> [Recommendation] {
    AssessmentMethod.allCases.compactMap { method in
      assessments.current(method).map { Recommendation($0, for: rule, pack) }
    }
  }
}

extension ObligationRecord {
  /// What the rules recommend for the duty; nil where they cannot say.
  public var recommended: NoticeDecision? {
    switch obligation.state {
    case .due, .noFixedDeadline: .notify
    case .held: .later
    case .none, .clockNotStarted, .undetermined: nil
    }
  }

  /// The same in words, as a decision keeps it; empty where they cannot say.
  public var recommendation: String {
    guard let recommended else { return "" }
    let reason =
      recommended == .later ? "law enforcement has asked for a delay" : "the rules say it is owed"
    return "\(recommended.label): \(reason)"
  }
}

extension RulePack {
  /// What a duty comes to at a level of risk, all else left open; nil where it does not ask for the
  /// risk or is not in the pack.
  func decision(_ id: String, at risk: RiskLevel) -> NoticeDecision? {
    guard let rule = rule(id)?.rule else { return nil }
    let frees = RiskLevel.allCases.filter { rule.isFreed(at: $0) }
    guard !frees.isEmpty, frees.count < RiskLevel.allCases.count else { return nil }
    return frees.contains(risk) ? .doNotNotify : .notify
  }
}

extension Rule {
  /// Whether the rule does not arise at a level of risk, whatever the other facts are.
  fileprivate func isFreed(at risk: RiskLevel) -> Bool {
    var facts = Facts()
    do {
      try facts.state("risk", .text(risk.rawValue))
    } catch {
      preconditionFailure("the levels of risk are the answers to the fact risk")
    }
    return conditions.contains { $0.verdict(on: facts, limits: NoLimits()).isNo }
      || exemptions.contains { $0.condition.verdict(on: facts, limits: NoLimits()).isYes }
  }
}

/// Knows no limit of any rule.
private struct NoLimits: LimitSource {
  func limit(ofRule id: String) -> (instant: Instant?, missing: [FactKey]) { (nil, []) }
}

extension Verdict {
  fileprivate var isYes: Bool { if case .yes = self { true } else { false } }
  fileprivate var isNo: Bool { if case .no = self { true } else { false } }
}

extension KeyedDecodingContainer {
  /// Reads recommendations; a decision from before there were any has none.
  func decode(_ type: [Recommendation].Type, forKey key: Key) throws -> [Recommendation] {
    try decodeIfPresent(type, forKey: key) ?? []
  }
}
