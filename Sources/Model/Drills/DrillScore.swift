/// How an exercise went: every clock that ran, what was sent and when, and the steps of the team.
///
/// Worked out from the record and its journal alone, by these rules:
///
/// - The exercise begins with its awareness: as it was decided, else as it was stated, else when it
///   was opened. It lasts until its end; while it runs, until now.
/// - A clock is a duty that the rulebook says is owed by the facts as they stand. It counts when it has
///   a deadline and no request of law enforcement holds it.
/// - A clock is *met* when the first notice of it was sent by its deadline, *late* when it was sent
///   after it, *missed* when nothing was sent and the deadline has passed, and *running* before that.
///   What counts is when a notice was sent by its own words; one that is dated after the end does not.
/// - The first decision, the first assessment of severity (the incident's severity is set, or a
///   decision has a worksheet) and the first note or step (a note on the timeline, or the handling
///   moved) count from the moment they were written down, whatever they say of themselves. What was
///   taken back does not count, nor a severity with which the exercise began.
/// - Containment counts as it is stated, to the minute or better.
/// - A duty was never decided where there is neither a decision on it or on the whole incident, nor a
///   notice.
public struct DrillScore: Codable, Sendable, Equatable {
  /// When the exercise began to count.
  public var awareAt: Instant
  /// Up to when it counts: its end, or now.
  public var until: Instant
  /// Whether it has ended.
  public var isFinal: Bool
  /// The duties that were owed: by deadline, those without one last, then by rule.
  public var clocks: [Clock]
  /// The team's steps, one of each kind, in the order of the kinds.
  public var steps: [Step]
  /// Whether the clocks knew of everything in the record.
  public var isCurrent: Bool

  /// How a clock came out.
  public enum Standing: String, Vocabulary {
    case met, late, missed, running, held
    /// Without a deadline, and something was sent.
    case sent
    /// Without a deadline, and nothing was sent.
    case owed
  }

  /// A duty of the exercise.
  public struct Clock: Codable, Sendable, Equatable {
    /// The rule's id.
    public var rule: String
    /// Who is to be told.
    public var recipient: String
    /// By when; nil where the law names no time.
    public var due: Instant?
    /// When its first notice was sent; nil where none was.
    public var sentAt: Instant?
    /// When it was first decided upon; nil where it never was.
    public var decidedAt: Instant?
    /// How it came out.
    public var standing: Standing
    /// How much time was left, in seconds; negative is how late it was or is; nil without a deadline.
    public var left: Int64?

    /// Whether neither a decision nor a notice says what became of it.
    public var isUndecided: Bool { decidedAt == nil && sentAt == nil }
  }

  /// The steps that are timed.
  public enum StepKind: String, Vocabulary {
    case decision, assessment, action, containment

    /// The step as it is shown.
    public var label: String {
      switch self {
      case .decision: "first decision"
      case .assessment: "first severity assessment"
      case .action: "first note or step"
      case .containment: "containment"
      }
    }
  }

  /// A step of the team.
  public struct Step: Codable, Sendable, Equatable {
    /// Which step.
    public var kind: StepKind
    /// When; nil where it was not taken.
    public var at: Instant?
    /// How long after awareness, in seconds; negative before it; nil where it was not taken.
    public var after: Int64?
  }

  /// How many clocks came out so.
  public func count(_ standing: Standing) -> Int { clocks.count { $0.standing == standing } }

  /// How many clocks count: those with a deadline that is not held.
  public var counted: Int { count(.met) + count(.late) + count(.missed) + count(.running) }

  /// The rules of the duties that were never decided.
  public var undecided: [String] { clocks.filter(\.isUndecided).map(\.rule) }
}

