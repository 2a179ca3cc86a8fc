/// Whether data are deleted when their time is over.
public struct DataToDelete: PostureMeasure {
  /// What scripts call it.
  public static let name = "data-to-delete"
  /// What people call it.
  public static let title = "data due for deletion"
  /// The theme that it counts for.
  public static let theme = PostureTheme.privacy

  /// Data whose time is over.
  public struct Due: Codable, Sendable, Equatable {
    /// The name of its row among what is due.
    public var row: String
    /// What people call it: the rule and the record that it applies to.
    ///
    /// Foreign text.
    public var reference: String
    /// Since when.
    public var since: Instant
    /// How much it is; nil where nobody counted.
    public var count: Int64?

    /// Makes data.
    public init(row: String, reference: String, since: Instant, count: Int64?) {
      (self.row, self.reference, self.since, self.count) = (row, reference, since, count)
    }
  }

  /// How many activities and kinds of data of our own there are that a rule could apply to.
  public var holdings: Int
  /// How many rules there are.
  public var rules: Int
  /// What is due, the longest first; holds taken out.
  public var due: [Due]
  /// How many rows are on hold.
  public var held: Int
  /// How many rows nobody counted yet, or no rule covers.
  public var uncounted: Int
  /// How many rows were due 30 days before.
  public var dueBefore: Int

  /// What is due for longer than so many days is bad.
  public static let badDays: Int64 = 30

  /// Makes the facts.
  public init(
    holdings: Int,
    rules: Int,
    due: [Due],
    held: Int,
    uncounted: Int,
    dueBefore: Int
  ) {
    (self.holdings, self.rules, self.due) = (holdings, rules, due)
    (self.held, self.uncounted, self.dueBefore) = (held, uncounted, dueBefore)
  }

  /// The figure in two or three words.
  public func brief(at now: Instant) -> String {
    guard due.isEmpty else { return "\(due.count) due for deletion" }
    return rules == 0
      ? "no retention rule" : uncounted > 0 ? "not all counted" : "nothing to delete"
  }

  /// Judges the facts.
  public func judged(at now: Instant) -> MeasureVerdict {
    guard rules > 0 else {
      return holdings > 0
        ? MeasureVerdict(
          .unknown,
          "no rule says how long data are kept",
          steps: [PostureStep("say how long data are kept", .view(6), count: holdings)]
        ) : MeasureVerdict(nil, "no data are registered")
    }
    func length(_ due: Due) -> Int64 { (now - due.since).wholeMilliseconds }
    let known = due.compactMap(\.count).reduce(0, +)
    var words =
      due.isEmpty
      ? "nothing is due under \(PostureWords.count(rules, "rule", "rules"))"
      : "\(PostureWords.count(due.count, "holding", "holdings")) due for deletion, \(known) records"
    if held > 0 { words += ", \(held) on hold" }
    if uncounted > 0 { words += ", \(uncounted) not counted" }
    let isOld = due.contains { length($0) > Self.badDays * 86_400_000 }
    let steps = due.prefix(Posture.steps).map {
      PostureStep(
        "delete what \($0.reference) says, due \(PostureWords.length(length($0)))",
        .dueData($0.row),
        late: length($0),
        count: Int(clamping: $0.count ?? 1)
      )
    }
    let count = PostureStep(
      "count what \(PostureWords.count(uncounted, "rule", "rules")) cannot say yet",
      .dueData(""),
      count: uncounted
    )
    return MeasureVerdict(
      isOld ? .bad : !due.isEmpty ? .attention : uncounted > 0 ? .unknown : .good,
      words,
      trend: PostureTrend(from: dueBefore, to: due.count, isLessBetter: true),
      before: "\(Posture.days) days before: \(dueBefore) due",
      steps: Array((steps + (uncounted > 0 ? [count] : [])).prefix(Posture.steps))
    )
  }
}
