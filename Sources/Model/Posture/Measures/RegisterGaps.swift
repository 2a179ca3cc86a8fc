/// Whether the register of processing says what the law asks for, and why data are held.
public struct RegisterGaps: PostureMeasure {
  /// What scripts call it.
  public static let name = "register-gaps"
  /// What people call it.
  public static let title = "register of processing"
  /// The theme that it counts for.
  public static let theme = PostureTheme.privacy

  /// An activity of which something is missing.
  public struct Gap: Codable, Sendable, Equatable {
    /// Its reference.
    public var reference: String
    /// How many things the law asks for are missing.
    public var missing: Int
    /// How many categories of data nobody has justified within the period.
    public var unjustified: Int

    /// Makes a gap.
    public init(reference: String, missing: Int, unjustified: Int) {
      (self.reference, self.missing, self.unjustified) = (reference, missing, unjustified)
    }
  }

  /// How many activities there are.
  public var activities: Int
  /// Those with gaps.
  public var gaps: [Gap]

  /// Above this share of activities with gaps it is bad.
  public static let badPercent = 50

  /// Makes the facts.
  public init(activities: Int, gaps: [Gap]) { (self.activities, self.gaps) = (activities, gaps) }

  /// The figure in two or three words.
  public func brief(at now: Instant) -> String {
    activities == 0
      ? "no register"
      : gaps.isEmpty ? "register complete" : "\(gaps.count) of \(activities) with gaps"
  }

  /// Judges the facts.
  public func judged(at now: Instant) -> MeasureVerdict {
    guard activities > 0 else {
      return MeasureVerdict(
        .unknown,
        "no processing is registered",
        steps: [PostureStep("register what personal data are processed", .view(6))]
      )
    }
    guard !gaps.isEmpty else {
      return MeasureVerdict(.good, "all \(activities) activities are complete and justified")
    }
    let unjustified = gaps.reduce(0) { $0 + $1.unjustified }
    var words = "\(gaps.count) of \(activities) activities have gaps"
    if unjustified > 0 {
      words +=
        ", \(PostureWords.count(unjustified, "category", "categories")) of data not justified"
    }
    let ranked = gaps.sorted {
      (-$0.missing - $0.unjustified, $0.reference) < (-$1.missing - $1.unjustified, $1.reference)
    }
    return MeasureVerdict(
      PostureWords.percent(gaps.count, of: activities) > Self.badPercent ? .bad : .attention,
      words,
      steps: ranked.prefix(Posture.steps).map { gap in
        let parts = [
          gap.missing > 0 ? "\(gap.missing) missing" : nil,
          gap.unjustified > 0 ? "\(gap.unjustified) not justified" : nil,
        ]
        return PostureStep(
          "complete \(gap.reference): \(parts.compactMap(\.self).joined(separator: ", "))",
          .activity(gap.reference),
          count: gap.missing + gap.unjustified
        )
      }
    )
  }
}
