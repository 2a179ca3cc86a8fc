/// Asks how far the telling is of mailings, newest first; removed ones are left out.
///
/// Answered from running tallies, whatever the number of recipients.
public struct MailingBoard: Question {
  /// A mailing with what its line shows.
  public struct Row: Codable, Sendable, Equatable, Identifiable {
    /// The mailing.
    public var mailing: Mailing
    /// The incident's title.
    ///
    /// Foreign text.
    public var title: String
    /// The incident's severity.
    public var severity: Severity?
    /// Whether the incident is an exercise.
    public var isExercise: Bool
    /// How far the telling is.
    public var coverage: MailingCoverage
    /// Of the duties that it fulfils the one that presses most; nil where it names none that stands.
    public var clock: ObligationRecord?

    /// Makes a row.
    public init(
      mailing: Mailing,
      title: String,
      severity: Severity?,
      isExercise: Bool,
      coverage: MailingCoverage,
      clock: ObligationRecord?
    ) {
      (self.mailing, self.title, self.severity) = (mailing, title, severity)
      (self.isExercise, self.coverage, self.clock) = (isExercise, coverage, clock)
    }

    /// The mailing's number.
    public var id: RecordID { mailing.id }

    /// Whether somebody is to be told still.
    ///
    /// Not of what was erased: nobody can be told any more.
    public var isOpen: Bool { mailing.state != .erased && !coverage.isWhole }
  }

  /// What comes back.
  public typealias Answer = Page<Row>
  /// Only those of this incident; nil for all.
  public var incident: RecordID?
  /// Which stretch of them.
  public var window: RowWindow

  /// Makes the question.
  public init(incident: RecordID? = nil, window: RowWindow) {
    (self.incident, self.window) = (incident, window)
  }
}
