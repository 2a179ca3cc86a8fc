extension ObligationEngine {
  /// The deadline of one rule by its clocks alone, whether its conditions hold or not.
  ///
  /// Which clock counts is decided by the days on which each is in force. Nil where none of them
  /// runs on these facts, or the rule has no number.
  public func limit(of rule: String, for facts: Facts) -> Instant? {
    Evaluation(pack: pack, facts: facts, now: Instant(seconds: 0)).limit(ofRule: rule).instant
  }
}

/// How long one notice took, and whether it came in time.
public struct Lateness: Sendable, Hashable {
  /// The incident's reference.
  public var reference: String
  /// The id in the register it was imported from; nil for one opened here.
  ///
  /// Foreign text.
  public var externalID: String?
  /// The day on which the organisation was aware, in the counting zone.
  public var aware: DayNumber
  /// The day on which notice was given, in the counting zone.
  public var notified: DayNumber
  /// The deadline under the rule then in force; nil where none was.
  public var due: Instant?
  /// Whether the notice came in time.
  public var verdict: Verdict

  /// Whether a notice came in time.
  public enum Verdict: String, Vocabulary {
    case onTime = "on time"
    case late
    /// The times are not known exactly enough.
    case unclear
    /// No rule with a number was in force.
    case noLimit = "no limit"
  }

  /// Days from awareness to notice; negative where the notice came first.
  public var days: Int { notified.count - aware.count }
}

/// How late notices were under one rule, by the year in which they were given.
public struct LatenessReport: Sendable {
  /// The rule's law.
  public let law: Law
  /// The rule.
  public let rule: Rule
  /// The notices that were measured, in the order in which they were added.
  public private(set) var notices: [Lateness] = []
  /// How many incidents under the law lack a day of awareness or of notice.
  public private(set) var undated = 0

  private let engine: ObligationEngine

  /// The notices of one year, or all of them.
  public struct Row: Sendable, Hashable {
    /// The year of the notices; nil for all years.
    public var year: Int?
    /// How many notices were given.
    public var notices: Int
    /// How many came in time.
    public var onTime: Int
    /// How many came late.
    public var late: Int
    /// How many can be told neither, or had no limit.
    public var open: Int
    /// The middle of their days from awareness to notice, doubled so that it is whole.
    public var doubledMedian: Int
    /// The most days that one took.
    public var worst: Int
  }

  /// Makes a report without notices; nil where the pack has no such rule.
  public init?(rule id: String, pack: RulePack) {
    guard let (law, rule) = pack.rule(id) else { return nil }
    (self.law, self.rule, engine) = (law, rule, ObligationEngine(pack: pack))
  }

  /// Takes in an incident where the law reaches the people affected; an exercise is left out.
  ///
  /// A rule that counts from discovery counts from awareness where nobody has stated the discovery:
  /// public registers tell one of both.
  public mutating func add(_ incident: Incident) {
    guard !incident.isExercise else { return }
    var unusable: [UnusableFact] = []
    var facts = Facts(incident, Organisation(), unusable: &unusable)
    guard case .yes = law.reach.verdict(on: facts) else { return }
    let times = incident.facts.instants
    let stated = [incident.awareness?.awareAt ?? times[.aware], times[.notified]]
    let known = stated.compactMap(\.self).filter { $0.precision >= .day }
    guard known.count == 2 else {
      undated += 1
      return
    }
    let (aware, notified) = (known[0], known[1])
    // The days of a register are those of its own place, not of this organisation.
    let zone = rule.zone ?? aware.zone
    facts[.zone] = .zone(zone)
    let discovered = times[.discovered].flatMap { $0.precision >= .day ? $0 : nil } ?? aware
    func limit(_ instant: (StatedTime) -> Instant) -> Instant? {
      facts[FactKey.known("events.aware_at")] = .instants([instant(aware)])
      facts[FactKey.known("events.discovered_at")] = .instants([instant(discovered)])
      return engine.limit(of: rule.id, for: facts)
    }
    let due = limit(\.earliest)
    notices.append(
      Lateness(
        reference: incident.reference,
        externalID: incident.source?.externalID,
        aware: DayNumber(aware.earliest, in: zone),
        notified: DayNumber(notified.earliest, in: zone),
        due: due,
        verdict: LatenessReport.verdict(notified, due, limit(\.lastSecond))
      )
    )
  }

  /// Compares a notice with the earliest and the last deadline that its times can mean.
  private static func verdict(
    _ notified: StatedTime,
    _ first: Instant?,
    _ last: Instant?
  ) -> Lateness.Verdict {
    guard let first, let last else { return first == last ? .noLimit : .unclear }
    // A deadline is the last second in time, all of it.
    if notified.lastSecond <= first { return .onTime }
    return notified.earliest > last + .milliseconds(999) ? .late : .unclear
  }

  /// The notices by year, the first year first.
  public var years: [Row] {
    Dictionary(grouping: notices) { $0.notified.year }.sorted { $0.key < $1.key }
      .map { Row($0.value, year: $0.key) }
  }

  /// All notices; nil where there are none.
  public var total: Row? { notices.isEmpty ? nil : Row(notices, year: nil) }
}

extension LatenessReport.Row {
  fileprivate init(_ notices: [Lateness], year: Int?) {
    func count(_ verdict: Lateness.Verdict) -> Int { notices.count { $0.verdict == verdict } }
    let days = notices.map(\.days).sorted()
    (self.year, self.notices) = (year, notices.count)
    (onTime, late) = (count(.onTime), count(.late))
    open = count(.unclear) + count(.noLimit)
    doubledMedian = days[(days.count - 1) / 2] + days[days.count / 2]
    worst = days[days.count - 1]
  }

  /// The middle of the days, as `38` or `31.5`.
  public var median: String {
    guard !doubledMedian.isMultiple(of: 2) else { return String(doubledMedian / 2) }
    return "\(doubledMedian < 0 ? "-" : "")\(abs(doubledMedian) / 2).5"
  }
}

extension StatedTime {
  /// The beginning of the last second that is meant.
  fileprivate var lastSecond: Instant {
    Instant(seconds: latest.milliseconds.flooredDivision(by: 1000).quotient)
  }
}
