/// Decides on an impact assessment.
///
/// What the activities say then, who wrote it down and whether a second person is needed is filled in by
/// the store.
public struct DecideImpact: RecordChange, Alteration {
  /// What the journal calls it.
  public static let name = "dpia.decide"
  /// Which assessment.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What is decided.
  public var decision: ImpactDecision

  /// The record that it alters.
  public var subject: Subject { Subject(.impactAssessment, id) }
  /// What it does, in a few words.
  public var headline: String { "decided: \(decision.outcome.label)" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, decision: ImpactDecision) {
    (self.id, self.basedOn, self.decision) = (id, basedOn, decision)
  }

  /// What the record says after it.
  public func after(
    _ state: RecordState<ImpactFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<ImpactFacts> {
    var state = try present(state)
    func hasWords(_ text: String) -> Bool { text.contains { !$0.isWhitespace } }
    if let standing = state.facts.decision {
      throw RefusedStep("it was decided (\(standing.outcome.label)); open it again first")
    }
    guard hasWords(decision.reason) else { throw RefusedStep("a decision needs its reason") }
    guard hasWords(decision.decidedBy) else { throw RefusedStep("say who decided") }
    if let missing = state.facts.missing(for: decision.outcome).first {
      throw RefusedStep("it cannot be decided so: \(missing)")
    }
    var decision = decision
    (decision.recordedBy, decision.recordedAt) = (account, at)
    (decision.approvedBy, decision.approvedAt) = ("", nil)
    (decision.ended, decision.endedBy) = ("", "")
    state.facts.decision = decision
    return state
  }
}

/// Says as a second person that a decision on an impact assessment stands.
public struct ApproveImpact: RecordChange, Alteration {
  /// What the journal calls it.
  public static let name = "dpia.approve"
  /// Which assessment.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.impactAssessment, id) }
  /// What it does, in a few words.
  public var headline: String { "approved the decision" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }

  /// What the record says after it.
  public func after(
    _ state: RecordState<ImpactFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<ImpactFacts> {
    var state = try present(state)
    guard var decision = state.facts.decision else { throw RefusedStep("nothing was decided yet") }
    guard decision.approvedBy.isEmpty else {
      throw RefusedStep("\(decision.approvedBy) approved it already")
    }
    guard decision.recordedBy != account, decision.decidedBy != account else {
      throw RefusedStep("\(account) decided or wrote it down; another account must approve it")
    }
    (decision.approvedBy, decision.approvedAt) = (account, at)
    state.facts.decision = decision
    return state
  }
}

/// Ends a decision on an impact assessment: refused by a second person, or opened again to be made anew.
public struct ReopenImpact: RecordChange, Alteration {
  /// What the journal calls it.
  public static let name = "dpia.reopen"
  /// Which assessment.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Why.
  ///
  /// Foreign text; not empty.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.impactAssessment, id) }
  /// What it does, in a few words.
  public var headline: String { "opened it again: \(firstLine(reason))" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, reason: String) {
    (self.id, self.basedOn, self.reason) = (id, basedOn, reason)
  }

  /// What the record says after it.
  public func after(
    _ state: RecordState<ImpactFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<ImpactFacts> {
    var state = try present(state)
    guard var decision = state.facts.decision else { throw RefusedStep("nothing was decided yet") }
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw RefusedStep("say why it is opened again")
    }
    (decision.ended, decision.endedBy) = (reason, account)
    state.facts.earlier.append(decision)
    state.facts.decision = nil
    return state
  }
}
