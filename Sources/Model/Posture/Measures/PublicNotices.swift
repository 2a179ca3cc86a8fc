/// Whether the public was told where people could not be told one by one.
public struct PublicNotices: PostureMeasure {
  /// What scripts call it.
  public static let name = "public-notices"
  /// What people call it.
  public static let title = "public notices"
  /// The theme that it counts for.
  public static let theme = PostureTheme.openness

  /// A mailing with people who cannot be reached.
  public struct Unreached: Codable, Sendable, Equatable {
    /// The mailing.
    public var id: RecordID
    /// Its reference.
    public var reference: String
    /// How many cannot be reached.
    public var people: Int
    /// How many public notices stand or stood for it.
    public var standing: Int
    /// How many are planned.
    public var planned: Int
    /// How many of those that stood have no evidence.
    public var unproven: Int

    /// Makes a mailing.
    public init(
      id: RecordID,
      reference: String,
      people: Int,
      standing: Int,
      planned: Int,
      unproven: Int
    ) {
      (self.id, self.reference, self.people) = (id, reference, people)
      (self.standing, self.planned, self.unproven) = (standing, planned, unproven)
    }
  }

  /// The mailings with people who cannot be reached; removed and erased ones and exercises left out.
  public var mailings: [Unreached]

  /// Makes the facts.
  public init(mailings: [Unreached]) { self.mailings = mailings }

  /// The figure in two or three words.
  public func brief(at now: Instant) -> String {
    let without = mailings.count { $0.standing == 0 }
    return without > 0
      ? "\(without) without notice" : PostureWords.count(mailings.count, "notice", "notices")
  }

  /// Judges the facts.
  public func judged(at now: Instant) -> MeasureVerdict {
    guard !mailings.isEmpty else {
      return MeasureVerdict(nil, "nobody is known who cannot be reached")
    }
    let without = mailings.filter { $0.standing == 0 }
    let unproven = mailings.filter { $0.standing > 0 && $0.unproven > 0 }
    let people = without.reduce(0) { $0 + $1.people }
    let steps =
      without.sorted { (-$0.people, $0.id) < (-$1.people, $1.id) }.map {
        PostureStep(
          $0.planned > 0
            ? "publish the notice that is planned for \($0.reference)"
            : "publish a notice for \(PostureWords.count($0.people, "person", "people")) of "
              + "\($0.reference) whom nothing reaches",
          .mailing($0.id),
          count: $0.people
        )
      }
      + unproven.map {
        PostureStep(
          "keep evidence of the public notice for \($0.reference)",
          .mailing($0.id),
          count: $0.unproven
        )
      }
    let whom = "with people whom nothing reaches"
    let base = PostureWords.count(mailings.count, "mailing", "mailings")
    guard !without.isEmpty else {
      return MeasureVerdict(
        unproven.isEmpty ? .good : .attention,
        (mailings.count == 1
          ? "the mailing \(whom) has a public notice" : "all \(base) \(whom) have a public notice")
          + (unproven.isEmpty ? "" : ", \(unproven.count) without evidence"),
        steps: Array(steps.prefix(Posture.steps))
      )
    }
    return MeasureVerdict(
      without.contains { $0.planned == 0 } ? .bad : .attention,
      "\(without.count) of \(base) \(whom) without a public notice: "
        + PostureWords.count(people, "person", "people"),
      steps: Array(steps.prefix(Posture.steps))
    )
  }
}
