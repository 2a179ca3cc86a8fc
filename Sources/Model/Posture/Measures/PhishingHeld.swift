/// Whether people recognise a phishing mail and report it.
public struct PhishingHeld: PostureMeasure {
  /// What scripts call it.
  public static let name = "phishing-held"
  /// What people call it.
  public static let title = "phishing exercises"
  /// The theme that it counts for.
  public static let theme = PostureTheme.people

  /// An exercise in numbers.
  public struct Exercise: Codable, Sendable, Equatable {
    /// The exercise.
    public var id: RecordID
    /// The day on which it went out.
    public var sentOn: DayNumber
    /// What people did; nil where they are too few.
    public var counts: PhishingCounts?

    /// Makes an exercise.
    public init(id: RecordID, sentOn: DayNumber, counts: PhishingCounts?) {
      (self.id, self.sentOn, self.counts) = (id, sentOn, counts)
    }
  }

  /// The last exercise; nil where there was none.
  public var last: Exercise?
  /// The one before.
  public var before: Exercise?
  /// The present day, in the organisation's zone.
  public var today: DayNumber

  /// From this share of those who followed the link on it wants attention, in tenths of a percent.
  public static let attention = 50
  /// From this share on it is bad.
  public static let bad = 200
  /// After so many days an exercise says nothing any more.
  public static let staleDays = 365

  /// Makes the facts.
  public init(last: Exercise?, before: Exercise?, today: DayNumber) {
    (self.last, self.before, self.today) = (last, before, today)
  }

  /// The figure in two or three words.
  public func brief(at now: Instant) -> String {
    guard let last else { return "no exercise" }
    return last.counts.flatMap { $0.share($0.clicked) }.map { "\(Self.text($0)) clicked" }
      ?? "too few people"
  }

  /// Judges the facts.
  public func judged(at now: Instant) -> MeasureVerdict {
    let plan = PostureStep("hold a phishing exercise", .view(7))
    guard let last else {
      return MeasureVerdict(.unknown, "no phishing exercise was held", steps: [plan])
    }
    guard today.count - last.sentOn.count <= Self.staleDays else {
      return MeasureVerdict(
        .unknown,
        "the last phishing exercise was on \(last.sentOn.iso)",
        steps: [plan]
      )
    }
    guard let counts = last.counts, let clicked = counts.share(counts.clicked) else {
      return MeasureVerdict(.unknown, "the last phishing exercise had too few people to tell")
    }
    let state: PostureState =
      clicked >= Self.bad ? .bad : clicked >= Self.attention ? .attention : .good
    let earlier = before?.counts.flatMap { $0.share($0.clicked) }
    return MeasureVerdict(
      state,
      "\(counts.clicked) of \(counts.sent) followed the link (\(Self.text(clicked))), "
        + "\(counts.reported) reported it",
      trend: PostureTrend(from: earlier, to: clicked, isLessBetter: true),
      before: earlier.map { "the exercise before: \(Self.text($0))" } ?? "",
      steps: state == .good
        ? []
        : [
          PostureStep(
            "see which groups follow links, and train them",
            .exercise(last.id),
            count: counts.clicked
          )
        ]
    )
  }

  /// `6.9 %`.
  static func text(_ tenths: Int) -> String { "\(tenths / 10).\(tenths % 10) %" }
}
