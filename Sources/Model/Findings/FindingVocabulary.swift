/// Where the mending of a gap stands.
///
/// `accepted` lasts until the acceptance expires; what it is at an instant says
/// `Finding.state(at:)`.
public enum FindingState: String, Vocabulary {
  case open
  case inProgress = "in-progress"
  case remedied, verified, closed, accepted

  /// The word as it is shown to people.
  public var label: String { self == .inProgress ? "in progress" : rawValue }

  /// Whether work remains.
  public var isOpen: Bool { self != .closed && self != .accepted }
}

/// Work that mends a finding.
public struct CorrectiveAction: Codable, Sendable, Equatable {
  /// What is to be done.
  ///
  /// Foreign text; not empty.
  public var title: String
  /// Who does it; nil where nobody does yet.
  ///
  /// Foreign text.
  public var owner: String?
  /// When it is due; nil where no time was set.
  public var due: StatedTime?
  /// When it was done; nil while it is not.
  public var done: StatedTime?

  /// Makes an action.
  public init(
    title: String,
    owner: String? = nil,
    due: StatedTime? = nil,
    done: StatedTime? = nil
  ) {
    (self.title, self.owner, self.due, self.done) = (title, owner, due, done)
  }

  /// Whether it is not done though its time has passed.
  public func isOverdue(at now: Instant) -> Bool {
    done == nil && due.map { $0.latest < now } == true
  }
}

/// In how many days a finding is to be mended, by its severity.
///
/// Days are counted from the day it was opened, in the organisation's zone; the last one counts
/// whole.
public struct FindingDays: Codable, Sendable, Equatable {
  /// Days for a finding of severity critical.
  public var critical: Int
  /// Days for a finding of severity high.
  public var high: Int
  /// Days for a finding of severity medium.
  public var medium: Int
  /// Days for a finding of severity low.
  public var low: Int

  /// What holds where the organisation has said nothing: 7, 30, 90 and 180 days.
  ///
  /// Our own choice, in the range of what is usual for remediation; no law or standard sets it.
  public static let usual = FindingDays(critical: 7, high: 30, medium: 90, low: 180)

  /// Makes the rule.
  public init(critical: Int, high: Int, medium: Int, low: Int) {
    (self.critical, self.high, self.medium, self.low) = (critical, high, medium, low)
  }

  /// The days for a severity.
  public subscript(severity: Severity) -> Int {
    get {
      switch severity {
      case .critical: critical
      case .high: high
      case .medium: medium
      case .low: low
      }
    }
    set {
      switch severity {
      case .critical: critical = newValue
      case .high: high = newValue
      case .medium: medium = newValue
      case .low: low = newValue
      }
    }
  }

  /// The rule in words: `critical 7, high 30, medium 90, low 180`.
  public var text: String {
    Severity.allCases.reversed().map { "\($0.label) \(self[$0])" }.joined(separator: ", ")
  }

  /// When a finding is due by the rule: the whole day, so many days after it was opened.
  ///
  /// - Returns: A day whose source names the rule; nil past the end of the calendar.
  public func due(_ severity: Severity, openedAt: Instant, zone: Zone) -> StatedTime? {
    let later = openedAt + .seconds(Int64(self[severity]) * 86_400)
    // The day is counted on the calendar, so a shifted clock on the way moves nothing.
    let first = CivilTime(openedAt, offset: zone.offset(at: openedAt))
    let noon = CivilTime(
      year: first.year,
      month: first.month,
      day: first.day,
      hour: 12
    )
    guard Instant.range.contains(later), let noon else { return nil }
    let day = CivilTime(noon.instant() + .seconds(Int64(self[severity]) * 86_400))
    return StatedTime(
      zone: zone,
      year: day.year,
      month: day.month,
      day: day.day,
      source: "rule: \(self[severity]) days for \(severity.label)"
    )
  }
}
