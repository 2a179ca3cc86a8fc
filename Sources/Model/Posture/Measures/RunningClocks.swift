/// Whether the clocks that run are met.
public struct RunningClocks: PostureMeasure {
  /// What scripts call it.
  public static let name = "running-clocks"
  /// What people call it.
  public static let title = "legal clocks"
  /// The theme that it counts for.
  public static let theme = PostureTheme.law

  /// A clock that presses.
  public struct Clock: Codable, Sendable, Equatable {
    /// The clock.
    public var id: RecordID
    /// Its incident.
    public var incident: RecordID
    /// The incident's reference.
    public var reference: String
    /// The rule.
    public var rule: String
    /// When it runs out.
    public var due: Instant

    /// Makes a clock.
    public init(
      id: RecordID,
      incident: RecordID,
      reference: String,
      rule: String,
      due: Instant
    ) {
      (self.id, self.incident, self.reference) = (id, incident, reference)
      (self.rule, self.due) = (rule, due)
    }
  }

  /// How many clocks run towards a deadline, those of exercises left out; those without a date, of which
  /// none can be late, do not count.
  public var running: Int
  /// How many of them have run out.
  public var late: Int
  /// How many of them run out within `soonHours`.
  public var soon: Int
  /// How many incidents that are open have clocks that rest on older facts, or none yet.
  public var unchecked: Int
  /// How many incidents are open.
  public var open: Int
  /// How many clocks were late 30 days before, as far as they still run or were met since.
  public var lateBefore: Int
  /// The clocks that run out first.
  public var first: [Clock]

  /// A clock that runs out within so many hours wants attention.
  public static let soonHours: Int64 = 24

  /// Makes the facts.
  public init(
    running: Int,
    late: Int,
    soon: Int,
    unchecked: Int,
    open: Int,
    lateBefore: Int,
    first: [Clock]
  ) {
    (self.running, self.late, self.soon) = (running, late, soon)
    (self.unchecked, self.open, self.lateBefore) = (unchecked, open, lateBefore)
    self.first = first
  }

  /// The figure in two or three words.
  public func brief(at now: Instant) -> String {
    if late > 0 { return PostureWords.count(late, "clock late", "clocks late") }
    if soon > 0 { return PostureWords.count(soon, "clock near", "clocks near") }
    return unchecked > 0 ? "clocks not worked out" : "no clock late"
  }

  /// Judges the facts.
  public func judged(at now: Instant) -> MeasureVerdict {
    guard open > 0 else { return MeasureVerdict(nil, "no incident is open") }
    let steps = first.prefix(late + soon).map { clock in
      let left = (clock.due - now).wholeMilliseconds
      let when =
        left < 0 ? "late \(PostureWords.length(left))" : "\(PostureWords.length(left)) left"
      return PostureStep(
        "file \(clock.rule) of \(clock.reference): \(when)",
        .clock(clock.id, incident: clock.incident),
        late: -left
      )
    }
    let ask = PostureStep(
      "work out the clocks of "
        + "\(PostureWords.count(unchecked, "open incident", "open incidents")) anew",
      .view(3),
      count: unchecked
    )
    let state: PostureState =
      late > 0 ? .bad : soon > 0 ? .attention : unchecked > 0 ? .unknown : .good
    let base = "\(PostureWords.count(running, "clock", "clocks"))"
    var words =
      late > 0
      ? "\(late) of \(base) late"
      : soon > 0
        ? "\(soon) of \(base) within \(Self.soonHours) hours" : "none of \(base) late"
    if late > 0, soon > 0 { words += ", \(soon) within \(Self.soonHours) hours" }
    if unchecked > 0 { words += "; \(unchecked) of \(open) open incidents not worked out" }
    return MeasureVerdict(
      state,
      words,
      trend: unchecked > 0
        ? .unknown : PostureTrend(from: lateBefore, to: late, isLessBetter: true),
      before: "\(Posture.days) days before: \(lateBefore) late",
      steps: Array((steps + (unchecked > 0 ? [ask] : [])).prefix(Posture.steps))
    )
  }
}
