/// What the posture is told by: six questions that a board asks.
public enum PostureTheme: String, Vocabulary {
  /// Whether people can rely on what we tell them, and on what we wrote down.
  case trust
  /// Whether the law's clocks are met.
  case law
  /// Whether what threatens us is in hand.
  case threats
  /// Whether data are held for a reason and no longer than that.
  case privacy
  /// Whether the people who work here know what to do.
  case people
  /// Whether the public is told.
  case openness

  /// What people call it.
  public var label: String { self == .privacy ? "privacy by design" : rawValue }
}

/// How something stands.
public enum PostureState: String, Vocabulary, Comparable {
  /// As it should be.
  case good
  /// The record does not say; never counted as good.
  case unknown
  /// Somebody should look after it.
  case attention
  /// A duty is not met.
  case bad

  /// Orders by how much it presses, what is good first.
  public static func < (left: PostureState, right: PostureState) -> Bool {
    let all = PostureState.allCases
    return (all.firstIndex(of: left) ?? 0) < (all.firstIndex(of: right) ?? 0)
  }
}

/// Where something goes, against 30 days before or the pass before.
public enum PostureTrend: String, Vocabulary {
  case better, same, worse
  /// The record has no figure of the earlier day.
  case unknown

  /// What people call it.
  public var label: String {
    switch self {
    case .better: "better"
    case .same: "level"
    case .worse: "worse"
    case .unknown: "no trend"
    }
  }

  /// Compares a number with the earlier one; without either nothing is said.
  public init(from before: Int?, to now: Int?, isLessBetter: Bool) {
    guard let before, let now else {
      self = .unknown
      return
    }
    self = now == before ? .same : (now < before) == isLessBetter ? .better : .worse
  }
}

/// Where the dashboard goes for something.
public enum PosturePlace: Codable, Sendable, Hashable {
  /// A clock of an incident.
  case clock(RecordID, incident: RecordID)
  /// An incident.
  case incident(RecordID)
  /// A task of an incident.
  case task(RecordID, incident: RecordID)
  /// The incidents that pass a filter.
  case incidents(filter: String)
  /// A finding.
  case finding(RecordID)
  /// An audit by its reference.
  case audit(String)
  /// A mailing.
  case mailing(RecordID)
  /// An activity by its reference.
  case activity(String)
  /// What is due for deletion, by the name of its row.
  case dueData(String)
  /// A request by its reference.
  case request(String)
  /// A course or protocol.
  case course(RecordID)
  /// A phishing exercise.
  case exercise(RecordID)
  /// A statement.
  case statement(RecordID)
  /// The journal of a record.
  case journal(Subject)
  /// One of the views, by its number key.
  case view(Int)
}

/// Something that would improve the posture, and where it is done.
public struct PostureStep: Codable, Sendable, Hashable {
  /// What is to be done, in a line.
  ///
  /// Foreign text.
  public var text: String
  /// Where it is done.
  public var place: PosturePlace
  /// Since how many milliseconds it is late; 0 where it is not.
  public var late: Int64
  /// How many people or records it concerns.
  public var count: Int

  /// Makes a step.
  public init(_ text: String, _ place: PosturePlace, late: Int64 = 0, count: Int = 1) {
    (self.text, self.place, self.late, self.count) = (text, place, max(0, late), count)
  }
}
