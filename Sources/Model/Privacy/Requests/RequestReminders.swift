/// Records that somebody was reminded of a request by a person, so that nobody is reminded of it twice.
public struct RemindRequest: RecordChange, Hashable {
  /// What the journal calls it.
  public static let name = "request.remind"
  /// Which request.
  public var id: RecordID
  /// The deadline it was about.
  public var due: Instant
  /// How many hours before it; 0 for overdue.
  public var hours: Int
  /// When the reminder was meant to go out; earlier than now where the machine was off.
  public var meantAt: Instant

  /// The record that it alters.
  public var subject: Subject { Subject(.request, id) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { hours == 0 ? "reminded, overdue" : "reminded, \(hours) h before" }

  /// Makes the change.
  public init(id: RecordID, due: Instant, hours: Int, meantAt: Instant) {
    (self.id, self.due, self.hours, self.meantAt) = (id, due, hours, meantAt)
  }

  /// What the record says after it: what it said before.
  public func after(
    _ state: RecordState<RequestFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<RequestFacts> {
    guard let state else { throw RefusedStep("there is no such request") }
    return state
  }
}

/// Asks which reminders of open requests went out already.
public struct SentRequestReminders: Question {
  /// One reminder.
  public struct Sent: Codable, Sendable, Hashable {
    /// The request.
    public var request: RecordID
    /// The deadline it was about.
    public var due: Instant
    /// How many hours before it; 0 for overdue.
    public var hours: Int

    /// Makes a reminder.
    public init(request: RecordID, due: Instant, hours: Int) {
      (self.request, self.due, self.hours) = (request, due, hours)
    }
  }
  /// What comes back.
  public typealias Answer = [Sent]

  /// Makes the question.
  public init() {}
}
