/// Whether incidents are in hand.
public struct OpenIncidents: PostureMeasure {
  /// What scripts call it.
  public static let name = "open-incidents"
  /// What people call it.
  public static let title = "incidents"
  /// The theme that it counts for.
  public static let theme = PostureTheme.threats

  /// An open incident that presses.
  public struct Pressing: Codable, Sendable, Equatable {
    /// The incident.
    public var id: RecordID
    /// Its reference.
    public var reference: String
    /// How bad it is.
    public var severity: Severity?
    /// Where its handling stands.
    public var state: IncidentState

    /// Makes an incident.
    public init(id: RecordID, reference: String, severity: Severity?, state: IncidentState) {
      (self.id, self.reference) = (id, reference)
      (self.severity, self.state) = (severity, state)
    }

    /// Whether it is critical or high, and goes on.
    var isUncontained: Bool {
      (severity ?? .low) >= .high && state.rank < IncidentState.contained.rank
    }
  }

  /// How many incidents there are.
  public var total: Int
  /// How many are open, by severity: critical, high, medium, low, not assessed.
  public var open: [Int]
  /// How many critical ones are not contained.
  public var critical: Int
  /// How many high ones are not contained.
  public var high: Int
  /// How many critical and high ones were opened in the last 30 days.
  public var severe: Int
  /// How many in the 30 days before.
  public var severeBefore: Int
  /// Those that press most.
  public var worst: [Pressing]

  /// Makes the facts.
  public init(
    total: Int,
    open: [Int],
    critical: Int,
    high: Int,
    severe: Int,
    severeBefore: Int,
    worst: [Pressing]
  ) {
    (self.total, self.open, self.critical, self.high) = (total, open, critical, high)
    (self.severe, self.severeBefore, self.worst) = (severe, severeBefore, worst)
  }

  /// The figure in two or three words.
  public func brief(at now: Instant) -> String {
    critical > 0
      ? "\(critical) critical not contained"
      : PostureWords.count(open.reduce(0, +), "incident open", "incidents open")
  }

  /// Judges the facts.
  public func judged(at now: Instant) -> MeasureVerdict {
    guard total > 0 else { return MeasureVerdict(.unknown, "no incident was ever recorded") }
    let count = open.reduce(0, +)
    let unrated = open.last ?? 0
    let state: PostureState =
      critical > 0
      ? .bad
      : high > 0 || open.prefix(2).contains { $0 > 0 }
        ? .attention : unrated > 0 ? .unknown : .good
    var words = "\(count) of \(total) incidents open"
    if critical > 0 { words += ", \(critical) critical not contained" }
    if high > 0 { words += ", \(high) high not contained" }
    if critical == 0, high == 0, open.prefix(2).contains(where: { $0 > 0 }) {
      words += ", \(open.prefix(2).reduce(0, +)) critical or high"
    }
    if unrated > 0 { words += ", \(unrated) not assessed" }
    let pressing = worst.filter(\.isUncontained).map {
      PostureStep(
        "contain \($0.reference), \($0.severity?.label ?? "not assessed"): \($0.state.label)",
        .incident($0.id)
      )
    }
    let others = worst.filter { !$0.isUncontained && ($0.severity ?? .low) >= .high }.map {
      PostureStep(
        "close \($0.reference), \($0.severity?.label ?? "not assessed"): \($0.state.label)",
        .incident($0.id)
      )
    }
    let rate = PostureStep(
      "say how bad \(PostureWords.count(unrated, "incident is", "incidents are"))",
      unrated == 1 && worst.contains { $0.severity == nil }
        ? .incident(worst.first { $0.severity == nil }?.id ?? 0)
        : .incidents(filter: "is:open severity:none"),
      count: unrated
    )
    return MeasureVerdict(
      state,
      words,
      trend: PostureTrend(from: severeBefore, to: severe, isLessBetter: true),
      before: "\(severe) critical or high opened in \(Posture.days) days, \(severeBefore) before",
      steps: Array((pressing + (unrated > 0 ? [rate] : []) + others).prefix(Posture.steps))
    )
  }
}
