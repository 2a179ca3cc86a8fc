/// Asks for the retention rules, by reference.
public struct RetentionRules: Question {
  /// What comes back.
  public typealias Answer = [RetentionRule]
  /// Only those of this activity; empty for all.
  public var activity: String

  /// Makes the question.
  public init(activity: String = "") { self.activity = activity }
}

/// Asks for the retention rule with a reference, whatever the letter case; removed ones too.
public struct RetentionByReference: Question {
  /// What comes back; nil where there is none.
  public typealias Answer = RetentionRule?
  /// The reference, such as `RET-0001`.
  public var reference: String

  /// Makes the question.
  public init(_ reference: String) { self.reference = reference }
}

/// Asks for what is due for deletion, longest first; behind it what is held and what is not counted.
///
/// What Tocsin itself keeps of people stands among it: recipients of mailings by the day that the mailing
/// names or by the rule for mailings, and those who made requests by the rule for these.
public struct DueDataList: Question {
  /// What comes back.
  public typealias Answer = [DueData]
  /// What will be due by then as well; nil for what is due now.
  public var until: Instant?

  /// Makes the question.
  public init(until: Instant? = nil) { self.until = until }
}

/// Asks for the legal holds, those in force first, then by reference.
public struct LegalHolds: Question {
  /// What comes back.
  public typealias Answer = [LegalHold]

  /// Makes the question.
  public init() {}
}

/// Asks for the deletion runs, newest first.
public struct DeletionRuns: Question {
  /// What comes back.
  public typealias Answer = [DeletionRun]
  /// Only those of this rule; empty for all.
  public var rule: String

  /// Makes the question.
  public init(rule: String = "") { self.rule = rule }
}
