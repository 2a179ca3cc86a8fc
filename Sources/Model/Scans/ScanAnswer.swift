extension ScanOutcome {
  /// How bad it is for a requirement that a rule came to this; 0 is the worst.
  ///
  /// What was not looked at comes before what is in order: of it nothing is known. What does not
  /// apply or was not selected says nothing against what was looked at.
  public var rank: Int {
    switch self {
    case .fail: 0
    case .error: 1
    case .unknown: 2
    case .notReviewed: 3
    case .informational: 4
    case .fixed: 5
    case .pass: 6
    case .notApplicable: 7
    case .notSelected: 8
    }
  }

  /// The worst of several; nil of none.
  public static func worst(_ outcomes: some Sequence<ScanOutcome>) -> ScanOutcome? {
    outcomes.min { $0.rank < $1.rank }
  }

  /// What it says about a requirement; nil where it says nothing for or against.
  public var answer: AuditResult? {
    switch self {
    case .fail: .doesNotConform
    case .pass, .fixed: .conforms
    case .notApplicable: .notApplicable
    case .error, .unknown, .notReviewed, .informational, .notSelected: nil
    }
  }

  /// Whether the rule is met now.
  public var isMet: Bool { self == .pass || self == .fixed }
}

/// What scans say of one item of an audit.
public struct ItemScanOutcome: Codable, Sendable, Equatable {
  /// The item's place.
  public var place: Int
  /// The worst outcome of the rules that speak of it.
  public var outcome: ScanOutcome
  /// How many rules came to which outcome, by its word; none with a count of 0.
  public var counts: [String: Int]

  /// Makes an outcome.
  public init(place: Int, outcome: ScanOutcome, counts: [String: Int]) {
    (self.place, self.outcome, self.counts) = (place, outcome, counts)
  }

  /// The outcome and the numbers behind it: `fail (2 of 5 rules)`.
  public var text: String {
    let (own, all) = (counts[outcome.rawValue] ?? 0, counts.values.reduce(0, +))
    return "\(outcome.label) (\(own) of \(all) \(all == 1 ? "rule" : "rules"))"
  }
}

/// What scans did to one item: by it their answers are told from people's.
public struct ScanAnswer: Codable, Sendable, Equatable {
  /// The outcome that was last acted on.
  public var outcome: ScanOutcome?
  /// The scanner and its target.
  ///
  /// Foreign text.
  public var by: String
  /// The result that the scan gave the item; nil where it gave none.
  public var result: AuditResult?
  /// The reason that stood beside it, which a person wrote.
  public var reason: String
  /// The result that it proposed.
  public var proposed: AuditResult?
  /// The work status from before the proposal.
  public var work: AuditWork?

  /// Makes a memory of nothing.
  public init(by: String = "") { (self.by, reason) = (by, "") }

  /// Whether an item's result is the scan's own: no person has touched it since.
  public func isResult(of item: AuditItem) -> Bool {
    result == item.result && reason == item.reason && item.attestation == nil
      && item.review == nil && item.score == nil && item.grade == nil
  }

  /// Whether an item's proposal is the scan's own.
  public func isProposal(of item: AuditItem) -> Bool {
    item.proposal.map { $0.by == by && $0.result == proposed } ?? false
  }

  /// What scans do to an item, and what is to be remembered of it.
  ///
  /// A result is given where no person has judged; where one has, and otherwise, an answer is
  /// proposed, once for each new outcome. That a requirement does not apply is only ever proposed:
  /// rules may not apply to a machine, and it leaves the item out of the score. What people judged
  /// or proposed is never overwritten, nor is an answer given again that a person took out.
  ///
  /// - Parameters:
  ///   - outcome: The worst outcome of the rules that speak of the item; nil where none does.
  ///   - by: The scanner and its target.
  ///   - words: What was seen, for a proposal.
  ///   - item: The item as it stands.
  ///   - now: The present.
  /// - Returns: What is set in the item; empty for nothing.
  public mutating func take(
    _ outcome: ScanOutcome?,
    by: String,
    words: String,
    on item: AuditItem,
    at now: Instant
  ) -> [AuditItemEdit] {
    let wanted = outcome?.answer
    let isOwn = result != nil && isResult(of: item)
    let isOthers = item.proposal != nil && !isProposal(of: item)
    let proposal = AuditProposal(
      by: by,
      at: now,
      result: wanted ?? .notAssessed,
      reason: wanted == .notApplicable ? "not applicable by \(by)" : "",
      observation: words
    )
    guard isOwn || item.result == .notAssessed else {
      guard !isOthers else { return [] }
      (result, reason) = (nil, "")
      let isOther = wanted != nil && wanted != item.result
      return propose(isOther ? proposal : nil, outcome, on: item)
    }
    guard isOwn || !isOthers else { return [] }
    // A person took the answer out.
    if result != nil, !isOwn, self.outcome == outcome { return [] }
    let given = wanted == .notApplicable ? nil : wanted
    (result, reason) = (given, item.reason)
    var edits: [AuditItemEdit] = []
    if (given ?? .notAssessed) != item.result { edits.append(.result(given ?? .notAssessed)) }
    if !isOthers { edits += propose(wanted == .notApplicable ? proposal : nil, outcome, on: item) }
    (self.outcome, self.by) = (outcome, by)
    return edits
  }

  /// Proposes an answer, or takes back what was proposed.
  private mutating func propose(
    _ proposal: AuditProposal?,
    _ outcome: ScanOutcome?,
    on item: AuditItem
  ) -> [AuditItemEdit] {
    let isPending = isProposal(of: item)
    guard let proposal else {
      let old = work
      (self.outcome, proposed, work) = (outcome, nil, nil)
      guard isPending else { return [] }
      return [.proposal(nil)] + (item.work == .inReview ? [.work(old ?? .inProgress)] : [])
    }
    // The same again: it waits, or somebody has sent it back.
    guard self.outcome != outcome || proposed != proposal.result else { return [] }
    work = isPending ? work : item.work
    (self.outcome, by, proposed) = (outcome, proposal.by, proposal.result)
    return [.proposal(proposal)] + (item.work == .inReview ? [] : [.work(.inReview)])
  }
}
