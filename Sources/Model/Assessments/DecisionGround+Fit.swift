extension DecisionGround {
  /// The decisions that the ground can stand for.
  ///
  /// The grounds that free from a notice are the justifications of the W3C DPV's `eu-gdpr` breach
  /// module: risk unlikely, data unintelligible, risk mitigated, disproportionate effort; and its
  /// reason for delay.
  public var decisions: Set<NoticeDecision> {
    switch self {
    // GDPR art. 33(1) and 34(1): a risk calls for a notice. It may have to wait, but not to fail.
    case .riskLikely, .highRiskLikely: [.notify, .later]
    // Art. 33(1), 34(1): no notice where there is no such risk.
    case .noRisk, .noHighRisk: [.doNotNotify]
    // Art. 34(3)(a) to (c).
    case .encrypted, .highRiskRemoved, .disproportionateEffort: [.doNotNotify]
    // The law asks for nothing.
    case .notPersonalData, .belowThreshold, .notReached: [.doNotNotify]
    // Reasons to wait.
    case .lawEnforcement, .investigating: [.later]
    // Reasons to tell where no law asks for it.
    case .contract, .voluntary: [.notify, .later]
    case .other: Set(NoticeDecision.allCases)
    }
  }

  /// The grounds that fit a decision, in the order of the list.
  public static func fitting(_ decision: NoticeDecision) -> [DecisionGround] {
    allCases.filter { $0.decisions.contains(decision) }
  }
}

extension DecisionFacts {
  /// What contradicts itself in it, in words; nil where nothing does.
  public var contradiction: String? {
    guard !ground.decisions.contains(decision) else { return nil }
    let possible = NoticeDecision.allCases.filter(ground.decisions.contains).map(\.label)
    let fitting = DecisionGround.fitting(decision).map(\.rawValue)
    return "the ground \"\(ground.label)\" stands for \"\(possible.joined(separator: "\" or \""))\""
      + ", not for \"\(decision.label)\"; grounds for that: \(fitting.joined(separator: ", "))"
  }

  /// What it was made under and departs from, in words; empty where it follows all of it.
  public var departures: [String] {
    var found: [String] = []
    if let recommended, recommended != decision {
      found.append("\(recommended.label) was recommended by the rules")
    }
    for one in recommendations {
      guard let advice = one.decision, advice != decision else { continue }
      found.append("\(advice.label) was recommended by the \(one.method.label) (\(one.risk.label))")
    }
    return found
  }

  /// What a record by article 33(5) GDPR would miss: effects and remedial action.
  public var missingForRegister: [String] {
    guard decision == .doNotNotify else { return [] }
    return [("effects of the breach", effects), ("remedial action", remedy)]
      .filter { ($0.1 ?? "").allSatisfy(\.isWhitespace) }.map(\.0)
  }
}