/// What the record says of the course of an exercise: all that its score is made of.
public struct DrillCourse: Sendable {
  /// The exercise.
  public var incident: Incident
  /// Its duties.
  public var duties: [ObligationRecord]
  /// What was filed, by the time it was sent.
  public var filings: [Filing]
  /// What was decided.
  public var decisions: [Decision]
  /// When its severity was set for the first time after it began; nil where it was not.
  public var assessedAt: Instant?
  /// When a note was written or its handling moved for the first time; nil where neither was.
  public var actedAt: Instant?
  /// Whether its clocks know of everything in the record.
  public var isCurrent: Bool

  /// Makes a course.
  public init(
    incident: Incident,
    duties: [ObligationRecord],
    filings: [Filing],
    decisions: [Decision],
    assessedAt: Instant? = nil,
    actedAt: Instant? = nil,
    isCurrent: Bool = true
  ) {
    (self.incident, self.duties, self.filings) = (incident, duties, filings)
    (self.decisions, self.assessedAt, self.actedAt) = (decisions, assessedAt, actedAt)
    self.isCurrent = isCurrent
  }
}

extension DrillScore {
  /// Works the score out.
  ///
  /// - Parameters:
  ///   - course: What the record says.
  ///   - until: Up to when it counts.
  ///   - isFinal: Whether the exercise ends with it.
  public init(_ course: DrillCourse, until: Instant, isFinal: Bool) {
    let times = course.incident.facts.instants
    let aware = course.incident.awareness?.awareAt ?? times[.aware]
    awareAt = aware.flatMap { $0.precision >= .day ? $0.earliest : nil } ?? course.incident.openedAt
    (self.until, self.isFinal, isCurrent) = (until, isFinal, course.isCurrent)
    clocks = course.duties.compactMap { Clock($0, course, until: until) }.sorted {
      ($0.due ?? Instant.range.upperBound, $0.rule) < ($1.due ?? Instant.range.upperBound, $1.rule)
    }
    let assessments =
      course.decisions.filter { $0.facts.worksheet != nil }.map(\.recordedAt)
      + [course.assessedAt].compactMap(\.self)
    let contained = times[.contained].flatMap { $0.precision >= .minute ? $0.earliest : nil }
    let taken: [(StepKind, Instant?)] = [
      (.decision, course.decisions.map(\.recordedAt).min()), (.assessment, assessments.min()),
      (.action, course.actedAt), (.containment, contained),
    ]
    let start = awareAt
    steps = taken.map { kind, at in
      let at = at.flatMap { $0 <= until ? $0 : nil }
      return Step(kind: kind, at: at, after: at.map { ($0 - start).wholeSeconds })
    }
  }
}

extension DrillScore.Clock {
  /// A duty that is owed; nil for one that is not, or of which it is not known.
  fileprivate init?(_ record: ObligationRecord, _ course: DrillCourse, until: Instant) {
    let obligation = record.obligation
    let sent = course.filings.filter { $0.facts.rule == obligation.id }
      .map(\.facts.sentAt.earliest).filter { $0 <= until }.min()
    let decided = course.decisions
      .filter { $0.facts.rule.isEmpty || $0.facts.rule == obligation.id }.map(\.recordedAt).min()
    let due: Instant?
    let standing: DrillScore.Standing
    switch obligation.state {
    case .due(let deadline):
      due = deadline.due
      standing =
        switch sent {
        case let sent?: sent <= deadline.due ? .met : .late
        case nil: until > deadline.due ? .missed : .running
        }
    case .held(let deadline): (due, standing) = (deadline?.due, sent == nil ? .held : .sent)
    case .noFixedDeadline: (due, standing) = (nil, sent == nil ? .owed : .sent)
    case .clockNotStarted, .undetermined, .none: return nil
    }
    self.init(
      rule: obligation.id,
      recipient: obligation.recipient,
      due: due,
      sentAt: sent,
      decidedAt: decided,
      standing: standing,
      left: due.map { ($0 - (sent ?? until)).wholeSeconds }
    )
  }
}

extension Duration {
  /// Whole seconds, rounded down.
  fileprivate var wholeSeconds: Int64 {
    wholeMilliseconds.flooredDivision(by: 1000).quotient
  }
}
