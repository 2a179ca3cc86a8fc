/// Whether what was filed with authorities was filed in time.
public struct FiledInTime: PostureMeasure {
  /// What scripts call it.
  public static let name = "filed-in-time"
  /// What people call it.
  public static let title = "filings"
  /// The theme that it counts for.
  public static let theme = PostureTheme.law

  /// First filings of a stretch of time.
  public struct Tally: Codable, Sendable, Hashable {
    /// Those that came in time.
    public var onTime = 0
    /// Those that came late.
    public var late = 0
    /// Those whose times are not known exactly enough.
    public var unclear = 0
    /// Those whose duty has no day, or does not stand any more.
    public var undated = 0
    /// Duties whose deadline fell into it, and of which nothing was filed by its end.
    public var missed = 0

    /// Makes a tally of nothing.
    public init() {}

    /// How many can be told.
    public var told: Int { onTime + late + missed }
    /// How many there are.
    public var total: Int { told + unclear + undated }

    /// Counts a filing: the time when it was sent, and when it was due.
    public mutating func add(earliest: Instant, latest: Instant, due: Instant?) {
      guard let due else {
        undated += 1
        return
      }
      // A deadline is the last second in time, all of it.
      let end = due + .milliseconds(999)
      if latest <= end {
        onTime += 1
      } else if earliest > end {
        late += 1
      } else {
        unclear += 1
      }
    }
  }

  /// Those of the last `days`.
  public var now: Tally
  /// Those of as many days before.
  public var before: Tally

  /// How many days are looked at.
  public static let days: Int64 = 90
  /// Below this share in time it is bad.
  public static let badPercent = 80

  /// Makes the facts.
  public init(now: Tally, before: Tally) { (self.now, self.before) = (now, before) }

  /// The figure in two or three words.
  public func brief(at present: Instant) -> String {
    self.now.told > 0
      ? "\(PostureWords.percent(self.now.onTime, of: self.now.told)) % in time"
      : "filings not known"
  }

  /// Judges the facts.
  public func judged(at present: Instant) -> MeasureVerdict {
    guard now.total > 0 else {
      return MeasureVerdict(nil, "nothing was filed or to be filed in \(Self.days) days")
    }
    func share(_ tally: Tally) -> Int? {
      tally.told > 0 ? PostureWords.percent(tally.onTime, of: tally.told) : nil
    }
    let rest = now.unclear + now.undated
    guard let percent = share(now) else {
      return MeasureVerdict(
        .unknown,
        "\(rest) filed in \(Self.days) days, whether in time is not known"
      )
    }
    let words = "\(now.onTime) of \(now.told) filed in time in \(Self.days) days"
    let tail =
      (now.missed > 0 ? ", \(now.missed) not filed at all" : "")
      + (rest > 0 ? ", of \(rest) more not known" : "")
    let state: PostureState =
      percent < Self.badPercent ? .bad : percent < 100 ? .attention : rest > 0 ? .unknown : .good
    return MeasureVerdict(
      state,
      words + tail,
      trend: PostureTrend(from: share(before), to: percent, isLessBetter: false),
      before: before.told > 0
        ? "\(Self.days) days before: \(before.onTime) of \(before.told)" : ""
    )
  }
}
