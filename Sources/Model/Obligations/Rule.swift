/// One law, or one state's law: what one file of the rulebook holds.
public struct Law: Sendable, Equatable {
  /// Its name among laws, such as `us-ca`; the file's name without extension.
  public var id: String
  /// What people call it.
  public var title: String
  /// The jurisdiction that answers name, such as `EU` or `US-CA`.
  public var jurisdiction: String
  /// Whom it reaches.
  public var reach: Reach
  /// Which edition of this file it is; a clock keeps it, so that an edited rule never rewrites
  /// history.
  public var version: Int
  /// Where the text of the law stands.
  public var source: String
  /// The day on which the source was read, as `2026-11-23`.
  public var retrieved: String
  /// Who has checked it: "not verified by counsel" until an organisation says otherwise.
  public var verified: String
  /// What a reader should know besides.
  public var notes: String
  /// The data categories that its definition of personal information is known to reach; empty where
  /// the file does not say.
  public var covers: [String]
  /// Its rules.
  public var rules: [Rule]
  /// The file it was read from.
  public var file: String
  /// Whether an organisation's own file set it, over a shipped one or in addition.
  public var isOwn: Bool

  /// By what an incident falls under a law.
  public struct Reach: Sendable, Hashable {
    /// Jurisdictions whose people it protects: `US-CA`, `US-*`.
    public var people: [String]
    /// Seats of organisations that it binds, by country.
    public var seats: [String]

    /// Makes a reach; one without people and seats is everywhere.
    public init(people: [String] = [], seats: [String] = []) {
      (self.people, self.seats) = (people, seats)
    }
  }

  /// Makes a law.
  public init(
    id: String,
    title: String,
    jurisdiction: String,
    reach: Reach,
    version: Int = 1,
    source: String = "",
    retrieved: String = "",
    verified: String = Law.unverified,
    notes: String = "",
    covers: [String] = [],
    rules: [Rule],
    file: String = "",
    isOwn: Bool = false
  ) {
    (self.id, self.title, self.jurisdiction, self.reach) = (id, title, jurisdiction, reach)
    (self.version, self.source, self.retrieved) = (version, source, retrieved)
    (self.verified, self.notes, self.covers, self.rules) = (verified, notes, covers, rules)
    (self.file, self.isOwn) = (file, isOwn)
  }

  /// What stands in `verified` until somebody has.
  public static let unverified = "not verified by counsel"
}

/// One duty to notify somebody, to record something, or to decide in time.
public struct Rule: Sendable, Equatable {
  /// Its name in the whole rulebook, such as `US-CA-IND`.
  public var id: String
  /// The provision: `Cal. Civ. Code 1798.82(a)`.
  public var citation: String
  /// Who is told.
  public var recipient: String
  /// By what means.
  public var means: String
  /// What it demands, in own words.
  public var duty: String
  /// Conditions without which the duty does not arise; an unknown one leaves it undetermined.
  public var conditions: [Condition]
  /// What frees from the duty; an unknown one never does.
  public var exemptions: [Exemption]
  /// When it falls due: the earliest of these.
  public var clocks: [RuleClock]
  /// What the law would tolerate beyond.
  public var tolerance: Tolerance
  /// Under which facts the tolerance of noon does not exist.
  public var withoutNoon: Condition?
  /// The calendar of business days: a code, `seat` for the organisation's country; nil for none.
  public var calendar: String?
  /// The zone the law fixes; nil counts in the organisation's.
  public var zone: Zone?
  /// Whether a request of law enforcement delays it; nil where it does not.
  public var hold: Hold?
  /// Why it never arises: "voluntary", "not in force".
  public var dormant: String?
  /// The lists of required contents, by name.
  public var contents: [String]
  /// Which step of telling somebody it is: a first notice, what completes it, the last word.
  public var phase: FilingPhase
  /// What a reader should know besides.
  public var notes: String
  /// How sure we are of this row.
  public var confidence: Confidence
  /// What its own cases have to say against an organisation's rule; nil where nothing is.
  public var proof: Proof?

  /// What stands against an organisation's own rule.
  public enum Proof: Sendable, Hashable {
    /// No case tests it.
    case untested
    /// It does not answer its own cases as they were worked by hand.
    case fails

    /// What is said wherever an answer of the rule is shown.
    public var words: String {
      switch self {
      case .untested: "no case tests this rule"
      case .fails: "fails its own cases"
      }
    }
  }

  /// What frees from a duty.
  public struct Exemption: Sendable, Equatable {
    /// The facts of which all must be stated.
    public var condition: Condition
    /// Why, with the provision.
    public var reason: String

    /// Makes an exemption.
    public init(condition: Condition, reason: String) {
      (self.condition, self.reason) = (condition, reason)
    }
  }

  /// How a law lets law enforcement delay a notice.
  public struct Hold: Sendable, Hashable {
    /// The most that a request which is not in writing holds, from `since`; nil where it is as good.
    public var oral: Period?
    /// The time that is left after the hold.
    public var grace: Period?

    /// Makes a hold.
    public init(oral: Period? = nil, grace: Period? = nil) {
      (self.oral, self.grace) = (oral, grace)
    }
  }

  /// How sure we are of a row: of the number, and that it is in force.
  public enum Confidence: String, Vocabulary {
    case high, medium, low
  }

  /// Makes a rule.
  public init(id: String, citation: String, recipient: String, clocks: [RuleClock]) {
    (self.id, self.citation, self.recipient, self.clocks) = (id, citation, recipient, clocks)
    (means, duty, notes) = ("", "", "")
    (conditions, exemptions, contents) = ([], [], [])
    (tolerance, confidence, phase) = (.none, .high, .initial)
  }

  /// The ids of the rules that it looks at.
  public var dependencies: [String] {
    var ids = conditions.flatMap(\.rules)
    for exemption in exemptions { ids += exemption.condition.rules }
    for clock in clocks {
      ids += clock.start.rules
      ids += clock.condition?.rules ?? []
      ids += clock.exception?.rules ?? []
    }
    return ids
  }
}

/// One way in which a duty falls due.
public struct RuleClock: Sendable, Equatable {
  /// From when it counts.
  public var start: ClockStart
  /// How long.
  public var period: Period
  /// The first day, in the counting zone, on which a start falls under it.
  public var from: DayNumber?
  /// The first day on which no longer.
  public var until: DayNumber?
  /// Only where this is so.
  public var condition: Condition?
  /// Not where this is so.
  public var exception: Condition?
  /// Whether it is left aside where its start is unknown, instead of stopping the duty's clock.
  public var isOptional: Bool

  /// Makes a clock.
  public init(
    start: ClockStart,
    period: Period,
    from: DayNumber? = nil,
    until: DayNumber? = nil,
    condition: Condition? = nil,
    exception: Condition? = nil,
    isOptional: Bool = false
  ) {
    (self.start, self.period, self.from, self.until) = (start, period, from, until)
    (self.condition, self.exception, self.isOptional) = (condition, exception, isOptional)
  }
}
