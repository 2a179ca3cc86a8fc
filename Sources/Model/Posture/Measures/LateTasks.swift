/// Whether what was agreed on incidents is done in time.
public struct LateTasks: PostureMeasure {
  /// What scripts call it.
  public static let name = "late-tasks"
  /// What people call it.
  public static let title = "tasks"
  /// The theme that it counts for.
  public static let theme = PostureTheme.threats

  /// A task that is late.
  public struct Late: Codable, Sendable, Equatable {
    /// The task.
    public var id: RecordID
    /// Its incident.
    public var incident: RecordID
    /// The incident's reference.
    public var reference: String
    /// When it was due.
    public var due: Instant

    /// Makes a task.
    public init(id: RecordID, incident: RecordID, reference: String, due: Instant) {
      (self.id, self.incident, self.reference, self.due) = (id, incident, reference, due)
    }
  }

  /// How many tasks are open.
  public var open: Int
  /// How many of them are late.
  public var late: Int
  /// Those that are late for longest.
  public var first: [Late]

  /// Above this share of open tasks it is bad to be late.
  public static let badPercent = 50

  /// Makes the facts.
  public init(open: Int, late: Int, first: [Late]) {
    (self.open, self.late, self.first) = (open, late, first)
  }

  /// The figure in two or three words.
  public func brief(at now: Instant) -> String {
    late == 0 ? "no task late" : PostureWords.count(late, "task late", "tasks late")
  }

  /// Judges the facts.
  public func judged(at now: Instant) -> MeasureVerdict {
    guard open > 0 else { return MeasureVerdict(nil, "no task is open") }
    let state: PostureState =
      late == 0
      ? .good : PostureWords.percent(late, of: open) > Self.badPercent ? .bad : .attention
    return MeasureVerdict(
      state,
      late == 0 ? "none of \(open) open tasks late" : "\(late) of \(open) open tasks late",
      steps: first.map { task in
        let length = (now - task.due).wholeMilliseconds
        return PostureStep(
          "do a task of \(task.reference), late \(PostureWords.length(length))",
          .task(task.id, incident: task.incident),
          late: length
        )
      }
    )
  }
}
