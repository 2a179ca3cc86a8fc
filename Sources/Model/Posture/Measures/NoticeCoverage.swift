/// Whether everybody who is to be told of a breach was told.
public struct NoticeCoverage: PostureMeasure {
  /// What scripts call it.
  public static let name = "notice-coverage"
  /// What people call it.
  public static let title = "notices to people"
  /// The theme that it counts for.
  public static let theme = PostureTheme.trust

  /// A mailing in which somebody is to be told still, or of which nobody knows who is affected.
  public struct Open: Codable, Sendable, Equatable {
    /// The mailing.
    public var id: RecordID
    /// Its reference.
    public var reference: String
    /// How many are to be told still.
    public var untold: Int
    /// By when the duty that presses most asks for it; nil where none has a day.
    public var due: Instant?
    /// Whether it is not known how many are affected, or more are than listed.
    public var isIncomplete: Bool

    /// Makes a mailing.
    public init(
      id: RecordID,
      reference: String,
      untold: Int,
      due: Instant?,
      isIncomplete: Bool
    ) {
      (self.id, self.reference, self.untold) = (id, reference, untold)
      (self.due, self.isIncomplete) = (due, isIncomplete)
    }
  }

  /// How many mailings there are; removed and erased ones and those of exercises are left out.
  public var mailings: Int
  /// How many people are listed in them.
  public var listed: Int
  /// Those that are not whole.
  public var open: [Open]

  /// Makes the facts.
  public init(mailings: Int, listed: Int, open: [Open]) {
    (self.mailings, self.listed, self.open) = (mailings, listed, open)
  }

  /// The figure in two or three words.
  public func brief(at now: Instant) -> String {
    let untold = open.reduce(0) { $0 + $1.untold }
    return untold > 0 ? "\(untold) not told" : open.isEmpty ? "all told" : "not all known"
  }

  /// Judges the facts.
  public func judged(at now: Instant) -> MeasureVerdict {
    guard mailings > 0 else { return MeasureVerdict(nil, "no mailing was needed so far") }
    let waiting = open.filter { $0.untold > 0 }
    let untold = waiting.reduce(0) { $0 + $1.untold }
    func late(_ mailing: Open) -> Int64 {
      mailing.due.map { max(0, (now - $0).wholeMilliseconds) } ?? 0
    }
    let steps =
      waiting.sorted { (-late($0), -$0.untold, $0.id) < (-late($1), -$1.untold, $1.id) }
      .map { mailing in
        PostureStep(
          "tell \(PostureWords.count(mailing.untold, "person", "people")) of \(mailing.reference)"
            + (late(mailing) > 0 ? ", late \(PostureWords.length(late(mailing)))" : ""),
          .mailing(mailing.id),
          late: late(mailing),
          count: mailing.untold
        )
      }
      + open.filter { $0.untold == 0 && $0.isIncomplete }.map {
        PostureStep("say who else \($0.reference) concerns, or that nobody does", .mailing($0.id))
      }
    guard untold > 0 else {
      let unknown = open.count(where: \.isIncomplete)
      return unknown > 0
        ? MeasureVerdict(
          .unknown,
          "all \(listed) who are listed were told, but of "
            + "\(PostureWords.count(unknown, "mailing", "mailings")) not all who are affected are "
            + "known",
          steps: Array(steps.prefix(Posture.steps))
        ) : MeasureVerdict(.good, "all \(listed) who are listed were told")
    }
    return MeasureVerdict(
      waiting.contains { late($0) > 0 } ? .bad : .attention,
      "\(untold) of \(listed) people not told yet, in "
        + PostureWords.count(waiting.count, "mailing", "mailings"),
      steps: Array(steps.prefix(Posture.steps))
    )
  }
}
