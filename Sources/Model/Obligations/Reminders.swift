/// Records that somebody was reminded of a deadline, so that nobody is reminded of it twice.
public struct RecordReminder: Change {
  /// What the journal calls it.
  public static let name = "reminder.record"
  /// The incident.
  public var incident: RecordID
  /// The rule's id.
  public var rule: String
  /// The deadline it was about.
  public var due: Instant
  /// How many hours before it; 0 for overdue.
  public var hours: Int
  /// When the reminder was meant to go out; earlier than now where the machine was off.
  public var meantAt: Instant

  /// The record that it alters.
  public var subject: Subject { Subject(.obligation, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    hours == 0 ? "reminded, overdue: \(rule)" : "reminded, \(hours) h before: \(rule)"
  }

  /// Makes the change.
  public init(incident: RecordID, rule: String, due: Instant, hours: Int, meantAt: Instant) {
    (self.incident, self.rule, self.due) = (incident, rule, due)
    (self.hours, self.meantAt) = (hours, meantAt)
  }
}

/// Asks which reminders of running clocks went out already.
public struct SentReminders: Question {
  /// One reminder.
  public struct Sent: Codable, Sendable, Hashable {
    /// The incident.
    public var incident: RecordID
    /// The rule's id.
    public var rule: String
    /// The deadline it was about.
    public var due: Instant
    /// How many hours before it; 0 for overdue.
    public var hours: Int

    /// Makes a reminder.
    public init(incident: RecordID, rule: String, due: Instant, hours: Int) {
      (self.incident, self.rule, self.due, self.hours) = (incident, rule, due, hours)
    }
  }
  /// What comes back.
  public typealias Answer = [Sent]

  /// Makes the question.
  public init() {}
}
