/// The worksheet of ENISA's "Recommendations for a methodology of the assessment of severity of
/// personal data breaches" (2013): SE = DPC x EI + CB.
public struct SeverityWorksheet: Codable, Sendable, Hashable {
  /// Data processing context (DPC), 0 to 4: 1 simple, 2 behavioural, 3 financial, 4 sensitive data,
  /// after adjustment.
  public var context: Int
  /// Ease of identification (EI) in quarters, 1 to 4: negligible, limited, significant, maximum.
  public var identification: Int
  /// Circumstances of the breach (CB) in quarters, by what was lost.
  public var circumstances: Circumstances

  /// What was lost, each in quarters of a point.
  public struct Circumstances: Codable, Sendable, Hashable {
    /// Loss of confidentiality: 0, 1 (known recipients) or 2 (unknown number of them).
    public var confidentiality: Int
    /// Loss of integrity: 0, 1 (altered, recoverable) or 2 (not recoverable).
    public var integrity: Int
    /// Loss of availability: 0, 1 (for some time) or 2 (for good).
    public var availability: Int
    /// Malicious intent: 0 or 2.
    public var malice: Int

    /// Makes circumstances.
    public init(
      confidentiality: Int = 0,
      integrity: Int = 0,
      availability: Int = 0,
      malice: Int = 0
    ) {
      (self.confidentiality, self.integrity) = (confidentiality, integrity)
      (self.availability, self.malice) = (availability, malice)
    }

    /// All of them in quarters of a point.
    public var total: Int { confidentiality + integrity + availability + malice }
  }

  /// The levels of the result.
  public enum Level: String, Vocabulary {
    case low, medium, high
    case veryHigh = "very high"
  }

  /// Makes a worksheet; nil where a number lies outside of its range.
  public init?(context: Int, identification: Int, circumstances: Circumstances) {
    guard (0...4).contains(context), (1...4).contains(identification),
      (0...2).contains(circumstances.confidentiality), (0...2).contains(circumstances.integrity),
      (0...2).contains(circumstances.availability), [0, 2].contains(circumstances.malice)
    else { return nil }
    (self.context, self.identification) = (context, identification)
    self.circumstances = circumstances
  }

  /// The result in quarters of a point: exact, where a decimal fraction would not be.
  public var quarters: Int { context * identification + circumstances.total }

  /// The result's level: below 2 low, below 3 medium, below 4 high, else very high.
  public var level: Level {
    switch quarters {
    case ..<8: .low
    case ..<12: .medium
    case ..<16: .high
    default: .veryHigh
    }
  }

  /// The result and its arithmetic: `3 x 0.75 + 0.5 = 2.75: medium`.
  public var text: String {
    func number(_ quarters: Int) -> String {
      let rest = ["", ".25", ".5", ".75"][quarters % 4]
      return "\(quarters / 4)\(rest)"
    }
    return "\(context) x \(number(identification)) + \(number(circumstances.total)) = "
      + "\(number(quarters)): \(level.label)"
  }

  /// What the methodology recommends: from medium on the authority is told.
  public var recommendation: NoticeDecision { level == .low ? .doNotNotify : .notify }
}
