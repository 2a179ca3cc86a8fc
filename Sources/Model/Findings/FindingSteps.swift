/// Why a step cannot be taken.
public struct RefusedStep: Error, Equatable, CustomStringConvertible {
  /// What stands in the way and what to do, in a sentence.
  public var description: String

  init(_ description: String) { self.description = description }
}

extension FindingStanding {
  /// Where a finding stands after a step.
  ///
  /// - Parameters:
  ///   - step: What is done.
  ///   - finding: The finding as it stands before.
  ///   - now: The present.
  ///   - actor: The account that acts.
  /// - Returns: The new standing; recorded at `now` by `actor`.
  /// - Throws: `RefusedStep`.
  public static func after(
    _ step: FindingStep,
    on finding: Finding,
    at now: Instant,
    by actor: String
  ) throws(RefusedStep) -> FindingStanding {
    let before = finding.standing
    let state = finding.state(at: now)
    switch step {
    case .begin:
      try require(state == .open || state == .remedied, "begun", state)
      return FindingStanding(state: .inProgress, check: before.check)
    case .remedy:
      try require(state == .open || state == .inProgress, "remedied", state)
      try refuseOpenActions(finding)
      return FindingStanding(state: .remedied, check: before.check)
    case .check(let isEffective, let note):
      try require(note.hasWords, "a check needs a note: what was looked at, and what was seen")
      try require(
        [.open, .inProgress, .remedied, .verified].contains(state),
        "checked; reopen it first",
        state
      )
      if isEffective { try refuseOpenActions(finding) }
      return FindingStanding(
        state: isEffective ? .verified : .inProgress,
        check: EffectivenessCheck(isEffective: isEffective, note: note, at: now, by: actor)
      )
    case .close(let reason):
      try require(state != .closed, "closed", state)
      try require(
        before.check?.isEffective == true && state == .verified,
        "a finding is closed after a check found its remedy effective: tocsin finding check "
          + "\(finding.reference) --effective NOTE"
      )
      try refuseOpenActions(finding)
      return FindingStanding(
        state: .closed,
        reason: reason,
        check: before.check,
        closedAt: now
      )
    case .dismiss(let reason):
      try require(state != .closed, "closed", state)
      try require(reason.hasWords, "a false positive needs a reason")
      return FindingStanding(
        state: .closed,
        reason: reason,
        closedAt: now,
        cause: .falsePositive
      )
    case .accept(let person, let reason, let expires):
      try require(state != .closed, "accepted", state)
      try require(person.hasWords, "an acceptance needs the name of who accepts the risk")
      try require(reason.hasWords, "an acceptance needs a reason")
      try require(
        expires.latest > now,
        "the acceptance would have expired already (\(expires.plainWithZone))"
      )
      return FindingStanding(
        state: .accepted,
        reason: reason,
        check: before.check,
        acceptance: RiskAcceptance(
          acceptedBy: person,
          reason: reason,
          expires: expires,
          at: now,
          by: actor
        )
      )
    case .reopen(let reason):
      // One whose acceptance ran out counts as open, and may be made so for good.
      try require(before.state != .open, "reopened", before.state)
      try require(reason.hasWords, "reopening needs a reason")
      return FindingStanding(state: .open, reason: reason)
    }
  }

  private static func require(
    _ holds: Bool,
    _ what: String,
    _ state: FindingState
  ) throws(RefusedStep) {
    guard !holds else { return }
    throw RefusedStep("a finding that is \(state.label) cannot be \(what)")
  }

  private static func require(_ holds: Bool, _ sentence: String) throws(RefusedStep) {
    guard holds else { throw RefusedStep(sentence) }
  }

  private static func refuseOpenActions(_ finding: Finding) throws(RefusedStep) {
    let open = finding.facts.openActions
    guard let first = open.first else { return }
    throw RefusedStep(
      "\(open.count) corrective \(open.count == 1 ? "action is" : "actions are") not done, first: "
        + firstLine(first.title)
    )
  }
}

extension String {
  fileprivate var hasWords: Bool { contains { !$0.isWhitespace } }
}
