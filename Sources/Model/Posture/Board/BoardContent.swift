/// Asks for all that a board is told of a period, and of the period before it.
///
/// Goes through the incidents of both periods: meant for a report, not for a screen.
public struct BoardContent: Question {
  /// The period.
  public var period: BoardPeriod
  /// The present: a period that is not over ends with it.
  public var now: Instant

  /// Makes the question.
  public init(_ period: BoardPeriod, now: Instant) { (self.period, self.now) = (period, now) }

  /// What comes back.
  public struct Answer: Codable, Sendable, Equatable {
    /// The organisation's name; may be empty.
    ///
    /// Foreign text.
    public var organisation: String
    /// The zone in which periods begin and end.
    public var zone: Zone
    /// The period.
    public var period: BoardPeriod
    /// The last instant that is counted; nil where the period is over.
    public var soFar: Instant?
    /// The fewest people of whom numbers are shown.
    public var least: Int
    /// What happened in it.
    public var now: BoardFigures
    /// What happened in the period before; the same part of it where the period is not over.
    public var before: BoardFigures

    /// Makes the answer.
    public init(
      organisation: String,
      zone: Zone,
      period: BoardPeriod,
      soFar: Instant?,
      least: Int,
      now: BoardFigures,
      before: BoardFigures
    ) {
      (self.organisation, self.zone, self.period) = (organisation, zone, period)
      (self.soFar, self.least, self.now, self.before) = (soFar, least, now, before)
    }
  }
}

/// What happened in a period, in numbers; exercises are left out.
public struct BoardFigures: Codable, Sendable, Equatable {
  /// Incidents that were opened: critical, high, medium, low, not assessed.
  public var opened = [0, 0, 0, 0, 0]
  /// How many of them are confirmed breaches, as the record stands.
  public var breaches = 0
  /// From what happened until the organisation was aware of it; by the time of awareness.
  public var aware = BoardTimes()
  /// From awareness until it was contained.
  public var contain = BoardTimes()
  /// From awareness until somebody outside was first told.
  public var notify = BoardTimes()
  /// First filings that were sent, and duties that ran out without one.
  public var filings = FiledInTime.Tally()
  /// How many duties were late at its end: whenever their deadline was, nothing was filed.
  public var lateDuties = 0
  /// The telling of people in mailings that were opened, as the record stands.
  public var mailings = Mailings()
  /// Public notices that began.
  public var publications = 0
  /// Audits that were signed, and by each checklist the last one by the end of the period.
  public var audits: [Audited] = []
  /// Findings.
  public var findings = Findings()
  /// Duties of training on the last day.
  public var training = DutyTally()
  /// How many people were there on the last day.
  public var people = 0
  /// Phishing exercises that were sent.
  public var exercises: [Phished] = []
  /// Requests by people about their data.
  public var requests = Requests()
  /// Runs that deleted data.
  public var deletions = 0
  /// How many records they deleted, as far as somebody counted.
  public var deleted: Int64 = 0

  /// Makes figures of nothing.
  public init() {}

  /// How many incidents were opened.
  public var incidents: Int { opened.reduce(0, +) }

  /// The telling of people.
  public struct Mailings: Codable, Sendable, Equatable {
    /// How many mailings were opened.
    public var count = 0
    /// How many people are listed in them.
    public var listed = 0
    /// How many of those were reached, or handed over to the post, the mail or a call centre.
    public var told = 0
    /// How many are to be told still.
    public var waiting = 0
    /// How many nothing reaches.
    public var unreachable = 0
    /// Whether in one of its months the told or the others were too few to be shown: then no longer period
    /// tells their number either, lest it be worked out from the other months.
    public var isWithheld = false

    /// Makes numbers of nothing.
    public init() {}
  }

  /// A signed audit.
  public struct Audited: Codable, Sendable, Equatable {
    /// Its reference.
    public var reference: String
    /// The checklist.
    ///
    /// Foreign text.
    public var name: String
    /// Its score in hundredths of a percent; nil where nothing counts.
    public var score: Int?
    /// How many of its items were assessed.
    public var assessed: Int
    /// How many items it has.
    public var items: Int
    /// The score of the signed audit by the same checklist before it; nil where there is none.
    public var before: Int?
    /// Whether it was signed in the period.
    public var isNew: Bool

    /// Makes an audit.
    public init(
      reference: String,
      name: String,
      score: Int?,
      assessed: Int,
      items: Int,
      before: Int?,
      isNew: Bool
    ) {
      (self.reference, self.name, self.score) = (reference, name, score)
      (self.assessed, self.items, self.before) = (assessed, items, before)
      self.isNew = isNew
    }
  }

  /// Findings of a period.
  public struct Findings: Codable, Sendable, Equatable {
    /// How many were opened.
    public var opened = 0
    /// How many were closed.
    public var closed = 0
    /// How many were open at its end.
    public var open = 0
    /// How many of those were late.
    public var late = 0
    /// The ages in days of those that were open at its end, the youngest first.
    public var ages: [Int64] = []

    /// Makes numbers of nothing.
    public init() {}
  }

  /// A phishing exercise.
  public struct Phished: Codable, Sendable, Equatable {
    /// Its name.
    ///
    /// Foreign text.
    public var name: String
    /// The day on which it was sent.
    public var sentOn: DayNumber
    /// What people did; nil where they are too few.
    public var counts: PhishingCounts?

    /// Makes an exercise.
    public init(name: String, sentOn: DayNumber, counts: PhishingCounts?) {
      (self.name, self.sentOn, self.counts) = (name, sentOn, counts)
    }
  }

  /// Requests of a period.
  public struct Requests: Codable, Sendable, Equatable {
    /// How many came in.
    public var received = 0
    /// How many were answered, refused or withdrawn.
    public var ended = 0
    /// How many of those that were answered or refused were in time.
    public var onTime = 0
    /// How many of them were late.
    public var late = 0
    /// Of how many of them it cannot be told.
    public var unclear = 0
    /// How many were open at its end.
    public var open = 0
    /// How many of those were late.
    public var overdue = 0
    /// The days that an answer or refusal took, the shortest first.
    public var days: [Int64] = []

    /// Makes numbers of nothing.
    public init() {}
  }
}
