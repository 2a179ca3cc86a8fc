/// Which requests are wanted; what is nil or empty does not restrict.
public struct RequestFilter: Codable, Sendable, Hashable {
  /// Only those that stand so.
  public var states: Set<RequestState>?
  /// Only those of these kinds.
  public var kinds: Set<RightsKind>?
  /// Only those that are open though their time has passed, the one to answer or the one to confirm receipt.
  public var isOverdue: Bool
  /// Only those whose reference, kind, jurisdiction or handler has this text.
  public var text: String

  /// Makes a filter.
  public init(
    states: Set<RequestState>? = nil,
    kinds: Set<RightsKind>? = nil,
    isOverdue: Bool = false,
    text: String = ""
  ) {
    (self.states, self.kinds, self.isOverdue, self.text) = (states, kinds, isOverdue, text)
  }
}

/// Asks for requests: open ones first, by due time; then those that ended, the newest first.
public struct RequestList: Question {
  /// What comes back; removed ones are left out.
  public typealias Answer = Page<RightsRequest>
  /// Which requests.
  public var filter: RequestFilter
  /// Which stretch of them.
  public var window: RowWindow

  /// Makes the question.
  public init(_ filter: RequestFilter = RequestFilter(), window: RowWindow) {
    (self.filter, self.window) = (filter, window)
  }
}

/// Asks for the request with a reference, whatever the letter case; removed ones too.
public struct RequestByReference: Question {
  /// What comes back; nil where there is none.
  public typealias Answer = RightsRequest?
  /// The reference, such as `REQ-2026-0001`.
  public var reference: String

  /// Makes the question.
  public init(_ reference: String) { self.reference = reference }
}

/// Asks for a request with what the journal says of it; nil where there is none.
public struct RequestDetails: Question {
  /// A request and its history.
  public struct Details: Codable, Sendable, Equatable {
    /// The request.
    public var request: RightsRequest
    /// What the journal says of it, newest first; at most 200 lines.
    public var history: [JournalLine]

    /// Makes the details.
    public init(request: RightsRequest, history: [JournalLine]) {
      (self.request, self.history) = (request, history)
    }
  }
  /// What comes back.
  public typealias Answer = Details?
  /// Which request.
  public var id: RecordID

  /// Makes the question.
  public init(id: RecordID) { self.id = id }
}

/// Asks for the clocks of open requests, soonest first; those without one are left out.
public struct RequestClocks: Question {
  /// What comes back.
  public typealias Answer = [RightsRequest]

  /// Makes the question.
  public init() {}
}

/// Asks how the register stands, in numbers.
public struct PrivacyNumbers: Question {
  /// The numbers.
  public struct Answer: Codable, Sendable, Equatable {
    /// Activities.
    public var activities: Int
    /// Activities whose record lacks something.
    public var incomplete: Int
    /// What is due for deletion.
    public var due: Int
    /// What is over, but on hold.
    public var held: Int
    /// What nobody has counted.
    public var uncounted: Int
    /// Categories of data that nobody has justified within the period.
    public var unjustified: Int
    /// Requests that are open.
    public var openRequests: Int
    /// Requests that are open though their time has passed.
    public var overdueRequests: Int
    /// Impact assessments that wait for approval, are stale or due for review.
    public var dueAssessments = 0
    /// Activities of which nobody has asked whether they need an impact assessment.
    public var unassessed = 0

    /// Makes the numbers.
    public init(
      activities: Int,
      incomplete: Int,
      due: Int,
      held: Int,
      uncounted: Int,
      unjustified: Int,
      openRequests: Int,
      overdueRequests: Int
    ) {
      (self.activities, self.incomplete, self.due) = (activities, incomplete, due)
      (self.held, self.uncounted, self.unjustified) = (held, uncounted, unjustified)
      (self.openRequests, self.overdueRequests) = (openRequests, overdueRequests)
    }
  }

  /// Makes the question.
  public init() {}
}
