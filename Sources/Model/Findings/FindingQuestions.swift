/// Which findings are wanted; what is nil does not restrict.
public struct FindingFilter: Codable, Sendable, Hashable {
  /// Only those that stand so at the present: an acceptance that ran out counts as open.
  public var states: Set<FindingState>?
  /// Only those of these severities.
  public var severities: Set<Severity>?
  /// Only those of this owner, whatever the letter case; an empty name is nobody's.
  public var owner: String?
  /// Only those that are open though their time has passed.
  public var isOverdue: Bool
  /// Only those whose acceptance has run out.
  public var isAcceptanceExpired: Bool
  /// Only those from items of this audit.
  public var audit: RecordID?
  /// Only those from this item of an audit.
  public var item: RecordID?

  /// Makes a filter.
  public init(
    states: Set<FindingState>? = nil,
    severities: Set<Severity>? = nil,
    owner: String? = nil,
    isOverdue: Bool = false,
    isAcceptanceExpired: Bool = false,
    audit: RecordID? = nil,
    item: RecordID? = nil
  ) {
    (self.states, self.severities, self.owner) = (states, severities, owner)
    (self.isOverdue, self.isAcceptanceExpired) = (isOverdue, isAcceptanceExpired)
    (self.audit, self.item) = (audit, item)
  }
}

/// Asks for findings: worst severity first, then by due time, then by reference.
public struct FindingList: Question {
  /// What comes back; removed ones are left out.
  public typealias Answer = Page<Finding>
  /// Which findings.
  public var filter: FindingFilter
  /// Which stretch of them.
  public var window: RowWindow

  /// Makes the question.
  public init(_ filter: FindingFilter = FindingFilter(), window: RowWindow) {
    (self.filter, self.window) = (filter, window)
  }
}

/// Asks for the finding with a reference, whatever the letter case; removed ones too.
public struct FindingByReference: Question {
  /// What comes back; nil where there is none.
  public typealias Answer = Finding?
  /// The reference, such as `FND-2026-0001`.
  public var reference: String

  /// Makes the question.
  public init(_ reference: String) { self.reference = reference }
}

/// Asks for a finding with everything that hangs from it; nil where there is none.
public struct FindingDetails: Question {
  /// A finding and what hangs from it.
  public struct Details: Codable, Sendable, Equatable {
    /// The finding.
    public var finding: Finding
    /// Its links, both ways, oldest first.
    public var links: [IncidentLinks.Row]
    /// The evidence that is linked to it, oldest first, without custody.
    public var evidence: [Evidence]
    /// What the journal says of it, newest first; at most 200 lines.
    public var history: [JournalLine]
    /// The name of the audit item it came from, `AUD-2026-0001/A.1`; empty where it stands alone.
    ///
    /// Foreign text.
    public var itemName: String
    /// What the requirement of that item says, in a line.
    ///
    /// Foreign text.
    public var itemTitle: String

    /// Makes the details.
    public init(
      finding: Finding,
      links: [IncidentLinks.Row],
      evidence: [Evidence],
      history: [JournalLine],
      itemName: String = "",
      itemTitle: String = ""
    ) {
      (self.finding, self.links) = (finding, links)
      (self.evidence, self.history) = (evidence, history)
      (self.itemName, self.itemTitle) = (itemName, itemTitle)
    }
  }
  /// What comes back.
  public typealias Answer = Details?
  /// Which finding.
  public var id: RecordID

  /// Makes the question.
  public init(id: RecordID) { self.id = id }
}

/// Asks how many findings there are, from running totals.
public struct FindingNumbers: Question {
  /// The numbers.
  public struct Answer: Codable, Sendable, Equatable {
    /// Findings by state and severity as they stand at the present; none with a count of 0.
    public var tallies: [Tally]
    /// Findings that are open though their time has passed.
    public var overdue: Int
    /// Findings whose acceptance has run out; they stand among the open ones.
    public var expiredAcceptances: Int

    /// Makes the answer.
    public init(tallies: [Tally], overdue: Int, expiredAcceptances: Int) {
      (self.tallies, self.overdue) = (tallies, overdue)
      self.expiredAcceptances = expiredAcceptances
    }

    /// How many findings stand so.
    public func count(_ state: FindingState) -> Int {
      tallies.filter { $0.state == state }.reduce(0) { $0 + $1.count }
    }
  }
  /// How many findings have a state and a severity.
  public struct Tally: Codable, Sendable, Equatable {
    /// The state.
    public var state: FindingState
    /// The severity.
    public var severity: Severity
    /// How many.
    public var count: Int

    /// Makes a tally.
    public init(state: FindingState, severity: Severity, count: Int) {
      (self.state, self.severity, self.count) = (state, severity, count)
    }
  }

  /// Makes the question.
  public init() {}
}

/// Asks for all links of any record, both ways, oldest first.
public struct SubjectLinks: Question {
  /// What comes back.
  public typealias Answer = [IncidentLinks.Row]
  /// Which record.
  public var subject: Subject

  /// Makes the question.
  public init(of subject: Subject) { self.subject = subject }
}
