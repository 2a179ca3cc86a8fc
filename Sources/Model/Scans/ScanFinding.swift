/// What is remembered of a rule that failed once, on one target.
public struct ScanFinding: Codable, Sendable, Equatable {
  /// The finding that it led to.
  public var finding: RecordID
  /// The outcome that was last acted on.
  public var outcome: ScanOutcome
  /// When that was.
  public var at: Instant?

  /// Makes a memory.
  public init(finding: RecordID, outcome: ScanOutcome, at: Instant?) {
    (self.finding, self.outcome, self.at) = (finding, outcome, at)
  }

  /// Whether a result says something that is not known yet: it is later, or, where that cannot be
  /// told, another one.
  public func isNews(_ result: AuditScanResult) -> Bool {
    if let at, let new = result.at, at != new { return at < new }
    return result.outcome != outcome
  }

  /// What a result does to the finding that its rule led to.
  public enum Move: Equatable, Sendable {
    /// Nothing.
    case stay
    /// It is closed: the rule is met.
    case close
    /// It is open again: the rule is not met any more, or still not.
    case reopen
    /// The rule is met, and it stays open: corrective actions are not done.
    case hold
  }

  /// What a result does to the finding that its rule led to.
  ///
  /// An accepted risk, a false positive and a finding that was taken off the list stay as they are:
  /// people judged so. A closure or remedy by people is undone only by a scan that came after it.
  public func move(_ result: AuditScanResult, _ finding: Finding) -> Move {
    let standing = finding.standing
    guard !finding.isRemoved, standing.state != .accepted, standing.cause != .falsePositive else {
      return .stay
    }
    if result.outcome.isMet {
      guard standing.state != .closed else { return .stay }
      return finding.facts.openActions.isEmpty ? .close : .hold
    }
    guard result.outcome == .fail else { return .stay }
    switch standing.state {
    case .open, .inProgress, .accepted: return .stay
    case .closed where standing.cause == .scan: return .reopen
    case .remedied, .verified, .closed:
      guard let at = result.at else { return .reopen }
      return at < standing.closedAt ?? finding.updatedAt ? .stay : .reopen
    }
  }
}

extension FindingStanding {
  /// Where a finding stands that a scan closed.
  public static func closed(by result: AuditScanResult, at now: Instant) -> FindingStanding {
    FindingStanding(
      state: .closed,
      reason: "\(result.source): the rule \(result.rule) is met (\(result.word))",
      closedAt: now,
      cause: .scan
    )
  }

  /// Where a finding stands that a scan opened again.
  public static func reopened(by result: AuditScanResult) -> FindingStanding {
    FindingStanding(
      reason: "\(result.source): the rule \(result.rule) fails again (\(result.word))",
      cause: .scan
    )
  }
}

extension FindingFacts {
  /// What is known of a gap that a scan found.
  public init(_ result: AuditScanResult) {
    let title = result.title.isEmpty ? result.rule : firstLine(result.title)
    var text = "The rule \(result.rule) fails. Scanner: \(result.source)."
    if !result.message.isEmpty { text += "\n\nSeen: \(result.message)" }
    if !result.advice.isEmpty { text += "\n\nTo do: \(result.advice)" }
    let severity: Severity =
      switch result.severity {
      case .critical: .critical
      case .high: .high
      case .medium, .unknown: .medium
      case .low, .none: .low
      }
    self.init(
      title: result.target.isEmpty ? title : "\(title) (\(result.target))",
      text: text,
      severity: severity
    )
  }
}
