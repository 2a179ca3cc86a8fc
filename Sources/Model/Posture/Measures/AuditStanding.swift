/// Whether what protects us was looked at, and how well it did.
public struct AuditStanding: PostureMeasure {
  /// What scripts call it.
  public static let name = "audit-standing"
  /// What people call it.
  public static let title = "audits"
  /// The theme that it counts for.
  public static let theme = PostureTheme.threats

  /// The last signed audit by a checklist.
  public struct Signed: Codable, Sendable, Equatable {
    /// Its reference.
    public var reference: String
    /// Its score in hundredths of a percent; nil where nothing counts.
    public var score: Int?
    /// The score of the signed audit before it; nil where there is none.
    public var before: Int?

    /// Makes an audit.
    public init(reference: String, score: Int?, before: Int?) {
      (self.reference, self.score, self.before) = (reference, score, before)
    }
  }

  /// A recurring audit whose next pass is late.
  public struct Late: Codable, Sendable, Equatable {
    /// The audit that is to be followed up.
    public var reference: String
    /// The last day on which the next was in time.
    public var end: Instant

    /// Makes an audit.
    public init(reference: String, end: Instant) { (self.reference, self.end) = (reference, end) }
  }

  /// The last signed audit by each checklist.
  public var signed: [Signed]
  /// How many audits are under way.
  public var running: Int
  /// One that is under way; empty where none is.
  public var runningReference: String
  /// The recurring ones that are late, the longest first.
  public var late: [Late]

  /// From this score on it is good, in hundredths of a percent.
  public static let good = 8_000
  /// Below this score it is bad.
  public static let bad = 5_000

  /// Makes the facts.
  public init(signed: [Signed], running: Int, runningReference: String = "", late: [Late]) {
    (self.signed, self.running, self.late) = (signed, running, late)
    self.runningReference = runningReference
  }

  /// The figure in two or three words.
  public func brief(at now: Instant) -> String {
    guard late.isEmpty else { return PostureWords.count(late.count, "audit late", "audits late") }
    return signed.compactMap(\.score).min().map { "audits \(Self.text($0))" } ?? "no audit"
  }

  /// Judges the facts.
  public func judged(at now: Instant) -> MeasureVerdict {
    var steps = late.map { audit in
      let length = (now - audit.end).wholeMilliseconds
      return PostureStep(
        "audit again after \(audit.reference), late \(PostureWords.length(length))",
        .audit(audit.reference),
        late: length
      )
    }
    let scored = signed.filter { $0.score != nil }
      .sorted { ($0.score ?? 0, $0.reference) < ($1.score ?? 0, $1.reference) }
    guard let worst = scored.first, let score = worst.score else {
      let words =
        running > 0
        ? "no audit is signed, \(running) under way" : "no audit was made so far"
      steps.append(
        running > 0
          ? PostureStep(
            "finish and sign \(runningReference)",
            runningReference.isEmpty ? .view(4) : .audit(runningReference)
          ) : PostureStep("start an audit", .view(4))
      )
      return MeasureVerdict(late.isEmpty ? .unknown : .attention, words, steps: steps)
    }
    for audit in scored where (audit.score ?? 0) < Self.good {
      steps.append(
        PostureStep(
          "mend the gaps of \(audit.reference), score \(Self.text(audit.score ?? 0))",
          .audit(audit.reference)
        )
      )
    }
    let compared = scored.filter { $0.before != nil }
    // Scores move by hundredths; the sum says which way all of them went.
    let change = compared.reduce(0) { $0 + ($1.score ?? 0) - ($1.before ?? 0) }
    var words =
      scored.count == 1
      ? "\(worst.reference) scored \(Self.text(score))"
      : "\(scored.count) audits, the lowest score \(Self.text(score)), \(worst.reference)"
    if !late.isEmpty {
      words += ", \(PostureWords.count(late.count, "next pass is late", "next passes are late"))"
    }
    let before = compared.first?.before.map { "the pass before: \(Self.text($0))" } ?? ""
    return MeasureVerdict(
      score < Self.bad ? .bad : score < Self.good || !late.isEmpty ? .attention : .good,
      words,
      trend: compared.isEmpty ? .unknown : change == 0 ? .same : change > 0 ? .better : .worse,
      before: before,
      steps: Array(steps.prefix(Posture.steps))
    )
  }

  /// `83.2 %`: rounded down, so that nothing short of all of it is called 100 %.
  static func text(_ hundredths: Int) -> String {
    let tenths = hundredths / 10
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
