/// Asks for all that the report of a mailing to the regulator says, read at one moment; nil where
/// there is no such mailing.
public struct MailingReportContent: Question {
  /// All that a report says.
  public struct Content: Codable, Sendable, Equatable {
    /// The mailing, its tallies, and what the incident says beside them.
    public var status: MailingStatus.Answer
    /// Whether the incident is an exercise.
    public var isExercise: Bool
    /// What the organisation is called.
    ///
    /// Foreign text; may be empty.
    public var organisation: String
    /// How many came to which state on a day, over a channel; by day, channel, jurisdiction, state.
    public var days: [MailingDays.Row]
    /// The duties that the mailing fulfils and the record has, by deadline.
    public var duties: [ObligationRecord]
    /// How many people mails that came back spoke of, most first.
    public var bounces: [MailingBounces.Row]
    /// How many were handed over up to each deadline of these duties, and later, by jurisdiction.
    public var handOvers: [HandOverSplit]
    /// How many stand as bounced although nothing was sent: no address that can be written to; by
    /// jurisdiction.
    public var unusable: [String: Int]
    /// How many came to stand so, by day.
    public var unusableDays: [String: Int]
    /// Public notices that stand in for telling people one by one, by when they began.
    public var publications: [Publication]

    /// Makes content.
    public init(
      status: MailingStatus.Answer,
      isExercise: Bool = false,
      organisation: String = "",
      days: [MailingDays.Row] = [],
      duties: [ObligationRecord] = [],
      bounces: [MailingBounces.Row] = [],
      handOvers: [HandOverSplit] = [],
      unusable: [String: Int] = [:],
      unusableDays: [String: Int] = [:],
      publications: [Publication] = []
    ) {
      (self.status, self.isExercise, self.organisation) = (status, isExercise, organisation)
      (self.days, self.duties, self.bounces) = (days, duties, bounces)
      (self.handOvers, self.unusable) = (handOvers, unusable)
      (self.unusableDays, self.publications) = (unusableDays, publications)
    }
  }

  /// What comes back.
  public typealias Answer = Content?
  /// The mailing's reference.
  public var reference: String

  /// Makes the question.
  public init(_ reference: String) { self.reference = reference }
}
