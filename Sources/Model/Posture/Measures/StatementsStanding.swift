/// Whether what we say in public is there, and still true.
public struct StatementsStanding: PostureMeasure {
  /// What scripts call it.
  public static let name = "statements-standing"
  /// What people call it.
  public static let title = "statements"
  /// The theme that it counts for.
  public static let theme = PostureTheme.openness

  /// A statement to the public.
  public struct Standing: Codable, Sendable, Equatable {
    /// The statement.
    public var id: RecordID
    /// Its reference.
    public var reference: String
    /// Whether the public sees a version of it.
    public var isPublished: Bool
    /// In how many lines the register no longer supports what the public sees.
    public var unsupported: Int
    /// In how many lines it could say more.
    public var additions: Int
    /// When its `security.txt` runs out; nil where there is none.
    public var securityExpires: Instant?

    /// Makes a statement.
    public init(
      id: RecordID,
      reference: String,
      isPublished: Bool,
      unsupported: Int,
      additions: Int = 0,
      securityExpires: Instant?
    ) {
      (self.id, self.reference, self.isPublished) = (id, reference, isPublished)
      (self.unsupported, self.additions) = (unsupported, additions)
      self.securityExpires = securityExpires
    }
  }

  /// The statements.
  public var statements: [Standing]

  /// A `security.txt` that runs out within so many days wants attention.
  public static let soonDays: Int64 = 30

  /// Makes the facts.
  public init(statements: [Standing]) { self.statements = statements }

  /// The figure in two or three words.
  public func brief(at now: Instant) -> String {
    let published = statements.filter(\.isPublished)
    let wrong = published.count { $0.unsupported > 0 }
    if wrong > 0 { return PostureWords.count(wrong, "statement untrue", "statements untrue") }
    return published.isEmpty ? "no statement" : "\(published.count) published"
  }

  /// Judges the facts.
  public func judged(at now: Instant) -> MeasureVerdict {
    let published = statements.filter(\.isPublished)
    guard !published.isEmpty else {
      return MeasureVerdict(
        .unknown,
        statements.isEmpty
          ? "no statement to the public was written"
          : "none of \(statements.count) statements is published",
        steps: [
          PostureStep(
            statements.isEmpty
              ? "write a statement to the public" : "publish \(statements[0].reference)",
            statements.first.map { .statement($0.id) } ?? .view(8)
          )
        ]
      )
    }
    let wrong = published.filter { $0.unsupported > 0 }
    let short = published.filter { $0.unsupported == 0 && $0.additions > 0 }
    let soon = now + .seconds(Self.soonDays * 86_400)
    let ending = published.filter { $0.securityExpires.map { $0 < soon } ?? false }
    let isOver = ending.contains { $0.securityExpires.map { $0 < now } ?? false }
    let steps =
      wrong.sorted { (-$0.unsupported, $0.id) < (-$1.unsupported, $1.id) }.map {
        PostureStep(
          "publish \($0.reference) anew: \(PostureWords.count($0.unsupported, "line", "lines")) no "
            + "longer true",
          .statement($0.id),
          count: $0.unsupported
        )
      }
      + ending.map {
        PostureStep(
          "renew the security.txt of \($0.reference)",
          .statement($0.id),
          late: $0.securityExpires.map { (now - $0).wholeMilliseconds } ?? 0
        )
      }
      + short.map {
        PostureStep(
          "publish \($0.reference) anew: it could say "
            + "\(PostureWords.count($0.additions, "line", "lines")) more",
          .statement($0.id),
          count: $0.additions
        )
      }
    var words =
      wrong.isEmpty
      ? "all \(published.count) published are supported by the register"
      : "\(wrong.count) of \(published.count) published say what the register no longer supports"
    if !short.isEmpty { words += ", \(short.count) could say more" }
    if !ending.isEmpty { words += ", a security.txt \(isOver ? "has run out" : "runs out")" }
    return MeasureVerdict(
      !wrong.isEmpty || isOver ? .bad : !ending.isEmpty || !short.isEmpty ? .attention : .good,
      words,
      steps: Array(steps.prefix(Posture.steps))
    )
  }
}
