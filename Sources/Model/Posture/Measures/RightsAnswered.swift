/// Whether requests by people about their data are answered in time.
public struct RightsAnswered: PostureMeasure {
  /// What scripts call it.
  public static let name = "rights-answered"
  /// What people call it.
  public static let title = "requests by people"
  /// The theme that it counts for.
  public static let theme = PostureTheme.law

  /// An open request that presses.
  public struct Pressing: Codable, Sendable, Equatable {
    /// Its reference.
    public var reference: String
    /// What is wanted.
    public var wanted: String
    /// When it is due; nil where nobody knows.
    public var due: Instant?

    /// Makes a request.
    public init(reference: String, wanted: String, due: Instant?) {
      (self.reference, self.wanted, self.due) = (reference, wanted, due)
    }
  }

  /// How many requests there ever were.
  public var total: Int
  /// How many are open.
  public var open: Int
  /// How many of them are late.
  public var late: Int
  /// How many of them are due within `soonDays`.
  public var soon: Int
  /// How many of them have no day.
  public var undated: Int
  /// Of how many of them receipt was not confirmed in time, where a law wants that.
  public var unconfirmed: Int
  /// How many were late 30 days before.
  public var lateBefore: Int
  /// The open ones that are due first.
  public var first: [Pressing]

  /// A request that is due within so many days wants attention.
  public static let soonDays: Int64 = 7

  /// Makes the facts.
  public init(
    total: Int,
    open: Int,
    late: Int,
    soon: Int,
    undated: Int,
    lateBefore: Int,
    first: [Pressing],
    unconfirmed: Int = 0
  ) {
    (self.total, self.open, self.late, self.soon) = (total, open, late, soon)
    (self.undated, self.lateBefore, self.first) = (undated, lateBefore, first)
    self.unconfirmed = unconfirmed
  }

  /// The figure in two or three words.
  public func brief(at now: Instant) -> String {
    if late > 0 { return PostureWords.count(late, "request late", "requests late") }
    if unconfirmed > 0 {
      return PostureWords.count(unconfirmed, "receipt late", "receipts late")
    }
    return open == 0 ? "no request open" : PostureWords.count(open, "request", "requests")
  }

  /// Judges the facts.
  public func judged(at now: Instant) -> MeasureVerdict {
    guard total > 0 else { return MeasureVerdict(nil, "no request was logged so far") }
    let steps = first.prefix(late + soon + undated).map { request in
      guard let due = request.due else {
        return PostureStep(
          "say by which law \(request.reference) is due",
          .request(request.reference)
        )
      }
      let left = (due - now).wholeMilliseconds
      let when =
        left < 0 ? "late \(PostureWords.length(left))" : "\(PostureWords.length(left)) left"
      return PostureStep(
        "answer \(request.reference), \(request.wanted): \(when)",
        .request(request.reference),
        late: -left
      )
    }
    var words =
      late > 0
      ? "\(late) of \(open) open requests late"
      : open == 0 ? "no request is open" : "none of \(open) open requests late"
    if soon > 0 { words += ", \(soon) due within \(Self.soonDays) days" }
    if undated > 0 { words += ", \(undated) without a day" }
    if unconfirmed > 0 { words += ", receipt of \(unconfirmed) not confirmed in time" }
    return MeasureVerdict(
      late > 0 || unconfirmed > 0 ? .bad : soon > 0 ? .attention : undated > 0 ? .unknown : .good,
      words,
      trend: PostureTrend(from: lateBefore, to: late, isLessBetter: true),
      before: "\(Posture.days) days before: \(lateBefore) late",
      steps: Array(steps.prefix(Posture.steps))
    )
  }
}
