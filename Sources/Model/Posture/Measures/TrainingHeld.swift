/// Whether the people who work here have learned and read what they must.
public struct TrainingHeld: PostureMeasure {
  /// What scripts call it.
  public static let name = "training-held"
  /// What people call it.
  public static let title = "training"
  /// The theme that it counts for.
  public static let theme = PostureTheme.people

  /// A course that is late for some.
  public struct Late: Codable, Sendable, Equatable {
    /// The course.
    public var id: RecordID
    /// Its code.
    ///
    /// Foreign text.
    public var code: String
    /// How many duties are late.
    public var late: Int
    /// How many duties there are.
    public var total: Int

    /// Makes a course.
    public init(id: RecordID, code: String, late: Int, total: Int) {
      (self.id, self.code, self.late, self.total) = (id, code, late, total)
    }
  }

  /// How many people are on the list of staff.
  public var people: Int
  /// All duties at the present.
  public var now: DutyTally
  /// All duties 30 days before.
  public var before: DutyTally
  /// The courses with the most late duties.
  public var courses: [Late]

  /// From this share in order on it is good.
  public static let goodPercent = 95
  /// Below this share it is bad.
  public static let badPercent = 70

  /// Makes the facts.
  public init(people: Int, now: DutyTally, before: DutyTally, courses: [Late]) {
    (self.people, self.now, self.before) = (people, now, before)
    self.courses = courses
  }

  /// The figure in two or three words.
  public func brief(at present: Instant) -> String {
    self.now.percentInOrder.map { "\($0) % trained" } ?? "no training"
  }

  /// Judges the facts.
  public func judged(at present: Instant) -> MeasureVerdict {
    guard people > 0 else {
      return MeasureVerdict(
        .unknown,
        "no staff is listed",
        steps: [PostureStep("import the list of staff", .view(7))]
      )
    }
    guard let percent = now.percentInOrder else {
      return MeasureVerdict(
        .unknown,
        "no plan says what \(people) people must learn",
        steps: [PostureStep("plan what people must learn", .view(7), count: people)]
      )
    }
    let state: PostureState =
      percent >= Self.goodPercent ? .good : percent >= Self.badPercent ? .attention : .bad
    return MeasureVerdict(
      state,
      "\(now.done + now.due) of \(now.total) duties in order (\(percent) %), \(now.late) late",
      trend: PostureTrend(from: before.percentInOrder, to: percent, isLessBetter: false),
      before: before.percentInOrder.map { "\(Posture.days) days before: \($0) %" } ?? "",
      steps: courses.filter { $0.late > 0 }.prefix(Posture.steps).map {
        PostureStep(
          "train in \($0.code): \($0.late) of \($0.total) late",
          .course($0.id),
          count: $0.late
        )
      }
    )
  }
}
