/// Whether gaps that were found are mended in time.
public struct LateFindings: PostureMeasure {
  /// What scripts call it.
  public static let name = "late-findings"
  /// What people call it.
  public static let title = "findings"
  /// The theme that it counts for.
  public static let theme = PostureTheme.threats

  /// A finding that is late, or whose acceptance has run out.
  public struct Late: Codable, Sendable, Equatable {
    /// The finding.
    public var id: RecordID
    /// Its reference.
    public var reference: String
    /// How bad it is.
    public var severity: Severity
    /// When it was due, or its acceptance ran out.
    public var due: Instant
    /// Whether its acceptance ran out.
    public var isAcceptance: Bool

    /// Makes a finding.
    public init(
      id: RecordID,
      reference: String,
      severity: Severity,
      due: Instant,
      isAcceptance: Bool
    ) {
      (self.id, self.reference, self.severity) = (id, reference, severity)
      (self.due, self.isAcceptance) = (due, isAcceptance)
    }
  }

  /// How many findings there are.
  public var total: Int
  /// How many are open.
  public var open: Int
  /// How many of them are late.
  public var late: Int
  /// How many of the late ones are critical or high.
  public var lateSevere: Int
  /// How many acceptances have run out.
  public var expired: Int
  /// How many were late 30 days before.
  public var lateBefore: Int
  /// Those that press most.
  public var first: [Late]

  /// Makes the facts.
  public init(
    total: Int,
    open: Int,
    late: Int,
    lateSevere: Int,
    expired: Int,
    lateBefore: Int,
    first: [Late]
  ) {
    (self.total, self.open, self.late) = (total, open, late)
    (self.lateSevere, self.expired) = (lateSevere, expired)
    (self.lateBefore, self.first) = (lateBefore, first)
  }

  /// The figure in two or three words.
  public func brief(at now: Instant) -> String {
    late == 0 ? "no finding late" : PostureWords.count(late, "finding late", "findings late")
  }

  /// Judges the facts.
  public func judged(at now: Instant) -> MeasureVerdict {
    guard total > 0 else { return MeasureVerdict(nil, "no finding was recorded so far") }
    var words =
      open == 0
      ? "no finding is open"
      : late == 0 ? "none of \(open) open findings late" : "\(late) of \(open) open findings late"
    if lateSevere > 0 { words += ", \(lateSevere) of them critical or high" }
    if expired > 0 {
      words +=
        ", \(PostureWords.count(expired, "acceptance has run out", "acceptances have run out"))"
    }
    return MeasureVerdict(
      lateSevere > 0 ? .bad : late + expired > 0 ? .attention : .good,
      words,
      trend: PostureTrend(from: lateBefore, to: late, isLessBetter: true),
      before: "\(Posture.days) days before: \(lateBefore) late",
      steps: first.map { finding in
        let length = (now - finding.due).wholeMilliseconds
        return PostureStep(
          finding.isAcceptance
            ? "decide again on \(finding.reference), \(finding.severity.label): its acceptance has "
              + "run out"
            : "mend \(finding.reference), \(finding.severity.label), late "
              + PostureWords.length(length),
          .finding(finding.id),
          late: length
        )
      }
    )
  }
}
